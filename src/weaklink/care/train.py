"""Train: today's session, from the plan and the diary; or why there is none, and what comes instead."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Literal

import msgspec

from weaklink.care.as_told import noticed_flags, stop_signs
from weaklink.care.folding import Diary
from weaklink.care.follow_up import Following, Judge, follow_up, judge_given, runs_wait
from weaklink.care.referral import referral
from weaklink.care.short_check import known_of, may_be_short
from weaklink.case.diary import Away, Hurt
from weaklink.case.disposition import Disposition, is_stricter
from weaklink.case.given import Given
from weaklink.case.plan import Conflict, Plan
from weaklink.library.reading import Library
from weaklink.library.records import ALWAYS_THERE, Equipment, Guard, RedFlag
from weaklink.library.wording import Wording
from weaklink.quantities import WEEKDAYS, Tier
from weaklink.reasoning.flags import is_relevant
from weaklink.reasoning.triage import triage
from weaklink.reasoning.triggers import any_holds
from weaklink.training.course.reflow import Due, SoFar, due_on
from weaklink.training.course.upkeep import upkeep_plan
from weaklink.training.course.weeks import Weeks
from weaklink.training.dose.phased import follows
from weaklink.training.dose.restrictions import heading_of
from weaklink.training.plan.plan_document import PLAN_DOCUMENTS, PlanDocument, plan_document
from weaklink.training.plan.planning import Planner, plan_from
from weaklink.training.progression.away import SMALL_MINUTES, away_on, had_fever, has_fever, ill_days, rests
from weaklink.training.session.doses_now import plan_now
from weaklink.training.session.left_session import is_left
from weaklink.training.session.session_making import make_pack, make_run_set
from weaklink.training.session.session_pack import (
    Around,
    Closing,
    PackCheck,
    PackQuestion,
    SafetyQuestions,
    SessionPack,
)
from weaklink.training.session.training_day import Day, Wanted

NoSession = Literal["closed", "questions", "away", "rest-day", "nothing-left", ""]
PAUSE_AFTER_HURT_DAYS = 7


class Today(msgspec.Struct, frozen=True, kw_only=True):
    """One day: the session, or why there is none; where the runner stands; what is due."""

    following: Following
    plan: PlanDocument
    due: Due | None
    pack: SessionPack | None
    why_not: NoSession
    made: Plan | None = None  # the plan made anew: another kind is allowed, or another phase began
    away: Away | None = None  # what is in the way on this day


class SessionRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What a day's session is asked with.

    `anyway`: on a rest day too. `around`: the stretches before or after a run instead.
    """

    minutes: int | None = None
    equipment: frozenset[Equipment] | None = None
    anyway: bool = False
    around: Around = ""
    episode: str = ""
    planner: Planner = "greedy"


Screen = Callable[[Given, Library, Wording], tuple[tuple[Closing, ...], tuple[PackQuestion, ...]]]


class Trainee(msgspec.Struct, frozen=True, kw_only=True):
    """Someone who trains: what they said at the start, their plan since a day, and their diary.

    `judge` and `screen` are the functions of that name; others only to remember their answers.
    """

    given: Given
    plan: PlanDocument
    told: Diary
    library: Library
    wording: Wording
    began: datetime.date
    judge: Judge = judge_given
    screen: Screen | None = None

    def followed(self, date: datetime.date) -> Following:
        """Where they stand on a day."""
        weeks = Weeks(given=self.given, plan=self.plan, library=self.library, began=self.began, today=date)
        return follow_up(weeks, self.told, self.judge)


def today(trainee: Trainee, date: datetime.date, asked: SessionRequest | None = None) -> Today:
    """The session of a day. Triage outranks everything: a closed plan holds no exercise."""
    asked, found = asked or SessionRequest(), trainee.followed(date)
    made = None if found.refused else _made_anew(trainee, found, asked.planner)
    if made is not None:
        document = PLAN_DOCUMENTS.of(plan_document(made, trainee.wording.say))
        trainee = msgspec.structs.replace(trainee, plan=document)
        found = trainee.followed(date)
    # Other moves are another course, and that is judged as well.
    if found.refused:
        return _refused(trainee, found)
    plan = upkeep_plan(trainee.plan) if found.stage.phase == "upkeep" else trainee.plan
    away = away_on(found.past.away, date)
    due, asked = _in_life(due_on(plan, _so_far(trainee, found, date), date), asked, away, date)
    why_not: NoSession = "away" if due.why == "away" else "rest-day"
    without = Today(following=found, plan=plan, due=due, pack=None, why_not=why_not, made=made, away=away)
    pack = None
    if has_fever(found.past.away, date):
        return without
    if asked.around:
        # Nothing leads into a run that had better wait.
        if not runs_wait(found, date):
            asks = _asks(trainee, found, date)
            pack = make_run_set(the_day(trainee, without, date, asked), asked.around, asks)
    elif due.due or (asked.anyway and due.why != "done-today"):
        pack = make_pack(the_day(trainee, without, date, asked), _asks(trainee, found, date))
    else:
        return without
    return msgspec.structs.replace(without, pack=pack, why_not="" if pack is not None else "nothing-left")


def _in_life(
    due: Due, asked: SessionRequest, away: Away | None, date: datetime.date
) -> tuple[Due, SessionRequest]:
    """What is due, and what it is asked with, where life is in the way: less, never more."""
    if away is None:
        return due, asked
    if rests(away, date):
        waiting = due.due or away.why == "fever"
        waits = msgspec.structs.replace(due, due=False, why="away") if waiting else due
        return waits, asked
    things = ALWAYS_THERE if away.why == "travel" else None
    minutes = SMALL_MINUTES if away.why in ("race", "life") else None
    return due, msgspec.structs.replace(
        asked,
        equipment=things if asked.equipment is None else asked.equipment,
        minutes=minutes if asked.minutes is None else asked.minutes,
    )


def _refused(trainee: Trainee, found: Following) -> Today:
    """A day on which nothing may be trained."""
    why: NoSession = "closed" if found.closed else "questions"
    return Today(following=found, plan=trainee.plan, due=None, pack=None, why_not=why)


def _so_far(trainee: Trainee, found: Following, date: datetime.date) -> SoFar:
    trained = [session for session in found.course.sessions if session.trained]
    left = {session.session for session in trained if is_left(session, found.setting.limits.profile)}
    return SoFar(
        began=trainee.began,
        done=tuple(session.date for session in trained if session.session not in left),
        left=tuple(session.date for session in trained if session.session in left),
        hard_runs=found.given.hard_runs,
        unlocked=found.course.unlocked,
        ill_days=ill_days(found.past.away, trainee.began, date),
    )


def plan_today(trainee: Trainee, plan: Plan, now: Today, date: datetime.date) -> tuple[Plan, int]:
    """A plan as it stands on a day when nothing is in the way, and the week of it that counts, from 1."""
    day = the_day(trainee, now, date, SessionRequest())
    return plan_now(plan, msgspec.structs.replace(day, wanted=Wanted()))


def _made_anew(trainee: Trainee, found: Following, planner: Planner) -> Plan | None:
    """The plan where another kind of plan is allowed now, or another phase began; None: it stands."""
    if stands(trainee.plan, found):
        return None
    made = plan_for(found, planner)
    # A conflict leaves the old moves; what is not allowed now is withheld from each day all the same.
    return made if isinstance(made, Plan) else None


def stands(plan: PlanDocument, found: Following) -> bool:
    """Whether a plan is of the kind that is allowed now, and of the stage of the programme."""
    same_kind = heading_of(found.given, found.disposition) == plan.heading
    now = follows(found.setting)
    if now is None:
        return same_kind and plan.follows is None
    return same_kind and plan.follows is not None and plan.follows.stage == now.stage


def plan_for(found: Following, planner: Planner) -> Plan | Conflict:
    """The plan for where a runner stands now."""
    return plan_from(found.setting, planner)


def the_day(trainee: Trainee, now: Today, date: datetime.date, asked: SessionRequest) -> Day:
    """What the training of a day is made from."""
    assert now.due is not None
    found = now.following
    last = found.course.last
    ahead = {WEEKDAYS[(date.weekday() + n) % 7] for n in (1, 2)}
    return Day(
        plan=now.plan,
        setting=found.setting,
        course=found.course,
        rungs=found.rungs,
        due=now.due,
        began=trainee.began,
        today=date,
        episode=asked.episode,
        wanted=Wanted(
            minutes=asked.minutes,
            equipment=asked.equipment,
            before_hard_run=not ahead.isdisjoint(found.given.hard_runs),
        ),
        upkeep=found.stage.phase == "upkeep",
        say=trainee.wording.say,
        fever=last is not None and had_fever(found.past.away, last.date, date),
        hurt_lately=hurt_lately(found.past.hurts, date),
    )


def hurt_lately(hurts: Iterable[Hurt], date: datetime.date) -> frozenset[str]:
    """The slots in which "this hurts" was tapped in the week up to a day, in a session or round a run."""
    return frozenset(h.slot for h in hurts if (date - h.day).days < PAUSE_AFTER_HURT_DAYS)


def _asks(trainee: Trainee, found: Following, date: datetime.date) -> SafetyQuestions:
    closings, questions = (trainee.screen or screening)(found.given, trainee.library, trainee.wording)
    twice = {flag.id for flag in noticed_flags("easiest-hurts-twice", trainee.library)}
    return SafetyQuestions(
        questions=questions,
        closings=closings,
        check=check_on(found, questions, trainee.library, trainee.wording, date),
        twice=next(n for n, closing in enumerate(closings) if closing.rule in twice),
    )


def check_on(
    found: Following,
    questions: tuple[PackQuestion, ...],
    library: Library,
    wording: Wording,
    date: datetime.date,
) -> PackCheck:
    """Whether one tap may stand for the questions on a day, with the sentence that says why not."""
    made = may_be_short(known_of(found, questions, library), found.past, date)
    return PackCheck(
        short=made.short,
        why=made.why,
        says=wording.word(f"check.{made.why}") if made.why else "",
        until=made.until,
        listed=made.listed,
    )


# --- safety questions --------------------------------------------------------------------------------------


def asked_again(given: Given, library: Library) -> tuple[RedFlag | Guard, ...]:
    """The safety questions of every session: what may have begun since the last one, most urgent first.

    What cannot begin between two sessions was asked once, before the plan.
    """
    guards = frozenset(triage(given, library).guards)
    flags = (
        flag
        for flag in library.red_flags.values()
        if is_relevant(flag, given, guards) and not flag.asked_once
    )
    signs = (
        sign for sign in stop_signs(library) if any_holds(library.questions[sign.id].when, given, guards)
    )
    return tuple(sorted((*flags, *signs), key=lambda one: (one.tier or Tier.PREVENTION, one.id)))


def screening(
    given: Given, library: Library, wording: Wording
) -> tuple[tuple[Closing, ...], tuple[PackQuestion, ...]]:
    """The closings, most urgent first, and the questions that lead to them.

    What yes and unsure mean is not written down twice: triage itself judges each answer beforehand.
    """
    flags = asked_again(given, library)
    outcomes = {
        (flag.id, said): _judged(given, flag.id, said, library)
        for flag in flags
        for said in ("yes", "unsure")
    }
    for flag in noticed_flags("easiest-hurts-twice", library):
        outcomes[flag.id, "yes"] = _judged(given, flag.id, "yes", library)
    now = triage(given, library)
    leading = {key: found for key, found in outcomes.items() if is_stricter(found, now)}
    keys = sorted(leading, key=lambda key: (leading[key].tier, leading[key].allows, key))
    closings = tuple(closing_of(given, key, leading[key], library, wording) for key in keys)
    places = {key: number for number, key in enumerate(keys)}
    questions = tuple(
        PackQuestion(
            id=flag.id,
            text=library.questions[flag.id].text,
            help=library.questions[flag.id].help,
            yes=places.get((flag.id, "yes"), -1),
            unsure=places.get((flag.id, "unsure"), -1),
            known=flag.id in given.answers,
        )
        for flag in flags
    )
    return closings, questions


def _answered(given: Given, question: str, said: str) -> Given:
    return msgspec.structs.replace(given, answers={**given.answers, question: said})


def _judged(given: Given, question: str, said: str, library: Library) -> Disposition:
    return triage(_answered(given, question, said), library)


def closing_of(
    given: Given, key: tuple[str, str], found: Disposition, library: Library, wording: Wording
) -> Closing:
    """The words for one answer, ready to be shown without a connection."""
    question, said = key
    made = referral(_answered(given, question, said), found, library, wording)
    return Closing(
        rule=question,
        tier=found.tier,
        allows=found.allows,
        closes=found.refers,
        leading=made.leading,
        see=(made.see,),
        meanwhile=made.until_then,
        tell=made.tell,
        emergency=made.number,
    )
