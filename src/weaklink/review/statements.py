"""Statements: S1 to S77, which records and tests carry each, and what is open with its owner."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from weaklink.library.checking import STATEMENTS
from weaklink.library.reading import KINDS, KNOWLEDGE, Library
from weaklink.quantities import WeaklinkError

TESTS = KNOWLEDGE.parents[2] / "tests"  # beside src in a checkout; absent from an installed wheel
NO_TEST = "no test names it yet"


class OpenStatement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who owns what is missing of a statement."""

    owner: str
    missing: str


class StatementState(msgspec.Struct, frozen=True, kw_only=True):
    """One statement: who carries it, who shows it, and whether it is kept."""

    id: str
    says: str
    status: Literal["fulfilled", "open"]
    records: tuple[str, ...]  # "areas/glute-med"
    tests: tuple[str, ...]  # "tests/cases/it-band.toml"
    owner: str = ""
    missing: str = ""

    @property
    def by(self) -> tuple[str, ...]:
        """What keeps it, records first; for an open one its owner as well."""
        return (*self.records, *self.tests, *((self.owner,) if self.owner else ()))

    def document(self) -> dict[str, object]:
        """The state as a plain table for JSON."""
        table: dict[str, object] = {
            "id": self.id,
            "says": self.says,
            "status": self.status,
            "by": list(self.by),
        }
        return table | ({"owner": self.owner, "missing": self.missing} if self.owner else {})

    def line(self) -> str:
        """The state as one line: id, status, what carries and shows it, what is missing."""
        records, tests = ", ".join(self.records) or "no record", ", ".join(self.tests) or "no test"
        ending = f" | {self.owner}: {self.missing}" if self.owner else ""
        return f"{self.id:<4} {self.status:<10} {records} | {tests}{ending}"


def statement_report(
    library: Library, tests: Path | None = TESTS, knowledge: Path = KNOWLEDGE
) -> tuple[StatementState, ...]:
    """Every statement in the order of its number.

    A statement is fulfilled when it is not listed as open and a test names it; without a folder of tests (an
    installed wheel) a record has to carry it instead.
    """
    says = read_statements(knowledge)
    missing = read_open_statements(knowledge)
    carried = carrying_records(library)
    shown = naming_tests(tests) if tests is not None and tests.is_dir() else None
    return tuple(
        _state(name, says[name], carried.get(name, ()), shown, missing.get(name))
        for name in sorted(says, key=lambda name: int(name[1:]))
    )


def _state(
    name: str,
    says: str,
    records: tuple[str, ...],
    shown: Mapping[str, tuple[str, ...]] | None,
    missing: OpenStatement | None,
) -> StatementState:
    tests = (shown or {}).get(name, ())
    kept = bool(records if shown is None else tests)
    if missing is None and not kept:
        missing = OpenStatement(NO_TEST, "No test shows it.")
    return StatementState(
        id=name,
        says=says,
        status="open" if missing else "fulfilled",
        records=records,
        tests=tests,
        owner=missing.owner if missing else "",
        missing=missing.missing if missing else "",
    )


def read_statements(knowledge: Path = KNOWLEDGE) -> Mapping[str, str]:
    """The sentence of each statement.

    Raises: WeaklinkError if one of S1 to S77 is missing or another is there.
    """
    says: Mapping[str, str] = tomllib.loads((knowledge / "statements.toml").read_text(encoding="utf-8"))
    if set(says) != STATEMENTS:
        stray = ", ".join(sorted(set(says) ^ STATEMENTS))
        raise WeaklinkError(f"knowledge/statements.toml: expected S1 to S77; wrong or missing: {stray}")
    return says


def read_open_statements(knowledge: Path = KNOWLEDGE) -> Mapping[str, OpenStatement]:
    """What is open, by statement.

    Raises: WeaklinkError if an entry is not a known statement with owner and missing.
    """
    path = knowledge / "open-statements.toml"
    if not path.is_file():
        return {}
    try:
        found = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), dict[str, OpenStatement])
    except msgspec.ValidationError as error:
        raise WeaklinkError(f"knowledge/open-statements.toml: {error}") from error
    for name in sorted(set(found) - STATEMENTS):
        raise WeaklinkError(f'knowledge/open-statements.toml: no statement "{name}"; known: S1 to S77')
    return found


def carrying_records(library: Library) -> Mapping[str, tuple[str, ...]]:
    """The records that name each statement, as "kind/id"."""
    carried: dict[str, list[str]] = {}
    for kind in KINDS:
        for record in library.of_kind(kind).values():
            for name in record.statements:
                carried.setdefault(name, []).append(f"{kind}/{record.id}")
    return {name: tuple(found) for name, found in carried.items()}


def naming_tests(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """The test files that name each statement: a `statement(...)` mark, or a case's `statements`."""
    named: dict[str, list[str]] = {}
    for path, names in _named_in(folder):
        for name in sorted(names & STATEMENTS):
            named.setdefault(name, []).append(path.relative_to(folder.parent).as_posix())
    return {name: tuple(found) for name, found in named.items()}


def _named_in(folder: Path) -> Iterator[tuple[Path, set[str]]]:
    for path in sorted(folder.rglob("*.py")):
        if "statement(" in (text := path.read_text(encoding="utf-8")):
            yield path, set(_marked(ast.parse(text)))
    for path in sorted((folder / "cases").rglob("*.toml")):
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except (ValueError, RecursionError):
            continue  # the case runner says what is wrong with it
        yield path, {str(name) for name in table.get("statements", [])}


def _marked(module: ast.Module) -> Iterator[str]:
    """The ids in every `statement("S14", ...)` of a test module, with or without `pytest.mark.`."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name == "statement":
                yield from (str(word.value) for word in node.args if isinstance(word, ast.Constant))
