"""Which muscles light up in a movement, and how much they do in each phase."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from weaklink.body.names import LEGS, SUFFIX
from weaklink.figure.movement_file import Lighting
from weaklink.library.exercise_loads import find_load, loads_of
from weaklink.library.reading import Library
from weaklink.movement.baked import Baked

LEAST = 0.15  # a muscle that never does more than this is not worth an eye's way (our choice)


def lighting_of(baked: Baked, library: Library) -> Lighting:
    """The muscles a record says it trains or stretches, and the modelled activation where there is one."""
    load = find_load(baked)
    shares = loads_of(baked, load) if load is not None else {}
    states = dict(_states(baked, library))
    values = {
        muscle + SUFFIX[side]: np.asarray(curve)
        for muscle, sides in shares.items()
        for side in LEGS
        if max(curve := sides[side]) >= LEAST or muscle + SUFFIX[side] in states
    }
    return Lighting(states, baked.times_s, values)


def _states(baked: Baked, library: Library) -> Iterator[tuple[str, str]]:
    exercise = library.exercises.get(baked.id)
    test = library.clinical_tests.get(baked.id)
    areas = exercise.areas if exercise else test.areas if test else []
    stretched = exercise.stretches if exercise else []
    for place, area in reversed(list(enumerate(areas))):
        yield from _named(_muscles(area, library), "helps" if place else "works", baked, library)
    for name in stretched:
        yield from _named(_muscles(name, library), "stretched", baked, library)


def _muscles(name: str, library: Library) -> list[str]:
    area = library.areas.get(name)
    return area.muscles if area else [name]


def _named(muscles: list[str], state: str, baked: Baked, library: Library) -> Iterator[tuple[str, str]]:
    both = baked.side == "both"
    sides: Mapping[str, bool] = {side: both or side == baked.side for side in LEGS}
    for muscle in muscles:
        for side, shown in sides.items():
            if shown:
                yield muscle + SUFFIX[side], state
