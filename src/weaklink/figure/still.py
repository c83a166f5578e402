"""Stills: a movement as one picture in lines and flat tones, drawn from the posed body.

The picture is an SVG symbol whose every colour is a custom property of the page, so that it follows the
theme and prints black on white. Start and end stand side by side where the body is upright; where it lies
or kneels, the start is a thin outline behind the end.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from weaklink.body.skeleton import skeleton_of
from weaklink.figure.drawing import draw_floor, draw_ghost, draw_pose, draw_room
from weaklink.figure.human import Human
from weaklink.figure.layers import Layers, seen
from weaklink.figure.motion import draw_arrow
from weaklink.figure.props import Prop, props_in_room
from weaklink.figure.shown import Lit, Shown, points_of, shown
from weaklink.figure.view import Box, View, fitted
from weaklink.movement.baked import Baked
from weaklink.movement.format import Movement
from weaklink.movement.kinematics import place

FloatArray = npt.NDArray[np.float64]
SIZE = (1400, 1000)
MOST_BYTES = 12_000
STILL_REVISION = 1  # raised by hand when the same movement is drawn in another way
PAIR_SHARE = 0.78  # two bodies stand side by side unless that makes them smaller than this
STILL_M = 0.015  # a body that moves less than this is drawn once
BESIDE_M = 0.5  # things are in the picture this far beyond the body
SQUARELY = 0.35  # a wall is looked through when it is seen more squarely than this
LOW_M = 0.62  # a pelvis lower than this lies, kneels or sits on the floor: on a mat
TOLERANCES = (0.9, 1.3, 1.9, 2.7, 3.9, 5.5, 8.0)  # how far an outline may be off, finer ones first


class Still(NamedTuple):
    """A picture of SIZE units."""

    drawing: str  # what stands inside the svg element
    paired: bool  # start and end side by side


def second_camera(movement: Movement) -> tuple[float, float]:
    """A camera that sees what the first one cannot: from the front, the back or the side, a little higher."""
    around, up = movement.view
    return around + 90 if abs(around % 180 - 90) > 45 else around - 90, up + 8


def still(
    baked: Baked,
    human: Human,
    lit: Lit,
    camera: tuple[float, float] | None = None,
    most_bytes: int = MOST_BYTES,
) -> Still:
    """A movement's start and end as one picture.

    Args:
        camera: another than the movement's own.
        most_bytes: outlines get coarser until the picture is as small as this.
    """
    phases = tuple(dict.fromkeys(start_and_end(baked)))
    poses = [pose_at(baked, human, lit, phase) for phase in phases]
    points = points_of(poses, baked.movement.feet)
    room = props_in_room(baked.movement, human.height_m / 1.75, points)
    points = np.vstack([points, *_near(room, points)])
    boxes = _boxes(points, camera or baked.view, len(poses))
    views = [fitted(points, camera or baked.view, box) for box in boxes]
    panels = [
        _panel(baked, poses if len(views) == 1 else [pose], room, view, box)
        for pose, view, box in zip(poses[-len(views) :], views, boxes, strict=True)
    ]
    if len(poses) == 2 and not baked.movement.travels:
        panels[-1] = panels[-1]._replace(
            arrow=draw_arrow(baked, start_and_end(baked), views[-1], panels[-1].layers, SIZE)
        )
    drawing = ""
    for tolerance in TOLERANCES:
        drawing = "".join(panel.drawn(tolerance) for panel in panels)
        if len(drawing.encode()) <= most_bytes:
            break
    return Still(drawing, len(views) == 2)


class _Panel(NamedTuple):
    """One body in the picture with what is round it."""

    ground: str
    ghost: Layers | None
    layers: Layers
    arrow: str = ""

    def drawn(self, tolerance: float) -> str:
        ghost = draw_ghost(self.ghost, tolerance) if self.ghost else ""
        return self.ground + ghost + draw_pose(self.layers, tolerance) + self.arrow


def _panel(baked: Baked, poses: list[Shown], room: list[Prop], view: View, box: Box) -> _Panel:
    """The last of these poses drawn in full, the one before as a ghost."""
    solid = [prop for prop in room if not _before(prop, poses[-1], view)]
    mat = points_of(poses) if _is_low(baked, room) else None
    ground = draw_floor(poses[-1], view, box, mat) + draw_room(room, solid, view, box)
    ghost = seen(poses[0], [], view, box, grain=2.0) if len(poses) == 2 else None
    return _Panel(ground, ghost, seen(poses[-1], solid, view, box))


def pose_at(baked: Baked, human: Human, lit: Lit, phase: int) -> Shown:
    """A body in one phase of a movement; one that travels is seen where it began."""
    coordinates = baked.coordinates[phase]
    if baked.movement.travels:
        coordinates = _at_home(baked, coordinates)
    keyframe = max(mark for mark in (0, *baked.keyframes) if mark <= phase)
    name = baked.phases[baked.keyframes.index(keyframe)].name
    return shown(human, baked.movement, coordinates, lit, name)


def _at_home(baked: Baked, coordinates: FloatArray) -> FloatArray:
    """The same pose over the place where the movement begins."""
    ground = [skeleton_of().coordinate(name) for name in ("pelvis_tx", "pelvis_tz")]
    moved = coordinates.copy()
    moved[ground] = baked.coordinates[baked.keyframes[0]][ground]
    return moved


def start_and_end(baked: Baked) -> tuple[int, int]:
    """The first keyframe and the one in which the body is furthest from it."""
    poses = baked.coordinates[list(baked.keyframes)]
    if baked.movement.travels:
        poses = np.array([_at_home(baked, pose) for pose in poses])
    balls = place(skeleton_of(), poses).balls
    moved = np.linalg.norm(balls - balls[0], axis=2).max(axis=1)
    end = int(moved.argmax()) if moved.max() > STILL_M else 0
    return baked.keyframes[0], baked.keyframes[end]


def _boxes(points: FloatArray, camera: tuple[float, float], poses: int) -> list[Box]:
    width, height = SIZE
    whole = Box(0, 0, width, height)
    halves = [Box(0, 0, width / 2, height), Box(width / 2, 0, width / 2, height)]
    if poses == 1:
        return [whole]
    alone, beside = (fitted(points, camera, box) for box in (whole, halves[0]))
    return halves if beside.units_per_m > PAIR_SHARE * alone.units_per_m else [whole]


def _near(room: list[Prop], body: FloatArray) -> list[FloatArray]:
    """What of the things in the room, but for walls, has to be in the picture, each (n, 3)."""
    low, high = body.min(axis=0) - BESIDE_M, body.max(axis=0) + BESIDE_M
    return [np.clip(prop.vertices, low, high) for prop in room if prop.kind != "wall"]


def _before(prop: Prop, pose: Shown, view: View) -> bool:
    """Whether a wall stands between the camera and the body."""
    if prop.kind != "wall":
        return False
    axis = int(np.ptp(prop.vertices, axis=0).argmin())
    wall = prop.vertices[:, axis].mean()
    body = pose.body.vertices[0][:, axis].mean()
    camera = view.target[axis] + view.distance * view.axes[2, axis]
    return bool((body - wall) * (camera - wall) < 0 and abs(view.axes[2, axis]) > SQUARELY)


def _is_low(baked: Baked, room: list[Prop]) -> bool:
    names = skeleton_of().coordinates
    heights = baked.coordinates[:, names.index("pelvis_ty")]
    sits = any(prop.kind in ("chair", "bench", "machine", "box") for prop in room)
    return bool(heights.max() < LOW_M) and not sits
