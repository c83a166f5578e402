"""Adherence: how much of what was planned was done; stretches around runs are counted apart (S38)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

import msgspec

from weaklink.case.diary import AnyEntry, RunDone, Stretched
from weaklink.training.course.session_record import SessionRecord

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


def adherence(
    entries: Iterable[AnyEntry],
    sessions: Sequence[SessionRecord],
    began: datetime.date,
    today: datetime.date,
    days: frozenset[int],
) -> Adherence:
    """What was done from the start of a course to a day. `days`: weekdays with a session, Monday is 0."""
    span = [began + datetime.timedelta(days=n) for n in range((today - began).days + 1)]
    told = [e for e in entries if began <= e.day <= today]
    runs = {e.date for e in told if isinstance(e, RunDone)}
    stretches = [e for e in told if isinstance(e, Stretched)]
    return Adherence(
        sessions_done=len({s.date for s in sessions if s.trained and began <= s.date <= today}),
        sessions_planned=sum(day.weekday() in days for day in span),
        runs=len(runs),
        stretched_before_runs=len({e.day for e in stretches if e.when == "before-run"} & runs),
        stretched_after_runs=len({e.day for e in stretches if e.when == "after-run"} & runs),
        stretches_after_moves=sum(e.when == "after-exercise" for e in stretches),
    )


def share_until(
    sessions: Iterable[SessionRecord], began: datetime.date, last: datetime.date, days: frozenset[int]
) -> float:
    """The share 0..1 of the sessions planned up to a day that were done."""
    done = len({s.date for s in sessions if s.trained and began <= s.date <= last})
    planned = sum(
        (began + datetime.timedelta(days=n)).weekday() in days for n in range((last - began).days + 1)
    )
    return min(1.0, done / planned) if planned else 0.0


def weekly_shares(
    sessions: Sequence[SessionRecord], began: datetime.date, today: datetime.date, days: frozenset[int]
) -> dict[int, float]:
    """The share of planned sessions done up to the end of each full week, by week from 1."""
    ends = {
        week: began + datetime.timedelta(days=WEEK * week - 1)
        for week in range(1, (today - began).days // WEEK + 1)
    }
    return {week: share_until(sessions, began, last, days) for week, last in ends.items()}
