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


class Range(NamedTuple):
    """How far a coordinate goes, in degrees."""

    low_deg: float
    high_deg: float


class Turn(NamedTuple):
    """One rotation of a joint: the coordinate, its axis on the right side, the share that turns here."""

    coordinate: str  # a stem for a limb
    axis: Vector
    share: float = 1.0


RANGES: MappingProxyType[str, Range] = MappingProxyType(
    {
        "hip_flexion": Range(-25, 125),
        "hip_adduction": Range(-45, 25),
        "hip_rotation": Range(-50, 40),
        "knee_angle": Range(0, 145),
        "ankle_angle": Range(-58, 42),
        "subtalar_angle": Range(-20, 25),
        "mtp_angle": Range(-20, 65),
        "lumbar_extension": Range(-55, 25),
        "lumbar_bending": Range(-30, 30),
        "lumbar_rotation": Range(-40, 40),
        "neck_extension": Range(-50, 55),
        "neck_bending": Range(-40, 40),
        "neck_rotation": Range(-70, 70),
        "arm_flex": Range(-60, 180),
        "arm_add": Range(-150, 45),
        "arm_rot": Range(-90, 90),
        "elbow_flex": Range(0, 148),
        "pro_sup": Range(-10, 175),
        "wrist_flex": Range(-90, 75),
        "wrist_dev": Range(-20, 30),
    }
)
FREE = Range(-400, 400)  # how the pelvis lies in the room has no limit
# At these ends a joint rests: a straight knee is no locked knee.
RESTING_ENDS = MappingProxyType({"knee_angle": 0.0, "elbow_flex": 0.0})

HIP = (Turn("hip_flexion", RIGHT), Turn("hip_adduction", FORWARD), Turn("hip_rotation", UP))
KNEE = (Turn("knee_angle", (0.0, 0.0, -1.0)),)
ANKLE = (Turn("ankle_angle", RIGHT), Turn("subtalar_angle", SUBTALAR))
TOES = (Turn(TOE_COORDINATE, RIGHT),)
SHOULDER = (Turn("arm_flex", RIGHT), Turn("arm_add", FORWARD), Turn("arm_rot", UP))
ELBOW = (Turn("elbow_flex", RIGHT),)
WRIST = (Turn("pro_sup", UP), Turn("wrist_flex", RIGHT), Turn("wrist_dev", FORWARD))
PELVIS = (Turn("pelvis_tilt", RIGHT), Turn("pelvis_list", FORWARD), Turn("pelvis_rotation", UP))
# The model has one joint in the back; ours shares it over two, and the neck likewise.
HALF_BACK = tuple(
    Turn(name, axis, 0.5) for name, axis in zip(LUMBAR_COORDINATES, (RIGHT, FORWARD, UP), strict=True)
)
HALF_NECK = tuple(
    Turn(name, axis, 0.5) for name, axis in zip(NECK_COORDINATES, (RIGHT, FORWARD, UP), strict=True)
)

LIMB_STEMS = (*LEG_COORDINATES, TOE_COORDINATE, *ARM_COORDINATES)


def stem_of(coordinate: str) -> str:
    """The name without its side: "knee_angle_r" → "knee_angle"."""
    stem = coordinate[:-2]
    return stem if coordinate.endswith(tuple(SUFFIX.values())) and stem in LIMB_STEMS else coordinate


def range_of(coordinate: str) -> Range:
    """How far a coordinate goes [degrees]; the pelvis in the room is free.

    Raises: UnknownCoordinateError.
    """
    if coordinate not in whole_body():
        raise UnknownCoordinateError(f'No coordinate "{coordinate}". Known: {", ".join(whole_body())}.')
    return RANGES.get(stem_of(coordinate), FREE)


def on_leg(axis: Vector, suffix: str) -> Vector:
    """The axis of a right-side rotation on that side; mirrored, so that angles keep their sense."""
    return (-axis[0], -axis[1], axis[2]) if suffix == SUFFIX["left"] else axis
