"""Visibility: how much of the working muscles a camera sees."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from weaklink.figure.raster import Raster, rastered
from weaklink.figure.shown import LitSheet, Shown, points_of
from weaklink.figure.view import Box, View, fitted

FloatArray = npt.NDArray[np.float64]
PICTURE = Box(0, 0, 350, 250)
PULL_M = 0.015  # a muscle this much behind the skin still counts as on it
MAIN = ("works", "weak", "stretched")


def shares_seen(pose: Shown, camera: tuple[float, float]) -> Mapping[tuple[str, str], float]:
    """The share of each main lit muscle's surface that a camera sees, by muscle and side.

    Heads of a muscle count together. Only the body itself hides: what stands in the room does not.
    """
    view = fitted(points_of([pose]), camera, PICTURE)
    size = (int(PICTURE.width), int(PICTURE.height))
    skin = rastered(view.project(pose.body.vertices[0]), pose.human.mesh.triangles, size)
    areas: dict[tuple[str, str], list[float]] = {}
    for lit in pose.sheets:
        if lit.tone in MAIN and not lit.sheet.tendon:
            whole, seen = _areas(lit, view, skin)
            found = areas.setdefault((lit.sheet.muscle, lit.sheet.side), [0.0, 0.0])
            found[0] += whole
            found[1] += seen
    return {name: seen / whole for name, (whole, seen) in areas.items()}


def best_share(pose: Shown, camera: tuple[float, float]) -> float:
    """The share of the best seen main muscle; 1 when no muscle is lit at all."""
    return max(shares_seen(pose, camera).values(), default=1.0)


def _areas(lit: LitSheet, view: View, skin: Raster) -> tuple[float, float]:
    """The area of a sheet, and how much of it is seen [m²]."""
    corners = lit.body.vertices[0][lit.sheet.triangles]
    crossed = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    areas = np.linalg.norm(crossed, axis=1) / 2
    middles = corners.mean(axis=1)
    at = view.project(middles)
    height, width = skin.depth.shape
    columns = np.clip(at[:, 0].astype(int), 0, width - 1)
    rows = np.clip(at[:, 1].astype(int), 0, height - 1)
    facing = view.facing(middles, lit.body.normals[0][lit.sheet.triangles].mean(axis=1))
    seen = (facing > 0.08) & (at[:, 2] + PULL_M > skin.depth[rows, columns])
    return float(areas.sum()), float(areas[seen].sum())
