"""The checker of finished plans: every hard rule a plan breaks, for both planners the same."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator

from weaklink.case.disposition import Disposition
from weaklink.case.given import Given
from weaklink.case.hypothesis import Differential
from weaklink.case.plan import Item, Plan, Session, Week
from weaklink.library.reading import Library
from weaklink.library.records import Exercise
from weaklink.training.dose.dose import merged, times_a_week
from weaklink.training.dose.phased import at_the_start, followed
from weaklink.training.dose.restrictions import cap_of, withheld
from weaklink.training.dose.session_days import later_day
from weaklink.training.dose.setting import Setting
from weaklink.training.dose.usable import group_of, is_heavy_for_legs
from weaklink.training.plan.planning import refusing_rules
from weaklink.training.plan.session_problem import MOST


def _moves(session: Session) -> tuple[Item, ...]:
    return tuple(item for item in session.items if item.kind != "load-advice")


def _exercises(items: Iterable[Item], plan: Setting) -> list[Exercise]:
    return [plan.library.exercises[item.id] for item in items if item.id in plan.library.exercises]


def _of_item(item: Item, plan: Setting, week: int) -> Iterator[str]:
    exercise = plan.library.exercises.get(item.id)
    if exercise is None:
        yield f"{item.id}: not in the library"
        return
    if why := withheld(exercise, plan.limits, plan.library, week):
        yield f"{item.id} in week {week}: {why.id}"
    if not item.easier or (item.easier != "stop" and item.easier not in plan.library.exercises):
        yield f"{item.id}: no easier way"
    if cap_of(exercise, plan.limits) not in ("", item.cap):
        yield f"{item.id}: its limit is missing"
    if item.rir is not None and item.rir < plan.limits.min_rir and not _means_maximum(item, plan):
        yield f"{item.id}: too few repetitions in reserve"


def _means_maximum(item: Item, plan: Setting) -> bool:
    """Whether the dose itself means as many as possible, and this runner may."""
    exercise = plan.library.exercises[item.id]
    gives = merged(plan.library.doses[exercise.dose], exercise)
    return plan.limits.to_maximum and item.rir == 0 and gives.rir == 0


def _of_session(session: Session, plan: Setting) -> Iterator[str]:
    moves, given = _moves(session), plan.given
    if session.items[0].kind != "load-advice":
        yield f"{session.day}: the load advice is not first"
    if math.ceil(sum(item.seconds for item in moves) / 60) > session.minutes:
        yield f"{session.day}: takes longer than it says"
    if session.minutes > given.minutes:
        yield f"{session.day}: {session.minutes} minutes of {given.minutes}"
    if Counter(item.kind for item in moves)["exercise"] > MOST["exercise"]:
        yield f"{session.day}: more than {MOST['exercise']} exercises"
    if later_day(session.day, 1) in given.hard_runs:
        yield f"{session.day}: the day before a hard run"
    heavy = [e.id for e in _exercises(moves, plan) if is_heavy_for_legs(e, plan)]
    if heavy and later_day(session.day, 2) in given.hard_runs:
        yield f"{session.day}: {heavy[0]} within 48 hours of a hard run"
    wished = isinstance(given.days, int) or session.day in given.days or session.day in given.routine
    if not wished:
        yield f"{session.day}: not a day of the runner"


def _of_week(week: Week, plan: Setting) -> Iterator[str]:
    times = Counter(item.id for session in week.sessions for item in _moves(session))
    for name, count in sorted(times.items()):
        exercise = plan.library.exercises.get(name)
        if exercise is None:
            continue
        brought = any(e.followed_by == name for e in plan.library.exercises.values())
        if not brought and count > times_a_week(exercise, plan.library.doses[exercise.dose]):
            yield f"{name}: {count} times in week {week.number}"
    if plan.limits.running == "none" and week.run_day_stretches:
        yield f"week {week.number}: stretches for runs that are not allowed"
    yield from _of_wish(week, plan)


def _of_wish(week: Week, plan: Setting) -> Iterator[str]:
    wish, kinds = plan.given.wish, {day.day: day.kind for day in plan.days.days}
    if wish is None:
        return
    for session in week.sessions:
        moves = [i for i in _moves(session) if i.kind == "exercise"]
        groups = {group_of(exercise, plan) for exercise in _exercises(moves, plan)} - {""}
        if kinds[session.day] == "full" and len(groups) < (wish.areas or 0):
            yield f"{session.day}: {len(groups)} areas of {wish.areas} wished"
        # Beside one's own routine there may be fewer sets.
        if wish.rounds is not None and not session.own and any(i.sets != wish.rounds for i in moves):
            yield f"{session.day}: not {wish.rounds} rounds"


def violations(
    plan: Plan, given: Given, library: Library, disposition: Disposition, differential: Differential
) -> tuple[str, ...]:
    """Every hard rule the plan breaks, in words for a developer; empty for a good plan."""
    found = [f"refused by {rule}" for rule in refusing_rules(disposition)]
    made_from = at_the_start(followed(given, library, disposition, differential))
    for week in plan.weeks:
        items = [item for session in week.sessions for item in _moves(session)]
        for item in (*items, *week.run_day_stretches):
            found.extend(_of_item(item, made_from, week.number))
        for session in week.sessions:
            found.extend(_of_session(session, made_from))
        found.extend(_of_week(week, made_from))
    return tuple(dict.fromkeys(found))
