"""The raster: which triangle is nearest at every point of a picture, by NumPy alone."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

NOTHING = -1
AT_ONCE = 4_000_000  # points of the picture that are tried in one go, so that memory stays small


class Raster(NamedTuple):
    """A picture of the nearest triangle at each point."""

    triangle: IntArray  # index, or NOTHING, (height, width)
    shares: FloatArray  # barycentric coordinates in it, (height, width, 3)
    depth: FloatArray  # towards the camera [m]; minus infinity where nothing is, (height, width)

    @property
    def covered(self) -> BoolArray:
        """Where anything is, (height, width)."""
        found: BoolArray = self.triangle != NOTHING
        return found

    def values(self, triangles: IntArray, per_vertex: FloatArray) -> FloatArray:
        """A value of the vertices at every point, zero where nothing is, (height, width, ...)."""
        at = self.covered
        corners = per_vertex[triangles[self.triangle[at]]]
        found = np.zeros((*self.triangle.shape, *per_vertex.shape[1:]))
        found[at] = np.einsum("nc,nc...->n...", self.shares[at], corners)
        return found


def rastered(seen: FloatArray, triangles: IntArray, size: tuple[int, int]) -> Raster:
    """The nearest triangle at the middle of every unit of a picture.

    Args:
        seen: vertices in the picture: x, y and depth, (n, 3). Both faces of a triangle count.
        triangles: (m, 3); size: width and height of the picture.
    """
    width, height = size
    depth = np.full(width * height, -np.inf)
    nearest = np.full(width * height, NOTHING, dtype=np.int64)
    shares = np.zeros((width * height, 3))
    corners = seen[triangles]
    low, spans = _bounds(corners, width, height)
    counts = spans.prod(axis=1)
    for part in np.array_split(np.arange(len(triangles)), max(1, int(counts.sum() // AT_ONCE) + 1)):
        found = _fragments(corners, low, spans, part)
        _draw(found, width, depth, nearest, shares)
    shape = (height, width)
    return Raster(nearest.reshape(shape), shares.reshape(*shape, 3), depth.reshape(shape))


class _Fragments(NamedTuple):
    """Points of the picture inside a triangle."""

    triangle: IntArray
    column: IntArray
    row: IntArray
    shares: FloatArray
    depth: FloatArray


def _bounds(corners: FloatArray, width: int, height: int) -> tuple[IntArray, IntArray]:
    """The first column and row of each triangle and how many it spans, both (m, 2)."""
    limit = np.array([width, height])
    low = np.clip(np.ceil(corners[..., :2].min(axis=1) - 0.5), 0, limit).astype(np.int64)
    high = np.clip(np.floor(corners[..., :2].max(axis=1) - 0.5) + 1, 0, limit).astype(np.int64)
    return low, np.maximum(high - low, 0)


def _fragments(corners: FloatArray, low: IntArray, spans: IntArray, part: IntArray) -> _Fragments:
    counts = spans[part].prod(axis=1)
    triangle = np.repeat(part, counts)
    within = np.arange(len(triangle)) - np.repeat(np.cumsum(counts) - counts, counts)
    wide = spans[triangle, 0]
    column, row = low[triangle, 0] + within % wide, low[triangle, 1] + within // wide
    shares = _shares(corners[triangle], column + 0.5, row + 0.5)
    inside = (shares >= -1e-9).all(axis=1)
    triangle, shares = triangle[inside], shares[inside]
    depth = np.einsum("ni,ni->n", shares, corners[triangle, :, 2])
    return _Fragments(triangle, column[inside], row[inside], shares, depth)


def _shares(corners: FloatArray, x: FloatArray, y: FloatArray) -> FloatArray:
    """Barycentric coordinates of points in triangles, (n, 3); outside of flat ones."""
    (ax, ay), (bx, by), (cx, cy) = (corners[:, corner, :2].T for corner in range(3))
    area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
    flat = np.abs(area) < 1e-9
    area = np.where(flat, 1.0, area)
    second = ((x - ax) * (cy - ay) - (cx - ax) * (y - ay)) / area
    third = ((bx - ax) * (y - ay) - (x - ax) * (by - ay)) / area
    second[flat] = -1.0
    return np.stack([1 - second - third, second, third], axis=1)


def _draw(found: _Fragments, width: int, depth: FloatArray, nearest: IntArray, shares: FloatArray) -> None:
    """Put the nearest fragment of every point where it is nearer than what is there."""
    place = found.row * width + found.column
    order = np.argsort(found.depth, kind="stable")
    order = order[found.depth[order] > depth[place[order]]]
    # Where an index comes several times, the last one stays: the nearest.
    depth[place[order]], nearest[place[order]] = found.depth[order], found.triangle[order]
    shares[place[order]] = found.shares[order]


def blurred(field: FloatArray, radius: float) -> FloatArray:
    """A field smoothed by a bell of this radius in points of the picture; outside it is zero."""
    reach = max(1, int(np.ceil(2.5 * radius)))
    bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) / radius) ** 2)
    bell /= bell.sum()
    height, width = field.shape
    padded = np.pad(field, reach)
    rows = np.zeros((height + 2 * reach, width))
    for step, share in enumerate(bell):
        rows += share * padded[:, step : step + width]
    both = np.zeros((height, width))
    for step, share in enumerate(bell):
        both += share * rows[step : step + height]
    return both


def blurred_inside(field: FloatArray, mask: BoolArray, radius: float) -> FloatArray:
    """A field smoothed within a mask only, and carried a little beyond its rim."""
    weight = blurred(mask.astype(np.float64), radius)
    found: FloatArray = blurred(np.where(mask, field, 0.0), radius) / np.maximum(weight, 1e-3)
    return found
