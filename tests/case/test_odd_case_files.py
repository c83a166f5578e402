"""Odd case files: whatever the text, a case comes of it or one line that says what is wrong."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from tests.mutation import mutated
from tests.oddities import odd_toml
from tests.searches import reach
from weaklink.case.case_file import CaseError, read_case, read_given
from weaklink.library.reading import shipped_library

CASES = sorted((Path(__file__).parents[1] / "cases").rglob("*.toml"))
LIBRARY = shipped_library()


def read(text: str) -> str:
    """What came of it: a case, or a refusal in one line."""
    says = ""
    try:
        read_case(text, LIBRARY)
    except CaseError as error:
        says = str(error)
    assert "\n" not in says, says
    assert len(says) < 2000
    return "refused" if says else "read"


@pytest.mark.search
def test_no_case_file_ends_in_a_traceback() -> None:
    chance, found = random.Random("cases"), {"read": 0, "refused": 0}
    texts = [path.read_text(encoding="utf-8") for path in CASES]

    for _ in range(reach(400, 6000)):
        found[read(odd_toml(chance.choice(texts), chance))] += 1

    print(f"\nodd case files: {found}")
    assert all(found.values())


@pytest.mark.search
def test_no_table_ends_in_a_traceback() -> None:
    chance, refused = random.Random("tables"), 0
    right: dict[str, Any] = {
        "age": 33, "sex": "female", "pain_at": [{"site": "knee-anterior", "side": "right"}], "pain": {"run": 4},
        "answers": {"night-rest-pain": "no"}, "tests": {"sl-heel-raise-reps": {"right": {"value": 11, "pain": 2}}},
        "routine": {"mon": [{"name": "Wall squat", "sets": 3}]}, "days": ["mon"], "wish": {"areas": 2},
        "load": {"spike_percent": 31}, "equipment": ["band"], "country": "GB", "story": "x", "hard_runs": ["tue"],
    }  # fmt: skip
    for _ in range(reach(1000, 5000)):
        table, _ = mutated(right, chance, chance.randint(1, 3))
        try:
            read_given(table if isinstance(table, dict) else {}, LIBRARY, assume_unanswered_no=False)
        except CaseError:
            refused += 1

    print(f"\nodd tables: {refused} of {reach(1000, 5000)} refused")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("statements = 1", "statements: found 1; expected a list"),
        ("statements = [1]", r"statements\[0\]: found 1; expected text"),
        ("expect = 1", "expect: found 1; expected a table"),
        (f"story = {'9' * 5000}", "not valid TOML"),
        ("story = " + "[" * 3000 + "]" * 3000, "not valid TOML"),
    ],
)
def test_what_is_wrong_around_the_given_is_named(line: str, says: str) -> None:
    with pytest.raises(CaseError, match=says):
        read_case(f"{line}\n[given]\nage = 33\n", LIBRARY)
