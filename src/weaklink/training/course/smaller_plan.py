"""A smaller plan: fewer sessions a week, offered to whoever does one of three. It grows all the same."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterable

import msgspec

from weaklink.case.diary import Away
from weaklink.quantities import WEEKDAYS, Weekday
from weaklink.training.course.adherence import WEEK
from weaklink.training.progression.away import DAY, away_on

LOOKED_AT_WEEKS = 3  # design
LEAST_PLANNED = 4  # of fewer nobody can tell; design
SHARE = 1 / 3


class SmallerPlan(msgspec.Struct, frozen=True, kw_only=True):
    """An offer: what was done of what was planned in the last weeks, and the days that would do."""

    done: int
    planned: int
    days: tuple[Weekday, ...]


def smaller_plan(
    trained: Iterable[datetime.date],
    days: Collection[int],
    away: Collection[Away],
    began: datetime.date,
    today: datetime.date,
) -> SmallerPlan | None:
    """The offer, or None while it is too early, the plan is small, or enough of it is done.

    Args:
        days: weekdays of the plan's sessions, Monday is 0.
        began: the first day of this plan; what came before says nothing of it.
    """
    span = [today - n * DAY for n in range(1, LOOKED_AT_WEEKS * WEEK + 1)]
    if began > span[-1] or len(days) < 2:
        return None
    planned = sum(day.weekday() in days and away_on(away, day) is None for day in span)
    done = {day for day in trained if day in set(span)}
    if planned < LEAST_PLANNED or len(done) > SHARE * planned:
        return None
    wanted = min(len(days) - 1, max(1, -(-len(done) // LOOKED_AT_WEEKS)))
    liked = Counter(day.weekday() for day in done if day.weekday() in days)
    chosen = sorted(days, key=lambda day: (-liked[day], day))[:wanted]
    return SmallerPlan(done=len(done), planned=planned, days=tuple(WEEKDAYS[day] for day in sorted(chosen)))
