"""Racks: what one runner can load an exercise with, and the load of their first session."""

from __future__ import annotations

from collections.abc import Iterable

from weaklink.case.given import Given
from weaklink.case.load import Load, Owned, OwnedKind
from weaklink.library.records import Equipment, Exercise, Weighted
from weaklink.training.dose.weights import Body, Rack, begin_kg, begin_with, loads_of

WOMEN_LEGS, WOMEN_ARMS = 0.85, 0.70  # of the first weight; design
OLDER, OLDER_FROM = 0.80, 60
SORE = 0.70  # where it works in what hurts
WEIGHTS: frozenset[Equipment] = frozenset({"weight", "machine"})
PULLS: frozenset[Equipment] = frozenset({"band", "heavy-band"})
# What a thing on the list of equipment can be loaded with where nobody named the weights: anybody can fill a
# rucksack in whole kilograms.
USUALLY: dict[Equipment, OwnedKind] = {
    "weight": "rucksack",
    "machine": "machine",
    "bar": "barbell",
    "band": "band",
}


def owned_by(given: Given, equipment: Iterable[Equipment]) -> tuple[Owned, ...]:
    """The weights of a runner: those they named, else what their equipment usually means."""
    if given.owns is not None:
        return given.owns
    return tuple(Owned(kind=USUALLY[thing]) for thing in sorted(equipment) if thing in USUALLY)


def needs_load(exercise: Exercise) -> bool:
    """Whether an exercise is never done with the body alone."""
    return not (WEIGHTS | PULLS).isdisjoint(exercise.needs)


def rack_of(exercise: Exercise, owns: tuple[Owned, ...], body: Body) -> Rack | None:
    """What an exercise can be loaded with; None where nothing is held in it or nothing is there."""
    weighted = exercise.weighted
    if weighted is None:
        return None
    loads = loads_of(weighted, owns, body)
    if not loads:
        return None
    return Rack(weighted=weighted, loads=loads, body=body, needs_one=needs_load(exercise))


def first_load(rack: Rack | None, given: Given, size: int, *, sore: bool) -> Load | None:
    """The load of a first session; None for none.

    Args:
        size: how strong the area is: 0 weak, 1 average, 2 strong.
        sore: whether it works in what hurts.
    """
    if rack is None:
        return None
    share = share_of(given, rack.weighted, sore=sore)
    return begin_with(rack, begin_kg(rack.weighted, size, rack.body, share))


def share_of(given: Given, weighted: Weighted, *, sore: bool) -> float:
    """What is left of the estimate for sex, age and pain; sex not said counts as the lighter one."""
    share = 1.0
    if given.sex != "male":
        share *= WOMEN_ARMS if weighted.upper else WOMEN_LEGS
    if given.age > OLDER_FROM:
        share *= OLDER
    return share * SORE if sore else share
