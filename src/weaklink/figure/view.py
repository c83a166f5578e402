"""The view: a camera with a long lens, fitted round what it is to show.

Room: x forward, y up, z to the right of a standing body [m]. Picture: x to the right, y down, in units of
the picture; depth is the distance towards the camera, larger is nearer [m].
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

LENS_DEG = 18.0  # above 30 degrees feet and head swell (looked at in renders)
AIR = 1.12  # a frame is this much larger than what it holds


class Box(NamedTuple):
    """A part of the picture: its left upper corner and its size."""

    left: float
    top: float
    width: float
    height: float

    @property
    def low(self) -> FloatArray:
        """The left upper corner, (2,)."""
        return np.array([self.left, self.top])

    @property
    def high(self) -> FloatArray:
        """The right lower corner, (2,)."""
        return np.array([self.left + self.width, self.top + self.height])


class View(NamedTuple):
    """A camera that looks at `target`."""

    axes: FloatArray  # to the right, up and towards the camera, unit, (3, 3)
    target: FloatArray  # [m], (3,)
    distance: float  # camera to target [m]
    focal: float  # units of the picture for a width of 1 m at 1 m
    centre: tuple[float, float]  # where the target is in the picture

    def project(self, points: FloatArray) -> FloatArray:
        """Points of the room in the picture: x, y and depth, (..., 3) → (..., 3)."""
        seen = (points - self.target) @ self.axes.T
        scale = self.focal / (self.distance - seen[..., 2])
        x = self.centre[0] + scale * seen[..., 0]
        y = self.centre[1] - scale * seen[..., 1]
        return np.stack([x, y, seen[..., 2]], axis=-1)

    def facing(self, points: FloatArray, normals: FloatArray) -> FloatArray:
        """How squarely surfaces look at the camera, from -1 to 1, (..., 3) → (...)."""
        to_camera = self.target + self.distance * self.axes[2] - points
        to_camera = to_camera / np.linalg.norm(to_camera, axis=-1, keepdims=True)
        found: FloatArray = np.einsum("...i,...i->...", normals, to_camera)
        return found

    @property
    def units_per_m(self) -> float:
        """How large a metre is in the picture where the camera looks."""
        return self.focal / self.distance


def axes_of(around_deg: float, up_deg: float) -> FloatArray:
    """The axes of a camera: degrees around (0: from the right, 90: from the front) and degrees up, (3, 3)."""
    around, up = np.deg2rad([around_deg, up_deg])
    towards = np.array([np.sin(around) * np.cos(up), np.sin(up), np.cos(around) * np.cos(up)])
    right = np.array([np.cos(around), 0.0, -np.sin(around)])
    return np.stack([right, np.cross(towards, right), towards])


def fitted(points: FloatArray, camera: tuple[float, float], box: Box) -> View:
    """The view from a camera in which all points just fill a part of the picture, with some air.

    Args:
        points: what has to be seen [m], (n, 3); camera: degrees around and degrees up.
    """
    axes = axes_of(*camera)
    focal_per_unit = 0.5 / np.tan(np.deg2rad(LENS_DEG) / 2)
    focal = focal_per_unit * max(box.width, box.height)
    view = View(axes, points.mean(axis=0), 6.0, focal, (box.left + box.width / 2, box.top + box.height / 2))
    for _ in range(6):
        seen = view.project(points)
        low, high = seen[:, :2].min(axis=0), seen[:, :2].max(axis=0)
        off = (low + high) / 2 - np.asarray(view.centre)
        shift = (off[0] * axes[0] - off[1] * axes[1]) / view.units_per_m
        share = float(np.max((high - low) * AIR / [box.width, box.height]))
        view = view._replace(target=view.target + shift, distance=view.distance * share)
    return view
