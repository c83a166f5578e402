"""Bake the movements and their stills: make what the packs lack, and drop what nobody uses any more.

Usage: .venv-dev/bin/python -m tools.bake_movements [--no-stills] [movement ...]

Named movements are solved and drawn again even when nothing about them changed. Every new solution is
checked as in `weaklink.movement.checks`, and what is wrong is said; the exit status is 1 then, but the packs
are written.
"""

from __future__ import annotations

import argparse
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from weaklink.figure.map import MapView
from weaklink.library.baked import PACK, read_solutions, wanted_digests, write_solutions
from weaklink.library.movements import movement_of
from weaklink.library.reading import read_library, shipped_library
from weaklink.library.stills import PACK as STILLS
from weaklink.library.stills import shipped_still, write_stills
from weaklink.movement.baked import Solution, solution_of
from weaklink.movement.checks import faults
from weaklink.movement.repetition import repetition
from weaklink.store.figures import Figures
from weaklink.web.drawing.body_map import VIEWS, regions_of

WORKERS = 2
Solved = tuple[str, Solution, list[str], float]


def solved(record_id: str) -> Solved:
    """One movement solved and checked; runs in a worker."""
    begun = time.perf_counter()
    found = repetition(movement_of(record_id, read_library()))
    return record_id, solution_of(found), [str(fault) for fault in faults(found)], time.perf_counter() - begun


def drawn(wanted: tuple[str, bool]) -> str:
    """The still of one movement from its first or second camera; runs in a worker."""
    record_id, second = wanted
    return Figures(shipped_library()).drawn(record_id, second=second)


def mapped(view: MapView) -> str:
    """One side of the body to tap; runs in a worker."""
    return Figures(shipped_library()).mapped(view, regions_of(view))


def bake(again: frozenset[str]) -> int:
    """Solve what is missing; the number of movements with a fault."""
    wanted = wanted_digests(read_library())
    known = {key: one for key, one in read_solutions(PACK).items() if key in wanted.values()}
    lacking = {key: name for name, key in sorted(wanted.items()) if key not in known or name in again}
    print(f"{len(wanted)} movements, {len(known)} solutions known, {len(lacking)} to solve", flush=True)
    wrong = 0
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        for record_id, solution, faulty, seconds in pool.map(solved, lacking.values()):
            known[wanted[record_id]] = solution
            wrong += bool(faulty)
            print(f"{seconds:6.1f} s  {record_id}  {'; '.join(faulty)}", flush=True)
    write_solutions(PACK, known)
    print(f"{PACK.name}: {len(known)} solutions, {PACK.stat().st_size / 1000:.0f} kB", flush=True)
    return wrong


def bake_stills(again: frozenset[str]) -> None:
    """Draw every still the pack lacks."""
    library = read_library()
    figures = Figures(library)
    keys = {
        figures.key(name, False, second): (name, second)
        for second in (False, True)
        for name in library.movements
    }
    stills = {key: shipped_still(key) for key in keys}
    lacking = {key: keys[key] for key, found in stills.items() if found is None or keys[key][0] in again}
    print(f"{len(keys)} stills of {len(library.movements)} movements, {len(lacking)} to draw", flush=True)
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        maps = {figures.map_key(view, regions_of(view)): view for view in VIEWS}
        stills |= {key: shipped_still(key) for key in maps}
        bare = [key for key in maps if stills[key] is None]
        stills |= zip(bare, pool.map(mapped, [maps[key] for key in bare]), strict=True)
        drawing = pool.map(drawn, lacking.values(), chunksize=4)
        for count, (key, picture) in enumerate(zip(lacking, drawing, strict=True), start=1):
            stills[key] = picture
            if count % 20 == 0:  # what is drawn stays, even if the rest is stopped
                write_stills({name: found for name, found in stills.items() if found is not None})
    write_stills({name: found for name, found in stills.items() if found is not None})
    print(f"{STILLS.name}: {len(stills)} stills, {STILLS.stat().st_size / 1000:.0f} kB")


def main() -> int:
    """The exit status."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("movement", nargs="*")
    words.add_argument("--no-stills", action="store_true")
    said = words.parse_args()
    wrong = bake(frozenset(said.movement))
    if not said.no_stills:
        bake_stills(frozenset(said.movement))
    return int(wrong > 0)


if __name__ == "__main__":
    raise SystemExit(main())
