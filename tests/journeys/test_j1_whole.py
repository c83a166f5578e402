"""J1 whole, one novice from the first tap to the day the wall squat is offered again, at a phone.

The pages are tapped in Chromium; between the plan and session 4 two weeks pass on a clock that is set.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.api.runner_in_training import RunnerInTraining, in_training
from tests.in_process import at_a_port
from tests.journeys.conftest import PHONE, watched
from tests.journeys.person import Person
from tests.journeys.session_page import Thumb
from tests.journeys.test_j1_kneecap import ANSWERS, PAIN, SAFETY
from tests.journeys.training_days import START, TODAY, three_green_sessions, week_days

if TYPE_CHECKING:
    from playwright.sync_api import Browser


class Her:
    """One runner: what she taps, her thumb in the session, and the application she uses."""

    def __init__(self, person: Person, training: RunnerInTraining) -> None:
        self.person, self.training = person, training
        self.thumb = Thumb(person.page, person.address)


@pytest.fixture(scope="module")
def her(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Her]:
    with (
        in_training(tmp_path_factory.mktemp("data"), START) as training,
        at_a_port(training.house) as address,
        watched(browser, address, **PHONE) as context,
    ):
        yield Her(Person(context.new_page(), address), training)


@pytest.fixture(scope="module")
def ranked(her: Her) -> Her:
    """She taps the right kneecap and answers."""
    her.person.begin()
    her.person.about(33, "novice", "female", weeks=3)
    her.person.point("knee-front-right", "knee-anterior:right")
    her.person.press("Continue")
    her.person.answer(ANSWERS, PAIN)
    return her


@pytest.fixture(scope="module")
def planned(ranked: Her) -> Her:
    """The three tests, and three days of a quarter of an hour."""
    person = ranked.person
    person.test("sl-heel-raise-reps", right=11, left=18)
    person.test("straight-leg-raise-reps", right=9, left=16)
    person.test("step-down-quality", right=3, left=1)
    person.answer(ANSWERS, PAIN)
    person.open("/result")
    person.press("Make my plan")
    person.week(15, tuple(week_days()))
    return ranked


@pytest.fixture(scope="module")
def fourth(planned: Her) -> Her:
    """Three green sessions later, on the day of the fourth."""
    three_green_sessions(planned.training)
    return planned


@pytest.fixture(scope="module")
def swapped(fourth: Her) -> dict[str, Any]:
    """The wall squat of session 4 hurts at rep 3."""
    thumb = fourth.thumb
    pack = fourth.training.today(TODAY)["pack"]
    squat = next(i["rungs"][0] for i in pack["items"] if i["rungs"][0]["exercise"] == "wall-squat")
    thumb.begin()
    return {"dose": squat, **thumb.hurts_at("Wall squat", 3)}


@pytest.mark.statement("S1")
def test_safety_comes_first_and_the_first_ranking_after_at_most_twelve_questions(ranked: Her) -> None:
    screens = ranked.person.screens

    assert ranked.person.at == "/result"
    assert len(screens) + 2 <= 9
    assert tuple(screens[:3]) == SAFETY


@pytest.mark.statement("S4", "S10", "S31")
def test_she_sees_the_thigh_first_then_hip_and_calf_and_what_is_not_strength(planned: Her) -> None:
    person = planned.person
    person.open("/result")
    rows = person.page.locator("ol.rank li").all_inner_texts()
    names = ("Front of the thigh", "Side of the hip", "calf")
    order = [next(i for i, row in enumerate(rows) if name in row) for name in names]

    assert order == sorted(order)
    assert order[0] == 0
    assert any("not strength" in row for row in rows)
    assert person.page.locator("figure.chain-plate svg").first.is_visible()
    assert "not only its inner part (VMO)" in person.reads


@pytest.mark.statement("S5", "S32", "S34", "S38")
def test_the_plan_is_three_days_of_a_quarter_of_an_hour_and_easy_runs_stay(planned: Her) -> None:
    person = planned.person
    person.open("/plan")
    rows = {
        row.locator("h3").inner_text(): row.inner_text()
        for row in person.page.locator("ol.moves:not(.slim) li").all()
    }

    assert "3 sessions" in person.headline
    assert int(person.headline.split(" of ")[1].split(" ")[0]) <= 15
    assert "3 × 10 each side" in rows["Straight leg raise"]
    assert "10" in rows["Clamshell"]
    assert "each side" in rows["Clamshell"]
    assert "Wall squat" not in rows
    assert {"hamstring-stretch", "quad-stretch"} <= set(person.moves(".slim"))
    assert "First, the running" in person.reads
    assert "Keep runs short and flat" in person.page.locator(".load").inner_text()  # kept, and kept easy


@pytest.mark.statement("S36", "S37", "S74")
def test_the_wall_squat_of_session_4_hurts_and_gives_way_at_once(swapped: dict[str, Any]) -> None:
    assert (swapped["dose"]["reps"], swapped["dose"]["hold_s"]) == (10, 5)
    assert swapped["name"] == "Straight leg raise"
    assert "No pain, no gain does not apply here" in swapped["told"]
    assert "a week later" in swapped["told"]


@pytest.mark.statement("S37", "S65")
def test_she_finishes_and_it_is_offered_again_a_week_later_not_before(
    fourth: Her, swapped: dict[str, Any]
) -> None:
    assert swapped["name"]
    thumb = fourth.thumb
    thumb.through(pain=1)
    thumb.page.locator('[data-part="next"]:not(:empty)').wait_for()

    assert "No pain, no gain does not apply here" in thumb.part("changes")
    training = fourth.training
    for later in (2, 4):
        day = TODAY + datetime.timedelta(days=later)
        assert "wall-squat" not in offered(training, day)
        training.train(day)
    assert "wall-squat" in offered(training, TODAY + datetime.timedelta(days=7))


def offered(training: RunnerInTraining, day: datetime.date) -> list[str]:
    return [item["rungs"][0]["exercise"] for item in training.today(day)["pack"]["items"]]
