"""Bounded least squares: Levenberg and Marquardt's steps, with every unknown kept in its range."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
Residuals = Callable[[FloatArray], FloatArray]  # a batch of points (n, n_unknowns) → (n, n_residuals)
STEP = 1e-5


def minimise(
    residuals: Residuals, start: FloatArray, low: FloatArray, high: FloatArray, rounds: int = 60
) -> tuple[FloatArray, float]:
    """The point between the bounds with the least half sum of squares, and that sum.

    The number of residuals may change from call to call; within one batch they are the same.
    """
    point = np.clip(start, low, high)
    damping = 1e-2
    for _ in range(rounds):
        value, slope = _linear(residuals, point, high)
        cost = float(value @ value) / 2
        gradient = slope.T @ value
        movable = ~(((point <= low) & (gradient > 0)) | ((point >= high) & (gradient < 0)))
        model = _Model(residuals, (low, high), slope, gradient, movable)
        point, gained, damping = _try_steps(model, point, cost, damping)
        if gained < 1e-6 * (1 + cost):
            break
    return point, float(np.sum(residuals(point[None])[0] ** 2)) / 2


def _linear(residuals: Residuals, point: FloatArray, high: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Residuals and their slope by forward differences (backward at an upper bound)."""
    steps = np.where(point + STEP > high, -STEP, STEP)
    values = residuals(np.vstack([point, point + np.diag(steps)]))
    slope: FloatArray = (values[1:] - values[0]).T / steps
    return values[0], slope


class _Model(NamedTuple):
    """The residuals near a point, straightened."""

    residuals: Residuals
    bounds: tuple[FloatArray, FloatArray]
    slope: FloatArray  # (n_residuals, n)
    gradient: FloatArray  # (n,)
    movable: npt.NDArray[np.bool_]  # (n,): coordinates that no bound holds


def _try_steps(
    model: _Model, point: FloatArray, cost: float, damping: float
) -> tuple[FloatArray, float, float]:
    """A better point, what it gains and the next damping; the same point when no step helps."""
    residuals, bounds, slope, gradient, movable = model
    normal = slope[:, movable].T @ slope[:, movable]
    for _ in range(8):
        scaled = normal + damping * np.diag(np.diag(normal) + 1e-6)
        trial = point.copy()
        trial[movable] -= np.linalg.solve(scaled, gradient[movable])
        trial = np.clip(trial, *bounds)
        found = float(np.sum(residuals(trial[None])[0] ** 2)) / 2
        if found < cost:
            return trial, cost - found, max(damping / 5, 1e-7)
        damping *= 6
    return point, 0.0, damping
