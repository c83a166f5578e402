"""J1's session at a phone: the questions, the wall squat that hurts, the end, and what changes next time."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.api.runner_in_training import RunnerInTraining, in_training, novice_with_a_sore_kneecap
from tests.in_process import at_a_port
from tests.journeys.conftest import PHONE, watched
from tests.journeys.session_page import ALL_SENT, Thumb, kept_of_the_plan, wait
from tests.journeys.test_accessibility import problems
from tests.journeys.training_days import START, TODAY, three_green_sessions, week_days

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def training(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunnerInTraining]:
    """J1 after three green sessions, on the day of the fourth."""
    with in_training(tmp_path_factory.mktemp("data"), START) as runner:
        runner.says(novice_with_a_sore_kneecap(runner.house.library, days=week_days()))
        three_green_sessions(runner)
        yield runner


@pytest.fixture(scope="module")
def thumb(browser: Browser, training: RunnerInTraining) -> Iterator[Thumb]:
    with at_a_port(training.house) as address, watched(browser, address, **PHONE) as context:
        yield Thumb(context.new_page(), address)


@pytest.fixture(scope="module")
def swapped(thumb: Thumb) -> dict[str, str]:
    """The wall squat hurts at rep 3."""
    thumb.begin()
    return thumb.hurts_at("Wall squat", 3)


def test_today_says_what_to_do_and_leads_to_the_session(thumb: Thumb) -> None:
    thumb.page.goto(thumb.address + "/today", wait_until="domcontentloaded")

    assert thumb.page.locator("h1").inner_text().startswith("Today: a session of")
    assert thumb.page.locator(".dock a").inner_text() == "Start session"
    assert "Wall squat" in thumb.page.locator("main").inner_text()


@pytest.mark.statement("S36", "S37")
def test_the_wall_squat_that_hurts_is_swapped_at_once_with_its_sentence(swapped: dict[str, str]) -> None:
    assert swapped["count"] == "3"
    assert swapped["name"] == "Straight leg raise"
    assert "No pain, no gain does not apply here" in swapped["told"]
    assert "a week later" in swapped["told"]
    assert swapped["go"] == "Go on"  # it is read before anything goes on


def test_a_limit_is_a_sentence_and_the_set_that_is_asked_about_is_named(
    thumb: Thumb, swapped: dict[str, str]
) -> None:
    names = thumb.page.evaluate("weaklinkSession.pack.items.map((item) => item.rungs[0].name)")
    before = names[names.index("Wall squat") - 1]

    assert swapped["cue"].endswith(
        "Knee bend no deeper than 45 degrees, and kneecap pain no more than 2 of 10."
    )
    assert swapped["last-set"] == f"Last set: {before}"  # and neither the move that hurt nor the one shown


def test_undo_takes_the_swap_back_and_it_can_hurt_again(thumb: Thumb, swapped: dict[str, str]) -> None:
    assert swapped["name"] == "Straight leg raise"
    thumb.tap("undo")
    assert thumb.name == "Wall squat"
    thumb.tap("hurts")
    assert thumb.name == "Straight leg raise"


@pytest.mark.statement("S65")
def test_effort_and_pain_are_asked_in_the_rest_and_the_session_ends_with_what_changes(
    thumb: Thumb, swapped: dict[str, str], training: RunnerInTraining
) -> None:
    assert swapped["name"] == "Straight leg raise"
    thumb.through(effort=3, pain=1)
    thumb.page.locator('[data-part="next"]:not(:empty)').wait_for()

    assert "Done:" in thumb.part("done-title")
    assert "No pain, no gain does not apply here" in thumb.part("changes")
    entries = training.client.get("/api/v1/diary", params={"limit": 1000}).json()
    assert entries["clashes"] == []
    mine = [e for e in entries["entries"] if e["at"].startswith(str(TODAY))]
    hurt = [e for e in mine if e["kind"] == "this-hurts"]
    assert [(e["exercise"], e["swapped_to"]) for e in hurt] == [("wall-squat", "straight-leg-raise")]
    assert next(e for e in mine if e["kind"] == "session-ended").get("how", "finished") == "finished"
    assert {e["rir"] for e in mine if e["kind"] == "felt" and "rir" in e} == {3}


@pytest.mark.statement("S22")
def test_a_set_that_was_counted_short_is_put_right_with_one_tap(
    browser: Browser, thumb: Thumb, training: RunnerInTraining, swapped: dict[str, str]
) -> None:
    assert swapped["name"]
    training.says(novice_with_a_sore_kneecap(training.house.library, days=week_days()), episode="episode-2")
    with watched(browser, thumb.address, **PHONE, reduced_motion="reduce") as context:
        runner = Thumb(context.new_page(), thumb.address)
        runner.begin()
        for _ in range(2):  # right, then left
            runner.tap("go")
            for _ in range(2):
                runner.tap("tap")
            runner.tap("go")
        assert "Counted: 2 of 10" in runner.part("after")
        runner.tap("all-done")
        log = runner.page.evaluate("weaklinkSession.session.log.map((entry) => entry.kind)")
        place = runner.page.evaluate("weaklinkSession.session.state.place")

    assert log[-3:] == ["set-done", "undone", "set-done"]
    assert (place["station"], place["before"]) == (1, "rest")


def test_the_day_after_it_is_not_offered_again(training: RunnerInTraining, swapped: dict[str, str]) -> None:
    assert swapped["name"] == "Straight leg raise"
    later = training.today(TODAY + datetime.timedelta(days=2), anyway=True)
    training.clock.day = TODAY
    first = [item["rungs"][0]["exercise"] for item in later["pack"]["items"]]

    assert "wall-squat" not in first


def test_screens_of_the_session_are_usable_by_everyone(
    browser: Browser, thumb: Thumb, training: RunnerInTraining, swapped: dict[str, str]
) -> None:
    assert swapped["name"]
    training.says(novice_with_a_sore_kneecap(training.house.library, days=week_days()), episode="episode-3")
    with watched(browser, thumb.address, **PHONE, reduced_motion="reduce") as context:
        runner = Thumb(context.new_page(), thumb.address)
        found = []
        runner.page.goto(thumb.address + "/session", wait_until="domcontentloaded")
        runner.sees("questions")
        found += problems(runner.page)
        runner.begin()
        found += problems(runner.page)
        runner.tap("go")
        runner.tap("go")
        found += problems(runner.page)
        runner.tap("menu")
        found += problems(runner.page)
        runner.page.keyboard.press("Escape")
        runner.tap("hurts")
        found += problems(runner.page)
    assert found == []


@pytest.mark.statement("S69")
def test_a_new_danger_sign_ends_it_before_any_exercise_and_forgets_the_pack(
    browser: Browser, thumb: Thumb, training: RunnerInTraining, swapped: dict[str, str]
) -> None:
    assert swapped["name"]
    training.says(novice_with_a_sore_kneecap(training.house.library, days=week_days()), episode="episode-4")
    with watched(browser, thumb.address, **PHONE) as context:
        runner = Thumb(context.new_page(), thumb.address)
        runner.page.goto(thumb.address + "/session", wait_until="domcontentloaded")
        runner.sees("questions")
        runner.page.locator(".flag-line", has_text="Numb between the legs").click()
        runner.page.get_by_role("button", name="Continue").click()
        runner.sees("closed")
        kept = kept_of_the_plan(runner.page)
        words = runner.page.locator("main").inner_text()
        wait(runner.page, ALL_SENT)
        runner.page.goto(thumb.address + "/today", wait_until="domcontentloaded")
        today = runner.page.locator("main").inner_text()

    assert kept == [None, None, None]
    assert "Call 112" in words
    assert "raise" not in (words + today).lower()
    assert "Training is not the next step" in today
