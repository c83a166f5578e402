"""Making: one build from its field: surface, tones, weights, girth, sheets."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tools.figure_shape.field import FRAMES, Field
from tools.figure_shape.paths import PATHS
from tools.figure_shape.sheeting import sheet_of
from tools.figure_shape.surface import Half, half_surface, occlusion
from tools.figure_shape.weights import weights
from weaklink.figure.bones import mirrored_bones
from weaklink.figure.mesh import Mesh
from weaklink.figure.sheets import Sheet

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
TRIANGLES = 3_900  # of the whole body, before clothes are cut


def made(field: Field, cell: float = 0.004, triangles: int = TRIANGLES) -> tuple[Mesh, tuple[Sheet, ...]]:
    """A build's mesh and the sheets of its right side."""
    half = half_surface(field, cell, triangles // 2)
    mesh = _whole(half, field)
    return mesh, tuple(sheet_of(path, field, mesh) for path in PATHS)


def _whole(half: Half, field: Field) -> Mesh:
    points, midline = half.vertices, half.midline
    normals = field.gradient(points)
    normals[:midline, 2] = 0.0
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    hidden = occlusion(field, points, normals)
    flip = np.array([1.0, 1.0, -1.0])
    size = len(points) - midline
    left = np.where(half.triangles >= midline, half.triangles + size, half.triangles)[:, ::-1]
    triangles = np.vstack([half.triangles, left])
    whole = np.vstack([points, points[midline:] * flip])
    bones, shares = weights(whole, triangles)
    bones[len(points) :] = mirrored_bones()[bones[midline : len(points)]]
    shares[len(points) :] = shares[midline : len(points)]
    girth = _girth(points)
    tones = np.tile(tones_of(points[half.triangles].mean(axis=1)), 2)
    order = np.argsort(tones, kind="stable")
    return Mesh(
        vertices=whole,
        normals=np.vstack([normals, normals[midline:] * flip]),
        triangles=triangles[order],
        tones=tones[order],
        occlusion=np.concatenate([hidden, hidden[midline:]]),
        bones=bones,
        weights=shares,
        girth=np.vstack([girth, girth[midline:] * flip]),
        midline=midline,
    )


def tones_of(points: FloatArray) -> IntArray:
    """Which tone covers points of the right half in the rest pose."""
    x, y = points[:, 0], points[:, 1]
    ankle = FRAMES["foot"].rest[:3, 3]
    tones = np.zeros(len(points), dtype=np.int64)
    tones[(0.72 * y - 0.42 * x > 1.19) & (y > 1.5)] = 1
    tones[(y > 0.78) & (y < 1.02) & (points[:, 2] < 0.30)] = 2
    tones[y < ankle[1] + 0.01] = 3
    return tones


def _girth(points: FloatArray) -> FloatArray:
    """Away from the middle of trunk and limbs; hands, feet and head keep their size."""
    x, y, z = points.T
    girth = np.zeros_like(points)
    trunk = np.clip((1.50 - y) / 0.06, 0, 1) * np.clip((y - 0.80) / 0.1, 0, 1) * (z < 0.3)
    girth[:, 0], girth[:, 2] = trunk * x, trunk * z
    return girth
