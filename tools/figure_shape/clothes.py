"""Clothes: where hair, clothes and shoes begin on the right half of the rest pose, and the mesh cut there."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tools.figure_shape.field import FRAMES, Field
from weaklink.figure.mesh import TONES

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Region = Callable[[FloatArray], FloatArray]  # negative where it covers, about in metres
LONG_M = 0.032  # sides longer than this are halved where an edge passes
CLOSE_M = 0.0035  # corners closer than this are one
SNAP = 0.40  # a corner nearer to the edge than this share of its triangle side moves onto it


class Garment(NamedTuple):
    """What covers a region; later garments cover earlier ones."""

    tone: str
    region: Region
    narrow: bool = False  # has parts narrower than a triangle


class Cut(NamedTuple):
    """A half mesh whose triangles each have one tone."""

    points: FloatArray
    triangles: IntArray
    tones: IntArray


def dressed(points: FloatArray, triangles: IntArray, garments: tuple[Garment, ...], field: Field) -> Cut:
    """The half mesh cut along the edges of its garments; new corners come last and lie on the field."""
    for garment in garments:
        for _ in range(2 * garment.narrow):
            points, triangles = _refined(points, triangles, garment.region, field)
        points, triangles = _cut(points, triangles, garment.region, field)
    edges = np.min([np.abs(garment.region(points)) for garment in garments], axis=0) < 5e-4
    points, triangles = _merged(points, triangles, 2.0 * (points[:, 2] == 0.0) + edges)
    tones = np.zeros(len(triangles), dtype=np.int64)
    middles = points[triangles].mean(axis=1)
    for garment in garments:
        tones[garment.region(middles) < 0] = TONES.index(garment.tone)
    return Cut(points, triangles, tones)


def _cut(
    points: FloatArray, triangles: IntArray, region: Region, field: Field
) -> tuple[FloatArray, IntArray]:
    points = points.copy()
    _snap(points, triangles, region, field)
    value = region(points)
    value[np.abs(value) < 4e-4] = 0.0
    edges = np.unique(np.sort(triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1), axis=0)
    crossing = edges[value[edges[:, 0]] * value[edges[:, 1]] < 0]
    if len(crossing) == 0:
        return points, triangles
    fresh = _on_edge(points[crossing[:, 0]], points[crossing[:, 1]], region, field)
    names = {tuple(edge): len(points) + index for index, edge in enumerate(crossing.tolist())}
    parts = [piece for corners in triangles.tolist() for piece in _split(corners, names)]
    return np.vstack([points, fresh]), np.array(parts, dtype=np.int64)


def _merged(points: FloatArray, triangles: IntArray, rank: FloatArray) -> tuple[FloatArray, IntArray]:
    """Corners closer than `CLOSE_M` made one: the one of higher rank stays."""
    while True:
        edges = np.unique(np.sort(triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1), axis=0)
        length = np.linalg.norm(points[edges[:, 0]] - points[edges[:, 1]], axis=1)
        short = edges[np.argsort(length)][: int((length < CLOSE_M).sum())]
        target, touched = np.arange(len(points)), np.zeros(len(points), dtype=bool)
        for a, b in short.tolist():
            if not (touched[a] or touched[b]) and _collapses(triangles, a, b):
                stays, goes = (a, b) if rank[a] >= rank[b] else (b, a)
                target[goes] = stays
                touched[np.unique(triangles[np.any((triangles == a) | (triangles == b), axis=1)])] = True
        if not np.any(touched):
            break
        triangles = target[triangles]
        a, b, c = triangles.T
        triangles = triangles[(a != b) & (b != c) & (c != a)]
    used, index = np.unique(triangles, return_inverse=True)
    return points[used], index.reshape(-1, 3)


def _collapses(triangles: IntArray, a: int, b: int) -> bool:
    """Whether joining two neighbours leaves a surface: they share only the corners across their edge."""
    of_a, of_b = np.any(triangles == a, axis=1), np.any(triangles == b, axis=1)
    shared = np.intersect1d(triangles[of_a], triangles[of_b])
    return len(shared) - 2 == int(np.sum(of_a & of_b))


def _refined(
    points: FloatArray, triangles: IntArray, region: Region, field: Field
) -> tuple[FloatArray, IntArray]:
    """Long sides near the edge of a region halved, so that the cut can follow it."""
    value = region(points)[triangles]
    mixed = triangles[(value.min(axis=1) < 0) & (value.max(axis=1) > 0)]
    edges = np.unique(np.sort(mixed[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1), axis=0)
    length = np.linalg.norm(points[edges[:, 0]] - points[edges[:, 1]], axis=1)
    long = edges[length > LONG_M]
    if len(long) == 0:
        return points, triangles
    midline = np.all(points[long][:, :, 2] == 0.0, axis=1)
    fresh = field.projected(points[long].mean(axis=1), rounds=2)
    fresh[midline, 2] = 0.0
    names = {tuple(edge): len(points) + index for index, edge in enumerate(long.tolist())}
    parts = [piece for corners in triangles.tolist() for piece in _split(corners, names)]
    return np.vstack([points, fresh]), np.array(parts, dtype=np.int64)


def _snap(points: FloatArray, triangles: IntArray, region: Region, field: Field) -> None:
    """Moves corners that are close to the edge onto it, so that no slivers are cut off."""
    value = region(points)
    ends = triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2)
    ends = np.vstack([ends, ends[:, ::-1]])
    leaves = (points[ends[:, 0], 2] == 0.0) & (points[ends[:, 1], 2] != 0.0)  # the midline stays closed
    ends = ends[(value[ends[:, 0]] * value[ends[:, 1]] < 0) & ~leaves]
    share = value[ends[:, 0]] / (value[ends[:, 0]] - value[ends[:, 1]])
    order = np.argsort(-share)  # the smallest share of a corner is written last and stays
    best = {int(ends[index, 0]): index for index in order if share[index] < SNAP}
    moved = np.array(sorted(best), dtype=np.int64)
    if len(moved):
        chosen = ends[[best[corner] for corner in moved.tolist()]]
        points[moved] = _on_edge(points[chosen[:, 0]], points[chosen[:, 1]], region, field)


def _on_edge(start: FloatArray, end: FloatArray, region: Region, field: Field) -> FloatArray:
    """Where the region's edge crosses the way from start to end, on the skin."""
    low, high = np.zeros(len(start)), np.ones(len(start))
    inside = region(start) < 0
    for _ in range(16):
        middle = (low + high) / 2
        same = (region(start + middle[:, None] * (end - start)) < 0) == inside
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    found = start + ((low + high) / 2)[:, None] * (end - start)
    midline = (start[:, 2] == 0) & (end[:, 2] == 0)
    found = field.projected(found, rounds=2)
    found[midline, 2] = 0.0
    return found


def _split(corners: list[int], fresh: dict[tuple[int, int], int]) -> list[list[int]]:
    """A triangle in pieces along the new corners on its sides."""
    cut = [
        fresh.get((min(a, b), max(a, b)), -1) for a, b in zip(corners, corners[1:] + corners[:1], strict=True)
    ]
    count = sum(one >= 0 for one in cut)
    if count == 0:
        return [corners]
    while cut[0] < 0 or (count == 2 and cut[2] >= 0):
        corners, cut = corners[1:] + corners[:1], cut[1:] + cut[:1]
    a, b, c = corners
    first, second, third = cut
    if count == 1:
        return [[a, first, c], [first, b, c]]
    if count == 2:
        return [[first, b, second], [a, first, second], [a, second, c]]
    return [[a, first, third], [first, b, second], [third, second, c], [first, second, third]]


def _plane(points: FloatArray, at: FloatArray, normal: FloatArray) -> FloatArray:
    return (points - at) @ (normal / np.linalg.norm(normal))


HAIRLINE = (  # x, height of the hairline: forehead, temple, in front of the ear, over it, nape
    (0.100, 1.704), (0.070, 1.701), (0.046, 1.678), (0.030, 1.640), (0.020, 1.634), (0.010, 1.662),
    (-0.010, 1.670), (-0.030, 1.652), (-0.036, 1.612), (-0.060, 1.590), (-0.110, 1.582),
)  # fmt: skip


def hair(points: FloatArray) -> FloatArray:
    """Short hair: above the hairline."""
    x, heights = np.array(HAIRLINE[::-1]).T
    return np.interp(points[:, 0], x, heights) - points[:, 1]


def shorts(length_m: float, waist_m: float) -> Region:
    """From the waist to a hem across the thigh."""
    hip, knee = FRAMES["thigh"].rest[:3, 3], FRAMES["shank"].rest[:3, 3]
    down = (knee - hip) / np.linalg.norm(knee - hip)
    hem = hip + length_m * down + np.array([0.0, 0.0, 0.0])

    def region(points: FloatArray) -> FloatArray:
        slope = down + np.array([0.0, 0.0, -0.12])
        below = _plane(points, hem, slope)
        above = points[:, 1] - waist_m - 0.10 * points[:, 0]
        return np.maximum.reduce([below, above, points[:, 2] - 0.32])

    return region


def top(low_m: float) -> Region:
    """A running top: from under the chest, with straps over the shoulders."""
    neckline = ((-0.02, 1.372), (0.035, 1.376), (0.060, 1.400), (0.068, 1.440), (0.070, 1.52), (0.3, 1.52))
    armhole = ((1.20, 0.205), (1.300, 0.195), (1.330, 0.165), (1.365, 0.125), (1.400, 0.112), (1.52, 0.112))
    behind = ((-0.02, 1.365), (0.020, 1.368), (0.060, 1.410), (0.068, 1.440), (0.070, 1.52), (0.3, 1.52))

    def region(points: FloatArray) -> FloatArray:
        x, y, z = points.T
        front = y - np.interp(z, *np.array(neckline).T)
        back = y - np.interp(z, *np.array(behind).T)
        turn = np.clip((x + 0.02) / 0.02 + 0.5, 0, 1)
        side = z - np.interp(y, *np.array(armhole).T)
        return np.maximum.reduce([low_m - y, turn * front + (1 - turn) * back, side, y - 1.54])

    return region


def shoes(points: FloatArray) -> FloatArray:
    """Up to under the ankle bones."""
    ankle = FRAMES["foot"].rest[:3, 3]
    normal = np.array([-0.16, 1.0, 0.0])
    return np.maximum(_plane(points, ankle + np.array([0.0, -0.002, 0.0]), normal), points[:, 1] - 0.2)


def soles(points: FloatArray) -> FloatArray:
    """The sole under the shoe, thicker at the heel, rising at the toes."""
    x = points[:, 0]
    rise = 0.027 + 0.004 * np.clip(-x / 0.06, 0, 1) - 0.004 * np.clip((x - 0.06) / 0.08, 0, 1)
    return points[:, 1] - rise - 0.006 * np.clip((x - 0.15) / 0.05, 0, 1)
