"""Emergency numbers: the country's own, else 112; a broken file is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from weaklink.library.emergency_numbers import read_emergency_numbers, shipped_emergency_numbers
from weaklink.library.reading import KnowledgeError
from weaklink.reasoning.emergency import emergency_number, named


@pytest.mark.parametrize(
    ("country", "expected"),
    [("", "112"), ("DE", "112"), ("US", "911"), ("ca", "911"), (" GB ", "999"), ("AU", "000"), ("NZ", "111"),
     ("JP", "119"), ("XX", "112")],
)  # fmt: skip
def test_the_number_is_the_countrys_own_else_112(country: str, expected: str) -> None:
    found = emergency_number(country)

    assert expected == found


def test_the_number_stands_in_the_text() -> None:
    found = named("Call {emergency} now.", "US", shipped_emergency_numbers())

    assert found == "Call 911 now."


def test_the_numbers_are_marked_as_remembered() -> None:
    assert shipped_emergency_numbers().mark == "memory"


@pytest.mark.parametrize("text", ["default = ", 'default = "112"\n'])
def test_a_broken_file_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "numbers.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(KnowledgeError, match=r"numbers\.toml"):
        read_emergency_numbers(path)
