"""Finish: what the weeks did, test against test and report against report, and what follows from it."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterable
from typing import Any

import msgspec

from weaklink.case.case_file import CaseError
from weaklink.case.diary import Reported, Scored, Tested
from weaklink.case.given import Given, Result
from weaklink.case.results import read_results
from weaklink.library.reading import Library
from weaklink.quantities import Side
from weaklink.training.course.course import week_of
from weaklink.training.course.outcome import (
    Compared,
    Now,
    Outcome,
    outcome,
    test_changes,
    weeks_of_programme,
)
from weaklink.training.course.pain_trend import WEEK, baseline
from weaklink.training.course.scores import score_changes
from weaklink.training.course.weeks import Weeks

Tests = dict[str, dict[Side, Result]]


OfOutcome = Tested | Reported | Scored  # the few entries of a diary that an outcome is read from

ALL_OF_IT = 1.0


def tests_told(told: Iterable[OfOutcome], library: Library) -> Tests:
    """The newest result of every test done again; one that this knowledge cannot read is left out."""
    found: Tests = {}
    for entry in retests(told):
        found |= readable_tests(entry.tests, library)
    return found


def readable_tests(table: dict[str, Any], library: Library) -> Tests:
    """Those of the results that can be read: an earlier knowledge may have known other tests."""
    found: Tests = {}
    for test, said in table.items():
        with contextlib.suppress(CaseError):
            found |= read_tests({test: said}, library)
    return found


def retests(told: Iterable[OfOutcome]) -> list[Tested]:
    """Every time tests were done again, oldest first."""
    return sorted((one for one in told if isinstance(one, Tested)), key=lambda one: (one.at, one.id))


def read_tests(table: dict[str, Any], library: Library) -> Tests:
    """Test results from their table, in the shape of a case file.

    Raises: CaseError naming the key.
    """
    found: Tests = {}
    for test, said in table.items():
        if test not in library.clinical_tests:
            raise CaseError(f"tests.{test}: unknown test")
        try:
            found[test] = read_results(said, library.clinical_tests[test])
        except ValueError as error:
            raise CaseError(f"tests.{test}{error}") from error
    return found


def now_of(report: Reported) -> Now:
    """A report as the outcome reads it."""
    return Now(
        pain=report.pain_worst,
        rating=report.change,
        activities=dict(report.activities),
        weekly_km=report.weekly_km,
    )


def start_of(given: Given, told: Iterable[OfOutcome], began: datetime.date) -> Now:
    """How it was at the start: pain as said, activities of the first report in the first week."""
    early = (one for one in told if isinstance(one, Reported) and (one.day - began).days < WEEK)
    first = min(early, key=lambda report: (report.at, report.id), default=None)
    return Now(
        pain=baseline(given) if given.first_pain or not given.pain_at else None,
        activities=dict(first.activities) if first is not None else {},
        weekly_km=given.km_per_week,
    )


def outcome_of(weeks: Weeks, told: Iterable[OfOutcome], report: Reported, share: float) -> Outcome:
    """What the weeks up to a report did.

    Args:
        told: tests, reports and scores of the diary; those after the report do not count.
        share: 0..1 of the sessions planned until the report that were done.
    """
    given, library, began = weeks.given, weeks.library, weeks.began
    until = [one for one in told if one.at <= report.at]
    then_and_now = Compared(
        start=start_of(given, until, began),
        now=now_of(report),
        weeks=weeks_done(began, report.day),
        share=share,
        painful=bool(given.pain_at),
        # Without a programme to go through its weeks alone count (rule U1).
        least_weeks=weeks_of_programme(tissues_of(weeks), ALL_OF_IT if weeks.plan.follows is None else share),
    )
    return outcome(
        then_and_now,
        test_changes(given.tests, tests_told(until, library), library),
        score_changes((one for one in until if isinstance(one, Scored)), library),
    )


def tissues_of(weeks: Weeks) -> frozenset[str]:
    """The pain profiles of a plan, of the conditions that lead, and of what its programme is for.

    The plan's own is the strictest of what is likely, and a joint beside a tendon makes no tendon quicker.
    """
    follows = weeks.plan.follows
    programme = follows.programme if follows is not None else ""
    own = {
        condition.pain_profile
        for condition in weeks.library.conditions.values()
        if programme and condition.programme == programme
    }
    return frozenset({weeks.plan.pain_profile, *weeks.plan.tissues, *own})


def weeks_done(began: datetime.date, date: datetime.date) -> int:
    """Full weeks from the start of a course to a day."""
    return week_of(date, began) - 1


def with_tests(given: Given, tests: Tests) -> Given:
    """What is given with newer test results in place of the older ones."""
    return msgspec.structs.replace(given, tests={**given.tests, **tests}) if tests else given
