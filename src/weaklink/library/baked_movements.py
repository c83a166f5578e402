"""Solved movements: one small file for each movement that ships, and files of the same form elsewhere."""

from __future__ import annotations

import functools
from pathlib import Path

import numpy as np

from weaklink.library.array_file import SUFFIX, ArrayFile, read_arrays, write_arrays
from weaklink.library.movements import movement_of, shown_by
from weaklink.library.packs import PACKS, baked_stride
from weaklink.library.reading import KnowledgeError, Library
from weaklink.movement.baked import Baked, Solution, digest_of
from weaklink.movement.checks import CHECK_REVISION
from weaklink.movement.gait import RUNNING

FOLDER = PACKS / "movements"


def file_of(record_id: str, library: Library, folder: Path = FOLDER) -> Path:
    """Where the solution of a movement ships; those that look the same share one file.

    Raises: UnknownIdError.
    """
    return folder / f"{shown_by(record_id, library)}{SUFFIX}"


def read_solution(path: Path) -> tuple[str, Solution] | None:
    """A solution with the digest of what was solved; None when there is no such file.

    Raises: KnowledgeError for a file that cannot be read.
    """
    found = read_arrays(path)
    try:
        return None if found is None else (found.digest, _solution(found))
    except (ValueError, KeyError, TypeError) as error:
        raise KnowledgeError(f"{path.name}: {error!r}") from error


def _solution(found: ArrayFile) -> Solution:
    checked = found.said["checked"] == CHECK_REVISION
    return Solution(
        found.array("times_s").astype(np.float64),
        found.array("coordinates").astype(np.float64),
        found.array("keyframes").astype(np.int64),
        float(found.said["duration_s"]),
        tuple((phase, says) for phase, says in found.said["faults"]) if checked else None,
    )


def write_solution(path: Path, digest: str, solution: Solution) -> None:
    """Write one solution; the file appears whole or not at all."""
    arrays = {
        "times_s": solution.times_s.astype(np.float32),
        "coordinates": solution.coordinates.astype(np.float32),
        "keyframes": solution.keyframes.astype(np.int32),
    }
    checked = 0 if solution.faults is None else CHECK_REVISION
    said = {"duration_s": solution.duration_s, "checked": checked, "faults": solution.faults or ()}
    write_arrays(path, digest, arrays, said)


@functools.lru_cache(maxsize=512)
def _shipped(path: Path) -> tuple[str, Solution] | None:
    return read_solution(path)


def shipped_solution(record_id: str, digest: str, library: Library) -> Solution | None:
    """The solution that ships with weaklink; None for a movement that is new or was edited."""
    found = _shipped(file_of(record_id, library))
    return found[1] if found is not None and found[0] == digest else None


def baked_movement(record_id: str, library: Library) -> Baked | None:
    """A movement with its solution, or None when nobody has solved it yet; "running" is the template stride.

    Raises: UnknownIdError for a movement the library does not have.
    """
    if record_id == RUNNING and record_id not in library.movements:
        return baked_stride()
    movement = movement_of(record_id, library)
    digest = digest_of(movement)
    solution = shipped_solution(record_id, digest, library)
    return None if solution is None else Baked(movement, digest, solution)
