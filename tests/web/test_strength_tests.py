"""Strength tests at home: one follows the other, all that are safe here can be reached, a hold has its stopwatch."""

from __future__ import annotations

import re

import pytest

from tests.web.states import pointed, ranked
from tests.web.visitor import Visitor
from weaklink.library.reading import Library
from weaklink.library.records import ClinicalTest


def listed(visitor: Visitor) -> list[str]:
    """The tests of the list, in order."""
    return list(dict.fromkeys(re.findall(r'href="/tests/([a-z0-9-]+)"', visitor.get("/tests").text)))


@pytest.mark.parametrize("action", ["keep", "skip"])
def test_after_a_test_comes_the_next_one_and_after_the_last_the_result(
    visitor: Visitor, library: Library, action: str
) -> None:
    ranked(visitor)
    where, seen = f"/tests/{listed(visitor)[0]}", []
    while where.startswith("/tests/") and len(seen) < 20:
        seen.append(where)
        test = library.clinical_tests[where.removeprefix("/tests/")]
        where = visitor.send(where, {"action": action, **fine(test)}).headers["location"]

    assert len(seen) == len({*seen}) >= 3
    assert where == "/result"


def fine(test: ClinicalTest) -> dict[str, str]:
    """A result that alarms nobody, the same on both sides."""
    sides = ("right", "left") if test.sided else ("none",)
    if test.value == "option":
        return {f"option.{side}": test.options[0].id for side in sides}
    if test.value == "pain-at-levels":
        return {f"pain_at.{side}.{level}": "0" for side in sides for level in test.levels}
    return {f"value.{side}": f"{(test.min + test.max) / 2:.0f}" for side in sides}


@pytest.mark.parametrize("place", ["ankle-anterior:right", "achilles-mid:right", "heel-plantar:right"])
def test_a_test_that_mobility_needs_is_offered(visitor: Visitor, place: str) -> None:
    visitor.begin()
    visitor.hurts(place)
    visitor.answer({}, {"run": "3"})

    assert "wb-lunge-dorsiflexion" in listed(visitor)


def test_putting_one_off_takes_no_other_away(visitor: Visitor) -> None:
    ranked(visitor)
    before = listed(visitor)
    visitor.post(f"/tests/{before[0]}", action="skip")

    assert {*before} - {before[0]} <= {*listed(visitor)}
    assert len(before) > 12


def test_what_is_held_has_a_stopwatch_and_what_is_counted_a_metronome(
    visitor: Visitor, library: Library
) -> None:
    pointed(visitor)
    visitor.answer({}, {"run": "3"})
    pages = {name: visitor.get(f"/tests/{name}").text for name in listed(visitor)}
    held = [name for name in pages if library.clinical_tests[name].unit == "s"]
    paced = [name for name in pages if library.clinical_tests[name].rep_s]

    assert held
    assert paced
    assert [name for name in held + paced if 'class="stopwatch' not in pages[name]] == []
