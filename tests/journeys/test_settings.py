"""Settings at a phone: what is chosen there is what the session follows; with JavaScript and without."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
import pytest

from tests.api.runner_in_training import in_training, novice_with_a_sore_kneecap
from tests.in_process import at_a_port
from tests.journeys.conftest import PHONE, watched
from tests.journeys.person import Person
from weaklink.bootstrap import SystemClock

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TODAY = datetime.datetime.now().astimezone().date()
WAYS = ("sound", "voice", "vibration")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Somebody with a plan, at a port of their own."""
    with in_training(tmp_path_factory.mktemp("data"), TODAY) as runner:
        runner.says(novice_with_a_sore_kneecap(runner.house.library))
        house = msgspec.structs.replace(runner.house, clock=SystemClock())  # what is chosen later is newer
        with at_a_port(house) as address:
            yield address


@pytest.fixture
def somebody(browser: Browser, served: str) -> Iterator[Person]:
    with watched(browser, served, **PHONE) as context:
        yield Person(context.new_page(), served)


def heard_in_the_session(person: Person) -> list[str]:
    """The ways the session uses, as its own page shows them."""
    person.page.goto(f"{person.address}/session?anyway=1", wait_until="domcontentloaded")
    person.page.locator('[data-screen="questions"]').wait_for(state="visible")
    ways = person.page.locator('[data-part="ways"]')
    return [way for way in WAYS if ways.locator(f'[name="{way}"]').is_checked()]


def turn_in_the_session(person: Person, way: str) -> None:
    person.page.evaluate(f'document.querySelector(\'[data-part="ways"] [name="{way}"]\').click()')


def choose(person: Person, *ways: str) -> None:
    person.open("/settings")
    for way in WAYS:
        box = person.page.locator(f'input[name="heard"][value="{way}"]')
        if box.is_checked() != (way in ways):
            person.page.locator(f'label:has(input[name="heard"][value="{way}"])').click()
    person.press("Save")
    assert "Saved." in person.reads


def test_a_session_is_heard_as_it_was_chosen_last(somebody: Person) -> None:
    assert heard_in_the_session(somebody) == list(WAYS)

    choose(somebody, "sound")
    assert heard_in_the_session(somebody) == ["sound"]

    # What is changed in the session itself stays on this device ...
    turn_in_the_session(somebody, "voice")
    assert heard_in_the_session(somebody) == ["sound", "voice"]

    # ... until it is chosen anew.
    choose(somebody, "vibration")
    assert heard_in_the_session(somebody) == ["vibration"]


def test_a_page_kept_from_before_brings_nothing_back(somebody: Person) -> None:
    choose(somebody, "vibration")
    assert heard_in_the_session(somebody) == ["vibration"]
    old = somebody.page.content()
    choose(somebody, "sound", "voice")
    assert heard_in_the_session(somebody) == ["sound", "voice"]

    # As a service worker answers without a connection: the page of before the last choice.
    head = old[old.index('data-heard="') :].split(">")[0]
    read = somebody.page.evaluate(
        """async ([heard, at]) => {
            const part = document.querySelector("[data-heard]");
            Object.assign(part.dataset, { heard, heardAt: at });
            const module = document.querySelector('script[src*="session/player.js"]').src.replace("player.js", "device.js");
            const { sound, voice, vibration } = (await import(module)).readSettings();
            return { sound, voice, vibration };
        }""",
        [head.split('"')[1], head.split('"')[3]],
    )
    assert read == {"sound": True, "voice": True, "vibration": False}


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_week_is_chosen_and_what_is_wrong_is_said(browser: Browser, served: str, scripts: bool) -> None:
    with watched(browser, served, **PHONE, java_script_enabled=scripts) as context:
        person = Person(context.new_page(), served)
        person.open("/settings")
        days = person.page.locator('label:has(input[name="days"])')
        for number in range(days.count()):
            if days.nth(number).locator("input").is_checked():
                days.nth(number).click()
        person.press("Save")
        assert "Please choose at least one day." in person.reads

        for day in ("tue", "sat"):
            person.tick("days", day)
        person.tick("minutes", "25")
        person.tick("theme", "dark")
        person.press("Save")
        assert "Saved." in person.reads
        assert person.page.locator("html").get_attribute("data-theme") == "dark"

        person.open("/plan")
        assert "Tuesday" in person.reads
        assert "Saturday" in person.reads
