"""What the leg model says about each muscle group, computed once: who takes over, when it works, on one leg.

Ranges only, over the model's variants: a single number would say more than anybody knows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from weaklink.body.muscles import unit_indices
from weaklink.body.names import leg_index
from weaklink.body.weakness import Weakness
from weaklink.mechanics.load_pack import LoadPack
from weaklink.mechanics.muscle_forces import share_load
from weaklink.mechanics.redistribution import redistribution
from weaklink.mechanics.stride_work import Period, work_by_period
from weaklink.mechanics.variants import VARIANTS, moment_arms, optimal_force
from weaklink.reader import Reader

STRENGTHS = (0.9, 0.8, 0.7, 0.6, 0.5)
# A muscle is named when it works this much harder in every variant and by as many newtons (our choice).
CLEARLY, CLEARLY_N = 0.03, 10.0
NAMED = 2
SIDE_OF_THE_HIP = ("gluteus-medius", "gluteus-minimus", "tensor-fasciae-latae")


class VariantRange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From the lowest to the highest variant of the model, as a share: 0.3 is 30 %."""

    low: float
    high: float


class Gain(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A muscle that works harder."""

    muscle: str
    change: VariantRange


class Shift(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who takes over when a group has a share of its strength; the clearest rise first."""

    strength: float
    gains: tuple[Gain, ...]
    short: tuple[str, ...]  # joints that can no longer do what the stride asks


class ModelFindings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that pages and sheets say from the model without solving it again."""

    packs: dict[str, str]  # sha256 of each load pack it was computed from
    shifts: dict[str, tuple[Shift, ...]]  # by group, weakest last
    work: dict[
        str, dict[Period, VariantRange]
    ]  # share of its greatest force a group gives, by part of the stride
    one_leg: dict[str, VariantRange]  # share of what keeps the pelvis level on one leg, by muscle
    one_leg_together: VariantRange  # of these muscles together
    side_bending_nm: dict[str, float]  # net moment at the lowest lumbar joint, by degrees of pelvic drop
    mass_kg: float  # of the body that stands
    sources: tuple[str, ...]


FINDINGS = Reader(ModelFindings)


def findings_of(
    running: LoadPack,
    stance: LoadPack,
    groups: Mapping[str, Sequence[str]],
    side_bending_nm: Mapping[int, float],
    packs: Mapping[str, str],
) -> ModelFindings:
    """Every finding; takes a few seconds.

    Args:
        groups: muscles of each group that the leg model has.
        side_bending_nm: by degrees of pelvic drop.
        packs: sha256 of the two load packs, kept so that a stale answer can be told.
    """
    work = work_by_period(running, dict(groups))
    return ModelFindings(
        packs=dict(packs),
        shifts={group: tuple(shifts_of(running, muscles)) for group, muscles in groups.items()},
        work={group: {p: _range(*ends) for p, ends in parts.items()} for group, parts in work.items()},
        one_leg={muscle: one_leg_share(stance, (muscle,)) for muscle in SIDE_OF_THE_HIP},
        one_leg_together=one_leg_share(stance, SIDE_OF_THE_HIP),
        side_bending_nm={str(drop): moment for drop, moment in side_bending_nm.items()},
        mass_kg=stance.body.mass_kg,
        sources=tuple(dict.fromkeys((*running.sources, *stance.sources))),
    )


def shifts_of(running: LoadPack, muscles: Sequence[str]) -> list[Shift]:
    """Who takes over in stance from a group at each of STRENGTHS."""
    return [_shift(running, muscles, strength) for strength in STRENGTHS]


def _shift(running: LoadPack, muscles: Sequence[str], strength: float) -> Shift:
    weak = [Weakness(muscle=muscle, strength=strength) for muscle in muscles]
    (found,) = redistribution(running, weak)
    gains = [
        Gain(muscle=one.id, change=_range(one.low, one.high))
        for one in found.muscles
        if one.low is not None and one.high is not None and one.low >= CLEARLY
        if one.after_n - one.before_n >= CLEARLY_N and not one.unsure and one.id not in muscles
    ]
    gains.sort(key=lambda gain: -gain.change.low)
    short = tuple(one.coordinate for one in found.shortfalls)
    return Shift(strength=strength, gains=tuple(gains[:NAMED]), short=short)


def one_leg_share(stance: LoadPack, muscles: Sequence[str]) -> VariantRange:
    """Which share of the moment that keeps the pelvis level these muscles give, standing on one leg."""
    load, place = stance.right, leg_index("hip_adduction")
    units = [unit for muscle in muscles for unit in unit_indices(muscle)]
    shares = []
    for variant in VARIANTS:
        force, arms = optimal_force(load, variant), moment_arms(load, variant)
        given = share_load(arms * force[:, None], load.moments, variant.effort).activations * force
        shares.append(float((arms[0, place, units] * given[0, units]).sum() / load.moments[0, place]))
    return _range(min(shares), max(shares))


def _range(low: float, high: float) -> VariantRange:
    return VariantRange(float(np.round(low, 4)), float(np.round(high, 4)))
