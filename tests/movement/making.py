"""Movements for tests: small ones made here, and the shipped ones."""

from __future__ import annotations

from weaklink.movement.format import Contact, Keyframe, Movement

FEET = (Contact(parts=("foot_r", "foot_l")),)
STAND = Keyframe(name="standing", seconds=2)
SQUAT = Keyframe(
    name="squat",
    seconds=2,
    angles={"hip_flexion": 80, "knee_angle": 85, "pelvis_tilt": -25, "arm_flex": 80},
    free=("ankle_angle",),
)
ONE_LEG = Keyframe(
    name="right leg up",
    without=("foot_r",),
    angles={"hip_flexion_r": 60, "knee_angle_r": 70, "lumbar_bending": 5},
    free=("hip_adduction_l", "ankle_angle_l", "subtalar_angle_l"),
)


def squat(*keyframes: Keyframe) -> Movement:
    """A balanced movement on both feet; from standing to a squat unless told otherwise."""
    return Movement(id="squat", balanced=True, contacts=FEET, keyframes=keyframes or (STAND, SQUAT))
