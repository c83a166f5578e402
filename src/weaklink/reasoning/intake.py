"""Intake: which screen comes next. Safety first, then what settles most, and stop when nothing would."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

import msgspec

from weaklink.case.disposition import Disposition
from weaklink.case.given import Given
from weaklink.library.reading import Library
from weaklink.library.records import Question, RedFlag, Screen
from weaklink.quantities import Tier
from weaklink.reasoning.flags import is_relevant
from weaklink.reasoning.gains import expected_gains, outlook
from weaklink.reasoning.triage import detail_is_open, triage
from weaklink.reasoning.triggers import any_holds, holds

# An ordinary case is asked twelve screens at most; a group of flags on one screen is one. Where it hurts and
# how much are two of them, asked before the first screen from here. Safety screens are never cut.
AT_MOST = 12
ASKED_BEFORE = 2
# Bits below which one more question is not worth a screen. Design.
ENOUGH = 0.02


class IntakeStep(msgspec.Struct, frozen=True, kw_only=True):
    """One screen to show: a screen of the knowledge, or a single question under its own id."""

    screen: str
    questions: tuple[str, ...]
    number: int  # how many screens this makes, with those before
    at_most: int


def next_screen(given: Given, library: Library, disposition: Disposition | None = None) -> IntakeStep | None:
    """The next screen, the same for any order of the answers; None when enough is known.

    Where the disposition refers, only what could make it more or less urgent is still asked. It is worked
    out here unless the caller has it already.
    """
    disposition = disposition or triage(given, library)
    number = screens_answered(given, library) + ASKED_BEFORE + 1
    wanted = _safety(given, library, disposition)
    if wanted is None and not disposition.refers and number <= AT_MOST:
        wanted = _finding(given, library, disposition)
    if wanted is None:
        return None
    screen, questions = wanted
    return IntakeStep(screen=screen, questions=questions, number=number, at_most=max(number, AT_MOST))


def screens_answered(given: Given, library: Library) -> int:
    """How many screens the answers so far came from; flags of one screen count once, details not at all."""
    return len(
        {
            library.screen_of.get(question, question)
            for question in given.answers
            if question in library.questions and library.questions[question].decides != "detail"
        }
    )


Wanted = tuple[str, tuple[str, ...]]


def _safety(given: Given, library: Library, disposition: Disposition) -> Wanted | None:
    guards = frozenset(disposition.guards)
    details = (question for question in library.details if detail_is_open(question, given, guards))
    decisive = _deciding(details, given, library, disposition)
    for screen in library.shown_screens if decisive is None else ():
        questions = open_questions(screen, given, library, guards)
        if disposition.refers:
            worth_it = any(_could_be_more_urgent(name, disposition.tier, library) for name in questions)
            questions = questions if worth_it else ()
        if questions:
            return screen.id, questions
    if decisive is None and not disposition.refers:
        one_away = (library.questions[name] for name in one_answer_away(given, library, guards))
        may_ask = (one for one in one_away if _may_ask(one, given, library, guards))
        decisive = _deciding(may_ask, given, library, disposition)
    return None if decisive is None else (decisive, (decisive,))


def _deciding(
    questions: Iterable[Question], given: Given, library: Library, disposition: Disposition
) -> str | None:
    """The first question that some answer would change the disposition by."""
    return next((one.id for one in questions if _decides(one, given, library, disposition)), None)


def _decides(question: Question, given: Given, library: Library, disposition: Disposition) -> bool:
    if question.kind == "number":
        return not disposition.refers
    answers = [option.id for option in question.options] or ["yes", "no", "unsure"]
    outcomes = (triage(with_answer(given, question.id, answer), library) for answer in answers)
    now = (disposition.tier, disposition.allows)
    return any((outcome.tier, outcome.allows) != now for outcome in outcomes)


def one_answer_away(given: Given, library: Library, guards: frozenset[str]) -> list[str]:
    """The unanswered questions whose answer alone would set off a red flag or guard, in id order."""
    flags = (trigger for flag in library.red_flags.values() for trigger in flag.triggers)
    rules = (trigger for guard in library.guards.values() for trigger in guard.true_when)
    found: set[str] = set()
    for trigger in chain(flags, rules):
        missing = [name for name in trigger.answers if name not in given.answers]
        if len(missing) == 1 and missing[0] not in found and missing[0] in library.questions:
            answered = with_answer(given, missing[0], trigger.answers[missing[0]][0])
            found |= set(missing) if holds(trigger, answered, guards) else set()
    return sorted(found)


def with_answer(given: Given, question: str, answer: str) -> Given:
    """The same runner with one answer given or changed."""
    return msgspec.structs.replace(given, answers={**given.answers, question: answer})


def open_questions(screen: Screen, given: Given, library: Library, guards: frozenset[str]) -> tuple[str, ...]:
    """The questions of a screen that concern this runner and are not answered, in the screen's order."""
    if screen.when and not any_holds(screen.when, given, guards):
        return ()
    return tuple(
        name
        for name in screen.questions
        if name not in given.answers and concerns(library.questions[name], given, library, guards)
    )


def concerns(question: Question, given: Given, library: Library, guards: frozenset[str]) -> bool:
    """Whether a question is relevant: a flag by its policy, any other by its sites and conditions."""
    flag = library.red_flags.get(question.id)
    if flag is not None and not is_relevant(flag, given, guards):
        return False
    if question.status == "retired" or (question.sites and given.sites.isdisjoint(question.sites)):
        return False
    return not question.when or any_holds(question.when, given, guards)


def _could_be_more_urgent(name: str, than: Tier, library: Library) -> bool:
    flag = library.red_flags.get(name)
    return flag is not None and most_urgent(flag) < than


def most_urgent(flag: RedFlag) -> Tier:
    """The most urgent tier a flag can fire at."""
    return min((flag.tier, *(upgrade.tier for upgrade in flag.upgrades)))


def _finding(given: Given, library: Library, disposition: Disposition) -> Wanted | None:
    """The single question that is expected to settle most, if it settles enough."""
    guards = frozenset(disposition.guards)
    gains = expected_gains(outlook(given, library, disposition))
    worth_asking = [
        (-round(gain, 9), name)
        for name, gain in gains.items()
        if gain >= ENOUGH
        and name in library.questions
        and _may_ask(library.questions[name], given, library, guards)
    ]
    if not worth_asking:
        return None
    _, best = min(worth_asking)
    return best, (best,)


def _may_ask(question: Question, given: Given, library: Library, guards: frozenset[str]) -> bool:
    is_open = question.decides == "finding" and question.id not in given.answers
    return is_open and concerns(question, given, library, guards)
