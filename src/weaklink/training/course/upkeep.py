"""Upkeep: the plan after it went well, and the watch for a return of the pain."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Literal, TypeVar

import msgspec

from weaklink.case.plan import Session
from weaklink.training.course.pain_trend import (
    CLEAR_CHANGE,
    WEEK,
    PainByDay,
    lesser_of_last_runs,
    most_of,
    worst_in_week,
)
from weaklink.training.dose.pain_profile import PainProfile
from weaklink.training.plan.plan_document import PlanDocument, SessionDocument, WeekDocument

T = TypeVar("T", Session, SessionDocument)
Phase = Literal["training", "upkeep"]
SESSIONS = 2  # one or two sessions a week keep strength (from memory); two is design
SETS_SHARE = 0.67  # fewer sets at the same effort; design
DAYS_TO_TELL = 2  # one bad day is no relapse
MUCH_STIFFER_MIN = 15  # minutes more in the morning than when upkeep began; design
CALM_WEEKS = 4  # before upkeep, and the pain they may reach: rule U1, from memory
MOST_BEFORE = 2


class Stage(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of a course, training or upkeep, since a day: the pain and the stiffness it began with."""

    phase: Phase
    since: datetime.date
    pain: int
    stiff: int = 0  # minutes, of the last morning before it


def upkeep_plan(plan: PlanDocument) -> PlanDocument:
    """The last week of a plan with two sessions, as far apart as they were, and fewer sets."""
    week = plan.weeks[-1]
    lighter = WeekDocument(
        number=1,
        sessions=[_fewer_sets(session) for session in upkeep_days(week.sessions)],
        run_day_stretches=week.run_day_stretches,
    )
    return msgspec.structs.replace(plan, weeks=[lighter])


def upkeep_days(sessions: Sequence[T]) -> Sequence[T]:
    """The sessions of a week that are kept; what a physiotherapist wants stays on its days."""
    kept = sessions if len(sessions) <= SESSIONS else [sessions[0], sessions[-2]]
    return [one for one in sessions if one in kept or one.prescribed]


def upkeep_sets(sets: int) -> int:
    """The sets that keep what was won: about two thirds, at least one."""
    return max(1, round(sets * SETS_SHARE))


def _fewer_sets(session: SessionDocument) -> SessionDocument:
    items = [
        msgspec.structs.replace(item, sets=upkeep_sets(item.sets)) if item.sets else item
        for item in session.items
    ]
    return msgspec.structs.replace(session, items=items)


def is_calm_for_weeks(felt: PainByDay, last: datetime.date, profile: PainProfile) -> bool:
    """Whether nothing told of the four weeks that end on a day was more than little pain and usual mornings.

    No run may have been worse; of other days one bad one in a week is no trend. A week of which nothing was
    told says nothing: the report that asks for upkeep is a word of its own.
    """
    ends = [last - datetime.timedelta(days=WEEK * back) for back in range(CALM_WEEKS)]
    most = min(MOST_BEFORE, profile.green_to)
    runs = (pain for day, pain in felt.runs.items() if 0 <= (last - day).days < WEEK * CALM_WEEKS)
    weeks = (worst_in_week(felt.worst, end) or 0 for end in ends)
    stiff = [found for end in ends if (found := _on_two_days(felt.stiff, end)) is not None]
    usual = not stiff or stiff[0] < min(stiff) + MUCH_STIFFER_MIN
    return usual and max(*runs, *weeks) <= most


def relapses_on(day: datetime.date, stage: Stage, felt: PainByDay, profile: PainProfile) -> bool:
    """Whether it is clearly back on a day in upkeep.

    Pain on two days of a week or in two runs one after another, and no longer green; or stiffness on two
    mornings of a week, much longer than when upkeep began: a tendon often says it that way first.
    """
    told, runs, mornings = (
        {date: much for date, much in found.items() if stage.since <= date <= day}
        for found in (felt.worst, felt.runs, felt.stiff)
    )
    now = most_of(_on_two_days(told, day), lesser_of_last_runs(runs, day)) or 0
    if now - stage.pain >= CLEAR_CHANGE and profile.colour(now) != "green":
        return True
    return (_on_two_days(mornings, day) or 0) >= stage.stiff + MUCH_STIFFER_MIN


def _on_two_days(found: Mapping[datetime.date, int], last: datetime.date) -> int | None:
    """What was reached on two of the seven days that end on a day; None with fewer told."""
    told = sum(last - datetime.timedelta(days=n) in found for n in range(WEEK))
    return worst_in_week(found, last) if told >= DAYS_TO_TELL else None
