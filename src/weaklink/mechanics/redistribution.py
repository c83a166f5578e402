"""Redistribution: who takes over when a muscle is weaker and the runner keeps moving in exactly the same way.

A mechanism, not a forecast: real runners also change how they move. Never an injury risk, never a diagnosis.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from weaklink.body.muscles import UNITS, UNSURE, unit_indices
from weaklink.body.names import LEG_COORDINATES, LEGS, Leg
from weaklink.body.weakness import Weakness, strength_factors
from weaklink.mechanics.article_claims import ClaimVerdict, claims_about, judge
from weaklink.mechanics.contact import STRUCTURES, structure_loads
from weaklink.mechanics.load_pack import LegLoad, LoadPack, Window
from weaklink.mechanics.muscle_forces import LoadSharing, share_load
from weaklink.mechanics.variants import VARIANTS, Variant, moment_arms, optimal_force
from weaklink.quantities import WeaklinkError

FloatArray = npt.NDArray[np.float64]
Frames = npt.NDArray[np.int64]
# Below this part of its greatest force a muscle hardly works; a percentage of it says nothing (our choice).
WORKING = 0.01
# A joint falls short when a reserve passes this part of its greatest moment (idea: vanderkrogt-2012).
SHORT = 0.05
SMALLEST_PEAK_NM = 1.0


class NothingWeakError(WeaklinkError):
    """A redistribution without any weakness."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """How much more or less something carries: 0.3 is 30 % more. The range is over the model's variants."""

    id: str
    change: float | None  # of the first variant; None when it hardly works before
    low: float | None
    high: float | None
    before_n: float  # mean over the window for a muscle, peak for a structure
    after_n: float
    unsure: bool = False  # the model's geometry is known to get this muscle wrong


class Shortfall(msgspec.Struct, frozen=True, kw_only=True):
    """A joint whose moment the muscles can no longer carry in this motion."""

    coordinate: str
    share: float  # of the joint's greatest moment, in the first variant


class Redistribution(msgspec.Struct, frozen=True, kw_only=True):
    """The answer for one leg."""

    motion: str
    side: Leg
    window: Window
    weak: tuple[Weakness, ...]
    muscles: tuple[Change, ...]  # most newtons gained first, those that hardly work last
    structures: tuple[Change, ...]
    claims: tuple[ClaimVerdict, ...]
    shortfalls: tuple[Shortfall, ...]
    residual: float  # largest violation of the optimality conditions in any variant, relative
    reserve_nm: float  # largest reserve before the weakness in the first variant
    variants: tuple[str, ...]
    sources: tuple[str, ...]
    limits: str


class _Solved(msgspec.Struct, frozen=True):
    """One leg in one variant, before and after."""

    before: FloatArray  # muscle forces [N], (n_frames, n_units)
    after: FloatArray
    before_sharing: LoadSharing
    after_sharing: LoadSharing


def redistribution(
    pack: LoadPack,
    weaknesses: Iterable[Weakness],
    window: Window = "stance",
    variants: Sequence[Variant] = VARIANTS,
) -> tuple[Redistribution, ...]:
    """Muscle by muscle what changes, for each leg that has a weakness, the right leg first.

    The other leg is not listed: its motion is fixed, so nothing changes there.
    Raises: NothingWeakError when no muscle is named.

    >>> from weaklink.body.weakness import Weakness
    >>> from weaklink.library.packs import load_pack
    >>> weak = [Weakness(muscle="gluteus-medius", strength=0.8, side="left")]
    >>> (leg,) = redistribution(load_pack("running"), weak)
    >>> tensor = next(muscle for muscle in leg.muscles if muscle.id == "tensor-fasciae-latae")
    >>> 0.05 < tensor.low < tensor.change < tensor.high < 1  # works more in every variant; 0.3 is 30 % more
    True
    >>> next((claim.claim, claim.holds) for claim in leg.claims)
    ('medius-to-tfl', 'yes')
    """
    named = tuple(weaknesses)
    if not named:
        raise NothingWeakError("Name at least one muscle and its strength, e.g. gluteus-medius at 0.5.")
    sides = [side for side in LEGS if any(one.side == side for one in named)]
    return tuple(_of_leg(pack, side, named, window, variants) for side in sides)


def _of_leg(
    pack: LoadPack, side: Leg, named: tuple[Weakness, ...], window: Window, variants: Sequence[Variant]
) -> Redistribution:
    load, frames = pack.leg(side), pack.frames(side, window)
    factors = strength_factors(named, side)
    solved = [_solve(load, frames, factors, variant) for variant in variants]
    weak = tuple(one for one in named if one.side == side)
    muscles, structures = _muscle_changes(load, solved), _structure_changes(load, frames, solved)
    sharings = [sharing for one in solved for sharing in (one.before_sharing, one.after_sharing)]
    return Redistribution(
        motion=pack.id,
        side=side,
        window=window,
        weak=weak,
        muscles=tuple(sorted(muscles, key=_most_gained_first)),
        structures=structures,
        claims=tuple(_verdicts(weak, solved, structures)),
        shortfalls=tuple(_shortfalls(load, solved[0])),
        residual=max(float(sharing.residual.max()) for sharing in sharings),
        reserve_nm=float(np.abs(solved[0].before_sharing.reserves).max()),
        variants=tuple(variant.id for variant in variants),
        sources=pack.sources,
        limits=pack.limits,
    )


def _solve(load: LegLoad, frames: Frames, factors: FloatArray, variant: Variant) -> _Solved:
    force, arms = optimal_force(load, variant)[frames], moment_arms(load, variant)[frames]
    before = share_load(arms * force[:, None], load.moments[frames], variant.effort)
    weaker = force * factors
    after = share_load(arms * weaker[:, None], load.moments[frames], variant.effort, start=before.multipliers)
    return _Solved(before.activations * force, after.activations * weaker, before, after)


def _muscle_changes(load: LegLoad, solved: list[_Solved]) -> tuple[Change, ...]:
    changes = []
    for muscle in UNITS:
        units = unit_indices(muscle)
        enough = WORKING * float(load.most_force[units].sum())
        changes.append(_change(muscle, [_means(one, units) for one in solved], enough))
    return tuple(changes)


def _means(one: _Solved, units: list[int]) -> tuple[float, float]:
    """Mean force of some units together before and after [N]."""
    return float(one.before[:, units].sum(axis=1).mean()), float(one.after[:, units].sum(axis=1).mean())


def _structure_changes(load: LegLoad, frames: Frames, solved: list[_Solved]) -> tuple[Change, ...]:
    loads = [
        (structure_loads(load, frames, one.before), structure_loads(load, frames, one.after))
        for one in solved
    ]
    return tuple(
        _change(name, [(float(a[name].max()), float(b[name].max())) for a, b in loads], 1.0)
        for name in STRUCTURES
    )


def _change(name: str, pairs: list[tuple[float, float]], enough: float) -> Change:
    """The change of the first variant and its range over all in which the thing works at all."""
    ratios = [after / before - 1 for before, after in pairs if before >= enough]
    known = bool(ratios) and pairs[0][0] >= enough
    return Change(
        id=name,
        change=ratios[0] if known else None,
        low=min(ratios) if known else None,
        high=max(ratios) if known else None,
        before_n=pairs[0][0],
        after_n=pairs[0][1],
        unsure=name in UNSURE,
    )


def _most_gained_first(change: Change) -> tuple[bool, float]:
    return change.change is None, change.before_n - change.after_n


def _verdicts(
    weak: tuple[Weakness, ...], solved: list[_Solved], structures: tuple[Change, ...]
) -> Iterator[ClaimVerdict]:
    by_name = {change.id: change for change in structures}
    for claim in claims_about(frozenset(one.muscle for one in weak if one.strength < 1)):
        found = by_name.get(claim.structure)
        if found is None:
            units = [unit for muscle in claim.takes_over for unit in unit_indices(muscle)]
            found = _change(claim.id, [_means(one, units) for one in solved], 1.0)
        if found.change is not None and found.low is not None and found.high is not None:
            yield judge(claim, found.change, found.low, found.high)


def _shortfalls(load: LegLoad, first: _Solved) -> Iterator[Shortfall]:
    """The joints that fall short after the weakness and did not before."""
    peak = np.maximum(np.abs(load.moments).max(axis=0), SMALLEST_PEAK_NM)
    before = np.abs(first.before_sharing.reserves).max(axis=0) / peak
    after = np.abs(first.after_sharing.reserves).max(axis=0) / peak
    for place, coordinate in enumerate(LEG_COORDINATES):
        if after[place] > max(SHORT, before[place] + 0.01):
            yield Shortfall(coordinate=coordinate, share=float(after[place]))
