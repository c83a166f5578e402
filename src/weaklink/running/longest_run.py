"""The longest run: a run planned above 110 % of the longest of the last 30 days is told before it happens.

Injuries rose with such runs in a large observational study (frandsen-2025). After 30 days without a run
every run would be a spike, so a floor holds then.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Literal

import msgspec

from weaklink.quantities import Message

MOST = 1.10
DAYS = 30
FLOOR_KM = 3.0  # a first short run back is no spike; design
SOURCE = "frandsen-2025"


class Run(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One run of the past, in km."""

    date: datetime.date
    km: float


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """A planned run held against the last 30 days. Distances in km; `percent` of the longest, if known."""

    says: Literal["fine", "too-long", "nothing-to-compare", "no-running"]
    most_km: float
    longest_km: float | None
    percent: int | None
    because: Message


def longest_km(runs: Iterable[Run], today: datetime.date) -> float | None:
    """The longest run of the 30 days before a day; None without any."""
    first = today - datetime.timedelta(days=DAYS)
    return max((run.km for run in runs if first <= run.date < today and run.km > 0), default=None)


def planned_run(
    km: float,
    runs: Iterable[Run],
    today: datetime.date,
    known_km: float | None = None,
    known_on: datetime.date | None = None,
) -> Planned:
    """Whether a run of so many km is a spike.

    Args:
        known_km: the longest run of the last 30 days as it was said at the start; counts beside the runs.
        known_on: the day that was said; 30 days later it says nothing any more.
    """
    stale = known_on is not None and (today - known_on).days > DAYS
    found = [length for length in (longest_km(runs, today), None if stale else known_km) if length]
    longest = max(found, default=None)
    if longest is None:
        kind: Literal["fine", "nothing-to-compare"] = "fine" if km <= FLOOR_KM else "nothing-to-compare"
        because = Message(f"running.{kind}-after-a-break", {"km": FLOOR_KM}, (SOURCE,))
        return Planned(says=kind, most_km=FLOOR_KM, longest_km=None, percent=None, because=because)
    most = max(FLOOR_KM, longest * MOST)
    percent = round(100 * km / longest)
    values: dict[str, str | int | float] = {"percent": percent, "longest": longest, "km": round(most, 1)}
    says: Literal["fine", "too-long"] = "too-long" if km > most else "fine"
    because = Message(f"running.{says}", values, (SOURCE,))
    return Planned(says=says, most_km=round(most, 2), longest_km=longest, percent=percent, because=because)
