"""Hanging: what a trigger still waits for, once everything that was said is held against it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from weaklink.case.given import Given
from weaklink.library.records import Trigger
from weaklink.reasoning.triggers import (
    DECIDED_BY_NOW,
    is_below,
    number_said,
    since_excuses,
)

# Whether a name can still be answered: a question's id, "since", or "pain-" with a situation. True with it:
# a rule of this place asks for it, whatever the question itself waits for.
Open = Callable[[str, bool], bool]
SINCE = "since"
PAIN = "pain-"
NOTHING: frozenset[str] = frozenset()


def hanging(trigger: Trigger, given: Given, is_open: Open) -> frozenset[str] | None:
    """The open names without which the trigger does not hold yet; None where it can no longer hold.

    Empty where it holds already, whatever else is said. Whether its guards hold is for the caller to see.
    """
    if not all(part(trigger, given) for part in DECIDED_BY_NOW):
        return None
    found: set[str] = set()
    for part in (_answers, _pains, _pains_below, _since):
        missing = part(trigger, given, partial(_is_open, trigger, is_open))
        if missing is None:
            return None
        found |= missing
    return None if _is_excused(trigger, given) else frozenset(found)


def excuses(trigger: Trigger, given: Given, is_open: Open) -> frozenset[str]:
    """The open questions of which an answer would keep the trigger from holding."""
    named = (*trigger.not_answers, *trigger.unless_below, *trigger.unless_from)
    found = {name for name in named if name not in given.answers and _is_open(trigger, is_open, name)}
    depends = trigger.unless_since_to is not None or trigger.unless_since_from is not None
    if depends and given.since_days is None and _is_open(trigger, is_open, SINCE):
        found.add(SINCE)
    return frozenset(found)


def _is_open(trigger: Trigger, is_open: Open, name: str) -> bool:
    return is_open(name, bool(trigger.sites or trigger.both_sides or trigger.one_sided))


IsOpen = Callable[[str], bool]


def _answers(trigger: Trigger, given: Given, is_open: IsOpen) -> frozenset[str] | None:
    missing = set()
    for question, wanted in trigger.answers.items():
        said = given.answers.get(question)
        if said in wanted:
            continue
        if said is not None or not is_open(question):
            return None
        missing.add(question)
    return frozenset(missing)


def _pains(trigger: Trigger, given: Given, is_open: IsOpen) -> frozenset[str] | None:
    missing = set()
    for situation, least in trigger.pain.items():
        if given.pain.get(situation, 0) >= least:
            continue
        if situation in given.pain or not is_open(f"{PAIN}{situation}"):
            return None
        missing.add(f"{PAIN}{situation}")
    return frozenset(missing)


def _pains_below(trigger: Trigger, given: Given, is_open: IsOpen) -> frozenset[str] | None:
    missing = set()
    for situation, limit in trigger.pain_below.items():
        if situation in given.pain:
            if given.pain[situation] >= limit:
                return None
        elif is_open(f"{PAIN}{situation}"):
            missing.add(f"{PAIN}{situation}")
        else:
            return None
    return frozenset(missing)


def _since(trigger: Trigger, given: Given, is_open: IsOpen) -> frozenset[str] | None:
    low, high = trigger.since_days_min, trigger.since_days_max
    if low is None and high is None:
        return NOTHING
    if given.since_days is None:
        return frozenset({SINCE}) if is_open(SINCE) else None
    fits = (low or 0) <= given.since_days and (high is None or given.since_days <= high)
    return NOTHING if fits else None


def _is_excused(trigger: Trigger, given: Given) -> bool:
    """Whether an answer that was said keeps the trigger from holding."""
    if since_excuses(trigger, given):
        return True
    if any(given.answers.get(question) in unwanted for question, unwanted in trigger.not_answers.items()):
        return True
    if any(is_below(given, question, least) for question, least in trigger.unless_below.items()):
        return True
    return any(
        (said := number_said(given, question)) is not None and said >= limit
        for question, limit in trigger.unless_from.items()
    )
