"""What is worth having in a session: the first move, the weak links, every area, a drill and a stretch."""

from __future__ import annotations

import math
from collections.abc import Iterable

from weaklink.library.records import Exercise
from weaklink.quantities import Verdict
from weaklink.training.dose.first_moves import opening_move
from weaklink.training.dose.focus import Focus
from weaklink.training.dose.restrictions import LATER_FROM_WEEK
from weaklink.training.dose.setting import Setting
from weaklink.training.dose.suitability import is_due, is_idle_stretch
from weaklink.training.dose.usable import group_of
from weaklink.training.plan.session_problem import Want
from weaklink.training.programme.doors import doors_ahead
from weaklink.training.programme.phases import in_order

# How many sets a session of so many minutes holds, and the share of the programme's main moves; design.
SETS_IN = {10: 4, 15: 6, 20: 8, 30: 12, 45: 18, 60: 22}
MAIN_SHARE = 0.6
SETS_OF_A_MOVE = 3
LEAST_LEADING = 2
EARLY_PHASES = 2
BEGINNERS = frozenset({"planning", "novice"})
# Worths are design: they only order what goes in first when time is short (D3).
FIRST_MOVE_WORTH = 4000
LEADING_WORTHS = (1000, 600)
LED_BY_A_PHASE = (300,)
FOCUS_WORTHS: dict[Verdict, int] = {"likely": 300, "possible": 200, "cannot-tell": 50}
MAIN_WORTH, NEXT_MAIN_WORTH, BESIDE_WORTH = 2000, 280, 150  # of a programme's moves
HOPS_WORTH = 1500  # of what begins in bouts: a few minutes, and nothing else opens what comes after it
ARTICLE_WORTH = 500
GROUP_WORTH_IN_PREVENTION = 500
GROUP_WORTH = 45
OTHER_KIND_WORTH = 60  # S11: a stretch and a drill belong to a full plan


def leading_area(plan: Setting, usable_now: Iterable[Exercise]) -> str:
    """The first area to train that has an exercise at all; empty if none has."""
    exercises = tuple(usable_now)
    return next((f.area for f in plan.focuses if exercises_for(f, exercises)), "")


def exercises_for(focus: Focus, exercises: Iterable[Exercise]) -> frozenset[str]:
    """Exercises that train an area: those with it as main area, else those that train it as well."""
    moves = [exercise for exercise in exercises if exercise.kind == "exercise"]
    main = frozenset(e.id for e in moves if e.areas[:1] == [focus.area])
    return main or frozenset(e.id for e in moves if focus.area in e.areas)


def focus_wants(plan: Setting, exercises: tuple[Exercise, ...]) -> list[Want]:
    """One want for each area to train: two moves for the leading area, one for every other."""
    leading, wants = leading_area(plan, exercises), []
    # The moves of a phase are for what leads; beside them one more is enough.
    led = LEADING_WORTHS if not plan.moves else LED_BY_A_PHASE
    for place, focus in enumerate(plan.focuses):
        worth = FOCUS_WORTHS[focus.verdict]
        worths = led if focus.area == leading else (max(worth - 10 * place, worth // 2),)
        wants.append(Want(name=f"area:{focus.area}", ids=exercises_for(focus, exercises), worths=worths))
    return wants


def article_want(plan: Setting, exercises: tuple[Exercise, ...], week: int) -> list[Want]:
    """An article's move for what leads, beside the programme's own.

    In the first two weeks any of them; then, in the first phases, the one that had to wait until now (S37).
    """
    leading = leading_area(plan, exercises)
    known = [e for e in exercises if e.article and e.areas[:1] == [leading]]
    if week >= LATER_FROM_WEEK:
        known = [e for e in known if is_due(e, plan, week)] if is_early(plan) else []
    ids = frozenset(e.id for e in known)
    return [Want(name="article", ids=ids, worths=(ARTICLE_WORTH,))] if plan.moves and ids else []


def is_early(plan: Setting) -> bool:
    """Whether a programme is followed and stands in one of its first phases."""
    programme, foothold = plan.programme, plan.foothold
    if programme is None or foothold is None:
        return False
    return foothold.phase in {phase.id for phase in in_order(programme)[:EARLY_PHASES]}


def early_ways(plan: Setting, exercises: tuple[Exercise, ...], week: int) -> dict[str, str]:
    """By main move of a phase the article's easier one in its place: how a beginner starts (S32).

    Only in the first two weeks, for nobody who lifts, and not for the area that has a first move of its own.
    """
    if week >= LATER_FROM_WEEK or plan.given.level not in BEGINNERS or plan.lifts:
        return {}
    there = {e.id: e for e in exercises}
    opening = there.get(opening_move(plan, week))
    opened = opening.areas[:1] if opening is not None else []
    found = dict[str, str]()
    for name in main_moves(plan):
        move = plan.library.exercises[name]
        easier = (there[way] for way in move.easier if way in there)
        alike = (e.id for e in easier if e.article and e.areas[:1] == move.areas[:1] != opened)
        if way := next(alike, ""):
            found[name] = way
    return found


def group_wants(plan: Setting, exercises: tuple[Exercise, ...]) -> list[Want]:
    """One want for each prevention group."""
    in_circuit = plan.limits.heading == "prevention" and not plan.moves
    worth = GROUP_WORTH_IN_PREVENTION if in_circuit else GROUP_WORTH
    by_group: dict[str, set[str]] = {}
    for exercise in exercises:
        if exercise.kind == "exercise" and (group := group_of(exercise, plan)):
            by_group.setdefault(group, set()).add(exercise.id)
    return [
        Want(name=f"group:{group}", ids=frozenset(ids), worths=(worth,))
        for group, ids in sorted(by_group.items())
    ]


def sets_in(minutes: int) -> int:
    """How many sets a session of so many minutes holds, between the minutes that are known as well."""
    known = sorted(SETS_IN.items())
    low, sets = max(((at, sets) for at, sets in known if at <= minutes), default=(0, 0))
    high, more = min(((at, sets) for at, sets in known if at > minutes), default=(low, sets))
    return sets if high == low else sets + (more - sets) * (minutes - low) // (high - low)


def leading_moves(plan: Setting) -> int:
    """How many main moves of a phase come before everything else: what fills at least half of the sets."""
    known = (sets for minutes, sets in SETS_IN.items() if minutes <= plan.given.minutes)
    return max(LEAST_LEADING, math.ceil(MAIN_SHARE * max(known, default=0) / SETS_OF_A_MOVE))


def main_moves(plan: Setting) -> tuple[str, ...]:
    """The main moves of the phase, as they may be given, the first one first."""
    return tuple(move.ways[0] for move in plan.moves if move.main)


def leads(plan: Setting) -> tuple[str, ...]:
    """The main moves that come before everything else: first those that what comes next asks for.

    Without them in the session nobody could ever show what opens the next phase.
    """
    main, asked = main_moves(plan), _asked_by_doors(plan)
    ordered = sorted(main, key=lambda name: name not in asked)
    return tuple(ordered[: leading_moves(plan)])


def _asked_by_doors(plan: Setting) -> frozenset[str]:
    programme, foothold = plan.programme, plan.foothold
    if programme is None or foothold is None:
        return frozenset()
    ahead = doors_ahead(programme, foothold, plan.library.gates)
    return frozenset(way.exercise for one in ahead for way in (one, *one.any_of) if way.exercise)


def phase_wants(plan: Setting, exercises: tuple[Exercise, ...], week: int) -> list[Want]:
    """One want for each move of the phase: the main ones first, as many as half of the sets hold."""
    leading, found = leads(plan), list[Want]()
    main, early = main_moves(plan), early_ways(plan, exercises, week)
    for place, name in enumerate(main):
        worth = MAIN_WORTH if name in leading else NEXT_MAIN_WORTH
        ids = frozenset({early.get(name, name)})
        found.append(Want(name=f"phase:{name}", ids=ids, worths=(worth - 10 * place,)))
    beside = {move.ways[0]: move for move in plan.moves if not move.main and move.ways[0] not in main}
    for place, (name, move) in enumerate(beside.items()):
        worth = HOPS_WORTH if move.bouts else BESIDE_WORTH - 10 * place
        found.append(Want(name=f"phase:{name}", ids=frozenset({name}), worths=(worth,)))
    return found


def wants(plan: Setting, exercises: tuple[Exercise, ...], week: int = 1) -> tuple[Want, ...]:
    """Everything worth having in a session of a week."""
    kinds = [
        Want(
            name=f"kind:{kind}",
            ids=frozenset(e.id for e in exercises if e.kind == kind and not is_idle_stretch(e, plan)),
            worths=(OTHER_KIND_WORTH,),
        )
        for kind in ("drill", "stretch")
    ]
    first = Want(name="first-move", ids=frozenset({opening_move(plan, week)}), worths=(FIRST_MOVE_WORTH,))
    phase = [*phase_wants(plan, exercises, week), *article_want(plan, exercises, week)]
    return (first, *phase, *focus_wants(plan, exercises), *group_wants(plan, exercises), *kinds)
