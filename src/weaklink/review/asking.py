"""Asking: whether what a red flag or a guard waits for is ever asked where it waits for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from weaklink.case.given import Given, PainPlace, Sex
from weaklink.library.reading import Library
from weaklink.library.records import Question, RedFlag, Trigger
from weaklink.quantities import Side
from weaklink.reasoning.at_stake import fits_the_person
from weaklink.reasoning.guards import true_guards
from weaklink.reasoning.relevance import concerns, open_questions
from weaklink.reasoning.triage import detail_is_open
from weaklink.review.reachability import Found

# Whoever a trigger may be about: the question has to be asked of one of them.
PEOPLE: tuple[tuple[int, Sex, int], ...] = (
    (30, "female", 30), (60, "male", 30), (16, "male", 3), (60, "female", 200), (30, "male", 3),
)  # fmt: skip


def triggers_never_asked(library: Library) -> Found:
    """Triggers of flags and guards whose question is not asked of anybody with pain at the trigger's site."""
    for flag in library.red_flags.values():
        for field, trigger, said in _of_flag(flag):
            for text in unasked(trigger, said, library):
                yield "red-flags", flag.id, field, text
    for guard in library.guards.values():
        for trigger in guard.true_when if guard.status != "retired" else ():
            for text in unasked(trigger, {}, library):
                yield "guards", guard.id, "true_when", text


def _of_flag(flag: RedFlag) -> Iterator[tuple[str, Trigger, dict[str, str]]]:
    """Every trigger of a flag with its field and what was said before: an upgrade needs the flag's yes."""
    if flag.status != "retired":
        yield from (("triggers", trigger, {}) for trigger in flag.triggers)
        for upgrade in flag.upgrades:
            yield from (("upgrades.when", trigger, {flag.id: "yes"}) for trigger in upgrade.when)
        for lesser in flag.lesser:
            yield from (("lesser.when", trigger, {flag.id: "yes"}) for trigger in lesser.when)
            yield from (("lesser.unless", trigger, {flag.id: "yes"}) for trigger in lesser.unless)


def unasked(trigger: Trigger, said: Mapping[str, str], library: Library) -> Iterator[str]:
    """One line for each question of a trigger that is never asked, or not at some of the trigger's sites.

    A rule that names its places is asked for there, whatever the question's own places are.
    """
    places = [*trigger.sites, *trigger.both_sides, *trigger.one_sided]
    for name in trigger.answers:
        question = library.questions.get(name)
        if question is None or name in said:
            continue
        lost = [place for place in places if not _is_asked(question, trigger, said, place, library)]
        if lost:
            yield f'"{name}" is never asked at: {", ".join(lost)}'
        elif not places and not _is_asked_anywhere(question, trigger, said, library):
            yield f'"{name}" is never asked'


def _is_asked_anywhere(
    question: Question, trigger: Trigger, said: Mapping[str, str], library: Library
) -> bool:
    """Whether it is asked at some place, of somebody who said what it waits for."""
    befores = [{**said, **_first(when)} for when in question.when] or [dict(said)]
    return any(
        _is_asked(question, trigger, before, place, library)
        for before in befores
        for place in ("", *library.regions)
    )


def _first(trigger: Trigger) -> dict[str, str]:
    return {name: wanted[0] for name, wanted in trigger.answers.items() if wanted}


def _is_asked(
    question: Question, trigger: Trigger, said: Mapping[str, str], place: str, library: Library
) -> bool:
    """Whether somebody the trigger is about, with pain at this place, would be asked."""
    by_rule = (
        bool(trigger.sites or trigger.both_sides or trigger.one_sided) and question.decides != "red-flag"
    )
    return any(
        (by_rule and fits_the_person(question, runner))
        or _asks(question, runner, true_guards(runner, library) | frozenset(trigger.guards), library)
        for runner in runners_at(place, trigger, {**said, **_first(trigger)}, question.id)
    )


def _asks(question: Question, given: Given, guards: frozenset[str], library: Library) -> bool:
    if question.decides == "detail":
        return detail_is_open(question, given, guards)
    if question.decides == "finding":
        return concerns(question, given, library, guards)
    return any(
        question.id in open_questions(screen, given, library, guards)
        for screen in library.screens.values()
        if question.id in screen.questions
    )


def runners_at(place: str, trigger: Trigger, said: Mapping[str, str], but: str) -> Iterator[Given]:
    """Runners with pain at a place for whom all of a trigger may hold, without the answer to one question."""
    side: Side = "both" if place in trigger.both_sides else "right"
    for age, sex, days in PEOPLE:
        yield Given(
            age=min(max(age, trigger.age_min or 0), trigger.age_max or 120),
            sex=sex if not trigger.sex or sex in trigger.sex else trigger.sex[0],
            level=(trigger.levels or ["regular"])[0],
            since_days=min(max(days, trigger.since_days_min or 0), trigger.since_days_max or 9999),
            pain_at=(PainPlace(place, side),) if place else (),
            pain=dict(trigger.pain),
            answers={name: answer for name, answer in said.items() if name != but},
        )
