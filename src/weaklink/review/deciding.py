"""Deciding: questions of which no answer changes any outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from weaklink.care.begin import assess
from weaklink.case.given import Given, PainPlace
from weaklink.library.checking import triggers_of
from weaklink.library.finding_ids import answers_of
from weaklink.library.reading import KINDS, Library
from weaklink.library.records import Question, Record, Trigger
from weaklink.library.references import references
from weaklink.reasoning.edges import factor_findings
from weaklink.review.reachability import Found, restricts

ONLY_LEAD_ON = ("questions", "screens")  # whose triggers decide what is asked next, not what follows
SOME_SITES = ("knee-anterior", "back-lower", "calf")


def questions_that_decide_nothing(library: Library) -> Found:
    """Questions that no rule, sign or area uses, and whose answers leave every assessment as it was.

    First the records are read; only for what none of them uses are assessments made and compared, because a
    few answers are read by the program itself.
    """
    used = set(_used(library))
    for question in library.questions.values():
        if question.status == "retired" or question.id in used or _speaks(question, library):
            continue
        if not _changes_something(question, library):
            yield "questions", question.id, "decides", "no answer of this question changes any outcome"


def _speaks(question: Question, library: Library) -> bool:
    """Whether a yes is a red flag, or an answer speaks for areas or for a weak link of its own kind."""
    named = question.decides == "finding" and (question.areas or question.kind_of_link)
    return question.id in library.red_flags or bool(named and factor_findings(question))


def _used(library: Library) -> Iterator[str]:
    idle = set(idle_guards(library))
    for condition in library.conditions.values():
        for sign in (*condition.signs, *condition.against):
            yield sign.finding.partition("=")[0]
    for kind in KINDS:
        for record in library.of_kind(kind).values() if kind not in ONLY_LEAD_ON else ():
            if kind != "guards" or record.id not in idle:
                yield from asked_by(trigger for _, trigger in triggers_of(record))


def asked_by(triggers: Iterable[Trigger]) -> Iterator[str]:
    """The questions whose answers triggers look at."""
    for trigger in triggers:
        yield from (*trigger.answers, *trigger.not_answers, *trigger.unless_below, *trigger.unless_from)


def idle_guards(library: Library) -> Iterator[str]:
    """Guards that restrict nothing and that no other record names."""
    named = {one.target for record in _records(library) for one in references(record)}
    for guard in library.guards.values():
        if not restricts(guard) and guard.id not in named and not guard.effect:
            yield guard.id


def _records(library: Library) -> Iterator[Record]:
    for kind in KINDS:
        yield from library.of_kind(kind).values()


def _changes_something(question: Question, library: Library) -> bool:
    """Whether two answers of the same runner lead to different assessments."""
    return any(_differs(question, given, library) for given in _runners(question))


def _runners(question: Question) -> Iterator[Given]:
    yield Given(age=30, assume_unanswered_no=True)
    for site in (question.sites or SOME_SITES)[:3]:
        pain_at = (PainPlace(site, "right"),)
        yield Given(age=30, pain_at=pain_at, pain={"run": 3}, assume_unanswered_no=True)


def _differs(question: Question, given: Given, library: Library) -> bool:
    answers = [question.min or 0, question.max or 100] if question.kind == "number" else answers_of(question)
    first = _outcome(given, library)
    return any(_outcome(_with(given, question.id, one), library) != first for one in answers)


def _with(given: Given, question: str, answer: str | float) -> Given:
    return msgspec.structs.replace(given, answers={**given.answers, question: answer})


def _outcome(given: Given, library: Library) -> bytes:
    """An assessment without what was said, to be compared."""
    found = msgspec.structs.replace(assess(given, library, "greedy"), given=Given(age=0))
    return msgspec.json.encode(found, order="sorted")
