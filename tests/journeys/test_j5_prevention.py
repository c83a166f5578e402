"""J5, the runner's part: no pain, about to start, 25 minutes, 2 days, one band."""

from __future__ import annotations

import re

import pytest

from tests.journeys.person import Person
from weaklink.library.reading import Library


@pytest.fixture(scope="module")
def planned(person: Person) -> Person:
    """The runner with a plan to stay strong."""
    person.begin(hurts=False)
    person.about(28, "planning")
    person.answer({})
    assert person.at == "/result"
    person.week(25, ("tue", "fri"), ("band",))
    return person


@pytest.mark.statement("S6", "S61", "S63")
def test_a_runner_without_pain_gets_a_plan_at_once(planned: Person) -> None:
    planned.open("/plan")

    assert "2 sessions" in planned.headline
    assert 15 <= int(planned.headline.split(" of ")[1].split(" ")[0]) <= 25
    assert "/where" not in planned.screens
    assert "/pain" not in planned.screens


@pytest.mark.statement("S64", "S66")
def test_the_circuit_covers_the_seven_areas_in_two_rounds(planned: Person, library: Library) -> None:
    planned.open("/plan")
    strength = [
        library.exercises[name] for name in planned.moves() if library.exercises[name].kind == "exercise"
    ]

    found = {library.areas[area].prevention_group for exercise in strength for area in exercise.areas}
    known = {area.prevention_group for area in library.areas.values() if area.prevention_group}
    assert len(known) == 7
    assert known <= found
    for row in planned.page.locator("ol.moves:not(.slim) li").all()[: len(strength)]:
        assert row.locator(".dose").inner_text().startswith("2 ×")


@pytest.mark.statement("S65")
def test_two_repetitions_stay_in_reserve_and_the_running_comes_first(planned: Person) -> None:
    planned.open("/plan")

    assert "2 more" in planned.reads
    headings = planned.page.locator("main h2").all_inner_texts()
    assert headings[0] == "First, the running"
    assert "walking and easy running" in planned.reads


@pytest.mark.statement("S7", "S64")
def test_the_plan_is_honest_about_time_and_about_what_trials_found(planned: Person) -> None:
    planned.open("/plan")
    honest = planned.page.locator(
        "section", has=planned.page.get_by_role("heading", name=re.compile("To be honest|About this plan"))
    ).inner_text()

    assert "trial" in honest
    assert "minutes" in honest
    planned.open("/about")
    assert "253" in planned.reads


def test_the_printed_sheet_has_a_row_of_boxes_for_each_move(planned: Person) -> None:
    planned.open("/plan")
    moves = planned.moves()
    planned.press("Print the sheet")

    assert planned.page.locator("section.rowx table.boxes").count() == len(moves) + 1  # and one for the pain
