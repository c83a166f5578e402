"""Milestones: whether what has to be so can be said, told and reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from weaklink.library.programme_records import Bouts, Milestone, Programme, ProgrammeMove, ProgrammePhase
from weaklink.library.reading import Library
from weaklink.library.records import ALWAYS_THERE, ClinicalTest, Condition, PainSituation

KINDS = ("pain", "test", "exercise", "main_move", "settled_weeks", "weeks", "gate", "lifts_much", "asked")
ALWAYS_TOLD: frozenset[PainSituation] = frozenset({"run", "walk", "night", "rest"})  # the diary asks them
TIMED: frozenset[PainSituation | None] = frozenset({"run", "walk"})  # the diary keeps their minutes
GYM = frozenset({"machine", "bar"})


class Ground(msgspec.Struct, frozen=True):
    """What a milestone may rest on: where it hurts, and the moves there are until then."""

    library: Library
    moments: frozenset[PainSituation]
    moves: Sequence[tuple[ProgrammePhase, ProgrammeMove]]
    pain_most: int | None = None  # of the programme; None: a gate, whose own limit the stricter one beats


def told_moments(conditions: Sequence[Condition], library: Library) -> frozenset[PainSituation]:
    """The moments somebody with one of these is asked a number for."""
    sites = {site for one in conditions for site in one.sites}
    asked = (moment for site in sites & set(library.regions) for moment in library.regions[site].pain_moments)
    return ALWAYS_TOLD | frozenset(asked)


def kinds_of(one: Milestone) -> list[str]:
    """Which kinds of thing it says; it should be one."""
    return [kind for kind in KINDS if getattr(one, kind)]


def milestone_problems(one: Milestone, known: Ground) -> Iterator[str]:
    """Why it can never be met, or never be told. Of several ways one that can be met is enough."""
    ways = [one, *one.any_of]
    for way in ways:
        for text in _unsound(way, known):
            yield f'"{way.says}" {text}'
    unmet = [list(_unmet(way, known)) for way in ways if len(kinds_of(way)) == 1]
    if all(unmet):
        yield from (f'"{one.says}" {text}' for text in (unmet[0] if unmet else ()))


def _unsound(one: Milestone, known: Ground) -> Iterator[str]:
    said = kinds_of(one)
    if len(said) != 1:
        yield f"says {' and '.join(said) or 'nothing that can be told'}; expected one kind"
        return
    yield from _pain(one, known)
    yield from _test(one, known)
    limit = known.pain_most
    if (one.exercise or one.main_move) and limit is not None and (one.pain_most or 0) > limit:
        yield f"allows pain of {one.pain_most} in a move; the programme stops at {limit}"


def _unmet(one: Milestone, known: Ground) -> Iterator[str]:
    if one.exercise:
        yield from _among_moves(one, known)
        yield from _holding(one, one.exercise, known.library)
    if one.main_move:
        yield from _of_main_move(one, known)
    if not _possible_at_home(one, known.library):
        yield "needs what only a gym has; say in any_of what stands for it at home"


def _pain(one: Milestone, known: Ground) -> Iterator[str]:
    if one.pain is not None and one.pain not in known.moments:
        yield f"can never be told: nobody who hurts there is asked about pain in the moment {one.pain}"
    if (one.minutes is not None or one.without_limp) and one.pain not in TIMED:
        yield "says minutes or a limp; only a run and a walk have them"


def _test(one: Milestone, known: Ground) -> Iterator[str]:
    test = known.library.clinical_tests.get(one.test)
    if test is None:
        return
    if test.performed_by != "self":
        yield f'can never be told: "{test.id}" is not done by oneself'
    if one.option and one.option not in [known_option.id for known_option in test.options]:
        yield f'can never be met: "{one.option}" is no result of "{test.id}"'
    yield from _number(one, test)


def _number(one: Milestone, test: ClinicalTest) -> Iterator[str]:
    numbers = [number for number in (one.least, one.least_older) if number is not None]
    if (numbers or one.of_other_side is not None) and test.value != "number":
        yield f'can never be met: "{test.id}" gives no number'
    elif any(not test.min <= number <= test.max for number in numbers):
        yield f'can never be met: "{test.id}" goes from {test.min:g} to {test.max:g}'
    if one.of_other_side is not None and not test.sided:
        yield f'can never be met: "{test.id}" has no sides'
    if not numbers and one.of_other_side is None and not one.option and one.pain_most is None:
        yield f'says nothing of "{test.id}": a number, a share, an option or a pain'


def _among_moves(one: Milestone, known: Ground) -> Iterator[str]:
    found = [(phase, move) for phase, move in known.moves if one.exercise in ways_of(move)]
    if not found:
        yield f'can never be met: "{one.exercise}" is no move until then'
        return
    for name in ("sets", "reps", "hold_s"):
        wanted: int | None = getattr(one, name)
        highest = [_highest(name, one.exercise, phase, move, known.library) for phase, move in found]
        reach = max((number for number in highest if number is not None), default=None)
        if wanted is not None and reach is not None and wanted > reach:
            words = {"hold_s": "seconds", "reps": "repetitions"}.get(name, name)
            yield f'can never be met: "{one.exercise}" is given with {reach} {words} at most'


def main_move(
    moves: Sequence[tuple[ProgrammePhase, ProgrammeMove]],
) -> tuple[ProgrammePhase, ProgrammeMove] | None:
    """The first strength move without a gate, of the last phase that has one."""
    strength = [
        (phase, move)
        for phase, move in moves
        if move.effort in ("reserve", "maximum") and not (move.beside or move.gate or phase.alongside)
    ]
    return next((found for found in strength if found[0] is strength[-1][0]), None)


def _of_main_move(one: Milestone, known: Ground) -> Iterator[str]:
    found = main_move(known.moves)
    if found is None:
        yield "can never be met: there is no strength move without a gate until then"
        return
    phase, move = found
    yield from _holding(one, move.exercise, known.library)
    reach = _highest("reps", move.exercise, phase, move, known.library)
    if one.reps is not None and reach is not None and one.reps > reach:
        yield f'can never be met: "{move.exercise}" is given with {reach} repetitions at most'


def _holding(one: Milestone, exercise_id: str, library: Library) -> Iterator[str]:
    """Whether that much can be held in it."""
    exercise = library.exercises.get(exercise_id)
    heaviest = max(one.held or 0, one.held_young_man or 0)
    if exercise is None or not heaviest:
        return
    if exercise.weighted is None:
        yield f'can never be met: "{exercise_id}" takes no weight'
    elif exercise.weighted.most is not None and heaviest > exercise.weighted.most:
        yield f'can never be met: "{exercise_id}" is never done with more than {exercise.weighted.most:g}'


def ways_of(move: ProgrammeMove) -> list[str]:
    """The exercises a move may be done with."""
    return [name for name in (move.exercise, *move.instead, move.then) if name]


def _highest(
    name: str, exercise_id: str, phase: ProgrammePhase, move: ProgrammeMove, library: Library
) -> int | None:
    """The most sets, repetitions or seconds of a move; None where nothing says it."""
    own: tuple[int, int] | None = getattr(move.gives, name)
    if own is not None:
        return own[1]
    gate = library.gates.get(move.gate or phase.gate)
    bouts: Sequence[Bouts] = gate.bouts if gate is not None else ()
    steps = phase.steps if not move.beside else []
    grown = [getattr(one, name, None) for one in (*steps, *bouts)]
    numbers = [number for number in grown if number is not None]
    return max(numbers) if numbers else _of_dose(name, exercise_id, library)


def _of_dose(name: str, exercise_id: str, library: Library) -> int | None:
    exercise = library.exercises.get(exercise_id)
    if exercise is None or exercise.dose not in library.doses:
        return None
    own = getattr(exercise.own_dose, name) if exercise.own_dose is not None else None
    given: tuple[int, int] | None = own or getattr(library.doses[exercise.dose].gives, name)
    return given[1] if given is not None else None


def _possible_at_home(one: Milestone, library: Library) -> bool:
    test, exercise = library.clinical_tests.get(one.test), library.exercises.get(one.exercise)
    if test is not None:
        return set(test.needs) <= ALWAYS_THERE
    return exercise is None or not GYM.intersection(exercise.needs)


def gate_ways(gate_id: str, library: Library, seen: tuple[str, ...] = ()) -> Iterator[Milestone]:
    """Every milestone a gate waits for, those of the gates it names included."""
    gate = library.gates.get(gate_id)
    if gate is None or gate_id in seen:
        return
    for one in gate.milestones:
        if one.gate:
            yield from gate_ways(one.gate, library, (*seen, gate_id))
        else:
            yield one


def gates_in_a_circle(library: Library) -> Iterator[str]:
    """Gates that wait for themselves."""
    for gate_id in library.gates:
        if gate_id in _gates_behind(gate_id, library, frozenset()):
            yield gate_id


def _gates_behind(gate_id: str, library: Library, seen: frozenset[str]) -> frozenset[str]:
    gate = library.gates.get(gate_id)
    named = {one.gate for one in gate.milestones if one.gate} if gate is not None else set()
    for further in sorted(named - seen):
        seen = _gates_behind(further, library, seen | {further})
    return seen


def milestones_of(phase: ProgrammePhase) -> Iterator[tuple[str, Milestone]]:
    """Every milestone of a phase with the field it stands in, each of its ways apart."""
    for field in ("skip_if", "enter", "leave"):
        for one in getattr(phase, field):
            yield from ((field, way) for way in (one, *one.any_of))


def asked_in(programme: Programme, library: Library) -> list[str]:
    """The question of each milestone of a programme and of its gates, as often as it stands there."""
    doors = [one for phase in programme.phases for _, one in milestones_of(phase)]
    names = {name for phase in programme.phases for name in (phase.gate, *(m.gate for m in phase.moves))}
    behind = {one.asked for name in names for one in gate_ways(name, library)}
    return [*(one.asked for one in doors if one.asked), *sorted(behind - {""})]
