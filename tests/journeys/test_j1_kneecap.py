"""J1 to the plan: a novice with kneecap pain, from the first tap to the printed sheet."""

from __future__ import annotations

import pytest

from tests.journeys.person import Person

SAFETY = ("/q/first-checks", "/q/how-it-is-now", "/q/your-health")
ANSWERS = {
    "knee-cave-in": "right",
    "squatting-hurts": "yes",
    "recent-load-increase": "yes",
    "pain-onset": "gradual",
    "pain-pattern": "builds-up",
    "pain-spread": "palm",
}
PAIN = {"run": 4, "walk": 0, "stairs": 3, "sit": 3, "rest": 0, "night": 0}


@pytest.fixture(scope="module")
def first(person: Person) -> tuple[list[str], str]:
    """The screens up to the first ranking, and what it says."""
    person.begin()
    person.about(33, "novice", "female", weeks=3)
    person.point("knee-front-right", "knee-anterior:right")
    person.press("Continue")
    person.answer(ANSWERS, PAIN)
    assert person.at == "/result"
    return list(person.screens), person.reads


@pytest.fixture(scope="module")
def tested(person: Person, first: tuple[list[str], str]) -> Person:
    """The runner after the three tests."""
    person.test("sl-heel-raise-reps", right=11, left=18)
    person.test("straight-leg-raise-reps", right=9, left=16)
    person.test("step-down-quality", right=3, left=1)
    person.answer(ANSWERS, PAIN)
    return person


@pytest.fixture(scope="module")
def planned(tested: Person) -> Person:
    """The runner with a plan for the week."""
    tested.open("/result")
    tested.press("Make my plan")
    tested.week(15, ("mon", "wed", "fri"))
    return tested


@pytest.mark.statement("S1", "S8")
def test_the_first_ranking_comes_after_at_most_twelve_screens_safety_first(
    first: tuple[list[str], str],
) -> None:
    screens, reads = first

    assert len(screens) + 2 <= 9  # who and where are screens as well; twelve were promised
    assert tuple(screens[:3]) == SAFETY
    assert "/story" in screens
    assert "A first ranking, before your tests" in reads
    assert "strength is checked before a full plan is made" in reads


@pytest.mark.statement("S4", "S10")
def test_the_tests_put_the_front_of_the_thigh_first_and_show_what_is_not_strength(tested: Person) -> None:
    person = tested
    person.open("/result")

    assert "front of the thigh on your right" in person.headline
    ranks = person.page.locator("ol.rank li").all_inner_texts()
    order = [
        next(i for i, row in enumerate(ranks) if name in row)
        for name in ("Front of the thigh", "Side of the hip", "calf")
    ]
    assert order == sorted(order)
    assert order[0] == 0
    assert any("not strength" in row for row in ranks)
    assert "9 reps on the right and 16" in person.reads


@pytest.mark.statement("S2", "S3", "S9")
def test_the_chain_is_drawn_and_told_from_the_weak_part_to_the_pain(tested: Person) -> None:
    person = tested
    person.open("/result")

    figure = person.page.locator("figure.chain-plate svg").first
    assert figure.is_visible()
    assert "front of the thigh" in (figure.get_attribute("aria-label") or figure.text_content() or "").lower()
    steps = person.page.locator("ol.chain li")
    assert [step.get_attribute("class") for step in (steps.first, steps.last)] == ["c-weak", "c-pain"]
    assert steps.count() >= 3
    assert "If it goes on like this" in person.reads


@pytest.mark.statement("S31", "S68")
def test_the_inner_thigh_alone_is_corrected_and_its_source_is_one_tap_away(tested: Person) -> None:
    person = tested
    person.open("/result")

    assert "not only its inner part (VMO)" in person.reads
    person.follow("table.claims a")
    assert person.at.startswith("/evidence/")
    assert "VMO" in person.reads
    assert person.page.locator(".sources a").count() >= 1


@pytest.mark.statement("S5", "S32", "S34", "S38", "S65")
def test_the_plan_fits_three_days_of_a_quarter_of_an_hour(planned: Person) -> None:
    person = planned
    person.open("/plan")

    assert "3 sessions" in person.headline
    minutes = int(person.headline.split(" of ")[1].split(" ")[0])
    assert 10 <= minutes <= 15
    assert person.moves()[0] == "straight-leg-raise"
    assert "clamshell" in person.moves()
    assert {"hamstring-stretch", "quad-stretch"} <= set(person.moves(".slim"))
    raise_row = person.page.locator(
        "ol.moves:not(.slim) li", has_text="Straight leg raise"
    ).first.inner_text()
    assert "3 × 10" in raise_row
    assert "Stop each set when you could do 2 more with good form" in person.reads
    assert "First, the running" in person.reads


def test_the_wall_squat_waits_and_the_sheet_has_empty_boxes(planned: Person) -> None:
    person = planned
    person.open("/plan")

    assert "wall-squat" not in person.moves()
    left_out = person.page.locator("section", has_text="Left out on purpose").last.inner_text()
    assert "Wall squat" in left_out
    person.press("Print the sheet")
    assert person.at == "/plan/print"
    assert person.page.locator("section.rowx").count() >= 4
    assert person.page.locator("table.boxes tbody td:not(.gap)").count() >= 12
    assert "Straight leg raise" in person.reads
