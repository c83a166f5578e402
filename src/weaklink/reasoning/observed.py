"""Findings: every answer, pain and test result as something present or absent on one side."""

from __future__ import annotations

from collections.abc import Iterator

from weaklink.case.findings import Finding
from weaklink.case.given import AnswerValue, Given, Result
from weaklink.library.finding_ids import RUNNER_FACTS
from weaklink.library.reading import Library
from weaklink.library.records import ClinicalTest, Question
from weaklink.quantities import Side
from weaklink.reasoning.deficits import TestReading, area_findings, counted_sides, readings

__all__ = ["BOTH", "RUNNER_FACTS", "area_findings", "findings", "painful", "view"]

PAIN_PRESENT = 2  # of 10, in a situation or a test; one alone is inside the scale's noise (design)
LONG_STANDING_DAYS = 84
RECENT_DAYS = 14
SPIKE_PERCENT = 10.0  # above the longest run of the last 30 days; frandsen-2025
BOTH: tuple[Side, Side] = ("right", "left")


def findings(given: Given, library: Library) -> tuple[Finding, ...]:
    """All that is known, sorted; what was not asked or answered "unsure" is not among it."""
    found = {
        *_sites(given, library),
        *_pains(given),
        *_answers(given, library),
        *_runner(given),
        *_results(given, library),
    }
    return tuple(sorted(found))


def painful(given: Given, library: Library) -> frozenset[tuple[str, Side]]:
    """Every painful site with its side: right, left, or none (midline, or the side was not said)."""
    return frozenset(
        (place.site, side)
        for place in given.pain_at
        for side in (counted_sides(place.side) if _has_sides(place.site, library) else ("none",))
    )


def _has_sides(site: str, library: Library) -> bool:
    return site not in library.regions or library.regions[site].sided


def view(found: tuple[Finding, ...], side: Side) -> dict[str, bool]:
    """What is known when looking from one side: finding id -> present, in id order.

    From the right or left: findings of that side, else those without one. From "none": of any side,
    present if present anywhere.
    """
    if side in BOTH:
        near = {one.id: one.present for one in found if one.side == "none"}
        near.update({one.id: one.present for one in found if one.side == side})
        return dict(sorted(near.items()))
    anywhere: dict[str, bool] = {}
    for one in found:
        anywhere[one.id] = anywhere.get(one.id, False) or one.present
    return dict(sorted(anywhere.items()))


def _sites(given: Given, library: Library) -> Iterator[Finding]:
    for site, side in painful(given, library):
        yield Finding(f"site={site}", side, True)


def _pains(given: Given) -> Iterator[Finding]:
    for situation, level in given.pain.items():
        least = 1 if situation == "night" else PAIN_PRESENT
        if level >= least or level == 0:
            yield Finding(f"pain-{situation}", "none", level >= least)


def _answers(given: Given, library: Library) -> Iterator[Finding]:
    for question_id, answer in given.answers.items():
        question = library.questions.get(question_id)
        if question is None or answer == "unsure":
            continue
        if question.sided:
            yield from _sided_answer(question_id, str(answer))
        elif question.kind == "choice":
            yield from _choice(question, answer)
        elif question.kind == "yes-no" and answer in ("yes", "no"):
            yield Finding(question_id, "none", answer == "yes")


def _sided_answer(question: str, answer: str) -> Iterator[Finding]:
    if answer == "yes":
        yield Finding(question, "none", True)
    elif answer in ("right", "left", "both", "no"):
        for side in BOTH:
            yield Finding(question, side, answer in (side, "both"))


def _choice(question: Question, answer: AnswerValue) -> Iterator[Finding]:
    if answer in {option.id for option in question.options}:
        for option in question.options:
            yield Finding(f"{question.id}={option.id}", "none", option.id == answer)


def _runner(given: Given) -> Iterator[Finding]:
    yield Finding("novice", "none", given.level in ("novice", "planning"))
    yield Finding("age-45-plus", "none", given.age >= 45)
    yield Finding("age-under-18", "none", given.age < 18)
    if given.sex != "not-said":
        yield Finding("female", "none", given.sex == "female")
        yield Finding("male", "none", given.sex == "male")
    if given.since_days is not None:
        yield Finding("long-standing", "none", given.since_days >= LONG_STANDING_DAYS)
        yield Finding("recent", "none", given.since_days <= RECENT_DAYS)
    if given.load is not None and given.load.spike_percent is not None:
        yield Finding("load-spike", "none", given.load.spike_percent > SPIKE_PERCENT)


def _results(given: Given, library: Library) -> Iterator[Finding]:
    for reading in readings(given, library):
        test = library.clinical_tests[reading.test]
        result = given.tests[reading.test][reading.side]
        for side in counted_sides(reading.side):
            yield from _verdict(reading, test, side)
            yield from _options(result, test, side)
            yield from _test_pain(result, test, side)


def _verdict(reading: TestReading, test: ClinicalTest, side: Side) -> Iterator[Finding]:
    if reading.says != "cannot-tell" and test.value != "pain-at-levels":
        yield Finding(f"{test.id}=weak", side, reading.says == "weak")
        yield Finding(f"{test.id}=fine", side, reading.says == "fine")


def _options(result: Result, test: ClinicalTest, side: Side) -> Iterator[Finding]:
    if result.option is not None:
        for option in test.options:
            yield Finding(f"{test.id}={option.id}", side, option.id == result.option)


def _test_pain(result: Result, test: ClinicalTest, side: Side) -> Iterator[Finding]:
    felt = [*result.pain_at.values(), *([result.pain] if result.pain is not None else [])]
    if felt and (max(felt) >= PAIN_PRESENT or max(felt) == 0):
        yield Finding(f"{test.id}=pain", side, max(felt) >= PAIN_PRESENT)
