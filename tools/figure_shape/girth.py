"""Girth: where each point of the skin goes when a body gains or loses girth, every part by its own share."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tools.figure_shape.field import FRAMES
from weaklink.figure.bones import HALVES, ROLL, SWING, TWIST, bone_names, bones

FloatArray = npt.NDArray[np.float64]
SPINE_FORWARD_M = -0.010
BELLY = 1.35  # in front of the spine, the belly gains more than the rest
# How much a part gives: trunk and thighs most, hands, feet and head hardly. By eye.
GIVES = {
    "pelvis": 1.0, "lumbar": 1.15, "thorax": 0.55, "clavicle": 0.40, "neck": 0.45, "head": 0.10,
    "thigh": 0.90, "shank": 0.50, "foot": 0.08, "toes": 0.0, "upper_arm": 0.75, "forearm": 0.45, "hand": 0.12,
}  # fmt: skip
ENDS = {"thigh": "shank", "shank": "foot", "upper_arm": "forearm", "forearm": "hand", "head": "neck"}


def girth_of(points: FloatArray, table: FloatArray) -> FloatArray:
    """The way of each point at a girth of 1 [m], (n, 3); `table` is the share of every bone, (n, n_bones)."""
    way = np.zeros_like(points)
    for index, name in enumerate(bone_names()):
        stem = name.removesuffix("_r")
        if not name.endswith("_l"):
            way += table[:, index, None] * _of_bone(points, stem)
    return way


def _of_bone(points: FloatArray, stem: str) -> FloatArray:
    """Away from the axis of one bone, by how much its part gives."""
    if stem in HALVES:
        upper = bones()[bone_names().index(stem + "_r")].parent
        above = bone_names()[upper].removesuffix("_r")
        return (_of_bone(points, above) + _of_bone(points, HALVES[stem])) / 2
    stem = {SWING: "upper_arm", ROLL: "upper_arm", TWIST: "forearm"}.get(stem, stem)
    if stem not in GIVES:
        return np.zeros_like(points)
    if stem in ("pelvis", "lumbar", "thorax", "neck", "head", "clavicle"):
        off = points - np.array([SPINE_FORWARD_M, 0.0, 0.0])
        off[:, 1] = 0.0
        if stem in ("pelvis", "lumbar"):
            off[:, 0] *= np.where(off[:, 0] > 0, BELLY, 1.0)
        return GIVES[stem] * off
    joint = FRAMES[stem].rest[:3, 3]
    axis = FRAMES[ENDS.get(stem, stem)].rest[:3, 3] - joint
    if not np.any(axis):
        return GIVES[stem] * (points - joint)
    axis /= np.linalg.norm(axis)
    off = points - joint
    return GIVES[stem] * (off - np.outer(off @ axis, axis))
