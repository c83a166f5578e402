"""Reflow: which session is due today. A missed one moves to a free day of its week; nothing piles up."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Literal

import msgspec

from weaklink.quantities import WEEKDAYS, Weekday
from weaklink.training.course.course import week_of
from weaklink.training.dose.restrictions import LATER_FROM_WEEK
from weaklink.training.plan.plan_document import PlanDocument, SessionDocument, WeekDocument

Why = Literal[
    "planned", "moved", "rest-day", "done-today", "week-done", "before-hard-run", "day-after", "away"
]
LEAST_REST_DAYS = 1  # between a moved session and its neighbours; design


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a session is due, why or why not, and when the next one is."""

    due: bool
    why: Why
    week: int  # of the course, from 1
    plan_week: int  # the plan's week whose moves are used, from 1
    number: int  # which session of the week, from 0
    next_date: datetime.date


class SoFar(msgspec.Struct, frozen=True, kw_only=True):
    """A course up to a day: when it began, on which days a session was trained, and the hard runs.

    `unlocked`: whether what has to wait is open; else the moves of the earlier weeks go on. `left`: days with
    a session of which too little was done to count as one; the body had its share all the same.
    """

    began: datetime.date
    done: Sequence[datetime.date] = ()
    left: Sequence[datetime.date] = ()
    hard_runs: Sequence[Weekday] = ()
    unlocked: bool = False
    ill_days: int = 0  # the plan's weeks stand still in them, by the nearest whole week


def due_on(plan: PlanDocument, so_far: SoFar, today: datetime.date) -> Due:
    """What is due on a day."""
    week = week_of(today, so_far.began)
    plan_week = _plan_week(plan, max(1, week - round(so_far.ill_days / 7)), so_far.unlocked)
    start = so_far.began + datetime.timedelta(days=7 * (week - 1))
    this_week = [day for day in so_far.done if start <= day <= today]
    sessions = plan.weeks[plan_week - 1].sessions
    why = _why(plan.weeks[plan_week - 1], so_far, start, today)
    return Due(
        due=why in ("planned", "moved"),
        why=why,
        week=week,
        plan_week=plan_week,
        number=_number(sessions, len([d for d in this_week if d < today]), today),
        next_date=_next_date(plan.weeks[plan_week - 1], today),
    )


def _number(sessions: Sequence[SessionDocument], done: int, today: datetime.date) -> int:
    """Which session of a week comes next: in order, or today's where a physiotherapist's moves have days."""
    days = [session.day for session in sessions]
    weekday = WEEKDAYS[today.weekday()]
    if weekday in days and any(session.prescribed for session in sessions):
        return days.index(weekday)
    return min(done, max(0, len(sessions) - 1))


def _plan_week(plan: PlanDocument, week: int, unlocked: bool) -> int:
    """The plan's week to take the moves from: what is new in the third waits for two green sessions."""
    wanted = min(week, len(plan.weeks))
    return wanted if unlocked or wanted < LATER_FROM_WEEK else LATER_FROM_WEEK - 1


def _why(week: WeekDocument, so_far: SoFar, start: datetime.date, today: datetime.date) -> Why:
    this_week = [day for day in so_far.done if start <= day <= today]
    days = {WEEKDAYS.index(session.day) for session in week.sessions}
    # A session that a clock puts into tomorrow was today's.
    if any(0 <= (day - today).days <= 1 for day in (*so_far.done, *so_far.left)):
        return "done-today"
    if len(this_week) >= len(week.sessions):
        return "week-done"
    if today.weekday() in days:
        return "planned"
    passed = sum((start + datetime.timedelta(days=n)).weekday() in days for n in range((today - start).days))
    if passed <= len(this_week):
        return "rest-day"
    if WEEKDAYS[(today.weekday() + 1) % 7] in so_far.hard_runs:
        return "before-hard-run"
    near = {today - datetime.timedelta(days=n) for n in range(1, LEAST_REST_DAYS + 1)}
    return "day-after" if near.intersection((*so_far.done, *so_far.left)) else "moved"


def _next_date(week: WeekDocument, today: datetime.date) -> datetime.date:
    """The next planned day after today."""
    days = {WEEKDAYS.index(session.day) for session in week.sessions}
    ahead = (today + datetime.timedelta(days=n) for n in range(1, 8))
    return next((day for day in ahead if day.weekday() in days), today + datetime.timedelta(days=1))
