"""Posing: the joint coordinates that meet a phase's contacts, aims and angles best (inverse kinematics)."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from weaklink.body.joints import RESTING_ENDS, stem_of
from weaklink.body.skeleton import Skeleton, skeleton_of
from weaklink.movement.balance import outside
from weaklink.movement.format import FLOOR, Aim
from weaklink.movement.kinematics import Placed, place
from weaklink.movement.least_squares import minimise
from weaklink.movement.surfaces import distance, from_floor, from_thing
from weaklink.movement.task import Task

FloatArray = npt.NDArray[np.float64]

# One unit is one centimetre of a missed contact; all weights are our choice.
TOUCH, PIN, SINK, OVERLAP, DIRECTION, LEVEL, BALANCE, MIDDLE = 100, 150, 150, 60, 15, 100, 100, 12
STANDING_M = 0.6  # a wider support, as on hands and knees, needs no centring
SKIN_M = 0.003  # soft flesh: this much deeper than its ball is not sinking
INSIDE_M = 0.01  # how far the centre of mass has to be inside what carries it
END_RAD, END_WEIGHT = np.deg2rad(5.0), np.rad2deg(0.03)


class Pose(NamedTuple):
    """A solved pose and what is left unmet."""

    coordinates: FloatArray
    cost: float


def solve(task: Task, start: FloatArray | None = None, rounds: int = 60) -> Pose:
    """The pose of a task, from the written angles or a given start."""
    first = settle(task, task.wanted) if start is None else start
    point, cost = minimise(lambda batch: residuals(task, batch), first, task.low, task.high, rounds)
    return Pose(point, cost)


def settle(task: Task, coordinates: FloatArray) -> FloatArray:
    """The same pose, lifted or lowered so that what carries it is near what it stands on."""
    balls = place(task.skeleton, coordinates).balls[0]
    tops = {FLOOR: 0.0, **{thing.name: thing.high[1] for thing in task.things if thing.kind != "wall"}}
    gaps = [
        balls[touch.ball, 1] - task.skeleton.ball_radii[touch.ball] - tops[touch.on]
        for touch in task.touches
        if touch.on in tops
    ]
    moved = coordinates.copy()
    if gaps:
        moved[task.skeleton.coordinate("pelvis_ty")] -= float(np.median(gaps))
    return moved


def residuals(task: Task, batch: FloatArray) -> FloatArray:
    """Everything a pose misses, as one row for each body of a batch."""
    placed = place(task.skeleton, batch)
    parts = [TOUCH * _touch_gaps(task, placed), *_pins(task, placed), SINK * _sunk(task, placed)]
    parts += [OVERLAP * _overlaps(task, placed), *(_aim(task, aim, placed) for aim in task.aims)]
    parts += [*_balance(task, placed), task.weights * (batch - task.wanted), _ends(task, batch)]
    return np.hstack(parts)


def _touch_gaps(task: Task, placed: Placed) -> FloatArray:
    """How far every touching ball is from its thing, (n, n_touches)."""
    radii = task.skeleton.ball_radii
    gaps = [
        distance(touch.on, task.things, placed.balls[:, touch.ball]) - radii[touch.ball]
        for touch in task.touches
    ]
    return np.stack(gaps, axis=1) if gaps else np.zeros((len(placed.balls), 0))


def _pins(task: Task, placed: Placed) -> Iterator[FloatArray]:
    for ball, there in task.pins.items():
        yield PIN * (placed.balls[:, ball] - there)


def _sunk(task: Task, placed: Placed) -> FloatArray:
    """How deep every ball is in the floor and in every thing, (n, n_balls x n_things)."""
    radii = task.skeleton.ball_radii - SKIN_M
    gaps = [from_floor(placed.balls), *(from_thing(thing, placed.balls) for thing in task.things)]
    return np.hstack([np.clip(radii - gap, 0, None) for gap in gaps])


@functools.cache
def pairs_that_may_meet(height_m: float) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Balls of segments that are three joints apart or more: neighbours overlap by nature."""
    skeleton = skeleton_of(height_m)
    found = [
        (one, other)
        for one in range(len(skeleton.balls))
        for other in range(one)
        if _apart(skeleton, int(skeleton.ball_segments[one]), int(skeleton.ball_segments[other])) > 2
    ]
    first, second = np.array(found, dtype=np.int64).T
    return first, second


def _apart(skeleton: Skeleton, one: int, other: int) -> int:
    """The number of joints between two segments; the two thighs count as three apart."""
    paths = []
    for segment in (one, other):
        path = [segment]
        while skeleton.parents[path[-1]] >= 0:
            path.append(skeleton.parents[path[-1]])
        paths.append(path)
    if {skeleton.segments[one][:-2], skeleton.segments[other][:-2]} == {"thigh"} and one != other:
        return 3
    meeting = next(segment for segment in paths[0] if segment in paths[1])
    return paths[0].index(meeting) + paths[1].index(meeting)


def _overlaps(task: Task, placed: Placed) -> FloatArray:
    """How deep the body is in itself, for every pair of balls that is near."""
    first, second = pairs_that_may_meet(task.skeleton.height_m)
    reach = task.skeleton.ball_radii[first] + task.skeleton.ball_radii[second]
    near = np.linalg.norm(placed.balls[0, first] - placed.balls[0, second], axis=1) < reach + 0.05
    apart = np.linalg.norm(placed.balls[:, first[near]] - placed.balls[:, second[near]], axis=2)
    depth: FloatArray = np.clip(reach[near] - SKIN_M - apart, 0, None)
    return depth


def _aim(task: Task, aim: Aim, placed: Placed) -> FloatArray:
    """What one aim misses, (n, 1) or (n, 3)."""
    scale = task.skeleton.height_m / 1.75
    if aim.put is not None:
        there = placed.balls[:, task.skeleton.ball(aim.put), "xyz".index(aim.axis)]
        return _column(aim.firm * LEVEL * (there - scale * aim.gap))
    one, other = aim.line or aim.level or aim.meet or ("", "")
    first, second = task.skeleton.ball(one), task.skeleton.ball(other)
    between = placed.balls[:, second] - placed.balls[:, first]
    if aim.line is not None:
        along = np.asarray(aim.along) / np.linalg.norm(aim.along)
        turned: FloatArray = between / np.linalg.norm(between, axis=1, keepdims=True) - along
        return aim.firm * DIRECTION * turned
    if aim.level is not None:
        return _column(-aim.firm * LEVEL * (between[:, "xyz".index(aim.axis)] + scale * aim.gap))
    reach = task.skeleton.ball_radii[first] + task.skeleton.ball_radii[second] + scale * aim.gap
    return _column(aim.firm * LEVEL * (np.linalg.norm(between, axis=1) - reach))


def _column(values: FloatArray) -> FloatArray:
    return values.reshape(-1, 1)


def _balance(task: Task, placed: Placed) -> Iterator[FloatArray]:
    if not task.support:
        return
    ground = [0, 2]
    centre = placed.mass_centre[:, ground]
    support = placed.balls[:, list(task.support)][:, :, ground]
    yield BALANCE * np.clip(outside(centre, support) + INSIDE_M, 0, None)[:, None]
    if np.ptp(support[0], axis=0).max() < STANDING_M:
        yield MIDDLE * (centre - support.mean(axis=1))


def carried(coordinates: FloatArray, support: tuple[int, ...], task: Task) -> bool:
    """Whether these balls alone carry the body in this pose; two points or fewer never do."""
    if len(support) < 3:
        return False
    placed = place(task.skeleton, coordinates)
    points = placed.balls[:, list(support)][:, :, [0, 2]]
    return bool(outside(placed.mass_centre[:, [0, 2]], points)[0] <= 0)


def _ends(task: Task, batch: FloatArray) -> FloatArray:
    """Coordinates near the end of their range; a straight knee or elbow is at rest."""
    names = task.skeleton.coordinates
    low = np.array([-9.0 if stem_of(name) in RESTING_ENDS else task.low[i] for i, name in enumerate(names)])
    beyond = np.clip(low + END_RAD - batch, 0, None) + np.clip(batch - task.high + END_RAD, 0, None)
    near: FloatArray = END_WEIGHT * beyond[:, np.array([not name.startswith("pelvis") for name in names])]
    return near
