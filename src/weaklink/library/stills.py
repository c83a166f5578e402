"""Stills that ship with weaklink: pictures of all movements, by a key of all they are drawn from."""

from __future__ import annotations

import functools
import hashlib
import zipfile
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

PACK = PACKS / "stills.zip"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # so that the same stills make the same file


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


@functools.cache
def shipped_keys(path: Path = PACK) -> frozenset[str]:
    """The keys of all stills that ship."""
    if not path.is_file():
        return frozenset()
    with zipfile.ZipFile(path) as pack:
        return frozenset(pack.namelist())


def shipped_still(key: str, path: Path = PACK) -> str | None:
    """One shipped still, or None when it is not there."""
    if key not in shipped_keys(path):
        return None
    with zipfile.ZipFile(path) as pack:
        return pack.read(key).decode("ascii")


def write_stills(stills: dict[str, str], path: Path = PACK) -> None:
    """Write a pack of stills in the order of their keys."""
    partial = path.with_suffix(".partial")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as pack:
        for key in sorted(stills):
            entry = zipfile.ZipInfo(key, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            pack.writestr(entry, stills[key])
    partial.replace(path)
    shipped_keys.cache_clear()
