"""Balance: the centre of mass over what carries the body."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


def hull(points: FloatArray) -> IntArray:
    """The corners of the convex hull of points in a plane, anticlockwise; shape (n, 2) → (n_corners,)."""
    order = sorted(range(len(points)), key=lambda index: (points[index, 0], points[index, 1]))
    half = [_half_hull(points, order), _half_hull(points, order[::-1])]
    return np.array(half[0][:-1] + half[1][:-1], dtype=np.int64)


def _half_hull(points: FloatArray, order: list[int]) -> list[int]:
    kept: list[int] = []
    for index in order:
        while len(kept) >= 2 and _turn(points[kept[-2]], points[kept[-1]], points[index]) <= 1e-12:
            kept.pop()
        kept.append(index)
    return kept


def _turn(first: FloatArray, second: FloatArray, third: FloatArray) -> float:
    """Twice the area of a triangle; positive when its corners go anticlockwise."""
    (ax, ay), (bx, by) = second - first, third - first
    return float(ax * by - ay * bx)


def outside(centre: FloatArray, support: FloatArray) -> FloatArray:
    """How far a centre of mass is outside what carries it, seen from above [m]; negative inside.

    Args:
        centre: (n, 2); support: (n, n_points, 2), three points or more that are not in one line.
        The corners are those of the first body of the batch.
    """
    corners = hull(support[0])
    if len(corners) < 3:
        return _from_line(centre, support)
    points = support[:, corners]
    edges = np.roll(points, -1, axis=1) - points
    outward = np.stack([edges[..., 1], -edges[..., 0]], axis=-1)
    outward = outward / np.linalg.norm(outward, axis=-1, keepdims=True)
    furthest: FloatArray = np.einsum("nci,nci->nc", centre[:, None] - points, outward).max(axis=1)
    return furthest


def _from_line(centre: FloatArray, support: FloatArray) -> FloatArray:
    """Distance from the middle, for supports too few to stand on."""
    away: FloatArray = np.linalg.norm(centre - support.mean(axis=1), axis=1)
    return away
