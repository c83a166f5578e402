"""Sheets: muscles as thin domed sheets on the skin, along their paths, that swell when they work.

A sheet is skinned with the skin's own weights, so it never leaves the skin. It is a grid of points:
`along` runs from origin to insertion, `across` from rim to rim.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from weaklink.figure.bones import mirrored_bones

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
SWELL_M = 0.006  # how far the belly of a fully working muscle rises (our choice, by eye)


class Sheet(NamedTuple):
    """One sheet of one muscle in the rest pose, at the reference height."""

    muscle: str  # id in the knowledge, or "iliotibial-band", "achilles-tendon"
    part: str  # which head, if the muscle has several: "medial"
    side: Literal["right", "left"]
    deep: bool  # lies under another muscle: drawn paler, dashed
    tendon: bool  # never swells, is never lit
    shape: tuple[int, int]  # points along and across; vertices run across first
    vertices: FloatArray  # [m], (n, 3)
    normals: FloatArray  # unit, outwards, (n, 3)
    along: FloatArray  # 0 at the origin, 1 at the insertion, (n,)
    across: FloatArray  # -1 and 1 at the rims, (n,)
    bones: IntArray  # (n, 4)
    weights: FloatArray  # sum 1, (n, 4)
    swell: FloatArray  # from 0 at rims and ends to 1 on the belly, (n,)
    girth: FloatArray  # as of the mesh, (n, 3)

    @property
    def triangles(self) -> IntArray:
        """The triangles of the grid, counter-clockwise from outside, (m, 3)."""
        return grid_triangles(self.shape, flipped=self.side == "left")


def grid_triangles(shape: tuple[int, int], *, flipped: bool = False) -> IntArray:
    """Two triangles for every cell of a grid of points, (m, 3)."""
    along, across = shape
    first = (np.arange(along - 1)[:, None] * across + np.arange(across - 1)).ravel()
    a, b, c, d = first, first + 1, first + across, first + across + 1
    triangles = np.stack([np.stack([a, c, b], 1), np.stack([b, c, d], 1)], 1).reshape(-1, 3)
    return triangles[:, ::-1] if flipped else triangles


def swollen(sheet: Sheet, activation: float) -> FloatArray:
    """The vertices of a sheet whose muscle works at `activation` (0 to 1) [m], (n, 3)."""
    rise = 0.0 if sheet.tendon else SWELL_M * float(np.clip(activation, 0.0, 1.0))
    raised: FloatArray = sheet.vertices + rise * sheet.swell[:, None] * sheet.normals
    return raised


def mirrored(sheet: Sheet) -> Sheet:
    """The same muscle on the other side."""
    flip = np.array([1.0, 1.0, -1.0])
    return sheet._replace(
        side="left" if sheet.side == "right" else "right",
        vertices=sheet.vertices * flip,
        normals=sheet.normals * flip,
        bones=mirrored_bones()[sheet.bones],
        girth=sheet.girth * flip,
    )
