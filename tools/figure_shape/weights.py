"""Weights: which bones move a point of the skin, and by which share.

A joint has a plane and a width. Across it the share passes from the parent over the half-way bone to the
child as (1-x)²/4, (1-x²)/2, (1+x)²/4 with x from -1 to 1; down a limb the shares multiply.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_matrix, diags
from scipy.spatial import cKDTree

from tools.figure_shape.field import FRAMES
from weaklink.figure.bones import bone_names

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Shares = dict[str, FloatArray]
LOCKED = ("hand", "fingers", "fingertips", "thumb", "toes")
SMOOTHINGS = 30
NEIGHBOURS = 5


class Carrier:
    """Weights on a fine, even mesh of the whole body, where they can be smoothed; others read them off it."""

    def __init__(self, points: FloatArray, triangles: IntArray) -> None:
        """Points and triangles of the right half; points with z = 0 are shared with the left."""
        rim = points[:, 2] == 0.0
        own = np.arange(len(points))
        other = np.where(rim, own, len(points) + np.cumsum(~rim) - 1)
        whole = np.vstack([points, points[~rim] * np.array([1.0, 1.0, -1.0])])
        table = _smoothed(dense(whole), np.vstack([triangles, other[triangles]]))
        self.table = table[: len(points)]
        self.tree = cKDTree(points)

    def at(self, points: FloatArray) -> FloatArray:
        """The share of every bone at points on the right half, (n, n_bones)."""
        gaps, near = self.tree.query(points, k=NEIGHBOURS)
        pull = 1 / (gaps + 0.002) ** 2
        return np.einsum("nk,nkb->nb", pull / pull.sum(axis=1, keepdims=True), self.table[near])


def four(table: FloatArray) -> tuple[IntArray, FloatArray]:
    """The four largest shares of each point, made to sum to one."""
    chosen = np.argsort(-table, axis=1, kind="stable")[:, :4]
    shares = np.take_along_axis(table, chosen, axis=1)
    return chosen, shares / shares.sum(axis=1, keepdims=True)


def dense(points: FloatArray) -> FloatArray:
    """The share of every bone in every point, (n, n_bones)."""
    names = bone_names()
    table = np.zeros((len(points), len(names)))
    for stem, share in _trunk(points).items():
        table[:, names.index(stem)] = share
    for suffix, flip in (("_r", 1.0), ("_l", -1.0)):
        own = points * np.array([1.0, 1.0, flip])
        for limb in (_girdle(own), _leg(own), _arm(own)):
            part = np.zeros_like(table)
            for stem, share in limb.items():
                part[:, names.index(stem + suffix)] = share
            table = table * (1 - part.sum(axis=1, keepdims=True)) + part
    return table / table.sum(axis=1, keepdims=True)


def _step(x: FloatArray) -> FloatArray:
    x = np.clip(x, 0, 1)
    return x * x * (3 - 2 * x)


def _across(x: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Shares of parent, half-way bone and child at signed distance over width."""
    x = np.clip(x, -1, 1)
    return (1 - x) ** 2 / 4, (1 - x * x) / 2, (1 + x) ** 2 / 4


def _at(bone: str) -> FloatArray:
    return FRAMES[bone].rest[:3, 3]


def _unit(vector: FloatArray) -> FloatArray:
    return vector / np.linalg.norm(vector)


def _trunk(points: FloatArray) -> Shares:
    """By height."""
    y = points[:, 1]
    lumbar, thorax = _step((y - 0.985) / 0.11), _step((y - 1.10) / 0.13)
    neck, head = _step((y - 1.445) / 0.07), _step((y - 1.545) / 0.055)
    return {
        "pelvis": 1 - lumbar,
        "lumbar": lumbar * (1 - thorax),
        "thorax": lumbar * thorax * (1 - neck),
        "neck": lumbar * thorax * neck * (1 - head),
        "head": lumbar * thorax * neck * head,
    }


def _girdle(points: FloatArray) -> Shares:
    """The collar bone and shoulder blade, on the trunk side of the shoulder."""
    y, side = points[:, 1], points[:, 2]
    neck = _step((y - 1.445) / 0.07) * (1 - _step((side - 0.05) / 0.05))
    return {"clavicle": _step((side - 0.03) / 0.10) * _step((y - 1.33) / 0.09) * (1 - neck)}


def _leg(points: FloatArray) -> Shares:
    hip, knee, ankle, toes = _at("thigh"), _at("shank"), _at("foot"), _at("toes")
    normal = _unit(np.array([-0.15, -0.80, 0.55]))
    _, half_hip, below = _across(((points - hip) @ normal + 0.025) / 0.068)
    gate = _step((1.040 - points[:, 1]) / 0.080) * _step((points[:, 2] + 0.004) / 0.02) * _not_arm(points)
    half_hip, below = gate * half_hip, gate * below
    down = (_unit(knee - hip) + _unit(ankle - knee)) / 2
    a, m, c = _across(((points - knee) @ down) / 0.062)
    thigh, half_knee, shank = below * a, below * m, below * c
    a, m, c = _across(((points - ankle) @ np.array([0.45, -0.9, 0.0]) - 0.004) / 0.040)
    lower, half_ankle, foot = shank * a, shank * m, shank * c
    toe = foot * _step((points[:, 0] - toes[0] + 0.022) / 0.044)
    return {
        "hip": half_hip, "thigh": thigh, "knee": half_knee, "shank": lower, "ankle": half_ankle,
        "foot": foot - toe, "toes": toe,
    }  # fmt: skip


def _not_arm(points: FloatArray) -> FloatArray:
    """0 in the arm, which stands off to the side in the rest pose."""
    return 1 - _step((points[:, 2] - 0.30) / 0.03) * (points[:, 1] > 0.85)


def _arm(points: FloatArray) -> Shares:
    shoulder, elbow, wrist = _at("upper_arm"), _at("forearm"), _at("hand")
    axis = _unit(elbow - shoulder)
    normal = _unit(0.55 * axis + 0.75 * np.array([0.0, 0.0, 1.0]))
    _, half_shoulder, below = _across(((points - shoulder) @ normal - 0.010) / 0.052)
    along = (points - shoulder) @ axis
    off = np.linalg.norm(points - shoulder - np.outer(along, axis), axis=1)
    gate = (
        _step((points[:, 2] - 0.10) / 0.03)
        * (points[:, 1] < 1.6)
        * _step((0.088 - off) / 0.03 + 8 * (points[:, 2] > 0.30))
    )
    half_shoulder, below = gate * half_shoulder, gate * below
    a, m, c = _across(((points - elbow) @ axis) / 0.052)
    upper, half_elbow, lower = below * a, below * m, below * c
    swing, roll, upper = (upper * share for share in _across(along / 0.30 * 2.2 - 1.25))
    reach = np.linalg.norm(wrist - elbow)
    share = ((points - elbow) @ axis) / reach
    twist = lower * _step((share - 0.25) / 0.5)
    hand = lower * _step((share - 0.93) / 0.16)
    forearm, twist = lower - np.maximum(twist, hand), np.maximum(twist - hand, 0)
    return {
        "shoulder": half_shoulder, "swing": swing, "roll": roll, "upper_arm": upper, "elbow": half_elbow,
        "forearm": forearm, "twist": twist, **_hand(points, hand),
    }  # fmt: skip


def _hand(points: FloatArray, hand: FloatArray) -> Shares:
    """Down the hand: palm, fingers, fingertips; the thumb stands beside the palm and before the fingers."""
    frame = FRAMES["hand"].rest
    ahead, down, aside = ((points - frame[:3, 3]) @ frame[:3, :3] * (1, -1, 1)).T
    beyond = _step((down - 0.086) / 0.016 + 0.5)
    beside = _step((aside + 0.9 * ahead - 0.034) / 0.012 + 0.5)
    before = _step((ahead - 0.010) / 0.004 + 0.5) * (aside > 0.035)
    thumb = hand * ((1 - beyond) * beside + beyond * before)
    fingers = (hand - thumb) * beyond
    tips = fingers * _step((down - 0.128) / 0.014 + 0.5)
    return {"hand": hand - thumb - fingers, "fingers": fingers - tips, "fingertips": tips, "thumb": thumb}


def _smoothed(table: FloatArray, triangles: IntArray) -> FloatArray:
    """Each point's shares drawn to its neighbours' mean; hands and toes keep theirs."""
    start = triangles[:, [0, 1, 2, 1, 2, 0]].ravel()
    end = triangles[:, [1, 2, 0, 0, 1, 2]].ravel()
    near = coo_matrix((np.ones(len(start)), (start, end)), shape=(len(table),) * 2).tocsr()
    near.data[:] = 1
    mean = diags(1 / np.asarray(near.sum(axis=1)).ravel()) @ near
    names = [name.removesuffix("_r").removesuffix("_l") for name in bone_names()]
    locked = table[:, [index for index, name in enumerate(names) if name in LOCKED]].sum(axis=1) > 0.2
    for _ in range(SMOOTHINGS):
        table = np.where(locked[:, None], table, 0.5 * table + 0.5 * (mean @ table))
    return table
