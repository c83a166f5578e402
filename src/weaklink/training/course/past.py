"""The past: what a diary said up to now, as far as a later day needs it. It grows by days, not with them.

Nothing in it depends on what is known of the runner or on any rule: what is read from it does.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import msgspec

from weaklink.case.diary import (
    AnyEntry,
    Away,
    Hurt,
    Morning,
    Reported,
    Rescreened,
    Reviewed,
    RunDone,
    Scored,
    Stretched,
    Tested,
    Visited,
    Walked,
)
from weaklink.running.return_to_running import RunWalkTurn, Walk, walks_that_count
from weaklink.training.course.adherence import Counted
from weaklink.training.course.day_told import DAY, DayTold
from weaklink.training.course.pain_trend import PainByDay, pain_by_day
from weaklink.training.course.session_record import SessionRecord

KEPT_DAYS = 36  # what is read day by day looks back thirty days at the most
READ_BY_DAY = (Morning, RunDone, Walked, Stretched)
Order = tuple[float, str]  # when something was told, and by which entry


class Screened(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Safety questions as they were answered: the strictest answer, the last no, the last telling of a place.

    Which of them count depends on what was said at the start; the last times are enough to tell. `no_days`
    are the runner's own days of the last noes.
    """

    strictest: dict[str, str] = {}  # "yes" or "unsure"
    noes: dict[str, Order] = {}
    no_days: dict[str, datetime.date] = {}
    places: dict[str, Order] = {}  # by "site side"

    def take(self, entry: Rescreened) -> None:
        """Add one asking."""
        order = (entry.at.timestamp(), entry.id)
        for question, said in entry.answers.items():
            if said == "no":
                self._deny(question, order, entry)
            elif self.strictest.get(question) != "yes":
                self.strictest[question] = said
        for site, side in entry.new_places:
            place = f"{site} {side}"
            self.places[place] = max(order, self.places.get(place, order))

    def _deny(self, question: str, order: Order, entry: Rescreened) -> None:
        """Add one no; where only "nothing new" was said, none was said to a single question."""
        if entry.nothing_new_since is None and order >= self.noes.get(question, order):
            self.noes[question], self.no_days[question] = order, entry.day


class MovedSoFar(msgspec.Struct, kw_only=True, omit_defaults=True):
    """The worst pain 0..10 ever told of each kind of moving; None: never told."""

    run: int | None = None
    walk: int | None = None
    morning: int | None = None
    report: int | None = None
    session: int | None = None
    limped_run: bool = False
    limped_walk: bool = False
    hurt: bool = False  # "this hurts" was tapped
    moments: dict[str, int] = {}  # told when a programme asked

    def take(self, entry: AnyEntry) -> None:
        """Add what one entry says; sessions are added by the day."""
        if isinstance(entry, RunDone):
            self.run = max(entry.pain or 0, self.run or 0)
            self.limped_run |= entry.limped
        elif isinstance(entry, Walked):
            self.walk = max(entry.pain, self.walk or 0)
            self.limped_walk |= entry.limped
        elif isinstance(entry, Morning):
            self.morning = max(entry.pain, self.morning or 0)
        elif isinstance(entry, Reported):
            self.report = max(entry.pain_worst or 0, self.report or 0)
        elif isinstance(entry, Reviewed):
            for moment, pain in entry.pains.items():
                self.moments[moment] = max(pain, self.moments.get(moment, 0))


class ReviewedSoFar(msgspec.Struct, kw_only=True, omit_defaults=True):
    """The last answer to each question of a programme, the last pain of each moment, each with its time."""

    answers: dict[str, tuple[Order, str]] = {}
    pains: dict[str, tuple[Order, int]] = {}

    def take(self, entry: Reviewed) -> None:
        """Add one asking; the one told last stands."""
        order = (entry.at.timestamp(), entry.id)
        for name, said in entry.answers.items():
            if order >= self.answers.get(name, (order, ""))[0]:
                self.answers[name] = (order, said)
        for moment, pain in entry.pains.items():
            if order >= self.pains.get(moment, (order, 0))[0]:
                self.pains[moment] = (order, pain)


class Past(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What was told, as far as a later day needs it.

    The days before `counted_to` are counted; what no day from `until` on reads was let go of.
    `recent`, `hurts`, `felt` and `sessions` are those of the last weeks. Lists and tables belong to it alone.
    """

    until: datetime.date | None = None
    counted_to: datetime.date | None = None
    first: datetime.date | None = None
    last: datetime.date | None = None
    first_session: datetime.date | None = None
    screened: Screened = msgspec.field(default_factory=Screened)
    motion: MovedSoFar = msgspec.field(default_factory=MovedSoFar)
    reviewed: ReviewedSoFar = msgspec.field(default_factory=ReviewedSoFar)
    night: int = 0
    rest: int = 0
    outcomes: list[Tested | Reported | Scored] = []
    turns: list[RunWalkTurn] = []
    walks: list[Walk] = []
    spares: dict[int, int] = {}
    counted: Counted = msgspec.field(default_factory=Counted)
    recent: list[AnyEntry] = []
    hurts: list[Hurt] = []
    felt: PainByDay = msgspec.field(default_factory=PainByDay)
    sessions: list[SessionRecord] = []
    away: list[Away] = []  # all that was ever said of it: a fever lasts until its end is told
    heard: list[Reported] = []  # reports of days that are not counted yet
    visits: list[Visited] = []  # every time a professional was seen

    def take(self, day: DayTold) -> None:
        """Add one day that was put together."""
        self.first = day.first if self.first is None else min(day.first, self.first)
        self.last = day.last if self.last is None else max(day.last, self.last)
        if day.first_session is not None:
            begun = self.first_session
            self.first_session = day.first_session if begun is None else min(day.first_session, begun)
        for entry in day.entries:
            self._take_entry(entry)
        self.walks = walks_that_count(self.walks)
        self._take_sessions(day)
        self.felt = felt_in([day], self.felt)

    def _take_entry(self, entry: AnyEntry) -> None:
        self.motion.take(entry)
        if isinstance(entry, READ_BY_DAY):
            self.recent.append(entry)
        if isinstance(entry, Rescreened):
            self.screened.take(entry)
        elif isinstance(entry, Reviewed):
            self.reviewed.take(entry)
            self.night = max(self.night, entry.pains.get("night", 0))
            self.rest = max(self.rest, entry.pains.get("rest", 0))
        elif isinstance(entry, Morning):
            self.night = max(self.night, entry.night or 0)
            self.rest = max(self.rest, entry.rest or 0)
        elif isinstance(entry, Tested | Reported | Scored):
            self.outcomes.append(entry)
            if isinstance(entry, Reported):
                self.heard.append(entry)
        elif isinstance(entry, Away):
            self.away.append(entry)
        elif isinstance(entry, Visited):
            self._take_visit(entry)
        elif isinstance(entry, Walked):
            self.walks.append(Walk(entry.date, entry.minutes, entry.pain, entry.limped))

    def _take_visit(self, visit: Visited) -> None:
        """Who was seen and may go on as planned told these pains there: from now on it is what comes."""
        self.visits.append(visit)
        if visit.clears:
            self.motion, self.night, self.rest = MovedSoFar(), 0, 0

    def _take_sessions(self, day: DayTold) -> None:
        self.sessions += day.sessions
        self.hurts += day.hurts
        self.motion.hurt |= bool(day.hurts)
        if day.felt:
            self.motion.session = max(self.motion.session or 0, *day.felt.values())
        for spare in day.spares:
            self.spares[spare] = self.spares.get(spare, 0) + 1
        self.counted.take(day.sets, day.minutes, len(day.hurts), len(day.clashes))

    def count(self, until: datetime.date) -> None:
        """Count the days before a day. What they said is still there; `let_go` comes next."""
        since, self.counted_to = self.until, until
        turns = (e for e in self.recent if isinstance(e, RunDone) and e.step)
        mornings = self.mornings
        self.turns += [turn_of(run, mornings) for run in turns if _between(since, run.date, until)]
        self.counted.close([e for e in self.recent if _between(since, day_of(e), until)])
        if self.first_session is not None:
            days = [s.date for s in self.sessions if s.trained and s.date >= self.first_session]
            self.counted.trained_on(days, since, until)

    def let_go(self, until: datetime.date) -> None:
        """Let go of what no later day than those before a day reads."""
        self.until, before = until, until - KEPT_DAYS * DAY
        self.recent = [entry for entry in self.recent if day_of(entry) >= before]
        self.sessions = [record for record in self.sessions if record.date >= before]
        self.hurts = [entry for entry in self.hurts if entry.day >= before]
        self.heard = [report for report in self.heard if report.day >= until]
        self.counted.let_go(before)
        worst, runs, stiff = (
            {day: much for day, much in found.items() if day >= before}
            for found in (self.felt.worst, self.felt.runs, self.felt.stiff)
        )
        self.felt = PainByDay(worst=worst, runs=runs, stiff=stiff)

    def sessions_until(self, until: datetime.date, began: datetime.date) -> list[SessionRecord]:
        """The sessions of days before a day that are not counted yet, oldest first."""
        found = [s for s in self.sessions if s.date >= began and _between(self.until, s.date, until)]
        return sorted(found, key=lambda record: (record.date, record.session))

    def entries_until(self, until: datetime.date) -> list[AnyEntry]:
        """The same of mornings, runs, walks and stretches, by the day they are about."""
        found = [entry for entry in self.recent if _between(self.until, day_of(entry), until)]
        return sorted(found, key=lambda entry: (day_of(entry), entry.at))

    def cleared_until(self, until: datetime.date) -> list[datetime.date]:
        """The same of visits after which training goes on as planned: their days."""
        return [v.day for v in self.visits if v.clears and _between(self.until, v.day, until)]

    def reports_until(self, until: datetime.date) -> list[Reported]:
        """The same of reports."""
        found = [report for report in self.heard if _between(self.until, report.day, until)]
        return sorted(found, key=lambda report: (report.at, report.id))

    @property
    def reports(self) -> list[Reported]:
        """Every report of how it is, oldest first."""
        found = [entry for entry in self.outcomes if isinstance(entry, Reported)]
        return sorted(found, key=lambda report: (report.at, report.id))

    @property
    def mornings(self) -> dict[datetime.date, Morning]:
        """The mornings of the last weeks."""
        return {entry.date: entry for entry in self.recent if isinstance(entry, Morning)}

    @property
    def all_turns(self) -> list[RunWalkTurn]:
        """Every run of the walk-run ladder, those of the last days with the mornings known so far."""
        mornings = self.mornings
        left = (e for e in self.recent if isinstance(e, RunDone) and e.step)
        open_still = (run for run in left if self.counted_to is None or run.date >= self.counted_to)
        return [*self.turns, *(turn_of(run, mornings) for run in open_still)]

    def began(self, today: datetime.date) -> datetime.date:
        """The first day of a course: that of its first session; before any that of the first entry."""
        return self.first_session or min(self.first or today, today)


def _between(since: datetime.date | None, day: datetime.date, until: datetime.date) -> bool:
    return (since is None or since <= day) and day < until


def day_of(entry: AnyEntry) -> datetime.date:
    """The day an entry is about."""
    return entry.date if isinstance(entry, Morning | RunDone | Walked | Scored) else entry.day


def turn_of(run: RunDone, mornings: dict[datetime.date, Morning]) -> RunWalkTurn:
    """A run of the walk-run ladder with the mornings around it."""
    before, after = mornings.get(run.date), mornings.get(run.date + DAY)
    return RunWalkTurn(
        date=run.date,
        step=run.step,
        pain=run.pain or 0,
        pain_said=run.pain is not None,
        morning_before=before.pain if before is not None else 0,
        morning_after=after.pain if after is not None else None,
        limped=run.limped,
    )


def felt_in(days: Iterable[DayTold], before: PainByDay | None = None) -> PainByDay:
    """The pain that some days tell, by the day it was felt on, on top of what was told before."""
    worst, runs, stiff = (
        (dict(f) for f in (before.worst, before.runs, before.stiff)) if before else ({}, {}, {})
    )
    for day in days:
        told = pain_by_day(day.entries)
        for into, found in ((worst, told.worst), (worst, day.felt), (runs, told.runs)):
            for date, pain in found.items():
                into[date] = max(pain, into.get(date, 0))
        stiff |= told.stiff
    return PainByDay(worst=worst, runs=runs, stiff=stiff)
