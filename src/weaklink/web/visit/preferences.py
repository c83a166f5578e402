"""Preferences: what one runner likes on every page, in every session and in every plan, as it is kept."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from typing import Any, get_args

from weaklink.library.records import ALWAYS_THERE, Equipment
from weaklink.quantities import KM_PER_MILE, WEEKDAYS

UNITS = ("km", "mi")
THEMES = ("", "light", "dark")  # "": as the device
# How a session tells when: each on unless it was turned off.
HEARD = ("sound", "voice", "vibration")
HEARD_AT = "heard_at"
THINGS: tuple[Equipment, ...] = tuple(thing for thing in get_args(Equipment) if thing not in ALWAYS_THERE)
DEFAULT_MINUTES = 20
MINUTES = (10, 15, 20, 25, 30, 45)
DEFAULT_DAYS = ("mon", "wed", "fri")


def unit_of(settings: Mapping[str, Any]) -> str:
    """The unit of distances: km or mi."""
    return "mi" if settings.get("units") == "mi" else "km"


def km_per_unit(settings: Mapping[str, Any]) -> float:
    """Kilometres of one unit of distance."""
    return KM_PER_MILE if unit_of(settings) == "mi" else 1.0


def heard(settings: Mapping[str, Any]) -> list[str]:
    """What a session is told by: of sound, voice and vibration those that are on."""
    return [way for way in HEARD if settings.get(way, "on") == "on"]


def with_heard(ways: Collection[str], now: datetime.datetime) -> dict[str, str]:
    """The same as it is kept. A device that was told otherwise later keeps its own choice."""
    return {way: "on" if way in ways else "off" for way in HEARD} | {HEARD_AT: now.isoformat()}


def liked_week(settings: Mapping[str, Any], table: Mapping[str, Any]) -> dict[str, Any]:
    """Minutes, days and things for a plan: as said for this one, else as kept, else the usual ones."""
    minutes = str(settings.get("minutes", ""))
    return {
        "minutes": table.get("minutes", int(minutes) if minutes.isdecimal() else DEFAULT_MINUTES),
        "days": table.get("days", _listed(settings, "days") or list(DEFAULT_DAYS)),
        "equipment": table.get("equipment", _listed(settings, "equipment")),
    }


def with_week(week: Mapping[str, Any]) -> dict[str, str]:
    """The same as it is kept; parts that were not said are left out."""
    lists: dict[str, Sequence[str]] = {key: week[key] for key in ("days", "equipment") if key in week}
    kept = {key: ",".join(values) for key, values in lists.items()}
    return kept | ({"minutes": str(week["minutes"])} if "minutes" in week else {})


def weekdays_in(wanted: Collection[str]) -> list[str]:
    """Weekdays in the order of the week; what is none is left where it is, to be named as wrong."""
    known = [day for day in WEEKDAYS if day in wanted]
    return [*known, *(day for day in wanted if day not in WEEKDAYS)]


def _listed(settings: Mapping[str, Any], key: str) -> list[str]:
    return [name for name in str(settings.get(key, "")).split(",") if name]
