"""The map: the standing body from the front and the back, and the regions of it that can be pointed at.

Plate units: 800 for the stature, x from the midline to the viewer's right, y down from above the crown.
What is drawn and traced here is in quarters of them, as whole numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from weaklink.body.skeleton import Skeleton, skeleton_of
from weaklink.figure.bones import bone_names
from weaklink.figure.contours import smooth_path
from weaklink.figure.drawing import draw_pose
from weaklink.figure.human import Human
from weaklink.figure.layers import Layers, seen
from weaklink.figure.raster import blurred, rastered
from weaklink.figure.shown import Shown, bare
from weaklink.figure.view import Box, View, axes_of

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
MapView = Literal["front", "back"]
Point = tuple[float, float]

MAP_REVISION = 1  # raised by hand when the same body is drawn in another way
QUARTERS = 4
LEFT, TOP, WIDTH, HEIGHT = -160.0, 8.0, 320.0, 832.0  # of a plate, in its units
SOLES = 830.0  # where the floor is
STATURE = 800.0
AROUND_DEG: dict[MapView, float] = {"front": 90.0, "back": -90.0}
FAR_M = 9.0  # from far away front and back have the same outline
# Arms clear of the hips, palms turned a little forward, feet under the hips. Degrees.
POSE_DEG = {"arm_add": -13.0, "arm_flex": 1.0, "elbow_flex": 8.0, "pro_sup": 55.0, "hip_adduction": -0.5}
TOLERANCE = 1.6  # quarters of a plate unit
ARM_BONES = ("upper_arm", "elbow", "forearm", "twist", "hand", "fingers", "fingertips", "thumb")
OVER_RIM = 0.06  # an area reaches a little over the rim of the body, where its own edge is not seen
SAG = 9.0  # how far a seam across a limb hangs through, plate units


class BodyMap(NamedTuple):
    """One side of the body: its drawing, and each region as path data, all in quarters of plate units."""

    drawing: str
    areas: dict[str, str]


def body_map(human: Human, view: MapView, regions: Mapping[str, tuple[Point, ...]]) -> BodyMap:
    """The body from one side, and its part inside each region; hands and arms belong to none.

    Args:
        regions: rough outlines in plate units, by a name of the caller's.
    """
    pose = bare(human, _standing(skeleton_of(human.height_m)))
    layers = seen(pose, [], _view(human, view), _box(), grain=2.0)
    body = blurred(layers.body.astype(np.float64), 1.5) > OVER_RIM
    body &= ~_arms(pose, layers, _view(human, view))
    areas = {}
    for name, outline in regions.items():
        inside = body & _filled(_sagging(outline), layers)
        rings = layers.window.rings(blurred(inside.astype(np.float64), 1.2) - 0.5, 400)
        areas[name] = smooth_path(rings[:1], 2 * TOLERANCE)
    return BodyMap(draw_pose(layers, TOLERANCE), areas)


def _standing(skeleton: Skeleton) -> FloatArray:
    coordinates = skeleton.standing.copy()
    for index, name in enumerate(skeleton.coordinates):
        if name[:-2] in POSE_DEG:
            coordinates[index] = np.deg2rad(POSE_DEG[name[:-2]])
    return coordinates


def _view(human: Human, view: MapView) -> View:
    """A distant camera at half height, in quarters of plate units."""
    focal = QUARTERS * STATURE / human.height_m * FAR_M
    middle = QUARTERS * (SOLES - STATURE / 2)
    target = np.array([0.0, human.height_m / 2, 0.0])
    return View(axes_of(AROUND_DEG[view], 0.0), target, FAR_M, focal, (0.0, middle))


def _box() -> Box:
    return Box(QUARTERS * LEFT, QUARTERS * TOP, QUARTERS * WIDTH, QUARTERS * HEIGHT)


def _arms(pose: Shown, layers: Layers, view: View) -> BoolArray:
    """Where an arm or a hand is nearest, in points of the window."""
    mesh, window = pose.human.mesh, layers.window
    names = np.array([name[:-2] for name in bone_names()])
    main = mesh.bones[np.arange(len(mesh.bones)), mesh.weights.argmax(axis=1)]
    arms = np.isin(names[main], ARM_BONES)[mesh.triangles].sum(axis=1) > 1
    raster = rastered(window.view(view).project(pose.body.vertices[0]), mesh.triangles, window.size)
    found: BoolArray = raster.covered & arms[np.maximum(raster.triangle, 0)]
    return found


def _sagging(outline: tuple[Point, ...]) -> FloatArray:
    """An outline in quarters of plate units whose seams across a limb hang like bracelets, (n, 2)."""
    points: list[FloatArray] = []
    for start, end in zip(outline, (*outline[1:], outline[0]), strict=True):
        ends = np.array([start, end])
        across = abs(ends[1, 0] - ends[0, 0]) > 24 and abs(ends[1, 1] - ends[0, 1]) < 48
        share = np.linspace(0, 1, 13)[:-1, None] if across else np.zeros((1, 1))
        hang = np.array([0.0, SAG]) * 2 * share * (1 - share)
        points += list((1 - share) * ends[0] + share * ends[1] + hang)
    return QUARTERS * np.array(points)


def _filled(outline: FloatArray, layers: Layers) -> BoolArray:
    """The points of the window inside an outline, by counting its edges to the left."""
    width, height = layers.window.size
    at = (outline - [layers.window.left, layers.window.top]) / layers.window.grain
    x, y = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
    inside = np.zeros((height, width), dtype=bool)
    for (x0, y0), (x1, y1) in zip(at, np.roll(at, -1, axis=0), strict=True):
        if y0 != y1:
            rows = ((y0 <= y[:, 0]) != (y1 <= y[:, 0])).nonzero()[0]
            inside[rows] ^= x[rows] > x0 + (y[rows] - y0) * (x1 - x0) / (y1 - y0)
    return inside
