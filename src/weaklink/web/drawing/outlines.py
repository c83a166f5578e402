"""Smooth outlines through a few anatomical points, written as SVG path data."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import hypot

Point = tuple[float, float]
Points = Sequence[Point]


def smooth(points: Points, corners: frozenset[int] = frozenset(), closed: bool = True) -> str:
    """Path data of a centripetal Catmull-Rom spline through `points`; `corners` are indices that stay sharp.

    A tangent at a point uses the square roots of the distances to its neighbours, so that close points
    do not make loops (Lee 1989, centripetal parameterisation).
    """
    # The body is the same on every page: its outlines are worked out once.
    return _spline(tuple(points), corners, closed)


@lru_cache(maxsize=4096)
def _spline(points: tuple[Point, ...], corners: frozenset[int], closed: bool) -> str:
    count = len(points)
    parts = [f"M{_number(points[0][0])} {_number(points[0][1])}"]
    for index in range(count if closed else count - 1):
        parts.append(_segment(points, index, corners, closed))
    return "".join(parts) + ("Z" if closed else "")


def centre(points: Points) -> Point:
    """The mean of the points."""
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def _segment(points: Points, index: int, corners: frozenset[int], closed: bool) -> str:
    count = len(points)
    after = (index + 1) % count
    start, end = points[index], points[after]
    third = hypot(end[0] - start[0], end[1] - start[1]) ** 0.5 / 3
    straight = _straight(start, end)
    leaves_straight = index in corners or (not closed and index == 0)
    arrives_straight = after in corners or (not closed and after == count - 1)
    leave = straight if leaves_straight else _tangent(points[index - 1], start, end)
    arrive = straight if arrives_straight else _tangent(start, end, points[(after + 1) % count])
    first = (start[0] + leave[0] * third, start[1] + leave[1] * third)
    second = (end[0] - arrive[0] * third, end[1] - arrive[1] * third)
    return "C" + " ".join(_number(value) for point in (first, second, end) for value in point)


def _straight(start: Point, end: Point) -> Point:
    root = hypot(end[0] - start[0], end[1] - start[1]) ** 0.5 or 1.0
    return (end[0] - start[0]) / root, (end[1] - start[1]) / root


def _tangent(before: Point, here: Point, after: Point) -> Point:
    back = hypot(here[0] - before[0], here[1] - before[1]) ** 0.5
    forth = hypot(after[0] - here[0], after[1] - here[1]) ** 0.5
    if back < 1e-6 or forth < 1e-6:
        return 0.0, 0.0
    return (
        (here[0] - before[0]) / back - (after[0] - before[0]) / (back + forth) + (after[0] - here[0]) / forth,
        (here[1] - before[1]) / back - (after[1] - before[1]) / (back + forth) + (after[1] - here[1]) / forth,
    )


def _number(value: float) -> str:
    return f"{round(value, 1):g}"
