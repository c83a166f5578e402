"""J1's session at a phone: the questions, the wall squat that hurts, the end, and what changes next time."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.api.runner_in_training import RunnerInTraining, in_training, novice_with_a_sore_kneecap
from tests.in_process import at_a_port
from tests.journeys.conftest import PHONE, watched
from tests.journeys.test_accessibility import problems
from weaklink.quantities import WEEKDAYS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TODAY = datetime.datetime.now().astimezone().date()
BEFORE = (14, 11, 7)  # days ago: three sessions in the first two weeks, then the third week begins


class Runner:
    """A runner's thumb on the page of the session."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address

    def part(self, name: str) -> str:
        """What a part of the page says."""
        return self.page.locator(f'[data-part="{name}"]').inner_text()

    def sees(self, screen: str) -> None:
        """Wait for a screen."""
        self.page.locator(f'[data-screen="{screen}"]').wait_for(state="visible")

    def tap(self, what: str) -> None:
        """Tap a button of the session, and wait until it is kept."""
        self.page.locator(f'[data-screen]:not([hidden]) [data-do="{what}"]').click()
        self.page.wait_for_timeout(400)  # two taps of one thumb are further apart

    def begin(self, path: str = "/session", pain: int = 1) -> None:
        """Open it, say no to every question, and start."""
        self.page.goto(self.address + path, wait_until="domcontentloaded")
        self.sees("questions")
        self.page.get_by_role("button", name="None of these").click()
        self.sees("start")
        self.page.locator('[data-part="pain-before"] label').nth(pain).click()
        self.page.get_by_role("button", name="Start").click()
        self.sees("work")

    def until(self, name: str, most: int = 60) -> None:
        """Do sets until a move comes."""
        for _ in range(most):
            if self.part("name") == name:
                return
            self.tap("go")
        raise AssertionError(f"{name} never came, at {self.part('name')}")

    @property
    def name(self) -> str:
        return self.part("name")


def week_days() -> list[str]:
    """Three days of the week, today among them."""
    return sorted({WEEKDAYS[(TODAY.weekday() + n) % 7] for n in (0, 2, 4)}, key=WEEKDAYS.index)


@pytest.fixture(scope="module")
def training(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunnerInTraining]:
    """J1 after three green sessions, on the day of the fourth."""
    start = TODAY - datetime.timedelta(days=BEFORE[0])
    with in_training(tmp_path_factory.mktemp("data"), start) as runner:
        runner.says(novice_with_a_sore_kneecap(runner.house.library, days=week_days()))
        for ago in BEFORE:
            runner.train(TODAY - datetime.timedelta(days=ago))
        runner.clock.day = TODAY
        yield runner


@pytest.fixture(scope="module")
def thumb(browser: Browser, training: RunnerInTraining) -> Iterator[Runner]:
    with at_a_port(training.house) as address, watched(browser, address, **PHONE) as context:
        yield Runner(context.new_page(), address)


@pytest.fixture(scope="module")
def swapped(thumb: Runner) -> dict[str, Any]:
    """The wall squat hurts at rep 3."""
    thumb.begin()
    thumb.until("Wall squat")
    thumb.tap("go")  # ready
    thumb.page.wait_for_timeout(500)
    for _ in range(3):
        thumb.page.locator('[data-do="tap"]').click()
    thumb.page.wait_for_timeout(300)
    count = thumb.part("count")
    thumb.tap("hurts")
    return {"count": count, "name": thumb.name, "told": thumb.part("told"), "go": thumb.part("go")}


def test_today_says_what_to_do_and_leads_to_the_session(thumb: Runner) -> None:
    thumb.page.goto(thumb.address + "/today", wait_until="domcontentloaded")

    assert thumb.page.locator("h1").inner_text().startswith("Today: a session of")
    assert thumb.page.locator(".dock a").inner_text() == "Start session"
    assert "Wall squat" in thumb.page.locator("main").inner_text()


@pytest.mark.statement("S36", "S37")
def test_the_wall_squat_that_hurts_is_swapped_at_once_with_its_sentence(swapped: dict[str, Any]) -> None:
    assert swapped["count"] == "3"
    assert swapped["name"] == "Straight leg raise"
    assert "No pain, no gain does not apply here" in swapped["told"]
    assert "a week later" in swapped["told"]
    assert swapped["go"] == "Go on"  # it is read before anything goes on


def test_undo_takes_the_swap_back_and_it_can_hurt_again(thumb: Runner, swapped: dict[str, Any]) -> None:
    assert swapped["name"] == "Straight leg raise"
    thumb.tap("undo")
    assert thumb.name == "Wall squat"
    thumb.tap("hurts")
    assert thumb.name == "Straight leg raise"


@pytest.mark.statement("S65")
def test_effort_and_pain_are_asked_in_the_rest_and_the_session_ends_with_what_changes(
    thumb: Runner, swapped: dict[str, Any], training: RunnerInTraining
) -> None:
    assert swapped["name"] == "Straight leg raise"
    page = thumb.page
    for _ in range(80):
        if not page.locator('[data-screen="work"]').is_visible():
            break
        if page.locator('[data-part="ask-effort"]').is_visible():
            page.locator('[data-part="effort"] label').nth(3).click()
        if page.locator('[data-part="ask-pain"]').is_visible():
            page.locator('[data-part="pain-after"] label').nth(1).click()
        thumb.tap("go")
    thumb.sees("ending")
    thumb.tap("finish")
    thumb.sees("done")
    page.locator('[data-part="next"]:not(:empty)').wait_for()

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
    browser: Browser, thumb: Runner, training: RunnerInTraining, swapped: dict[str, Any]
) -> None:
    assert swapped["name"]
    training.says(novice_with_a_sore_kneecap(training.house.library, days=week_days()), episode="episode-2")
    with watched(browser, thumb.address, **PHONE, reduced_motion="reduce") as context:
        runner = Runner(context.new_page(), thumb.address)
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


def test_the_day_after_it_is_not_offered_again(training: RunnerInTraining, swapped: dict[str, Any]) -> None:
    assert swapped["name"] == "Straight leg raise"
    later = training.today(TODAY + datetime.timedelta(days=2), anyway=True)
    training.clock.day = TODAY
    first = [item["rungs"][0]["exercise"] for item in later["pack"]["items"]]

    assert "wall-squat" not in first


def test_screens_of_the_session_are_usable_by_everyone(
    browser: Browser, thumb: Runner, training: RunnerInTraining, swapped: dict[str, Any]
) -> None:
    assert swapped["name"]
    training.says(novice_with_a_sore_kneecap(training.house.library, days=week_days()), episode="episode-3")
    with watched(browser, thumb.address, **PHONE, reduced_motion="reduce") as context:
        runner = Runner(context.new_page(), thumb.address)
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
    browser: Browser, thumb: Runner, training: RunnerInTraining, swapped: dict[str, Any]
) -> None:
    assert swapped["name"]
    training.says(novice_with_a_sore_kneecap(training.house.library, days=week_days()), episode="episode-4")
    with watched(browser, thumb.address, **PHONE) as context:
        runner = Runner(context.new_page(), thumb.address)
        runner.page.goto(thumb.address + "/session", wait_until="domcontentloaded")
        runner.sees("questions")
        runner.page.locator(".flag-line", has_text="numbness between your legs").click()
        runner.page.get_by_role("button", name="Continue").click()
        runner.sees("closed")
        kept = runner.page.evaluate(
            "Promise.all(['pack', 'ready', 'figures'].map((name) => weaklinkSession.port.get(name)))"
        )
        words = runner.page.locator("main").inner_text()
        runner.page.goto(thumb.address + "/today", wait_until="domcontentloaded")
        today = runner.page.locator("main").inner_text()

    assert kept == [None, None, None]
    assert "Call 112" in words
    assert "raise" not in (words + today).lower()
    assert "Training is not the next step" in today
