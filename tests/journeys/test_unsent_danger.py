"""Danger that a phone could not send yet: until the computer knows, no page on that phone shows a move.

The computer answers every page, only the diary does not arrive: a full disk, or a signal that comes and goes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.api.runner_in_training import RunnerInTraining, in_training, novice_with_a_sore_kneecap
from tests.in_process import at_a_port
from tests.journeys.conftest import PHONE
from tests.journeys.session_page import ALL_SENT, Thumb, wait
from tests.journeys.test_accessibility import problems
from tests.journeys.training_days import TODAY, week_days

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

DIARY = "**/api/v1/diary"
PAGES = (
    "/today",
    "/plan",
    "/plan/print",
    "/exercises/clamshell",
    "/result",
    "/progress",
    "/programme",
    "/running",
    "/tests",
    "/week",
)
HELP = "Get help now."
TWO_DAYS_AGO = TODAY - datetime.timedelta(days=2)


@pytest.fixture
def training(tmp_path: Any) -> Iterator[RunnerInTraining]:
    """J1 on the day of her second session."""
    with in_training(tmp_path, TWO_DAYS_AGO) as runner:
        runner.says(novice_with_a_sore_kneecap(runner.house.library, days=week_days((-2, 0, 2))))
        runner.train(TWO_DAYS_AGO)
        runner.clock.day = TODAY
        yield runner


@pytest.fixture
def thumb(browser: Browser, training: RunnerInTraining) -> Iterator[Thumb]:
    with (
        at_a_port(training.house) as address,
        browser.new_context(**PHONE, reduced_motion="reduce") as context,
    ):
        context.set_default_timeout(8000)
        context.set_default_navigation_timeout(20000)
        context.route(DIARY, lambda route: route.abort())
        yield Thumb(context.new_page(), address)


def says(thumb: Thumb, sign: str) -> None:
    """Something is new before today's session: one sign of the list."""
    thumb.page.goto(thumb.address + "/session", wait_until="domcontentloaded")
    thumb.page.get_by_role("button", name="Something is new").click()
    thumb.sees("questions")
    thumb.page.locator(f'label:has(input[value="{sign}"])').first.click()
    thumb.page.get_by_role("button", name="Continue").click()


def held_back(page: Page) -> Locator:
    """The page gives way to that of the session, which says whom to see."""
    page.wait_for_url("**/session")
    closed = page.locator('[data-screen="closed"]')
    closed.wait_for(state="visible")
    return closed


@pytest.mark.statement("S69", "S75")
def test_until_the_danger_is_sent_no_page_of_the_phone_shows_a_move(
    thumb: Thumb, training: RunnerInTraining
) -> None:
    page, address = thumb.page, thumb.address
    second = page.context.new_page()
    second.goto(address + "/plan")
    assert second.locator("ol.moves").first.is_visible()
    says(thumb, "acute-compartment")
    thumb.sees("closed")
    assert HELP in page.locator("main").inner_text()
    assert problems(page) == []
    assert "Clamshell" not in page.locator("main").inner_text()
    held_back(second)  # another tab, open since before
    second.close()

    for path in PAGES:
        page.goto(address + path)
        assert HELP in held_back(page).inner_text(), path
    page.goto(address + "/diary")
    page.locator('[data-part="closed-note"]').wait_for(state="visible")
    assert page.get_by_text("Newest entries").is_hidden()
    page.locator('[data-part="closed-note"] a').click()
    held_back(page)

    page.context.unroute(DIARY)
    page.goto(address + "/session")
    wait(page, ALL_SENT)
    page.goto(address + "/today")
    page.get_by_text("Training is not the next step today.").wait_for()
    assert page.url == address + "/today"


def test_today_is_made_again_once_what_waited_is_sent(thumb: Thumb, training: RunnerInTraining) -> None:
    """Also where the page was asked for before the danger went out, in the same second."""
    page, address = thumb.page, thumb.address
    says(thumb, "acute-compartment")
    thumb.sees("closed")
    page.context.unroute(DIARY)
    page.goto(address + "/today")
    page.locator("a", has_text="Whom to see").or_(page.locator('[data-screen="closed"]')).first.wait_for(
        state="visible", timeout=30_000
    )

    assert page.locator(".today-moves").count() == 0


def test_a_new_place_that_is_not_sent_holds_the_moves_back_too(thumb: Thumb) -> None:
    page, address = thumb.page, thumb.address
    page.goto(address + "/session", wait_until="domcontentloaded")
    page.get_by_role("button", name="Nothing new").click()
    thumb.sees("start")
    page.locator('[data-part="new-places"] summary').click()
    page.locator("#new-place").select_option("calf:right")
    page.get_by_role("button", name="Start").click()
    thumb.sees("none")
    for path in ("/today", "/plan"):
        page.goto(address + path)
        page.wait_for_url("**/session")
        thumb.sees("none")
        assert "A new place hurts" in page.locator("main").inner_text()


def test_after_a_session_like_any_other_every_page_opens(thumb: Thumb) -> None:
    thumb.begin()
    thumb.tap("go")
    for path in PAGES:
        thumb.page.goto(thumb.address + path)
        thumb.page.wait_for_timeout(300)
        assert not thumb.page.url.endswith("/session")
