"""Kinematics: angles turn the way their names say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weaklink.body.skeleton import mirror_name, skeleton_of
from weaklink.movement.kinematics import place
from weaklink.movement.mirror import SIDEWAYS
from weaklink.movement.task import wanted_coordinates

BODY = skeleton_of()


def moved(ball: str, **angles: float) -> np.ndarray:
    """How far a ball goes from where it is in standing [m]."""
    there = place(BODY, wanted_coordinates(angles, BODY)).balls[0, BODY.ball(ball)]
    return there - place(BODY, BODY.standing).balls[0, BODY.ball(ball)]


SENSES = [
    ("knee_r", {"hip_flexion_r": 30}, 0, 1),
    ("ankle_r", {"knee_angle_r": 60}, 0, -1),
    ("ankle_r", {"hip_adduction_r": 15}, 2, -1),
    ("ankle_l", {"hip_adduction_l": 15}, 2, 1),
    ("toe_in_r", {"hip_rotation_r": 20}, 2, -1),
    ("toe_in_l", {"hip_rotation_l": 20}, 2, 1),
    ("toe_in_r", {"ankle_angle_r": 15}, 1, 1),
    ("ball_in_r", {"subtalar_angle_r": 15}, 1, 1),
    ("ball_in_l", {"subtalar_angle_l": 15}, 1, 1),
    ("toe_in_r", {"mtp_angle_r": 30}, 1, 1),
    ("skull", {"lumbar_extension": 20}, 0, -1),
    ("skull", {"lumbar_bending": 20}, 2, 1),
    ("wrist_r", {"arm_flex_r": 45}, 0, 1),
    ("wrist_r", {"arm_add_r": -60}, 2, 1),
    ("wrist_l", {"arm_add_l": -60}, 2, -1),
    ("wrist_r", {"elbow_flex_r": 90}, 0, 1),
]


@pytest.mark.parametrize(("ball", "angles", "axis", "sign"), SENSES)
def test_a_positive_angle_moves_the_way_its_name_says(
    ball: str, angles: dict[str, float], axis: int, sign: int
) -> None:
    assert np.sign(moved(ball, **angles)[axis]) == sign


def test_side_lying_is_tilt_and_rotation_of_ninety_degrees() -> None:
    lying = wanted_coordinates({"pelvis_tilt": 90, "pelvis_rotation": 90}, BODY)
    hips = place(BODY, lying).balls[0, [BODY.ball("hip_r"), BODY.ball("hip_l")]]

    assert hips[0, 1] - hips[1, 1] == pytest.approx(0.17, abs=1e-6)


angle = st.floats(-1, 1)


@settings(max_examples=40, deadline=None)
@given(st.lists(angle, min_size=len(BODY.coordinates), max_size=len(BODY.coordinates)))
def test_a_mirrored_pose_is_the_mirror_image(values: list[float]) -> None:
    pose = np.array(values)
    order = [BODY.coordinate(mirror_name(name)) for name in BODY.coordinates]
    sign = np.array([-1 if name in SIDEWAYS else 1 for name in BODY.coordinates])
    balls = [BODY.ball(mirror_name(name)) for name in BODY.balls]

    expected = place(BODY, pose).balls[0][balls] * [1, 1, -1]
    found = place(BODY, pose[order] * sign).balls[0]

    assert np.allclose(expected, found, atol=1e-9)


@settings(max_examples=20, deadline=None)
@given(st.lists(angle, min_size=len(BODY.coordinates), max_size=len(BODY.coordinates)))
def test_bones_keep_their_length(values: list[float]) -> None:
    joints = place(BODY, np.array(values)).joints[0]
    lengths = [
        float(np.linalg.norm(joints[index] - joints[parent]))
        for index, parent in enumerate(BODY.parents)
        if parent >= 0
    ]

    assert np.allclose(lengths, np.linalg.norm(BODY.offsets[1:], axis=1))


def test_a_batch_gives_what_each_pose_gives_alone() -> None:
    poses = np.array([BODY.standing, wanted_coordinates({"hip_flexion": 40, "arm_add_r": -90}, BODY)])
    together = place(BODY, poses)

    for index, pose in enumerate(poses):
        assert np.allclose(place(BODY, pose).balls[0], together.balls[index])
