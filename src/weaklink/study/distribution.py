"""Distributions a virtual cohort is drawn from: each with its limits, and with where its numbers come from.

Every value is one uniform number put through the inverse of the distribution between its limits, so the value
of a person depends on that number alone.
"""

from __future__ import annotations

import math
from statistics import NormalDist

import msgspec
import numpy as np
import numpy.typing as npt

from weaklink.quantities import Mark, WeaklinkError

FloatArray = npt.NDArray[np.float64]
STANDARD = NormalDist()


class DistributionError(WeaklinkError, ValueError):
    """Numbers that make no distribution, or one that does not say where it comes from."""


class _Stated(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="shape"):
    """What every distribution says of itself."""

    mark: Mark  # "design" is our own choice
    because: str  # why these numbers, in a sentence
    source: str = ""  # id of a source of the knowledge

    def __post_init__(self) -> None:
        if not self.because.strip():
            raise DistributionError("`because` is empty; say in a sentence why these numbers")
        if not self.source and self.mark != "design":
            raise DistributionError(
                f'`source` is missing; only mark = "design" needs none, not {self.mark!r}'
            )


class Normal(_Stated, tag="normal", frozen=True, kw_only=True):
    """A normal distribution cut off at its limits."""

    mean: float
    sd: float
    low: float
    high: float

    def __post_init__(self) -> None:
        super().__post_init__()
        _ordered(self.low, self.high)
        _spread("sd", self.sd)
        _inside("mean", self.mean, self.low, self.high)

    def values(self, uniform: FloatArray) -> FloatArray:
        """The value at each share of the distribution; `uniform` in [0, 1), same shape back."""
        return _clipped(self.mean + self.sd * _scores(uniform, *self._ends()), self.low, self.high)

    def expected(self) -> float:
        """The mean of what is drawn, limits included."""
        low, high = self._ends()
        share = STANDARD.cdf(high) - STANDARD.cdf(low)
        return self.mean + self.sd * (STANDARD.pdf(low) - STANDARD.pdf(high)) / share

    def _ends(self) -> tuple[float, float]:
        return (self.low - self.mean) / self.sd, (self.high - self.mean) / self.sd


class LogNormal(_Stated, tag="log-normal", frozen=True, kw_only=True):
    """A distribution whose logarithm is normal, cut off at its limits: for factors such as strength."""

    median: float
    sd_log: float  # standard deviation of the natural logarithm; 0.15 is about 15 %
    low: float
    high: float

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.low > 0:
            raise DistributionError(f"`low` is {self.low}; a log-normal needs it above 0")
        _ordered(self.low, self.high)
        _spread("sd_log", self.sd_log)
        _inside("median", self.median, self.low, self.high)

    def values(self, uniform: FloatArray) -> FloatArray:
        """The value at each share of the distribution; `uniform` in [0, 1), same shape back."""
        scores = _scores(uniform, *self._ends())
        return _clipped(self.median * np.exp(self.sd_log * scores), self.low, self.high)

    def expected(self) -> float:
        """The mean of what is drawn, limits included."""
        low, high = self._ends()
        share = STANDARD.cdf(high) - STANDARD.cdf(low)
        moved = STANDARD.cdf(high - self.sd_log) - STANDARD.cdf(low - self.sd_log)
        return self.median * math.exp(0.5 * self.sd_log**2) * moved / share

    def _ends(self) -> tuple[float, float]:
        return math.log(self.low / self.median) / self.sd_log, math.log(self.high / self.median) / self.sd_log


class Uniform(_Stated, tag="uniform", frozen=True, kw_only=True):
    """Every value between the limits alike."""

    low: float
    high: float

    def __post_init__(self) -> None:
        super().__post_init__()
        _ordered(self.low, self.high)

    def values(self, uniform: FloatArray) -> FloatArray:
        """The value at each share of the distribution; `uniform` in [0, 1), same shape back."""
        return self.low + (self.high - self.low) * uniform

    def expected(self) -> float:
        """The mean of what is drawn."""
        return 0.5 * (self.low + self.high)


class Fixed(_Stated, tag="fixed", frozen=True, kw_only=True):
    """The same value for everybody."""

    value: float

    def __post_init__(self) -> None:
        super().__post_init__()
        if not math.isfinite(self.value):
            raise DistributionError(f"`value` is {self.value}; expected a number")

    @property
    def low(self) -> float:
        """The value."""
        return self.value

    @property
    def high(self) -> float:
        """The value."""
        return self.value

    def values(self, uniform: FloatArray) -> FloatArray:
        """The value for everybody; same shape as `uniform`."""
        return np.full(uniform.shape, self.value)

    def expected(self) -> float:
        """The value."""
        return self.value


Distribution = Normal | LogNormal | Uniform | Fixed


def _scores(uniform: FloatArray, low: float, high: float) -> FloatArray:
    """Standard normal scores between two ends, by the inverse of the cut-off distribution."""
    first, last = STANDARD.cdf(low), STANDARD.cdf(high)
    # Never exactly 0 or 1, where the inverse has no value.
    share = np.clip(first + (last - first) * uniform, 1e-15, 1 - 1e-15)
    return np.array([STANDARD.inv_cdf(one) for one in share.ravel().tolist()]).reshape(uniform.shape)


def _clipped(values: FloatArray, low: float, high: float) -> FloatArray:
    """Rounding of the inverse must not step over a limit."""
    return np.clip(values, low, high)


def _ordered(low: float, high: float) -> None:
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise DistributionError(f"`low` is {low} and `high` is {high}; expected numbers, low below high")


def _spread(name: str, value: float) -> None:
    if not (math.isfinite(value) and value > 0):
        raise DistributionError(f"`{name}` is {value}; expected a number above 0")


def _inside(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise DistributionError(f"`{name}` is {value}; expected it between low {low} and high {high}")
