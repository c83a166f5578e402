"""How much of its greatest force a fully active unit gives, by its length and its speed: MuJoCo's curves."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def force_at_length(length: Array, shortest: Array, longest: Array) -> Array:
    """Share of the greatest force at a length in optimal lengths: four parabolas, 1 at 1."""
    low, high = 0.5 * (shortest + 1), 0.5 * (1 + longest)
    rising = 0.5 * ((length - shortest) / (low - shortest)) ** 2
    below = 1 - 0.5 * ((1 - length) / (1 - low)) ** 2
    above = 1 - 0.5 * ((length - 1) / (high - 1)) ** 2
    falling = 0.5 * ((longest - length) / (longest - high)) ** 2
    parts = [length < shortest, length <= low, length <= 1, length <= high, length <= longest]
    return np.select(parts, [np.zeros_like(length), rising, below, above, falling], 0.0)


def force_at_speed(speed: Array, eccentric: Array) -> Array:
    """Share of the isometric force at a speed in greatest shortening speeds."""
    rise = eccentric - 1
    slow = eccentric - (rise - speed) ** 2 / np.maximum(rise, 1e-12)
    parts = [speed <= -1, speed <= 0, speed <= rise]
    return np.select(
        parts, [np.zeros_like(speed), (speed + 1) ** 2, slow], np.broadcast_to(eccentric, speed.shape)
    )
