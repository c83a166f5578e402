"""The library as a phase changes it: its moves with the phase's numbers, and its cap in place of their own.

Only what the exercises themselves say for the programme's own conditions is replaced. What guards, other
conditions and `never_in` say holds as ever.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from weaklink.library.reading import Library
from weaklink.library.records import Exercise, Later, Prescription
from weaklink.training.programme.phases import PhaseMove


def in_phase(
    library: Library, moves: Iterable[PhaseMove], conditions: frozenset[str], gates: frozenset[str]
) -> Library:
    """The library with the moves of a phase as they are given in it.

    Args:
        conditions: those whose programme it is.
        gates: those that are open.
    """
    changed = {
        name: _given(library.exercises[name], move, conditions, gates)
        for move in reversed(tuple(moves))
        for name in move.ways
        if name in library.exercises
    }
    return msgspec.structs.replace(library, exercises={**library.exercises, **changed})


def _given(
    exercise: Exercise, move: PhaseMove, conditions: frozenset[str], gates: frozenset[str]
) -> Exercise:
    later = [one for one in exercise.later_in if one.when not in conditions]
    if move.cap:
        later += [Later(when=name, from_week=1, cap=move.cap) for name in sorted(conditions)]
    return msgspec.structs.replace(
        exercise,
        own_dose=_laid_over(exercise.own_dose, move.gives),
        later_in=later,
        gate="" if exercise.gate in gates else exercise.gate,
    )


def _laid_over(own: Prescription | None, gives: Prescription) -> Prescription:
    if own is None:
        return gives
    parts = {name: getattr(gives, name) for name in gives.__struct_fields__}
    return msgspec.structs.replace(
        own, **{name: part for name, part in parts.items() if part not in (None, "")}
    )
