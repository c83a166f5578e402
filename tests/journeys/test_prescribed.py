"""A physiotherapist's plan in Chromium: entered without a script, then trained with its timers, and told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.api.runner_in_training import RunnerInTraining, in_training
from tests.in_process import at_a_port
from tests.journeys.conftest import PHONE, watched
from tests.journeys.person import Person
from tests.journeys.session_page import INSTALLED, Thumb, all_synced, wait
from tests.journeys.test_j1_kneecap import ANSWERS, PAIN
from tests.journeys.training_days import TODAY, week_days
from weaklink.quantities import WEEKDAYS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WORDS = "Heel drops on the stairs"


@pytest.fixture
def training(tmp_path: Path) -> Iterator[RunnerInTraining]:
    """Nobody yet: she begins with the first tap."""
    with in_training(tmp_path, TODAY) as runner:
        yield runner


@pytest.fixture
def home(training: RunnerInTraining) -> Iterator[str]:
    with at_a_port(training.house) as found:
        yield found


def enter(page: Page, home: str) -> None:
    """One move we know, found by what it is called, and one in own words."""
    page.goto(f"{home}/prescribed")
    page.fill("#words", "clam shell")
    page.get_by_role("button", name="Look for it").click()
    page.get_by_role("button", name="Choose: Clamshell", exact=True).click()
    page.fill("#sets", "2")
    page.fill("#reps", "7")
    every_day(page)
    page.get_by_role("button", name="Add the move").click()

    page.fill("#words", WORDS)
    page.get_by_role("button", name="Look for it").click()
    page.get_by_role("button", name="Enter it in my own words").click()
    for name, value in (("areas", "calf-soleus"), ("jumps", "no"), ("side", "left")):
        page.locator(f'[name="{name}"][value="{value}"]').check(force=True)
    page.fill("#sets", "2")
    page.fill("#hold_s", "20")
    every_day(page)
    page.fill("#by", "Anna")
    page.get_by_role("button", name="Add the move").click()


def every_day(page: Page) -> None:
    for day in WEEKDAYS:
        page.locator(f'[name="days"][value="{day}"]').check(force=True)


def treated(person: Person) -> None:
    """From the first tap to the page for the physiotherapist's plan: the plan leads there."""
    person.begin()
    person.about(33, "novice", "female", weeks=3)
    person.point("knee-front-right", "knee-anterior:right")
    person.press("Continue")
    person.answer(ANSWERS, PAIN)
    person.week(15, tuple(week_days()))
    person.press("Your physiotherapist's plan")
    assert person.at == "/prescribed"


def test_their_moves_are_entered_without_a_script_and_trained_with_timers_and_a_diary(
    browser: Browser, home: str, training: RunnerInTraining
) -> None:
    with watched(browser, home, **PHONE, java_script_enabled=False) as context:
        person = Person(context.new_page(), home)
        treated(person)
        enter(person.page, home)
    context = browser.new_context(**PHONE, reduced_motion="reduce")
    try:
        page = context.new_page()
        page.goto(f"{home}/today")
        listed = page.locator(".today-moves").first.inner_text()
        thumb = Thumb(page, home)
        thumb.begin("/session?anyway=1")
        first, cue = thumb.name, thumb.part("cue")
        wait(page, INSTALLED)
        context.set_offline(True)
        thumb.until(WORDS)
        dose, picture = thumb.part("tempo"), page.locator('[data-part="figure"]').is_visible()
        side, own_cue = thumb.part("side"), thumb.part("cue")
        thumb.tap("go")
        clock = thumb.part("count")
        thumb.through(pain=1)
        context.set_offline(False)
        all_synced(page)
    finally:
        context.close()
    told: list[dict[str, Any]] = training.client.get("/api/v1/diary", params={"limit": 200}).json()["entries"]
    sets = [entry for entry in told if entry["kind"] == "set-done"]

    assert listed.index("Clamshell") < listed.index(WORDS)
    assert "from your physiotherapist" in listed
    assert (first, "From your physiotherapist." in cue) == ("Clamshell", True)
    assert "From Anna, your physiotherapist." in own_cue
    assert "20" in dose
    assert not picture
    assert side.lower() == "left side"
    assert 0 < int(clock) <= 20
    theirs = [
        (entry["slot"], entry["exercise"], entry["side"]) for entry in sets if entry["slot"][:7] == "physio-"
    ]
    own = ("physio-heel-drops-on-the-stairs", "physio-heel-drops-on-the-stairs", "left")
    assert theirs.count(own) == 2
    assert sum(slot == "physio-clamshell" for slot, _, _ in theirs) == 4
