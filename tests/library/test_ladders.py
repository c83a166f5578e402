"""The way up a ladder: one fault put into a whole small library, one problem out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.library.small import SMALL, Change, small_library
from weaklink.library.checking import check_library
from weaklink.library.ladders import ways_down, ways_up
from weaklink.library.reading import Library

CLAMSHELL = (SMALL / "exercises" / "clamshell.toml").read_text(encoding="utf-8")
BAND_WALK = (SMALL / "exercises" / "band-walk.toml").read_text(encoding="utf-8")
UP: Change = ('easier = ["stop"]', 'easier = ["stop"]\nharder = "band-walk"')


def changed(tmp_path: Path, **changes: Change) -> Library:
    return small_library(tmp_path, {f"exercises/{name.replace('_', '-')}": c for name, c in changes.items()})


def test_a_rung_that_leads_up_and_back_down_is_right(tmp_path: Path) -> None:
    assert check_library(changed(tmp_path, clamshell=UP)) == ()


WRONG: list[tuple[dict[str, Change], str]] = [
    (
        {"band_walk": BAND_WALK.replace("level = 3", 'level = 3\nharder = "clamshell"')},
        '"clamshell" is at level 1, below level 3',
    ),
    (
        {"clamshell": UP, "band_walk": BAND_WALK.replace('kind = "exercise"', 'kind = "drill"')},
        '"band-walk" is another kind of move: drill',
    ),
    (
        {"clamshell": UP, "other": CLAMSHELL, "band_walk": BAND_WALK.replace('["clamshell"]', '["other"]')},
        '"band-walk" does not lead back here by "easier"',
    ),
    (
        {"clamshell": UP, "band_walk": BAND_WALK.replace('areas = ["glute-med"]', 'areas = ["elsewhere"]')},
        '"band-walk" trains nothing of what this trains',
    ),
]


@pytest.mark.parametrize(("changes", "message"), WRONG, ids=[message for _, message in WRONG])
def test_a_wrong_next_rung_is_named(tmp_path: Path, changes: dict[str, Change], message: str) -> None:
    problems = check_library(changed(tmp_path, **changes))

    assert message in [problem.message for problem in problems if problem.field == "harder"]


def test_a_circle_of_harder_ways_is_shown_with_its_way(tmp_path: Path) -> None:
    back = BAND_WALK.replace("level = 3", 'level = 1\nharder = "clamshell"')
    problems = check_library(changed(tmp_path, clamshell=UP, band_walk=back))

    assert "goes in a circle: band-walk -> clamshell -> band-walk" in [
        problem.message for problem in problems if problem.field == "harder"
    ]


def test_an_exercise_that_leads_on_says_where(tmp_path: Path) -> None:
    problems = check_library(changed(tmp_path, clamshell=("level = 1", "level = 1\nleave_at = 20")))

    assert [problem.field for problem in problems] == ["leave_at"]


def test_the_ways_up_and_down_hold_each_rung_once_even_in_a_circle(tmp_path: Path) -> None:
    back = BAND_WALK.replace("level = 3", 'level = 1\nharder = "clamshell"')
    exercises = changed(tmp_path, clamshell=UP, band_walk=back).exercises

    assert list(ways_up(exercises["clamshell"], exercises)) == ["band-walk"]
    assert list(ways_up(exercises["band-walk"], exercises)) == ["clamshell"]
    assert ways_down(exercises["band-walk"], exercises) == {"clamshell"}
    assert ways_down(exercises["clamshell"], exercises) == frozenset()
