"""The effort of a muscle: what a choice of activations costs, and the activation a price buys."""

from __future__ import annotations

import math

import msgspec
import numpy as np
import numpy.typing as npt

from weaklink.quantities import WeaklinkError

FloatArray = npt.NDArray[np.float64]
INVERSION_STEPS = 12


class EffortError(WeaklinkError):
    """An effort that would not be convex, or bounds that cross."""


class Effort(msgspec.Struct, frozen=True, kw_only=True):
    """Cost of one unit: a^exponent / exponent + quadratic · a²/2, with lowest ≤ a ≤ 1.

    Exponent 2 is the usual choice, crowninshield-1981 argued for 3; high ones spread the load most evenly.
    Above 2 a small quadratic part decides muscles that hardly work; without it their share is open.
    """

    exponent: int = 2
    quadratic: float = 0.0
    lowest: float = 0.0
    reserve_weight: float = 1.0  # cost of a reserve r [N·m]: reserve_weight · r²/2

    def __post_init__(self) -> None:
        positive = self.reserve_weight > 0 and math.isfinite(self.reserve_weight)
        if self.exponent < 2 or self.quadratic < 0 or not 0 <= self.lowest < 1 or not positive:
            raise EffortError(
                f"{self} is no effort: exponent from 2, quadratic from 0, lowest in [0, 1), "
                "reserve_weight above 0."
            )


QUADRATIC = Effort()
CUBIC = Effort(exponent=3, quadratic=0.01)
SIXTH_POWER = Effort(exponent=6, quadratic=0.001)


def activation_for(price: FloatArray, effort: Effort) -> FloatArray:
    """The activation at which the marginal cost equals the price, within the bounds.

    For exponents above 2 the root of a^(p-1) + q·a = price is found by Newton steps, which fall on a convex
    function from above and so never overshoot.
    """
    if effort.exponent == 2:
        return np.clip(price / (1 + effort.quadratic), effort.lowest, 1.0)
    power, above_zero = effort.exponent - 1, np.maximum(price, 0.0)
    activation = np.minimum(above_zero ** (1 / power), 1.0)
    if effort.quadratic:
        activation = np.minimum(activation, above_zero / effort.quadratic)
        capped = np.minimum(above_zero, 1 + effort.quadratic)
        for _ in range(INVERSION_STEPS):
            excess = activation**power + effort.quadratic * activation - capped
            activation = activation - excess / (power * activation ** (power - 1) + effort.quadratic)
    return np.clip(activation, effort.lowest, 1.0)


def cost(activation: FloatArray, effort: Effort) -> FloatArray:
    """The cost of each activation, same shape."""
    if effort.exponent == 2:
        return 0.5 * (1 + effort.quadratic) * activation**2
    return activation**effort.exponent / effort.exponent + 0.5 * effort.quadratic * activation**2


def response(activation: FloatArray, effort: Effort) -> FloatArray:
    """How much activation a little more price buys: 0 at a bound, else one over the cost's curvature."""
    free = (activation > effort.lowest) & (activation < 1.0)
    if effort.exponent == 2:
        return np.where(free, 1 / (1 + effort.quadratic), 0.0)
    curvature = (effort.exponent - 1) * activation ** (effort.exponent - 2) + effort.quadratic
    return np.where(free, 1 / np.maximum(curvature, 1e-12), 0.0)
