"""Follow-up: what a diary changes in what was said at the start, judged by the same triage as everything."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

import msgspec

from weaklink.care.begin import refusals
from weaklink.care.finish import outcome_of, reports, stages, tests_told, with_tests
from weaklink.case.case_file import SIDES
from weaklink.case.diary import AnyEntry, Morning, Rescreened
from weaklink.case.disposition import Disposition
from weaklink.case.given import AnswerValue, Given, PainPlace
from weaklink.case.hypothesis import Differential
from weaklink.library.reading import Library
from weaklink.quantities import Side
from weaklink.reasoning.urgency import judged
from weaklink.training.adherence import weekly_shares
from weaklink.training.course import Course, course
from weaklink.training.pain_trend import baseline, is_rising, not_improving, pains
from weaklink.training.plan_document import PlanDocument
from weaklink.training.progression import PAINFUL_EASIEST_TO_REFER
from weaklink.training.rungs import course_rules, training_days
from weaklink.training.setting import Setting, setting
from weaklink.training.upkeep import Stage

STRICTER = {"yes": 0, "unsure": 1, "no": 2}
EASIEST_TWICE, RISING, NOT_IMPROVING = "easiest-painful-twice", "rising-pain", "not-improving"


class Following(msgspec.Struct, frozen=True, kw_only=True):
    """Where a runner stands on a day: what counts as said now, how urgent it is, and the course so far."""

    given: Given
    disposition: Disposition
    differential: Differential
    course: Course
    setting: Setting
    stage: Stage
    refused: tuple[str, ...]  # ids of the rules that close the plan, or of questions still open

    @property
    def closed(self) -> bool:
        """Whether the plan is over: nothing may be trained."""
        return self.disposition.refers


def follow_up(
    given: Given,
    plan: PlanDocument,
    entries: Iterable[AnyEntry],
    library: Library,
    began: datetime.date,
    today: datetime.date,
) -> Following:
    """The diary read against the plan.

    Twice: first as told, for the course; then with what the course and the trends themselves say.
    """
    told = tuple(entry for entry in entries if began <= entry.day <= today)
    now = as_told(given, told, library)
    disposition, ranked = judged(now, library)
    first = setting(now, library, disposition, ranked)
    done = course(told, course_rules(plan, first, began), today)
    noticed = trends(given, done, told, plan, first, began, today)
    if noticed:
        now = msgspec.structs.replace(now, answers={**now.answers, **noticed})
        disposition, ranked = judged(now, library)
        first = setting(now, library, disposition, ranked)
    return Following(
        given=now,
        disposition=disposition,
        differential=ranked,
        course=done,
        setting=first,
        stage=stages(given, told, library, began, today, training_days(plan), first.limits.profile)[-1],
        refused=refusals(disposition),
    )


def as_told(given: Given, entries: Iterable[AnyEntry], library: Library) -> Given:
    """What was said at the start with everything the diary added to it. Nothing ever becomes less strict.

    Answers to safety questions and new places stay; a night or a rest that hurt stays. A "no" from before a
    new place hurt says nothing about that place: its questions are open again.
    """
    told = tuple(entries)
    answers: dict[str, AnswerValue] = dict(given.answers)
    places, pain = set(given.pain_at), dict(given.pain)
    for entry in told:
        if isinstance(entry, Rescreened):
            for question, said in entry.answers.items():
                answers[question] = _stricter(answers.get(question), said)
            for site, side in entry.new_places:
                places.add(_place(site, side, library))
                _ask_again(answers, site, given, library)
        elif isinstance(entry, Morning):
            for moment, felt in (("night", entry.night), ("rest", entry.rest)):
                if felt:
                    pain[moment] = max(felt, pain.get(moment, 0))  # type: ignore[index,call-overload]
    now = msgspec.structs.replace(given, answers=answers, pain_at=tuple(sorted(places)), pain=pain)
    return with_tests(now, tests_told(told, library))


def _ask_again(answers: dict[str, AnswerValue], site: str, given: Given, library: Library) -> None:
    """Open the questions of a place again. Once it stands in what was said, an answer there is newer."""
    known = given.answers if site in given.sites else {}
    for flag in library.red_flags.values():
        if site in flag.sites and answers.get(flag.id) == "no" and known.get(flag.id) != "no":
            del answers[flag.id]


def _stricter(before: AnswerValue | None, said: str) -> AnswerValue:
    known = before if isinstance(before, str) and before in STRICTER else None
    return said if known is None else min(known, said, key=lambda answer: STRICTER[answer])


def _place(site: str, side: Side, library: Library) -> PainPlace:
    if not library.regions[site].sided:
        return PainPlace(site, "none")
    return PainPlace(site, side if side in SIDES else "not-said")


def new_places(given: Given, entries: Iterable[AnyEntry]) -> tuple[str, ...]:
    """Sites that hurt now and did not at the start (S2), in id order."""
    told = {site for e in entries if isinstance(e, Rescreened) for site, _ in e.new_places}
    return tuple(sorted(told - given.sites))


def trends(
    given: Given,
    done: Course,
    told: tuple[AnyEntry, ...],
    plan: PlanDocument,
    limits: Setting,
    began: datetime.date,
    today: datetime.date,
) -> Mapping[str, AnswerValue]:
    """Safety questions the weeks themselves answer with yes."""
    profile, days = limits.limits.profile, training_days(plan)
    shares = weekly_shares(done.sessions, began, today, days)
    unchanged = not_improving(baseline(given), pains(told), began, today, shares, profile)
    judged_so = any(
        outcome_of(given, told, limits.library, began, report, days).next == "professional"
        for report in reports(told)
    )
    noticed = {
        EASIEST_TWICE: len(done.easiest_painful) >= PAINFUL_EASIEST_TO_REFER,
        RISING: is_rising(told, profile, today),
        NOT_IMPROVING: unchanged or judged_so,
    }
    return {question: "yes" for question, holds in noticed.items() if holds}
