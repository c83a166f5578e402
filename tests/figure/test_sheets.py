"""Sheets: every muscle is there, lies on the skin in every pose, and swells when it works."""

from __future__ import annotations

import functools

import numpy as np
import pytest

from tests.figure.test_skin import DEEP, keyframes
from weaklink.body.muscles import UNITS
from weaklink.body.skeleton import skeleton_of
from weaklink.figure.bones import bone_names, skin_matrices
from weaklink.figure.human import BUILDS
from weaklink.figure.mesh import face_normals
from weaklink.figure.sheets import SWELL_M, mirrored, swollen
from weaklink.figure.skin import posed
from weaklink.library.figures import human
from weaklink.library.reading import shipped_library

SKELETON = skeleton_of()
BODIES = pytest.mark.parametrize("build", BUILDS)
TENDONS = {"iliotibial-band", "achilles-tendon"}


def right(build):
    return [sheet for sheet in human(build).sheets if sheet.side == "right"]


@functools.cache
def some_poses() -> np.ndarray:
    return np.concatenate([np.array(list(DEEP.values())), keyframes()[::12]])


@BODIES
def test_every_muscle_of_the_knowledge_is_drawn(build):
    library = shipped_library()
    for side in ("right", "left"):
        drawn = {sheet.muscle for sheet in human(build).sheets if sheet.side == side}
        assert drawn == set(library.muscles) | TENDONS
        assert set(UNITS) <= drawn
        for area in library.areas.values():
            assert set(area.muscles) <= drawn, area.id


@BODIES
def test_sheets_are_grids_that_face_outwards(build):
    for sheet in human(build).sheets:
        along, across = sheet.shape
        assert len(sheet.vertices) == along * across == len(sheet.swell)
        assert len(sheet.triangles) == 2 * (along - 1) * (across - 1)
        faces = face_normals(sheet.vertices, sheet.triangles)
        agree = np.einsum("ij,ij->i", faces, sheet.normals[sheet.triangles].mean(axis=1))
        wrong = (
            -np.clip(agree, None, 0).sum() / np.abs(agree).sum()
        )  # by area: where a fan closes, cells vanish
        assert wrong < 0.01, sheet.muscle


@BODIES
def test_sheets_carry_their_own_coordinates(build):
    for sheet in right(build):
        along, across = sheet.along.reshape(sheet.shape), sheet.across.reshape(sheet.shape)
        assert np.allclose(along[0], 0)
        assert np.allclose(along[-1], 1)
        assert np.allclose(np.abs(across[:, [0, -1]]), 1)
        assert np.allclose(sheet.weights.sum(axis=1), 1)


@BODIES
def test_sheets_lie_on_the_skin_in_every_pose(build):
    """Height over the nearest skin: rims under it, bellies a little over it, nothing in the air."""
    from scipy.spatial import cKDTree  # slow to load, for one test

    mesh = human(build).mesh
    matrices = skin_matrices(SKELETON, some_poses())
    skin = posed(mesh, matrices).vertices
    trees = [cKDTree(np.vstack([one, one[mesh.triangles].mean(axis=1)])) for one in skin]
    for sheet in right(build):
        for pose, points in enumerate(posed(sheet, matrices).vertices):
            gaps, _ = trees[pose].query(points)
            assert gaps.max() < 0.030, (sheet.muscle, pose)


@BODIES
def test_only_the_belly_swells(build):
    for sheet in human(build).sheets:
        rise = np.linalg.norm(swollen(sheet, 1.0) - sheet.vertices, axis=1).reshape(sheet.shape)
        assert np.allclose(rise[[0, -1]], 0)
        assert np.allclose(rise[:, [0, -1]], 0)
        if sheet.tendon:
            assert sheet.muscle in TENDONS
            assert not rise.any()
        else:
            assert rise.max() > 0.8 * SWELL_M
    assert np.array_equal(swollen(sheet, 7.0), swollen(sheet, 1.0))
    assert np.array_equal(swollen(sheet, -1.0), sheet.vertices)


@BODIES
def test_the_left_side_is_the_right_ones_mirror_image(build):
    own = [sheet for sheet in human(build).sheets if sheet.side == "left"]
    for sheet, other in zip(own, right(build), strict=True):
        assert (sheet.muscle, sheet.part) == (other.muscle, other.part)
        assert np.allclose(sheet.vertices, other.vertices * [1, 1, -1])
        back = mirrored(sheet)
        assert np.array_equal(back.bones, other.bones)
        assert np.allclose(back.vertices, other.vertices)


@BODIES
@pytest.mark.parametrize(
    ("muscle", "bones"),
    [
        ("gluteus-medius", {"pelvis", "hip_r", "thigh_r"}),
        ("soleus", {"shank_r"}),
        ("tibialis-posterior", {"shank_r", "foot_r"}),
        ("rectus-femoris", {"thigh_r"}),
        ("trapezius", {"thorax", "clavicle_r"}),
        ("flexor-digitorum-brevis", {"foot_r"}),
        ("erector-spinae", {"lumbar", "thorax"}),
    ],
)
def test_muscles_hang_where_they_are(build, muscle, bones):
    names = np.array(bone_names())
    found = {name for sheet in right(build) if sheet.muscle == muscle for name in names[sheet.bones[:, 0]]}
    assert bones <= found


@BODIES
def test_sides_of_the_body_are_where_anatomy_has_them(build):
    """In the rest pose: front in front, back behind, inner inside of the leg's middle."""
    middle = {
        muscle: np.vstack([s.vertices for s in right(build) if s.muscle == muscle]).mean(axis=0)
        for muscle in UNITS
    }
    assert middle["rectus-femoris"][0] > middle["biceps-femoris"][0] + 0.08
    assert middle["tibialis-anterior"][0] > middle["soleus"][0] + 0.04
    assert middle["vastus-lateralis"][2] > middle["vastus-medialis"][2] + 0.03
    assert middle["biceps-femoris"][2] > middle["semitendinosus"][2] + 0.02
    assert middle["fibularis-longus"][2] > middle["tibialis-posterior"][2] + 0.04
    assert middle["gluteus-medius"][1] > middle["gluteus-maximus"][1] + 0.03
