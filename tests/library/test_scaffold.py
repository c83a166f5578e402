"""Stubs: every kind's draft can be read, and the check says what it still lacks."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path

import pytest

from tests.library.small import small_library
from weaklink.library.checking import check_library
from weaklink.library.reading import KINDS, UnknownIdError, read_library
from weaklink.library.scaffold import BadIdError, stub

TODAY = datetime.date(2026, 11, 21)
KNOWLEDGE = "src/weaklink/knowledge/"


def with_stub(folder: Path, kind: str, record_id: str) -> set[tuple[str, str]]:
    """Problems of the small library once the stub's records stand in it, as file and field."""
    small_library(folder)
    for path, text in stub(kind, record_id, TODAY).items():
        if path.startswith(KNOWLEDGE):
            (folder / "knowledge" / path.removeprefix(KNOWLEDGE)).write_text(text, encoding="utf-8")
    return {(problem.file, problem.field) for problem in check_library(read_library(folder / "knowledge"))}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_stub_of_every_kind_is_readable_a_draft_and_not_yet_whole(tmp_path: Path, kind: str) -> None:
    record_id = "glute-med--knee-front" if kind == "weak-links" else "something-new"
    problems = with_stub(tmp_path, kind, record_id)
    record = read_library(tmp_path / "knowledge").of_kind(kind)[record_id]

    assert (record.status, record.last_checked) == ("draft", TODAY)
    assert {file for file, _ in problems} >= {f"knowledge/{kind}/{record_id}.toml"}


def test_the_check_names_everything_an_exercise_stub_lacks(tmp_path: Path) -> None:
    problems = with_stub(tmp_path, "exercise", "side-kick")

    assert {field for _, field in problems} == {
        "areas", "position", "steps", "cues", "cheats", "stop_if", "dose", "easier", "why", "sources",
        "keyframes",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "lacks", "example"),
    [
        (
            "programme",
            {"evidence", "running", "phases", "sources", "id"},
            "[[phases]]",
        ),
        ("gate", {"opens", "milestones", "begins", "sources"}, "[[milestones]]"),
    ],
)
def test_the_check_names_what_a_programme_and_a_gate_lack_and_the_stub_shows_one(
    tmp_path: Path, kind: str, lacks: set[str], example: str
) -> None:
    problems = with_stub(tmp_path, kind, "new-door")
    (text,) = stub(kind, "new-door", TODAY).values()
    shown = text.replace("\n# ", "\n").replace('exercise = ""', 'exercise = "clamshell"')

    assert {field for _, field in problems} == lacks
    assert tomllib.loads(example + shown.split(example, 1)[1])[example.strip("[]")]


def test_an_exercise_comes_with_its_movement_and_one_case() -> None:
    assert list(stub("exercise", "side-kick", TODAY)) == [
        "src/weaklink/knowledge/exercises/side-kick.toml",
        "src/weaklink/knowledge/movements/side-kick.toml",
        "tests/cases/exercise-side-kick.toml",
    ]


def test_a_red_flag_comes_with_its_question_and_a_case_that_refers() -> None:
    files = stub("red-flag", "hot-toe", TODAY)
    case = tomllib.loads(files["tests/cases/red-flag-hot-toe.toml"])
    flag = tomllib.loads(files["src/weaklink/knowledge/red-flags/hot-toe.toml"])

    assert "src/weaklink/knowledge/questions/hot-toe.toml" in files
    assert case["given"]["answers"] == {"hot-toe": "yes"}
    assert case["expect"] == {"rules": ["hot-toe"], "plan_none": True}
    assert (flag["tier"], flag["allows"]) == ("see-professional", "nothing")


def test_a_condition_comes_with_its_typical_case_and_its_look_alike() -> None:
    assert [path for path in stub("condition", "gout", TODAY) if path.startswith("tests/")] == [
        "tests/cases/gout-typical.toml",
        "tests/cases/gout-look-alike.toml",
    ]


def test_a_weak_link_takes_area_and_site_from_its_id() -> None:
    text = stub("weak-link", "quads--knee-anterior", TODAY)[
        f"{KNOWLEDGE}weak-links/quads--knee-anterior.toml"
    ]
    record = tomllib.loads(text)

    assert (record["area"], record["site"]) == ("quads", "knee-anterior")
    assert record["predicts"]["grade"] == "none-known"


def test_an_unknown_kind_names_the_nearest() -> None:
    with pytest.raises(UnknownIdError, match="exercise"):
        stub("exercize", "side-kick", TODAY)


@pytest.mark.parametrize("record_id", ["Side kick", "side_kick", "../sources/x", "", "-kick", "kick-"])
def test_an_id_that_is_not_kebab_case_is_refused(record_id: str) -> None:
    with pytest.raises(BadIdError):
        stub("exercise", record_id, TODAY)
