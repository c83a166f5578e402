"""Making: one build from its field: surface, tones, weights, girth, sheets."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tools.figure_shape.clothes import Cut, Garment, dressed
from tools.figure_shape.field import Field
from tools.figure_shape.paths import paths
from tools.figure_shape.sheeting import sheet_of
from tools.figure_shape.surface import half_surface, occlusion
from tools.figure_shape.weights import weights
from weaklink.figure.bones import mirrored_bones
from weaklink.figure.mesh import Mesh
from weaklink.figure.sheets import Sheet

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
NORMAL_STEP_M = 0.006  # normals are of the shape at this size, not of every wrinkle
TRIANGLES = 3_500  # of the whole body, before clothes are cut


def made(
    field: Field, garments: tuple[Garment, ...], cell: float = 0.004, triangles: int = TRIANGLES
) -> tuple[Mesh, tuple[Sheet, ...]]:
    """A build's mesh and the sheets of its right side."""
    half = half_surface(field, cell, triangles // 2)
    cut = dressed(half.vertices, half.triangles, garments, field)
    mesh = _whole(cut, field)
    return mesh, tuple(sheet_of(path, field, mesh) for path in paths())


def _whole(cut: Cut, field: Field) -> Mesh:
    points, own, tones, midline = _midline_first(cut)
    normals = field.gradient(points, NORMAL_STEP_M)
    normals[:midline, 2] = 0.0
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    hidden = occlusion(field, points, normals)
    flip = np.array([1.0, 1.0, -1.0])
    size = len(points) - midline
    left = np.where(own >= midline, own + size, own)[:, ::-1]
    triangles = np.vstack([own, left])
    whole = np.vstack([points, points[midline:] * flip])
    bones, shares = weights(whole, triangles)
    bones[len(points) :] = mirrored_bones()[bones[midline : len(points)]]
    shares[len(points) :] = shares[midline : len(points)]
    girth = girth_of(points)
    both = np.tile(tones, 2)
    order = np.argsort(both, kind="stable")
    return Mesh(
        vertices=whole,
        normals=np.vstack([normals, normals[midline:] * flip]),
        triangles=triangles[order],
        tones=both[order],
        occlusion=np.concatenate([hidden, hidden[midline:]]),
        bones=bones,
        weights=shares,
        girth=np.vstack([girth, girth[midline:] * flip]),
        midline=midline,
    )


def _midline_first(cut: Cut) -> tuple[FloatArray, IntArray, IntArray, int]:
    """Points with the midline's first, triangles and tones of the right half, how many are on the midline."""
    rim = cut.points[:, 2] == 0.0
    order = np.argsort(~rim, kind="stable")
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return cut.points[order], place[cut.triangles], cut.tones, int(rim.sum())


def girth_of(points: FloatArray) -> FloatArray:
    """Away from the middle of trunk and limbs; hands, feet and head keep their size."""
    x, y, z = points.T
    girth = np.zeros_like(points)
    trunk = np.clip((1.50 - y) / 0.06, 0, 1) * np.clip((y - 0.80) / 0.1, 0, 1) * (z < 0.3)
    girth[:, 0], girth[:, 2] = trunk * x, trunk * z
    return girth
