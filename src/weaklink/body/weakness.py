"""How much of its strength a muscle has: one factor per muscle and side, and what tests say about it."""

from __future__ import annotations

import math
from collections.abc import Iterable

import msgspec
import numpy as np
import numpy.typing as npt

from weaklink.body.muscles import unit_indices
from weaklink.body.names import LEG_UNITS, Leg
from weaklink.quantities import WeaklinkError

FloatArray = npt.NDArray[np.float64]
REPETITIONS_PER_DOUBLE = 30.0  # one-repetition maximum grows by 1/30 per repetition: epley-1985, from memory


class StrengthError(WeaklinkError):
    """A strength that is not a share of the normal one."""


class Weakness(msgspec.Struct, frozen=True, kw_only=True):
    """One muscle with a share of its strength: 1 is as strong as the model, 0.5 half as strong."""

    muscle: str
    strength: float
    side: Leg = "right"

    def __post_init__(self) -> None:
        if not (math.isfinite(self.strength) and 0 < self.strength <= 2):
            raise StrengthError(
                f"The strength of {self.muscle} is {self.strength}; expected a share above 0 and up to 2."
            )
        unit_indices(self.muscle)


def strength_factors(weaknesses: Iterable[Weakness], leg: Leg) -> FloatArray:
    """The strength factor of every unit of one leg, shape (n_units,); a muscle named twice is multiplied."""
    factors = np.ones(len(LEG_UNITS))
    for weakness in weaknesses:
        if weakness.side == leg:
            factors[unit_indices(weakness.muscle)] *= weakness.strength
    return factors


def strength_from_force(measured_n: float, normal_n: float) -> float:
    """The strength factor of a dynamometer reading held against the other side or a norm, same position.

    Raises: StrengthError when a force is not above zero.
    """
    if not (measured_n > 0 and normal_n > 0):
        raise StrengthError(f"Forces must be above zero; found {measured_n} N and {normal_n} N.")
    return measured_n / normal_n


def strength_from_repetitions(done: int, normal: int) -> float:
    """The strength factor of repetitions with the same load, through the one-repetition maximum (epley-1985).

    Valid for: up to about twenty repetitions; beyond that they tell more of endurance than of strength.
    Raises: StrengthError when a count is below zero.
    """
    if done < 0 or normal < 0:
        raise StrengthError(f"Repetitions must not be below zero; found {done} and {normal}.")
    return (1 + done / REPETITIONS_PER_DOUBLE) / (1 + normal / REPETITIONS_PER_DOUBLE)
