"""Finish: what the weeks did, test against test and report against report, and what follows from it."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from weaklink.case.case_file import CaseError
from weaklink.case.diary import AnyEntry, Reported, Scored, Tested
from weaklink.case.given import Given, Result
from weaklink.case.results import read_results
from weaklink.library.reading import Library
from weaklink.quantities import Side
from weaklink.training.course.adherence import share_until
from weaklink.training.course.course import week_of
from weaklink.training.course.outcome import Compared, Now, Outcome, outcome, test_changes
from weaklink.training.course.pain_trend import (
    WEEK,
    PainByDay,
    baseline,
    is_worse,
    lesser_of_last_runs,
    most_of,
    pain_by_day,
    worst_in_week,
)
from weaklink.training.course.scores import score_changes
from weaklink.training.course.session_record import SessionRecord, session_records
from weaklink.training.course.upkeep import Stage, has_relapsed
from weaklink.training.course.weeks import Weeks
from weaklink.training.dose.pain_profile import PainProfile

Tests = dict[str, dict[Side, Result]]


def tests_told(entries: Iterable[AnyEntry], library: Library) -> Tests:
    """The newest result of every test done again; one that this knowledge cannot read is left out."""
    found: Tests = {}
    for entry in entries:
        if isinstance(entry, Tested):
            found |= readable_tests(entry.tests, library)
    return found


def readable_tests(table: dict[str, Any], library: Library) -> Tests:
    """Those of the results that can be read: an earlier knowledge may have known other tests."""
    found: Tests = {}
    for test, said in table.items():
        with contextlib.suppress(CaseError):
            found |= read_tests({test: said}, library)
    return found


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


def reports(entries: Iterable[AnyEntry]) -> tuple[Reported, ...]:
    """Every report of how it is, oldest first."""
    return tuple(entry for entry in entries if isinstance(entry, Reported))


def now_of(report: Reported) -> Now:
    """A report as the outcome reads it."""
    return Now(
        pain=report.pain_worst,
        rating=report.change,
        activities=dict(report.activities),
        weekly_km=report.weekly_km,
    )


def start_of(given: Given, told: Iterable[AnyEntry], began: datetime.date) -> Now:
    """How it was at the start: pain as said, activities of the first report in the first week."""
    first = next((r for r in reports(told) if (r.day - began).days < WEEK), None)
    return Now(
        pain=baseline(given) if given.first_pain or not given.pain_at else None,
        activities=dict(first.activities) if first is not None else {},
        weekly_km=given.km_per_week,
    )


def of_outcomes(entries: Iterable[AnyEntry]) -> tuple[Tested | Reported | Scored, ...]:
    """The few entries of a diary that an outcome is read from."""
    return tuple(entry for entry in entries if isinstance(entry, Tested | Reported | Scored))


def outcome_of(weeks: Weeks, sessions: Iterable[SessionRecord], report: Reported) -> Outcome:
    """What the weeks up to a report did."""
    given, library, began = weeks.given, weeks.library, weeks.began
    told = [entry for entry in of_outcomes(weeks.entries) if entry.at <= report.at]
    then_and_now = Compared(
        start=start_of(given, told, began),
        now=now_of(report),
        weeks=weeks_done(began, report.day),
        share=share_until(sessions, began, report.day, weeks.days),
        painful=bool(given.pain_at),
    )
    return outcome(
        then_and_now,
        test_changes(given.tests, tests_told(told, library), library),
        score_changes((e for e in told if isinstance(e, Scored)), library),
    )


def weeks_done(began: datetime.date, date: datetime.date) -> int:
    """Full weeks from the start of a course to a day."""
    return week_of(date, began) - 1


def stages(weeks: Weeks, sessions: Sequence[SessionRecord], profile: PainProfile) -> tuple[Stage, ...]:
    """Training, then upkeep from the report that found it better, then training again after a relapse, ..."""
    felt, told = pain_by_day(weeks.told), of_outcomes(weeks.told)
    weeks = msgspec.structs.replace(weeks, entries=told)
    found = [Stage(phase="training", since=weeks.began, pain=baseline(weeks.given))]
    for report in reports(told):
        found += _relapse(found[-1], felt, report.day, profile)
        if found[-1].phase == "upkeep" and _is_back(found[-1], report, profile):
            # The worst of a week is no single bad day.
            found.append(Stage(phase="training", since=report.day, pain=found[-1].pain))
            continue
        if found[-1].phase == "upkeep" or report.day < found[-1].since:
            continue
        result = outcome_of(weeks, sessions, report)
        calm = report.pain_worst is not None and profile.colour(report.pain_worst) == "green"
        calm = calm and profile.colour(_pain_of_the_week(felt, report.day)) == "green"
        if result.next == "maintenance" and calm:
            found.append(Stage(phase="upkeep", since=report.day, pain=report.pain_worst or 0))
    return (*found, *_relapse(found[-1], felt, weeks.today, profile))


def _pain_of_the_week(felt: PainByDay, last: datetime.date) -> int:
    """The pain the diary itself tells of the week up to a day, whatever its report sums up."""
    return most_of(worst_in_week(felt.worst, last), lesser_of_last_runs(felt.runs, last)) or 0


def _is_back(stage: Stage, report: Reported, profile: PainProfile) -> bool:
    """Whether a report in upkeep says that pain is clearly back, and no longer green."""
    worst = report.pain_worst
    return worst is not None and is_worse(stage.pain, worst) and profile.colour(worst) != "green"


def _relapse(stage: Stage, felt: PainByDay, until: datetime.date, profile: PainProfile) -> Iterator[Stage]:
    if stage.phase != "upkeep":
        return
    day = has_relapsed(stage, felt, until, profile)
    if day is not None:
        yield Stage(phase="training", since=day, pain=stage.pain)


def last_outcome(weeks: Weeks) -> tuple[Reported, Outcome] | None:
    """The newest report up to today with its outcome; None before any."""
    told = tuple(entry for entry in weeks.told if entry.day <= weeks.today)
    newest = reports(told)[-1:]
    if not newest:
        return None
    until = msgspec.structs.replace(weeks, entries=told)
    return newest[0], outcome_of(until, session_records(told), newest[0])


def with_tests(given: Given, tests: Tests) -> Given:
    """What is given with newer test results in place of the older ones."""
    return msgspec.structs.replace(given, tests={**given.tests, **tests}) if tests else given
