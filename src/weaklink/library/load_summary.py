"""A movement's load in few words: which muscles work much, some or little, and what is lengthened.

Shares are of each muscle's own capacity in a strong young body, from a model; never what somebody feels.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, cast

import msgspec
import numpy as np

from weaklink.body.muscles import UNSURE
from weaklink.body.names import LEGS, Leg
from weaklink.library.baked_movements import baked_movement
from weaklink.library.exercise_loads import cannot_be_loaded, find_load, is_carried
from weaklink.library.reading import Library
from weaklink.mechanics.exercise_load import MUSCLES, ExerciseLoad
from weaklink.mechanics.touching import is_strap, newtons_of
from weaklink.movement.baked import Baked

Amount = Literal["much", "some", "little", "hardly"]
Why = Literal[
    "", "quick", "travels", "machine", "not-carried", "pressed", "at-its-limit", "stretch", "not-computed"
]
# Peak shares of a muscle's capacity that we call so; our choice.
MUCH, SOME, LITTLE = 0.30, 0.12, 0.04
SATURATED = 0.98  # a muscle that gives all it has: the model has run out, a body would find another way
SHORT_NM = 2.0  # or a joint lacks this much
LONG = 0.80  # of the way from a muscle's shortest to its longest
LONGER = 0.08  # and by at least this share longer than standing


class MuscleLoad(msgspec.Struct, frozen=True, kw_only=True):
    """One muscle in one movement. `low` and `high` are the range of the peak over the model's variants."""

    muscle: str
    leg: Literal["working", "other", "both"]
    amount: Amount
    peak: float  # greatest share of its capacity over the phases, first variant
    low: float
    high: float
    mean: float  # over the time of one repetition
    unsure: bool  # the model is known to miss this muscle


class Lengthened(msgspec.Struct, frozen=True, kw_only=True):
    """A muscle that is long: 1 is as long as the joints let it become."""

    muscle: str
    leg: Literal["working", "other", "both"]
    share: float


class LoadSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What one movement loads, or why that is not said."""

    movement: str
    why: Why  # why there are no numbers; empty when there are
    muscles: tuple[MuscleLoad, ...] = ()  # most first; with why = at-its-limit only their order counts
    lengthened: tuple[Lengthened, ...] = ()  # longest first
    back_nm: float = 0.0  # greatest net moment at the lowest lumbar joint: bending forward is held back
    front_nm: float = 0.0  # bending back is held back
    side_nm: float = 0.0  # bending to either side is held back
    carried: float = 0.0  # share of the phases that count
    residual: float = 0.0
    pulls_n: float = 0.0  # how hard a band, a ball or a belt pulls, where that is our choice


def summary_of(baked: Baked, load: ExerciseLoad | None, *, stretch: bool = False) -> LoadSummary:
    """The load of a movement in few words. Without a load only why there is none."""
    why = cannot_be_loaded(baked.movement)
    if load is None or why:
        return LoadSummary(movement=baked.id, why=cast(Why, why or "not-computed"))
    lengthened = tuple(_lengthened(baked, load)) if stretch else ()
    counts = float(load.carried.mean())
    if not is_carried(load):
        return LoadSummary(
            movement=baked.id, why="stretch" if stretch else "not-carried", lengthened=lengthened,
            carried=counts, residual=load.residual,
        )  # fmt: skip
    muscles = tuple(sorted(_muscles(baked, load), key=lambda one: (-one.peak, one.muscle)))
    back, front, side = _trunk(load)
    return LoadSummary(
        movement=baked.id,
        why="stretch" if stretch else _limits(load, muscles),
        muscles=muscles,
        lengthened=lengthened,
        back_nm=back,
        front_nm=front,
        side_nm=side,
        carried=counts,
        residual=load.residual,
        pulls_n=sum(newtons_of(held) for held in baked.held if not held.newtons and not is_strap(held)),
    )


def amount_of(peak: float) -> Amount:
    """The word for a peak share."""
    if peak >= MUCH:
        return "much"
    return "some" if peak >= SOME else "little" if peak >= LITTLE else "hardly"


def _limits(load: ExerciseLoad, muscles: tuple[MuscleLoad, ...]) -> Why:
    """Why the numbers should not be read as numbers."""
    lacking = max(float(np.abs(load.leg(side).reserves[load.carried]).max()) for side in LEGS)
    if muscles and (muscles[0].peak >= SATURATED or lacking > SHORT_NM):
        return "at-its-limit"
    nothing = not muscles or muscles[0].peak < LITTLE
    return "pressed" if nothing and max(_trunk(load)) < PRESSED_NM else ""


PRESSED_NM = 10.0  # a movement that asks less of legs and back than this works against nothing


def _muscles(baked: Baked, load: ExerciseLoad) -> Iterator[MuscleLoad]:
    weights = _seconds(baked, load)
    for place, muscle in enumerate(MUSCLES):
        legs = {side: _of_leg(load, side, place, weights) for side in LEGS}
        for side, leg in _legs(baked, legs["right"][0], legs["left"][0]):
            peak, low, high, mean = legs[side]
            if peak >= LITTLE:
                yield MuscleLoad(
                    muscle=muscle, leg=leg, amount=amount_of(peak), peak=peak, low=low, high=high, mean=mean,
                    unsure=muscle in UNSURE,
                )  # fmt: skip


def _legs(
    baked: Baked, right: float, left: float
) -> Iterator[tuple[Leg, Literal["working", "other", "both"]]]:
    """Which legs are told of: both as one when the movement has no side, the one that has more."""
    if baked.side == "both":
        yield ("right" if right >= left else "left"), "both"
        return
    other: Leg = "left" if baked.side == "right" else "right"
    yield baked.side, "working"
    yield other, "other"


def _of_leg(
    load: ExerciseLoad, side: Leg, place: int, weights: np.ndarray
) -> tuple[float, float, float, float]:
    effort, counts = load.leg(side), load.carried
    peaks = [float(values[counts, place].max()) for values in (effort.activations, effort.low, effort.high)]
    mean = float(effort.activations[counts, place] @ weights[counts] / max(weights[counts].sum(), 1e-9))
    return peaks[0], peaks[1], peaks[2], mean


def _seconds(baked: Baked, load: ExerciseLoad) -> np.ndarray:
    """How long each phase stands for [s]: half of the way to its neighbours."""
    times = load.times_s
    if len(times) == 1:
        return np.ones(1)
    ends = np.r_[times, max(baked.duration_s, times[-1])]
    gaps = np.diff(ends)
    found: np.ndarray = (gaps + np.roll(gaps, 1)) / 2
    return found


def _trunk(load: ExerciseLoad) -> tuple[float, float, float]:
    """Greatest moments that back, front and sides give at the lowest lumbar joint [N·m]."""
    extension, bending = load.lumbar[load.carried, 0], load.lumbar[load.carried, 1]
    return max(float(extension.max()), 0.0), max(float(-extension.min()), 0.0), float(np.abs(bending).max())


def _lengthened(baked: Baked, load: ExerciseLoad) -> Iterator[Lengthened]:
    """Muscles that are long in the held pose, longest first."""
    found = []
    for place, muscle in enumerate(MUSCLES):
        longest = {side: float(load.leg(side).lengths[:, place].max()) for side in LEGS}
        for side, leg in _legs(baked, longest["right"], longest["left"]):
            if longest[side] >= max(LONG, float(load.standing[place]) + LONGER):
                found.append(Lengthened(muscle=muscle, leg=leg, share=longest[side]))
    yield from sorted(found, key=lambda one: -one.share)


def shipped_summaries(library: Library) -> dict[str, LoadSummary]:
    """The summary of every exercise and test that is solved, from the packs that ship."""
    found: dict[str, LoadSummary] = {}
    for record_id in library.movements:
        baked = baked_movement(record_id, library)
        if baked is not None:
            found[record_id] = summary_of(baked, find_load(baked), stretch=is_stretch(record_id, library))
    return found


def is_stretch(record_id: str, library: Library) -> bool:
    """Whether a movement is there to lengthen something."""
    exercise = library.exercises.get(record_id)
    return exercise is not None and exercise.kind == "stretch"
