"""Phased: the setting of a runner who follows a programme, with what its phase gives and allows now."""

from __future__ import annotations

import msgspec

from weaklink.case.disposition import Disposition
from weaklink.case.given import Given
from weaklink.case.hypothesis import Differential
from weaklink.case.plan import Follows
from weaklink.library.milestones import ways_of
from weaklink.library.programme_records import Programme
from weaklink.library.programmes import conditions_of
from weaklink.library.reading import Library
from weaklink.reasoning.triggers import any_holds
from weaklink.training.dose.pain_profile import is_bone, leading_conditions
from weaklink.training.dose.restrictions import LATER_FROM_WEEK, Restrictions, withheld
from weaklink.training.dose.setting import Setting, allowed_in, setting
from weaklink.training.programme.doors import beginning
from weaklink.training.programme.evidence import DoorEvidence, stops_of, whose
from weaklink.training.programme.foothold import Foothold
from weaklink.training.programme.overlay import Phasing, in_phase
from weaklink.training.programme.phases import (
    PhaseMove,
    in_bouts,
    in_order,
    moves_now,
    phase_of,
    stage_of,
    without_weight,
)

PREVENTION = "prevention"  # the tier of having no pain


def programme_of(
    given: Given, library: Library, disposition: Disposition, ranked: Differential
) -> Programme | None:
    """The programme for what leads the ranking; None where nothing that leads has one.

    Nobody follows one while a bone under stress is likely, possible or not tested where it hurts. Without
    pain it is for those who have weights and wished for nothing else; everybody else gets the circuit.
    """
    if any(is_bone(library, name) for name in not_unlikely(ranked)):
        return None
    leading = leading_conditions(ranked) if given.pain_at else _without_pain(given, library)
    known = (library.conditions.get(name) for name in leading)
    named = next((one.programme for one in known if one is not None and one.programme), "")
    found = library.programmes.get(named)
    if found is None or found.status == "retired":
        return None
    guards = frozenset(disposition.guards)
    instead = (p for p in library.programmes.values() if p.in_place_of == found.id and p.status != "retired")
    return next((one for one in instead if any_holds(one.when, given, guards)), found)


def _without_pain(given: Given, library: Library) -> tuple[str, ...]:
    """What stands for having no pain, for whom its programme is."""
    weights = any(one.kind != "band" for one in given.owns or ())
    if not weights or given.wish is not None or given.routine:
        return ()
    return tuple(one.id for one in library.conditions.values() if one.tier == PREVENTION)


def not_unlikely(ranked: Differential) -> list[str]:
    """The ids of every condition that is not called unlikely."""
    return [one.id for one in ranked.conditions if one.verdict != "unlikely"]


def phased(plan: Setting, foothold: Foothold) -> Setting:
    """The same setting in a phase: its numbers and caps, its moves as far as nothing else forbids them.

    `plan` follows a programme and stands in no phase yet.
    """
    programme = plan.programme
    if programme is None:
        return plan
    moves = tuple(_as_loaded(move, plan) for move in moves_now(programme, foothold))
    gates = frozenset(foothold.open)
    conditions = frozenset(one.id for one in conditions_of(programme, plan.library))
    eases = phase_of(programme, foothold.phase).eases
    phasing = Phasing(conditions=conditions, gates=gates, eases=eases)
    library = in_phase(plan.library, moves, phasing)
    lifted = frozenset(name for move in moves for name in move.ways)
    strong = frozenset(area for area, found in plan.strengths.items() if found.level == "strong")
    limits = msgspec.structs.replace(
        plan.limits,
        in_phase=lifted,
        ahead=frozenset() if programme.climbs else _ahead(programme, foothold) - lifted,
        strong_areas=strong,
    )
    return msgspec.structs.replace(
        plan,
        library=library,
        limits=limits,
        runner=msgspec.structs.replace(plan.runner, circuit=False),
        allowed={week: allowed_in(week, library, limits) for week in plan.allowed},
        foothold=foothold,
        moves=tuple(found for move in moves if (found := _given(move, limits, library)) is not None),
    )


def _as_loaded(move: PhaseMove, plan: Setting) -> PhaseMove:
    """The move with its repetitions for a weight, where this runner can hold one in any of its ways."""
    ways = (plan.library.exercises[name] for name in move.ways if name in plan.library.exercises)
    can = (way for way in ways if not set(way.needs) - plan.limits.equipment)
    loaded = any(plan.rack_of(way, LATER_FROM_WEEK) is not None for way in can)
    return in_bouts(move if loaded else without_weight(move), plan.library.gates)


def _ahead(programme: Programme, foothold: Foothold) -> frozenset[str]:
    """The moves of later phases that no phase up to here holds."""
    order, here = in_order(programme), phase_of(programme, foothold.phase)
    place = order.index(here) + 1 if here in order else len(order)
    so_far, later = (
        {name for phase in phases for move in phase.moves for name in ways_of(move)}
        for phases in (order[:place], order[place:])
    )
    return frozenset(later - so_far)


def _given(move: PhaseMove, limits: Restrictions, library: Library) -> PhaseMove | None:
    """A move with the first of its ways that may be given; None where none may."""
    ways = (library.exercises[name] for name in move.ways if name in library.exercises)
    found = next((e.id for e in ways if withheld(e, limits, library, LATER_FROM_WEEK) is None), None)
    return None if found is None else msgspec.structs.replace(move, ways=(found,))


def followed(given: Given, library: Library, disposition: Disposition, ranked: Differential) -> Setting:
    """The setting of a runner, with the programme they chose to follow where they may; in no phase yet."""
    plan = setting(given, library, disposition, ranked)
    # Whose physiotherapist leads follows them: a second programme would train the same twice.
    if not given.programme or given.prescribed or not plan.unguarded:
        return plan
    return msgspec.structs.replace(plan, programme=programme_of(given, library, disposition, ranked))


def at_the_start(plan: Setting) -> Setting:
    """The setting in the phase a course begins in; as it is where no programme is followed."""
    if plan.programme is None:
        return plan
    told = whose(plan.given)
    known = DoorEvidence(
        whose=told,
        tests=told.tests,
        pains={**told.pains},
        stops=stops_of(plan.library.clinical_tests.values()),
    )
    return phased(plan, beginning(plan.programme, known, plan.library.gates))


def move_of(exercise_id: str, plan: Setting) -> PhaseMove | None:
    """The move of the phase that an exercise is given for; None for any other exercise."""
    return next((move for move in plan.moves if move.ways[0] == exercise_id), None)


def rest_of_bouts(exercise_id: str, sets: int, plan: Setting) -> int | None:
    """Seconds between so many bouts of a move that grows by them; None for any other move."""
    move = move_of(exercise_id, plan)
    fits = [bout.rest_s for bout in move.bouts if bout.sets <= sets] if move is not None else []
    return fits[-1] if fits else None


def follows(plan: Setting) -> Follows | None:
    """The stage a plan is made for; None where no programme is followed."""
    programme, foothold = plan.programme, plan.foothold
    if programme is None or foothold is None:
        return None
    widened = str(sum(move.wide for move in plan.moves))  # how far its moves may go now
    stage = "/".join([stage_of(programme, foothold), widened, *sorted(foothold.open)])
    return Follows(programme=programme.id, phase=foothold.phase, stage=stage, week=foothold.week)
