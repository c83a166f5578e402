"""A diary's shelf in memory: the oracle its rows are compared with."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Sequence
from typing import Any

import msgspec

from weaklink.care.ports import Episode, KeptDay, KeptEntry, KeptFold, KeptStanding, KeptTold


class MemoryDiary:
    """What is kept of one diary."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], KeptEntry] = {}
        self.days: dict[datetime.date, KeptDay] = {}
        self.folds: dict[datetime.date, KeptFold] = {}
        self.standing: KeptStanding | None = None

    def sorted_entries(self) -> tuple[KeptEntry, ...]:
        return tuple(sorted(self.entries.values(), key=lambda entry: (entry.at, entry.id, entry.digest)))


class MemoryShelf:
    """The protocol in plain lines. Every fold is kept: which of them go is the database's affair."""

    def __init__(
        self, kept: MemoryDiary, change: Callable[[Callable[[Episode], Episode]], Any] | None = None
    ) -> None:
        self.kept = kept
        self.changed = change

    def add(self, entries: Sequence[KeptEntry]) -> tuple[bool, ...]:
        new = []
        for entry in entries:
            new.append((entry.id, entry.digest) not in self.kept.entries)
            self.kept.entries.setdefault((entry.id, entry.digest), entry)
        return tuple(new)

    def bound(
        self, ids: Collection[str], sessions: Collection[str], about: Collection[str]
    ) -> Sequence[KeptEntry]:
        return [
            entry
            for entry in self.kept.entries.values()
            if entry.id in ids or entry.session in sessions or entry.about in about
        ]

    def unfiled(self) -> Sequence[KeptEntry]:
        return [entry for entry in self.kept.entries.values() if entry.day is None]

    def of_days(self, days: Collection[datetime.date]) -> Sequence[KeptEntry]:
        return [entry for entry in self.kept.entries.values() if entry.day in days]

    def file(self, entries: Sequence[KeptEntry]) -> None:
        for entry in entries:
            old = self.kept.entries[entry.id, entry.digest]
            self.kept.entries[entry.id, entry.digest] = msgspec.structs.replace(
                old, day=entry.day, about=entry.about
            )

    def put_days(self, days: Sequence[KeptDay]) -> None:
        for day in days:
            self.kept.days.pop(day.day, None)
            if day.told is not None:
                self.kept.days[day.day] = day

    def drop_folds(self, after: datetime.date) -> None:
        self.kept.folds = {day: fold for day, fold in self.kept.folds.items() if day <= after}

    def told(self) -> KeptTold:
        newest = self.kept.folds[max(self.kept.folds)] if self.kept.folds else None
        days = self.days(newest.day if newest is not None else None, None)
        return KeptTold(fold=newest, days=days, whole=not self.unfiled())

    def days(self, since: datetime.date | None, until: datetime.date | None) -> tuple[KeptDay, ...]:
        first, last = since or datetime.date.min, until or datetime.date.max
        return tuple(day for name, day in sorted(self.kept.days.items()) if first <= name < last)

    def put_fold(self, fold: KeptFold) -> None:
        self.kept.folds[fold.day] = fold

    def put_standing(self, standing: KeptStanding, before: int) -> None:
        old = self.kept.standing.reasons[:before] if self.kept.standing is not None else ()
        self.kept.standing = msgspec.structs.replace(standing, reasons=(*old, *standing.reasons))

    def change_episode(self, change: Callable[[Episode], Episode]) -> Any:
        return self.changed(change) if self.changed is not None else None
