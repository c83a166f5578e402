"""Tissues: what a move works or lengthens, so that nothing is trained twice over."""

from __future__ import annotations

from collections.abc import Iterable

from weaklink.case.prescribed_move import PrescribedMove
from weaklink.library.reading import Library
from weaklink.library.records import Exercise


def tissues_of(exercise: Exercise, library: Library) -> frozenset[str]:
    """The muscles of an exercise by all its areas and by what it stretches, and its own id."""
    return frozenset({exercise.id}) | tissues_in((*exercise.areas, *exercise.stretches), library)


def tissues_in(names: Iterable[str], library: Library) -> frozenset[str]:
    """The muscles of some areas; what is no area is a muscle by its own name."""
    return frozenset(
        muscle
        for name in names
        for muscle in (library.areas[name].muscles if name in library.areas else [name])
    )


def tissues_prescribed(moves: Iterable[PrescribedMove], library: Library) -> frozenset[str]:
    """Everything that the physiotherapist's moves work, whether they may be given now or wait."""
    return frozenset().union(*(_tissues(move, library) for move in moves))


def _tissues(move: PrescribedMove, library: Library) -> frozenset[str]:
    exercise = library.exercises.get(move.move)
    return tissues_in(move.areas, library) if exercise is None else tissues_of(exercise, library)
