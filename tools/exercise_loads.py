"""Load the exercises: compute the loads that are missing, and drop what nobody uses any more.

Usage: .venv-dev/bin/python -m tools.exercise_loads [--again]

Needs the extra `body`; the movements have to be baked before (tools/bake_movements.py, which ends with this).
"""

from __future__ import annotations

import sys
from collections.abc import Container

from weaklink.library.array_file import drop_others
from weaklink.library.baked_movements import baked_movement
from weaklink.library.exercise_loads import (
    FOLDER,
    cannot_be_loaded,
    file_of,
    find_load,
    load_digest,
    write_load,
)
from weaklink.library.reading import read_library
from weaklink.mechanics.exercise_load import ExerciseLoad, exercise_load


class Everything:
    """Contains every name."""

    def __contains__(self, name: object) -> bool:
        """True."""
        return True


def load_all(again: Container[str] = ()) -> int:
    """Compute what is missing; the number of movements that are not baked."""
    library, wanted, unbaked = read_library(), dict[str, str](), 0
    computed: dict[str, ExerciseLoad] = {}  # those that look the same share one
    for name in sorted(library.movements):
        baked = baked_movement(name, library)
        if baked is None:
            print(f"{name}: not baked yet")
            unbaked += 1
            continue
        if cannot_be_loaded(baked.movement):
            continue
        wanted[name] = digest = load_digest(baked)
        if find_load(baked) is None or name in again:
            load = computed.get(digest) or exercise_load(baked.movement, baked.solution)
            computed[digest] = load
            write_load(file_of(name), digest, load)
            print(f"{name}: {load.carried.mean():.0%} carried, residual {load.residual:.0e}", flush=True)
    print(f"{len(wanted)} loads; gone:", ", ".join(drop_others(FOLDER, set(wanted))) or "none", flush=True)
    return unbaked


if __name__ == "__main__":
    raise SystemExit(1 if load_all(Everything() if "--again" in sys.argv[1:] else ()) else 0)
