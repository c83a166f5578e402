"""The loads of exercises: one small file for each movement that ships, and their values in plain form."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np

from weaklink.body.names import LEGS
from weaklink.library.array_file import SUFFIX, ArrayFile, read_arrays, write_arrays
from weaklink.library.packs import PACKS
from weaklink.library.reading import KnowledgeError
from weaklink.mechanics.exercise_load import BODY, MUSCLES, ExerciseLoad, LegEffort
from weaklink.movement.baked import Baked
from weaklink.movement.format import Movement

FOLDER = PACKS / "loads"
# Raised by hand whenever support, load sharing or geometry change what is found.
LOAD_REVISION = 2
# Below this share of the phases the pose is not what a body could hold; then nothing is said (our choice).
CARRIED_SHARE = 0.5
STEP = 200  # shares are kept in steps of half a hundredth
LEG_FIELDS = ("activations", "low", "high", "lengths", "moments", "reserves")


def load_digest(baked: Baked) -> str:
    """What a load depends on: the solved poses, what is held, who does it, and the method."""
    said = [baked.digest, baked.movement.held, BODY, MUSCLES, LOAD_REVISION]
    return hashlib.sha256(msgspec.json.encode(said, order="deterministic")).hexdigest()[:20]


def cannot_be_loaded(movement: Movement) -> str:
    """Why a load is not computed or says nothing; empty when there is nothing against it.

    quick: no ground reaction is known; travels: drawn by a few pictures; machine: what it is set to is not
    part of the movement.
    """
    if movement.quick:
        return "quick"
    if movement.travels:
        return "travels"
    weighs = any(one.kind != "pad" for one in movement.held)
    return "machine" if any(one.kind == "machine" for one in movement.things) and not weighs else ""


def is_carried(load: ExerciseLoad) -> bool:
    """Whether floor and things carry the body in enough of the phases to speak of the whole."""
    return float(load.carried.mean()) >= CARRIED_SHARE


def file_of(record_id: str, folder: Path = FOLDER) -> Path:
    """Where the load of a movement ships."""
    return folder / f"{record_id}{SUFFIX}"


@functools.lru_cache(maxsize=512)
def _shipped(path: Path) -> tuple[str, ExerciseLoad] | None:
    return read_load(path)


def find_load(baked: Baked) -> ExerciseLoad | None:
    """The shipped load of a movement, or None when it is new or was edited."""
    found = _shipped(file_of(baked.id))
    return found[1] if found is not None and found[0] == load_digest(baked) else None


def loads_of(baked: Baked, load: ExerciseLoad) -> dict[str, dict[str, list[float]]]:
    """Each muscle's activation in every phase, 0 to 1: muscle id → "right", "left" → one for each phase.

    Empty when the load says nothing; phases in which nothing carries the body take what is around them.

    Raises: ValueError when the load belongs to another solution of the movement.
    """
    if cannot_be_loaded(baked.movement) or not is_carried(load):
        return {}
    if len(load.times_s) != len(baked.times_s):
        raise ValueError(f"{baked.id}: the load has {len(load.times_s)} phases, not {len(baked.times_s)}")
    known, times = load.carried, load.times_s
    return {
        muscle: {
            side: np.interp(times, times[known], load.leg(side).activations[known, place]).round(3).tolist()
            for side in LEGS
        }
        for place, muscle in enumerate(MUSCLES)
    }


def read_load(path: Path) -> tuple[str, ExerciseLoad] | None:
    """A load with the digest of what it depends on; None when there is no such file.

    Raises: KnowledgeError for a file that cannot be read.
    """
    found = read_arrays(path)
    try:
        return None if found is None else (found.digest, _load(found))
    except (ValueError, KeyError, TypeError) as error:
        raise KnowledgeError(f"{path.name}: {error!r}") from error


def _load(found: ArrayFile) -> ExerciseLoad:
    return _from_arrays(found.array, float(found.said["residual"]))


def as_kept(load: ExerciseLoad) -> ExerciseLoad:
    """A load in the precision it is kept in, so that a new one says the same as a shipped one."""
    return _from_arrays(_arrays(load).__getitem__, load.residual)


def _from_arrays(array: Callable[[str], np.ndarray], residual: float) -> ExerciseLoad:
    legs = [LegEffort(*(_wide(array(f"{side}_{field}")) for field in LEG_FIELDS)) for side in LEGS]
    return ExerciseLoad(
        array("times_s").astype(np.float64),
        array("carried").astype(bool),
        legs[0],
        legs[1],
        array("lumbar").astype(np.float64),
        array("standing").astype(np.float64),
        residual,
    )


def _wide(values: np.ndarray) -> np.ndarray:
    found: np.ndarray = values.astype(np.float64)
    return found / STEP if values.dtype == np.uint8 else found


def _narrow(field: str, values: np.ndarray) -> np.ndarray:
    """Shares in steps of half a hundredth, moments in half precision: far below the model's error."""
    kept: np.ndarray
    if field in ("moments", "reserves"):
        kept = values.astype(np.float16)
    else:
        kept = np.clip((values * STEP).round(), 0, 255).astype(np.uint8)
    return kept


def write_load(path: Path, digest: str, load: ExerciseLoad) -> None:
    """Write one load; the file appears whole or not at all."""
    write_arrays(path, digest, _arrays(load), {"residual": load.residual})


def _arrays(load: ExerciseLoad) -> dict[str, np.ndarray]:
    arrays: dict[str, np.ndarray] = {
        "times_s": load.times_s.astype(np.float32),
        "carried": load.carried,
        "standing": load.standing.astype(np.float32),
        "lumbar": load.lumbar.astype(np.float16),
    }
    for side in LEGS:
        for field in LEG_FIELDS:
            arrays[f"{side}_{field}"] = _narrow(field, getattr(load.leg(side), field))
    return arrays
