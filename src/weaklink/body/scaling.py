"""The size of a runner and what it does to moments, moment arms and muscle forces."""

from __future__ import annotations

import math

import msgspec

from weaklink.quantities import WeaklinkError

MASSES_KG = (20.0, 250.0)
HEIGHTS_M = (1.0, 2.5)


class BodySizeError(WeaklinkError):
    """A mass or height that no runner has."""


class BodySize(msgspec.Struct, frozen=True, kw_only=True):
    """Mass and height of a runner."""

    mass_kg: float
    height_m: float

    def __post_init__(self) -> None:
        _check("mass", self.mass_kg, MASSES_KG, "kg")
        _check("height", self.height_m, HEIGHTS_M, "m")


class BodyScale(msgspec.Struct, frozen=True, kw_only=True):
    """By what each quantity of one body is multiplied to give that of another."""

    length: float  # moment arms and muscle lengths: height
    force: (
        float  # muscle strength: volume over fibre length, and volume follows mass x height (handsfield-2014)
    )
    moment: float  # joint moments of a similar motion: mass x height


def scale_between(reference: BodySize, runner: BodySize) -> BodyScale:
    """The factors from a reference body to a runner of the same build.

    Strength times arm grows as the moments do, so a runner who is larger all over shares load the same way:
    size changes newtons, not the percentages of a redistribution.
    """
    mass, height = runner.mass_kg / reference.mass_kg, runner.height_m / reference.height_m
    return BodyScale(length=height, force=mass, moment=mass * height)


def _check(what: str, value: float, limits: tuple[float, float], unit: str) -> None:
    low, high = limits
    if not (math.isfinite(value) and low <= value <= high):
        raise BodySizeError(f"The {what} is {value} {unit}; expected {low:g} to {high:g} {unit}.")
