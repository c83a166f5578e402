"""Skin: it follows the bones without losing volume, without spikes, in the poses of the shipped movements."""

from __future__ import annotations

import functools

import numpy as np
import pytest

from tests.figure.test_bones import pose
from weaklink.body.skeleton import skeleton_of
from weaklink.figure.bones import bone_matrices, rest_coordinates, rest_matrices, skin_matrices
from weaklink.figure.human import BUILDS
from weaklink.figure.mesh import volume
from weaklink.figure.skin import posed
from weaklink.library.baked_movements import baked_movement
from weaklink.library.figures import human
from weaklink.library.reading import shipped_library

SKELETON = skeleton_of()
BODIES = pytest.mark.parametrize("build", BUILDS)
DEEP = {
    "squat": pose(hip_flexion=105, knee_angle=115, ankle_angle=25, lumbar_extension=-15, arm_flex=85),
    "lunge": pose(hip_flexion_r=80, knee_angle_r=90, hip_flexion_l=-20, knee_angle_l=90),
    "kneeling": pose(hip_flexion=20, knee_angle=140, arm_flex=60, elbow_flex=120),
    "arms overhead": pose(arm_flex=175, arm_add=0),
    "arms up sideways": pose(arm_add=-150),
    "folded": pose(hip_flexion=90, lumbar_extension=-45, arm_flex=120, neck_extension=-40),
    "sideways": pose(lumbar_bending=25, arm_add_r=-120, hip_adduction=-35),
    "running": pose(hip_flexion_r=45, knee_angle_r=95, hip_flexion_l=-18, knee_angle_l=25, elbow_flex=95),
}


@functools.cache
def keyframes() -> np.ndarray:
    """Every keyframe of every shipped movement, (n, n_coordinates)."""
    library = shipped_library()
    own = [name for name, record in library.movements.items() if not record.same_as]
    found = [baked for name in own if (baked := baked_movement(name, library)) is not None]
    return np.concatenate([one.coordinates[one.solution.keyframes] for one in found])


@BODIES
def test_rest_is_rest(build):
    mesh = human(build).mesh
    still = posed(mesh, skin_matrices(SKELETON, rest_coordinates(SKELETON), 0.0))
    assert np.allclose(still.vertices[0], mesh.vertices, atol=1e-9)
    assert np.allclose(still.normals[0], mesh.normals, atol=1e-9)


@BODIES
def test_a_body_carried_through_the_room_keeps_its_shape(build):
    mesh = human(build).mesh
    there = rest_coordinates(SKELETON)
    there[SKELETON.coordinate("pelvis_tx")] += 2.0
    there[SKELETON.coordinate("pelvis_rotation")] = 1.0
    moved = posed(mesh, skin_matrices(SKELETON, there, 0.0)).vertices[0]
    assert volume(moved, mesh.triangles) == pytest.approx(human(build).volume_m3)
    assert np.allclose(
        np.linalg.norm(moved - moved[0], axis=1), np.linalg.norm(mesh.vertices - mesh.vertices[0], axis=1)
    )


@BODIES
@pytest.mark.parametrize("name", DEEP)
def test_deep_poses_keep_their_volume(build, name):
    mesh = human(build).mesh
    moved = posed(mesh, skin_matrices(SKELETON, DEEP[name])).vertices[0]
    assert volume(moved, mesh.triangles) == pytest.approx(human(build).volume_m3, rel=0.06)


@pytest.mark.slow
@BODIES
def test_shipped_movements_keep_their_volume(build):
    """Two stretches that fold hip, knee and trunk at once may lose a little more."""
    mesh = human(build).mesh
    moved = posed(mesh, skin_matrices(SKELETON, keyframes())).vertices
    shares = np.array([volume(one, mesh.triangles) for one in moved]) / human(build).volume_m3
    assert len(shares) > 200
    assert shares.min() > 0.91
    assert shares.max() < 1.06
    assert np.mean(np.abs(shares - 1) > 0.06) < 0.02


@pytest.mark.slow
@BODIES
def test_no_spikes_in_any_shipped_movement(build):
    """A vertex keeps within its bones: never farther from the nearest of them than at rest, by a third."""
    mesh = human(build).mesh
    every = keyframes()
    moved = posed(mesh, skin_matrices(SKELETON, every)).vertices
    joints = bone_matrices(SKELETON, every)[:, :, :3, 3]
    main = mesh.bones[:, 0]
    before = np.linalg.norm(mesh.vertices - rest_matrices(SKELETON.height_m)[main, :3, 3], axis=1)
    after = np.linalg.norm(moved - joints[:, main], axis=2)
    assert np.all(after < 1.34 * before + 0.02)


@BODIES
def test_normals_stay_unit_and_outwards(build):
    mesh = human(build).mesh
    found = posed(mesh, skin_matrices(SKELETON, np.array(list(DEEP.values()))))
    assert np.allclose(np.linalg.norm(found.normals, axis=2), 1.0)
    grown = [volume(one + 0.001 * normals, mesh.triangles) for one, normals in zip(*found, strict=True)]
    shares = [volume(one, mesh.triangles) for one in found.vertices]
    assert np.all(np.array(grown) > np.array(shares))


def test_a_batch_is_each_pose_alone():
    mesh = human("man").mesh
    matrices = skin_matrices(SKELETON, np.array(list(DEEP.values())))
    together = posed(mesh, matrices).vertices
    assert np.allclose(together[3], posed(mesh, matrices[3:4]).vertices[0])
