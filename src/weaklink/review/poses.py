"""Poses: what is wrong with the bodies of the movements, by movement and phase."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from weaklink.library.fault import Fault, file_of
from weaklink.library.reading import Library
from weaklink.movement.baked import Solution
from weaklink.movement.task import MovementError
from weaklink.quantities import WeaklinkError

Solve = Callable[[str], Solution]


def pose_problems(library: Library, solve: Solve) -> Iterator[Fault]:
    """Every fault of every pose. `solve` gives the solution of a movement, as shipped, kept or found now.

    A movement whose names are wrong has no poses; its names are what `check_library` says.
    """
    for record in library.movements.values():
        if record.same_as or not record.keyframes:
            continue
        file = file_of("movements", record.id)
        try:
            faults = solve(record.id).faults
        except (MovementError, WeaklinkError, ValueError, KeyError) as error:
            yield Fault(file, "keyframes", f"cannot be solved: {error}")
            continue
        for phase, says in faults or ():
            yield Fault(file, f"keyframes, {phase}", says)
