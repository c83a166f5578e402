"""Six variants of the model: nobody knows which is right, so every number comes with its range over them."""

from __future__ import annotations

from typing import Literal

import msgspec
import numpy as np
import numpy.typing as npt

from weaklink.body.muscles import LONG_TENDON_UNITS
from weaklink.body.names import LEG_UNITS, leg_index
from weaklink.mechanics.effort import CUBIC, QUADRATIC, SIXTH_POWER, Effort
from weaklink.mechanics.load_pack import Leverage

FloatArray = npt.NDArray[np.float64]
LONG_TENDON = np.array([stem in LONG_TENDON_UNITS for stem in LEG_UNITS])
KNEE = leg_index("knee_angle")


class Variant(msgspec.Struct, frozen=True, kw_only=True):
    """One way to model the muscles: their tendons, what effort costs, the knee's moment arms."""

    id: str
    tendons: Literal["compliant", "rigid", "isometric"] = "compliant"
    effort: Effort = QUADRATIC
    knee: Literal["corrected", "plain"] = "corrected"


# The first is the one whose number is given; the others give the range.
VARIANTS: tuple[Variant, ...] = (
    Variant(id="compliant-calf"),
    Variant(id="rigid-tendons", tendons="rigid"),
    Variant(id="isometric", tendons="isometric"),
    Variant(id="exponent-3", effort=CUBIC),
    Variant(id="exponent-6", effort=SIXTH_POWER),
    Variant(id="plain-knee", knee="plain"),
)


def optimal_force(load: Leverage, variant: Variant) -> FloatArray:
    """The force of each fully active unit [N], shape (n_frames, n_units).

    Compliant: calf and deep plantarflexor fibres hardly change length, their tendons stretch (uchida-2016).
    Rigid: force-length and force-velocity with tendons that do not stretch. Isometric: neither.
    """
    if variant.tendons == "isometric":
        return np.broadcast_to(load.most_force, load.rigid_force.shape).copy()
    if variant.tendons == "rigid":
        return load.rigid_force
    return np.where(LONG_TENDON, np.maximum(load.rigid_force, load.most_force), load.rigid_force)


def moment_arms(load: Leverage, variant: Variant) -> FloatArray:
    """The moment arms [m], shape (n_frames, n_coordinates, n_units)."""
    if variant.knee == "corrected":
        return load.arms
    arms = load.arms.copy()
    arms[:, KNEE] = load.knee_arms_plain
    return arms
