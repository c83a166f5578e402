"""A real server, a real Chromium at phone size, and a log of every request it makes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.api.runner_in_training import RunnerInTraining, in_training, novice_with_a_sore_kneecap
from tests.browser import FLAGS, SOFTWARE_GL, browser_missing, chromium_path
from tests.in_process import at_a_port
from tests.journeys.person import Person
from tests.journeys.training_days import TODAY, week_days
from tests.server import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Playwright

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives a browser, started once."""
    missing = browser_missing()
    if missing:
        pytest.skip(f"NOT TESTED HERE: {missing}")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """This machine's Chromium, started once."""
    started = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
    yield started
    started.close()


@pytest.fixture(scope="session")
def drawing_browser(playwright: Playwright) -> Iterator[Browser]:
    """The same with three dimensions, drawn by the processor."""
    started = playwright.chromium.launch(executable_path=chromium_path(), args=SOFTWARE_GL)
    yield started
    started.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[str]:
    """A server of its own for each module, on a folder that was empty."""
    with serving(tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest.fixture(scope="module")
def training(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunnerInTraining]:
    """J1 with a plan, today one of her days, and nothing trained yet."""
    with in_training(tmp_path_factory.mktemp("data"), TODAY) as runner:
        runner.says(novice_with_a_sore_kneecap(runner.house.library, days=week_days()), episode="episode-0")
        yield runner


@pytest.fixture(scope="module")
def home(training: RunnerInTraining) -> Iterator[str]:
    """Where the application in this process is that `training` uses."""
    with at_a_port(training.house) as found:
        yield found


@pytest.fixture(scope="module", params=[True, False], ids=["with-scripts", "without-scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Every journey is made twice: with JavaScript and without."""
    return bool(request.param)


@contextlib.contextmanager
def watched(browser: Browser, address: str, **options: Any) -> Iterator[BrowserContext]:
    """A browser context; fails when a page asked any other host, broke the policy or threw an error."""
    context = browser.new_context(**options)
    context.set_default_timeout(8000)
    context.set_default_navigation_timeout(15000)
    asked: list[str] = []
    complaints: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    try:
        yield context
    finally:
        context.close()
    home = urlsplit(address).netloc
    elsewhere = [url for url in asked if not url.startswith("data:") and urlsplit(url).netloc != home]
    assert elsewhere == []
    # A refused form is no fault of the page; Chromium says so on the console all the same.
    assert [line for line in complaints if "status of 4" not in line] == []


@pytest.fixture(scope="module")
def person(browser: Browser, address: str, scripts: bool) -> Iterator[Person]:
    """A runner with a phone: 390 x 844, touch."""
    with watched(browser, address, **PHONE, java_script_enabled=scripts) as context:
        yield Person(context.new_page(), address)


@pytest.fixture(scope="module")
def scripted(browser: Browser, address: str) -> Iterator[Person]:
    """The same with JavaScript, for what does not depend on it."""
    with watched(browser, address, **PHONE) as context:
        yield Person(context.new_page(), address)
