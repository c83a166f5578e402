"""Packing: a half body and its sheets as small numbers in one file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from weaklink.figure.mesh import Mesh
from weaklink.figure.sheets import Sheet
from weaklink.library.figures import STEPS_PER_M, UNIT, WHOLE

FloatArray = npt.NDArray[np.float64]


def write(path: Path, mesh: Mesh, sheets: Sequence[Sheet]) -> None:
    """The midline and right half of a mesh and the right side's sheets, as `library.figures` reads them."""
    half = (len(mesh.vertices) + mesh.midline) // 2
    own = np.all(mesh.triangles < half, axis=1)
    np.savez_compressed(
        path,
        midline=np.array(mesh.midline),
        vertices=_lengths(mesh.vertices[:half]),
        normals=_directions(mesh.normals[:half]),
        triangles=mesh.triangles[own].astype(np.uint16),
        tones=mesh.tones[own].astype(np.uint8),
        occlusion=np.round(mesh.occlusion[:half] * WHOLE).astype(np.uint8),
        bones=mesh.bones[:half].astype(np.uint8),
        weights=np.round(mesh.weights[:half] * WHOLE).astype(np.uint8),
        girth=_lengths(mesh.girth[:half]),
        sheet_names=np.array([(sheet.muscle, sheet.part) for sheet in sheets]),
        sheet_flags=np.array([(sheet.deep, sheet.tendon) for sheet in sheets]),
        sheet_shapes=np.array([sheet.shape for sheet in sheets], dtype=np.uint8),
        sheet_vertices=_lengths(np.vstack([sheet.vertices for sheet in sheets])),
        sheet_normals=_directions(np.vstack([sheet.normals for sheet in sheets])),
        sheet_bones=np.vstack([sheet.bones for sheet in sheets]).astype(np.uint8),
        sheet_weights=np.round(np.vstack([sheet.weights for sheet in sheets]) * WHOLE).astype(np.uint8),
        sheet_swell=np.round(np.concatenate([sheet.swell for sheet in sheets]) * WHOLE).astype(np.uint8),
        sheet_girth=_lengths(np.vstack([sheet.girth for sheet in sheets])),
    )


def _lengths(values: FloatArray) -> npt.NDArray[np.int32]:
    whole = np.round(values * STEPS_PER_M)
    return whole.astype(np.int16 if np.abs(whole).max() < 32_767 else np.int32)


def _directions(values: FloatArray) -> npt.NDArray[np.int8]:
    return np.round(values * UNIT).astype(np.int8)
