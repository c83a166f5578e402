"""Small frozen types every chapter speaks: sides, tiers, grades, messages. Units stand in the names."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Literal

import msgspec

from weaklink.reader import Reader

Side = Literal["right", "left", "both", "none", "not-said"]
Grade = Literal["strong", "moderate", "limited", "very-low", "conflicting", "none-known", "against"]
Verdict = Literal["likely", "possible", "unlikely", "cannot-tell"]
WeakLinkKind = Literal["strength", "mobility", "stability", "control", "load"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Level = Literal["planning", "novice", "regular", "seasoned"]
LoadKind = Literal[
    "rucksack",
    "dumbbell",
    "dumbbell-each",
    "kettlebell",
    "barbell-total",
    "machine-stack",
    "ankle-weight",
    "band",
]
Mark = Literal["read", "memory", "design", "measured", "mixed"]


class _Strictness(StrEnum):
    """Words from the strictest to the loosest: `<` is "stricter than", and `min` takes the strictest."""

    @cached_property
    def place(self) -> int:
        """How many words are stricter."""
        return list(type(self)).index(self)

    def __lt__(self, other: str) -> bool:
        return self.place < type(self)(other).place

    def __le__(self, other: str) -> bool:
        return self.place <= type(self)(other).place

    def __gt__(self, other: str) -> bool:
        return self.place > type(self)(other).place

    def __ge__(self, other: str) -> bool:
        return self.place >= type(self)(other).place


class Tier(_Strictness):
    """How urgent it is to be seen, the most urgent first."""

    EMERGENCY = "emergency"
    SAME_DAY = "same-day"
    WITHIN_WEEK = "within-week"
    SEE_PROFESSIONAL = "see-professional"
    SELF_MANAGE = "self-manage"
    PREVENTION = "prevention"


class Allows(_Strictness):
    """What may be trained, the least first."""

    NOTHING = "nothing"
    NO_IMPACT = "no-impact"
    RESTRICTED = "restricted"
    ALL = "all"


TIERS: tuple[Tier, ...] = tuple(Tier)
ALLOWS: tuple[Allows, ...] = tuple(Allows)

GRADES: tuple[Grade, ...] = (
    "strong",
    "moderate",
    "limited",
    "very-low",
    "conflicting",
    "none-known",
    "against",
)
VERDICTS: tuple[Verdict, ...] = ("likely", "possible", "cannot-tell", "unlikely")
KM_PER_MILE = 1.609344
KG_PER_POUND = 0.45359237
M_PER_FOOT = 0.3048
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LEVELS: tuple[Level, ...] = ("planning", "novice", "regular", "seasoned")

MIRROR: dict[Side, Side] = {
    "right": "left",
    "left": "right",
    "both": "both",
    "none": "none",
    "not-said": "not-said",
}


class Message(msgspec.Struct, frozen=True):
    """What a chapter has to say, before any language: an id, the values it names, the sources behind it."""

    id: str
    values: dict[str, str | int | float] = {}
    sources: tuple[str, ...] = ()


MESSAGES = Reader(Message)


class WeaklinkError(Exception):
    """Something the caller can act on. Expected endings, such as a referral, are values instead."""
