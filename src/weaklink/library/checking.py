"""Checking: what is wrong with the knowledge, file by file and field by field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import singledispatch

import msgspec

from weaklink.library import records
from weaklink.library.fault import Fault, file_of
from weaklink.library.finding_ids import answers_of, known_findings, results_of
from weaklink.library.held_weights import weight_problems
from weaklink.library.ladders import ladder_problems
from weaklink.library.movement_words import posture_words
from weaklink.library.movements import movement_problems
from weaklink.library.phrases import condition_names, phrase_problems
from weaklink.library.programmes import programme_problems
from weaklink.library.reading import KINDS, Library, nearest
from weaklink.library.records import Record, Trigger
from weaklink.library.references import references
from weaklink.library.standards import standard_problems

STATEMENTS = frozenset(f"S{number}" for number in range(1, 78))
# A source is one, a screen is an order, a question only asks, a movement shows: what they serve
# (flag, guard, sign, exercise) is sourced.
NEED_NO_SOURCE = frozenset({"sources", "screens", "questions", "postures", "movements"})
TEMPO = re.compile(r"\d+-\d+-\d+")


def check_library(library: Library) -> tuple[Fault, ...]:
    """Every problem in the knowledge, in the order of files; empty when all is well."""
    known = known_ids(library)
    names = condition_names(library)
    found: set[Fault] = set(ladder_problems(library.exercises, library.areas))
    for kind in KINDS:
        for record in library.of_kind(kind).values():
            file = file_of(kind, record.id)
            found |= set(_dangling(file, record, library, known))
            found |= set(phrase_problems(file, record, names))
            found |= {Fault(file, field, text) for field, text in _standing(kind, record, library)}
            found |= {Fault(file, field, text) for field, text in _missing(kind, record)}
            found |= {Fault(file, field, text) for field, text in _trigger_answers(record, library)}
            if isinstance(record, records.MovementRecord):
                found |= {Fault(file, field, text) for field, text in movement_problems(record, library)}
            if isinstance(record, records.Posture):
                found |= {Fault(file, field, text) for field, text in posture_words(record)}
    return tuple(sorted(found.union(programme_problems(library))))


def known_ids(library: Library) -> Mapping[str, frozenset[str]]:
    """The ids of every kind, and the finding ids under "findings"."""
    kinds = {kind: frozenset(library.of_kind(kind)) for kind in KINDS}
    return {**kinds, "findings": known_findings(library)}


def _dangling(
    file: str, record: Record, library: Library, known: Mapping[str, frozenset[str]]
) -> Iterator[Fault]:
    for field, target, kinds in references(record):
        where = [kind for kind in kinds if target in known[kind]]
        if not where:
            close = nearest(target, sorted({name for kind in kinds for name in known[kind]}))
            yield Fault(file, field, f'no {" or ".join(kinds)} "{target}"; nearest: {close}')
        elif record.status != "retired" and where[0] != "findings":
            used = library.of_kind(where[0])[target]
            if used.status == "retired":
                yield Fault(file, field, f'"{target}" is retired; use "{used.replaced_by}"')


def _standing(kind: str, record: Record, library: Library) -> Iterator[tuple[str, str]]:
    """Problems of what every record carries: statements, sources, marks, review state."""
    for statement in record.statements:
        if statement not in STATEMENTS:
            yield "statements", f'no statement "{statement}"; known: S1 to S77'
    if not _is_sourced(kind, record):
        yield "sources", 'is empty; cite a source, or "design-decisions" with mark "design"'
    if record.status == "reviewed" and not record.reviewed_by:
        yield "reviewed_by", "is empty in a reviewed record"
    if record.status == "reviewed" and any(cited.mark == "memory" for cited in record.sources):
        yield "status", "is reviewed although a source is from memory; such a record is a draft"
    if record.status == "retired" and record.replaced_by not in library.of_kind(kind):
        yield "replaced_by", f'"{record.replaced_by}" is no record of {kind}; a retired record names one'
    yield from _marks(record, library)


def _is_sourced(kind: str, record: Record) -> bool:
    claims = [record.predicts, record.present, record.helps] if isinstance(record, records.WeakLink) else []
    cited = record.sources or any(claim.sources or claim.mark == "design" for claim in claims)
    return bool(cited) or kind in NEED_NO_SOURCE


def _marks(record: Record, library: Library) -> Iterator[tuple[str, str]]:
    for cited in record.sources:
        source = library.sources.get(cited.cite)
        if source is not None and cited.mark == "read" and source.read in ("memory", "design"):
            yield "sources.mark", f'says "{cited.cite}" was read; its own file says {source.read}'
    for field in ("error", "matters") if isinstance(record, records.Questionnaire) else ():
        found: records.Difference | None = getattr(record, field)
        source = library.sources.get(found.source) if found is not None else None
        if found is not None and source is not None and found.mark == "read" and source.read != "read":
            yield f"{field}.mark", f'says "{found.source}" was read; its own file says {source.read}'


MAY_BE_EMPTY = {
    ("exercises", "areas"),  # a stretch or a drill may train none
    ("clinical-tests", "areas"),
    ("conditions", "sites"),
    ("guards", "true_when"),
    ("weak-links", "site"),  # prevention: nothing hurts
}


def _missing(kind: str, record: Record) -> Iterator[tuple[str, str]]:
    """What a record lacks: first by the rules of its kind, then every other required field left empty."""
    said = dict(incomplete(record))
    yield from said.items()
    required = msgspec.structs.fields(record)
    for field in (field.name for field in required if field.required):
        if getattr(record, field) in ("", []) and field not in said and (kind, field) not in MAY_BE_EMPTY:
            yield field, "is empty"


@singledispatch
def incomplete(record: Record) -> Iterator[tuple[str, str]]:  # noqa: ARG001 - the shape of all
    """What one kind of record lacks, as field and message; kinds without rules lack nothing."""
    return iter(())


@incomplete.register
def _(record: records.WeakLink) -> Iterator[tuple[str, str]]:
    if not record.against.strip():
        yield "against", 'is empty; state the evidence against, or "No study tested this."'
    if not record.chain:
        yield "chain", "is empty; name what compensates between the weak part and the pain"


@incomplete.register
def _(record: records.Exercise) -> Iterator[tuple[str, str]]:
    for field in ("steps", "cues", "stop_if"):
        if not any(text.strip() for text in getattr(record, field)):
            yield field, "is empty; " + EXERCISE_NEEDS[field]
    if not record.position.strip():
        yield "position", "is empty; say how to stand, sit or lie at the start"
    if record.kind == "exercise" and not record.cheats:
        yield "cheats", "is empty; name how the body escapes, with what to do instead"
    if not record.areas and not record.stretches and record.kind != "drill":
        yield "areas", "is empty, and nothing is stretched"
    yield from _tempo("own_dose.tempo", record.own_dose)
    yield from weight_problems(record)


EXERCISE_NEEDS = {
    "steps": "say what to do, one step each",
    "cues": "name what to keep in mind",
    "stop_if": "name when to stop",
}


@incomplete.register
def _(record: records.Posture) -> Iterator[tuple[str, str]]:
    if not record.contacts:
        yield "contacts", "is empty; say what rests on the floor or on a thing"


@incomplete.register
def _(record: records.Dose) -> Iterator[tuple[str, str]]:
    if record.gives.reps is None and record.gives.hold_s is None:
        yield "gives", "has neither reps nor hold_s"
    if record.gives.per_week is None:
        yield "gives.per_week", "is missing"
    if not record.stop:
        yield "stop", "is empty; say when a set ends"
    yield from _tempo("gives.tempo", record.gives)


def _tempo(field: str, gives: records.Prescription | None) -> Iterator[tuple[str, str]]:
    if gives is not None and gives.tempo and not TEMPO.fullmatch(gives.tempo):
        yield field, f'is "{gives.tempo}"; expected seconds up-hold-down such as "2-0-2"'


@incomplete.register
def _(record: records.ClinicalTest) -> Iterator[tuple[str, str]]:
    if not record.unit.strip() and record.value != "option":
        yield "unit", 'is empty; name it, e.g. "reps" or "s"'
    if record.performed_by == "self":
        for field in ("steps", "stop"):
            if not getattr(record, field):
                yield field, "is empty in a test done at home"
    if record.value == "option" and not record.options:
        yield "options", "is empty in a test answered by an option"
    if record.value == "pain-at-levels" and not record.levels:
        yield "levels", "is empty in a test of pain at levels"
    for criterion in record.criteria:
        for option in criterion.options:
            if option not in [known.id for known in record.options]:
                yield "criteria.options", f'no option "{option}" in this test'
    yield from standard_problems(record)


@incomplete.register
def _(record: records.Question) -> Iterator[tuple[str, str]]:
    if record.kind == "number" and not record.unit.strip():
        yield "unit", 'is empty; name it, e.g. "weeks"'
    if record.kind == "choice" and not record.options and not record.sided:
        yield "options", "is empty in a choice"
    if record.decides == "detail" and not record.detail_of:
        yield "detail_of", "is empty; name the red flag it refines"
    for answer in record.areas_for:
        if answer not in answers_of(record):
            yield "areas_for", f'"{answer}" is no answer of this question'


@incomplete.register
def _(record: records.RedFlag) -> Iterator[tuple[str, str]]:
    for field in ("because", "see", "tell"):
        if not getattr(record, field):
            yield field, "is empty; a referral says why, whom to see and what to tell them"
    if record.asked == "sites" and not record.sites:
        yield "sites", 'is empty although it is asked by site ("asked")'


@incomplete.register
def _(record: records.Questionnaire) -> Iterator[tuple[str, str]]:
    if not record.min < record.max:
        yield "max", f"is {record.max:g}; expected more than min, {record.min:g}"
    for field, found in (("error", record.error), ("matters", record.matters)):
        if found is not None and not 0 < found.points < record.max - record.min:
            yield field, f"has {found.points:g} points; expected more than 0 and less than the whole range"
    if not record.licence.strip():
        yield "licence", 'is empty; say what is known, or "unknown: ask its owners"'


def _trigger_answers(record: Record, library: Library) -> Iterator[tuple[str, str]]:
    """Answers and results in triggers that their question or test cannot give."""
    for field, trigger in triggers_of(record):
        for question_id, wanted in (*trigger.answers.items(), *trigger.not_answers.items()):
            question = library.questions.get(question_id)
            if question is not None and question.kind != "number":
                known = answers_of(question)
                for answer in wanted:
                    if answer not in known:
                        yield field, f'"{answer}" is no answer of "{question_id}": {", ".join(known)}'
        for test_id, wanted in (*trigger.tests.items(), *trigger.unless_tests.items()):
            test = library.clinical_tests.get(test_id)
            for result in wanted:
                if test is not None and result not in results_of(test):
                    yield field, f'"{result}" is no result of "{test_id}"'


def triggers_of(record: Record) -> Iterator[tuple[str, Trigger]]:
    """Every trigger of a record with the field it stands in."""
    for field in ("when", "triggers", "true_when", "not_when"):
        for trigger in getattr(record, field, []):
            yield field, trigger
    for upgrade in getattr(record, "upgrades", []):
        for trigger in upgrade.when:
            yield "upgrades.when", trigger
    for lesser in getattr(record, "lesser", []):
        yield from (("lesser.when", trigger) for trigger in lesser.when)
        yield from (("lesser.unless", trigger) for trigger in lesser.unless)
