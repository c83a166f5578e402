"""Which muscles light up in a movement, and how much they do in each phase."""

from __future__ import annotations

import numpy as np

from weaklink.body.names import LEGS, SUFFIX
from weaklink.figure.movement_file import Lighting
from weaklink.library.exercise_loads import find_load, loads_of
from weaklink.library.reading import Library
from weaklink.library.working import working_muscles
from weaklink.movement.baked import Baked


def lighting_of(baked: Baked, library: Library) -> Lighting:
    """The muscles a record says it trains or stretches, and their modelled activation where there is one."""
    lit = working_muscles(baked.id, library, baked.side)
    load = find_load(baked)
    shares = loads_of(baked, load) if load is not None else {}
    curves = {
        muscle + SUFFIX[side]: np.asarray(sides[side])
        for muscle, sides in shares.items()
        for side in LEGS
        if lit.get((muscle, side)) in ("works", "helps")
    }
    states = {
        muscle + SUFFIX["left" if side == "left" else "right"]: tone for (muscle, side), tone in lit.items()
    }
    return Lighting(states, baked.times_s, curves)
