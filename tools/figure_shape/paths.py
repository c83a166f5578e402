"""The paths of the muscles, read from `paths.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path as File
from typing import Any, NamedTuple

Point = tuple[str, float, float, float]  # bone, x, y, z in the zero pose [m]


class Path(NamedTuple):
    """One sheet to be made."""

    muscle: str
    strands: tuple[tuple[Point, ...], ...]
    width: float  # [m]
    part: str
    deep: bool
    tendon: bool
    shape: tuple[int, int]  # points along and across


def paths() -> tuple[Path, ...]:
    """Every path of the right side."""
    told = tomllib.loads(File(__file__).with_name("paths.toml").read_text(encoding="utf-8"))
    return tuple(_path(entry) for entry in told["path"])


def _path(entry: dict[str, Any]) -> Path:
    along, across = entry.get("shape", (16, 5))
    return Path(
        muscle=entry["muscle"],
        strands=tuple(tuple(_point(said) for said in line.split("/")) for line in entry["strands"]),
        width=entry["width"] / 100,
        part=entry.get("part", ""),
        deep=entry.get("deep", False),
        tendon=entry.get("tendon", False),
        shape=(along, across),
    )


def _point(said: str) -> Point:
    bone, x, y, z = said.split()
    return bone, float(x) / 100, float(y) / 100, float(z) / 100
