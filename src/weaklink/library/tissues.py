"""Tissues: what a move works or lengthens, so that nothing is trained twice over."""

from __future__ import annotations

from collections.abc import Iterable

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
