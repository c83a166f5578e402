"""Policies: fields of records that a rule in the code waits for, and whether each of them is there once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import get_args

from weaklink.library.fault import Fault, file_of
from weaklink.library.reading import Library
from weaklink.library.records import GreatLift, Noticed, Question, RunningCheck

# Kind, id, field, message.
Found = Iterator[tuple[str, str, str, str]]


def check_policies(library: Library, sentences: Collection[str]) -> tuple[Fault, ...]:
    """What no rule could work with, by file.

    Args:
        sentences: the ids of all messages; a note and a disagreement name one.
    """
    found = (
        *_roles(library),
        *(problem for question in library.questions.values() for problem in _question(question, sentences)),
        *_first_moves(library, sentences),
        *_disagreements(library, sentences),
    )
    return tuple(sorted(Fault(file_of(kind, name), field, text) for kind, name, field, text in found))


def _roles(library: Library) -> Found:
    """Roles that some record has to play, and one only."""
    flags = library.red_flags.values()
    for what in get_args(Noticed):
        yield from _once(
            "red-flags", f'noticed = "{what}"', (flag.id for flag in flags if flag.noticed == what)
        )
    tests = library.clinical_tests.values()
    for check in get_args(RunningCheck):
        names = (test.id for test in tests if test.before_running == check)
        yield from _once("clinical-tests", f'before_running = "{check}"', names)
    first = (area.id for area in library.areas.values() if area.what_if_first and area.simulated)
    yield from _once("areas", "what_if_first = true with simulated = true", first)
    shown = {lift for area in library.areas.values() for lift in area.lifted_by}
    for lift in sorted(set(get_args(GreatLift)) - shown):
        yield "areas", "*", "lifted_by", f'no record says lifted_by = ["{lift}"]; one has to'
    advice = (fact.id for fact in library.facts.values() if fact.told == "load-advice")
    yield from _once("facts", 'told = "load-advice"', advice)


def _once(kind: str, says: str, names: Iterable[str]) -> Found:
    found = sorted(names)
    if not found:
        yield kind, "*", says.partition(" ")[0], f"no record says {says}; one has to"
    for name in found[1:]:
        yield kind, name, says.partition(" ")[0], f'"{found[0]}" says {says} as well; one record may'


def _question(question: Question, sentences: Collection[str]) -> Found:
    if question.excuses and (question.decides != "detail" or not question.when):
        yield (
            "questions",
            question.id,
            "excuses",
            'needs decides = "detail" and a pain that asks for it in "when"',
        )
    if question.counts_weeks and question.unit != "weeks":
        yield "questions", question.id, "counts_weeks", f'is for weeks; the unit is "{question.unit}"'
    if question.running_load and question.kind_of_link != "load":
        yield "questions", question.id, "running_load", 'needs kind_of_link = "load"'
    if question.plan_note and f"training.note-{question.plan_note}" not in sentences:
        yield "questions", question.id, "plan_note", f'no message "training.note-{question.plan_note}"'


def _first_moves(library: Library, sentences: Collection[str]) -> Found:
    """A move that opens sessions says why, in a sentence of its own."""
    for exercise in library.exercises.values():
        needed = f"training.because-first-{exercise.id}"
        if exercise.first_for is not None and needed not in sentences:
            yield "exercises", exercise.id, "first_for", f'no message "{needed}" says why it comes first'


def _disagreements(library: Library, sentences: Collection[str]) -> Found:
    for record in library.disagreements.values():
        if f"explanation.{record.id}" not in sentences:
            yield "disagreements", record.id, "id", f'no message "explanation.{record.id}" says it'
        for field, named in (("areas", record.areas), ("conditions", record.conditions)):
            if (record.touches == field) is not bool(named):
                yield "disagreements", record.id, field, f'are named with touches = "{field}", and only then'
