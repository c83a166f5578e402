"""The case file: TOML text or a table in, a `Given` out; every error is one line that names the key."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from typing import Any, get_args

import msgspec

from weaklink.case.given import AnswerValue, Given, PainPlace, Result, RunningLoad, Sex, Wish
from weaklink.case.own_move import Routine
from weaklink.case.owned import read_lifts, read_owns
from weaklink.case.prescription import read_prescription
from weaklink.case.results import read_results, whole_number
from weaklink.case.routine import read_routine
from weaklink.case.values import (
    MAX_STORY,
    CaseError,
    in_range,
    number_from,
    one_of,
    only_known,
    part_of,
    read_list,
    read_table,
    read_text,
    unknown,
    whole_from,
    wrong,
    yes_or_no,
)
from weaklink.library.reading import Library
from weaklink.library.records import Equipment, PainSituation, Question
from weaklink.quantities import LEVELS, WEEKDAYS, Side, Weekday

__all__ = [
    "MAX_BYTES",
    "MAX_STORY",
    "SIDES",
    "Case",
    "CaseError",
    "possible_answers",
    "read_case",
    "read_given",
]

MAX_BYTES = 262_144
SIDES: tuple[Side, ...] = ("right", "left", "both", "not-said")


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A story with what is given and, for tests, what is expected."""

    given: Given
    story: str = ""
    statements: tuple[str, ...] = ()
    expect: dict[str, Any] = {}
    course: dict[str, Any] = {}  # how the weeks of a rehearsal go; read there


def read_case(text: str, library: Library) -> Case:
    """A case from the text of its TOML file. Unanswered red flags count as no.

    Raises: CaseError with one line that names key, value found and the nearest known ids.
    """
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise CaseError(f"case file: larger than {MAX_BYTES} bytes")
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise CaseError(f"case file: not valid TOML: {' '.join(str(error).split())}") from error
    only_known("case file", table, ["story", "statements", "given", "expect", "course"])
    given = table.get("given")
    if not isinstance(given, dict):
        raise wrong("given", given, "a table [given] with at least age")
    return Case(
        given=read_given(given, library, assume_unanswered_no=True),
        story=read_text("story", table.get("story", "")),
        statements=_statements(table.get("statements", [])),
        expect=read_table("expect", table.get("expect", {}), "a table [expect]"),
        course=read_table("course", table.get("course", {}), "a table [course]"),
    )


def _statements(value: Any) -> tuple[str, ...]:
    entries = read_list("statements", value, 'a list such as ["S17"]')
    return tuple(read_text(f"statements[{number}]", entry) for number, entry in enumerate(entries))


def read_given(table: Mapping[str, Any], library: Library, *, assume_unanswered_no: bool) -> Given:
    """What is given, from a table in the shape of the case file's [given].

    Raises: CaseError, as `read_case`.
    """
    only_known("given", table, sorted(READERS))
    if "age" not in table:
        raise CaseError("given.age: missing; expected whole years from 10 to 100")
    values = {
        FIELDS.get(key, key): READERS[key](f"given.{key}", value, library) for key, value in table.items()
    }
    return Given(**values, assume_unanswered_no=assume_unanswered_no)


def _pain_at(key: str, value: Any, library: Library) -> tuple[PainPlace, ...]:
    entries = read_list(key, value, 'a list of sites such as ["knee-anterior"] or [{site = ..., side = ...}]')
    places = {_place(f"{key}[{number}]", entry, library) for number, entry in enumerate(entries)}
    return tuple(sorted(places))


def _place(key: str, entry: Any, library: Library) -> PainPlace:
    site, side = entry, "not-said"
    if isinstance(entry, dict):
        only_known(key, entry, ["site", "side"])
        site, side = entry.get("site"), entry.get("side", "not-said")
    region = library.regions.get(site) if isinstance(site, str) else None
    if region is None:
        raise unknown(key, site, "site", list(library.regions))
    if side not in SIDES:
        raise unknown(f"{key}.side", side, "side", list(SIDES))
    return PainPlace(region.id, side if region.sided else "none")


def _pain(key: str, value: Any, library: Library) -> dict[PainSituation, int]:
    situations = list(get_args(PainSituation))
    table = read_table(key, value, "a table such as {run = 4, stairs = 3}")
    only_known(key, table, situations)
    score = whole_from(0, 10)
    return {
        situation: score(f"{key}.{situation}", table[situation], library)
        for situation in get_args(PainSituation)
        if situation in table
    }


def _answers(key: str, value: Any, library: Library) -> dict[str, AnswerValue]:
    table = read_table(key, value, 'a table such as {night-rest-pain = "no"}')
    said = {
        question: _answer(part_of(key, question), question, found, library)
        for question, found in table.items()
    }
    return with_implied(said, library)


def with_implied(said: dict[str, AnswerValue], library: Library) -> dict[str, AnswerValue]:
    """The answers with what a yes answers besides its own question; it outweighs a no that was said."""
    implied = {
        library.questions[question].implies: "yes"
        for question, value in said.items()
        if value == "yes" and library.questions[question].implies
    }
    return {**said, **implied}


def _answer(key: str, question_id: str, value: Any, library: Library) -> AnswerValue:
    question = library.questions.get(question_id)
    if question is None:
        raise unknown(key, question_id, "question", list(library.questions))
    if question.kind == "number":
        return _number_answer(key, question, value)
    known = possible_answers(question)
    if not isinstance(value, str) or value not in known:
        raise wrong(key, value, "one of " + ", ".join(known))
    return value


def _number_answer(key: str, question: Question, value: Any) -> AnswerValue:
    if value == "unsure":
        return "unsure"
    low = question.min if question.min is not None else 0.0
    high = question.max if question.max is not None else 1e6
    if type(value) not in (int, float) or not low <= value <= high:
        expected = f'a number from {low:g} to {high:g}, or "unsure"'
        raise wrong(key, value, expected, in_range(low, high, whole=False))
    number: float = value
    return number


def possible_answers(question: Question) -> list[str]:
    """Every answer a question that is not a number can take."""
    if question.kind == "yes-no":
        return ["yes", "no", "unsure"]
    sided = ["right", "left", "both", "yes", "no"] if question.sided else []
    options = [option.id for option in question.options if option.id not in sided]
    return [*options, *sided, "unsure"] if "unsure" not in options else [*options, *sided]


def _tests(key: str, value: Any, library: Library) -> dict[str, dict[Side, Result]]:
    table = read_table(key, value, "a table such as {sl-heel-raise-reps = {right = 11, left = 18}}")
    results: dict[str, dict[Side, Result]] = {}
    for test_id, found in table.items():
        test = library.clinical_tests.get(test_id)
        if test is None:
            raise unknown(part_of(key, test_id), test_id, "test", list(library.clinical_tests))
        try:
            results[test_id] = read_results(found, test)
        except ValueError as error:
            raise CaseError(f"{key}.{test_id}{error}") from error
    return results


def _equipment(key: str, value: Any, library: Library) -> frozenset[Equipment]:
    read = one_of("equipment", get_args(Equipment))
    entries = read_list(key, value, 'a list such as ["band"]')
    return frozenset(read(f"{key}[{number}]", entry, library) for number, entry in enumerate(entries))  # type: ignore[misc]


def _weekdays(key: str, value: Any, library: Library) -> tuple[Weekday, ...]:
    read = one_of("day", WEEKDAYS)
    entries = read_list(key, value, 'a list of days such as ["mon", "thu"]')
    found = {read(f"{key}[{number}]", entry, library) for number, entry in enumerate(entries)}
    return tuple(day for day in WEEKDAYS if day in found)


def _days(key: str, value: Any, library: Library) -> tuple[Weekday, ...] | int:
    if whole_number(value) is not None:
        return whole_from(1, 7)(key, value, library)
    if not isinstance(value, list) or not value:
        raise wrong(key, value, 'a list of days such as ["mon", "thu"], or a number of days from 1 to 7')
    return _weekdays(key, value, library)


def _wish(key: str, value: Any, library: Library) -> Wish:
    table = read_table(key, value, "a table such as {areas = 7, rounds = 3}")
    only_known(key, table, ["areas", "rounds"])
    count = whole_from(1, 20)
    return Wish(**{name: count(f"{key}.{name}", number, library) for name, number in table.items()})


def _load(key: str, value: Any, library: Library) -> RunningLoad:
    table = read_table(key, value, "a table such as {spike_percent = 31}")
    known = list(RunningLoad.__struct_fields__)
    only_known(key, table, known)
    read = number_from(0, 10_000)
    return RunningLoad(**{name: read(f"{key}.{name}", number, library) for name, number in table.items()})


def _routine(key: str, value: Any, library: Library) -> Routine:
    try:
        return read_routine(value, library)
    except ValueError as error:
        raise CaseError(f"{key}{error}") from error


def _country(key: str, value: Any, _library: Library) -> str:
    if not isinstance(value, str) or not (
        value == "" or (len(value) == 2 and value.isascii() and value.isalpha())
    ):
        raise wrong(key, value, 'a two-letter country code such as "GB"')
    return value.upper()


def _story(key: str, value: Any, _library: Library) -> str:
    return read_text(key, value)


FIELDS = {"lifts": "lifting"}  # the key of a file -> the field of a `Given`, where they differ
READERS: dict[str, Callable[[str, Any, Library], Any]] = {
    "age": whole_from(10, 100),
    "sex": one_of("sex", get_args(Sex)),
    "level": one_of("level", LEVELS),
    "km_per_week": number_from(0, 500),
    "since_days": whole_from(0, 36_500),
    "pain_at": _pain_at,
    "pain": _pain,
    "pain_at_start": _pain,
    "answers": _answers,
    "tests": _tests,
    "equipment": _equipment,
    "mass_kg": number_from(20, 300),
    "owns": read_owns,
    "lifts": read_lifts,
    "programme": yes_or_no,
    "minutes": whole_from(5, 90),
    "days": _days,
    "hard_runs": _weekdays,
    "wish": _wish,
    "load": _load,
    "routine": _routine,
    "prescribed": read_prescription,
    "country": _country,
    "story": _story,
}
