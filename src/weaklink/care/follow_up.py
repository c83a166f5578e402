"""Follow-up: what a diary changes in what was said at the start, judged by the same triage as everything."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping

import msgspec

from weaklink.care.as_told import as_told, lacks_a_place, noticed_flags, with_pain_in_motion
from weaklink.care.begin import NOT_ASKED, refusals
from weaklink.care.folding import Diary, Frame
from weaklink.care.watch import Watch
from weaklink.case.disposition import Disposition, is_stricter
from weaklink.case.given import AnswerValue, Given
from weaklink.case.hypothesis import Differential
from weaklink.library.reading import Library
from weaklink.library.records import Noticed
from weaklink.reasoning.urgency import judged
from weaklink.training.course.course import Course, Rules
from weaklink.training.course.pain_trend import WEEK, after_a_red_run
from weaklink.training.course.past import Past
from weaklink.training.course.rungs import Rungs, course_rules, rungs_of
from weaklink.training.course.slot import the_less_of
from weaklink.training.course.upkeep import Stage
from weaklink.training.course.weeks import Weeks
from weaklink.training.dose.calibration import bias
from weaklink.training.dose.phased import followed, phased
from weaklink.training.dose.setting import Setting
from weaklink.training.dose.training_state import Rung, SlotState
from weaklink.training.progression.away import has_fever
from weaklink.training.progression.next_dose import PAINFUL_EASIEST_TO_REFER

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
    limits = followed(given, library, disposition, ranked)
    return Judged(disposition=disposition, differential=ranked, setting=limits, rungs=rungs_of(limits))


class Following(msgspec.Struct, frozen=True, kw_only=True):
    """Where a runner stands on a day: what counts as said now, how urgent it is, and the course so far."""

    given: Given
    disposition: Disposition
    differential: Differential
    course: Course
    past: Past
    setting: Setting
    rungs: Mapping[str, Rung]  # what may be used now
    stage: Stage
    share: float  # 0..1 of the planned sessions done until the newest report
    refused: tuple[str, ...]  # ids of the rules that close the plan, or of questions still open

    @property
    def is_sent_on(self) -> bool:
        """Whether somebody should be seen, with or without training meanwhile."""
        return self.disposition.tier not in ("self-manage", "prevention")

    @property
    def closed(self) -> bool:
        """Whether the plan is over: nothing may be trained."""
        return self.disposition.refers


def follow_up(weeks: Weeks, told: Diary, judge: Judge = judge_given) -> Following:
    """The diary read against the plan.

    Twice: first as told, for the trends; then with what they say, for the course as well. What may be
    a danger sign counts whenever it was told, before the first session and in another time zone's tomorrow.

    Args:
        judge: triage, ranking and limits; another one only to remember its answers.
    """
    plan, began, past = weeks.plan, weeks.began, told.past
    # A clock that was set back takes no pain away: the course goes up to the last thing that was told.
    weeks = weeks.until(max(weeks.today, past.last or weeks.today))
    judge = _on_day(judge, (weeks.today - began).days)
    now, found = _judged(weeks.given, past, weeks.library, judge)
    rules = course_rules(plan, found.setting, found.rungs, began, bias(past.spares))
    frame = Frame(weeks=weeks, rules=rules)
    done, watch, past = told.fold(frame).finish(frame)
    noticed = trends(watch, done, past, weeks.library)
    if noticed:
        now = msgspec.structs.replace(now, answers={**now.answers, **noticed})
        found = judge(now, weeks.library)
        rules = course_rules(plan, found.setting, found.rungs, began, rules.bias)
        if not found.disposition.refers:
            # What is shown as red has to have been red: the limits of a referral are stricter.
            done = _under_limits(done, told.course_under(Frame(weeks=weeks, rules=rules)), rules)
    return Following(
        given=now,
        disposition=found.disposition,
        differential=found.differential,
        course=done,
        past=past,
        setting=_in_phase(found.setting, done),
        rungs=rules.rungs(unlocked=done.unlocked, foothold=done.foothold),
        stage=watch.stage,
        share=watch.share,
        refused=_refused(now, found.disposition),
    )


def _in_phase(limits: Setting, done: Course) -> Setting:
    """The limits in the phase the course has come to; as they are where no programme is followed now."""
    programme, foothold = limits.programme, done.foothold
    if programme is None or foothold is None or foothold.programme != programme.id:
        return limits
    return phased(limits, foothold)


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


def _judged(given: Given, past: Past, library: Library, judge: Judge) -> tuple[Given, Judged]:
    """What is said now, judged. Pain of runs and walks counts where it makes the judgement stricter."""
    now = as_told(given, past, library)
    found = judge(now, library)
    moved = with_pain_in_motion(now, past.motion, found.setting.limits.profile.green_to)
    if moved is now:
        return now, found
    stricter = judge(moved, library)
    if lacks_a_place(moved) or is_stricter(stricter.disposition, found.disposition):
        return moved, stricter
    return now, found


def _refused(now: Given, disposition: Disposition) -> tuple[str, ...]:
    refused = refusals(disposition)
    return (NOT_ASKED, WHERE) if not refused and lacks_a_place(now) else refused


def _under_limits(before: Course, now: Course, rules: Rules) -> Course:
    """The course as stricter limits read it, of the same move never more than without them.

    What they do not allow stays where it stood, for afterwards.
    """
    allowed = rules.rungs(unlocked=now.unlocked, foothold=now.foothold)
    kept: dict[str, SlotState] = {}
    for slot, state in now.doses.items():
        stood = before.doses.get(slot, state)
        if state.exercise not in allowed:
            kept[slot] = stood
        elif state.exercise == stood.exercise:
            kept[slot] = the_less_of(state, stood)
    return msgspec.structs.replace(now, doses={**now.doses, **kept})


def trends(watch: Watch, done: Course, past: Past, library: Library) -> Mapping[str, AnswerValue]:
    """Safety questions the weeks themselves answer with yes; what was told before they began counts, too."""
    noticed: dict[Noticed, bool] = {
        "easiest-hurts-twice": len(done.easiest_painful) >= PAINFUL_EASIEST_TO_REFER,
        "mornings-rise": watch.rising,
        "not-allowed": bool(past.visits) and past.visits[-1].allowed == "nothing",
        "no-better": watch.stalled or watch.professional or watch.held_back or watch.runs_worse,
    }
    return {
        flag.id: "yes" for what, holds in noticed.items() for flag in noticed_flags(what, library) if holds
    }


def runs_wait(found: Following, today: datetime.date) -> bool:
    """Whether no run comes now: none is allowed, there is a fever, or the last one was red.

    After a red one a calm walk comes first.
    """
    if has_fever(found.past.away, today):
        return True
    limits = found.setting.limits
    return limits.running == "none" or after_a_red_run(found.past.recent, limits.profile, today)
