"""Wishes that cannot be met: what is in conflict, and the nearest plans that work, computed."""

from __future__ import annotations

import math

import msgspec

from weaklink.case.given import Wish
from weaklink.case.plan import Conflict
from weaklink.quantities import WEEKDAYS, Message
from weaklink.training.dose.session_days import session_days
from weaklink.training.dose.setting import PHASES, Setting
from weaklink.training.plan.candidates import session_problem
from weaklink.training.plan.session_problem import Candidate, cheapest_by_group, cheapest_cover, seconds_of

MOST_MINUTES = 90
FEWEST_MINUTES = 5


def _candidates(plan: Setting, rounds: int | None) -> tuple[Candidate, ...]:
    wish = Wish(areas=None, rounds=rounds)
    wished = msgspec.structs.replace(plan, given=msgspec.structs.replace(plan.given, wish=wish))
    return session_problem(wished, PHASES[0], "full", {}).candidates


def minutes_for(plan: Setting, areas: int, rounds: int | None) -> int:
    """The least minutes for one move in each of so many areas; 0 if there are not that many areas."""
    cover = cheapest_cover(_candidates(plan, rounds), areas)
    return math.ceil(seconds_of(cover) / 60) if len(cover) >= areas else 0


def _fits(plan: Setting, areas: int, rounds: int | None, minutes: int) -> bool:
    return 0 < minutes_for(plan, areas, rounds) <= minutes


def most_areas(plan: Setting, rounds: int | None) -> int:
    """The most areas that fit the runner's minutes with so many rounds."""
    possible = range(len(cheapest_by_group(_candidates(plan, rounds))), 0, -1)
    return next((n for n in possible if _fits(plan, n, rounds, plan.given.minutes)), 0)


def nearest_plans(plan: Setting, areas: int, rounds: int | None) -> tuple[Message, ...]:
    """Plans that work, each giving up one wish: areas, rounds, or minutes."""
    found, minutes = [], plan.given.minutes
    fewer = min(most_areas(plan, rounds), areas)
    if 0 < fewer < areas:
        found.append(_nearest("fewer-areas", fewer, rounds, minutes))
    less = next((r for r in range((rounds or 2) - 1, 0, -1) if _fits(plan, areas, r, minutes)), 0)
    if less:
        found.append(_nearest("fewer-rounds", areas, less, minutes))
    needed = minutes_for(plan, areas, rounds)
    if minutes < needed <= MOST_MINUTES:
        found.append(_nearest("more-minutes", areas, rounds, needed))
    return tuple(found)


def _nearest(kind: str, areas: int, rounds: int | None, minutes: int) -> Message:
    values: dict[str, str | int | float] = {"areas": areas, "minutes": minutes}
    if rounds is None:
        return Message(f"training.nearest-{kind}-any-rounds", values)
    return Message(f"training.nearest-{kind}", {**values, "rounds": rounds})


def conflict_of_wish(plan: Setting) -> Conflict | None:
    """What is in conflict between the wish and the time, or None if the wish can be met."""
    wish = plan.given.wish
    if wish is None:
        return None
    areas, rounds = wish.areas or 1, wish.rounds
    available = len(cheapest_by_group(_candidates(plan, rounds)))
    if areas > available:
        conflict = Message("training.conflict-areas", {"areas": areas, "possible": available})
    elif not _fits(plan, areas, rounds, plan.given.minutes):
        conflict = _conflict_of_time(plan, areas, rounds)
    else:
        return None
    return Conflict(conflicts=(conflict,), nearest=nearest_plans(plan, areas, rounds))


def _conflict_of_time(plan: Setting, areas: int, rounds: int | None) -> Message:
    values: dict[str, str | int | float] = {
        "areas": areas,
        "minutes": plan.given.minutes,
        "needed": minutes_for(plan, areas, rounds),
    }
    if rounds is None:
        return Message("training.conflict-time-any-rounds", values)
    return Message("training.conflict-time", {**values, "rounds": rounds})


def conflict_of_days(plan: Setting) -> Conflict:
    """Every possible day is the day before a hard run: which day or which easier run would help."""
    given = plan.given
    free = session_days(msgspec.structs.replace(given, days=7)).days
    days = [Message("training.nearest-other-day", {"day": day.day}) for day in free]
    runs = [
        Message("training.nearest-easy-run", {"day": run})
        for run in WEEKDAYS
        if run in given.hard_runs and _frees_a_day(plan, run)
    ]
    conflict = Message("training.conflict-days", {"count": len(set(given.hard_runs))})
    return Conflict(conflicts=(conflict,), nearest=(*days, *runs))


def _frees_a_day(plan: Setting, run: str) -> bool:
    others = tuple(day for day in plan.given.hard_runs if day != run)
    return bool(session_days(msgspec.structs.replace(plan.given, hard_runs=others)).days)


def conflict_of_minutes(plan: Setting) -> Conflict:
    """Nothing that may be given fits the minutes: how many would be enough."""
    shortest = min((c.seconds for c in _candidates(plan, None) if c.kind == "exercise"), default=0)
    needed = max(FEWEST_MINUTES, math.ceil(shortest / 60))
    conflict = Message("training.conflict-minutes", {"minutes": plan.given.minutes, "needed": needed})
    return Conflict(
        conflicts=(conflict,), nearest=(Message("training.nearest-minutes", {"minutes": needed}),)
    )
