"""Programmes: what is wrong with their phases, their moves and what opens the next door."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence

from weaklink.library.fault import Fault, file_of
from weaklink.library.milestones import (
    Ground,
    asked_in,
    gate_ways,
    gates_in_a_circle,
    kinds_of,
    milestone_problems,
    told_moments,
    ways_of,
)
from weaklink.library.programme_records import GateRecord, Programme, ProgrammeMove, ProgrammePhase
from weaklink.library.reading import Library
from weaklink.library.records import ALWAYS_THERE, Condition

HOPS = 6  # the level of exercises that wait for a gate

Problem = tuple[str, str]  # field, message


def programme_problems(library: Library) -> Iterator[Fault]:
    """Every problem of the programmes and gates beyond names that are not there."""
    for programme in library.programmes.values():
        if programme.status != "retired":
            for field, text in _problems(programme, library):
                yield Fault(file_of("programmes", programme.id), field, text)
    for gate in library.gates.values():
        for one in gate.milestones:
            if len(kinds_of(one)) != 1:
                text = f'"{one.says}" says {" and ".join(kinds_of(one)) or "nothing"}; expected one kind'
                yield Fault(file_of("gates", gate.id), "milestones", text)
        for field, text in _hops(gate, library):
            yield Fault(file_of("gates", gate.id), field, text)
    for name in gates_in_a_circle(library):
        yield Fault(file_of("gates", name), "milestones", "waits for itself, so it never opens")


def _hops(gate: GateRecord, library: Library) -> Iterator[Problem]:
    """What is done in the bouts of a gate waits for it, and every bout is longer than the one before."""
    for name in gate.hops:
        found = library.exercises.get(name)
        if found is None or found.gate != gate.id:
            yield "hops", f'"{name}" is no exercise that waits for this gate'
    if gate.hops and not gate.bouts:
        yield "hops", "has no bouts"
    lengths = [bout.sets * (bout.hold_s or bout.reps or 0) for bout in gate.bouts] if gate.hops else []
    if any(after <= before for before, after in itertools.pairwise(lengths)):
        yield "bouts", "does not grow from one to the next"


def conditions_of(programme: Programme, library: Library) -> list[Condition]:
    """The conditions that lead to a programme, or whose clearance does."""
    named = [one for one in library.conditions.values() if one.programme == programme.id]
    cleared = (library.conditions.get(name) for name in programme.after_clearance_of)
    return named + [one for one in cleared if one is not None]


def _problems(programme: Programme, library: Library) -> Iterator[Problem]:
    yield from _led_to(programme, library)
    yield from _questions(programme, library)
    for number, phase in enumerate(programme.phases):
        before = programme.phases[:number]
        yield from _order(phase, before)
        yield from _opened(phase, programme.phases[number + 1 :])
        yield from _moves(phase, library)
        yield from _home(phase, before, library)
        yield from _behind_gates(phase, before, programme, library)
        yield from _doors(phase, before, programme, library)
    for one in conditions_of(programme, library):
        yield from _never(programme, one, library)


def _led_to(programme: Programme, library: Library) -> Iterator[Problem]:
    led = any(one.programme == programme.id for one in library.conditions.values())
    if not (led or programme.after_clearance_of or programme.in_place_of):
        yield "id", "no condition names it as its programme"
    if programme.in_place_of and not programme.when:
        yield "when", f'is empty; say for whom it stands in place of "{programme.in_place_of}"'


def _questions(programme: Programme, library: Library) -> Iterator[Problem]:
    for name, times in Counter(asked_in(programme, library)).items():
        if times > 1:
            yield "phases.asked", f'"{name}" is asked {times} times; each question has an id of its own'


def _order(phase: ProgrammePhase, before: Sequence[ProgrammePhase]) -> Iterator[Problem]:
    """Ids, what is kept, and the weeks in it."""
    earlier = [one.id for one in before]
    if phase.id in earlier:
        yield "phases.id", f'"{phase.id}" stands twice'
    if phase.keeps and phase.keeps not in earlier:
        yield "phases.keeps", f'no earlier phase "{phase.keeps}"; known: {", ".join(earlier) or "none"}'
    if before and phase.earliest_week < before[-1].earliest_week:
        text = f'"{phase.id}" may begin before "{before[-1].id}", which comes first'
        yield "phases.earliest_week", text
    weeks = [step.from_week for step in phase.steps]
    if weeks != sorted(set(weeks)) or weeks[:1] not in ([], [1]):
        yield "phases.steps", f'of "{phase.id}" begin in the weeks {weeks}; expected 1 and then later ones'
    for move in phase.moves:
        from_weeks = [one.from_week for one in move.widens]
        if from_weeks != sorted(set(from_weeks)):
            yield "phases.moves.widens", f'of "{move.exercise}" does not go on from week to week'


def _opened(phase: ProgrammePhase, after: Sequence[ProgrammePhase]) -> Iterator[Problem]:
    """Whether anything but the calendar leads from a phase to the next one."""
    if phase.alongside and not phase.gate:
        yield "phases.gate", f'"{phase.id}" comes in alongside and has no gate'
    following = next((one for one in after if not one.alongside), None)
    if phase.alongside or following is None:
        return
    if not (phase.leave or following.enter or following.gate):
        yield "phases.leave", f'nothing but the calendar opens "{following.id}" after "{phase.id}"'


def _moves(phase: ProgrammePhase, library: Library) -> Iterator[Problem]:
    for move in phase.moves:
        if move.effort_percent is not None and move.effort != "hold":
            yield "phases.moves.effort_percent", f'of "{move.exercise}" is for a hold only'
        if _needs(move.exercise, library) & {"machine"} and all(
            _needs(name, library) & {"machine"} for name in move.instead
        ):
            text = f'"{move.exercise}" needs a machine; name in `instead` what does without'
            yield "phases.moves.instead", text


def _needs(exercise_id: str, library: Library) -> frozenset[str]:
    exercise = library.exercises.get(exercise_id)
    return frozenset(exercise.needs) if exercise is not None else frozenset()


def _home(phase: ProgrammePhase, before: Sequence[ProgrammePhase], library: Library) -> Iterator[Problem]:
    kept = [move for one in before if one.id == phase.keeps for move in one.moves]
    main = [move for move in phase.moves if not move.beside] or kept
    if not any(_needs(name, library) <= ALWAYS_THERE for move in main for name in ways_of(move)):
        text = f'"{phase.id}" has no move for a home with mat, wall, chair, towel and step'
        yield "phases.moves", text


def _behind_gates(
    phase: ProgrammePhase, before: Sequence[ProgrammePhase], programme: Programme, library: Library
) -> Iterator[Problem]:
    """Hops wait for a gate; after a clinician's clearance the phases themselves are doors."""
    if programme.after_clearance_of or phase.gate or any(one.gate for one in before if not one.alongside):
        return
    for move in phase.moves:
        exercise = library.exercises.get(move.exercise)
        if exercise is not None and exercise.level >= HOPS and not (move.gate or exercise.gate):
            yield "phases.moves.gate", f'"{move.exercise}" is a hop, and no gate stands before it'


def _doors(
    phase: ProgrammePhase, before: Sequence[ProgrammePhase], programme: Programme, library: Library
) -> Iterator[Problem]:
    """What opens or ends a phase and can never be met or told."""
    moments = told_moments(conditions_of(programme, library), library)
    earlier = [(one, move) for one in before for move in one.moves]
    here = [*earlier, *((phase, move) for move in phase.moves)]
    known_before = Ground(library, moments, earlier, programme.pain_most)
    known_here = Ground(library, moments, here, programme.pain_most)
    doors = [("skip_if", one, known_here) for one in phase.skip_if]
    doors += [("enter", one, known_before) for one in phase.enter]
    doors += [("leave", one, known_here) for one in phase.leave]
    for name, known in _gates_of(phase, known_before, known_here):
        free = Ground(library, moments, known.moves)
        doors += [("gate", one, free) for one in gate_ways(name, library)]
    for field, one, known in doors:
        for text in milestone_problems(one, known):
            yield f"phases.{field}", f'in "{phase.id}": {text}'


def _gates_of(phase: ProgrammePhase, before: Ground, here: Ground) -> Iterator[tuple[str, Ground]]:
    """Each gate of a phase, with the moves there are while it is still shut."""
    yield phase.gate, before
    yield from ((move.gate, _without(move, here)) for move in phase.moves)
    yield from ((one.gate, here) for one in phase.leave)


def _without(move: ProgrammeMove, known: Ground) -> Ground:
    """The moves there are while one of them still waits for its gate."""
    others = [(phase, one) for phase, one in known.moves if one is not move]
    return Ground(known.library, known.moments, others, known.pain_most)


def _never(programme: Programme, condition: Condition, library: Library) -> Iterator[Problem]:
    """Moves that are never given with what the programme is for. A cleared bone is the clinician's word."""
    if condition.id in programme.after_clearance_of:
        return
    withheld = {condition.id, *condition.sites}
    for name in sorted({name for phase in programme.phases for m in phase.moves for name in ways_of(m)}):
        exercise = library.exercises.get(name)
        for circumstance in sorted(withheld.intersection(exercise.never_in)) if exercise is not None else ():
            text = f'"{name}" is never given with "{circumstance}"; a gate or a phase stands in place of it'
            yield "phases.moves.exercise", text
