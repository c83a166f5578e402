"""Bake the movements, their loads and stills: make what is missing, and drop what nobody uses any more.

Usage: .venv-dev/bin/python -m tools.bake_movements [--no-stills] [--no-loads] [movement ...]

Named movements are made again even when nothing about them changed. Each has files of its own in
`src/weaklink/packs`, so that two people's movements never touch the same file. What is wrong with a pose is
said by `weaklink check`; the exit status is 1 then, but the files are written. Loads need the extra `body`.
"""

from __future__ import annotations

import argparse
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from tools.exercise_loads import load_all
from weaklink.figure.map import MapView
from weaklink.library.array_file import drop_others
from weaklink.library.baked_movements import FOLDER, file_of, shipped_solution, write_solution
from weaklink.library.movements import movement_of
from weaklink.library.reading import read_library, shipped_library
from weaklink.library.stills import FOLDER as STILLS
from weaklink.library.stills import file_of as still_file
from weaklink.library.stills import shipped_still, write_still
from weaklink.movement.baked import Solution, digest_of, solve
from weaklink.store.figure_store import Figures
from weaklink.web.drawing.body_map import VIEWS, regions_of

WORKERS = 2


def solved(record_id: str) -> tuple[str, str, Solution, float]:
    """One movement solved and checked, with its digest; runs in a worker."""
    begun = time.perf_counter()
    movement = movement_of(record_id, read_library())
    return record_id, digest_of(movement), solve(movement), time.perf_counter() - begun


def drawn(wanted: tuple[str, bool]) -> str:
    """The still of one movement from its first or second camera; runs in a worker."""
    record_id, second = wanted
    return Figures(shipped_library()).drawn(record_id, second=second)


def bake(again: frozenset[str]) -> int:
    """Solve what is missing; the number of movements with a fault."""
    library = read_library()
    own = [name for name, record in sorted(library.movements.items()) if not record.same_as]
    known = {name: shipped_solution(name, digest_of(movement_of(name, library)), library) for name in own}
    lacking = [name for name in own if name in again or known[name] is None or known[name].faults is None]
    print(f"{len(own)} movements, {len(own) - len(lacking)} known, {len(lacking)} to solve", flush=True)
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        for name, digest, solution, seconds in pool.map(solved, lacking):
            write_solution(file_of(name, library), digest, solution)
            known[name] = solution
            print(
                f"{seconds:6.1f} s  {name}", *(": ".join(one) for one in solution.faults or ()), sep="\n    "
            )
    print("gone:", ", ".join(drop_others(FOLDER, set(own))) or "none", flush=True)
    return sum(bool(solution and solution.faults) for solution in known.values())


def bake_stills(again: frozenset[str]) -> None:
    """Draw every still that is missing or was drawn from something else."""
    library = read_library()
    figures = Figures(library)
    wanted = [(name, second) for name in sorted(library.movements) for second in (False, True)]
    keys = {one: figures.key(one[0], False, one[1]) for one in wanted}
    lacking = [one for one in wanted if one[0] in again or shipped_still(one[0], keys[one], one[1]) is None]
    print(f"{len(wanted)} stills, {len(lacking)} to draw", flush=True)
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        for one, picture in zip(lacking, pool.map(drawn, lacking, chunksize=4), strict=True):
            write_still(still_file(*one), keys[one], picture)
    bake_maps(figures)
    kept = {still_file(*one).stem for one in wanted} | {f"map-{view}" for view in VIEWS}
    print("gone:", ", ".join(drop_others(STILLS, kept, ".svg")) or "none", flush=True)


def bake_maps(figures: Figures) -> None:
    """Draw the sides of the body to tap that are missing."""
    views: tuple[MapView, ...] = VIEWS
    for view in views:
        key = figures.map_key(view, regions_of(view))
        if shipped_still(f"map-{view}", key) is None:
            write_still(still_file(f"map-{view}"), key, figures.mapped(view, regions_of(view)))


def main() -> int:
    """The exit status."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("movement", nargs="*")
    words.add_argument("--no-stills", action="store_true")
    words.add_argument("--no-loads", action="store_true")
    said = words.parse_args()
    again = frozenset(said.movement)
    wrong = bake(again)
    if not said.no_loads:
        load_all(again)
    if not said.no_stills:
        bake_stills(again)
    return int(wrong > 0)


if __name__ == "__main__":
    raise SystemExit(main())
