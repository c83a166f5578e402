"""One day of a diary put together: everything it says, as far as any later day reads it.

An entry belongs to the first day it matters for. Entries that change each other's meaning (versions of one
entry, those of one session, what is taken back, tellings of one morning) belong to one day together, so that
each day can be put together alone: all days together say what the whole diary says.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

import msgspec

from weaklink.case.diary import (
    AnyEntry,
    Felt,
    Hurt,
    Morning,
    OfSession,
    RunDone,
    Scored,
    SessionBegun,
    SessionEnded,
    SetDone,
    Undone,
    Walked,
)
from weaklink.case.standing import Clash, standing
from weaklink.training.course.session_record import OF_SESSION, SessionRecord, session_records
from weaklink.training.dose.calibration import spares

DAY = datetime.timedelta(days=1)


class DayTold(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the entries of one day say. Pain 0..10, times in minutes.

    `entries` are those of no session, oldest first; what was felt in sessions stands in `felt`, by day.
    `first` and `last` are the earliest and the latest day of anything that counts.
    """

    day: datetime.date
    first: datetime.date
    last: datetime.date
    first_session: datetime.date | None = None
    entries: tuple[AnyEntry, ...] = ()
    sessions: tuple[SessionRecord, ...] = ()
    hurts: tuple[Hurt, ...] = ()
    felt: dict[datetime.date, int] = {}
    spares: tuple[int, ...] = ()  # of sets to the limit: repetitions that were left beyond what was said
    sets: int = 0
    minutes: int = 0
    clashes: tuple[Clash, ...] = ()


def day_told(day: datetime.date, entries: Iterable[AnyEntry]) -> DayTold | None:
    """One day put together from all its entries, in any order; None where nothing of them counts."""
    says = standing(entries)
    if not says.entries:
        return None
    days = [entry.day for entry in says.entries]
    of_sessions = [entry for entry in says.entries if isinstance(entry, OF_SESSION)]
    begun = [entry.day for entry in of_sessions if isinstance(entry, SessionBegun)]
    return DayTold(
        day=day,
        first=min(days),
        last=max(days),
        first_session=min(begun, default=None),
        entries=tuple(entry for entry in says.entries if not isinstance(entry, OF_SESSION)),
        sessions=session_records(of_sessions),
        hurts=tuple(entry for entry in of_sessions if isinstance(entry, Hurt)),
        felt=_felt(of_sessions),
        spares=tuple(spares(of_sessions)),
        sets=sum(isinstance(entry, SetDone) for entry in of_sessions),
        minutes=sum(entry.minutes or 0 for entry in of_sessions if isinstance(entry, SessionEnded)),
        clashes=says.clashes,
    )


def _felt(entries: Iterable[OfSession]) -> dict[datetime.date, int]:
    """The worst pain that was said in sessions, by day."""
    found: dict[datetime.date, int] = {}
    for entry in entries:
        if isinstance(entry, SetDone | Felt | Hurt) and entry.pain is not None:
            found[entry.day] = max(entry.pain, found.get(entry.day, 0))
    return found


# --- which day an entry belongs to -------------------------------------------------------------------------


def days_told(entries: Iterable[AnyEntry]) -> tuple[DayTold, ...]:
    """A whole diary put together, day by day, oldest first."""
    by_day: dict[datetime.date, list[AnyEntry]] = {}
    told = tuple(entries)
    for entry, day in zip(told, filed(told), strict=True):
        by_day.setdefault(day, []).append(entry)
    found = (day_told(day, group) for day, group in sorted(by_day.items()))
    return tuple(day for day in found if day is not None)


def filed(entries: Sequence[AnyEntry]) -> list[datetime.date]:
    """The day each entry belongs to: the earliest first day among all it is bound to."""
    group_of: dict[str, int] = {}
    groups: list[list[int]] = []
    for number, entry in enumerate(entries):
        found = {group_of[key] for key in bound_by(entry) if key in group_of}
        kept = min(found, default=len(groups))
        if kept == len(groups):
            groups.append([])
        for other in found - {kept}:
            groups[kept] += groups[other]
            groups[other] = []
        groups[kept].append(number)
        group_of |= dict.fromkeys(bound_by(entry), kept)
        if len(found) > 1:
            group_of |= {key: kept for one in groups[kept] for key in bound_by(entries[one])}
    days = [datetime.date.max] * len(entries)
    for group in groups:
        first = min((first_day(entries[number]) for number in group), default=datetime.date.max)
        for number in group:
            days[number] = first
    return days


def bound_by(entry: AnyEntry) -> tuple[str, ...]:
    """The keys an entry shares with every other that can change what it means."""
    found = [f"id {entry.id}"]
    if isinstance(entry, Undone):
        found.append(f"id {entry.undoes}")
    elif isinstance(entry, Morning):
        found.append(f"morning {entry.date}")
    elif isinstance(entry, OF_SESSION):
        found.append(f"session {entry.session}")
    return tuple(found)


def first_day(entry: AnyEntry) -> datetime.date:
    """The first day an entry matters for: a morning is held against the session of the day before."""
    if isinstance(entry, Morning):
        return entry.date - DAY
    if isinstance(entry, RunDone | Walked | Scored):
        return min(entry.day, entry.date)
    return entry.day
