"""The surface: marching cubes on the right half of the field, simplified, laid back on it, made whole."""

from __future__ import annotations

from typing import NamedTuple

import fast_simplification
import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from skimage.measure import marching_cubes

from tools.figure_shape.field import FRAMES, Field

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
LOW = np.array([-0.26, -0.03, 0.0])
HIGH = np.array([0.30, 1.82, 0.92])
OCCLUSION_REACH_M = (0.012, 0.025, 0.05, 0.09)


class Half(NamedTuple):
    """The right half of a body: vertices on the midline come first."""

    vertices: FloatArray
    triangles: IntArray
    midline: int


def half_surface(field: Field, cell: float, triangles: int) -> Half:
    """The right half with about so many triangles, open along the midline."""
    points, faces = _marched(field, cell)
    points, faces = _largest(points, faces)
    seen = stressed(points)
    small, few = fast_simplification.simplify(
        seen.astype(np.float32), faces.astype(np.int32), target_count=triangles, agg=4
    )
    return _ordered(field, relaxed(small.astype(np.float64)), few.astype(np.int64))


def even_surface(field: Field, cell: float) -> Half:
    """The right half with its triangles as marched: many, and all of a size."""
    points, faces = _largest(*_marched(field, cell))
    return _ordered(field, points, faces)


class Stress(NamedTuple):
    """Beyond `at` along `axis` a limb is drawn larger before triangles are saved, so that it keeps more."""

    at: FloatArray
    axis: FloatArray
    reach: float  # over which the scale grows from 1 [m]
    scale: float

    def stretched(self, points: FloatArray) -> FloatArray:
        along = (points - self.at) @ self.axis
        grown = self._scale_at(along)
        off = points - self.at - np.outer(along, self.axis)
        return self.at + np.outer(self._stretch(along), self.axis) + grown[:, None] * off

    def shrunk(self, points: FloatArray) -> FloatArray:
        known = np.linspace(-2.0, 1.0, 6001)
        along = np.interp((points - self.at) @ self.axis, self._stretch(known), known)
        off = points - self.at - np.outer((points - self.at) @ self.axis, self.axis)
        return self.at + np.outer(along, self.axis) + off / self._scale_at(along)[:, None]

    def _scale_at(self, along: FloatArray) -> FloatArray:
        return 1 + (self.scale - 1) * np.clip(along / self.reach, 0, 1)

    def _stretch(self, along: FloatArray) -> FloatArray:
        inside = np.clip(along, 0, None)
        early = np.minimum(inside, self.reach)
        gain = (self.scale - 1) * (early**2 / (2 * self.reach) + np.clip(inside - self.reach, 0, None))
        return along + gain


def _stresses() -> tuple[Stress, ...]:
    wrist, elbow = FRAMES["hand"].rest[:3, 3], FRAMES["forearm"].rest[:3, 3]
    down = (wrist - elbow) / np.linalg.norm(wrist - elbow)
    up = np.array([0.0, 1.0, 0.0])
    return Stress(np.array([0.0, 1.49, 0.0]), up, 0.05, 2.1), Stress(wrist - 0.02 * down, down, 0.04, 1.35)


def stressed(points: FloatArray) -> FloatArray:
    """Points with head and hand enlarged."""
    for stress in _stresses():
        points = stress.stretched(points)
    return points


def relaxed(points: FloatArray) -> FloatArray:
    """The same points at their own size again."""
    for stress in reversed(_stresses()):
        points = stress.shrunk(points)
    return points


def occlusion(field: Field, points: FloatArray, normals: FloatArray) -> FloatArray:
    """How much of the sky the body itself hides at each point, 0 to 1."""
    open_share = np.mean(
        [np.clip(field(points + reach * normals) / reach, 0, 1) for reach in OCCLUSION_REACH_M], axis=0
    )
    hidden: FloatArray = np.clip(1 - open_share, 0, 1)
    return hidden


def _marched(field: Field, cell: float) -> tuple[FloatArray, IntArray]:
    """The zero level on a fine grid that is only asked near the surface."""
    ratio = 4
    counts = np.ceil((HIGH - LOW) / (cell * ratio)).astype(int)
    coarse = _grid(LOW, cell * ratio, counts + 1)
    rough = field(coarse.reshape(-1, 3)).reshape(counts + 1)
    near = np.abs(rough) < cell * ratio * 1.9
    close = np.zeros(counts, dtype=bool)
    for dx in (0, 1):
        for dy in (0, 1):
            for dz in (0, 1):
                close |= near[dx : dx + counts[0], dy : dy + counts[1], dz : dz + counts[2]]
    fine = np.repeat(np.repeat(np.repeat(rough[:-1, :-1, :-1], ratio, 0), ratio, 1), ratio, 2)
    asked = np.repeat(np.repeat(np.repeat(close, ratio, 0), ratio, 1), ratio, 2)
    where = np.argwhere(asked)
    fine[asked] = np.concatenate(
        [field(LOW + cell * part) for part in np.array_split(where, max(1, len(where) // 200_000))]
    )
    mask = asked.copy()
    points, faces, _, _ = marching_cubes(
        fine, 0.0, spacing=(cell,) * 3, mask=mask, gradient_direction="ascent"
    )
    return points.astype(np.float64) + LOW, faces.astype(np.int64)


def _grid(low: FloatArray, cell: float, counts: IntArray) -> FloatArray:
    axes = [low[axis] + cell * np.arange(counts[axis]) for axis in range(3)]
    return np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)


def _largest(points: FloatArray, faces: IntArray) -> tuple[FloatArray, IntArray]:
    """Only the largest connected piece."""
    ends = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]]])
    links = coo_matrix((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(len(points),) * 2)
    _, label = connected_components(links, directed=False)
    kept = faces[label[faces[:, 0]] == np.bincount(label).argmax()]
    used, index = np.unique(kept, return_inverse=True)
    return points[used], index.reshape(-1, 3)


def _ordered(field: Field, points: FloatArray, faces: IntArray) -> Half:
    """Rim on the midline exactly and first, points on the field, triangles facing outwards."""
    edges = np.sort(np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]]), axis=1)
    unique, counts = np.unique(edges, axis=0, return_counts=True)
    rim = np.zeros(len(points), dtype=bool)
    rim[unique[counts == 1]] = True
    points[rim, 2] = 0.0
    points[~rim, 2] = np.maximum(points[~rim, 2], 0.001)
    for _ in range(2):
        points = field.projected(points, rounds=1)
        points[rim, 2] = 0.0
    crossed = np.cross(points[faces[:, 1]] - points[faces[:, 0]], points[faces[:, 2]] - points[faces[:, 0]])
    if np.mean(np.einsum("ij,ij->i", crossed, field.gradient(points)[faces[:, 0]]) < 0) > 0.5:
        faces = faces[:, ::-1]
    order = np.argsort(~rim, kind="stable")
    place = np.empty(len(points), dtype=np.int64)
    place[order] = np.arange(len(points))
    return Half(points[order], place[faces], int(rim.sum()))
