"""A seasoned runner's heel tendon in twelve weeks: weights that rise, a flare, back, hops and strides again.

Eleven weeks are trained through the API on a clock that is set; the day of the strides is tapped in Chromium.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.api.runner_in_training import RunnerInTraining, all_no, in_training
from tests.in_process import at_a_port
from tests.journeys.conftest import PHONE, watched
from tests.journeys.person import Person
from tests.journeys.session_page import Thumb, all_synced, rows_of
from tests.journeys.training_days import TODAY, week_days

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WEEK = 7
WEEKS = 11  # before the one of today
START = TODAY - datetime.timedelta(days=WEEK * WEEKS)
FLARE = 7
RAISE, HOPS, STRIDES = "single-leg-calf-raise-step", "pogo-hop", "strides"


class Trained(NamedTuple):
    """The moves of one session as they were asked for: exercise, sets, seconds, kilograms."""

    week: int
    moves: dict[str, tuple[int, int | None, float]]


class His:
    """One runner: what he sees, his thumb in the session, the application, and the sessions before today."""

    def __init__(self, person: Person, training: RunnerInTraining) -> None:
        self.person, self.training = person, training
        self.thumb = Thumb(person.page, person.address)
        self.before: list[Trained] = []

    def kg(self, week: int) -> float:
        """The most he was asked to hold in the raise over a step in a week."""
        asked = [one.moves[RAISE][2] for one in self.before if one.week == week and RAISE in one.moves]
        return max(asked, default=0.0)

    def weeks_with(self, exercise: str) -> list[int]:
        """The weeks in which he was given an exercise."""
        return sorted({one.week for one in self.before if exercise in one.moves})


def story(library: Any) -> dict[str, Any]:
    """What he said: a stiff tendon, dumbbells at home, three times three quarters of an hour."""
    return {
        "age": 45, "sex": "male", "level": "seasoned", "since_days": 70, "km_per_week": 50,
        "pain_at": [{"site": "achilles-mid", "side": "left"}],
        "pain": {"run": 3, "morning": 3, "night": 0, "rest": 0},
        "answers": {**all_no(library), "pain-pattern": "warms-up", "pain-onset": "gradual"},
        "tests": {"sl-heel-raise-reps": {"left": 24, "right": 28}},
        "mass_kg": 74, "lifts": {"legs": "weekly", "squat_kg": 80},
        "owns": [{"kind": "dumbbell-pair", "kg": [*range(2, 26, 2)]}, {"kind": "rucksack"}],
        "days": week_days(), "minutes": 45,
    }  # fmt: skip


def asked_for(pack: dict[str, Any]) -> dict[str, tuple[int, int | None, float]]:
    found = {}
    for item in pack["items"]:
        rung = item["rungs"][0]
        load = rung["loads"][rung["held"]]["load"] if rung["held"] >= 0 else {}
        found[rung["exercise"]] = (rung["sets"], rung["hold_s"], float(load.get("kg") or 0))
    return found


def live(his: His) -> None:
    """Eleven weeks: quiet mornings but for two, a heel raise test every second week, every session done."""
    training = his.training
    for day in range(WEEK * WEEKS):
        date, week = START + datetime.timedelta(days=day), day // WEEK + 1
        stiff = week == FLARE and day % WEEK in (1, 2)
        training.morning(date, pain=1, stiff_min=25 if stiff else 5)
        if day % (2 * WEEK) == 0 and day:
            raises = {"sl-heel-raise-reps": {"left": 27, "right": 28}}
            entry = {"kind": "tested", "id": f"tested-on-day-{day}", "at": training.at(), "tests": raises}
            assert training.keep(entry).status_code == 200
        if day % WEEK in (0, 2, 4):
            pack = training.today(date)["pack"]
            his.before.append(Trained(week, asked_for(pack)))
            training.train(date, pain=1, rir=3)
    training.morning(TODAY, pain=1, stiff_min=5)


@pytest.fixture(scope="module")
def his(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[His]:
    with (
        in_training(tmp_path_factory.mktemp("data"), START) as training,
        at_a_port(training.house) as address,
        watched(browser, address, **PHONE) as context,
    ):
        runner = His(Person(context.new_page(), address), training)
        training.says(story(training.house.library))
        live(runner)
        yield runner


@pytest.mark.statement("S24", "S36", "S75")
def test_the_weight_rises_gives_way_to_the_flare_and_comes_back(his: His) -> None:
    by_week = [his.kg(week) for week in range(1, WEEKS + 1)]
    rises = sum(after > before for before, after in itertools.pairwise(by_week[:6]))
    after_flare = [
        one.moves[RAISE][2] for one in his.before if one.week in (FLARE, FLARE + 1) and RAISE in one.moves
    ]

    assert by_week[0] > 0
    assert rises >= 2
    assert by_week[FLARE - 2] > 2 * by_week[0]
    assert min(after_flare) < by_week[FLARE - 2]
    assert max(by_week[FLARE + 1 :]) >= by_week[FLARE - 2]


def test_hops_wait_for_their_week_and_their_gate_and_grow_by_bouts(his: His) -> None:
    hops = [one.moves[HOPS] for one in his.before if HOPS in one.moves]

    assert min(his.weeks_with(HOPS)) >= 6
    assert {seconds for _, seconds, _ in hops} == {10}
    assert hops[0][0] == 5
    assert max(sets for sets, _, _ in hops) >= 10
    assert STRIDES not in {name for one in his.before if one.week < 10 for name in one.moves}


@pytest.mark.statement("S36", "S74")
def test_in_the_twelfth_week_he_is_given_strides_and_finishes_the_session(his: His) -> None:
    training, thumb = his.training, his.thumb
    pack = training.today(TODAY)["pack"]
    strides = training.house.library.exercises[STRIDES].name
    assert STRIDES in asked_for(pack)
    thumb.begin()
    thumb.until(strides, most=200)
    assert thumb.name == strides
    thumb.through(pain=1)
    thumb.page.locator('[data-part="next"]:not(:empty)').wait_for()
    sent = all_synced(thumb.page)

    kept = rows_of(training, pack["episode"])
    assert set(sent) <= set(kept)
    assert len(kept) == len(set(kept))


def test_his_progress_says_better_only_as_far_as_it_was_told(his: His) -> None:
    his.training.clock.day = TODAY
    his.person.open("/progress")
    words = his.person.reads

    assert "never" not in his.person.headline.lower()
    assert "worse" not in his.person.headline.lower()
    assert "kg" in words
