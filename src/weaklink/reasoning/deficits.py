"""Deficits: what one test result says about the areas it tests, weak, fine or cannot tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from weaklink.case.findings import AreaFinding, Strength
from weaklink.case.given import Given, Result
from weaklink.library.reading import Library
from weaklink.library.records import ClinicalTest, Criterion
from weaklink.quantities import MIRROR, Message, Side

Says = Literal["weak", "fine", "cannot-tell"]
Weight = Literal["published", "provisional", "even"]

# Pain from here on can hold a muscle back, so a low count no longer speaks for the muscle alone.
# Design: the first amber value of the kneecap's pain rule.
INHIBITING_PAIN = 3
# A side difference above this share of what counts is too near to call. Design.
NEARLY = 0.5
ROUNDING = 1e-9


class TestReading(msgspec.Struct, frozen=True, kw_only=True):
    """One side of one test, read against its criteria."""

    test: str
    side: Side
    says: Says
    basis: Strength
    pain: int | None
    because: Message
    only_even: bool = False  # clear by comparing sides alone, without any norm

    @property
    def inhibited(self) -> bool:
        """Whether pain in the test may explain a low result."""
        return self.pain is not None and self.pain >= INHIBITING_PAIN

    @property
    def strength(self) -> Strength:
        """The basis that counts: with pain that may hold the muscle back it is provisional at best."""
        return "provisional" if self.inhibited else self.basis

    @property
    def weight(self) -> Weight:
        """How much the reading moves belief: even sides alone say little, for both may be weak."""
        return "even" if self.only_even else self.strength


def readings(given: Given, library: Library) -> tuple[TestReading, ...]:
    """Every side of every test that was done, in id order; retired and unknown tests are left out."""
    return tuple(
        _read(library.clinical_tests[test], side, results, given)
        for test, results in sorted(given.tests.items())
        if test in library.clinical_tests and library.clinical_tests[test].status != "retired"
        for side in sorted(results)
    )


def counted_sides(side: Side) -> tuple[Side, ...]:
    """Where a stated side counts: "both" is right and left; not said and midline are "none"."""
    if side == "both":
        return ("right", "left")
    return (side,) if side in ("right", "left") else ("none",)


def area_findings(given: Given, library: Library) -> tuple[AreaFinding, ...]:
    """What every test says about every area it tests, per side.

    A deficit beyond the test's published error is weak on a published basis; one beyond our own threshold
    only, or with pain that may hold the muscle back, is provisional.
    """
    return tuple(
        AreaFinding(
            area=area,
            side=side if library.areas[area].sided else "none",
            test=reading.test,
            says=reading.says,
            basis=reading.strength,
            because=reading.because,
        )
        for reading in readings(given, library)
        for side in counted_sides(reading.side)
        for area in library.clinical_tests[reading.test].areas
        if area in library.areas and library.clinical_tests[reading.test].value != "pain-at-levels"
    )


def _read(test: ClinicalTest, side: Side, results: dict[Side, Result], given: Given) -> TestReading:
    result, other = results[side], results.get(MIRROR[side]) if side != MIRROR[side] else None
    shares = [(one, _share(one, test, result, other)) for one in _applying(test, given)]
    judged = [(one, share) for one, share in shares if share is not None]
    broken = [one for one, share in judged if share >= 1.0 - ROUNDING]
    says = _says(test, result, judged)
    return TestReading(
        test=test.id,
        side=side,
        says=says,
        basis=_basis(broken) if broken else _fine_basis([one for one, _ in judged]),
        only_even=says == "fine" and bool(judged) and not _has_norm([one for one, _ in judged]),
        pain=result.pain,
        because=_because(test, side, says, broken, (result, other)),
    )


def _says(test: ClinicalTest, result: Result, judged: list[tuple[Criterion, float]]) -> Says:
    """Weak past any criterion, cannot tell near one, fine when clear of all that can be judged."""
    if any(share >= 1.0 - ROUNDING for _, share in judged):
        return "weak"
    if result.option is not None:
        return _by_option(test, result.option)
    if not judged or any(share > NEARLY for _, share in judged):
        return "cannot-tell"
    return "fine"


def _applying(test: ClinicalTest, given: Given) -> Iterator[Criterion]:
    for one in test.criteria:
        right_sex = one.sex in ("any", given.sex)
        old_enough = one.age_min is None or given.age >= one.age_min
        young_enough = one.age_max is None or given.age <= one.age_max
        if right_sex and old_enough and young_enough:
            yield one


def _share(one: Criterion, test: ClinicalTest, result: Result, other: Result | None) -> float | None:
    """How much of a criterion for a deficit is reached: 1 and more is a deficit; None cannot be judged."""
    if one.kind == "option":
        return None if result.option is None else float(result.option in one.options)
    if result.value is None or one.value is None:
        return None
    if one.kind == "below":
        return float(result.value < one.value)
    if one.kind == "above":
        return float(result.value > one.value)
    if other is None or other.value is None:
        return None
    behind = result.value - other.value if test.better == "lower" else other.value - result.value
    return _share_of_difference(one, behind, max(abs(result.value), abs(other.value)))


def _share_of_difference(one: Criterion, behind: float, larger: float) -> float:
    """`behind`: how far this side lags, in the test's unit; `larger`: the larger of both values."""
    asked = one.value or ROUNDING
    if one.kind == "side-difference":
        return behind / asked
    percent = 100 * behind / larger if larger else 0.0
    return min(percent / asked, behind / one.and_value) if one.and_value else percent / asked


def _by_option(test: ClinicalTest, chosen: str) -> Says:
    meaning = next((option.meaning for option in test.options if option.id == chosen), "")
    if meaning == "weak":
        return "weak"
    return "fine" if meaning == "normal" else "cannot-tell"


def _basis(criteria: list[Criterion]) -> Strength:
    return "published" if any(one.basis == "published" for one in criteria) else "provisional"


def _has_norm(criteria: list[Criterion]) -> bool:
    return any(not one.kind.startswith("side-difference") for one in criteria)


def _fine_basis(criteria: list[Criterion]) -> Strength:
    """Even sides alone do not show that both are strong: a published basis needs a norm as well."""
    return _basis(criteria) if _has_norm(criteria) else "provisional"


def _because(
    test: ClinicalTest,
    side: Side,
    says: Says,
    broken: list[Criterion],
    results: tuple[Result, Result | None],
) -> Message:
    """The sentence behind a reading: both sides where they were compared, one side otherwise."""
    result, other = results
    values: dict[str, str | int | float] = {"test": test.id, "side": side}
    sources = tuple(sorted({one.source for one in broken if one.source}))
    word = f"{says}-{_basis(broken)}" if broken else says
    where = "" if side in ("right", "left") else "-unsided"
    if result.value is None:
        values["option"] = _option_text(test, result)
        return Message(f"examination.option-{says}{where}", values, sources)
    values |= {"value": result.value, "unit": test.unit}
    compared = any(one.kind.startswith("side-difference") for one in broken)
    if other is not None and other.value is not None and (compared or not broken):
        values["other"] = other.value
        return Message(f"examination.sides-{word}", values, sources)
    return Message(f"examination.count-{word}{where}", values, sources)


def _option_text(test: ClinicalTest, result: Result) -> str:
    return next((option.text for option in test.options if option.id == result.option), "")
