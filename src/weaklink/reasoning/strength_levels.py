"""Strength levels: how strong each area is, from tests and from what somebody lifts; where training begins.

The weaker side decides, and of several tests the weaker result. Pain in a test changes nothing in what was
measured; it is said beside it, for the first weight. The marks are the standards of each test; nobody is
weak or strong by them for good.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec

from weaklink.case.given import Given, Result
from weaklink.case.lifting import Lifting
from weaklink.library.reading import Library
from weaklink.library.records import ClinicalTest, GreatLift
from weaklink.library.standards import standards_for
from weaklink.quantities import Side

StrengthLevel = Literal["weak", "average", "strong", "unknown"]
ORDER: tuple[StrengthLevel, ...] = ("weak", "average", "strong", "unknown")
MUCH: dict[GreatLift, float] = {
    "squat": 0.75,
    "deadlift": 1.0,
}  # of the body mass, five to eight times; design
# Where a weight of the first session stands in a record's `begin`: what nobody tested begins as average.
PLACES: dict[StrengthLevel, int] = {"weak": 0, "average": 1, "strong": 2, "unknown": 1}


class Strength(msgspec.Struct, frozen=True, kw_only=True):
    """How strong an area is, by what, on which side, and the worst pain felt while it was measured."""

    level: StrengthLevel = "unknown"
    test: str = ""  # empty: by what is lifted, or by nothing
    side: Side = "none"
    pain: int = 0

    def begins_at(self, *, guarded: bool = False) -> int:
        """The place of the first weight: 0 weak, 1 average, 2 strong.

        `guarded`: a guard, a bone in question or a referral; then only a test without pain counts.
        """
        sure = bool(self.test) and not self.pain
        return 0 if guarded and not sure else PLACES[self.level]


def strengths(given: Given, library: Library) -> dict[str, Strength]:
    """How strong every area is; "unknown" where no test with marks and nothing lifted tells."""
    lifted = areas_lifted(library, given.lifting, given.mass_kg)
    return {area: _strength(area, given, library, lifted) for area in library.areas}


def lifts_much(given: Given) -> bool | None:
    """Whether what somebody lifts every week counts as strong; None where nothing was said of it."""
    lifting, mass = given.lifting, given.mass_kg
    if lifting is None or lifting.legs is None:
        return None
    if not lifting.is_regular:
        return False
    known = mass is not None and bool(lifting.lifts)
    return any(kg >= MUCH[lift] * (mass or 0) for lift, kg in lifting.lifts.items()) if known else None


def areas_lifted(library: Library, lifting: Lifting | None, mass_kg: float | None) -> frozenset[str]:
    """The areas that are strong by what is lifted every week; none without a body mass to compare with."""
    if lifting is None or not lifting.is_regular or mass_kg is None:
        return frozenset()
    much = {lift for lift, kg in lifting.lifts.items() if kg >= MUCH[lift] * mass_kg}
    return frozenset(area.id for area in library.areas.values() if not much.isdisjoint(area.lifted_by))


def _strength(area: str, given: Given, library: Library, lifted: frozenset[str]) -> Strength:
    """By the tests made for the area, else by those that use it too; what is lifted hides no weak test."""
    measured = list(_measured(area, given, library, main=True)) or list(
        _measured(area, given, library, main=False)
    )
    found = min(measured, key=lambda one: ORDER.index(one.level), default=Strength())
    if area in lifted and found.level in ("average", "unknown"):
        return msgspec.structs.replace(found, level="strong", test="", side="none")
    return found


def _measured(area: str, given: Given, library: Library, *, main: bool) -> Iterator[Strength]:
    for name, results in sorted(given.tests.items()):
        test = library.clinical_tests.get(name)
        if test is None or area not in (test.areas[:1] if main else test.areas[1:]):
            continue
        found = by_test(test, results, given)
        if found is not None:
            yield found


def by_test(test: ClinicalTest, results: Mapping[Side, Result], given: Given) -> Strength | None:
    """What one test says; None where it has no marks, or needs a body mass that nobody said."""
    values = {side: result.value for side, result in results.items() if result.value is not None}
    marks = marks_for(test, given)
    if marks is None or not values:
        return None
    side = min(values, key=lambda one: (values[one], one))
    level: StrengthLevel = (
        "weak" if values[side] < marks[0] else "strong" if values[side] >= marks[1] else "average"
    )
    pain = max(result.worst_pain for result in results.values())
    return Strength(level=level, test=test.id, side=side, pain=pain)


def marks_for(test: ClinicalTest, given: Given) -> tuple[float, float] | None:
    """Weak below, strong from, in the test's unit; the milder of both sexes where it was not said."""
    found = standards_for(test, given.sex, given.age) if test.status != "retired" else ()
    by_mass = any(one.share_of_body_mass for one in found)
    if not found or (by_mass and given.mass_kg is None):
        return None
    unit = (given.mass_kg or 0.0) if by_mass else 1.0
    return unit * min(one.weak_below for one in found), unit * min(one.strong_from for one in found)
