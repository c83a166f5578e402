"""How much larger the loads and strengths of virtual runners are than those of a load pack.

The same rules as `load_pack.scaled` and `load_at_pace.at_pace`, for many people at once.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from weaklink.body.scaling import BodySize
from weaklink.library.packs import stride_template
from weaklink.mechanics.load_at_pace import pace_factor
from weaklink.mechanics.load_pack import LoadPack
from weaklink.movement.pace import pace_of
from weaklink.study.cohort import People

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


class PeopleScale(NamedTuple):
    """How much larger the loads and the strengths of n people are than those of the pack."""

    mass: FloatArray  # (n,): muscle forces
    size: FloatArray  # (n,): moments, and strength times arm
    pace: FloatArray  # (n, n_frames of the whole cycle): what the pace adds to the load of each frame

    def of(self, own: IntArray) -> PeopleScale:
        """The scale of the people at these places."""
        return PeopleScale(self.mass[own], self.size[own], self.pace[own])


def scale_of(pack: LoadPack, people: People, chosen: IntArray) -> PeopleScale:
    """The scale of the people at these places, for one motion."""
    mass = _ratio(people.mass_kg[chosen], pack.body.mass_kg)
    height = _ratio(people.height_m[chosen], pack.body.height_m)
    pace = np.ones((len(chosen), len(pack.right.moments)))
    if pack.period_s:
        for row, person in enumerate(chosen):
            pace[row] = _pace_factor(pack, people, int(person))
    return PeopleScale(mass, mass * height, pace)


def _pace_factor(pack: LoadPack, people: People, person: int) -> FloatArray | float:
    """What the pace of a person adds to the load of each frame; 1 where no pace is stated."""
    speed, cadence = _stated(people.speed_m_s[person]), _stated(people.cadence_spm[person])
    if speed is None and cadence is None:
        return 1.0
    body = BodySize(
        mass_kg=_stated(people.mass_kg[person]) or pack.body.mass_kg,
        height_m=_stated(people.height_m[person]) or pack.body.height_m,
    )
    pace = pace_of(stride_template(pack.id), body, speed, cadence)
    return pace_factor(len(pack.right.moments), pack.stance, pace)


def _stated(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _ratio(values: FloatArray, reference: float) -> FloatArray:
    """How much larger than the runner of the pack; 1 where nothing is stated."""
    return np.where(np.isnan(values), 1.0, values / reference)
