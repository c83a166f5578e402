"""Bones: the skeleton's segments and what stands between them, in every pose."""

from __future__ import annotations

import numpy as np
import pytest

from weaklink.body.names import LEGS
from weaklink.body.skeleton import mirror_name, skeleton_of
from weaklink.figure.bones import (
    FIST_DEG,
    bone_matrices,
    bone_names,
    bones,
    half_of,
    local_turns,
    mirrored_bones,
    quaternions_of,
    rest_coordinates,
    skin_matrices,
)
from weaklink.movement.kinematics import about, place

SKELETON = skeleton_of()


def pose(**degrees: float) -> np.ndarray:
    """A standing body with some coordinates set; a stem sets both sides."""
    coordinates = SKELETON.standing.copy()
    for name, value in degrees.items():
        sides = [name] if name in SKELETON.coordinates else [name + "_r", name + "_l"]
        for side in sides:
            coordinates[SKELETON.coordinate(side)] = np.deg2rad(value)
    return coordinates


def some_poses(count: int = 6) -> np.ndarray:
    """Poses anywhere within 60 degrees."""
    return SKELETON.standing + np.random.default_rng(7).uniform(-1, 1, (count, len(SKELETON.coordinates)))


def test_parents_come_first_and_segments_keep_their_order():
    assert next(bone.parent for bone in bones()) == -1
    assert all(bone.parent < index for index, bone in enumerate(bones()))
    assert bone_names()[: len(SKELETON.segments)] == SKELETON.segments
    assert len(set(bone_names())) == len(bones())


def test_segments_stand_where_kinematics_puts_them():
    coordinates = some_poses()
    placed, matrices = place(SKELETON, coordinates), bone_matrices(SKELETON, coordinates)
    count = len(SKELETON.segments)
    assert np.allclose(matrices[:, :count, :3, 3], placed.joints)
    assert np.allclose(matrices[:, :count, :3, :3], placed.rotations)


def test_every_bone_is_a_rotation():
    turns = bone_matrices(SKELETON, some_poses())[..., :3, :3]
    assert np.allclose(turns @ np.swapaxes(turns, -1, -2), np.eye(3), atol=1e-9)
    assert np.allclose(np.linalg.det(turns), 1.0)


def test_the_rest_pose_moves_no_skin():
    for height in (1.55, 1.75, 1.95):
        skeleton = skeleton_of(height)
        moved = skin_matrices(skeleton, rest_coordinates(skeleton), 0.0)
        assert np.allclose(moved, np.eye(4), atol=1e-9)


def test_local_turns_build_the_same_bones():
    coordinates = some_poses()
    turns, matrices = local_turns(SKELETON, coordinates, 30.0), bone_matrices(SKELETON, coordinates, 30.0)
    world = np.zeros_like(matrices)
    for index, bone in enumerate(bones()):
        own = np.zeros((len(coordinates), 4, 4))
        own[:, :3, :3] = _matrices(turns.quaternions[:, index])
        own[:, :3, 3], own[:, 3, 3] = turns.translations[:, index], 1
        world[:, index] = own if bone.parent < 0 else world[:, bone.parent] @ own
    assert np.allclose(world, matrices, atol=1e-9)


def test_only_the_pelvis_moves_against_its_parent():
    moved = np.ptp(local_turns(SKELETON, some_poses()).translations, axis=0)
    assert np.all(moved[1:] == 0)
    assert np.any(moved[0] > 0)


def test_quaternions_in_time_stay_on_one_side():
    swing = np.array([pose(hip_flexion_r=angle, pelvis_rotation=4 * angle) for angle in range(0, 180, 10)])
    quaternions = local_turns(SKELETON, swing).quaternions
    assert np.all(np.sum(quaternions[1:] * quaternions[:-1], axis=2) > 0)


@pytest.mark.parametrize("angle", [-179.0, -90.0, 0.0, 45.0, 120.0, 179.0])
def test_quaternions_and_halves_of_known_turns(angle):
    axis = np.array([1.0, 2.0, -2.0]) / 3
    turn = about(tuple(axis), np.deg2rad([angle]))
    half = np.deg2rad(angle) / 2
    expected = np.append(np.sin(half) * axis, np.cos(half))
    found = quaternions_of(turn)[0]
    assert np.allclose(found * np.sign(found @ expected), expected)
    assert np.allclose(half_of(turn), about(tuple(axis), np.array([half])))


def test_a_half_way_bone_halves_a_hinge():
    bent = bone_matrices(SKELETON, pose(knee_angle=120.0))[0]
    rest = bone_matrices(SKELETON, pose(knee_angle=0.0))[0]
    index = bone_names().index("knee_r")
    thigh = bone_names().index("thigh_r")
    own = (np.linalg.inv(bent[thigh]) @ bent[index]) @ np.linalg.inv(np.linalg.inv(rest[thigh]) @ rest[index])
    assert np.isclose(np.rad2deg(np.arccos((np.trace(own[:3, :3]) - 1) / 2)), 60.0)


def test_the_shoulder_does_not_wring_the_deltoid():
    """An arm brought overhead forwards: the swing bone points as the arm does, without its turn."""
    matrices = bone_matrices(SKELETON, pose(arm_flex=170.0, arm_add=0.0))[0]
    rest = bone_matrices(SKELETON, rest_coordinates(SKELETON), 0.0)[0]
    arm, swing = (bone_names().index(name) for name in ("upper_arm_r", "swing_r"))
    collar = bone_names().index("clavicle_r")
    assert np.allclose(matrices[arm, :3, 1], matrices[swing, :3, 1])
    own = matrices[collar, :3, :3].T @ matrices[swing, :3, :3]
    before = rest[collar, :3, :3].T @ rest[swing, :3, :3]
    angle = np.arccos((np.trace(own @ before.T) - 1) / 2)
    between = np.arccos(own[:, 1] @ before[:, 1])
    assert np.isclose(angle, between)


def test_a_fist_brings_the_fingertips_to_the_palm():
    open_hand, fist = (bone_matrices(SKELETON, pose(), grip)[0] for grip in (0.0, FIST_DEG))
    tip, hand = bone_names().index("fingertips_r"), bone_names().index("hand_r")

    def reach(matrices):
        end = matrices[tip] @ np.array([0.0, -0.045, 0.0, 1.0])
        return np.linalg.norm(end[:3] - matrices[hand, :3, 3])

    assert reach(fist) < 0.75 * reach(open_hand)


def test_grips_are_given_by_side():
    both = bone_matrices(SKELETON, np.array([pose(), pose()]), np.array([[0.0, 80.0], [80.0, 0.0]]))
    right, left = (bone_names().index(name) for name in ("fingers_r", "fingers_l"))
    flip = np.diag([1.0, 1.0, -1.0])
    assert np.allclose(both[0, left, :3, :3], flip @ both[1, right, :3, :3] @ flip)
    assert not np.allclose(both[0, right], both[1, right])


def test_a_mirrored_pose_has_mirrored_bones():
    coordinates = pose(
        hip_flexion_r=60.0, knee_angle_r=80.0, arm_flex_l=120.0, arm_rot_l=40.0, elbow_flex_l=70.0
    )
    other = coordinates.copy()
    for index, name in enumerate(SKELETON.coordinates):
        if name != mirror_name(name):
            other[SKELETON.coordinate(mirror_name(name))] = coordinates[index]
    matrices, swapped = (bone_matrices(SKELETON, one)[0] for one in (coordinates, other))
    flip = np.diag([1.0, 1.0, -1.0, 1.0])
    assert len(LEGS) == 2
    assert np.allclose(swapped[mirrored_bones()], flip @ matrices @ flip, atol=1e-9)


def test_bones_grow_with_the_body():
    small, large = (
        bone_matrices(skeleton_of(height), skeleton_of(height).standing, 0.0)[0] for height in (1.5, 1.8)
    )
    assert np.allclose(large[:, :3, 3], 1.2 * small[:, :3, 3])


def _matrices(quaternions: np.ndarray) -> np.ndarray:
    x, y, z, w = quaternions.T
    rows = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
        [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
        [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
    ]
    return np.moveaxis(np.array(rows), -1, 0)
