"""Running form: a few measures a coach or a camera reads from a runner's pose, each with its definition.

All take joint coordinates of one body, so that a measured stride, the template and a camera's pose are read
alike. What is usual or too much is not said here.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from weaklink.body.names import Leg, on_side
from weaklink.body.skeleton import Skeleton
from weaklink.movement.gait import Stride
from weaklink.movement.kinematics import Placed, place

FloatArray = npt.NDArray[np.float64]


class RunningForm(NamedTuple):
    """The form of one leg's step."""

    pelvic_drop_deg: float  # largest during stance; see `pelvic_drop_deg`
    overstride_m: float  # at initial contact; see `overstride_m`
    shank_angle_deg: float  # at initial contact; see `shank_angle_deg`
    knee_flexion_deg: float  # at initial contact
    trunk_lean_deg: float  # mean over the stride; see `trunk_lean_deg`


def pelvic_drop_deg(skeleton: Skeleton, coordinates: FloatArray, stance_leg: Leg) -> FloatArray:
    """How far the free side of the pelvis hangs below the standing side, (n,) [degrees].

    The angle of the line between the hip joints against the ground; positive when the free side is lower.
    """
    placed = place(skeleton, coordinates)
    own, other = (_joint(skeleton, placed, "thigh", leg) for leg in (stance_leg, _other(stance_leg)))
    across = own - other
    return np.rad2deg(np.arctan2(across[:, 1], np.hypot(across[:, 0], across[:, 2])))


def overstride_m(skeleton: Skeleton, coordinates: FloatArray, leg: Leg) -> FloatArray:
    """How far the ankle joint is ahead of the centre of mass along the way, (n,) [m]; asked at contact."""
    placed = place(skeleton, coordinates)
    return _joint(skeleton, placed, "foot", leg)[:, 0] - placed.mass_centre[:, 0]


def shank_angle_deg(skeleton: Skeleton, coordinates: FloatArray, leg: Leg) -> FloatArray:
    """The shank against the vertical from the side, (n,) [degrees]; positive: ankle ahead of the knee."""
    placed = place(skeleton, coordinates)
    along = _joint(skeleton, placed, "foot", leg) - _joint(skeleton, placed, "shank", leg)
    return np.rad2deg(np.arctan2(along[:, 0], -along[:, 1]))


def knee_flexion_deg(skeleton: Skeleton, coordinates: FloatArray, leg: Leg) -> FloatArray:
    """How far the knee is bent, (n,) [degrees]; 0 is straight."""
    column = skeleton.coordinate(on_side("knee_angle", leg))
    bent: FloatArray = np.rad2deg(np.atleast_2d(coordinates)[:, column])
    return bent


def trunk_lean_deg(skeleton: Skeleton, coordinates: FloatArray) -> FloatArray:
    """The line from the middle of the hips to the base of the neck against the vertical, (n,) [degrees].

    Seen from the side; positive: leaning forward.
    """
    placed = place(skeleton, coordinates)
    hips = np.mean([_joint(skeleton, placed, "thigh", leg) for leg in ("right", "left")], axis=0)
    up = placed.joints[:, skeleton.segments.index("neck")] - hips
    lean: FloatArray = np.rad2deg(np.arctan2(up[:, 0], up[:, 1]))
    return lean


def form_of(stride: Stride, leg: Leg = "right") -> RunningForm:
    """The form of one leg in a stride: pelvic drop over its stance, the rest at its initial contact."""
    body, every = stride.skeleton, stride.coordinates
    standing = stride.on_ground[:, 0 if leg == "right" else 1]
    count = len(every)
    contact = every[[round(_contact(stride, leg) * count) % count]]
    return RunningForm(
        pelvic_drop_deg=float(pelvic_drop_deg(body, every[standing], leg).max()),
        overstride_m=float(overstride_m(body, contact, leg)[0]),
        shank_angle_deg=float(shank_angle_deg(body, contact, leg)[0]),
        knee_flexion_deg=float(knee_flexion_deg(body, contact, leg)[0]),
        trunk_lean_deg=float(trunk_lean_deg(body, every).mean()),
    )


def _contact(stride: Stride, leg: Leg) -> float:
    return next(one.part for one in stride.phases if one.leg == leg and one.name == "initial contact")


def _joint(skeleton: Skeleton, placed: Placed, stem: str, leg: Leg) -> FloatArray:
    """Where the joint of a segment is, (n, 3) [m]: the thigh's is the hip, the shank's the knee."""
    found: FloatArray = placed.joints[:, skeleton.segments.index(on_side(stem, leg))]
    return found


def _other(leg: Leg) -> Leg:
    return "left" if leg == "right" else "right"
