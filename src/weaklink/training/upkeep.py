"""Upkeep: the plan after it went well, and the watch for a return of the pain."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Literal, TypeVar

import msgspec

from weaklink.training.pain_profile import PainProfile
from weaklink.training.pain_trend import CLEAR_CHANGE, WEEK, worst_in_week
from weaklink.training.plan_document import PlanDocument, SessionDocument, WeekDocument

T = TypeVar("T")
Phase = Literal["training", "upkeep"]
SESSIONS = 2  # one or two sessions a week keep strength (from memory); two is design
SETS_SHARE = 0.67  # fewer sets at the same effort; design
DAYS_TO_TELL = 2  # one bad day is no relapse


class Stage(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of a course: training or upkeep, since a day, with the pain it began with."""

    phase: Phase
    since: datetime.date
    pain: int


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
    """The sessions of a week that are kept."""
    return sessions if len(sessions) <= SESSIONS else [sessions[0], sessions[-2]]


def upkeep_sets(sets: int) -> int:
    """The sets that keep what was won: about two thirds, at least one."""
    return max(1, round(sets * SETS_SHARE))


def _fewer_sets(session: SessionDocument) -> SessionDocument:
    items = [
        msgspec.structs.replace(item, sets=upkeep_sets(item.sets)) if item.sets else item
        for item in session.items
    ]
    return msgspec.structs.replace(session, items=items)


def has_relapsed(
    stage: Stage, by_day: Mapping[datetime.date, int], today: datetime.date, profile: PainProfile
) -> datetime.date | None:
    """The first day in upkeep on which pain was clearly back, on two days of a week and no longer green.

    Args:
        by_day: the worst pain of each day.
    """
    told = {day: pain for day, pain in by_day.items() if stage.since <= day <= today}
    for day in sorted(told):
        now = worst_in_week(told, day) or 0
        if now - stage.pain < CLEAR_CHANGE or profile.colour(now) == "green":
            continue
        if sum(day - datetime.timedelta(days=n) in told for n in range(WEEK)) >= DAYS_TO_TELL:
            return day
    return None
