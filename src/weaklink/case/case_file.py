"""The case file: TOML text or a table in, a `Given` out; every error is one line that names the key."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from typing import Any, get_args

import msgspec

from weaklink.case.given import AnswerValue, Given, PainPlace, Result, RunningLoad, Sex, Wish
from weaklink.case.own_move import Routine
from weaklink.case.results import read_results, whole_number
from weaklink.case.routine import read_routine
from weaklink.library.reading import Library, nearest
from weaklink.library.records import Equipment, PainSituation, Question
from weaklink.quantities import LEVELS, WEEKDAYS, Message, Side, WeaklinkError, Weekday

MAX_BYTES = 262_144
MAX_STORY = 10_000
SIDES: tuple[Side, ...] = ("right", "left", "both", "not-said")


class CaseError(WeaklinkError):
    """A case that cannot be read: key, value found, and what would be right, in one line.

    `wanted` says what would be right to somebody at a form, in any language; None where one only chooses.
    """

    def __init__(self, says: str, wanted: Message | None = None) -> None:
        super().__init__(says)
        self.wanted = wanted


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A story with what is given and, for tests, what is expected."""

    given: Given
    story: str = ""
    statements: tuple[str, ...] = ()
    expect: dict[str, Any] = {}


def shown(value: object) -> str:
    """A value as it was found, on one line and short."""
    text = json.dumps(value, ensure_ascii=True, default=str)
    return text if len(text) <= 60 else text[:57] + "..."


def part_of(key: str, part: str) -> str:
    """The name of an entry inside a table; quoted when it is not a plain id."""
    plain = part.isascii() and part.replace("-", "").replace("_", "").isalnum()
    return f"{key}.{part}" if plain else f"{key}[{shown(part)}]"


def wrong(key: str, found: object, expected: str, wanted: Message | None = None) -> CaseError:
    """The error for one key."""
    return CaseError(f"{key}: found {shown(found)}; expected {expected}", wanted)


def in_range(low: float, high: float, *, whole: bool) -> Message:
    """The number somebody at a form is asked for."""
    return Message("form.whole-number" if whole else "form.number", {"low": low, "high": high})


def unknown(key: str, found: object, kind: str, known: list[str]) -> CaseError:
    """The error for an id nobody knows, with the nearest known ones."""
    return CaseError(
        f"{key}: unknown {kind} {shown(found)}; nearest known {kind} ids: {nearest(str(found), known)}"
    )


def read_case(text: str, library: Library) -> Case:
    """A case from the text of its TOML file. Unanswered red flags count as no.

    Raises: CaseError with one line that names key, value found and the nearest known ids.
    """
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise CaseError(f"case file: larger than {MAX_BYTES} bytes")
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CaseError(f"case file: not valid TOML: {' '.join(str(error).split())}") from error
    _only_known("case file", table, ["story", "statements", "given", "expect"])
    given = table.get("given")
    if not isinstance(given, dict):
        raise wrong("given", given, "a table [given] with at least age")
    return Case(
        given=read_given(given, library, assume_unanswered_no=True),
        story=_text("story", table.get("story", "")),
        statements=tuple(str(item) for item in table.get("statements", [])),
        expect=dict(table["expect"]) if isinstance(table.get("expect"), dict) else {},
    )


def read_given(table: Mapping[str, Any], library: Library, *, assume_unanswered_no: bool) -> Given:
    """What is given, from a table in the shape of the case file's [given].

    Raises: CaseError, as `read_case`.
    """
    _only_known("given", table, sorted(READERS))
    if "age" not in table:
        raise CaseError("given.age: missing; expected whole years from 10 to 100")
    values = {key: READERS[key](f"given.{key}", value, library) for key, value in table.items()}
    return Given(**values, assume_unanswered_no=assume_unanswered_no)


def _only_known(where: str, table: Mapping[str, Any], known: list[str]) -> None:
    for key in table:
        if key not in known:
            raise CaseError(f"{where}: unknown key {shown(key)}; nearest known keys: {nearest(key, known)}")


def _text(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise wrong(key, value, "text in quotes")
    if len(value) > MAX_STORY:
        raise CaseError(f"{key}: {len(value)} characters; at most {MAX_STORY} are kept")
    return value


def _whole(low: int, high: int) -> Callable[[str, Any, Library], int]:
    def read(key: str, value: Any, library: Library) -> int:  # noqa: ARG001 - all readers share one shape
        number = whole_number(value)
        if number is None or not low <= number <= high:
            expected = f"a whole number from {low} to {high}"
            raise wrong(key, value, expected, in_range(low, high, whole=True))
        return number

    return read


def _number(low: float, high: float) -> Callable[[str, Any, Library], float]:
    def read(key: str, value: Any, library: Library) -> float:  # noqa: ARG001
        if type(value) not in (int, float) or not low <= value <= high:
            expected = f"a number from {low:g} to {high:g}"
            raise wrong(key, value, expected, in_range(low, high, whole=False))
        return float(value)

    return read


def _one_of(kind: str, known: tuple[str, ...]) -> Callable[[str, Any, Library], str]:
    def read(key: str, value: Any, library: Library) -> str:  # noqa: ARG001
        if not isinstance(value, str) or value not in known:
            raise unknown(key, value, kind, list(known))
        return value

    return read


def _list(key: str, value: Any, expected: str, longest: int = 64) -> list[Any]:
    if not isinstance(value, list) or len(value) > longest:
        raise wrong(key, value, expected)
    return value


def _pain_at(key: str, value: Any, library: Library) -> tuple[PainPlace, ...]:
    entries = _list(key, value, 'a list of sites such as ["knee-anterior"] or [{site = ..., side = ...}]')
    places = {_place(f"{key}[{number}]", entry, library) for number, entry in enumerate(entries)}
    return tuple(sorted(places))


def _place(key: str, entry: Any, library: Library) -> PainPlace:
    site, side = entry, "not-said"
    if isinstance(entry, dict):
        _only_known(key, entry, ["site", "side"])
        site, side = entry.get("site"), entry.get("side", "not-said")
    region = library.regions.get(site) if isinstance(site, str) else None
    if region is None:
        raise unknown(key, site, "site", list(library.regions))
    if side not in SIDES:
        raise unknown(f"{key}.side", side, "side", list(SIDES))
    return PainPlace(region.id, side if region.sided else "none")


def _pain(key: str, value: Any, library: Library) -> dict[PainSituation, int]:
    situations = list(get_args(PainSituation))
    table = _table(key, value, "a table such as {run = 4, stairs = 3}")
    _only_known(key, table, situations)
    score = _whole(0, 10)
    return {
        situation: score(f"{key}.{situation}", table[situation], library)
        for situation in get_args(PainSituation)
        if situation in table
    }


def _table(key: str, value: Any, expected: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise wrong(key, value, expected)
    return value


def _answers(key: str, value: Any, library: Library) -> dict[str, AnswerValue]:
    table = _table(key, value, 'a table such as {night-rest-pain = "no"}')
    return {
        question: _answer(part_of(key, question), question, found, library)
        for question, found in table.items()
    }


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
    table = _table(key, value, "a table such as {sl-heel-raise-reps = {right = 11, left = 18}}")
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
    read = _one_of("equipment", get_args(Equipment))
    entries = _list(key, value, 'a list such as ["band"]')
    return frozenset(read(f"{key}[{number}]", entry, library) for number, entry in enumerate(entries))  # type: ignore[misc]


def _weekdays(key: str, value: Any, library: Library) -> tuple[Weekday, ...]:
    read = _one_of("day", WEEKDAYS)
    entries = _list(key, value, 'a list of days such as ["mon", "thu"]')
    found = {read(f"{key}[{number}]", entry, library) for number, entry in enumerate(entries)}
    return tuple(day for day in WEEKDAYS if day in found)


def _days(key: str, value: Any, library: Library) -> tuple[Weekday, ...] | int:
    if whole_number(value) is not None:
        return _whole(1, 7)(key, value, library)
    if not isinstance(value, list) or not value:
        raise wrong(key, value, 'a list of days such as ["mon", "thu"], or a number of days from 1 to 7')
    return _weekdays(key, value, library)


def _wish(key: str, value: Any, library: Library) -> Wish:
    table = _table(key, value, "a table such as {areas = 7, rounds = 3}")
    _only_known(key, table, ["areas", "rounds"])
    count = _whole(1, 20)
    return Wish(**{name: count(f"{key}.{name}", number, library) for name, number in table.items()})


def _load(key: str, value: Any, library: Library) -> RunningLoad:
    table = _table(key, value, "a table such as {spike_percent = 31}")
    known = list(RunningLoad.__struct_fields__)
    _only_known(key, table, known)
    read = _number(0, 10_000)
    return RunningLoad(**{name: read(f"{key}.{name}", number, library) for name, number in table.items()})


def _routine(key: str, value: Any, library: Library) -> Routine:
    try:
        return read_routine(value, library)
    except ValueError as error:
        raise CaseError(f"{key}{error}") from error


def _country(key: str, value: Any, library: Library) -> str:  # noqa: ARG001
    if not isinstance(value, str) or not (
        value == "" or (len(value) == 2 and value.isascii() and value.isalpha())
    ):
        raise wrong(key, value, 'a two-letter country code such as "GB"')
    return value.upper()


def _story(key: str, value: Any, library: Library) -> str:  # noqa: ARG001
    return _text(key, value)


READERS: dict[str, Callable[[str, Any, Library], Any]] = {
    "age": _whole(10, 100),
    "sex": _one_of("sex", get_args(Sex)),
    "level": _one_of("level", LEVELS),
    "km_per_week": _number(0, 500),
    "since_days": _whole(0, 36_500),
    "pain_at": _pain_at,
    "pain": _pain,
    "answers": _answers,
    "tests": _tests,
    "equipment": _equipment,
    "minutes": _whole(5, 90),
    "days": _days,
    "hard_runs": _weekdays,
    "wish": _wish,
    "load": _load,
    "routine": _routine,
    "country": _country,
    "story": _story,
}
