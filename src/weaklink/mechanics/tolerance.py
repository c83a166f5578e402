"""Tolerated weakness: how weak a group can be before a joint of an unchanged motion falls short."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from weaklink.body.muscles import unit_indices
from weaklink.mechanics.load_pack import LegLoad
from weaklink.mechanics.muscle_forces import LoadSharing, share_load
from weaklink.mechanics.variants import VARIANTS, Variant, moment_arms, optimal_force

FloatArray = npt.NDArray[np.float64]
SHORT = 0.05  # of the joint's greatest moment, as a reserve
SMALLEST_PEAK_NM = 20.0  # joints that hardly work are held to this, so that no rounding decides
ALLOWED_RISE_NM = 1.0  # above what the reserves were at full strength
WEAKEST = 0.98


def tolerated_weakness(
    load: LegLoad, muscles: Sequence[str], variant: Variant = VARIANTS[0], within: float = 0.01
) -> float:
    """The part of its strength a group can lose (0 to WEAKEST) before a joint falls short, found by halving.

    A joint falls short when a reserve passes 5 % of that joint's greatest moment anywhere in the cycle; the
    order of groups in walking is published (vanderkrogt-2012).
    """
    units = [unit for muscle in muscles for unit in unit_indices(muscle)]
    allowed = _allowed(load, variant)
    if not _short(load, units, WEAKEST, allowed, variant):
        return WEAKEST
    enough, too_much = 0.0, WEAKEST
    while too_much - enough > within:
        middle = 0.5 * (enough + too_much)
        if _short(load, units, middle, allowed, variant):
            too_much = middle
        else:
            enough = middle
    return enough


def _allowed(load: LegLoad, variant: Variant) -> FloatArray:
    """The reserve each joint may need [N·m]."""
    peak = np.maximum(np.abs(load.moments).max(axis=0), SMALLEST_PEAK_NM)
    strong = np.abs(_shared(load, [], 0.0, variant).reserves).max(axis=0)
    allowed: FloatArray = np.maximum(SHORT * peak, strong + ALLOWED_RISE_NM)
    return allowed


def _short(load: LegLoad, units: list[int], lost: float, allowed: FloatArray, variant: Variant) -> bool:
    reserves = np.abs(_shared(load, units, lost, variant).reserves).max(axis=0)
    return bool((reserves > allowed).any())


def _shared(load: LegLoad, units: list[int], lost: float, variant: Variant) -> LoadSharing:
    force = optimal_force(load, variant).copy()
    force[:, units] *= 1 - lost
    return share_load(moment_arms(load, variant) * force[:, None], load.moments, variant.effort)
