"""J8 without the camera, at a phone in airplane mode: counted by thumb, paused, killed, 6 of 10 twice, and back.

Real service worker, real IndexedDB, real server; the clock of the weeks is set.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.api.runner_in_training import RunnerInTraining, in_training, novice_with_a_sore_kneecap
from tests.in_process import at_a_port
from tests.journeys.conftest import PHONE
from tests.journeys.session_page import (
    FIGURES_THERE,
    INSTALLED,
    Thumb,
    all_synced,
    kept_of_the_plan,
    rows_of,
    wait,
)
from tests.journeys.training_days import TODAY, week_days
from weaklink.library.reading import Library

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Request

DAYS_AGO = (4, 2, 0)
DAYS = [-ago for ago in DAYS_AGO]
COUNT = "Number(document.querySelector('[data-part=\"count\"]').textContent)"


class Phone:
    """A phone with the page installed, and everything that left it."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context, self.address = context, address
        self.requests: list[Request] = []
        context.on("request", lambda request: self.requests.append(request))

    def opened(self, path: str = "/session") -> Page:
        """The page of the session, once it is ready."""
        page = self.context.new_page()
        page.goto(self.address + path, wait_until="domcontentloaded")
        wait(page, "!['', 'loading', undefined].includes(globalThis.weaklinkSession?.screens.shown)")
        return page

    def goes_offline(self) -> None:
        """Once everything is on the phone: airplane mode."""
        page = self.opened()
        wait(page, FIGURES_THERE)
        wait(page, INSTALLED)
        page.close()
        self.context.set_offline(True)


@pytest.fixture(scope="module")
def training(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunnerInTraining]:
    """Three days of the week, today the third of them; nothing was trained yet."""
    start = TODAY - datetime.timedelta(days=DAYS_AGO[0])
    with in_training(tmp_path_factory.mktemp("data"), start) as runner:
        runner.says(
            novice_with_a_sore_kneecap(runner.house.library, days=week_days(DAYS)), episode="episode-0"
        )
        yield runner


@pytest.fixture(scope="module")
def phone(browser: Browser, training: RunnerInTraining) -> Iterator[Phone]:
    with at_a_port(training.house) as address:
        context = browser.new_context(**PHONE, reduced_motion="reduce")
        context.set_default_timeout(20000)
        yield Phone(context, address)
        context.close()


@pytest.fixture(scope="module")
def first(phone: Phone, training: RunnerInTraining) -> dict[str, Any]:
    """In airplane mode: the clamshell counted by thumb, paused in between, the tab killed, and finished."""
    training.clock.day = TODAY
    phone.goes_offline()
    page = phone.opened()
    thumb = Thumb(page, phone.address)
    thumb.start()
    thumb.until("Clamshell")
    thumb.tap("go")
    for _ in range(6):
        page.locator('[data-do="tap"]').click()
        page.wait_for_timeout(250)
    counted = page.evaluate(COUNT)
    thumb.tap("pause")
    page.wait_for_timeout(1500)
    paused = page.evaluate(COUNT), page.locator('[data-do="tap"]').is_disabled()
    page.close()  # killed

    page = phone.opened()
    thumb = Thumb(page, phone.address)
    thumb.sees("work")
    name = thumb.name
    thumb.through()
    before = rows_of(training, "episode-0")
    phone.context.set_offline(False)
    kept = all_synced(page)
    all_synced(page)  # once more changes nothing
    page.close()
    return {"counted": counted, "paused": paused, "name": name, "before": before, "kept": kept}


@pytest.mark.statement("S22")
def test_the_clamshell_is_counted_without_signal_and_a_pause_counts_nothing(first: dict[str, Any]) -> None:
    assert first["counted"] == 6
    assert first["paused"] == (6, True)


def test_a_killed_tab_goes_on_where_it_was_and_nothing_is_lost_or_doubled(
    first: dict[str, Any], training: RunnerInTraining
) -> None:
    assert first["name"] == "Clamshell"
    assert first["before"] == []
    rows = rows_of(training, "episode-0")
    assert rows == first["kept"]
    assert len(rows) == len(set(rows)) > 10


@pytest.fixture(scope="module")
def twice(phone: Phone, training: RunnerInTraining, first: dict[str, Any]) -> dict[str, Any]:
    """Another runner: the easiest hurt in a session before, and hurts with 6 of 10 again, without signal."""
    assert first["kept"]
    training.clock.day = TODAY - datetime.timedelta(days=DAYS_AGO[0])
    said = novice_with_a_sore_kneecap(training.house.library, days=week_days(DAYS))
    training.clock.day = TODAY
    training.says(said, episode="episode-1")
    for ago, move in zip(DAYS_AGO[:2], ("straight-leg-raise", "quad-set"), strict=True):
        training.train(TODAY - datetime.timedelta(days=ago), hurt=move)
    training.clock.day = TODAY
    open_before = training.today(TODAY)["why_not"]
    phone.goes_offline()
    page = phone.opened()
    thumb = Thumb(page, phone.address)
    thumb.start()
    thumb.until(training.house.library.exercises["quad-set"].name)
    for _ in range(6):  # both sides, then the rest asks
        if page.locator('[data-part="ask-pain"]').is_visible():
            break
        thumb.tap("go")
    page.locator('[data-part="pain-after"] label').nth(6).click()
    thumb.sees("closed")
    words = page.locator('[data-screen="closed"]').inner_text()
    left = kept_of_the_plan(page)
    phone.context.set_offline(False)
    kept = all_synced(page)
    page.close()
    return {"open_before": open_before, "words": words, "left": left, "kept": kept}


@pytest.mark.statement("S71", "S73")
def test_six_of_ten_on_the_easiest_in_two_sessions_closes_the_plan_without_signal(
    twice: dict[str, Any], library: Library
) -> None:
    assert twice["open_before"] == ""
    assert "physiotherapist" in twice["words"]
    assert exercises_in(twice["words"], library) == []
    assert twice["left"] == [None, None, None]


@pytest.mark.statement("S71")
def test_with_signal_again_nothing_is_lost_and_the_letter_is_there(
    twice: dict[str, Any], phone: Phone, training: RunnerInTraining, library: Library
) -> None:
    rows = rows_of(training, "episode-1")
    assert set(twice["kept"]) <= set(rows)
    assert len(rows) == len(set(rows))
    page = phone.context.new_page()
    page.goto(phone.address + "/today")
    assert "Training is not the next step" in page.locator("main").inner_text()
    page.goto(phone.address + "/plan")
    assert page.url.endswith("/referral")
    page.goto(phone.address + "/referral/letter")
    letter = page.locator("main").inner_text()
    page.close()

    assert "easiest-painful-twice" in letter or "Even the easiest version hurt twice" in letter
    assert exercises_in(letter, library) == []


def test_no_video_and_nobody_else_was_in_the_traffic(phone: Phone, twice: dict[str, Any]) -> None:
    assert twice["kept"]
    assert {request.url.split("/")[2] for request in phone.requests if request.url.startswith("http")} == {
        phone.address.split("/")[2]
    }
    sent = [request for request in phone.requests if request.method == "POST"]
    assert sent
    for request in sent:
        assert request.headers.get("content-type", "").startswith("application/json")
        assert len(request.post_data or "") < 200_000
    assert not any(request.resource_type == "media" for request in phone.requests)


def exercises_in(text: str, library: Library) -> list[str]:
    said = text.lower()
    names = (exercise.name.lower() for exercise in library.exercises.values())
    return [name for name in names if re.search(rf"\b{re.escape(name)}\b", said)]
