"""When muscles work in the stride: how much of its strength each group uses from contact to contact."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt

from weaklink.body.muscles import unit_indices
from weaklink.mechanics.load_pack import LoadPack
from weaklink.mechanics.muscle_forces import share_load
from weaklink.mechanics.variants import VARIANTS, Variant, moment_arms, optimal_force

FloatArray = npt.NDArray[np.float64]
Period = Literal["landing", "push-off", "early-swing", "late-swing"]
PERIODS: tuple[Period, ...] = ("landing", "push-off", "early-swing", "late-swing")


def periods_of(pack: LoadPack) -> dict[Period, npt.NDArray[np.int64]]:
    """The frames of each part of the stride: contact to midstance to toe-off to mid-swing to contact."""
    count = len(pack.right.moments)
    ends = np.array([0, pack.stance / 2, pack.stance, (1 + pack.stance) / 2, 1.0])
    marks = np.round(ends * count).astype(np.int64)
    return {name: np.arange(marks[i], marks[i + 1]) for i, name in enumerate(PERIODS)}


def work_by_period(
    pack: LoadPack, groups: dict[str, Sequence[str]], variants: Sequence[Variant] = VARIANTS
) -> dict[str, dict[Period, tuple[float, float]]]:
    """How much of its greatest force each group of muscles gives in each part of the stride: low and high.

    The mean over the part's frames; the range is over the model's variants.
    """
    periods, load = periods_of(pack), pack.right
    forces = []
    for variant in variants:
        force = optimal_force(load, variant)
        shared = share_load(moment_arms(load, variant) * force[:, None], load.moments, variant.effort)
        forces.append(shared.activations * force)
    found: dict[str, dict[Period, tuple[float, float]]] = {}
    for group, muscles in groups.items():
        units = [unit for muscle in muscles for unit in unit_indices(muscle)]
        most = load.most_force[units].sum()
        shares = [one[:, units].sum(axis=1) / most for one in forces]
        found[group] = {
            name: (min(float(s[at].mean()) for s in shares), max(float(s[at].mean()) for s in shares))
            for name, at in periods.items()
        }
    return found
