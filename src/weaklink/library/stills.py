"""Stills that ship with weaklink: a file for each picture, with a key of all it is drawn from."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from weaklink.figure.human import Build
from weaklink.figure.map import MAP_REVISION, MapView, Point
from weaklink.figure.shown import Lit
from weaklink.figure.still import STILL_REVISION
from weaklink.library.packs import PACKS
from weaklink.movement.baked import digest_of
from weaklink.movement.format import Movement

FOLDER = PACKS / "stills"
BEFORE, AFTER = "<!-- ", " -->"  # around the key, in the first line


def still_key(
    movement: Movement, build: Build, body: str, lit: Lit, camera: tuple[float, float] | None = None
) -> str:
    """A name for one picture that changes with all it is drawn from, 16 hexadecimal digits.

    Args:
        body: a digest of the drawn body; camera: another than the movement's own.
    """
    lighting = sorted([*name, tone] for name, tone in lit.items())
    said = [
        STILL_REVISION,
        body,
        digest_of(movement),
        movement.held,
        camera or movement.view,
        movement.feet,
        build,
        lighting,
    ]
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()[:16]


def map_key(view: MapView, build: Build, body: str, regions: Mapping[str, tuple[Point, ...]]) -> str:
    """The same for one side of the body and its regions."""
    said = ["map", MAP_REVISION, STILL_REVISION, view, body, build, sorted(regions.items())]
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()[:16]


@functools.cache
def build_digest(build: Build, folder: Path = PACKS) -> str:
    """A digest of the drawn body itself."""
    return hashlib.sha256((folder / f"figure-{build}.npz").read_bytes()).hexdigest()[:16]


def file_of(name: str, second: bool = False, folder: Path = FOLDER) -> Path:
    """Where a picture ships: of a movement from its first or second camera, or "map-front"."""
    return folder / f"{name}{'.second' * second}.svg"


@functools.lru_cache(maxsize=512)
def _shipped(path: Path) -> tuple[str, str] | None:
    return read_still(path)


def shipped_still(name: str, key: str, second: bool = False) -> str | None:
    """One shipped picture, or None when it is not there or was drawn from something else."""
    found = _shipped(file_of(name, second))
    return found[1] if found is not None and found[0] == key else None


def read_still(path: Path) -> tuple[str, str] | None:
    """A picture with its key; None when there is no such file."""
    try:
        key, _, drawing = path.read_text(encoding="ascii").partition("\n")
    except FileNotFoundError:
        return None
    return key.removeprefix(BEFORE).removesuffix(AFTER), drawing.removesuffix("\n")


def write_still(path: Path, key: str, drawing: str) -> None:
    """Write one picture under its key; it appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    partial.write_text(f"{BEFORE}{key}{AFTER}\n{drawing}\n", encoding="ascii")
    partial.replace(path)
