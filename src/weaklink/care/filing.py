"""Filing: each diary entry under the first day it matters for, and the days it changes put together anew."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

import msgspec

from weaklink.care.ports import KeptDay, KeptEntry, Shelf
from weaklink.case.diary import AnyEntry, DiaryError, Morning, RunDone, Scored, Undone, Walked, read_entry
from weaklink.reader import Reader
from weaklink.training.course.day_told import DayTold, day_told, days_told, filed

LONGEST_OFFLINE = datetime.timedelta(days=60)  # an older time is a wrong clock
CLOCKS_DIFFER = datetime.timedelta(days=1)
DAYS = Reader(DayTold)
OLDEST_DAY = datetime.timedelta(days=400)  # a run or a morning written down later


def file_entries(shelf: Shelf, entries: Sequence[KeptEntry]) -> tuple[bool, ...]:
    """Whether each entry was new; what is new is filed, with everything it is bound to."""
    new = shelf.add(entries)
    added = [entry for entry, is_new in zip(entries, new, strict=True) if is_new]
    touched = {(row.id, row.digest): row for row in (*_bound_to(shelf, added), *shelf.unfiled())}
    if touched:
        _file(shelf, list(touched.values()))
    return new


def _bound_to(shelf: Shelf, entries: Sequence[KeptEntry]) -> Sequence[KeptEntry]:
    """Every entry that is bound to some, through whatever number of others; themselves as well."""
    found: dict[tuple[str, str], KeptEntry] = {}
    fresh = entries
    while fresh:
        about = {entry.about for entry in fresh if entry.about}
        rows = shelf.bound(
            {entry.id for entry in fresh} | about,
            {entry.session for entry in fresh if entry.session},
            about | {entry.id for entry in fresh},
        )
        fresh = [row for row in rows if (row.id, row.digest) not in found]
        found |= {(row.id, row.digest): row for row in fresh}
    return list(found.values())


def _file(shelf: Shelf, rows: Sequence[KeptEntry]) -> None:
    entries = [entry_of(row) for row in rows]
    days = _days_of(rows, entries)
    moved = [
        msgspec.structs.replace(row, day=day, about=about_of(entry))
        for row, entry, day in zip(rows, entries, days, strict=True)
        if row.day != day
    ]
    shelf.file(moved)
    changed = {row.day for row in rows if row.day is not None} | set(days)
    together = _by_day(shelf.of_days(changed))
    shelf.put_days([KeptDay(day=day, told=_packed(day, together.get(day, []))) for day in changed])
    shelf.drop_folds(min(changed))


def _days_of(rows: Sequence[KeptEntry], entries: Sequence[AnyEntry | None]) -> list[datetime.date]:
    """The day of each row. One that cannot be read any more lies under its own, and says nothing."""
    read = [entry for entry in entries if entry is not None]
    days = iter(filed(read))
    return [row.at.date() if e is None else next(days) for row, e in zip(rows, entries, strict=True)]


def _by_day(rows: Iterable[KeptEntry]) -> dict[datetime.date, list[AnyEntry]]:
    found: dict[datetime.date, list[AnyEntry]] = {}
    for row in rows:
        entry = entry_of(row)
        if row.day is not None and entry is not None:
            found.setdefault(row.day, []).append(entry)
    return found


def _packed(day: datetime.date, entries: Iterable[AnyEntry]) -> bytes | None:
    told = day_told(day, entries)
    return msgspec.json.encode(told) if told is not None else None


def opened(days: Iterable[KeptDay]) -> tuple[DayTold, ...]:
    """Days as they were put together."""
    return tuple(DAYS.read(day.told) for day in days if day.told is not None)


def put_together(kept: Iterable[KeptEntry]) -> tuple[DayTold, ...]:
    """A whole diary put together from its entries."""
    return days_told(entry for entry in map(entry_of, kept) if entry is not None)


def about_of(entry: AnyEntry | None) -> str:
    """What binds an entry to others besides its session: the entry it takes back, or its morning."""
    if isinstance(entry, Undone):
        return entry.undoes
    return f"morning {entry.date}" if isinstance(entry, Morning) else ""


def entry_of(kept: KeptEntry) -> AnyEntry | None:
    """What a kept row says, at the time that counts; None where that cannot be read any more."""
    try:
        return in_time(read_entry(kept.body), kept.received_at)
    except DiaryError:
        return None


def in_time(entry: AnyEntry, received_at: datetime.datetime) -> AnyEntry:
    """The entry, at the time it came in where its clock was plainly wrong; what it says always counts."""
    late = received_at - entry.at > LONGEST_OFFLINE
    if late or entry.at - received_at > CLOCKS_DIFFER:
        entry = msgspec.structs.replace(entry, at=received_at)
    if isinstance(entry, Morning | RunDone | Walked | Scored):
        off = (entry.day - entry.date).days
        if not -1 <= off <= OLDEST_DAY.days:
            entry = msgspec.structs.replace(entry, date=entry.day)
    return entry
