"""Loads of an exercise: which can be put together, which to begin with, and what a set says of the next.

Kilograms throughout. The mass that is moved is a share of the body and all that is held. Numbers without a
source are our own choice (docs/science/dose.md).
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from weaklink.case.load import BAND_COLOURS, BandColour, Load, Owned, OwnedKind, as_kg
from weaklink.library.records import Weighted
from weaklink.quantities import LoadKind

EPLEY = 30.0  # repetitions to failure that add the weight itself once more (Epley; about 10 % either way)
MOST_TOLD_BY_REPS = 18  # beyond so many to failure a set says nothing of a maximum
LEAST_STEP, MOST_STEP, AIMED_STEP = 0.025, 0.10, 0.05  # of what is moved (acsm-2009)
MOST_FOUND, MOST_FOUND_SORE = 0.25, 0.10  # while the weight is sought; design
RUCKSACK_FIRST, RUCKSACK_LATER = 0.25, 0.35  # of the body; design
USUAL_RUCKSACK_KG = 20.0
UNKNOWN_BODY_KG = 50.0  # a body nobody has weighed counts as a light one; design

# What such a thing usually offers where nobody said: lowest, highest, step. Design.
USUAL: dict[OwnedKind, tuple[float, float, float]] = {
    "rucksack": (1, USUAL_RUCKSACK_KG, 1),
    "dumbbell": (1, 10, 1),
    "dumbbell-pair": (1, 10, 1),
    "kettlebell": (4, 24, 4),
    "barbell": (20, 140, 2.5),
    "machine": (5, 250, 5),
    "ankle-weight": (0.5, 5, 0.5),
}
GYM: dict[LoadKind, tuple[float, float, float]] = {
    "dumbbell": (1, 40, 1),
    "dumbbell-each": (1, 40, 1),
    "kettlebell": (4, 40, 4),
    "barbell-total": (20, 200, 2.5),
    "machine-stack": (5, 250, 5),
    "ankle-weight": (0.5, 5, 0.5),
}
# The same where things are marked in pounds; what is filled with litres of water stays in kilograms. Design.
USUAL_LB: dict[OwnedKind, tuple[float, ...]] = {
    "dumbbell": (2, 3, 5, 8, 10, 12, 15, 20),
    "dumbbell-pair": (2, 3, 5, 8, 10, 12, 15, 20),
    "kettlebell": (9, 18, 26, 35, 44, 53),
    "barbell": tuple(range(45, 311, 5)),
    "machine": tuple(range(10, 551, 10)),
    "ankle-weight": tuple(range(1, 11)),
}
GYM_LB: dict[LoadKind, tuple[float, ...]] = {
    "dumbbell": tuple(range(5, 91, 5)),
    "dumbbell-each": tuple(range(5, 91, 5)),
    "kettlebell": (9, 18, 26, 35, 44, 53, 62, 70, 88),
    "barbell-total": tuple(range(45, 441, 5)),
    "machine-stack": tuple(range(10, 551, 10)),
    "ankle-weight": tuple(range(1, 11)),
}
HELD_AS: dict[OwnedKind, tuple[LoadKind, ...]] = {
    "rucksack": ("rucksack",),
    "dumbbell": ("dumbbell",),
    "dumbbell-pair": ("dumbbell", "dumbbell-each"),
    "kettlebell": ("kettlebell",),
    "barbell": ("barbell-total",),
    "machine": ("machine-stack",),
    "ankle-weight": ("ankle-weight",),
}
FILLED_UP: tuple[OwnedKind, ...] = ("rucksack", "barbell", "machine")  # one number is the most of many


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """The body that carries a load. `kg` is None where nobody said; `months` since the training began."""

    kg: float | None = None
    months: int = 0


def loads_of(weighted: Weighted, owns: Iterable[Owned], body: Body) -> tuple[Load, ...]:
    """Every load somebody can put together for an exercise, lightest first, each weight once.

    Of two ways to hold the same weight the usual one of the exercise stands. Bands stand by colour.
    """
    return _put_together(tuple(weighted.held), weighted.most, tuple(owns), body)


@functools.lru_cache(maxsize=2048)
def _put_together(
    held: tuple[LoadKind, ...], most: float | None, owns: tuple[Owned, ...], body: Body
) -> tuple[Load, ...]:
    found: dict[float, Load] = {}
    for kind in held:
        for kg in sorted(_weights(kind, owns)):
            load = Load(kind=kind, kg=kg)
            if load.total_kg <= _most(kind, most, body):
                found.setdefault(load.total_kg, load)
    if not found and "band" in held:
        return tuple(Load(kind="band", colour=colour) for colour in _colours(owns))
    return tuple(found[total] for total in sorted(found))


def _colours(owns: Sequence[Owned]) -> tuple[BandColour, ...]:
    """The colours of the bands there are, lightest first; all of them where none was named."""
    bands = [one for one in owns if one.kind in ("band", "gym")]
    if any(not one.colours for one in bands):
        return BAND_COLOURS
    named = {colour for one in bands for colour in one.colours}
    return tuple(colour for colour in BAND_COLOURS if colour in named)


def _weights(kind: LoadKind, owns: Sequence[Owned]) -> Iterator[float]:
    for one in owns:
        if one.kind == "gym" and kind in GYM:
            yield from map(as_kg, GYM_LB[kind]) if one.marked_in == "lb" else _steps(*GYM[kind])
        if one.kind in HELD_AS and kind in HELD_AS[one.kind]:
            yield from _of_one(one)


def _of_one(one: Owned) -> Iterable[float]:
    if one.marked_in == "lb" and one.kind in USUAL_LB:
        usual = [as_kg(pounds) for pounds in USUAL_LB[one.kind]]
        if one.kind in FILLED_UP and len(one.kg) == 1:
            return sorted({*(kg for kg in usual if kg < one.kg[0]), one.kg[0]})
        return one.kg or usual
    low, high, step = USUAL[one.kind]
    if not one.kg:
        return _steps(low, high, step)
    if one.kind in FILLED_UP and len(one.kg) == 1:
        return _steps(min(low, one.kg[0]), one.kg[0], step)
    return one.kg


def _steps(low: float, high: float, step: float) -> Iterator[float]:
    return (low + number * step for number in range(math.floor((high - low) / step + 1e-9) + 1))


def _most(kind: LoadKind, most: float | None, body: Body) -> float:
    mass = body.kg if body.kg is not None else UNKNOWN_BODY_KG
    shares = [] if most is None else [most]
    if kind == "rucksack":
        shares.append(RUCKSACK_FIRST if body.months < 1 else RUCKSACK_LATER)
    return min(shares, default=math.inf) * mass


class Rack(msgspec.Struct, frozen=True, kw_only=True):
    """What one exercise can be loaded with: how it is held, the loads there are, lightest first, the body.

    `upper`-body steps are smaller by the record; `needs_one`: it cannot be done without a weight.
    """

    weighted: Weighted
    loads: tuple[Load, ...]
    body: Body
    needs_one: bool = False

    def moved_kg(self, load: Load | None) -> float | None:
        """All that is moved with a load; None where the body counts and nobody said what it weighs."""
        if self.weighted.body_share and self.body.kg is None:
            return None
        return self.weighted.body_share * (self.body.kg or 0.0) + (load.total_kg if load is not None else 0.0)

    def up_to(self, kg: float) -> Load | None:
        """The heaviest load of no more than so many kilograms; None where every one is more."""
        return next((load for load in reversed(self.loads) if load.total_kg <= kg + 1e-9), None)

    def heavier(self, now: Load | None) -> tuple[Load, ...]:
        """The loads above one, lightest first."""
        return tuple(load for load in self.loads if place_of(load) > place_of(now))

    def lighter(self, now: Load | None) -> tuple[Load, ...]:
        """The loads below one, lightest first."""
        return tuple(load for load in self.loads if place_of(load) < place_of(now))


def place_of(load: Load | None) -> float:
    """Where a load stands among those of its exercise; below all of them for none."""
    if load is None or load.kind == "none":
        return -1.0
    if load.kind == "band":
        return float(BAND_COLOURS.index(load.colour)) if load.colour is not None else -1.0
    return load.total_kg


def begin_kg(weighted: Weighted, place: int, body: Body, share: float) -> float:
    """The estimate of a first weight.

    Args:
        place: 0 weak, 1 average, 2 strong; a body nobody has weighed begins as a weak one.
        share: what is left of it for sex, age and pain.
    """
    if body.kg is None:
        return weighted.begin[0] * UNKNOWN_BODY_KG * share
    return weighted.begin[place] * body.kg * share


def begin_with(rack: Rack, kg: float) -> Load | None:
    """The load of a first session, rounded down; the lightest where one is needed, else none."""
    if rack.loads and rack.loads[0].kind == "band":
        return rack.loads[0] if rack.needs_one else None
    found = rack.up_to(kg) if kg > 0 else None
    return rack.loads[0] if found is None and rack.needs_one and rack.loads else found


def stepped_up(rack: Rack, now: Load | None) -> Load | None:
    """The next heavier load that is a small step of what is moved; None where the gap is too big.

    Without a known mass it is the next one there is: no percent can be told.
    """
    heavier, moved = rack.heavier(now), rack.moved_kg(now)
    if not heavier or moved is None or heavier[0].kind == "band":
        return heavier[0] if heavier else None
    held = now.total_kg if now is not None else 0.0
    steps = {(load.total_kg - held) / moved: load for load in heavier} if moved > 0 else {}
    small = [step for step in steps if LEAST_STEP - 1e-9 <= step <= MOST_STEP + 1e-9]
    return steps[min(small, key=lambda step: (abs(step - AIMED_STEP), step))] if small else None


def stepped_down(rack: Rack, now: Load | None, share: float) -> Load | None:
    """The heaviest load with at least so much less of what is moved; None for no weight at all."""
    lighter, moved = rack.lighter(now), rack.moved_kg(now)
    if now is None or not lighter:
        return None
    if moved is None or now.kind == "band":
        return lighter[-1]
    most = now.total_kg - share * moved
    return next((load for load in reversed(lighter) if load.total_kg <= most + 1e-9), None)


# --- what a set says of the next --------------------------------------------------------------------------


def maximum_kg(moved: float, reps: int, reserve: int) -> float | None:
    """What could be moved once, from a set with so many left; None where it says nothing (Epley)."""
    to_failure = reps + reserve
    return moved * (1 + to_failure / EPLEY) if to_failure <= MOST_TOLD_BY_REPS else None


def for_reps_kg(maximum: float, reps: int, reserve: int) -> float:
    """What can be moved so often with so many left."""
    return maximum / (1 + (reps + reserve) / EPLEY)


def found_by(
    rack: Rack, now: Load | None, done: tuple[int, int], wanted: tuple[int, int], most: float = MOST_FOUND
) -> Load | None:
    """The load for the wanted repetitions and reserve, from a set that was done; rounded down.

    Args:
        done: repetitions, and how many were left.
        wanted: the same for the next set.
        most: the largest rise, as a share of what is moved.
    """
    moved = rack.moved_kg(now)
    maximum = maximum_kg(moved, *done) if moved is not None else None
    if moved is None or maximum is None:
        return (stepped_up(rack, now) or now) if done[1] > wanted[1] else now
    aimed = min(for_reps_kg(maximum, *wanted), moved * (1 + most))
    return rack.up_to(aimed - rack.weighted.body_share * (rack.body.kg or 0.0))


def reps_for_a_big_step(now_kg: float, next_kg: float, low: int, reserve: int) -> int:
    """How many repetitions with what is moved now are worth the bottom of the range with the next."""
    worth = (1 + (low + reserve) / EPLEY) * next_kg / now_kg
    return math.ceil(EPLEY * (worth - 1) - reserve - 1e-9)
