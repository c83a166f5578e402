"""The session on a phone that lies on its side: everything in reach, and the next weight spoken in the page's words."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.api.runner_in_training import RunnerInTraining, all_no, in_training
from tests.in_process import at_a_port
from tests.journeys.conftest import PHONE, watched
from tests.journeys.session_page import Thumb
from tests.journeys.test_accessibility import problems
from tests.journeys.training_days import TODAY, week_days
from weaklink.library.reading import Library

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ON_ITS_SIDE = {"width": 844, "height": 390}
# The same with the browser's own bars, and smaller phones.
SIZES = [(844, 390), (760, 310), (667, 375), (932, 430)]
LEAST_PX = 44
SEEN = ('[data-part="name"]', '[data-part="count"]')
TAPPED = ('[data-do="hurts"]', '[data-part="go"]', '[data-do="undo"]', '[data-do="pause"]', '[data-do="skip"]',
          '[data-do="heavier"]', '[data-part="effort"] button')  # fmt: skip
EPISODES = itertools.count(1)
NOTED = "weaklinkSession.spoken.map(({ text }) => text)"


def strong(library: Library) -> dict[str, Any]:
    """Somebody whom nothing hurts, who lifts, with a rucksack, a bar and plates at home."""
    return {
        "age": 34, "sex": "male", "level": "seasoned", "answers": all_no(library),
        "tests": {"one-leg-sts-30s": {"right": 20, "left": 20}},
        "days": week_days(), "minutes": 30, "mass_kg": 80, "lifts": {"legs": "weekly", "squat_kg": 100},
        "owns": [{"kind": "rucksack", "kg": [12]}, {"kind": "barbell", "kg": [60]}],
    }  # fmt: skip


@pytest.fixture(scope="module")
def training(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunnerInTraining]:
    with in_training(tmp_path_factory.mktemp("data"), TODAY) as runner:
        yield runner


@pytest.fixture(scope="module")
def home(training: RunnerInTraining) -> Iterator[str]:
    with at_a_port(training.house) as found:
        yield found


def begins(training: RunnerInTraining) -> None:
    """A new plan, so that nothing is trained or open; the newest is the one that counts."""
    training.says(strong(training.house.library), episode=f"episode-{next(EPISODES):02}")


def out_of_reach(page: Page) -> list[tuple[str, dict[str, float]]]:
    """What is not whole inside the window, and what is tapped and smaller than a fingertip."""
    window = page.viewport_size or {}
    found = []
    for selector in (*SEEN, *TAPPED):
        for thing in page.locator(f"{selector}:visible").all():
            box = thing.bounding_box()
            assert box is not None
            inside = box["x"] >= 0 and box["y"] >= 0
            inside &= box["x"] + box["width"] <= window["width"] + 0.5
            inside &= box["y"] + box["height"] <= window["height"] + 0.5
            small = selector in TAPPED and min(box["width"], box["height"]) < LEAST_PX
            if not inside or small:
                found.append((selector, dict(box)))
    return found


def figure_or_words(page: Page) -> bool:
    """Whether the figure, or what takes its place in a rest, is in the window."""
    box, window = page.locator(".middle").bounding_box(), page.viewport_size
    assert box is not None
    assert window is not None
    return box["height"] > 60 and box["y"] + box["height"] <= window["height"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_on_its_side_everything_of_a_set_is_in_reach_without_scrolling(
    browser: Browser, home: str, training: RunnerInTraining, size: tuple[int, int], scheme: str
) -> None:
    begins(training)
    options = {**PHONE, "viewport": {"width": size[0], "height": size[1]}, "color_scheme": scheme}
    with watched(browser, home, **options, reduced_motion="reduce") as context:
        thumb = Thumb(context.new_page(), home)
        thumb.begin("/session?anyway=1", pain=0)
        page = thumb.page
        found: dict[str, Any] = {"ready": (out_of_reach(page), figure_or_words(page))}
        thumb.tap("go")
        page.locator('[data-do="done-with"]:enabled').first.wait_for()
        found["at work"] = (out_of_reach(page), figure_or_words(page))
        thumb.tap("go")
        found["resting"] = (out_of_reach(page), figure_or_words(page))
        thumb.tap("hurts")
        found["hurt"] = (out_of_reach(page), figure_or_words(page))
        scrolls = page.evaluate("document.documentElement.scrollHeight > innerHeight")
        faults = problems(page)

    assert found == dict.fromkeys(("ready", "at work", "resting", "hurt"), ([], True))
    assert not scrolls
    assert faults == []


def test_a_weight_that_is_new_is_spoken_once_in_the_words_on_the_page(
    browser: Browser, home: str, training: RunnerInTraining
) -> None:
    begins(training)
    with watched(browser, home, **PHONE, reduced_motion="reduce") as context:
        thumb = Thumb(context.new_page(), home)
        thumb.begin("/session?anyway=1", pain=0)
        held = [thumb.part("load-says")]
        thumb.page.wait_for_timeout(600)
        first = thumb.page.evaluate(NOTED)
        thumb.tap("heavier")
        held.append(thumb.part("load-says"))
        after_tap = thumb.page.evaluate(NOTED)
        thumb.tap("go")
        thumb.tap("go")
        thumb.page.wait_for_timeout(600)
        held.append(thumb.part("load-says"))
        rest = thumb.page.evaluate(NOTED)
        name = thumb.name

    assert len(set(held)) == 3
    assert [held[0] in text for text in first] == [True]
    assert after_tap[len(first) :] == [held[1]]
    later = rest[len(after_tap) :]
    assert [text for text in later if name in text and held[2] in text] != []
    assert [sum(load in text for text in rest) for load in held] == [1, 1, 1]
    for text in rest:  # nothing is named that the page did not name
        assert ("kg" in text) == any(load in text for load in held)


def test_no_set_ends_by_a_tap_that_was_meant_for_the_one_before(
    browser: Browser, home: str, training: RunnerInTraining
) -> None:
    begins(training)
    with watched(browser, home, **PHONE, reduced_motion="reduce") as context:
        thumb = Thumb(context.new_page(), home)
        thumb.page.clock.install()
        thumb.begin("/session?anyway=1", pain=0)
        thumb.page.clock.pause_at(thumb.page.evaluate("Date.now()") / 1000 + 1)
        thumb.page.locator('[data-do="go"]').click()
        thumb.page.clock.run_for(500)
        at_once = thumb.page.locator('[data-part="effort"] button').first.is_enabled()
        thumb.page.clock.run_for(3_000)
        later = thumb.page.locator('[data-part="effort"] button').first.is_enabled()

    assert (at_once, later) == (False, True)
