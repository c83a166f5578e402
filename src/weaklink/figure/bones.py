"""Bones: what the skin hangs on. The skeleton's segments, half-way bones at its joints, and fingers.

A half-way bone stands at a joint and turns half as far from the rest pose as the joint does, so that skin
folds round. Arm and forearm also turn about their own length: that is spread over further bones.
Every bone keeps its distance to its parent: only the pelvis moves in the room, all others turn.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from weaklink.body.names import LEGS, SUFFIX
from weaklink.body.skeleton import Skeleton, skeleton_of
from weaklink.movement.kinematics import about, place

FloatArray = npt.NDArray[np.float64]

# The pose the surface is made in: limbs apart, so that neither armpit nor thighs melt together. Degrees.
REST_DEG = {"arm_add": -48.0, "hip_adduction": -7.0, "pro_sup": 80.0}
# How far the finger joints are bent: flat on a floor, hanging, round a handle. Degrees.
FLAT_DEG, RELAXED_DEG, FIST_DEG = 2.0, 24.0, 82.0
# A half-way bone: its stem, and the segment whose joint it halves.
HALVES = {"hip": "thigh", "knee": "shank", "ankle": "foot", "shoulder": "upper_arm", "elbow": "forearm"}
# Finger bones: stem, parent, where it stands in the hand's zero pose [m], turn with the grip about its axis.
FINGERS = (
    ("fingers", "hand", (0.0, -0.086, 0.0), (0.0, 0.0, 1.0), 1.0),
    ("fingertips", "fingers", (0.0, -0.042, 0.0), (0.0, 0.0, 1.0), 1.0),
    ("thumb", "hand", (0.006, -0.022, 0.020), (0.28, -0.96, 0.0), 0.40),
)
# At the shoulder: pointed as the upper arm but not turned about its length, and turned half as far.
SWING, ROLL = "swing", "roll"
TWIST = "twist"  # stands at the wrist and turns half as far about the forearm as the hand does


class Bone(NamedTuple):
    """One bone: its name, its parent (-1: none) and its joint from the parent's joint, zero pose [m]."""

    name: str
    parent: int
    offset: tuple[float, float, float]


@functools.cache
def bones() -> tuple[Bone, ...]:
    """Every bone at the reference height, parents first; the order of all arrays of bones."""
    skeleton = skeleton_of()
    found = [
        Bone(name, parent, _vector(offset))
        for name, parent, offset in zip(skeleton.segments, skeleton.parents, skeleton.offsets, strict=True)
    ]
    for suffix in (SUFFIX[leg] for leg in LEGS):
        found += _extra(found, suffix)
    return tuple(found)


def bone_names() -> tuple[str, ...]:
    """The names of the bones in their order."""
    return tuple(bone.name for bone in bones())


def mirrored_bones() -> npt.NDArray[np.int64]:
    """For every bone the same one on the other side, (n_bones,)."""
    names = bone_names()
    swap = {"_r": "_l", "_l": "_r"}
    other = [name[:-2] + swap[name[-2:]] if name[-2:] in swap else name for name in names]
    return np.array([names.index(name) for name in other])


def rest_coordinates(skeleton: Skeleton) -> FloatArray:
    """The joint coordinates of the pose the surface is stored in [rad, m], (n_coordinates,)."""
    coordinates = np.zeros(len(skeleton.coordinates))
    for index, name in enumerate(skeleton.coordinates):
        coordinates[index] = np.deg2rad(REST_DEG.get(name[:-2], 0.0))
    height = skeleton.coordinate("pelvis_ty")
    coordinates[height] = skeleton.standing[height]
    return coordinates


def bone_matrices(skeleton: Skeleton, coordinates: FloatArray, grip_deg: object = RELAXED_DEG) -> FloatArray:
    """From every bone's own frame to the room.

    Args:
        coordinates: poses in the skeleton's order [rad, m], (k, n_coordinates) or (n_coordinates,).
        grip_deg: bend of the finger joints: one number, or right and left, (2,) or (k, 2).

    Returns: homogeneous matrices, (k, n_bones, 4, 4).
    """
    batch = np.atleast_2d(coordinates)
    placed = place(skeleton, batch)
    count, segments = len(batch), len(skeleton.segments)
    grips = np.broadcast_to(np.deg2rad(np.asarray(grip_deg, dtype=np.float64)), (count, 2))
    rotations = np.zeros((count, len(bones()), 3, 3))
    rotations[:, :segments] = placed.rotations
    for index, bone in enumerate(bones()[segments:], start=segments):
        grip = grips[:, int(bone.name.endswith(SUFFIX["left"]))]
        rotations[:, index] = _extra_rotation(skeleton, bone, rotations, batch, grip)
    matrices = np.zeros((count, len(bones()), 4, 4))
    matrices[:, :, :3, :3] = rotations
    matrices[:, :, 3, 3] = 1.0
    matrices[:, 0, :3, 3] = placed.joints[:, 0]
    scale = skeleton.height_m / skeleton_of().height_m
    for index, bone in enumerate(bones()[1:], start=1):
        reach = rotations[:, bone.parent] @ (scale * np.asarray(bone.offset))
        matrices[:, index, :3, 3] = matrices[:, bone.parent, :3, 3] + reach
    return matrices


@functools.cache
def rest_matrices(height_m: float) -> FloatArray:
    """From every bone's own frame to the room in the rest pose, fingers straight, (n_bones, 4, 4)."""
    skeleton = skeleton_of(height_m)
    rest: FloatArray = bone_matrices(skeleton, rest_coordinates(skeleton), 0.0)[0]
    return rest


def skin_matrices(skeleton: Skeleton, coordinates: FloatArray, grip_deg: object = RELAXED_DEG) -> FloatArray:
    """From the rest pose in the room to the posed room for skin that follows one bone, (k, n_bones, 4, 4)."""
    posed = bone_matrices(skeleton, coordinates, grip_deg)
    moved: FloatArray = posed @ np.linalg.inv(rest_matrices(skeleton.height_m))
    return moved


class LocalTurns(NamedTuple):
    """Bones relative to their parents, as a scene file wants them."""

    translations: FloatArray  # the same in every pose but for the pelvis [m], (k, n_bones, 3)
    quaternions: FloatArray  # x, y, z, w, unit, neighbours in time on the same side, (k, n_bones, 4)


def local_turns(skeleton: Skeleton, coordinates: FloatArray, grip_deg: object = RELAXED_DEG) -> LocalTurns:
    """Every bone relative to its parent (the pelvis to the room) in each pose."""
    matrices = bone_matrices(skeleton, coordinates, grip_deg)
    parents = np.array([bone.parent for bone in bones()[1:]])
    rotations = matrices[:, :, :3, :3].copy()
    rotations[:, 1:] = np.swapaxes(matrices[:, parents, :3, :3], 2, 3) @ rotations[:, 1:]
    scale = skeleton.height_m / skeleton_of().height_m
    translations = np.repeat(scale * np.array([[bone.offset for bone in bones()]]), len(matrices), axis=0)
    translations[:, 0] = matrices[:, 0, :3, 3]
    quaternions = quaternions_of(rotations)
    for step in range(1, len(quaternions)):
        flips = np.sum(quaternions[step] * quaternions[step - 1], axis=1) < 0
        quaternions[step, flips] *= -1
    return LocalTurns(translations, quaternions)


def quaternions_of(rotations: FloatArray) -> FloatArray:
    """Unit quaternions x, y, z, w of rotation matrices, (..., 3, 3) → (..., 4)."""
    r = rotations
    trace = np.trace(r, axis1=-2, axis2=-1)
    diagonal = np.diagonal(r, axis1=-2, axis2=-1)
    # Four times the outer product of the quaternion with itself: its largest column is the safe one.
    outer = np.empty((*trace.shape, 4, 4))
    for i in range(3):
        for j in range(3):
            outer[..., i, j] = r[..., i, j] + r[..., j, i]
        outer[..., i, i] = 1 + 2 * diagonal[..., i] - trace
    twice = np.stack(
        [r[..., 2, 1] - r[..., 1, 2], r[..., 0, 2] - r[..., 2, 0], r[..., 1, 0] - r[..., 0, 1]], axis=-1
    )
    outer[..., :3, 3] = twice
    outer[..., 3, :3] = twice
    outer[..., 3, 3] = 1 + trace
    best = np.argmax(np.diagonal(outer, axis1=-2, axis2=-1), axis=-1)
    column = np.take_along_axis(outer, best[..., None, None], axis=-1)[..., 0]
    unit: FloatArray = column / np.linalg.norm(column, axis=-1, keepdims=True)
    return unit


def half_of(rotations: FloatArray) -> FloatArray:
    """The rotations that turn half as far about the same axes, (..., 3, 3)."""
    quaternions = quaternions_of(rotations)
    quaternions = np.where(quaternions[..., 3:] < 0, -quaternions, quaternions)
    quaternions[..., 3] += 1.0
    x, y, z, w = np.moveaxis(quaternions / np.linalg.norm(quaternions, axis=-1, keepdims=True), -1, 0)
    rows = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
        [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
        [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
    ]
    return np.stack([np.stack(row, axis=-1) for row in rows], axis=-2)


def _extra(known: list[Bone], suffix: str) -> list[Bone]:
    """The half-way bones, the twist of the forearm and the fingers of one side."""
    names = [bone.name for bone in known]
    added: list[Bone] = []
    for stem, segment in HALVES.items():
        bone = known[names.index(segment + suffix)]
        added.append(Bone(stem + suffix, bone.parent, bone.offset))
    arm = known[names.index("upper_arm" + suffix)]
    added += [Bone(stem + suffix, arm.parent, arm.offset) for stem in (SWING, ROLL)]
    hand = known[names.index("hand" + suffix)]
    added.append(Bone(TWIST + suffix, hand.parent, hand.offset))
    side = 1.0 if suffix == SUFFIX["right"] else -1.0
    for stem, parent, (x, y, z), _, _ in FINGERS:
        reach = [*names, *(bone.name for bone in added)].index(parent + suffix)
        added.append(Bone(stem + suffix, reach, (x, y, side * z)))
    return added


def _extra_rotation(
    skeleton: Skeleton, bone: Bone, rotations: FloatArray, coordinates: FloatArray, grip: FloatArray
) -> FloatArray:
    """How a bone that is no segment is turned in the room, (k, 3, 3)."""
    stem, suffix = bone.name[:-2], bone.name[-2:]
    side = 1.0 if suffix == SUFFIX["right"] else -1.0
    upper = rotations[:, bone.parent]
    if stem in (*HALVES, SWING, ROLL):
        segment = skeleton.segments.index(HALVES.get(stem, "upper_arm") + suffix)
        rest = _rest_turn(segment)
        moved = np.swapaxes(upper, 1, 2) @ rotations[:, segment] @ rest.T
        return upper @ _share_of(stem, moved, rest) @ rest
    if stem == TWIST:
        turn = coordinates[:, skeleton.coordinate("pro_sup" + suffix)]
        return upper @ about((0.0, 1.0, 0.0), side * turn / 2)
    _, _, _, (x, y, z), share = next(finger for finger in FINGERS if finger[0] == stem)
    return upper @ about((side * x, side * y, z), share * grip)


def _share_of(stem: str, moved: FloatArray, rest: FloatArray) -> FloatArray:
    """What a bone at a joint does of the joint's turn away from rest, (k, 3, 3)."""
    if stem not in ("shoulder", SWING, ROLL):
        return half_of(moved)
    before = rest @ np.array([0.0, -1.0, 0.0])
    swing = _swing(before, moved @ before)
    if stem == "shoulder":
        return half_of(swing)
    if stem == SWING:
        return swing
    return swing @ half_of(np.swapaxes(swing, 1, 2) @ moved)


def _swing(start: FloatArray, ends: FloatArray) -> FloatArray:
    """The smallest rotations that carry one direction, (3,), to others, (k, 3)."""
    cross = np.cross(start, ends)
    x, y, z = cross.T
    zero = np.zeros_like(x)
    matrix = np.stack([zero, -z, y, z, zero, -x, -y, x, zero], axis=1).reshape(-1, 3, 3)
    cosine = np.clip(ends @ start, -0.9999, 1.0)
    swing: FloatArray = np.eye(3) + matrix + matrix @ matrix / (1 + cosine)[:, None, None]
    return swing


@functools.cache
def _rest_turn(segment: int) -> FloatArray:
    """A segment's rotation against its parent in the rest pose, (3, 3)."""
    skeleton = skeleton_of()
    rotations = place(skeleton, rest_coordinates(skeleton)).rotations[0]
    turn: FloatArray = rotations[skeleton.parents[segment]].T @ rotations[segment]
    return turn


def _vector(values: FloatArray) -> tuple[float, float, float]:
    x, y, z = values
    return float(x), float(y), float(z)
