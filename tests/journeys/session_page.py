"""The page of the session in Chromium: a thumb on it, what it waits for, and what it keeps and sends."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from tests.api.runner_in_training import RunnerInTraining

if TYPE_CHECKING:
    from playwright.sync_api import Page

MOST_TAPS = 80
FIGURES_THERE = "Boolean(weaklinkSession.stage.pace(weaklinkSession.pack.items[0].rungs[0].exercise))"
INSTALLED = "navigator.serviceWorker.ready.then(() => true)"
ALL_SENT = "async () => (await weaklinkSession.port.waiting()).length === 0"
LEDGER = """async () => (await weaklinkSession.port.get("session")).log.map((entry) => entry.id)"""
OF_THE_PLAN = "Promise.all(['pack', 'ready', 'figures'].map((name) => weaklinkSession.port.get(name)))"


class Thumb:
    """A runner's thumb on the page of the session."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address

    def part(self, name: str) -> str:
        """What a part of the page says."""
        return self.page.locator(f'[data-part="{name}"]').inner_text()

    @property
    def name(self) -> str:
        """The move that is shown."""
        return self.part("name")

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
        self.start(pain)

    def start(self, pain: int = 1) -> None:
        """Say that nothing is new, on the list or with the one tap that is offered, and start."""
        self.page.locator('[data-screen="questions"]:visible, [data-screen="check"]:visible').wait_for()
        listed = self.page.locator('[data-screen="questions"]').is_visible()
        self.page.get_by_role("button", name="None of these" if listed else "Nothing new").click()
        self.sees("start")
        self.page.locator('[data-part="pain-before"] label').nth(pain).click()
        self.page.get_by_role("button", name="Start").click()
        self.sees("work")

    def until(self, name: str, most: int = 60) -> None:
        """Do sets until a move comes."""
        for _ in range(most):
            if self.name == name:
                return
            self.tap("go")
        raise AssertionError(f"{name} never came, at {self.name}")

    def hurts_at(self, move: str, rep: int) -> dict[str, str]:
        """A move comes and hurts at a repetition: the count by then, and what the page says about it."""
        self.until(move)
        self.tap("go")  # ready
        self.page.wait_for_timeout(500)
        for _ in range(rep):
            self.page.locator('[data-do="tap"]').click()
        self.page.wait_for_timeout(300)
        before = {"count": self.part("count"), "cue": self.part("cue")}
        self.tap("hurts")
        return before | {part: self.part(part) for part in ("name", "told", "go", "last-set")}

    def through(self, effort: int | None = None, pain: int | None = None) -> None:
        """Do every set that is left and finish; effort and pain, in their places on the scale, where asked."""
        for _ in range(MOST_TAPS):
            if not self.page.locator('[data-screen="work"]').is_visible():
                break
            self._say("ask-effort", "effort", effort, "button:enabled")
            self._say("ask-pain", "pain-after", pain)
            self.tap("go")
        self.finish()

    def _say(self, asked: str, scale: str, place: int | None, choice: str = "label") -> None:
        choices = self.page.locator(f'[data-part="{asked}"]:visible [data-part="{scale}"] {choice}')
        if place is not None and choices.count():
            choices.nth(place).click()

    def finish(self) -> None:
        """End the session whose last set is done."""
        self.sees("ending")
        self.tap("finish")
        self.sees("done")


def wait(page: Page, condition: str, arg: Any = None, seconds: float = 25) -> None:
    """Wait until something holds; the strict content policy does not let Playwright's own waiting in."""
    end = time.monotonic() + seconds
    while not page.evaluate(condition, arg):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(50)


def synced(page: Page) -> None:
    """Sends what waits, also while the clock of the page stands."""
    page.evaluate("void weaklinkSession.postman.hurry()")
    wait(page, ALL_SENT)


def all_synced(page: Page) -> list[str]:
    """Sends what waits; the ids of every entry of the session, in order."""
    page.evaluate("weaklinkSession.postman.hurry()")
    wait(page, ALL_SENT)
    found: list[str] = sorted(page.evaluate(LEDGER))
    return found


def rows_of(training: RunnerInTraining, episode: str) -> list[str]:
    """The ids of every entry the server has of an episode, in order."""
    return sorted(row.id for row in training.house.records.diary(episode))


def kept_of_the_plan(page: Page) -> list[Any]:
    """What the device has of the plan: the pack of now, the one that is ready, and where the figures are."""
    found: list[Any] = page.evaluate(OF_THE_PLAN)
    return found
