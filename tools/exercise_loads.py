"""Load the exercises: compute the loads whose digest is not in the pack, and drop what nobody uses any more.

Usage: .venv-dev/bin/python -m tools.exercise_loads [--again]

Needs the extra `body`; the movements have to be baked before (tools/bake_movements.py).
"""

from __future__ import annotations

import sys

from weaklink.library.baked import baked_movement
from weaklink.library.exercise_loads import PACK, cannot_be_loaded, load_digest, read_loads, write_loads
from weaklink.library.reading import read_library
from weaklink.mechanics.exercise_load import exercise_load


def main(*, again: bool) -> int:
    """Compute what is missing; the number of movements that are not baked."""
    library, wanted, unbaked = read_library(), {}, 0
    known = {} if again else read_loads(PACK)
    for name in sorted(library.movements):
        baked = baked_movement(name, library)
        if baked is None:
            print(f"{name}: not baked yet")
            unbaked += 1
            continue
        if cannot_be_loaded(baked.movement):
            continue
        digest = load_digest(baked)
        if digest in wanted:
            continue
        found = known.get(digest)
        wanted[digest] = found or exercise_load(baked.movement, baked.solution)
        if found is None:
            load = wanted[digest]
            print(f"{name}: {load.carried.mean():.0%} carried, residual {load.residual:.0e}", flush=True)
    write_loads(PACK, wanted)
    print(f"{PACK.name}: {len(wanted)} loads, {PACK.stat().st_size / 1000:.0f} kB")
    return unbaked


if __name__ == "__main__":
    raise SystemExit(1 if main(again="--again" in sys.argv[1:]) else 0)
