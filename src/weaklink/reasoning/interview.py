"""Interview: which screen comes next, for page, terminal, API and tests alike.

Who, where, safety, story, pain, signs. It ends where an emergency is certain, or where no answer could make
anything more urgent and none is worth a screen. Whatever a rule still waits for is asked before a referral is
shown, so that an interview is never less urgent than the same person's case file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import msgspec

from weaklink.case.disposition import Disposition
from weaklink.case.given import Given
from weaklink.library.reading import Library
from weaklink.library.records import PainSituation, Question
from weaklink.quantities import Tier
from weaklink.reasoning.at_stake import Stakes, fits_the_person
from weaklink.reasoning.gains import expected_gains, outlook
from weaklink.reasoning.hanging import PAIN, SINCE
from weaklink.reasoning.relevance import concerns, open_questions
from weaklink.reasoning.situations import situations
from weaklink.reasoning.triage import detail_is_open, triage
from weaklink.reasoning.triggers import hurts

Aim = Literal["pain", "prevent"]
Kind = Literal["who", "where", "flags", "details", "story", "pain", "signs"]

AT_MOST = 12  # screens of an ordinary interview. Safety screens are never cut.
# Bits below which one more question is not worth reading. Design.
ENOUGH = 0.02
# Signs that are asked because they settle something; what a rule waits for is never cut. Design.
MOST_SIGNS = 3
ABOUT = ("age", "sex", "level", "km_per_week")
DETAILS, SIGNS, PAINS = "details", "signs", "pain"


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What an interview has heard so far. `left` names what was shown and left without an answer."""

    given: Given | None = None
    aim: Aim = "pain"
    left: frozenset[str] = frozenset()


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One screen to show: its id, and the names it asks for, in order."""

    screen: str
    kind: Kind
    questions: tuple[str, ...]
    number: int  # which screen this is
    at_most: int


def next_step(told: Told, library: Library, disposition: Disposition | None = None) -> Step | None:
    """The next screen, the same for any order of the answers; None when enough is known.

    `disposition`: what triage says, unless it is to be worked out here.
    """
    given = told.given
    if given is None:
        return _step(told, library, "who", "who", ABOUT)
    if not given.pain_at and (told.aim == "pain" or hurts(given)):
        return _step(told, library, "where", "where", ("pain_at",))
    now = asking(told, given, library, disposition)
    kinds: tuple[tuple[Kind, Callable[[Told, Stakes], Wanted]], ...] = (
        ("details", _details),
        ("flags", _safety),
        ("story", _story),
        ("pain", _pains),
        ("signs", _signs),
    )
    for kind, wanted in kinds:
        found = wanted(told, now)
        if found is not None:
            screen, questions = found
            return _step(told, library, screen, kind, questions)
    return None


def asking(told: Told, given: Given, library: Library, disposition: Disposition | None = None) -> Stakes:
    """What is known and what is open, as everything that asks needs it."""
    judged = disposition or triage(given, library)
    guards = frozenset(judged.guards)

    def is_open(name: str, by_rule: bool) -> bool:
        return _is_open(name, told, given, library) and (
            name not in library.questions
            or (fits_the_person if by_rule else concerning)(library.questions[name], given)
        )

    def concerning(question: Question, given: Given) -> bool:
        return concerns(question, given, library, guards)

    return Stakes(given, library, judged, is_open)


def story_questions(given: Given, library: Library, guards: frozenset[str]) -> tuple[str, ...]:
    """What the story asks here, answered or not: since when first, then the questions that concern."""
    screen = library.story
    if screen is None or not given.pain_at:
        return ()
    concerning = (
        name for name in screen.questions if concerns(library.questions[name], given, library, guards)
    )
    return (SINCE, *concerning)


def pain_moments(now: Stakes) -> tuple[PainSituation, ...]:
    """The moments to ask a number for: those of the places, and those a rule waits for."""
    return situations(now.given.sites, now.library, also=now.could_raise)


def _is_open(name: str, told: Told, given: Given, library: Library) -> bool:
    if name in told.left:
        return False
    if name == SINCE:
        return given.since_days is None and bool(given.pain_at)
    if name.startswith(PAIN) and name not in library.questions:
        return bool(given.pain_at) and not given.pain and PAINS not in told.left
    question = library.questions.get(name)
    return question is not None and question.status != "retired" and name not in given.answers


Wanted = tuple[str, tuple[str, ...]] | None


def _details(_told: Told, now: Stakes) -> Wanted:
    """What refines an answer that was given, where it could change what follows."""
    found = tuple(
        question.id
        for question in now.library.details
        if detail_is_open(question, now.given, now.guards)
        and now.is_open(question.id, True)
        and _decides(question, now)
    )
    return (DETAILS, found) if found else None


def _decides(question: Question, now: Stakes) -> bool:
    if question.kind == "number":
        return not now.disposition.refers
    answers = [option.id for option in question.options] or ["yes", "no", "unsure"]
    before = (now.disposition.tier, now.disposition.allows)
    outcomes = (triage(with_answer(now.given, question.id, answer), now.library) for answer in answers)
    return any((outcome.tier, outcome.allows) != before for outcome in outcomes)


def _safety(told: Told, now: Stakes) -> Wanted:
    for screen in now.library.shown_screens:
        if screen.kind != "flags":
            continue
        names = open_questions(screen, now.given, now.library, now.guards)
        names = tuple(name for name in names if name not in told.left)
        if names and _worth(names, now):
            return screen.id, names
    return None


def _story(told: Told, now: Stakes) -> Wanted:
    names = story_questions(now.given, now.library, now.guards)
    unasked = [name for name in names if now.is_open(name, False)]
    screen = now.library.story
    if screen is None or screen.id in told.left or not unasked:
        return None
    wanted = _worth(unasked, now) or (SINCE in unasked and SINCE in now.could_excuse)
    return (screen.id, names) if wanted else None


def _pains(_told: Told, now: Stakes) -> Wanted:
    moments = pain_moments(now) if now.is_open(f"{PAIN}run", False) else ()
    names = tuple(f"{PAIN}{moment}" for moment in moments)
    return (PAINS, names) if names and _worth(names, now) else None


def _worth(names: tuple[str, ...] | list[str], now: Stakes) -> bool:
    """Whether to ask: always before training, and before a referral where it could become more urgent."""
    if not now.disposition.refers:
        return True
    return now.disposition.tier != Tier.EMERGENCY and not now.could_raise.isdisjoint(names)


def _signs(told: Told, now: Stakes) -> Wanted:
    wanted = {name for name in now.could_excuse | now.could_raise if name in now.library.questions}
    if now.disposition.tier == Tier.EMERGENCY:
        wanted = {name for name in wanted if _decides(now.library.questions[name], now)}
    names = [*sorted(wanted), *_settling(told, now, wanted)]
    return (SIGNS, tuple(names)) if names else None


def _settling(told: Told, now: Stakes, besides: set[str]) -> list[str]:
    """The questions expected to settle most, as many as may be asked."""
    if now.disposition.refers:
        return []
    room = MOST_SIGNS - len(besides)
    if room <= 0 or _signs_asked(told, now):
        return []
    gains = expected_gains(outlook(now.given, now.library, now.disposition))
    worth_asking = sorted(
        (-round(gain, 9), name)
        for name, gain in gains.items()
        if gain >= ENOUGH and name not in besides and _may_ask(name, now)
    )
    return [name for _, name in worth_asking[:room]]


def _signs_asked(told: Told, now: Stakes) -> bool:
    """Whether signs were asked for: they come once, and then only those a rule waits for."""
    screens = {name for screen in now.library.shown_screens for name in screen.questions}
    asked = {*now.given.answers, *told.left}
    questions = now.library.questions
    return any(
        name in questions and questions[name].decides == "finding" and name not in screens for name in asked
    )


def _may_ask(name: str, now: Stakes) -> bool:
    question = now.library.questions.get(name)
    return question is not None and question.decides == "finding" and now.is_open(name, False)


def with_answer(given: Given, question: str, answer: str | float) -> Given:
    """The same runner with one answer given or changed."""
    return msgspec.structs.replace(given, answers={**given.answers, question: answer})


def _step(told: Told, library: Library, screen: str, kind: Kind, questions: tuple[str, ...]) -> Step:
    number = screens_passed(told, library) + 1
    return Step(screen=screen, kind=kind, questions=questions, number=number, at_most=max(number, AT_MOST))


def screens_passed(told: Told, library: Library) -> int:
    """How many screens the answers so far came from; those shown together count as one."""
    given = told.given
    if given is None:
        return 0
    said = {*given.answers, *told.left} & library.questions.keys()
    screens = {library.screen_of.get(name, _loose(library.questions[name])) for name in said}
    return 1 + bool(given.pain_at) + len(screens - {""}) + bool(given.pain)


def _loose(question: Question) -> str:
    """The screen of a question that is on no fixed one."""
    return {"detail": DETAILS, "finding": SIGNS}.get(question.decides, "")
