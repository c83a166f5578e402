"""The segments: what hangs on what, where their joints stand, what they weigh.

Lengths in metres of a standing body of 1.75 m (Drillis and Contini, Winter and de Leva from memory, the rest
by eye); `skeleton` scales them. x forward, y up, z to the right; limbs are written for the right side.
"""

from __future__ import annotations

from typing import NamedTuple

from weaklink.body.joints import (
    ANKLE,
    ELBOW,
    HALF_BACK,
    HALF_NECK,
    HIP,
    KNEE,
    PELVIS,
    SHOULDER,
    TOES,
    WRIST,
    JointTurn,
    Vector,
)

REFERENCE_HEIGHT_M = 1.75


class Segment(NamedTuple):
    """One rigid part: its parent, where its joint stands, how it turns, its mass and centre of mass."""

    name: str
    parent: str
    joint: Vector  # standing, in the room [m]
    turns: tuple[JointTurn, ...]
    mass_share: float = 0.0  # of the whole body (de Leva 1996, men, from memory)
    centre: Vector = (0.0, 0.0, 0.0)  # of mass, from the joint [m]
    paired: bool = False
    turns_with: str = ""  # whose axes it turns about, if not the parent's: the upper arm's are the chest's


SEGMENTS: tuple[Segment, ...] = (
    Segment("pelvis", "", (0.0, 0.945, 0.0), PELVIS, 0.1117, (-0.01, -0.005, 0.0)),
    Segment("lumbar", "pelvis", (-0.012, 1.035, 0.0), HALF_BACK, 0.1633, (0.01, 0.065, 0.0)),
    Segment("thorax", "lumbar", (-0.006, 1.165, 0.0), HALF_BACK, 0.1596, (-0.015, 0.15, 0.0)),
    Segment("neck", "thorax", (-0.028, 1.465, 0.0), HALF_NECK, 0.012, (0.005, 0.05, 0.0)),
    Segment("head", "neck", (-0.004, 1.575, 0.0), HALF_NECK, 0.0574, (0.01, 0.065, 0.0)),
    Segment("thigh", "pelvis", (0.0, 0.922, 0.085), HIP, 0.1416, (0.0, -0.174, 0.0), paired=True),
    Segment("shank", "thigh", (0.0, 0.498, 0.085), KNEE, 0.0433, (-0.005, -0.189, 0.0), paired=True),
    Segment("foot", "shank", (-0.012, 0.074, 0.085), ANKLE, 0.0110, (0.035, -0.04, 0.0), paired=True),
    Segment("toes", "foot", (0.128, 0.022, 0.089), TOES, 0.0027, (0.025, -0.005, 0.0), paired=True),
    Segment("clavicle", "thorax", (-0.005, 1.425, 0.035), (), paired=True),
    Segment(
        "upper_arm", "clavicle", (-0.022, 1.425, 0.172), SHOULDER, 0.0271, (0.0, -0.173, 0.0),
        paired=True, turns_with="thorax",
    ),
    Segment("forearm", "upper_arm", (-0.022, 1.125, 0.172), ELBOW, 0.0162, (0.0, -0.116, 0.0), paired=True),
    Segment("hand", "forearm", (-0.022, 0.872, 0.172), WRIST, 0.0061, (0.0, -0.065, 0.0), paired=True),
)  # fmt: skip
