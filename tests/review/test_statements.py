"""Statements: who carries each, who shows it, and what is open."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.library.small import small_library
from weaklink.library.reading import KNOWLEDGE, Library
from weaklink.quantities import WeaklinkError
from weaklink.review.statements import (
    NO_TEST,
    StatementState,
    naming_tests,
    read_open_statements,
    read_statements,
    statement_report,
)


@pytest.fixture
def tests_folder(tmp_path: Path) -> Path:
    """Two tests and a case that name statements, and one file that only talks about them."""
    folder = tmp_path / "tests"
    (folder / "cases").mkdir(parents=True)
    (folder / "cases" / "band.toml").write_text('statements = ["S14", "S99"]\n[given]\nage = 30\n')
    (folder / "cases" / "broken.toml").write_text("statements = [")
    (folder / "test_marks.py").write_text(
        'import pytest\n@pytest.mark.statement("S12", "S3")\ndef test_it():\n    pass\n'
    )
    (folder / "test_talk.py").write_text("text = \"a mark looks like statement('S40')\"\n")
    return folder


def state_of(name: str, states: tuple[StatementState, ...]) -> StatementState:
    return next(state for state in states if state.id == name)


def test_marks_and_cases_are_found_and_mere_words_are_not(tests_folder: Path) -> None:
    assert naming_tests(tests_folder) == {
        "S14": ("tests/cases/band.toml",),
        "S12": ("tests/test_marks.py",),
        "S3": ("tests/test_marks.py",),
    }


def test_a_statement_is_fulfilled_once_a_test_names_it(tmp_path: Path, tests_folder: Path) -> None:
    states = statement_report(small_library(tmp_path), tests_folder)
    found = state_of("S14", states)

    assert found.status == "fulfilled"
    assert found.by == ("weak-links/glute-med--knee-lateral", "tests/cases/band.toml")


def test_a_record_alone_does_not_fulfil_a_statement(tmp_path: Path, tests_folder: Path) -> None:
    library = small_library(tmp_path)
    (tests_folder / "test_marks.py").unlink()
    found = state_of("S14", statement_report(library, tests_folder))
    (tests_folder / "cases" / "band.toml").unlink()
    later = state_of("S14", statement_report(library, tests_folder))

    assert (found.status, later.status, later.owner) == ("fulfilled", "open", NO_TEST)


@pytest.fixture
def one_open(tmp_path: Path) -> Path:
    """The statements, with S12 not yet kept."""
    folder = tmp_path / "one-open"
    folder.mkdir()
    (folder / "statements.toml").write_bytes((KNOWLEDGE / "statements.toml").read_bytes())
    (folder / "open-statements.toml").write_text('[S12]\nowner = "later work: body"\nmissing = "The body."\n')
    return folder


def test_what_later_work_owns_stays_open_with_its_owner(
    tmp_path: Path, tests_folder: Path, one_open: Path
) -> None:
    found = state_of("S12", statement_report(small_library(tmp_path), tests_folder, one_open))

    assert found.tests == ("tests/test_marks.py",)
    assert (found.status, found.owner) == ("open", "later work: body")


def test_without_a_folder_of_tests_the_records_decide(tmp_path: Path) -> None:
    states = statement_report(small_library(tmp_path), None)

    assert state_of("S14", states).status == "fulfilled"
    assert state_of("S15", states).status == "open"


def test_every_statement_is_listed_once_in_order(library: Library) -> None:
    states = statement_report(library)

    assert [state.id for state in states] == [f"S{number}" for number in range(1, 78)]
    assert all(state.says and (state.status == "fulfilled") == (not state.owner) for state in states)


def test_every_open_statement_has_an_owner_and_says_what_is_missing() -> None:
    open_ones = read_open_statements()

    assert all(one.owner.startswith("later work: ") and one.missing for one in open_ones.values())
    assert set(open_ones) <= set(read_statements())


def test_only_the_camera_s_parts_are_open_and_the_self_checks_are_shown(library: Library) -> None:
    open_ones = {state.id: state for state in statement_report(library) if state.status == "open"}

    assert set(open_ones) == {"S17", "S20", "S56", "S58", "S75"}
    for state in open_ones.values():
        assert state.owner == "later work: camera"
        assert "tests/web/test_statements_on_pages.py" in state.tests, state.id
        assert state.records


def test_an_open_statement_nobody_knows_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "open-statements.toml").write_text('[S78]\nowner = "x"\nmissing = "y"\n')

    with pytest.raises(WeaklinkError, match="S78"):
        read_open_statements(tmp_path)


def test_a_missing_statement_is_an_error(tmp_path: Path) -> None:
    text = (KNOWLEDGE / "statements.toml").read_text(encoding="utf-8")
    (tmp_path / "statements.toml").write_text(text.replace("S77 =", "# S77 ="))

    with pytest.raises(WeaklinkError, match="S77"):
        read_statements(tmp_path)


def test_a_state_reads_as_one_line_and_as_a_table(tmp_path: Path, tests_folder: Path, one_open: Path) -> None:
    found = state_of("S12", statement_report(small_library(tmp_path), tests_folder, one_open))

    assert found.line().startswith(
        "S12  open       areas/glute-med | tests/test_marks.py | later work: body: "
    )
    assert set(found.document()) == {"id", "says", "status", "by", "owner", "missing"}
    assert found.document()["by"] == ["areas/glute-med", "tests/test_marks.py", "later work: body"]
