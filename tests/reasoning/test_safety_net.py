"""The safety net: every result and plan says when to be seen, and shin pain what bone would look like."""

from __future__ import annotations

import pytest
from tests.reasoning.runners import LIBRARY

from weaklink.case.hypothesis import Differential, RankedCondition
from weaklink.library.wording import shipped_wording
from weaklink.quantities import Verdict
from weaklink.reasoning.safety_net import is_safety_net, safety_net


def ranked(*rows: tuple[str, Verdict]) -> Differential:
    return Differential(
        hypotheses=(),
        conditions=tuple(
            RankedCondition(id=name, side="right", verdict=verdict, belief=0.9 - 0.1 * place)
            for place, (name, verdict) in enumerate(rows)
        ),
    )


def said(*rows: tuple[str, Verdict]) -> list[str]:
    say = shipped_wording().say
    return [say(message) for message in safety_net(ranked(*rows), LIBRARY)]


def test_shin_pain_shows_what_a_bone_would_look_like() -> None:
    assert any("one spot" in line for line in said(("mtss", "likely")))
    assert any(
        "one spot" in line for line in said(("plantar-heel-pain", "likely"), ("tibial-bsi", "possible"))
    )


def test_without_any_condition_the_general_signs_stay() -> None:
    assert any("night" in line for line in said())
    assert all(is_safety_net(message) for message in safety_net(ranked(), LIBRARY))


def test_unlikely_and_urgent_conditions_have_no_line_of_their_own() -> None:
    lines = said(("dvt", "likely"), ("mtss", "unlikely"))

    assert lines == said()


@pytest.mark.parametrize("name", sorted(LIBRARY.conditions))
def test_every_condition_has_its_sentence(name: str) -> None:
    assert LIBRARY.conditions[name].safety_net
