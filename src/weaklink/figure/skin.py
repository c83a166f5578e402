"""Skin: a surface that follows the bones."""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


class Skinned(Protocol):
    """What hangs on bones: a mesh or a sheet."""

    @property
    def vertices(self) -> FloatArray:
        """Points of the surface at rest [m], (n, 3), world frame."""

    @property
    def normals(self) -> FloatArray:
        """Outward unit normals at rest, (n, 3)."""

    @property
    def bones(self) -> IntArray:
        """Indices of the bones each point follows, (n, 4)."""

    @property
    def weights(self) -> FloatArray:
        """How much it follows each of them, (n, 4); rows sum to 1."""


class Posed(NamedTuple):
    """A surface in a batch of poses."""

    vertices: FloatArray  # [m], (k, n, 3)
    normals: FloatArray  # unit, (k, n, 3)


def posed(surface: Skinned, matrices: FloatArray, vertices: FloatArray | None = None) -> Posed:
    """A surface moved by its bones (linear blend skinning, as every scene viewer does it).

    Args:
        surface: a mesh or a sheet, sized for the skeleton of the matrices.
        matrices: `skin_matrices`, (k, n_bones, 4, 4).
        vertices: others than the surface's own, such as a swollen sheet's [m], (n, 3).
    """
    at = surface.vertices if vertices is None else vertices
    count, size = len(matrices), len(at)
    points, directions = np.zeros((count, size, 3)), np.zeros((count, size, 3))
    for corner in range(surface.bones.shape[1]):
        moved = matrices[:, surface.bones[:, corner]]
        share = surface.weights[:, corner, None]
        turn = moved[..., :3, :3]
        points += share * (np.einsum("knij,nj->kni", turn, at) + moved[..., :3, 3])
        directions += share * np.einsum("knij,nj->kni", turn, surface.normals)
    lengths = np.linalg.norm(directions, axis=-1, keepdims=True)
    return Posed(points, directions / np.maximum(lengths, 1e-9))
