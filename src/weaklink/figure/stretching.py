"""Stretching: what goes with the body as one solid that is moved, turned and stretched in every frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from weaklink.figure.bones import quaternions_of
from weaklink.figure.props import Prop

FloatArray = npt.NDArray[np.float64]
THINNEST_M = 1e-4


class Placing(NamedTuple):
    """A solid about its own middle, and where it is in every frame: scaled, then turned, then moved."""

    prop: Prop
    first: FloatArray  # vertices in its own axes [m], (n, 3)
    translations: FloatArray  # [m], (k, 3)
    quaternions: FloatArray  # x, y, z, w, (k, 4)
    scales: FloatArray  # (k, 3)


def placings(frames: Sequence[Prop]) -> Placing:
    """One prop that is there in every frame, its vertices in the same order.

    A weight comes out rigid, a cord longer or shorter, a strap round two limbs wider along its own axes.
    """
    clouds = np.array([prop.vertices for prop in frames])
    middles = clouds.mean(axis=1)
    centred = clouds - middles[:, None]
    _, _, axes = np.linalg.svd(centred[0], full_matrices=False)
    axes[2] = np.cross(axes[0], axes[1])
    own = centred[0] @ axes.T
    rotations, scales = _turned_and_scaled(own, centred)
    quaternions = quaternions_of(rotations)
    for step in range(1, len(quaternions)):
        if quaternions[step] @ quaternions[step - 1] < 0:
            quaternions[step] *= -1
    return Placing(frames[0], own, middles, quaternions, scales)


def _turned_and_scaled(own: FloatArray, centred: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The rotation and the stretch along its own axes that best carry a solid to each frame."""
    spread = own.T @ own + np.eye(3) * THINNEST_M**2
    linear = np.einsum("kni,nj->kij", centred, own) @ np.linalg.inv(spread)
    left, _, right = np.linalg.svd(linear)
    left[:, :, 2] *= np.sign(np.linalg.det(left @ right))[:, None]
    rotations = left @ right
    scales = np.einsum("kij,kij->kj", rotations, linear)
    return rotations, np.maximum(scales, 1e-3)
