"""Preferences: what one runner likes on every page, in every session and in every plan, as it is kept."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Mapping
from typing import get_args

import msgspec

from weaklink.case.load import MARKED_IN, MarkedIn
from weaklink.case.values import Table
from weaklink.library.records import ALWAYS_THERE, Equipment
from weaklink.quantities import KM_PER_MILE, WEEKDAYS, Weekday

UNITS = ("km", "mi")
WEIGHED_IN = "weights"  # the setting of kg or lb
THEMES = ("", "light", "dark")  # "": as the device
# How a session tells when: each on unless it was turned off.
HEARD = ("sound", "voice", "vibration")
HEARD_AT = "heard_at"
THINGS: tuple[Equipment, ...] = tuple(thing for thing in get_args(Equipment) if thing not in ALWAYS_THERE)
DEFAULT_MINUTES = 20
FEW_DIGITS = re.compile(r"[0-9]{1,3}")
MINUTES = (10, 15, 20, 25, 30, 45)
DEFAULT_DAYS = ("mon", "wed", "fri")


class LikedWeek(msgspec.Struct, frozen=True, kw_only=True):
    """What a plan is made for: minutes of a session, days for strength, things at hand."""

    minutes: int | str  # as it was typed, where it is no number
    days: tuple[str, ...]
    equipment: tuple[str, ...]


class SaidWeek(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody said of it; None is a part that was not asked."""

    minutes: int | None = None
    days: tuple[Weekday, ...] | None = None
    equipment: tuple[Equipment, ...] | None = None


def unit_of(settings: Mapping[str, object]) -> str:
    """The unit of distances: km or mi."""
    return "mi" if settings.get("units") == "mi" else "km"


def weighs_in(settings: Mapping[str, object]) -> MarkedIn:
    """The unit of weights: kg or lb; who reads miles and did not say reads pounds."""
    kept = settings.get(WEIGHED_IN)
    return next((unit for unit in MARKED_IN if unit == kept), "lb" if unit_of(settings) == "mi" else "kg")


def km_per_unit(settings: Mapping[str, object]) -> float:
    """Kilometres of one unit of distance."""
    return KM_PER_MILE if unit_of(settings) == "mi" else 1.0


def heard(settings: Mapping[str, object]) -> list[str]:
    """What a session is told by: of sound, voice and vibration those that are on."""
    return [way for way in HEARD if settings.get(way, "on") == "on"]


def with_heard(ways: Collection[str], now: datetime.datetime) -> dict[str, str]:
    """The same as it is kept. A device that was told otherwise later keeps its own choice."""
    return {way: "on" if way in ways else "off" for way in HEARD} | {HEARD_AT: now.isoformat()}


def liked_week(settings: Mapping[str, object], table: Table) -> LikedWeek:
    """Minutes, days and things for a plan: as said for this one, else as kept, else the usual ones."""
    minutes, days = str(settings.get("minutes", "")), table.get("days")
    things = tuple(table.get("equipment", _listed(settings, "equipment")))
    bands = {"band"} & {one["kind"] for one in table.get("owns", [])} - set(things)  # told by their colours
    return LikedWeek(
        minutes=table.get("minutes", int(minutes) if FEW_DIGITS.fullmatch(minutes) else DEFAULT_MINUTES),
        # A case file may say how many days instead of which.
        days=tuple(days) if isinstance(days, list) else tuple(_listed(settings, "days") or DEFAULT_DAYS),
        equipment=(*things, *bands),
    )


def with_week(week: SaidWeek) -> dict[str, str]:
    """What was said of a week as settings keep it; parts that were not asked are left out."""
    lists = {"days": week.days, "equipment": week.equipment}
    kept = {key: ",".join(values) for key, values in lists.items() if values is not None}
    return kept | ({} if week.minutes is None else {"minutes": str(week.minutes)})


def week_table(week: SaidWeek) -> Table:
    """The same in the shape of a case file's [given]."""
    said = {"minutes": week.minutes, "days": week.days, "equipment": week.equipment}
    return {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in said.items()
        if value is not None
    }


def weekdays_in(wanted: Collection[Weekday]) -> tuple[Weekday, ...]:
    """Weekdays in the order of the week, each once."""
    return tuple(day for day in WEEKDAYS if day in wanted)


def _listed(settings: Mapping[str, object], key: str) -> list[str]:
    return [name for name in str(settings.get(key, "")).split(",") if name]
