"""Making: one build from its field: surface, tones, weights, girth, sheets."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tools.figure_shape.anatomy import Drawn
from tools.figure_shape.clothes import Cut, dressed
from tools.figure_shape.field import Field
from tools.figure_shape.girth import girth_of
from tools.figure_shape.paths import paths
from tools.figure_shape.sheeting import sheet_of
from tools.figure_shape.surface import even_surface, half_surface, occlusion
from tools.figure_shape.weights import Carrier, four
from weaklink.figure.bones import mirrored_bones
from weaklink.figure.mesh import Mesh
from weaklink.figure.sheets import Sheet

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
CELL_M = 0.004  # of the grid the surface is found on
NORMAL_STEP_M = 0.006  # normals are of the shape at this size, not of every wrinkle


def made(drawn: Drawn, cell: float = CELL_M) -> tuple[Mesh, tuple[Sheet, ...]]:
    """A build's mesh and the sheets of its right side."""
    carrier = carrier_of(drawn, cell)
    return mesh_of(drawn, carrier, cell), tuple(sheet_of(path, drawn.field, carrier) for path in paths())


def carrier_of(drawn: Drawn, cell: float = CELL_M) -> Carrier:
    """Where a build's weights are found and smoothed."""
    even = even_surface(drawn.field, 2 * cell)
    return Carrier(even.vertices, even.triangles)


def mesh_of(drawn: Drawn, carrier: Carrier, cell: float = CELL_M) -> Mesh:
    """A build's skin, dressed."""
    half = half_surface(drawn.field, cell, drawn.triangles // 2)
    return _whole(dressed(half.vertices, half.triangles, drawn.garments, drawn.field), drawn.field, carrier)


def _whole(cut: Cut, field: Field, carrier: Carrier) -> Mesh:
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
    table = carrier.at(points)
    bones, shares = four(table)
    girth = girth_of(points, table)
    girth[:midline, 2] = 0.0
    both = np.tile(tones, 2)
    order = np.argsort(both, kind="stable")
    return Mesh(
        vertices=whole,
        normals=np.vstack([normals, normals[midline:] * flip]),
        triangles=triangles[order],
        tones=both[order],
        occlusion=np.concatenate([hidden, hidden[midline:]]),
        bones=np.vstack([bones, mirrored_bones()[bones[midline:]]]),
        weights=np.vstack([shares, shares[midline:]]),
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
