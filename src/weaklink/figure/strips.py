"""Strips: triangles as one long strip, in which a triangle costs about one number instead of three.

A strip that begins one number later runs the other way round: a mirrored half needs no triangles of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
Edges = dict[tuple[int, int], tuple[int, int]]  # directed edge → its triangle and the corner across


def one_strip(triangles: IntArray) -> IntArray:
    """All triangles as one strip; its first runs their own way, flat ones join its parts, (n,)."""
    found: list[int] = []
    for part in _parts(triangles):
        if found:
            found += [found[-1], part[0]]
            if len(found) % 2:
                found.append(part[0])
        found += part
    return np.array(found, dtype=np.int64)


def triangles_of(strip: IntArray) -> IntArray:
    """The triangles of a strip without the flat ones, (m, 3)."""
    rows = np.stack([strip[:-2], strip[1:-1], strip[2:]], axis=1)
    rows[1::2] = rows[1::2][:, [1, 0, 2]]
    solid = (rows[:, 0] != rows[:, 1]) & (rows[:, 1] != rows[:, 2]) & (rows[:, 2] != rows[:, 0])
    found: IntArray = rows[solid]
    return found


def _parts(triangles: IntArray) -> Iterator[list[int]]:
    """Strips that together hold every triangle once; each starts where the last one ended, if it can."""
    rows = [(int(a), int(b), int(c)) for a, b, c in triangles]
    edges: Edges = {}
    for index, (a, b, c) in enumerate(rows):
        edges |= {(a, b): (index, c), (b, c): (index, a), (c, a): (index, b)}
    left = dict.fromkeys(range(len(rows)))
    while left:
        start = next(iter(left))
        a, b, c = rows[start]
        tried = [_walk(first, start, edges, left) for first in ([a, b, c], [b, c, a], [c, a, b])]
        strip, used = max(tried, key=lambda one: len(one[1]))
        for index in used:
            del left[index]
        yield strip


def _walk(first: list[int], start: int, edges: Edges, left: dict[int, None]) -> tuple[list[int], list[int]]:
    """The strip that begins with these corners, as far as it goes, and the triangles it uses."""
    strip, used = list(first), [start]
    seen = {start}
    while True:
        before, last = strip[-2:]
        edge = (last, before) if len(used) % 2 else (before, last)
        index, across = edges.get(edge, (-1, -1))
        if index not in left or index in seen:
            return strip, used
        strip.append(across)
        used.append(index)
        seen.add(index)
