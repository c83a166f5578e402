"""Virtual runners by counter: person n is the n-th number of each quantity's own random stream.

So a person is the same whoever is drawn before, after or beside them, on whatever machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import msgspec
import numpy as np
import numpy.typing as npt

from weaklink.body.muscles import UNITS, unit_indices
from weaklink.body.names import LEG_UNITS, Leg
from weaklink.study.distribution import Distribution
from weaklink.study.study_file import Cohort

FloatArray = npt.NDArray[np.float64]
NUMBERS_PER_COUNT = 4  # Philox gives four numbers for each step of its counter


class People(msgspec.Struct, frozen=True, kw_only=True):
    """Some virtual runners in a row; NaN means: as in the motion's load pack."""

    first: int  # number of the first one
    height_m: FloatArray  # (n_people,)
    mass_kg: FloatArray  # (n_people,)
    speed_m_s: FloatArray  # (n_people,)
    cadence_spm: FloatArray  # (n_people,); NaN: usual at the speed
    strength: dict[Leg, FloatArray]  # factor of each muscle in the order of UNITS, (n_people, n_muscles)

    def unit_factors(self, leg: Leg) -> FloatArray:
        """The strength factor of each unit of a leg, shape (n_people, n_units)."""
        factors = np.ones((len(self.height_m), len(LEG_UNITS)))
        for place, muscle in enumerate(UNITS):
            factors[:, unit_indices(muscle)] = self.strength[leg][:, place, None]
        return factors


def uniform(seed: int, quantity: str, first: int, count: int) -> FloatArray:
    """The numbers of some people in a quantity's stream: in [0, 1), shape (count,)."""
    name = int.from_bytes(hashlib.sha256(quantity.encode()).digest()[:8], "big")
    stream = np.random.Philox(key=np.array([seed, name], dtype=np.uint64))
    stream.advance(first // NUMBERS_PER_COUNT)
    skipped = first % NUMBERS_PER_COUNT
    drawn: FloatArray = np.random.Generator(stream).random(skipped + count)[skipped:]
    return drawn


def draw(cohort: Cohort | None, seed: int, legs: tuple[Leg, ...], first: int, count: int) -> People:
    """People number `first` to `first + count - 1`. Without a cohort: the runner of the load pack."""
    unknown = np.full(count, np.nan)
    if cohort is None:
        plain = {leg: np.ones((count, len(UNITS))) for leg in legs}
        said = dict.fromkeys(("height_m", "mass_kg", "speed_m_s", "cadence_spm"), unknown)
        return People(first=first, strength=plain, **said)

    def of(stated: Distribution | None, quantity: str) -> FloatArray | None:
        return None if stated is None else stated.values(uniform(seed, quantity, first, count))

    def known(values: FloatArray | None) -> FloatArray:
        return unknown if values is None else values

    height, mass = of(cohort.height_m, "height_m"), of(cohort.mass_kg, "mass_kg")
    speed, cadence = of(cohort.speed_m_s, "speed_m_s"), of(cohort.cadence_spm, "cadence_spm")
    index = of(cohort.body_mass_index_kg_m2, "body_mass_index_kg_m2")
    if index is not None and height is not None:
        mass = index * height**2
    return People(
        first=first,
        height_m=known(height),
        mass_kg=known(mass),
        speed_m_s=known(speed),
        cadence_spm=known(cadence),
        strength={leg: _strength(cohort, leg, of, count) for leg in legs},
    )


def _strength(
    cohort: Cohort, leg: Leg, of: Callable[[Distribution | None, str], FloatArray | None], count: int
) -> FloatArray:
    """The factor of every muscle of a leg, shape (count, units): the person's own times the muscle's."""
    single = [
        of(cohort.muscles.get(muscle, cohort.muscle_strength), f"muscle_strength/{leg}/{muscle}")
        for muscle in UNITS
    ]
    factors = np.stack([np.ones(count) if one is None else one for one in single], axis=1)
    whole = of(cohort.strength, "strength")
    return factors if whole is None else factors * whole[:, None]
