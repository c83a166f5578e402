"""Adherence: how much of what was planned was done; stretches around runs are counted apart (S38)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import msgspec

from weaklink.case.diary import AnyEntry, RunDone, Stretched

WEEK = 7


class Adherence(msgspec.Struct, frozen=True, kw_only=True):
    """Sessions and stretches, counted apart."""

    sessions_done: int
    sessions_planned: int
    runs: int
    stretched_before_runs: int  # run days with a stretch before
    stretched_after_runs: int
    stretches_after_moves: int

    @property
    def share(self) -> float:
        """The share 0..1 of planned sessions that were done."""
        return min(1.0, self.sessions_done / self.sessions_planned) if self.sessions_planned else 0.0


class Counted(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What was done so far, counted as the days go by. `recent`: days with a session, of the last weeks."""

    trained: int = 0  # days with a session, those in `recent` included
    recent: list[datetime.date] = []
    runs: int = 0
    before_runs: int = 0
    after_runs: int = 0
    after_moves: int = 0
    sets: int = 0
    minutes: int = 0
    stopped: int = 0
    clashes: int = 0

    def take(self, sets: int, minutes: int, stopped: int, clashes: int) -> None:
        """Add what needs no day."""
        self.sets += sets
        self.minutes += minutes
        self.stopped += stopped
        self.clashes += clashes

    def close(self, told: Iterable[AnyEntry]) -> None:
        """Add runs and stretches of days of which nothing is still to come."""
        entries = tuple(told)
        runs = {e.date for e in entries if isinstance(e, RunDone)}
        stretches = [e for e in entries if isinstance(e, Stretched)]
        self.runs += len(runs)
        self.before_runs += len({e.day for e in stretches if e.when == "before-run"} & runs)
        self.after_runs += len({e.day for e in stretches if e.when == "after-run"} & runs)
        self.after_moves += sum(e.when == "after-exercise" for e in stretches)

    def trained_on(
        self, days: Iterable[datetime.date], since: datetime.date | None, until: datetime.date
    ) -> None:
        """Add days with a session, from a day up to the day before another."""
        new = sorted({day for day in days if (since is None or since <= day) and day < until})
        self.trained += len(new)
        self.recent = [*self.recent, *new]

    def let_go(self, before: datetime.date) -> None:
        """Let go of the days before a day; how many they were stays."""
        self.recent = [day for day in self.recent if day >= before]

    def trained_until(self, last: datetime.date) -> int:
        """Days with a session up to a day of the last weeks."""
        return self.trained - sum(day > last for day in self.recent)

    def share_until(self, began: datetime.date, last: datetime.date, days: frozenset[int]) -> float:
        """The share 0..1 of the sessions planned up to a day of the last weeks that were done."""
        planned = planned_until(began, last, days)
        return min(1.0, self.trained_until(last) / planned) if planned else 0.0

    def so_far(self, began: datetime.date, today: datetime.date, days: frozenset[int]) -> Adherence:
        """The same as it is told. `days`: weekdays with a session, Monday is 0."""
        return Adherence(
            sessions_done=self.trained,
            sessions_planned=planned_until(began, today, days),
            runs=self.runs,
            stretched_before_runs=self.before_runs,
            stretched_after_runs=self.after_runs,
            stretches_after_moves=self.after_moves,
        )


def planned_until(began: datetime.date, last: datetime.date, days: frozenset[int]) -> int:
    """How many sessions were planned from the first day up to another."""
    span = (last - began).days + 1
    whole, left = divmod(max(0, span), WEEK)
    rest = sum((began + datetime.timedelta(days=n)).weekday() in days for n in range(left))
    return whole * len(days) + rest
