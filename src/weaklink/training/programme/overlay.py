"""The library as a phase changes it: its moves with the phase's numbers, and its cap in place of their own.

Only what the exercises themselves say for the programme's own conditions is replaced. What guards, other
conditions and `never_in` say holds as ever. Caps of other moves are eased only where the phase says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from weaklink.library.reading import Library
from weaklink.library.records import Exercise, Later, Prescription
from weaklink.training.programme.phases import PhaseMove


class Phasing(msgspec.Struct, frozen=True, kw_only=True):
    """What a phase changes: for which conditions, behind which open gates, and which caps it eases."""

    conditions: frozenset[str]  # those whose programme it is
    gates: frozenset[str] = frozenset()
    eases: Mapping[str, str] = {}


def in_phase(library: Library, moves: Iterable[PhaseMove], phasing: Phasing) -> Library:
    """The library with the moves of a phase as they are given in it, and the caps of others as eased."""
    changed = {
        name: _given(library.exercises[name], move, phasing)
        for move in reversed(tuple(moves))
        for name in move.ways
        if name in library.exercises
    }
    beside = {name: _eased(one, phasing) for name, one in library.exercises.items()} if phasing.eases else {}
    return msgspec.structs.replace(library, exercises={**library.exercises, **beside, **changed})


def _eased(exercise: Exercise, phasing: Phasing) -> Exercise:
    """A move beside the phase: a cap it has for the programme's own conditions is eased with the phase."""
    later = [
        msgspec.structs.replace(one, cap=phasing.eases.get(one.cap, one.cap))
        if one.when in phasing.conditions
        else one
        for one in exercise.later_in
    ]
    return msgspec.structs.replace(exercise, later_in=later) if later != exercise.later_in else exercise


def _given(exercise: Exercise, move: PhaseMove, phasing: Phasing) -> Exercise:
    conditions, gates = phasing.conditions, phasing.gates
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
