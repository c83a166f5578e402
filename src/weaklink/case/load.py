"""Loads: what is held in a set, and the weights a runner owns."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

import msgspec

from weaklink.library.records import Equipment
from weaklink.quantities import KG_PER_POUND, LoadKind

# Lightest first: makers differ, the bands of one set do not.
BandColour = Literal["yellow", "red", "green", "blue", "black"]
BAND_COLOURS: tuple[BandColour, ...] = get_args(BandColour)
HeldKind = Literal["none"] | LoadKind
OwnedKind = Literal[
    "gym", "rucksack", "dumbbell", "dumbbell-pair", "kettlebell", "barbell", "machine", "ankle-weight", "band"
]
OWNED_KINDS: tuple[OwnedKind, ...] = get_args(OwnedKind)
MarkedIn = Literal["kg", "lb"]
MARKED_IN: tuple[MarkedIn, ...] = get_args(MarkedIn)
MOST_KG = 500.0
HELD_TWICE: tuple[HeldKind, ...] = ("dumbbell-each",)  # the number on the thing counts for each hand


class Load(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is held in a set: nothing, kilograms as they stand on the thing, or a band's colour.

    `none` with nothing else says that it was done without a weight; no load at all says that nobody said.
    """

    kind: HeldKind
    kg: Annotated[float, msgspec.Meta(ge=0, le=MOST_KG)] | None = None
    colour: BandColour | None = None

    @property
    def total_kg(self) -> float:
        """All that is held; 0 for nothing and for a band, whose pull nobody has weighed."""
        return (self.kg or 0.0) * (2 if self.kind in HELD_TWICE else 1)


def as_kg(pounds: float) -> float:
    """What is marked in pounds, in kilograms, as loads are kept: to ten grams."""
    return round(pounds * KG_PER_POUND, 2)


NO_LOAD = Load(kind="none")


class Owned(msgspec.Struct, frozen=True, kw_only=True, order=True, omit_defaults=True):
    """One kind of weight a runner has, with its kilograms; none said: what such a thing usually has.

    A pair of dumb-bells counts the kilograms of one. Of a bar it is what bar and plates can weigh together,
    of a rucksack the most that is put in, of a machine its heaviest pin. Of bands the colours there are; none
    said: all. `marked_in` says in which unit such things usually step where nobody named their weights.
    """

    kind: OwnedKind
    kg: tuple[float, ...] = ()
    colours: tuple[BandColour, ...] = ()
    marked_in: MarkedIn = "kg"


THINGS: dict[OwnedKind, frozenset[Equipment]] = {
    "gym": frozenset({"weight", "machine", "bar", "bench", "box", "band", "anchor", "decline-board"}),
    "rucksack": frozenset({"weight"}),
    "dumbbell": frozenset({"weight"}),
    "dumbbell-pair": frozenset({"weight"}),
    "kettlebell": frozenset({"weight"}),
    "barbell": frozenset({"weight", "bar"}),
    "machine": frozenset({"machine"}),
    "ankle-weight": frozenset(),
    "band": frozenset({"band"}),
}


def things_of(owns: tuple[Owned, ...]) -> frozenset[Equipment]:
    """The equipment somebody has who owns these weights."""
    return frozenset(thing for one in owns for thing in THINGS[one.kind])
