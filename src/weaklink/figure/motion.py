"""Motion: an arrow along the way of the part that moves most."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from weaklink.body.skeleton import skeleton_of
from weaklink.figure.contours import relaxed, smooth_line
from weaklink.figure.layers import Layers, Window
from weaklink.figure.raster import blurred
from weaklink.figure.view import View
from weaklink.movement.baked import Baked
from weaklink.movement.kinematics import place

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

ENDS = ("toe_in", "heel", "knee", "knuckle_out", "elbow", "shoulder", "skull", "crest", "buttock")
SHORTEST, LONGEST, TIP = 110.0, 330.0, 46.0  # units of the picture
MOST_BENT = 1.25  # a way longer than this against the straight one is drawn straight
MOST_CROWDED = 0.35  # an arrow that lies on the body for more of its length is left out
OFFSETS = (48, -48, 75, -75, 105, -105, 140, -140)


def draw_arrow(
    baked: Baked, phases: tuple[int, int], view: View, layers: Layers, size: tuple[int, int]
) -> str:
    """An arrow beside the way of the part that moves most in the picture, from one phase to another.

    Args:
        layers: where the body is; the arrow keeps clear of it as well as it can.
    """
    way = _way(baked, phases, view)
    if way is None:
        return ""
    near = blurred(layers.body.astype(np.float64), 8.0 / layers.window.grain) > 0.05
    lines = [_beside(way, offset) for offset in OFFSETS]
    best = min(lines, key=lambda line: _crowded(line, near, layers.window, size))
    if _crowded(best, near, layers.window, size) > MOST_CROWDED * len(best):
        return ""
    line = smooth_line(best, 2.0)
    return (
        '<path fill="none" stroke="var(--ink)" stroke-width="2" vector-effect="non-scaling-stroke" '
        f'stroke-linecap="round" stroke-linejoin="round" d="{line}{_tip(best)}"/>'
    )


def _way(baked: Baked, phases: tuple[int, int], view: View) -> FloatArray | None:
    """The way of the part that moves furthest in the picture, (n, 2); None when nothing moves to be seen."""
    body = skeleton_of()
    balls = [
        index for index, name in enumerate(body.balls) if name.removesuffix("_r").removesuffix("_l") in ENDS
    ]
    start, end = phases
    steps = baked.coordinates[start : end + 1]
    seen = view.project(place(body, steps).balls[:, balls])[..., :2]
    moved = np.linalg.norm(seen[-1] - seen[0], axis=1)
    furthest = seen[:, int(moved.argmax())]
    if moved.max() < 6:
        return None
    line = relaxed(_evenly(furthest, 24), 8, closed=False)
    length, direct = float(np.linalg.norm(np.diff(line, axis=0), axis=1).sum()), line[-1] - line[0]
    if length < SHORTEST or length > MOST_BENT * np.linalg.norm(direct):
        reach = np.clip(np.linalg.norm(direct), SHORTEST, LONGEST) / 2 * direct / np.linalg.norm(direct)
        straight: FloatArray = line.mean(axis=0) + np.linspace(-1, 1, 24)[:, None] * reach
        return straight
    share = min(1.0, LONGEST / length)
    first, last = len(line) * (0.5 - share / 2), len(line) * (0.5 + share / 2)
    return line[int(first) : int(np.ceil(last))]


def _evenly(line: FloatArray, count: int) -> FloatArray:
    """The same line with points at even distances."""
    gone = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    steps = np.linspace(0, gone[-1], count)
    return np.stack([np.interp(steps, gone, line[:, axis]) for axis in (0, 1)], axis=1)


def _beside(line: FloatArray, offset: float) -> FloatArray:
    along = np.gradient(line, axis=0)
    along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
    moved: FloatArray = line + offset * along[:, ::-1] * np.array([1.0, -1.0])
    return moved


def _crowded(line: FloatArray, near: BoolArray, window: Window, size: tuple[int, int]) -> float:
    """How much of a line lies on the body or outside the picture."""
    outside = ((line < 30) | (line > np.array(size) - 30)).any(axis=1)
    at = np.rint((line - [window.left, window.top]) / window.grain).astype(int)
    inside = ((at >= 0) & (at < window.size)).all(axis=1)
    columns, rows = at[inside].T
    return float(2.0 * outside.sum() + near[rows, columns].sum())


def _tip(line: FloatArray) -> str:
    """The two strokes of an arrow head at the end of a line."""
    along = line[-1] - line[-3]
    way = np.arctan2(along[1], along[0])
    tip = np.rint(line[-1]).astype(int)
    strokes = ""
    for wing in (np.deg2rad(150), np.deg2rad(-150)):
        reach = np.rint(TIP * np.array([np.cos(way + wing), np.sin(way + wing)])).astype(int)
        strokes += f"M{tip[0]} {tip[1]}l{reach[0]} {reach[1]}"
    return strokes
