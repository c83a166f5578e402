"""Number fields: "4,5" and "4.5" are the same, whatever language the browser speaks, and never 45."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.conftest import PHONE, watched
from tests.journeys.person import Person
from tests.server import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory):
    with serving(tmp_path_factory.mktemp("numbers")) as found:
        yield found


@pytest.mark.parametrize("locale", ["en-US", "de-DE", "fr-FR"])
@pytest.mark.parametrize("typed", ["4,5", "4.5"])
def test_what_is_typed_stays_and_is_meant(browser: Browser, address: str, locale: str, typed: str) -> None:
    with watched(browser, address, **PHONE, locale=locale) as context:
        runner = Person(context.new_page(), address)
        runner.open("/")
        runner.press("Show where it hurts")
        runner.page.locator("#age").fill("33")
        runner.page.locator("#km_per_week").click()
        runner.page.keyboard.type(typed)
        assert runner.page.locator("#km_per_week").input_value() == typed
        runner.page.locator("form button[type=submit], form button.button").last.click()
        runner.page.wait_for_url("**/where")
        runner.open("/who")

        assert runner.page.locator("#km_per_week").input_value() == "4.5"


def test_what_is_no_number_is_said_beside_its_field(browser: Browser, address: str) -> None:
    with watched(browser, address, **PHONE) as context:
        runner = Person(context.new_page(), address)
        runner.open("/")
        runner.press("Show where it hurts")
        runner.page.locator("#age").fill("33")
        runner.page.locator("#km_per_week").fill("4,5,6")
        runner.page.locator("form button[type=submit], form button.button").last.click()

        assert runner.page.locator("#km_per_week").input_value() == "4,5,6"
        assert "from 0 to 500" in runner.reads
