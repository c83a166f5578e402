"""The page that shows our plans beside a clinician's: all stories, four weeks each, and every demand as it stands."""

from __future__ import annotations

import tomllib

import pytest
from tools.course_pages import CLINICIAN, PAGE, difference, lines

from tests.rehearsal.musts import MUSTS, Must
from tests.rehearsal.stories import NAMES
from weaklink.library.reading import Library

WEEKS = ("1", "4", "8", "12")


def test_the_clinician_says_four_weeks_of_every_story_in_known_moves(library: Library) -> None:
    told = tomllib.loads(CLINICIAN.read_text(encoding="utf-8"))
    moves = {
        move.split()[0].rstrip(",") for weeks in told.values() for week in weeks.values() for move in week
    }

    assert sorted(told) == NAMES
    assert {tuple(weeks) for weeks in told.values()} == {WEEKS}
    assert moves - set(library.exercises) == {"a", "run"}  # a step to the side; run and walk


@pytest.mark.parametrize("must", MUSTS, ids=lambda must: f"{must.story}: {must.says}")
def test_the_page_says_of_each_demand_that_it_is_kept(must: Must) -> None:
    page = PAGE.read_text(encoding="utf-8").partition(f"## {must.story}\n")[2].partition("\n## ")[0]

    assert f"- kept: {must.says}\n" in f"{page}\n"


@pytest.mark.slow
def test_the_page_can_be_made_and_has_a_row_for_each_week() -> None:
    made = "\n".join(lines())

    assert made.count("\n## ") == len(NAMES)
    assert [made.count(f"\n| {week} | ") for week in WEEKS] == [len(NAMES)] * len(WEEKS)


def test_a_difference_names_what_is_missing_what_is_more_and_the_weight() -> None:
    item = {"kind": "exercise", "id": "goblet-squat", "sets": 2, "load": {"kind": "dumbbell", "kg": 8}}

    said = difference(["goblet-squat 3x12, 10 kg", "step-up 2x10/s"], [item], {"upkeep": True})

    assert said == "already upkeep; without step-up; 2 sets for 5; heaviest 8 kg for 10"
