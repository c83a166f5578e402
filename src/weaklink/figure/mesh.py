"""The mesh: the skin of the drawn body in its rest pose, with what it hangs on and what it wears.

It is its own mirror image. First come the vertices on the midline (z = 0), then those of the right side,
then those of the left in the same order; a scene file may carry the first two parts and mirror the third.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

# What a triangle is covered with, in the order of their numbers. The triangles are cut along the edges of
# clothes, so each has one tone and every edge is crisp without a texture.
TONES = ("skin", "hair", "clothes", "shoes", "soles")


class Mesh(NamedTuple):
    """A closed surface of triangles, seen from outside counter-clockwise, at the reference height."""

    vertices: FloatArray  # rest pose [m], (n, 3): x forward, y up, z right
    normals: FloatArray  # unit, outwards, (n, 3)
    triangles: IntArray  # (m, 3)
    tones: IntArray  # index into TONES, (m,)
    occlusion: FloatArray  # 0: open to the sky, 1: deep in a fold, (n,)
    bones: IntArray  # four that move each vertex, (n, 4)
    weights: FloatArray  # their shares, sum 1, (n, 4)
    girth: FloatArray  # where a vertex goes when the body gains girth [m per unit], (n, 3)
    midline: int  # how many vertices lie on it; the right side has (n - midline) / 2


def volume(vertices: FloatArray, triangles: IntArray) -> float:
    """What a closed surface encloses [m³]."""
    a, b, c = (vertices[triangles[:, corner]] for corner in range(3))
    return float(np.einsum("ij,ij->", a, np.cross(b, c)) / 6)


def face_normals(vertices: FloatArray, triangles: IntArray) -> FloatArray:
    """The normals of triangles, as long as twice their area, (..., n, 3) → (..., m, 3)."""
    a, b, c = (vertices[..., triangles[:, corner], :] for corner in range(3))
    crossed: FloatArray = np.cross(b - a, c - a)
    return crossed
