"""Small frozen types every chapter speaks: sides, tiers, grades, messages. Units stand in the names."""

from __future__ import annotations

from typing import Literal

import msgspec

Side = Literal["right", "left", "both", "none", "not-said"]
Tier = Literal["emergency", "same-day", "within-week", "see-professional", "self-manage", "prevention"]
Allows = Literal["nothing", "no-impact", "restricted", "all"]
Grade = Literal["strong", "moderate", "limited", "very-low", "conflicting", "none-known", "against"]
Verdict = Literal["likely", "possible", "unlikely", "cannot-tell"]
WeakLinkKind = Literal["strength", "mobility", "stability", "control", "load"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Level = Literal["planning", "novice", "regular", "seasoned"]
Mark = Literal["read", "memory", "design", "measured", "mixed"]

TIERS: tuple[Tier, ...] = (
    "emergency",
    "same-day",
    "within-week",
    "see-professional",
    "self-manage",
    "prevention",
)
ALLOWS: tuple[Allows, ...] = ("nothing", "no-impact", "restricted", "all")
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


class WeaklinkError(Exception):
    """Something the caller can act on. Expected endings, such as a referral, are values instead."""


def stricter_tier(first: Tier, second: Tier) -> Tier:
    """The more urgent of two tiers."""
    return min(first, second, key=TIERS.index)


def stricter_allows(first: Allows, second: Allows) -> Allows:
    """The more cautious of two permissions."""
    return min(first, second, key=ALLOWS.index)
