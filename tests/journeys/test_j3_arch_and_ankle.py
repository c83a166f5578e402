"""J3 to the plan: inside of the left ankle and behind the knee, a sprain five weeks ago."""

from __future__ import annotations

import pytest

from tests.journeys.person import Person

ANSWERS = {"ankle-sprain": "recent", "pain-onset": "gradual", "pain-pattern": "builds-up"}
PAIN = {"run": 3, "walk": 1, "morning": 1, "rest": 0, "night": 0}


def to_the_result(person: Person, answers: dict[str, str]) -> None:
    person.begin()
    person.about(33, "regular", weeks=5)
    person.point("ankle-foot-front-left", "ankle-medial:left")
    person.point("knee-back-left", "knee-posterior:left", back=True)
    person.press("Continue")
    person.screens = []
    person.answer(answers, PAIN)
    assert person.at == "/result"


def with_a_plan(person: Person, answers: dict[str, str]) -> None:
    to_the_result(person, answers)
    person.test("heel-raise-inversion-check", right="able", left="partly")
    person.answer(answers, PAIN)
    person.week(20, ("mon", "thu"), ("ball",))


@pytest.mark.statement("S41", "S43")
def test_behind_the_knee_is_asked_about_a_clot_first(person: Person) -> None:
    person.begin()
    person.about(33, "regular", weeks=5)
    person.point("ankle-foot-front-left", "ankle-medial:left")
    person.point("knee-back-left", "knee-posterior:left", back=True)
    person.press("Continue")
    if person.at == "/before":  # the inner ankle hurt before, at the same house
        person.press("No, something else")

    assert person.at == "/q/first-checks"
    assert person.page.locator('input[name="yes"][value="dvt"]').count() == 1
    person.answer(ANSWERS | {"arch-dropping": "left"}, PAIN)
    person.open("/answers")
    assert "Have you sprained this ankle?" in person.reads


@pytest.mark.statement("S40", "S42", "S46")
def test_a_falling_arch_gets_heel_raises_on_the_ball_and_no_stretch(person: Person) -> None:
    with_a_plan(person, ANSWERS | {"arch-dropping": "left"})

    assert "tennis-ball-heel-raise" in person.moves()
    assert "tib-post-stretch" not in person.moves()
    left_out = person.page.locator("section", has_text="Left out on purpose").last.inner_text()
    assert "outer foot propped" in left_out
    person.open("/result")
    assert "inside of the ankle on your left" in person.headline


@pytest.mark.statement("S44", "S46")
def test_without_pain_the_stretch_stands_straight_after_the_heel_raises(person: Person) -> None:
    person.begin(hurts=False)
    person.about(26, "regular")
    person.answer({})
    person.test("heel-raise-inversion-check", right="able", left="partly")
    person.test("sl-heel-raise-reps", right=25, left=18)
    person.answer({})
    person.week(30, ("mon", "thu"), ("ball",))

    moves = person.moves()
    assert "tennis-ball-heel-raise" in moves
    assert moves[moves.index("tennis-ball-heel-raise") + 1] == "tib-post-stretch"
    row = person.page.locator(
        "ol.moves:not(.slim) li", has=person.page.locator('a[href$="tib-post-stretch"]')
    ).first
    assert "30 s" in row.inner_text()
    person.open("/exercises/tennis-ball-heel-raise")
    assert "wall" in person.reads
    assert person.page.locator("figure svg").first.is_visible()
