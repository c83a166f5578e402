"""Surfaces: how far a point is from the floor and from things in the room; inside is negative."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from weaklink.movement.format import FLOOR, Thing

FloatArray = npt.NDArray[np.float64]


def from_floor(points: FloatArray) -> FloatArray:
    """Height of points over the floor [m]; shape (..., 3) → (...)."""
    height: FloatArray = points[..., 1]
    return height


def from_thing(thing: Thing, points: FloatArray) -> FloatArray:
    """Distance of points from the skin of a box [m]; shape (..., 3) → (...)."""
    low, high = np.asarray(thing.low), np.asarray(thing.high)
    outside = np.abs(points - (low + high) / 2) - (high - low) / 2
    beyond = np.linalg.norm(np.clip(outside, 0, None), axis=-1)
    distance: FloatArray = beyond + np.clip(outside.max(axis=-1), None, 0)
    return distance


def distance(name: str, things: tuple[Thing, ...], points: FloatArray) -> FloatArray:
    """Distance of points from the floor or the thing of that name [m]."""
    if name == FLOOR:
        return from_floor(points)
    return from_thing(next(thing for thing in things if thing.name == name), points)


def carries(name: str, things: tuple[Thing, ...]) -> bool:
    """Whether the floor or the thing of that name can be stood on: a wall cannot."""
    return name == FLOOR or all(thing.kind != "wall" for thing in things if thing.name == name)
