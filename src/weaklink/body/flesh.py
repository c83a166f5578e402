"""The flesh: named balls on the segments, by which a body touches the ground, a wall, a thing or itself.

Radii follow the sections the figure is drawn from, so that what is at rest here looks at rest there.
Metres at the reference height, from the segment's joint, standing; limbs are written for the right side.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple

from weaklink.body.joints import Vector


class Ball(NamedTuple):
    """One ball of flesh on a segment."""

    name: str
    segment: str
    centre: Vector
    radius: float
    paired: bool = True


BALLS: tuple[Ball, ...] = (
    Ball("buttock", "pelvis", (-0.040, -0.033, 0.076), 0.084),
    Ball("hip", "pelvis", (0.0, -0.023, 0.085), 0.083),
    Ball("belly", "pelvis", (0.008, 0.025, 0.050), 0.085),
    Ball("sacrum", "pelvis", (-0.020, 0.030, 0.0), 0.078, paired=False),
    Ball("crest", "pelvis", (0.0, 0.060, 0.066), 0.080),
    Ball("waist", "lumbar", (0.018, 0.045, 0.055), 0.076),
    Ball("ribs", "thorax", (-0.006, 0.055, 0.055), 0.090),
    Ball("chest", "thorax", (-0.028, 0.165, 0.068), 0.092),
    Ball("scapula", "thorax", (-0.036, 0.175, 0.072), 0.088),
    Ball("nape", "neck", (0.006, 0.045, 0.0), 0.056, paired=False),
    Ball("skull", "head", (-0.004, 0.082, 0.0), 0.092, paired=False),
    Ball("face", "head", (0.034, 0.035, 0.0), 0.066, paired=False),
    Ball("groin", "thigh", (0.0, -0.045, 0.0), 0.084),
    Ball("thigh_upper", "thigh", (0.002, -0.115, 0.002), 0.083),
    Ball("thigh_middle", "thigh", (0.005, -0.200, 0.0), 0.075),
    Ball("thigh_lower", "thigh", (0.004, -0.300, 0.0), 0.062),
    Ball("knee", "thigh", (0.003, -0.418, 0.0), 0.048),
    Ball("shin_top", "shank", (0.000, -0.045, 0.0), 0.045),
    Ball("calf", "shank", (-0.012, -0.125, 0.0), 0.055),
    Ball("calf_lower", "shank", (-0.010, -0.215, 0.0), 0.046),
    Ball("shin", "shank", (-0.005, -0.310, 0.0), 0.035),
    Ball("ankle", "shank", (-0.012, -0.415, 0.0), 0.033),
    Ball("heel", "foot", (-0.028, -0.042, 0.0), 0.032),
    Ball("instep", "foot", (0.060, -0.030, 0.0), 0.032),
    Ball("ball_in", "foot", (0.122, -0.054, -0.028), 0.020),
    Ball("ball_out", "foot", (0.105, -0.054, 0.034), 0.020),
    Ball("toe_in", "toes", (0.048, -0.010, -0.020), 0.012),
    Ball("toe_out", "toes", (0.034, -0.010, 0.028), 0.012),
    Ball("shoulder", "upper_arm", (0.0, -0.010, 0.0), 0.050),
    Ball("arm_middle", "upper_arm", (0.0, -0.150, 0.0), 0.046),
    Ball("elbow", "forearm", (0.0, 0.0, 0.0), 0.038),
    Ball("forearm_middle", "forearm", (0.0, -0.120, 0.0), 0.036),
    Ball("wrist", "forearm", (0.0, -0.245, 0.0), 0.023),
    Ball("palm_heel", "hand", (0.0, -0.022, 0.0), 0.017),
    Ball("knuckle_in", "hand", (0.0, -0.086, 0.032), 0.013),
    Ball("knuckle_out", "hand", (0.0, -0.084, -0.032), 0.013),
    Ball("fingertips", "hand", (0.0, -0.165, 0.0), 0.009),
)

# What a contact may name as a whole: every ball of it touches.
PADS: MappingProxyType[str, tuple[str, ...]] = MappingProxyType(
    {
        "foot": ("heel", "ball_in", "ball_out"),
        "forefoot": ("ball_in", "ball_out", "toe_in"),
        "toes": ("toe_in", "toe_out"),
        "palm": ("palm_heel", "knuckle_in", "knuckle_out"),
        "lower_arm": ("elbow", "wrist"),
        "shin_bone": ("knee", "ankle"),
    }
)
