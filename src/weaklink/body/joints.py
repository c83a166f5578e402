"""The joints: about which axes each coordinate turns, and how far it goes.

Axes in the standing body: x forward, y up, z to the right; degrees here, radians in every computation.
The ranges are clinical ones from memory, not those of one study; the arms' are ours.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple

from weaklink.body.names import (
    ARM_COORDINATES,
    LEG_COORDINATES,
    LUMBAR_COORDINATES,
    NECK_COORDINATES,
    SUFFIX,
    TOE_COORDINATE,
    UnknownCoordinateError,
    whole_body,
)

Vector = tuple[float, float, float]

FORWARD: Vector = (1.0, 0.0, 0.0)
UP: Vector = (0.0, 1.0, 0.0)
RIGHT: Vector = (0.0, 0.0, 1.0)
# Oblique: from the outer heel up, forward and inward (rajagopal-2016, from memory).
SUBTALAR: Vector = (0.787, 0.605, -0.121)


class JointRange(NamedTuple):
    """How far a coordinate goes, in degrees."""

    low_deg: float
    high_deg: float


class JointTurn(NamedTuple):
    """One rotation of a joint: the coordinate, its axis on the right side, the share that turns here."""

    coordinate: str  # a stem for a limb
    axis: Vector
    share: float = 1.0


RANGES: MappingProxyType[str, JointRange] = MappingProxyType(
    {
        "hip_flexion": JointRange(-25, 125),
        "hip_adduction": JointRange(-45, 25),
        "hip_rotation": JointRange(-50, 40),
        "knee_angle": JointRange(0, 145),
        "ankle_angle": JointRange(-58, 42),
        "subtalar_angle": JointRange(-20, 25),
        "mtp_angle": JointRange(-20, 65),
        "lumbar_extension": JointRange(-55, 25),
        "lumbar_bending": JointRange(-30, 30),
        "lumbar_rotation": JointRange(-40, 40),
        "neck_extension": JointRange(-50, 55),
        "neck_bending": JointRange(-40, 40),
        "neck_rotation": JointRange(-70, 70),
        "arm_flex": JointRange(-60, 180),
        "arm_add": JointRange(-150, 45),
        "arm_rot": JointRange(-90, 90),
        "elbow_flex": JointRange(0, 148),
        "pro_sup": JointRange(-10, 175),
        "wrist_flex": JointRange(-90, 75),
        "wrist_dev": JointRange(-20, 30),
    }
)
FREE = JointRange(-400, 400)  # how the pelvis lies in the room has no limit
# At these ends a joint rests: a straight knee is no locked knee.
RESTING_ENDS = MappingProxyType({"knee_angle": 0.0, "elbow_flex": 0.0})

HIP = (JointTurn("hip_flexion", RIGHT), JointTurn("hip_adduction", FORWARD), JointTurn("hip_rotation", UP))
KNEE = (JointTurn("knee_angle", (0.0, 0.0, -1.0)),)
ANKLE = (JointTurn("ankle_angle", RIGHT), JointTurn("subtalar_angle", SUBTALAR))
TOES = (JointTurn(TOE_COORDINATE, RIGHT),)
SHOULDER = (JointTurn("arm_flex", RIGHT), JointTurn("arm_add", FORWARD), JointTurn("arm_rot", UP))
ELBOW = (JointTurn("elbow_flex", RIGHT),)
WRIST = (JointTurn("pro_sup", UP), JointTurn("wrist_flex", RIGHT), JointTurn("wrist_dev", FORWARD))
PELVIS = (
    JointTurn("pelvis_tilt", RIGHT),
    JointTurn("pelvis_list", FORWARD),
    JointTurn("pelvis_rotation", UP),
)
# The model has one joint in the back; ours shares it over two, and the neck likewise.
HALF_BACK = tuple(
    JointTurn(name, axis, 0.5) for name, axis in zip(LUMBAR_COORDINATES, (RIGHT, FORWARD, UP), strict=True)
)
HALF_NECK = tuple(
    JointTurn(name, axis, 0.5) for name, axis in zip(NECK_COORDINATES, (RIGHT, FORWARD, UP), strict=True)
)

LIMB_STEMS = (*LEG_COORDINATES, TOE_COORDINATE, *ARM_COORDINATES)


def stem_of(coordinate: str) -> str:
    """The name without its side: "knee_angle_r" → "knee_angle"."""
    stem = coordinate[:-2]
    return stem if coordinate.endswith(tuple(SUFFIX.values())) and stem in LIMB_STEMS else coordinate


def range_of(coordinate: str) -> JointRange:
    """How far a coordinate goes [degrees]; the pelvis in the room is free.

    Raises: UnknownCoordinateError.
    """
    if coordinate not in whole_body():
        raise UnknownCoordinateError(f'No coordinate "{coordinate}". Known: {", ".join(whole_body())}.')
    return RANGES.get(stem_of(coordinate), FREE)


def on_leg(axis: Vector, suffix: str) -> Vector:
    """The axis of a right-side rotation on that side; mirrored, so that angles keep their sense."""
    return (-axis[0], -axis[1], axis[2]) if suffix == SUFFIX["left"] else axis
