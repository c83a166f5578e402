"""`weaklink course`: the weeks of a made-up runner, as JSON or in words; what cannot be read is one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import weaklink

STORIES = Path(__file__).parent.parent / "cases" / "courses"
KNEE = STORIES / "s01-kneecap-novice.toml"


def test_weeks_are_printed_as_one_json_object() -> None:
    found = weaklink("course", KNEE, "--weeks", "2", "--json")

    document = json.loads(found.stdout)
    assert (found.returncode, found.stderr) == (0, "")
    assert (document["format"], document["refused"]) == ("weaklink-course/1", [])
    assert [week["week"] for week in document["weeks"]] == [1, 2]
    assert {"phase", "sessions", "volume", "pain", "upkeep", "events"} <= set(document["weeks"][0])


def test_in_words_each_week_has_a_line_and_its_last_session() -> None:
    found = weaklink("course", KNEE, "--weeks", "1")

    assert found.stdout.startswith("Week 1, calm: 3 sessions, pain ")
    assert "sit-to-stand 3 x " in found.stdout


def test_a_file_that_is_not_there_is_named() -> None:
    found = weaklink("course", "nowhere.toml")

    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr.startswith("weaklink: case file 'nowhere.toml'")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('responder = "fine"', "weaklink: course.responder: unknown responder"),
        ("owned = []", "weaklink: course: unknown key"),
        ('events = [{week = 1, kind = "storm"}]', "weaklink: course.events[0].kind: unknown event"),
    ],
)
def test_a_wrong_course_is_one_line_that_names_the_field(line: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "story.toml"
    path.write_text(f"[given]\nage = 40\n[course]\n{line}\n")

    found = weaklink("course", path)

    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr.startswith(says)
    assert len(found.stderr.splitlines()) == 1


def test_who_gets_no_plan_is_told_by_which_rule(tmp_path: Path) -> None:
    path = tmp_path / "story.toml"
    path.write_text('[given]\nage = 40\npain_at = ["calf"]\n[given.answers]\ndvt = "yes"\n')

    found = weaklink("course", path)

    assert (found.returncode, found.stdout) == (0, "No plan, or none any more: dvt.\n")


@pytest.mark.slow
def test_a_case_with_a_course_can_be_assessed_as_any() -> None:
    found = weaklink("assess", KNEE, "--json")

    assert json.loads(found.stdout)["disposition"]["tier"] == "self-manage"


@pytest.mark.parametrize("weeks", ["0", "53", "two"])
def test_weeks_have_bounds(weeks: str) -> None:
    found = weaklink("course", KNEE, "--weeks", weeks)

    assert (found.returncode, found.stdout) == (2, "")
