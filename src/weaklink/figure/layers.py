"""Layers: what a camera sees of one pose, as outlines: skin, tones, muscles, shade, lines, what is held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from weaklink.figure.contours import chains, contours
from weaklink.figure.mesh import TONES
from weaklink.figure.props import Prop
from weaklink.figure.raster import NOTHING, Raster, blurred, blurred_inside, rastered
from weaklink.figure.shown import LitSheet, Shown
from weaklink.figure.view import Box, View

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

PULL_M = 0.012  # muscles are seen this much nearer than they lie, so that the skin does not hide them
LAMP = np.array([-0.50, 0.62, 0.60])  # left, above and before the camera
GRAIN = 1.25  # units of the picture between the points that are looked at
CLOTHES = ("clothes", "hair", "shoes")
SOFT, RIM = 1.0, 0.42  # points of the picture; how far a tone may reach over the rim of the body
SHADES = (0.44, 0.24)  # brightness below which skin is drawn darker
BRIGHT = 0.86
STEP_M = 0.014  # a step in depth that is drawn as a line


class Window(NamedTuple):
    """The part of a picture that is looked at closely, and how finely."""

    left: int
    top: int
    size: tuple[int, int]  # points across and down
    grain: float  # units of the picture between points

    def view(self, view: View) -> View:
        """The same view in points of the window."""
        x, y = view.centre
        return view._replace(
            focal=view.focal / self.grain, centre=((x - self.left) / self.grain, (y - self.top) / self.grain)
        )

    def rings(self, field: FloatArray, smallest: float = 60.0) -> list[FloatArray]:
        """The outlines of what is positive in a field, in units of the picture."""
        return [self.units(ring) for ring in contours(field, 0, smallest / self.grain**2)]

    def units(self, points: FloatArray) -> FloatArray:
        """Points of the window in units of the picture, (n, 2)."""
        return points * self.grain + [self.left, self.top]


class DrawnMuscle(NamedTuple):
    """A lit muscle where it is seen."""

    lit: LitSheet
    field: FloatArray
    rings: list[FloatArray]


class Layers(NamedTuple):
    """One pose as seen, as outlines in units of the picture."""

    window: Window
    body: BoolArray  # where the skin is, in points of the window
    skin: list[FloatArray]
    tones: dict[str, list[FloatArray]]  # clothes, hair, shoes
    muscles: list[DrawnMuscle]
    shades: list[list[FloatArray]]  # darker and darker
    bright: list[FloatArray]
    lines: list[FloatArray]  # where one part of the body crosses another, each (n, 2)
    held: list[tuple[Prop, list[FloatArray]]]


def seen(pose: Shown, room: Sequence[Prop], view: View, box: Box, grain: float = GRAIN) -> Layers:
    """One pose from a camera; what stands in the room hides what is behind it.

    Args:
        room: props that may hide the body; those drawn as glass are left out by the caller.
        box: the part of the picture it may fill.
    """
    mesh, body = pose.human.mesh, pose.body
    vertices, triangles, owners = _joined(pose, room)
    window = _window(pose, view, box, grain)
    close = window.view(view)
    raster = rastered(close.project(vertices), triangles, window.size)
    owner = np.where(raster.covered, owners[np.maximum(raster.triangle, 0)], NOTHING)
    skin = owner == 0
    shape = blurred(skin.astype(np.float64), SOFT)
    normals = np.zeros((len(vertices), 4))
    normals[: len(mesh.vertices), :3] = body.normals[0]
    normals[: len(mesh.vertices), 3] = mesh.occlusion
    surface = raster.values(triangles, normals)
    soft = blurred_inside(_light(surface[..., :3], surface[..., 3], view), skin, 3.0 / grain)
    tone = np.where(skin, mesh.tones[np.clip(raster.triangle, 0, len(mesh.tones) - 1)], NOTHING)
    return Layers(
        window=window,
        body=skin,
        skin=window.rings(shape - 0.5),
        tones={name: window.rings(_within(_is(tone, name), skin, shape)) for name in CLOTHES},
        muscles=list(_muscles(pose.sheets, raster, close, window, shape)),
        shades=[window.rings(np.minimum(4 * (level - soft), shape - RIM)) for level in SHADES],
        bright=window.rings(np.minimum(4 * (soft - BRIGHT), shape - 0.5)),
        lines=[window.units(line) for line in _crossings(raster, skin, surface[..., :3], close)],
        held=_held(pose.held, owner, len(room), window),
    )


def _window(pose: Shown, view: View, box: Box, grain: float) -> Window:
    """The part of the picture the body and what it holds are in."""
    points = np.vstack([pose.body.vertices[0], *(prop.vertices for prop in pose.held)])
    at = view.project(points)[:, :2]
    low = np.clip(np.floor(at.min(axis=0)) - 6, box.low, box.high - 8).astype(int)
    high = np.clip(np.ceil(at.max(axis=0)) + 6, low + 8, box.high)
    across, down = np.ceil((high - low) / grain).astype(int)
    return Window(int(low[0]), int(low[1]), (int(across), int(down)), grain)


def _is(tone: IntArray, name: str) -> BoolArray:
    found: BoolArray = (tone == TONES.index(name)) | ((name == "shoes") & (tone == TONES.index("soles")))
    return found


def _joined(pose: Shown, room: Sequence[Prop]) -> tuple[FloatArray, IntArray, IntArray]:
    """All surfaces as one, and whose each triangle is: 0 the body's, then the room's, then what is held."""
    vertices, triangles = [pose.body.vertices[0]], [pose.human.mesh.triangles]
    owners = [np.zeros(len(triangles[0]), dtype=np.int64)]
    count = len(vertices[0])
    for owner, prop in enumerate((*room, *pose.held), start=1):
        vertices.append(prop.vertices)
        triangles.append(prop.triangles + count)
        owners.append(np.full(len(prop.triangles), owner, dtype=np.int64))
        count += len(prop.vertices)
    return np.vstack(vertices), np.vstack(triangles), np.concatenate(owners)


def _light(normals: FloatArray, occlusion: FloatArray, view: View) -> FloatArray:
    """How bright the skin is, about 0 to 1: a lamp beside the camera, the sky, less in folds."""
    towards = LAMP @ view.axes / np.linalg.norm(LAMP)
    lamp = np.clip(normals @ towards, 0, None)
    sky = 0.5 + 0.5 * normals[..., 1]
    found: FloatArray = 0.70 * lamp + 0.34 * sky - 0.45 * occlusion
    return found


def _within(mask: BoolArray, skin: BoolArray, shape: FloatArray) -> FloatArray:
    """A tone of the skin: its own edge inside the body, a little over the rim where it reaches the rim."""
    inside: FloatArray = np.minimum(blurred_inside(mask.astype(np.float64), skin, SOFT) - 0.5, shape - RIM)
    return inside


def _muscles(
    sheets: Sequence[LitSheet], raster: Raster, view: View, window: Window, shape: FloatArray
) -> Iterator[DrawnMuscle]:
    """Every lit muscle where the body does not hide it."""
    for lit in sheets:
        at = view.project(lit.body.vertices[0])
        own = rastered(at, lit.sheet.triangles, window.size)
        visible = own.covered & (own.depth + PULL_M > raster.depth)
        facing = view.facing(lit.body.vertices[0], lit.body.normals[0])
        visible &= own.values(lit.sheet.triangles, facing) > 0.05
        if visible.any():
            field = np.minimum(blurred(visible.astype(np.float64), 1.6 / window.grain) - 0.5, shape - 0.5)
            yield DrawnMuscle(lit, field, window.rings(field, 40))


def _held(
    props: Sequence[Prop], owner: IntArray, before: int, window: Window
) -> list[tuple[Prop, list[FloatArray]]]:
    found = []
    for index, prop in enumerate(props, start=1 + before):
        mask = owner == index
        if mask.any():
            found.append((prop, window.rings(blurred(mask.astype(np.float64), 0.7) - 0.5, 6)))
    return found


def _crossings(raster: Raster, skin: BoolArray, normals: FloatArray, view: View) -> list[FloatArray]:
    """Lines where the body lies before itself: a step in depth that its own slope does not explain."""
    depth = np.where(skin, raster.depth, 0.0)
    slopes = normals @ view.axes.T
    steep = np.hypot(slopes[..., 0], slopes[..., 1]) / np.maximum(slopes[..., 2], 0.08)
    expected = steep / view.units_per_m
    flags = []
    for axis in (1, 0):
        one, other = _neighbours(depth, axis)
        first, last = _neighbours(expected, axis)
        behind = np.where(one < other, first, last)
        both = np.logical_and(*_neighbours(skin, axis))
        flags.append(both & (np.abs(one - other) > STEP_M + 2.0 * behind))
    return chains((flags[0], flags[1]))


def _neighbours(field: npt.NDArray[Any], axis: int) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Every point and the next one along an axis."""
    if axis == 1:
        return field[:, :-1], field[:, 1:]
    return field[:-1], field[1:]
