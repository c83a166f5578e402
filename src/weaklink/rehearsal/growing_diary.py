"""The growing diary: written day by day, read again each day no further back than it has to be."""

from __future__ import annotations

import datetime
from typing import Any

from weaklink.care.folding import Diary
from weaklink.care.ports import KeptFold
from weaklink.case.diary import AnyEntry, read_entry
from weaklink.training.course.day_told import DayTold, day_told, first_day

FOLDS_KEPT = 6


class GrowingDiary:
    """What was written so far. Entries of a session are all of one day; nothing is taken back."""

    def __init__(self) -> None:
        self._written: dict[datetime.date, list[AnyEntry]] = {}
        self._days: dict[datetime.date, DayTold] = {}
        self._changed: set[datetime.date] = set()
        self._folds: list[KeptFold] = []
        self.count = 0

    def write(self, at: datetime.datetime, entry: dict[str, Any]) -> AnyEntry:
        """One more entry, checked as any that is sent."""
        self.count += 1
        made = read_entry({"id": f"written-{self.count:06}", "at": at.isoformat(), **entry})
        day = first_day(made)
        self._written.setdefault(day, []).append(made)
        self._changed.add(day)
        return made

    @property
    def entries(self) -> list[AnyEntry]:
        """Everything that was written, day by day."""
        return [entry for day in sorted(self._written) for entry in self._written[day]]

    def read(self) -> Diary:
        """The diary as it stands."""
        for day in self._changed:
            found = day_told(day, self._written[day])
            if found is not None:
                self._days[day] = found
        first = min(self._changed, default=datetime.date.max)
        self._folds = [fold for fold in self._folds if fold.day <= first][-FOLDS_KEPT:]
        self._changed = set()
        days = [self._days[day] for day in sorted(self._days)]
        kept = self._folds[-1] if self._folds else None
        since = days if kept is None else [day for day in days if day.day >= kept.day]

        def earlier(since: datetime.date | None, until: datetime.date | None) -> list[DayTold]:
            first, last = since or datetime.date.min, until or datetime.date.max
            return [day for day in days if first <= day.day < last]

        return Diary(days=since, kept=kept, earlier=earlier, holds=self._hold)

    def _hold(self, fold: KeptFold) -> None:
        self._folds = sorted(
            [*(one for one in self._folds if one.day != fold.day), fold], key=lambda one: one.day
        )
