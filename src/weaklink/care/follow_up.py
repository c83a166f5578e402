"""Follow-up: what a diary changes in what was said at the start, judged by the same triage as everything."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping

import msgspec

from weaklink.care.as_told import as_told, lacks_a_place, noticed_flags, with_pain_in_motion
from weaklink.care.begin import NOT_ASKED, refusals
from weaklink.care.finish import of_outcomes, outcome_of, reports, stages
from weaklink.case.diary import AnyEntry, Rescreened
from weaklink.case.disposition import Disposition, is_stricter
from weaklink.case.given import AnswerValue, Given
from weaklink.case.hypothesis import Differential
from weaklink.library.reading import Library
from weaklink.library.records import Noticed
from weaklink.reasoning.urgency import judged
from weaklink.training.course.adherence import weekly_shares
from weaklink.training.course.course import Course, course
from weaklink.training.course.pain_trend import (
    WEEK,
    Trained,
    after_a_red_run,
    baseline,
    is_rising,
    not_improving,
    pain_by_day,
    runs_got_worse,
)
from weaklink.training.course.progression import PAINFUL_EASIEST_TO_REFER
from weaklink.training.course.rungs import Rungs, course_rules, rungs_of
from weaklink.training.course.upkeep import Stage
from weaklink.training.course.weeks import Weeks
from weaklink.training.dose.setting import Setting, setting
from weaklink.training.dose.training_state import Rung

HELD_BACK_TO_REFER = 3  # design
WHERE = "where-it-hurts"  # asked before anything is trained, where pain was told and nobody knows where


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """What is said, judged: how urgent, what is likely, what may be trained."""

    disposition: Disposition
    differential: Differential
    setting: Setting
    rungs: Rungs


Judge = Callable[[Given, Library], Judged]


def judge_given(given: Given, library: Library) -> Judged:
    """Triage first, then the ranking, then the limits of training."""
    disposition, ranked = judged(given, library)
    limits = setting(given, library, disposition, ranked)
    return Judged(disposition=disposition, differential=ranked, setting=limits, rungs=rungs_of(limits))


class Following(msgspec.Struct, frozen=True, kw_only=True):
    """Where a runner stands on a day: what counts as said now, how urgent it is, and the course so far."""

    given: Given
    disposition: Disposition
    differential: Differential
    course: Course
    setting: Setting
    rungs: Mapping[str, Rung]  # what may be used now
    stage: Stage
    refused: tuple[str, ...]  # ids of the rules that close the plan, or of questions still open

    @property
    def closed(self) -> bool:
        """Whether the plan is over: nothing may be trained."""
        return self.disposition.refers


def follow_up(weeks: Weeks, judge: Judge = judge_given) -> Following:
    """The diary read against the plan.

    Twice: first as told, for the course; then with what the course and the trends themselves say. What may be
    a danger sign counts whenever it was told, before the first session and in another time zone's tomorrow.

    Args:
        judge: triage, ranking and limits; another one only to remember its answers.
    """
    plan, began = weeks.plan, weeks.began
    # A clock that was set back takes no pain away: the course goes up to the last thing that was told.
    weeks = weeks.until(max([weeks.today, *(entry.day for entry in weeks.told)]))
    judge = _on_day(judge, (weeks.today - began).days)
    now, found = _judged(weeks.given, weeks.entries, weeks.library, judge)
    done = course(weeks.told, course_rules(plan, found.setting, found.rungs, began), weeks.today)
    noticed = trends(weeks, done, found.setting)
    if noticed:
        now = msgspec.structs.replace(now, answers={**now.answers, **noticed})
        found = judge(now, weeks.library)
    rules = course_rules(plan, found.setting, found.rungs, began)
    return Following(
        given=now,
        disposition=found.disposition,
        differential=found.differential,
        course=done,
        setting=found.setting,
        rungs=rules.rungs(unlocked=done.unlocked),
        stage=stages(weeks, done.sessions, rules.profile)[-1],
        refused=_refused(now, found.disposition),
    )


def _on_day(judge: Judge, days: int) -> Judge:
    """The same judge so many days later: a pregnancy goes on, and nobody asks its week again."""

    def judge_later(given: Given, library: Library) -> Judged:
        counted = [question.id for question in library.questions.values() if question.counts_weeks]
        said = {name: given.answers.get(name) for name in counted if days >= WEEK}
        gone_on = {name: n + days // WEEK for name, n in said.items() if isinstance(n, int | float)}
        if gone_on:
            given = msgspec.structs.replace(given, answers={**given.answers, **gone_on})
        return judge(given, library)

    return judge_later


def _judged(given: Given, told: tuple[AnyEntry, ...], library: Library, judge: Judge) -> tuple[Given, Judged]:
    """What is said now, judged. Pain of runs and walks counts where it makes the judgement stricter."""
    now = as_told(given, told, library)
    found = judge(now, library)
    moved = with_pain_in_motion(now, told, found.setting.limits.profile.green_to)
    if moved is now:
        return now, found
    stricter = judge(moved, library)
    if lacks_a_place(moved) or is_stricter(stricter.disposition, found.disposition):
        return moved, stricter
    return now, found


def _refused(now: Given, disposition: Disposition) -> tuple[str, ...]:
    refused = refusals(disposition)
    return (NOT_ASKED, WHERE) if not refused and lacks_a_place(now) else refused


def new_places(given: Given, entries: Iterable[AnyEntry]) -> tuple[str, ...]:
    """Sites that hurt now and did not at the start (S2), in id order."""
    told = {site for e in entries if isinstance(e, Rescreened) for site, _ in e.new_places}
    return tuple(sorted(told - given.sites))


def trends(weeks: Weeks, done: Course, limits: Setting) -> Mapping[str, AnswerValue]:
    """Safety questions the weeks themselves answer with yes; what was told before they began counts, too."""
    profile, told, start = limits.limits.profile, weeks.entries, baseline(weeks.given)
    shares = weekly_shares(done.sessions, weeks.began, weeks.today, weeks.days)
    trained = Trained(began=weeks.began, today=weeks.today, shares=shares)
    unchanged = not_improving(start, pain_by_day(told), trained, profile)
    said = msgspec.structs.replace(weeks, entries=of_outcomes(told))
    judged_so = any(
        outcome_of(said, done.sessions, report).next == "professional" for report in reports(said.entries)
    )
    noticed: dict[Noticed, bool] = {
        "easiest-hurts-twice": len(done.easiest_painful) >= PAINFUL_EASIEST_TO_REFER,
        "mornings-rise": is_rising(told, profile, weeks.today),
        "no-better": unchanged or judged_so or _held_back(done) or runs_got_worse(told, start, profile),
    }
    return {
        flag.id: "yes"
        for what, holds in noticed.items()
        for flag in noticed_flags(what, weeks.library)
        if holds
    }


def _held_back(done: Course) -> bool:
    """Whether pain before the session ever kept the runner from training three times in a row."""
    back = [session.ended == "not-today" for session in done.sessions]
    rows = zip(*(back[n:] for n in range(HELD_BACK_TO_REFER)), strict=False)
    return any(all(row) for row in rows)


def runs_wait(found: Following, entries: Iterable[AnyEntry], today: datetime.date) -> bool:
    """Whether no run comes now: none is allowed, or the last one was red and no calm walk came since."""
    limits = found.setting.limits
    return limits.running == "none" or after_a_red_run(entries, limits.profile, today)
