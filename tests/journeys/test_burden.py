"""What a usual session day costs: taps and minutes from opening Today to a kept session, effort and load told.

`pytest tests/journeys/test_burden.py -m browser -s` prints them; docs/validation/burden.md keeps them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.api.runner_in_training import RunnerInTraining, all_no, in_training
from tests.in_process import at_a_port
from tests.journeys.conftest import PHONE, watched
from tests.journeys.session_page import synced
from tests.journeys.training_days import START, TODAY, three_green_sessions, week_days
from weaklink.library.reading import Library

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

SETS, MOST_TAPS = 11, 25
LOOK_S = 2
MOST_LOOKS = 1200
IN_RESERVE = "2"
PLACE = "JSON.stringify([weaklinkSession.session.state.phase, weaklinkSession.session.state.place])"
OVER = ".session.is-over"  # the metronome has counted every repetition


@dataclasses.dataclass
class Day:
    """A session day at the phone: every tap is counted, nothing else is touched."""

    page: Page
    taps: int = 0
    says: str = ""  # the page's words on how long it takes, before and after
    took: str = ""

    def tap(self, thing: Locator) -> None:
        thing.click()
        self.taps += 1
        self.page.wait_for_timeout(60)

    def runs_on(self) -> None:
        """Two seconds pass; what is kept is kept in real time."""
        self.page.clock.run_for(LOOK_S * 1000)
        self.page.wait_for_timeout(30)

    def begin(self, home: str) -> None:
        page = self.page
        page.clock.install()
        page.goto(home + "/today", wait_until="domcontentloaded")
        self.says = page.locator("h1").inner_text()
        self.tap(page.locator(".dock a"))
        page.locator('[data-screen="questions"]:visible, [data-screen="check"]:visible').wait_for()
        listed = page.locator('[data-screen="questions"]').is_visible()
        self.tap(page.get_by_role("button", name="None of these" if listed else "Nothing new"))
        self.tap(page.locator('[data-part="pain-before"] label').first)
        self.tap(page.get_by_role("button", name="Start"))
        page.locator('[data-screen="work"]').wait_for(state="visible")

    def train(self) -> None:
        """Every set as it is led: rests run out by themselves, repetitions end at a tap that says the reserve."""
        page, place = self.page, ""
        for _ in range(MOST_LOOKS):
            if not page.locator('[data-screen="work"]').is_visible():
                return
            asked = page.locator('[data-do="effort"]:enabled')  # of a hold, in the rest after it
            if page.evaluate(PLACE) != place and asked.count():
                place = page.evaluate(PLACE)
                self.tap(asked.nth(1))
            elif page.locator(OVER).count():
                said = page.locator(f'[data-do="done-with"][value="{IN_RESERVE}"]:enabled')
                self.tap(said if said.count() else page.locator('[data-do="go"]'))
                place = page.evaluate(PLACE)
            else:
                self.runs_on()
        raise AssertionError("the session never ends")

    def end(self) -> None:
        self.tap(self.page.locator('[data-do="finish"]'))
        self.page.locator('[data-screen="done"]').wait_for(state="visible")
        self.took = self.page.locator('[data-part="done-title"]').inner_text()


def lifter(library: Library) -> dict[str, Any]:
    """Somebody whom nothing hurts, with a rucksack and a bar at home and twenty minutes."""
    return {
        "age": 34, "sex": "male", "level": "regular", "answers": all_no(library),
        "tests": {"one-leg-sts-30s": {"right": 20, "left": 20}},
        "days": week_days(), "minutes": 20, "mass_kg": 80, "lifts": {"legs": "weekly", "squat_kg": 100},
        "owns": [{"kind": "rucksack", "kg": [12]}, {"kind": "barbell", "kg": [60]}],
    }  # fmt: skip


@pytest.fixture(scope="module")
def training(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunnerInTraining]:
    """Three sessions are behind, so that it is a usual day."""
    with in_training(tmp_path_factory.mktemp("data"), START) as runner:
        runner.says(lifter(runner.house.library))
        three_green_sessions(runner)
        yield runner


def test_a_session_of_eleven_sets_with_effort_and_load_takes_at_most_25_taps(
    browser: Browser, training: RunnerInTraining, record_property: pytest.RecordProperty
) -> None:
    pack = training.today(TODAY)["pack"]
    with (
        at_a_port(training.house) as home,
        watched(browser, home, **PHONE, reduced_motion="reduce") as context,
    ):
        day = Day(context.new_page())
        day.begin(home)
        day.train()
        day.end()
        synced(day.page)
    told = training.client.get("/api/v1/diary", params={"limit": 1000}).json()["entries"]
    told = [entry for entry in told if entry["at"].startswith(str(TODAY))]
    rungs = {item["slot"]: item["rungs"][0] for item in pack["items"]}
    done = [entry for entry in told if entry["kind"] == "set-done"]
    asked = [entry for entry in done if rungs[entry["slot"]]["asks"] == "reserve"]
    loaded = [entry for entry in done if rungs[entry["slot"]]["loads"]]
    said = f"{len(pack['stations'])} sets ({len(done)} told, a side each): {day.taps} taps. {day.says} {day.took}"
    record_property("burden", said)
    print(said)

    assert len(pack["stations"]) == SETS
    assert day.taps <= MOST_TAPS
    assert [entry.get("rir") for entry in asked] == [int(IN_RESERVE)] * len(asked)
    assert len(asked) >= SETS
    assert all(entry.get("load") for entry in loaded)
    assert len(loaded) >= SETS
    assert all(entry["reps"] == rungs[entry["slot"]]["reps"] for entry in asked)


def test_a_set_that_is_only_done_says_nothing_of_effort(browser: Browser, training: RunnerInTraining) -> None:
    training.says(lifter(training.house.library), episode="episode-2")
    with (
        at_a_port(training.house) as home,
        watched(browser, home, **PHONE, reduced_motion="reduce") as context,
    ):
        day = Day(context.new_page())
        day.begin(home)
        day.tap(day.page.locator('[data-do="go"]'))
        day.runs_on()
        day.tap(day.page.locator('[data-do="go"]'))
        day.runs_on()
        synced(day.page)
    told = training.client.get("/api/v1/diary", params={"limit": 1000}).json()["entries"]
    done = [entry for entry in told if entry["kind"] == "set-done"]

    assert [entry.get("rir") for entry in done] == [None]
    assert [entry for entry in told if entry["kind"] == "felt"] == []
