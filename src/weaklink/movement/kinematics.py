"""Kinematics: where every segment and every ball of flesh is, from joint coordinates."""

from __future__ import annotations

import functools
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from weaklink.body.skeleton import Skeleton, skeleton_of

FloatArray = npt.NDArray[np.float64]

# The shoulder girdle follows the arm: raised by this share of its lift past 25 degrees,
# drawn forward with its reach (our choice, by eye).
GIRDLE_LIFT = 0.30
GIRDLE_REACH = 0.28
GIRDLE_STARTS_RAD = np.deg2rad(25.0)
IDENTITY = np.eye(3)


class Placed(NamedTuple):
    """A batch of bodies in the room."""

    rotations: FloatArray  # segment to room, (n, n_segments, 3, 3)
    joints: FloatArray  # [m], (n, n_segments, 3)
    balls: FloatArray  # centres [m], (n, n_balls, 3)
    mass_centre: FloatArray  # [m], (n, 3)


def place(skeleton: Skeleton, coordinates: FloatArray) -> Placed:
    """Segments, flesh and centre of mass of a batch of poses.

    Args:
        coordinates: in the skeleton's order [rad; pelvis_tx, _ty, _tz in m], shape (n, n_coordinates).
    """
    rotations, joints = _segments(skeleton, np.atleast_2d(coordinates))
    turned = np.einsum("nsij,sj->nsi", rotations, skeleton.centres)
    balls = skeleton.ball_segments
    flesh = joints[:, balls] + np.einsum("nbij,bj->nbi", rotations[:, balls], skeleton.ball_centres)
    mass_centre = np.einsum("s,nsi->ni", skeleton.mass_shares, joints + turned) / skeleton.mass_shares.sum()
    return Placed(rotations, joints, flesh, mass_centre)


def _segments(skeleton: Skeleton, coordinates: FloatArray) -> tuple[FloatArray, FloatArray]:
    count = len(coordinates)
    rotations = np.empty((count, len(skeleton.segments), 3, 3))
    joints = np.empty((count, len(skeleton.segments), 3))
    turns = _turns(skeleton, coordinates)
    for index, parent in enumerate(skeleton.parents):
        own = _own_rotation(skeleton, index, turns, coordinates)
        if parent < 0:
            rotations[:, index], joints[:, index] = own, _root(skeleton, coordinates)
            continue
        rotations[:, index] = rotations[:, skeleton.turns_with[index]] @ own
        joints[:, index] = joints[:, parent] + rotations[:, parent] @ skeleton.offsets[index]
    return rotations, joints


def _root(skeleton: Skeleton, coordinates: FloatArray) -> FloatArray:
    return coordinates[:, [skeleton.coordinate(name) for name in ("pelvis_tx", "pelvis_ty", "pelvis_tz")]]


class Axes(NamedTuple):
    """Every elementary rotation of a skeleton: what turns it, by which share, and its axis as a matrix."""

    coordinates: npt.NDArray[np.int64]
    shares: FloatArray
    cross: FloatArray  # (n_turns, 3, 3)
    squared: FloatArray


@functools.cache
def _axes(height_m: float) -> Axes:
    turns = [turn for turns in skeleton_of(height_m).rotations for turn in turns]
    cross = np.array([_cross(turn.axis) for turn in turns])
    return Axes(
        np.array([turn.coordinate for turn in turns]),
        np.array([turn.share for turn in turns]),
        cross,
        cross @ cross,
    )


def _turns(skeleton: Skeleton, coordinates: FloatArray) -> FloatArray:
    """Every elementary rotation at once, (n, n_turns, 3, 3), by Rodrigues' formula."""
    axes = _axes(skeleton.height_m)
    angles = axes.shares * coordinates[:, axes.coordinates]
    sine, cosine = np.sin(angles)[..., None, None], np.cos(angles)[..., None, None]
    turned: FloatArray = IDENTITY + sine * axes.cross + (1 - cosine) * axes.squared
    return turned


def _own_rotation(skeleton: Skeleton, segment: int, turns: FloatArray, coordinates: FloatArray) -> FloatArray:
    """The rotation of a segment against the one it turns with, (n, 3, 3)."""
    if skeleton.segments[segment].startswith("clavicle"):
        return _girdle(skeleton, skeleton.segments[segment][-2:], coordinates)
    first = sum(len(before) for before in skeleton.rotations[:segment])
    own = turns[:, first]
    for index in range(first + 1, first + len(skeleton.rotations[segment])):
        own = own @ turns[:, index]
    return own


def _girdle(skeleton: Skeleton, suffix: str, coordinates: FloatArray) -> FloatArray:
    """The collar bone's own rotation, which follows where the upper arm points."""
    side = 1.0 if suffix == "_r" else -1.0
    flexion = coordinates[:, skeleton.coordinate("arm_flex" + suffix)]
    adduction = side * coordinates[:, skeleton.coordinate("arm_add" + suffix)]
    forward = np.sin(flexion) * np.cos(adduction)
    outward = -side * np.sin(adduction)
    down = np.cos(flexion) * np.cos(adduction)
    lifted = GIRDLE_LIFT * np.clip(np.arccos(np.clip(down, -1, 1)) - GIRDLE_STARTS_RAD, 0, None)
    share = 0.35 + 0.65 * np.clip(outward, 0, None) / (np.hypot(outward, forward) + 1e-6)
    reach = GIRDLE_REACH * forward * np.sqrt(np.clip(1 - down**2, 0, 1))
    return about((1.0, 0.0, 0.0), -side * lifted * share) @ about((0.0, 1.0, 0.0), side * reach)


def about(axis: tuple[float, float, float], angles: FloatArray) -> FloatArray:
    """Rotations about one unit axis, (n, 3, 3), for angles in radians, (n,)."""
    cross = _cross(axis)
    sine, cosine = np.sin(angles)[:, None, None], np.cos(angles)[:, None, None]
    turned: FloatArray = IDENTITY + sine * cross + (1 - cosine) * (cross @ cross)
    return turned


def _cross(axis: tuple[float, float, float]) -> FloatArray:
    """The matrix that multiplies a vector as the cross product with an axis does."""
    x, y, z = axis
    return np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
