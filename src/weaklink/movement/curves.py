"""Sampled curves: a coordinate of a cyclic motion as a short sum of harmonics, and its rates."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from weaklink.reader import Reader

FloatArray = npt.NDArray[np.float64]


class Harmonics(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """mean + Σ cosine[k] cos(2πk·phase) + sine[k] sin(2πk·phase), k from 1; phase 0 to 1 is one cycle."""

    mean: float
    cosine: tuple[float, ...]
    sine: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.cosine) != len(self.sine):
            raise ValueError(f"{len(self.cosine)} cosine and {len(self.sine)} sine terms; expected as many")

    def at(self, phase: FloatArray) -> FloatArray:
        """The values at some phases, same shape."""
        return self.mean + self.swing(phase)

    def swing(self, phase: FloatArray) -> FloatArray:
        """The same without its mean."""
        angle = 2 * np.pi * phase[..., None] * np.arange(1, len(self.cosine) + 1)
        value: FloatArray = np.cos(angle) @ np.array(self.cosine) + np.sin(angle) @ np.array(self.sine)
        return value


COORDINATES = Reader(dict[str, Harmonics])
GROUND = Reader(dict[str, tuple[float, ...]])  # terms of sine sums


def sine_sum(terms: Sequence[float], part: FloatArray) -> FloatArray:
    """Σ terms[k] sin(kπ·part), k from 1, for a part from 0 to 1 of a contact; nothing outside it."""
    order = np.arange(1, len(terms) + 1)
    on = (part >= 0) & (part < 1)
    value: FloatArray = np.sin(np.pi * part[..., None] * order) @ np.asarray(terms, dtype=np.float64)
    return np.where(on, value, 0.0)


def sine_mean(terms: Sequence[float]) -> float:
    """The mean of a sine sum over its contact."""
    return float(sum(2 * value / (order * np.pi) for order, value in enumerate(terms, start=1) if order % 2))


def monotone(knots: FloatArray, values: FloatArray, at: FloatArray) -> FloatArray:
    """A rising curve through knots without a kink: cubic pieces whose slopes never turn it back.

    Args:
        knots, values: rising; the curve goes on with the same steps before the first and after the last,
            so that one period of a warped phase meets the next smoothly.
    """
    steps = np.diff(values) / np.diff(knots)
    around = np.concatenate([steps[-1:], steps, steps[:1]])
    slopes = 2 * around[:-1] * around[1:] / (around[:-1] + around[1:])
    place = np.clip(np.searchsorted(knots, at, side="right") - 1, 0, len(steps) - 1)
    width = np.diff(knots)[place]
    u = (at - knots[place]) / width
    start, end = values[place], values[place + 1]
    risen = start * (1 + 2 * u) * (1 - u) ** 2 + end * u**2 * (3 - 2 * u)
    curve: FloatArray = risen + width * (
        slopes[place] * u * (1 - u) ** 2 - slopes[place + 1] * u**2 * (1 - u)
    )
    return curve
