"""Somebody who was sent on was seen: what is allowed then, and what still stops (B4)."""

from __future__ import annotations

from typing import cast

import msgspec
import pytest

from tests.care.diarist import Diarist
from tests.training.virtual_runners import KNEE, World
from weaklink.care.follow_up import _under_limits
from weaklink.library.reading import Library
from weaklink.library.wording import shipped_wording
from weaklink.training.course.course import Course, Rules


@pytest.fixture(scope="module")
def world(library: Library) -> World:
    return World(library, shipped_wording())


@pytest.fixture
def stalled(world: World) -> Diarist:
    """Four diligent weeks in which nothing got better."""
    her = Diarist(world, KNEE)
    for day in range(30):
        her.tells("morning", day, pain=4)
        if day % 7 in (0, 2, 4) and her.day(day).pack is not None:
            her.trains(day, pain=2)
    assert her.tier(30) == ("see-professional", "restricted")
    assert her.day(30).following.is_sent_on
    return her


def rules(her: Diarist, day: int) -> set[str]:
    return {rule.id for rule in her.day(day).following.disposition.rules}


@pytest.mark.parametrize("by", ["doctor", "physiotherapist"])
def test_who_was_seen_and_may_goes_on_as_planned(stalled: Diarist, by: str) -> None:
    stalled.tells("visited", 30, by=by, allowed="as-planned")

    now = stalled.day(31)
    assert stalled.tier(31) == ("self-manage", "all")
    assert now.plan.heading == "full"
    assert not now.following.is_sent_on


@pytest.mark.parametrize(
    ("by", "allowed"), [("other", "as-planned"), ("doctor", "gentle"), ("other", "gentle")]
)
def test_nothing_else_loosens_anything(stalled: Diarist, by: str, allowed: str) -> None:
    before = stalled.tier(31), rules(stalled, 31)
    stalled.tells("visited", 30, by=by, allowed=allowed)

    assert (stalled.tier(31), rules(stalled, 31)) == before


def test_time_alone_never_ends_it(stalled: Diarist) -> None:
    for day in range(31, 60):
        stalled.tells("morning", day, pain=0)

    assert stalled.tier(60)[0] == "see-professional"


@pytest.mark.parametrize("by", ["doctor", "physiotherapist", "other"])
def test_who_is_told_to_rest_is_shown_no_move_until_somebody_allows_it(stalled: Diarist, by: str) -> None:
    stalled.tells("visited", 30, by=by, allowed="nothing")
    told = stalled.day(31)
    stalled.tells("visited", 40, by="doctor", allowed="as-planned")

    assert told.following.closed
    assert told.pack is None
    assert "told-to-rest" in {rule.id for rule in told.following.disposition.rules}
    assert stalled.tier(41) == ("self-manage", "all")


def test_who_gets_no_better_afterwards_is_sent_on_again(stalled: Diarist) -> None:
    stalled.tells("visited", 30, by="doctor", allowed="as-planned")
    tiers = []
    for day in range(31, 72):
        stalled.tells("morning", day, pain=4)
        if day % 7 in (0, 2, 4) and stalled.day(day).pack is not None:
            stalled.trains(day, pain=2)
        tiers.append(stalled.tier(day)[0])

    assert set(tiers[:28]) == {"self-manage"}
    assert tiers[-1] == "see-professional"


def test_a_danger_sign_that_was_told_stays_told(world: World) -> None:
    her = Diarist(world, KNEE)
    her.trains(0)
    her.tells("rescreened", 1, answers={"dvt": "yes"})
    her.tells("visited", 2, by="doctor", allowed="as-planned")

    assert her.day(3).following.closed


def test_the_easiest_that_hurt_twice_opens_by_a_visit_alone(world: World) -> None:
    her = Diarist(world, KNEE)
    for day in (0, 2, 4, 7, 9, 11):
        pack = her.day(day).pack
        if pack is None:
            break
        her.session(pack, day, pain=7, rir=2)
    shut = 14
    assert her.day(shut).following.closed
    assert her.day(shut + 60).following.closed
    her.tells("visited", shut, by="physiotherapist", allowed="as-planned")

    assert "easiest-painful-twice" not in rules(her, shut + 1)


class Nothing:
    """Rules that allow no move at all."""

    def rungs(self, **_: object) -> dict[str, object]:
        return {}


class Everything:
    """Rules that allow whatever a course holds."""

    def __init__(self, course: Course) -> None:
        self.course = course

    def rungs(self, **_: object) -> dict[str, object]:
        return {state.exercise: None for state in self.course.doses.values()}


def test_stricter_limits_lead_nowhere_to_more(world: World) -> None:
    her = Diarist(world, KNEE)
    her.trains(0)
    before = her.day(2).following.course
    more = msgspec.structs.replace(
        before, doses={slot: msgspec.structs.replace(s, sets=s.sets + 1) for slot, s in before.doses.items()}
    )
    other = msgspec.structs.replace(
        before, doses={slot: msgspec.structs.replace(s, exercise="other") for slot, s in before.doses.items()}
    )

    for now, rules in ((more, Nothing()), (more, Everything(more))):
        found = _under_limits(before, now, cast("Rules", rules))
        assert {slot: s.sets for slot, s in found.doses.items()} == {
            slot: s.sets for slot, s in before.doses.items()
        }
    assert _under_limits(before, other, cast("Rules", Everything(other))).doses == other.doses
