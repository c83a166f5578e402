"""Contours: the outlines of what is above a level in a field, and smooth vector paths through few points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]


def contours(field: FloatArray, level: float, smallest: float = 20.0) -> list[FloatArray]:
    """Closed outlines of what is above a level, by marching squares, each (n, 2) as x and y.

    The value of point (row, column) stands at x = column + 0.5, y = row + 0.5. Holes go the other way round.
    Outlines round less than `smallest` square units are left out.
    """
    padded = np.pad(field - level, 1, constant_values=-abs(level) - 1e-6)
    following, points = _segments(padded)
    found = []
    while following:
        start, step = following.popitem()
        ring = [start]
        while step != start:
            ring.append(step)
            step = following.pop(step)
        outline = np.array([points[edge] for edge in ring]) - 0.5
        if abs(area_of(outline)) >= smallest:
            found.append(outline)
    return sorted(found, key=lambda ring: -abs(area_of(ring)))


def area_of(ring: FloatArray) -> float:
    """The signed area of a closed outline."""
    x, y = ring.T
    return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2


# Which edges of a cell an outline enters and leaves, by the corners above the level (bit 1: left upper,
# 2: right upper, 4: right lower, 8: left lower); edges 0 above, 1 right, 2 below, 3 left.
STEPS: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((3, 0),), 2: ((0, 1),), 3: ((3, 1),), 4: ((1, 2),), 5: ((3, 0), (1, 2)), 6: ((0, 2),), 7: ((3, 2),),
    8: ((2, 3),), 9: ((2, 0),), 10: ((0, 1), (2, 3)), 11: ((2, 1),), 12: ((1, 3),), 13: ((1, 0),),
    14: ((0, 3),),
}  # fmt: skip


def _segments(field: FloatArray) -> tuple[dict[int, int], dict[int, tuple[float, float]]]:
    """For every crossed edge of the grid the next one along the outline, and where it is crossed."""
    above = field > 0
    case = above[:-1, :-1] + 2 * above[:-1, 1:] + 4 * above[1:, 1:] + 8 * above[1:, :-1]
    following: dict[int, int] = {}
    points: dict[int, tuple[float, float]] = {}
    crossed = np.flatnonzero((case > 0) & (case < 15))
    kinds = case.ravel()[crossed]
    for kind, pairs in STEPS.items():
        rows, columns = np.divmod(crossed[kinds == kind], case.shape[1])
        for first, last in pairs:
            ends = []
            for edge in (first, last):
                keys, at = _crossings(field, rows, columns, edge)
                points.update(zip(keys, at, strict=True))
                ends.append(keys)
            following.update(zip(*ends, strict=True))
    return following, points


def _crossings(
    field: FloatArray, rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64], edge: int
) -> tuple[list[int], list[tuple[float, float]]]:
    """The keys of one edge of many cells, and where the level crosses it."""
    level = edge in (0, 2)
    row, column = rows + (edge == 2), columns + (edge == 1)
    here, there = field[row, column], field[row + (not level), column + level]
    share = here / (here - there)
    x, y = column + share * level, row + share * (not level)
    keys = 2 * (row * field.shape[1] + column) + (not level)
    return keys.tolist(), list(zip(x.tolist(), y.tolist(), strict=True))


def simplified(points: FloatArray, tolerance: float, closed: bool = True) -> FloatArray:
    """Fewer points of a line, none of the others further off than the tolerance (Douglas and Peucker)."""
    if len(points) < 4:
        return points
    if not closed:
        return points[_kept(points, tolerance)]
    far = int(np.linalg.norm(points - points[0], axis=1).argmax())
    first = points[_kept(points[: far + 1], tolerance)]
    second = points[far + _kept(np.vstack([points[far:], points[:1]]), tolerance)[:-1]]
    return np.vstack([first[:-1], second])


def _kept(points: FloatArray, tolerance: float) -> npt.NDArray[np.int64]:
    keep = np.zeros(len(points), dtype=bool)
    keep[[0, -1]] = True
    waiting = [(0, len(points) - 1)]
    while waiting:
        low, high = waiting.pop()
        if high - low < 2:
            continue
        along = points[high] - points[low]
        away = points[low + 1 : high] - points[low]
        length = float(np.hypot(*along))
        gaps = np.abs(along[0] * away[:, 1] - along[1] * away[:, 0]) / length if length else np.hypot(*away.T)
        worst = int(gaps.argmax())
        if gaps[worst] > tolerance:
            keep[low + 1 + worst] = True
            waiting += [(low, low + 1 + worst), (low + 1 + worst, high)]
    return np.nonzero(keep)[0]


def relaxed(points: FloatArray, rounds: int, closed: bool = True) -> FloatArray:
    """A line whose points are moved to the mean of their neighbours, a few times; open ends stay."""
    for _ in range(rounds):
        if closed:
            points = (np.roll(points, 1, axis=0) + 2 * points + np.roll(points, -1, axis=0)) / 4
        else:
            inner = (points[:-2] + 2 * points[1:-1] + points[2:]) / 4
            points = np.vstack([points[:1], inner, points[-1:]])
    return points


def smooth_path(rings: Iterable[FloatArray], tolerance: float) -> str:
    """Path data of closed outlines as quadratic curves that pass near every kept point, whole units."""
    return "".join(_ring(simplified(ring, tolerance)) for ring in rings)


def smooth_line(line: FloatArray, tolerance: float) -> str:
    """Path data of one open line as quadratic curves through few points, whole units."""
    kept = simplified(line, tolerance, closed=False)
    if len(kept) < 3:
        return _moves(kept, "l")
    middles = np.vstack([kept[:1], (kept[1:-2] + kept[2:-1]) / 2, kept[-1:]])
    return _curves(middles, kept[1:-1])


def sharp_path(polygons: Iterable[FloatArray]) -> str:
    """Path data of polygons with their corners, whole units."""
    return "".join(_moves(polygon, "l") + "z" for polygon in polygons if len(polygon) > 2)


def clipped(polygon: FloatArray, low: FloatArray, high: FloatArray) -> FloatArray:
    """What of a flat outline lies in an upright box, (n, 2) (Sutherland and Hodgman)."""
    for axis, limit, sign in ((0, low[0], 1.0), (1, low[1], 1.0), (0, high[0], -1.0), (1, high[1], -1.0)):
        inside = sign * (polygon[:, axis] - limit)
        kept = []
        for index, point in enumerate(polygon):
            before = index - 1
            if inside[before] * inside[index] < 0:
                share = inside[before] / (inside[before] - inside[index])
                kept.append(polygon[before] + share * (point - polygon[before]))
            if inside[index] >= 0:
                kept.append(point)
        if not kept:
            return np.zeros((0, 2))
        polygon = np.array(kept)
    return polygon


def _ring(kept: FloatArray) -> str:
    """A quadratic B-spline whose controls are moved outward, so that it passes near the kept points."""
    if len(kept) < 3:
        return ""
    pull = (np.roll(kept, 1, axis=0) + np.roll(kept, -1, axis=0)) / 2 - kept
    controls = kept - 0.22 * np.clip(pull, -12, 12)
    middles = (controls + np.roll(controls, -1, axis=0)) / 2
    return _curves(np.vstack([middles[-1:], middles]), controls) + "z"


def _curves(ends: FloatArray, controls: FloatArray) -> str:
    """Quadratic curves from each end to the next, written as relative whole numbers."""
    at = np.rint(ends[0]).astype(int)
    steps: list[int] = []
    for control, end in zip(np.rint(controls).astype(int), np.rint(ends[1:]).astype(int), strict=True):
        if np.array_equal(end, at):
            continue
        steps += [*(control - at), *(end - at)]
        at = end
    first = np.rint(ends[0]).astype(int)
    return f"M{_numbers(first)}q{_numbers(steps)}" if steps else ""


def _moves(points: FloatArray, word: str) -> str:
    whole = np.rint(points).astype(int)
    return f"M{_numbers(whole[0])}{word}{_numbers(np.diff(whole, axis=0).ravel())}"


def _numbers(values: Iterable[int]) -> str:
    return "".join(_joined(values))


def _joined(values: Iterable[int]) -> Iterator[str]:
    for index, value in enumerate(values):
        yield f" {value}" if index and value >= 0 else str(value)


def chains(flags: tuple[BoolArray, BoolArray]) -> list[FloatArray]:
    """Open lines along flagged edges between the points of a picture, each (n, 2) as x and y.

    Args:
        flags: whether there is a step between a point and its right neighbour, (rows, columns - 1), and
            between a point and the one below, (rows - 1, columns).
    """
    across, down = flags
    links: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for row, column in np.argwhere(across).tolist():
        _link(links, (column + 1, row), (column + 1, row + 1))
    for row, column in np.argwhere(down).tolist():
        _link(links, (column, row + 1), (column + 1, row + 1))
    found = []
    ends = [node for node, near in links.items() if len(near) != 2]
    for node in [*ends, *links]:
        while links.get(node):
            found.append(np.array(_walk(links, node), dtype=np.float64))
    return found


def _link(
    links: dict[tuple[int, int], list[tuple[int, int]]], one: tuple[int, int], other: tuple[int, int]
) -> None:
    links.setdefault(one, []).append(other)
    links.setdefault(other, []).append(one)


def _walk(
    links: dict[tuple[int, int], list[tuple[int, int]]], node: tuple[int, int]
) -> list[tuple[int, int]]:
    """Follow the links from a node to the next fork or end, taking them away."""
    line = [node]
    while links[node]:
        after = links[node].pop()
        links[after].remove(node)
        line.append(after)
        node = after
        if len(links[node]) != 1:
            break
    return line
