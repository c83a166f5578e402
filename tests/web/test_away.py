"""Two taps on Today say that life is in the way, and one that it is over."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.api.runner_in_training import MONDAY, RunnerInTraining, in_training, novice_with_a_sore_kneecap
from tests.web.visitor import form_token, tight
from weaklink.library.reading import Library

DAY = datetime.timedelta(days=1)


@pytest.fixture
def her(tmp_path: Path, library: Library) -> Iterator[RunnerInTraining]:
    with in_training(tmp_path) as runner:
        runner.says(novice_with_a_sore_kneecap(library))
        yield runner


def says(her: RunnerInTraining, why: str, until: str = "") -> httpx.Response:
    form = {"csrf": form_token(her.client), "id": str(uuid.uuid4()), "episode": "episode-1"}
    return her.client.post("/today/away", data={**form, "why": why, "until": until}, follow_redirects=False)


def test_a_fever_is_said_with_one_button_and_its_end_with_another(her: RunnerInTraining) -> None:
    her.train(MONDAY)
    her.clock.day = MONDAY + 2 * DAY
    page = tight(her.client.get("/today").text)
    assert all(f'name="why" value="{why}"' in page for why in ("fever", "illness", "travel", "race", "life"))

    assert says(her, "fever").status_code == 303
    page = tight(her.client.get("/today").text)
    assert "No training with a fever." in page
    assert "Train today anyway" not in page
    found = her.today(MONDAY + 2 * DAY, anyway=True)
    assert (found["pack"], found["why_not"], found["away"]) == (None, "away", {"why": "fever", "until": None})

    her.clock.day = MONDAY + 3 * DAY
    assert says(her, "back").status_code == 303
    assert "one step gentler than before" in tight(her.client.get("/today").text)
    assert "Fever" in her.client.get("/diary").text
    assert her.today(MONDAY + 4 * DAY)["pack"] is not None


def test_ill_without_a_fever_the_plan_waits_and_one_may_train_anyway(her: RunnerInTraining) -> None:
    her.train(MONDAY)
    her.clock.day = MONDAY + 2 * DAY
    says(her, "illness")

    page = tight(her.client.get("/today").text)
    assert "The plan waits for you. Nothing piles up." in page
    assert "Train today anyway" in page


def test_a_race_is_rested_for_and_a_day_that_was_is_refused(her: RunnerInTraining) -> None:
    her.train(MONDAY)
    her.clock.day = MONDAY + 2 * DAY
    assert says(her, "race", str(MONDAY)).status_code == 422
    assert says(her, "race", str(MONDAY + 4 * DAY)).status_code == 303

    assert "The race is near: rest for it." in tight(her.client.get("/today").text)
    her.clock.day = MONDAY + 7 * DAY
    assert "race" not in tight(her.client.get("/today").text).split("<details")[0].lower()
    assert her.today()["pack"]["kind_of_day"] == "full"


def test_a_fever_said_before_the_first_session_counts(her: RunnerInTraining) -> None:
    her.clock.day = MONDAY
    says(her, "fever")

    assert her.today(MONDAY, anyway=True)["pack"] is None


def test_a_smaller_plan_is_offered_and_followed_when_it_is_taken(her: RunnerInTraining) -> None:
    her.train(MONDAY)
    her.train(MONDAY + 9 * DAY)
    her.clock.day = MONDAY + 22 * DAY
    page = tight(her.client.get("/today").text)
    assert "of 9 sessions in three weeks" in page

    form = {"csrf": form_token(her.client), "wanted": "1"}
    for _ in range(2):
        assert her.client.post("/today/smaller", data=form, follow_redirects=False).status_code == 303

    episode, plan = her.house.records.episode(her.house.present()[0].id), her.house.records.plan("episode-1")
    assert episode is not None
    assert plan is not None
    assert episode.given["days"] == ["wed"]
    assert {len(week["sessions"]) for week in plan.document["weeks"]} == {1}
    assert "A smaller plan?" not in her.client.get("/today").text


def test_who_keeps_the_plan_is_not_asked_again_for_three_weeks(her: RunnerInTraining) -> None:
    her.train(MONDAY)
    her.clock.day = MONDAY + 22 * DAY
    her.client.post("/today/smaller", data={"csrf": form_token(her.client), "wanted": ""})

    found = {}
    for after in (0, 20, 21):
        her.clock.day = MONDAY + (22 + after) * DAY
        found[after] = "A smaller plan?" in her.client.get("/today").text
    assert found == {0: False, 20: False, 21: True}


def test_on_a_rest_day_too_a_fever_is_named_and_nothing_is_offered(her: RunnerInTraining) -> None:
    her.train(MONDAY)
    her.clock.day = MONDAY + DAY
    says(her, "fever")

    page = tight(her.client.get("/today").text)
    assert "No training with a fever." in page
    assert "Train today anyway" not in page
