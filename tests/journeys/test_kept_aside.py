"""Kept aside: three entries written without signal, one of them odd. Two arrive, the odd one is shown with its reason."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.api.runner_in_training import RunnerInTraining, novice_with_a_sore_kneecap
from tests.journeys.conftest import PHONE
from tests.journeys.session_page import INSTALLED, wait
from tests.journeys.training_days import TODAY

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

# What an older page may have left in the outbox, put there as the session's own page puts it.
QUEUE = """async (entries) => weaklinkSession.port.change((session) => ({ session, entries }))"""
LEFT = """async () => (await weaklinkSession.port.waiting()).map((row) => [row.entry.id, row.refused?.reason ?? ""])"""
ODD = {"kind": "note", "id": "odd-note-01", "at": "9999-12-31T23:59:59-14:00", "text": "Calm after the hill."}


def entries(day: datetime.date) -> list[dict[str, Any]]:
    half = {"kind": "note", "id": "half-note-01", "at": f"{day}T08:00:00+01:00", "text": "Half a shoe \ud83d"}
    run = {"kind": "run-done", "id": "run-000001", "at": f"{day}T09:00:00+01:00", "date": str(day), "km": 4}
    return [half, ODD, run]


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(**PHONE, reduced_motion="reduce")
    context.set_default_timeout(20000)
    yield context
    context.close()


@pytest.fixture(scope="module")
def diary(phone: BrowserContext, home: str, training: RunnerInTraining) -> Iterator[Page]:
    """The diary of a phone that wrote three entries without signal and is connected again."""
    page = phone.new_page()
    page.goto(home + "/session?anyway=1", wait_until="domcontentloaded")
    wait(page, "Boolean(globalThis.weaklinkSession?.session)")
    wait(page, INSTALLED)
    phone.set_offline(True)
    page.evaluate(QUEUE, entries(TODAY))
    page.evaluate("void weaklinkSession.postman.hurry()")
    page.wait_for_timeout(300)
    assert page.evaluate(LEFT) == [["half-note-01", ""], ["odd-note-01", ""], ["run-000001", ""]]
    assert rows(training, "episode-0") == {}
    phone.set_offline(False)
    page.evaluate("weaklinkSession.postman.hurry()")
    wait(page, "async () => (await weaklinkSession.port.waiting()).length === 1")
    assert (
        "1 entry could not be kept. It stays on this device."
        in page.locator('[data-part="sync"]').inner_text()
    )
    assert page.evaluate(LEFT) == [["odd-note-01", "time"]]
    page.locator('[data-part="sync"] a').click()
    page.locator("#kept-aside li").wait_for(state="visible")
    yield page
    page.close()


def rows(training: RunnerInTraining, episode: str) -> dict[str, Any]:
    return {row.id: row.body for row in training.house.records.diary(episode)}


def test_the_two_that_can_be_kept_are_kept(diary: Page, training: RunnerInTraining) -> None:
    assert diary.url.endswith("/diary#kept-aside")
    kept = rows(training, "episode-0")

    assert set(kept) == {"half-note-01", "run-000001"}
    assert kept["half-note-01"]["text"] == "Half a shoe �"


def test_the_odd_one_is_shown_with_its_reason_and_what_it_says(diary: Page) -> None:
    shown = diary.locator("#kept-aside")

    assert shown.locator("li").count() == 1
    assert "Note" in shown.inner_text()
    assert "Its date cannot be right." in shown.inner_text()
    assert diary.locator('[data-part="sync"]').is_hidden()
    shown.locator("summary").click()
    assert "Calm after the hill." in shown.locator(".whole").inner_text()
    assert "December 31, 9999 at 23:59" in shown.inner_text()


def test_it_can_be_copied(diary: Page, phone: BrowserContext, home: str) -> None:
    phone.grant_permissions(["clipboard-read", "clipboard-write"], origin=home)
    diary.locator('#kept-aside [data-do="copy"]').click()
    diary.get_by_role("button", name="Copied").wait_for()

    assert diary.evaluate("navigator.clipboard.readText()") == (
        "December 31, 9999 at 23:59\nNote\nCalm after the hill."
    )


def test_what_is_written_later_goes_past_it(
    diary: Page, phone: BrowserContext, home: str, training: RunnerInTraining
) -> None:
    page = phone.new_page()
    page.goto(home + "/session?anyway=1", wait_until="domcontentloaded")
    wait(page, "Boolean(globalThis.weaklinkSession?.session)")
    page.evaluate(
        QUEUE, [{"kind": "note", "id": "later-0001", "at": f"{TODAY}T10:00:00+01:00", "text": "later"}]
    )
    page.evaluate("weaklinkSession.postman.hurry()")
    wait(page, "async () => (await weaklinkSession.port.waiting()).length === 1")
    page.close()

    assert "later-0001" in rows(training, "episode-0")


def test_what_waited_through_a_new_start_arrives_in_its_own_episode(
    phone: BrowserContext, home: str, training: RunnerInTraining
) -> None:
    page = phone.new_page()
    page.goto(home + "/session?anyway=1", wait_until="domcontentloaded")
    wait(page, "Boolean(globalThis.weaklinkSession?.session)")
    phone.set_offline(True)
    morning = {
        "kind": "morning",
        "id": "morning-0009",
        "at": f"{TODAY}T07:00:00+01:00",
        "date": str(TODAY),
        "pain": 9,
    }
    page.evaluate(QUEUE, [morning])
    training.clock.day = TODAY + datetime.timedelta(days=1)
    training.says(novice_with_a_sore_kneecap(training.house.library), episode="episode-1")
    phone.set_offline(False)
    page.evaluate("weaklinkSession.postman.hurry()")
    wait(page, "async () => (await weaklinkSession.port.waiting()).length === 1")
    page.close()
    training.clock.day = TODAY

    assert "morning-0009" in rows(training, "episode-0")
    assert rows(training, "episode-1") == {}


def test_deleting_takes_two_taps_and_the_list_goes_away(diary: Page) -> None:
    shown = diary.locator("#kept-aside")
    shown.locator('[data-do="delete"]').click()
    assert shown.locator("li").count() == 1
    shown.get_by_role("button", name="Delete for good").click()
    shown.wait_for(state="hidden")
    diary.reload()
    diary.wait_for_timeout(500)

    assert shown.is_hidden()
