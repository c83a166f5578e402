"""The watch: what the weeks themselves say of pain and training, kept as the days go by.

Once a trend was a reason to be seen it stays one, whatever comes later, until somebody was seen for it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import msgspec

from weaklink.care.finish import outcome_of, tissues_of, weeks_done
from weaklink.case.diary import Morning, Reported, RunDone
from weaklink.training.course.course import week_of
from weaklink.training.course.outcome import weeks_of_programme
from weaklink.training.course.pain_trend import (
    BAD_RUNS,
    FIRST_CHECK_DAY,
    RISING_MORNINGS,
    WEEK,
    EndOfWeek,
    Felt010,
    PainByDay,
    baseline,
    is_much_worse,
    is_rise,
    is_time_to_be_seen,
    is_worse,
    lesser_of_last_runs,
    most_of,
    worst_in_week,
)
from weaklink.training.course.past import Past
from weaklink.training.course.session_record import SessionRecord
from weaklink.training.course.upkeep import CALM_WEEKS, MOST_BEFORE, Stage, is_calm_for_weeks, relapses_on
from weaklink.training.course.weeks import Weeks
from weaklink.training.dose.pain_profile import PainProfile

HELD_BACK_TO_REFER = 3  # design
WEEKS_AFTER_A_VISIT = 4  # until no change is a reason to be seen once more; design
DAY = datetime.timedelta(days=1)


class Watch(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What was noticed up to a day. `share`: 0..1 of the planned sessions done until the newest report."""

    stage: Stage
    stiff: int = 0  # minutes, of the last morning
    share: float = 0.0
    through: bool = True  # the programme that is followed, or none is
    professional: bool = False  # a report ever led to a professional
    stalled: bool = False
    week: int = FIRST_CHECK_DAY // WEEK  # the next one whose end is looked at
    mornings: list[Felt010] = []  # the last two
    rising: bool = False
    runs: list[bool] = []  # whether each of the last two was bad
    runs_worse: bool = False
    back: list[bool] = []  # whether pain kept the runner from each of the last two sessions
    held_back: bool = False

    def close(self, weeks: Weeks, profile: PainProfile, past: Past, until: datetime.date) -> None:
        """Go on with the days before a day. They are counted in the past, and still there in full."""
        for entry in past.entries_until(until):
            if isinstance(entry, Morning):
                self._wake(entry, profile)
            elif isinstance(entry, RunDone):
                self._run(entry, baseline(weeks.given), profile)
        self._hold_back(past.sessions_until(until, weeks.began))
        self._look_at_weeks(weeks, profile, past, until)
        self._go_by_days(weeks, profile, past, until)
        for day in past.cleared_until(until):
            self._begin_afresh(weeks, day)

    def _begin_afresh(self, weeks: Weeks, day: datetime.date) -> None:
        """A professional was told all of it and said to go on: what comes later counts."""
        self.professional = self.stalled = self.rising = self.runs_worse = self.held_back = False
        self.mornings, self.runs, self.back = [], [], []
        self.week = max(self.week, week_of(day, weeks.began) + WEEKS_AFTER_A_VISIT)

    def finish(self, weeks: Weeks, profile: PainProfile, past: Past) -> None:
        """Go on to today and the runs that a clock puts beyond it. The watch is at its end afterwards."""
        until = weeks.today + DAY
        self.close(weeks, profile, past, until)
        for entry in past.entries_until(datetime.date.max):
            if isinstance(entry, RunDone) and entry.date >= until:
                self._run(entry, baseline(weeks.given), profile)

    def _wake(self, morning: Morning, profile: PainProfile) -> None:
        row = [*self.mornings, Felt010(morning.date, morning.pain)][-RISING_MORNINGS:]
        self.rising |= is_rise(row, profile)
        self.mornings = row[1 - RISING_MORNINGS :]

    def _run(self, run: RunDone, start: int, profile: PainProfile) -> None:
        row = [*self.runs, is_much_worse(run, start, profile)][-BAD_RUNS:]
        self.runs_worse |= len(row) == BAD_RUNS and all(row)
        self.runs = row[1 - BAD_RUNS :]

    def _hold_back(self, sessions: Iterable[SessionRecord]) -> None:
        for session in sessions:
            row = [*self.back, session.ended == "not-today"][-HELD_BACK_TO_REFER:]
            self.held_back |= len(row) == HELD_BACK_TO_REFER and all(row)
            self.back = row[1 - HELD_BACK_TO_REFER :]

    def _look_at_weeks(self, weeks: Weeks, profile: PainProfile, past: Past, until: datetime.date) -> None:
        start = baseline(weeks.given)
        while (last := weeks.began + WEEK * self.week * DAY) < until and not self.stalled:
            share = past.counted.share_until(weeks.began, last - DAY, weeks.days)
            end = EndOfWeek(date=last, day=WEEK * self.week, share=share)
            self.stalled = is_time_to_be_seen(start, past.felt, end, profile)
            self.week += 1

    # --- training and upkeep ---

    def _go_by_days(self, weeks: Weeks, profile: PainProfile, past: Past, until: datetime.date) -> None:
        felt, reports = past.felt, past.reports_until(until)
        since = max(weeks.began, past.until or weeks.began)
        told = {*felt.worst, *felt.stiff}
        for day in sorted(told | {report.day for report in reports}):
            if since <= day < until:
                self._stand_watch(day, felt, profile, told=day in told)
            for report in reports:
                if report.day == day:
                    self._hear(weeks, profile, past, report)

    def _stand_watch(self, day: datetime.date, felt: PainByDay, profile: PainProfile, *, told: bool) -> None:
        in_upkeep = self.stage.phase == "upkeep" and day >= self.stage.since
        if told and in_upkeep and relapses_on(day, self.stage, felt, profile):
            self.stage = Stage(phase="training", since=day, pain=self.stage.pain)
        self.stiff = felt.stiff.get(day, self.stiff)

    def _hear(self, weeks: Weeks, profile: PainProfile, past: Past, report: Reported) -> None:
        """One report: it may lead to a professional, to upkeep, or back to training."""
        share = past.counted.share_until(weeks.began, report.day, weeks.days)
        # A reason to be seen counts from whenever it was told; a course is held against its own beginning.
        self.professional |= outcome_of(weeks, past.outcomes, report, share).next == "professional"
        if report.day < weeks.began:
            return
        since = [one for one in past.outcomes if one.day >= weeks.began]
        self.share, found = share, outcome_of(weeks, since, report, share)
        if self.stage.phase == "upkeep":
            if _is_back(self.stage, report, profile):
                # The worst of a week is no single bad day.
                self.stage = Stage(phase="training", since=report.day, pain=self.stage.pain)
        elif found.next == "maintenance" and self._is_ready(weeks, report, past, profile):
            pain = report.pain_worst or 0
            self.stage = Stage(phase="upkeep", since=report.day, pain=pain, stiff=self.stiff)

    def _is_ready(self, weeks: Weeks, report: Reported, past: Past, profile: PainProfile) -> bool:
        """Whether upkeep may begin: calm, and the programme gone through; after twice its time without."""
        lately = [one for one in past.reports if 0 <= (report.day - one.day).days < WEEK * CALM_WEEKS]
        worst = max(one.pain_worst or 0 for one in [*lately, report])
        if worst > min(MOST_BEFORE, profile.green_to) or not _is_calm(report, past.felt, profile):
            return False
        long = 2 * weeks_of_programme(tissues_of(weeks), self.share)
        return self.through or weeks.plan.follows is None or weeks_done(weeks.began, report.day) >= long


def _is_calm(report: Reported, felt: PainByDay, profile: PainProfile) -> bool:
    """Whether pain is green by a report and by what the diary itself tells of the week before."""
    if report.pain_worst is None or profile.colour(report.pain_worst) != "green":
        return False
    told = most_of(worst_in_week(felt.worst, report.day), lesser_of_last_runs(felt.runs, report.day))
    return profile.colour(told or 0) == "green" and is_calm_for_weeks(felt, report.day, profile)


def _is_back(stage: Stage, report: Reported, profile: PainProfile) -> bool:
    """Whether a report in upkeep says that pain is clearly back, and no longer green."""
    worst = report.pain_worst
    return worst is not None and is_worse(stage.pain, worst) and profile.colour(worst) != "green"


def watch_from(weeks: Weeks) -> Watch:
    """A watch that begins with the course."""
    return Watch(stage=Stage(phase="training", since=weeks.began, pain=baseline(weeks.given)))
