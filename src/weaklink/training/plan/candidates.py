"""From the exercises a runner may do to the problem of one session: each with its sets, time and quality."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from weaklink.library.records import Exercise
from weaklink.training.dose.dose import FEWEST_SETS, MOST_SETS_KEPT, merged, set_choices
from weaklink.training.dose.phased import move_of
from weaklink.training.dose.session_days import DayKind
from weaklink.training.dose.setting import Setting
from weaklink.training.dose.suitability import bonus_of_sets, quality, quality_of_stretch
from weaklink.training.dose.usable import group_of, usable
from weaklink.training.plan.session_problem import (
    COST_OF_A_MOVE,
    Candidate,
    SessionProblem,
    cheapest_by_group,
    pruned,
    seconds_of,
)
from weaklink.training.plan.wants import leads, sets_in, wants

CIRCUIT_ROUNDS = 2  # article B: two to three rounds; the start is the lower number
MOST_SHARE = 1.15  # of the sets a session of a phase usually holds; design
BROUGHT_SETS = 1  # S46: a stretch that follows an exercise is held once on each side


def started_in(exercise_id: str, week: int, kept: Mapping[str, int]) -> int:
    """The week an exercise first stood in the plan."""
    return kept.get(exercise_id, week)


def brought(exercise: Exercise, exercises: Iterable[Exercise]) -> Exercise | None:
    """The stretch that follows it, if that may be given."""
    return next((e for e in exercises if e.id == exercise.followed_by), None)


class Span(NamedTuple):
    """Weeks that share one choice of moves: the moves kept from before with their first week, the rounds."""

    weeks: tuple[int, ...]
    kept: Mapping[str, int]
    rounds: int | None


def candidates_of(exercise: Exercise, plan: Setting, span: Span, after: Exercise | None) -> list[Candidate]:
    """One candidate for each number of sets; its time is that of the longest week."""
    weeks, stood, rounds = span
    gives = merged(plan.library.doses[exercise.dose], exercise)
    is_move = exercise.kind == "exercise"
    of_phase = exercise.id in plan.limits.in_phase
    kept = FEWEST_SETS if of_phase else MOST_SETS_KEPT
    choices = set_choices(gives, rounds, kept=kept) if is_move else set_choices(gives)[:1]
    move = move_of(exercise.id, plan)
    in_bouts = move is not None and bool(move.bouts)
    if in_bouts and gives.sets is not None:
        choices = gives.sets[:1]  # so short that fewer would be hardly any
    usual = min((gives.sets or (1, 1))[0], choices[-1])
    grown_by = weeks[-1] - started_in(exercise.id, weeks[0], stood)
    extra = plan.prescribed(after, BROUGHT_SETS, 0).seconds if after is not None else 0
    main = exercise.id in leads(plan)
    stretch = exercise.kind == "stretch"
    suits = quality_of_stretch(exercise, plan) if stretch else quality(exercise, plan, weeks[0], stood)
    leading = bool(plan.focuses) and plan.focuses[0].area in exercise.areas
    return [
        Candidate(
            id=exercise.id,
            sets=sets,
            kind=exercise.kind,
            seconds=plan.prescribed(exercise, sets, grown_by).seconds + extra,
            quality=min(COST_OF_A_MOVE - 1, suits + bonus_of_sets(sets, choices, usual, leading, main)),
            group=group_of(exercise, plan) if is_move else "",
            brings=after.id if after is not None else "",
            counted=1 if in_bouts else None,
        )
        for sets in choices
    ]


def filler_problem(
    plan: Setting, weeks: tuple[int, ...], kind: DayKind, choice: Iterable[Candidate]
) -> SessionProblem:
    """What a day may hold on which a phase's moves rest, in half of the time.

    Nothing for what they train, nor once more for what the other moves of the choice do.
    """
    names = {move.ways[0] for move in plan.moves} | {candidate.id for candidate in choice}
    trained = {area for name in names for area in plan.library.exercises[name].areas[:1]}
    problem = session_problem(msgspec.structs.replace(plan, moves=()), weeks, kind, {})
    rests = (
        candidate
        for candidate in problem.candidates
        if candidate.kind == "exercise"
        and candidate.id not in names
        and candidate.id not in plan.limits.in_phase
        and trained.isdisjoint(plan.library.exercises[candidate.id].areas[:1])
    )
    return msgspec.structs.replace(
        problem, candidates=tuple(rests), seconds=plan.seconds // 2, least_groups=0
    )


def all_candidates(
    plan: Setting,
    exercises: tuple[Exercise, ...],
    weeks: tuple[int, ...],
    kept: Mapping[str, int],
    rounds: int | None,
) -> tuple[Candidate, ...]:
    """Every exercise with every number of sets, in id order."""
    span = Span(weeks, kept, rounds)
    found = (
        candidate
        for exercise in exercises
        for candidate in candidates_of(exercise, plan, span, brought(exercise, exercises))
    )
    return tuple(sorted(found))


def fitting_candidates(
    plan: Setting, exercises: tuple[Exercise, ...], weeks: tuple[int, ...], kept: Mapping[str, int]
) -> tuple[Candidate, ...]:
    """The candidates with the wished rounds; in a circuit with two, or one where time is too short for two.

    Every area once comes before a second round (article B: at least one move for each area).
    """
    wish = plan.given.wish
    rounds = wish.rounds if wish is not None else None
    if rounds is not None or not plan.runner.circuit:
        return all_candidates(plan, exercises, weeks, kept, rounds)
    two = all_candidates(plan, exercises, weeks, kept, CIRCUIT_ROUNDS)
    if seconds_of(cheapest_by_group(two).values()) <= plan.seconds:
        return two
    return all_candidates(plan, exercises, weeks, kept, 1)


def session_problem(
    plan: Setting, weeks: tuple[int, ...], kind: DayKind, kept: Mapping[str, int]
) -> SessionProblem:
    """What to choose from in the sessions of one kind in some weeks.

    Args:
        weeks: the weeks that share one choice; what is allowed is decided by the first.
        kept: exercises of earlier weeks with the week each began.
    """
    exercises = usable(plan, weeks[0], kind)
    wish = plan.given.wish
    least = wish.areas or 0 if wish is not None and kind != "light" else 0
    return pruned(
        SessionProblem(
            candidates=fitting_candidates(plan, exercises, weeks, kept),
            wants=wants(plan, exercises, weeks[0]),
            seconds=plan.seconds,
            least_groups=least,
            # A phase is a few moves with all of their sets, and not one of everything.
            most_sets=round(MOST_SHARE * sets_in(plan.given.minutes))
            if plan.moves and wish is None
            else None,
        )
    )
