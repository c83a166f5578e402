"""Bake the movements: solve those whose digest is not in the pack yet, and drop what nobody uses any more.

Usage: .venv-dev/bin/python -m tools.bake_movements [movement ...]

Named movements are solved again even when nothing about them changed. Every new solution is checked as in
`weaklink.movement.checks`, and what is wrong is said; the exit status is 1 then, but the pack is written.
"""

from __future__ import annotations

import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from weaklink.library.baked import PACK, read_solutions, wanted_digests, write_solutions
from weaklink.library.movements import movement_of
from weaklink.library.reading import read_library
from weaklink.movement.baked import Solution, solution_of
from weaklink.movement.checks import faults
from weaklink.movement.repetition import repetition

WORKERS = 2
Solved = tuple[str, Solution, list[str], float]


def solved(record_id: str) -> Solved:
    """One movement solved and checked; runs in a worker."""
    begun = time.perf_counter()
    found = repetition(movement_of(record_id, read_library()))
    return record_id, solution_of(found), [str(fault) for fault in faults(found)], time.perf_counter() - begun


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
            write_solutions(PACK, known)  # what is solved stays, even if the rest is stopped
    write_solutions(PACK, known)
    print(f"{PACK.name}: {len(known)} solutions, {PACK.stat().st_size / 1000:.0f} kB")
    return wrong


if __name__ == "__main__":
    raise SystemExit(1 if bake(frozenset(sys.argv[1:])) else 0)
