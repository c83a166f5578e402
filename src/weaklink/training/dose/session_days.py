"""The days of the week: which ones hold a session, and what kind it can be beside the hard runs."""

from __future__ import annotations

import itertools
from typing import Literal

import msgspec

from weaklink.case.given import Given
from weaklink.quantities import WEEKDAYS, Weekday

DayKind = Literal["full", "no-heavy-legs", "light"]
REST_BETWEEN = 2  # days from one session to the next, beside one's own routine; design
FULL_SESSIONS = 3  # article B: two to three times a week; the other days hold only what may be done daily


class SessionDay(msgspec.Struct, frozen=True, kw_only=True):
    """A day with a session. `light`: only what may be done more often than three times a week."""

    day: Weekday
    kind: DayKind
    after_run: bool = False  # a hard run is on the same day and goes first


class SessionDays(msgspec.Struct, frozen=True, kw_only=True):
    """The sessions of every week, and the wished days that stay free for a hard run on the next day."""

    days: tuple[SessionDay, ...]
    dropped: tuple[Weekday, ...] = ()


def later_day(day: Weekday, days: int) -> Weekday:
    """The weekday so many days later."""
    return WEEKDAYS[(WEEKDAYS.index(day) + days) % 7]


def is_free(day: Weekday, given: Given) -> bool:
    """Whether a session may be on this day: not the day before a hard run (doma-2019)."""
    return later_day(day, 1) not in given.hard_runs


def spacing(days: tuple[Weekday, ...]) -> tuple[int, ...]:
    """The gaps between sessions round the week, shortest first; larger is better spread."""
    numbers = [WEEKDAYS.index(day) for day in days]
    following = [*numbers[1:], numbers[0] + 7]
    return tuple(sorted(after - before for before, after in zip(numbers, following, strict=True)))


def best_spread(days: tuple[Weekday, ...], count: int) -> tuple[Weekday, ...]:
    """So many of the days, as far apart as possible; the earliest in the week among equals."""
    ordered = tuple(day for day in WEEKDAYS if day in days)
    choices = list(itertools.combinations(ordered, min(count, len(ordered))))
    return max(choices, key=spacing) if choices and choices[0] else ()


def beside_own(own: tuple[Weekday, ...], free: tuple[Weekday, ...], count: int) -> tuple[Weekday, ...]:
    """At most so many days: those of one's own routine first, then others, with a day of rest between all."""
    spreads = (best_spread(own, wanted) for wanted in range(min(count, len(own)), 0, -1))
    chosen = set(next(days for days in spreads if spacing(days)[0] >= REST_BETWEEN))
    for day in free:
        near = {later_day(day, n) for n in (-1, 0, 1)}
        if len(chosen) < count and not near & (chosen | set(own)):
            chosen.add(day)
    return tuple(day for day in WEEKDAYS if day in chosen)


def kind_of_day(day: Weekday, full: tuple[Weekday, ...], given: Given) -> DayKind:
    """What a session on this day may hold: no heavy legs in the 48 hours before a hard run (doma-2019)."""
    if day not in full:
        return "light"
    return "no-heavy-legs" if later_day(day, 2) in given.hard_runs else "full"


def _is_taken(day: Weekday, given: Given) -> bool:
    """Whether one trains on a day already by one's own routine, or a physio's where no day was wished."""
    theirs = isinstance(given.days, int) and any(day in move.days for move in given.prescribed)
    return bool(given.routine.get(day)) or theirs


def session_days(given: Given) -> SessionDays:
    """The days of the plan; empty if every possible day is the day before a hard run."""
    wished = WEEKDAYS if isinstance(given.days, int) else given.days
    count = given.days if isinstance(given.days, int) else len(set(given.days))
    free = tuple(day for day in WEEKDAYS if day in wished and is_free(day, given))
    own = tuple(day for day in WEEKDAYS if _is_taken(day, given) and is_free(day, given))
    chosen = beside_own(own, free, count) if own else best_spread(free, count)
    full = best_spread(chosen, FULL_SESSIONS)
    days = tuple(
        SessionDay(day=day, kind=kind_of_day(day, full, given), after_run=day in given.hard_runs)
        for day in chosen
    )
    told = (*given.routine, *(() if isinstance(given.days, int) else wished))
    dropped = tuple(d for d in WEEKDAYS if d in told and not is_free(d, given))
    return SessionDays(days=days, dropped=dropped)
