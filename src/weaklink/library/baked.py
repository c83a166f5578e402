"""Reading and writing solved movements: the pack that ships, and files of the same form elsewhere."""

from __future__ import annotations

import functools
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from weaklink.library.movements import movement_of
from weaklink.library.packs import PACKS, baked_stride
from weaklink.library.reading import KnowledgeError, Library
from weaklink.movement.baked import Baked, Solution, digest_of
from weaklink.movement.gait import RUNNING

PACK = PACKS / "movements.npz"


@functools.cache
def shipped_solutions() -> Mapping[str, Solution]:
    """The solutions that ship with weaklink, by digest; read when the first is asked for."""
    return read_solutions(PACK)


def read_solutions(path: Path) -> dict[str, Solution]:
    """All solutions of a pack, by digest; none when there is no such file.

    Raises: KnowledgeError for a file that cannot be read.
    """
    if not path.is_file():
        return {}
    try:
        with np.load(path, allow_pickle=False) as pack:
            return dict(_unpacked({name: pack[name] for name in pack.files}))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise KnowledgeError(f"{path.name}: {error!r}") from error


def _unpacked(pack: Mapping[str, np.ndarray]) -> list[tuple[str, Solution]]:
    times, coordinates = pack["times_s"].astype(np.float64), pack["coordinates"].astype(np.float64)
    phase, mark = np.cumsum(pack["n_phases"])[:-1], np.cumsum(pack["n_keyframes"])[:-1]
    parts = zip(
        pack["digests"],
        np.split(times, phase),
        np.split(coordinates, phase),
        np.split(pack["keyframes"].astype(np.int64), mark),
        pack["durations_s"],
        strict=True,
    )
    return [(str(key), Solution(t, c, k, float(duration))) for key, t, c, k, duration in parts]


def write_solutions(path: Path, solutions: Mapping[str, Solution]) -> None:
    """Write a pack in the order of its digests; it appears whole or not at all."""
    found = [solutions[key] for key in sorted(solutions)]
    arrays = {
        "digests": np.array(sorted(solutions)),
        "n_phases": np.array([len(one.times_s) for one in found], dtype=np.int32),
        "n_keyframes": np.array([len(one.keyframes) for one in found], dtype=np.int32),
        "times_s": np.concatenate([one.times_s for one in found]).astype(np.float32),
        "coordinates": np.concatenate([one.coordinates for one in found]).astype(np.float32),
        "keyframes": np.concatenate([one.keyframes for one in found]).astype(np.int32),
        "durations_s": np.array([one.duration_s for one in found]),
    }
    partial = path.with_suffix(f".{os.getpid()}.partial")
    with partial.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)
    partial.replace(path)


def wanted_digests(library: Library) -> dict[str, str]:
    """The digest of every movement of a library by id; those that look the same share one."""
    return {name: digest_of(movement_of(name, library)) for name in library.movements}


def baked_movement(
    record_id: str, library: Library, solutions: Mapping[str, Solution] | None = None
) -> Baked | None:
    """A movement with its solution, or None when nobody has solved it yet; "running" is the template stride.

    Raises: UnknownIdError for a movement the library does not have.
    """
    if record_id == RUNNING and record_id not in library.movements:
        return baked_stride()
    movement = movement_of(record_id, library)
    digest = digest_of(movement)
    solution = (shipped_solutions() if solutions is None else solutions).get(digest)
    return None if solution is None else Baked(movement, digest, solution)
