"""The records of mended faults: each row says what held it, what was seen, and names a test; no fault is left out.

That each test which is named exists is held for every page by test_docs.py.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.house.page import SPAN

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "validation"
HEAD = ("test", "old edition", "today")
FAULTS = {
    "standing-firm.md": {f"F{number}" for number in range(1, 16)},
    # E6 and E9 are of the figures, and said to be left out.
    "first-ten-minutes.md": {f"A{number}" for number in range(1, 12)}
    | {f"E{number}" for number in (1, 2, 3, 4, 5, 7, 8, 10)},
    "training.md": {f"B{number}" for number in range(1, 13)} | {"E4"},
}
# Looked at, not tested; said so in their rows.
PICTURES = 1


class Row(NamedTuple):
    """One line of a table: the fault, what holds it, what was seen then, what is seen today."""

    fault: str
    test: str
    old: str
    today: str


def rows(text: str) -> list[Row]:
    """The rows of every table of a page that has such a head."""
    found, within = [], False
    for line in text.splitlines():
        cells = tuple(cell.strip() for cell in line.strip().strip("|").split("|")) if line[:1] == "|" else ()
        if cells and cells[0] in ("fault", "what held"):
            within = cells[1].startswith(HEAD[0]) and cells[2:] == HEAD[1:]
            assert within, line
        elif not cells:
            within = False
        elif within and set(cells[0]) != {"-"}:
            assert len(cells) == len(Row._fields), line
            found.append(Row(*cells))
    return found


def named_by(row: Row) -> list[str]:
    """What a row names that is a test or a file of tests."""
    return [word for word in SPAN.findall(row.test) if "::" in word or word.startswith("tests/")]


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_has_its_row(name: str) -> None:
    found = rows((FOLDER / name).read_text(encoding="utf-8"))
    numbers = [re.match(r"[A-Z]\d+(?= )", row.fault) for row in found]

    assert {number[0] for number in numbers if number} == FAULTS[name]


@pytest.mark.parametrize("name", FAULTS)
def test_every_row_says_what_was_seen_and_what_is(name: str) -> None:
    found = rows((FOLDER / name).read_text(encoding="utf-8"))

    assert [row.fault for row in found if not all(row)] == []
    assert len([row for row in found if not named_by(row)]) <= PICTURES
    assert [row.fault for row in found if not named_by(row) and "pictures" not in row.test] == []


def test_every_row_of_standing_firm_names_the_very_test() -> None:
    found = rows((FOLDER / "standing-firm.md").read_text(encoding="utf-8"))

    assert len(found) >= 40
    assert [row.fault for row in found if not all("::" in test for test in named_by(row))] == []
    assert [row.fault for row in found if not named_by(row)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "| fault | test | old edition | today |\n|---|---|---|---|\n| F1 x | `a::b` | c | d |",
            [Row("F1 x", "`a::b`", "c", "d")],
        ),
        ("| other | table |\n|---|---|\n| 1 | 2 |", []),
    ],
)
def test_a_table_is_read(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


def test_a_row_with_a_cell_too_few_is_seen() -> None:
    with pytest.raises(AssertionError):
        rows("| fault | test | old edition | today |\n|---|---|---|---|\n| F1 x | `a::b` | c |")
