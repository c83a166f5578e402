"""What a phase holds now: its moves with their numbers, limits and gates, and those that go on beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from weaklink.library.milestones import ways_of
from weaklink.library.programme_records import (
    Bouts,
    GateRecord,
    Programme,
    ProgrammeMove,
    ProgrammePhase,
    ProgrammeStep,
)
from weaklink.library.records import Prescription
from weaklink.training.programme.foothold import Foothold

LATE_WEEK = 100
MORE_WITHOUT_WEIGHT = 10  # repetitions, over those of the lightest step; design
BARE_RIR = 1
HEAVIEST_RIR = 0  # a set of the heaviest weight for that many has nothing left to keep


class PhaseMove(msgspec.Struct, frozen=True, kw_only=True):
    """One move of a phase as it is given now; `ways` are exercises for the same work, the first preferred."""

    phase: str
    ways: tuple[str, ...]
    gives: Prescription
    cap: str = ""
    gate: str = ""
    main: bool = True
    wide: int = 0  # how often its cap was widened
    every_days: int | None = None
    bare: tuple[int, int] | None = None  # repetitions where the steps mean weights and nothing can be held
    bouts: tuple[Bouts, ...] = ()  # how it begins and grows once its gate is open


def phase_of(programme: Programme, phase_id: str) -> ProgrammePhase:
    """The phase of that id, else the first one: an older edition may have named others."""
    return next((one for one in programme.phases if one.id == phase_id), programme.phases[0])


def in_order(programme: Programme) -> tuple[ProgrammePhase, ...]:
    """The phases one goes through, without those that only come in alongside."""
    return tuple(one for one in programme.phases if not one.alongside)


def step_of(phase: ProgrammePhase, weeks_in: int) -> int:
    """Which step of its sets and repetitions a phase is in, from 1; 0 where it has none."""
    return sum(step.from_week <= weeks_in for step in phase.steps)


def stage_of(programme: Programme, foothold: Foothold) -> str:
    """Phase and step as one word: what the numbers of its moves go by."""
    phase = phase_of(programme, foothold.phase)
    return f"{phase.id}.{step_of(phase, foothold.weeks_in)}"


def stages(programme: Programme) -> Iterator[tuple[str, Foothold]]:
    """Every stage there can be, with a foothold in it and every gate open."""
    gates = tuple(dict.fromkeys(gate for one in programme.phases for gate in _gates(one)))
    for phase in in_order(programme):
        for week in [step.from_week for step in phase.steps] or [1]:
            # Late in the course, so that what comes in alongside is there.
            late = {"since": LATE_WEEK, "week": LATE_WEEK + week - 1}
            foothold = Foothold(programme=programme.id, phase=phase.id, open=gates, **late)
            yield stage_of(programme, foothold), foothold


def _gates(phase: ProgrammePhase) -> list[str]:
    return [gate for gate in (phase.gate, *(move.gate for move in phase.moves)) if gate]


def moves_now(programme: Programme, foothold: Foothold) -> tuple[PhaseMove, ...]:
    """The moves of a foothold, each exercise once: of the phase, of what it keeps, of what is beside it.

    A move whose gate is not open is not there.
    """
    phase = phase_of(programme, foothold.phase)
    found = [_move(one, phase, foothold) for one in phase.moves]
    if phase.keeps:
        found += _kept(programme, phase, foothold)
    for beside in programme.phases:
        if beside.alongside and beside.gate in foothold.open and beside.earliest_week <= foothold.week:
            found += [_move(one, beside, foothold, beside=True) for one in beside.moves]
    there = (move for move in found if not move.gate or move.gate in foothold.open)
    return tuple({move.ways[0]: move for move in reversed(tuple(there))}.values())[::-1]


def _kept(programme: Programme, phase: ProgrammePhase, foothold: Foothold) -> list[PhaseMove]:
    """The moves that go on from an earlier phase, with its last step."""
    earlier = phase_of(programme, phase.keeps)
    last = max((step.from_week for step in earlier.steps), default=1)
    then = msgspec.structs.replace(foothold, since=1, week=last, wide=last)
    often = phase.keeps_per_week
    moves = [_move(one, earlier, then) for one in earlier.moves if not one.beside]
    return [_as_often(move, often) for move in moves]


def _as_often(move: PhaseMove, often: tuple[int, int] | None) -> PhaseMove:
    if often is None:
        return move
    return msgspec.structs.replace(move, gives=msgspec.structs.replace(move.gives, per_week=often))


def _move(
    move: ProgrammeMove, phase: ProgrammePhase, foothold: Foothold, *, beside: bool = False
) -> PhaseMove:
    widened = [one.cap for one in move.widens if one.from_week <= foothold.wide]
    return PhaseMove(
        phase=phase.id,
        ways=tuple(ways_of(msgspec.structs.replace(move, then=""))),
        gives=_gives(move, phase, _step(phase, foothold.weeks_in)),
        cap=widened[-1] if widened else move.cap,
        wide=len(widened),
        gate=move.gate or (phase.gate if phase.alongside else ""),
        main=not (move.beside or beside),
        every_days=move.every_days or phase.every_days,
        bare=_bare(move, phase),
    )


def _bare(move: ProgrammeMove, phase: ProgrammePhase) -> tuple[int, int] | None:
    """Fewer repetitions from step to step are heavier ones; without a weight they would only be fewer."""
    by_steps = bool(phase.steps) and not move.beside and move.gives.sets is None and move.gives.reps is None
    if not by_steps or move.effort != "maximum":
        return None
    most = max(step.reps for step in phase.steps)
    return most, most + MORE_WITHOUT_WEIGHT


def without_weight(move: PhaseMove) -> PhaseMove:
    """The move as it is given where nothing can be held in it: many repetitions instead of a heavy few."""
    if move.bare is None:
        return move
    return msgspec.structs.replace(
        move, gives=msgspec.structs.replace(move.gives, reps=move.bare, rir=BARE_RIR)
    )


def in_bouts(move: PhaseMove, gates: Mapping[str, GateRecord]) -> PhaseMove:
    """The move as its gate begins it, where the phase gives it no numbers of its own."""
    gives = move.gives
    found = next((gate.bouts for gate in gates.values() if move.ways[0] in gate.hops), None)
    if not found or (gives.sets, gives.reps, gives.hold_s) != (None, None, None):
        return move
    first = found[0]
    begun = msgspec.structs.replace(
        gives,
        sets=(first.sets, first.sets),
        reps=(first.reps or 1, first.reps or 1),
        hold_s=first.hold_s and (first.hold_s, first.hold_s),
        rest_s=first.rest_s,
    )
    return msgspec.structs.replace(move, gives=begun, bouts=tuple(found))


def _step(phase: ProgrammePhase, weeks_in: int) -> ProgrammeStep | None:
    place = step_of(phase, weeks_in)
    return phase.steps[place - 1] if place else None


def _gives(move: ProgrammeMove, phase: ProgrammePhase, step: ProgrammeStep | None) -> Prescription:
    """The numbers a move is given with, where they differ from the exercise's own."""
    gives = move.gives
    if step is not None and not move.beside and gives.sets is None and gives.reps is None:
        gives = msgspec.structs.replace(gives, sets=(step.sets, step.sets), reps=(step.reps, step.reps))
    if move.effort == "maximum" and gives.rir is None:
        gives = msgspec.structs.replace(gives, rir=HEAVIEST_RIR)
    if gives.per_week is None and phase.per_week is not None:
        gives = msgspec.structs.replace(gives, per_week=phase.per_week)
    if gives.hold_s is not None and gives.reps is None:
        gives = msgspec.structs.replace(gives, reps=(1, 1))  # one repetition of a hold is the hold
    return gives
