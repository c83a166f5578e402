"""Before a session at a phone: the list first, then one tap within the week; after a red day the list again."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.api.runner_in_training import RunnerInTraining, in_training, novice_with_a_sore_kneecap
from tests.in_process import at_a_port
from tests.journeys.conftest import PHONE, watched
from tests.journeys.session_page import INSTALLED, Thumb, all_synced, wait
from tests.journeys.test_accessibility import problems
from tests.journeys.training_days import TODAY, week_days

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TWO_DAYS_AGO = TODAY - datetime.timedelta(days=2)
SHOWN = "['questions', 'check', 'none'].includes(globalThis.weaklinkSession?.screens.shown)"


@pytest.fixture
def training(tmp_path: object) -> Iterator[RunnerInTraining]:
    """J1 on the day of the second session."""
    with in_training(tmp_path, TWO_DAYS_AGO) as runner:  # type: ignore[arg-type]
        runner.says(novice_with_a_sore_kneecap(runner.house.library, days=week_days((-2, 0, 2))))
        yield runner


@pytest.fixture
def thumb(browser: Browser, training: RunnerInTraining) -> Iterator[Thumb]:
    with (
        at_a_port(training.house) as address,
        watched(browser, address, **PHONE, reduced_motion="reduce") as context,
    ):
        yield Thumb(context.new_page(), address)


def opened(thumb: Thumb) -> str:
    """The screen the session opens with."""
    thumb.page.goto(thumb.address + "/session", wait_until="domcontentloaded")
    wait(thumb.page, SHOWN)
    return str(thumb.page.evaluate("weaklinkSession.screens.shown"))


@pytest.mark.statement("S69")
def test_the_list_first_then_one_tap_and_after_a_red_day_the_list_again(
    thumb: Thumb, training: RunnerInTraining
) -> None:
    training.clock.day = TODAY
    assert opened(thumb) == "questions"
    assert "The first time, the whole list comes." in thumb.part("check-why")

    training.train(TWO_DAYS_AGO)
    training.clock.day = TODAY
    assert opened(thumb) == "check"
    assert problems(thumb.page) == []
    assert len(thumb.page.locator('[data-screen="check"]').inner_text().split()) <= 50
    thumb.page.get_by_role("button", name="Something is new").click()
    thumb.sees("questions")

    training.morning(TODAY, pain=7)
    assert opened(thumb) == "questions"
    assert "Something was red" in thumb.part("check-why")


@pytest.mark.statement("S69")
def test_one_tap_starts_and_says_no_to_nothing(thumb: Thumb, training: RunnerInTraining) -> None:
    training.train(TWO_DAYS_AGO)
    training.clock.day = TODAY
    assert opened(thumb) == "check"
    thumb.page.get_by_role("button", name="Nothing new").click()
    thumb.sees("start")
    thumb.page.locator('[data-part="pain-before"] label').nth(1).click()
    thumb.page.get_by_role("button", name="Start").click()
    thumb.sees("work")
    all_synced(thumb.page)
    entries = training.client.get("/api/v1/diary", params={"limit": 1000}).json()["entries"]
    tap = next(e for e in entries if e["kind"] == "rescreened" and e["at"].startswith(str(TODAY)))

    assert tap["nothing_new_since"] == str(TWO_DAYS_AGO)
    assert "answers" not in tap


def test_without_a_connection_the_pack_and_the_device_decide(
    browser: Browser, training: RunnerInTraining
) -> None:
    training.train(TWO_DAYS_AGO)
    training.clock.day = TODAY
    with (
        at_a_port(training.house) as address,
        browser.new_context(**PHONE, reduced_motion="reduce") as context,
    ):
        red_on_the_device(Thumb(context.new_page(), address))


def red_on_the_device(thumb: Thumb) -> None:
    assert opened(thumb) == "check"
    wait(thumb.page, INSTALLED)
    thumb.page.context.set_offline(True)
    assert opened(thumb) == "check"

    # Red on this device, and nobody else knows.
    thumb.page.evaluate(
        """async () => {
      const { port, session } = weaklinkSession;
      const entry = { id: "red-on-device", kind: "morning", at: "2026-01-01T07:00:00+00:00", date: "2026-01-01", pain: 0, night: 2 };
      await port.change((kept) => ({ session: kept, entries: [entry] }));
    }"""
    )
    assert opened(thumb) == "questions"
    assert "on this device" in thumb.part("check-why")
