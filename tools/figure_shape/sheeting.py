"""Sheeting: a muscle's path laid onto the skin as a domed grid of points."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.interpolate import CubicSpline

from tools.figure_shape.field import FRAMES, Field
from tools.figure_shape.girth import girth_of
from tools.figure_shape.paths import Path
from tools.figure_shape.weights import Carrier, four
from weaklink.figure.mesh import face_normals
from weaklink.figure.sheets import Sheet, grid_triangles

FloatArray = npt.NDArray[np.float64]
RIM_M = 0.0035  # the rim lies this deep under the skin
BELLY_M, TENDON_M, DEEP_M = 0.0045, 0.0022, 0.0012  # and the belly this far above it


def sheet_of(path: Path, field: Field, carrier: Carrier) -> Sheet:
    """The right side's sheet of a path on a build's skin."""
    along, across = np.linspace(0, 1, path.shape[0]), np.linspace(-1, 1, path.shape[1])
    grid = _outwards(_laid_out(path, field, along, across), field)
    belly = np.sqrt(np.sin(np.pi * along))[:, None] * (1 - across**2)
    height = TENDON_M if path.tendon else DEEP_M if path.deep else BELLY_M
    depth = RIM_M - (height + RIM_M) * np.clip(belly, 0, 1)
    points = field.projected(grid.reshape(-1, 3), depth.ravel(), rounds=8)
    normals = _normals(points.reshape(grid.shape), field)
    table = carrier.at(points)
    bones, shares = four(table)
    ones = np.ones_like(across)
    return Sheet(
        muscle=path.muscle,
        part=path.part,
        side="right",
        deep=path.deep,
        tendon=path.tendon,
        shape=path.shape,
        vertices=points,
        normals=normals,
        along=np.outer(along, ones).ravel(),
        across=np.outer(np.ones_like(along), across).ravel(),
        bones=bones,
        weights=shares,
        swell=np.clip(belly, 0, 1).ravel(),
        girth=girth_of(points, table),
    )


def _laid_out(path: Path, field: Field, along: FloatArray, across: FloatArray) -> FloatArray:
    """The grid on the skin before it is domed, (n_along, n_across, 3)."""
    lines = np.array([_line(strand, field, along) for strand in path.strands])
    if path.tendon:
        fullness = np.clip(np.minimum(along, 1 - along) * 12 + 0.35, 0, 1)
    else:
        fullness = np.sin(np.pi * np.clip(along * 0.92 + 0.04, 0, 1)) ** 0.55
    margin = (path.width * fullness)[:, None]
    if len(lines) == 1:
        centre = lines[0]
        forward = np.gradient(centre, axis=0)
        aside = np.cross(field.gradient(centre), forward / np.linalg.norm(forward, axis=1, keepdims=True))
        return centre[:, None] - aside[:, None] * margin[:, None] * across[None, :, None]
    first = lines[0] + margin * _directions(lines[0] - lines[1])
    last = lines[-1] + margin * _directions(lines[-1] - lines[-2])
    fan = np.concatenate([first[None], lines, last[None]])
    return np.moveaxis(CubicSpline(np.linspace(-1, 1, len(fan)), fan, axis=0)(across), 0, 1)


def _outwards(grid: FloatArray, field: Field) -> FloatArray:
    """The grid turned so that its triangles face away from the body."""
    shape = grid.shape[0], grid.shape[1]
    points = grid.reshape(-1, 3)
    facing = face_normals(points, grid_triangles(shape))
    away = field.gradient(points)[grid_triangles(shape)[:, 0]]
    return grid if np.sum(facing * away) > 0 else grid[:, ::-1]


def _line(strand: tuple[tuple[str, float, float, float], ...], field: Field, along: FloatArray) -> FloatArray:
    """A strand as a smooth line on the skin."""
    points = np.array([FRAMES[bone].to_rest(np.array([place]))[0] for bone, *place in strand])
    points = field.projected(points, rounds=8)
    way = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    curve = CubicSpline(way / way[-1], points) if len(points) > 2 else None
    line = curve(along) if curve else points[0] + np.outer(along, points[1] - points[0])
    return field.projected(line, rounds=8)


def _directions(offsets: FloatArray) -> FloatArray:
    return offsets / (np.linalg.norm(offsets, axis=1, keepdims=True) + 1e-6)


def _normals(grid: FloatArray, field: Field) -> FloatArray:
    """The grid's own normals, softened with the skin's."""
    crossed = np.cross(np.gradient(grid, axis=0), np.gradient(grid, axis=1)).reshape(-1, 3)
    away = field.gradient(grid.reshape(-1, 3))
    own = crossed / (np.linalg.norm(crossed, axis=1, keepdims=True) + 1e-12)
    own *= np.sign(np.sum(own * away)) or 1.0
    mixed = 0.6 * own + 0.4 * away
    return mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
