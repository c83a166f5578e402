"""Away: illness, travel, a race or too much life, and what it means for a day's training: never more."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from weaklink.case.diary import Away, AwayWhy

ILL: tuple[AwayWhy, ...] = ("illness", "fever")
LASTS_DAYS: dict[AwayWhy, int] = {"race": 7, "life": 7}  # where no day was named; design
BEFORE_RACE_DAYS = 2  # nothing heavy in the last days; design
SMALL_MINUTES = 10  # a session of such a week; design
DAY = datetime.timedelta(days=1)


def away_on(told: Iterable[Away], day: datetime.date) -> Away | None:
    """What is in the way on a day; a fever outranks everything else."""
    entries = tuple(told)
    others = (one for one in reversed(_open(entries, day)) if one.why != "fever" and _lasts(one, day))
    return _fever(entries, day) or next(others, None)


def has_fever(told: Iterable[Away], day: datetime.date) -> bool:
    """Whether nothing is trained because of a fever, the day on which its end is told included."""
    return _fever(tuple(told), day) is not None


def _fever(told: Sequence[Away], day: datetime.date) -> Away | None:
    over = [one.at for one in told if one.why == "back" and one.day < day]
    found = (one for one in told if one.why == "fever" and one.day <= day)
    return next((one for one in found if not any(one.at < at for at in over)), None)


def had_fever(told: Iterable[Away], since: datetime.date, until: datetime.date) -> bool:
    """Whether there was a fever on any day from one to another."""
    entries = tuple(told)
    days = (since + n * DAY for n in range((until - since).days + 1)) if entries else ()
    return any(has_fever(entries, day) for day in days)


def rests(away: Away, day: datetime.date) -> bool:
    """Whether no session is due: in an illness, and in the last days before a race and on its day."""
    last_days = away.until is not None and (away.until - day).days <= BEFORE_RACE_DAYS
    return away.why in ILL or (away.why == "race" and last_days)


def ill_days(told: Iterable[Away], since: datetime.date, until: datetime.date) -> int:
    """How many days from one to another were days of illness."""
    entries = tuple(told)
    days = (since + n * DAY for n in range((until - since).days + 1)) if entries else ()
    return sum(_ill(entries, day) for day in days)


def _ill(told: Sequence[Away], day: datetime.date) -> bool:
    found = away_on(told, day)
    return found is not None and found.why in ILL


def _open(told: Iterable[Away], day: datetime.date) -> list[Away]:
    """What was said up to a day and not ended by "back" since, oldest first."""
    found: list[Away] = []
    for one in sorted(told, key=lambda one: (one.at, one.id)):
        if one.day <= day:
            found = [] if one.why == "back" else [*found, one]
    return found


def _lasts(one: Away, day: datetime.date) -> bool:
    until = one.until
    if until is None and one.why in LASTS_DAYS:
        until = one.day + (LASTS_DAYS[one.why] - 1) * DAY
    return until is None or day <= until
