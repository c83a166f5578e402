"""Hanging: what a trigger still waits for, part by part."""

from __future__ import annotations

from typing import Any

import pytest

from weaklink.case.given import Given, PainPlace
from weaklink.library.records import Trigger
from weaklink.reasoning.hanging import excuses, hanging

HERE = Given(age=40, pain_at=(PainPlace("calf", "right"),))


def said(**fields: Any) -> Given:
    return Given(**{"age": 40, "pain_at": HERE.pain_at, **fields})


def always(_name: str, _by_rule: bool) -> bool:
    return True


def never(_name: str, _by_rule: bool) -> bool:
    return False


@pytest.mark.parametrize(
    ("trigger", "given", "expected"),
    [
        (Trigger(), HERE, set()),
        (Trigger(sites=["neck"]), HERE, None),
        (Trigger(answers={"fever": ["yes"]}), HERE, {"fever"}),
        (Trigger(answers={"fever": ["yes"]}), said(answers={"fever": "yes"}), set()),
        (Trigger(answers={"fever": ["yes"]}), said(answers={"fever": "no"}), None),
        (Trigger(answers={"a": ["yes"], "b": ["yes"]}), said(answers={"a": "yes"}), {"b"}),
        (Trigger(pain={"walk": 3}), HERE, {"pain-walk"}),
        (Trigger(pain={"walk": 3}), said(pain={"walk": 3}), set()),
        (Trigger(pain={"walk": 3}), said(pain={"walk": 2}), None),
        (Trigger(pain_below={"rest": 4}), HERE, {"pain-rest"}),
        (Trigger(pain_below={"rest": 4}), said(pain={"rest": 3}), set()),
        (Trigger(pain_below={"rest": 4}), said(pain={"rest": 4}), None),
        (Trigger(since_days_max=14), HERE, {"since"}),
        (Trigger(since_days_max=14), said(since_days=14), set()),
        (Trigger(since_days_max=14), said(since_days=15), None),
        (Trigger(since_days_min=14), said(since_days=13), None),
        (Trigger(not_answers={"pop": ["yes"]}), said(answers={"pop": "yes"}), None),
        (Trigger(not_answers={"pop": ["yes"]}), said(answers={"pop": "no"}), set()),
        (Trigger(unless_below={"weeks": 16}), said(answers={"weeks": 15}), None),
        (Trigger(unless_below={"weeks": 16}), said(answers={"weeks": 16}), set()),
        (Trigger(unless_from={"weeks": 12}), said(answers={"weeks": 12}), None),
        (Trigger(unless_from={"weeks": 12}), said(answers={"weeks": 11}), set()),
        (Trigger(unless_since_from=180), said(since_days=180), None),
        (Trigger(unless_since_from=180), said(since_days=179), set()),
    ],
)
def test_a_trigger_waits_for_what_is_open_and_for_nothing_else(
    trigger: Trigger, given: Given, expected: set[str] | None
) -> None:
    found = hanging(trigger, given, always)

    assert found == (None if expected is None else frozenset(expected))


@pytest.mark.parametrize(
    "trigger",
    [
        Trigger(answers={"fever": ["yes"]}),
        Trigger(pain={"walk": 3}),
        Trigger(pain_below={"rest": 4}),
        Trigger(since_days_max=14),
    ],
)
def test_what_can_no_longer_be_asked_can_no_longer_hold(trigger: Trigger) -> None:
    assert hanging(trigger, HERE, never) is None


def test_what_would_excuse_is_named_while_it_is_open() -> None:
    trigger = Trigger(not_answers={"pop": ["yes"]}, unless_below={"weeks": 16}, unless_since_to=7)

    assert excuses(trigger, HERE, always) == {"pop", "weeks", "since"}
    assert excuses(trigger, said(answers={"pop": "no"}, since_days=3), always) == {"weeks"}
    assert excuses(trigger, HERE, never) == frozenset()


def test_a_rule_of_this_place_is_the_authority_on_what_is_asked() -> None:
    asked: list[bool] = []

    def noting(_name: str, by_rule: bool) -> bool:
        asked.append(by_rule)
        return True

    hanging(Trigger(sites=["calf"], answers={"fever": ["yes"]}), HERE, noting)
    hanging(Trigger(answers={"fever": ["yes"]}), HERE, noting)

    assert asked == [True, False]
