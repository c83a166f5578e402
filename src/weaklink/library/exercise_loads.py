"""The loads of exercises: the pack that ships, what is computed at first need, and both as plain values."""

from __future__ import annotations

import functools
import hashlib
import os
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import numpy as np

from weaklink.body.names import LEGS
from weaklink.library.packs import PACKS
from weaklink.library.reading import KnowledgeError
from weaklink.mechanics.exercise_load import BODY, MUSCLES, ExerciseLoad, LegEffort
from weaklink.movement.baked import Baked
from weaklink.movement.format import Movement

PACK = PACKS / "exercise-loads.npz"
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
    return "machine" if any(one.kind == "machine" for one in movement.things) and not movement.held else ""


def is_carried(load: ExerciseLoad) -> bool:
    """Whether floor and things carry the body in enough of the phases to speak of the whole."""
    return float(load.carried.mean()) >= CARRIED_SHARE


@functools.cache
def shipped_loads() -> Mapping[str, ExerciseLoad]:
    """The loads that ship with weaklink, by digest; read when the first is asked for."""
    return read_loads(PACK)


def find_load(baked: Baked) -> ExerciseLoad | None:
    """The shipped load of a movement, or None when it is new or was edited."""
    return shipped_loads().get(load_digest(baked))


def loads_of(baked: Baked, load: ExerciseLoad) -> dict[str, dict[str, list[float]]]:
    """Each muscle's activation in every phase, 0 to 1: muscle id → "right", "left" → one for each phase.

    Empty when the load says nothing; phases in which nothing carries the body take what is around them.
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


def read_loads(path: Path) -> dict[str, ExerciseLoad]:
    """All loads of a pack, by digest; none when there is no such file.

    Raises: KnowledgeError for a file that cannot be read.
    """
    if not path.is_file():
        return {}
    try:
        with np.load(path, allow_pickle=False) as pack:
            return dict(_unpacked({name: pack[name] for name in pack.files}))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise KnowledgeError(f"{path.name}: {error!r}") from error


def _unpacked(pack: Mapping[str, np.ndarray]) -> Iterator[tuple[str, ExerciseLoad]]:
    ends = np.cumsum(pack["n_phases"])[:-1]
    parts = {name: np.split(values, ends) for name, values in pack.items() if _of_phases(name)}
    for place, digest in enumerate(pack["digests"]):
        legs = [LegEffort(*(_wide(parts[f"{side}_{field}"][place]) for field in LEG_FIELDS)) for side in LEGS]
        yield (
            str(digest),
            ExerciseLoad(
                parts["times_s"][place].astype(np.float64),
                parts["carried"][place],
                legs[0],
                legs[1],
                parts["lumbar"][place].astype(np.float64),
                pack["standing"].astype(np.float64),
                float(pack["residuals"][place]),
            ),
        )


def _of_phases(name: str) -> bool:
    return name not in ("digests", "n_phases", "residuals", "standing")


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


def write_loads(path: Path, loads: Mapping[str, ExerciseLoad]) -> None:
    """Write a pack in the order of its digests; it appears whole or not at all."""
    found = [loads[key] for key in sorted(loads)]
    arrays: dict[str, np.ndarray] = {
        "digests": np.array(sorted(loads)),
        "n_phases": np.array([len(one.times_s) for one in found], dtype=np.int32),
        "residuals": np.array([one.residual for one in found]),
        "times_s": np.concatenate([one.times_s for one in found]).astype(np.float32),
        "carried": np.concatenate([one.carried for one in found]),
        "standing": found[0].standing.astype(np.float32) if found else np.zeros(0),
        "lumbar": np.concatenate([one.lumbar for one in found]).astype(np.float16),
    }
    for side in LEGS:
        for field in LEG_FIELDS:
            parts = [_narrow(field, getattr(one.leg(side), field)) for one in found]
            arrays[f"{side}_{field}"] = np.concatenate(parts)
    partial = path.with_suffix(f".{os.getpid()}.partial")
    with partial.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)
    partial.replace(path)
