"""Tests done again: once sessions run, the page of a test writes into the diary and the start stays."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.runner_in_training import MONDAY, RunnerInTraining, in_training, novice_with_a_sore_kneecap
from tests.web.states import trained
from tests.web.visitor import at_home, form_token
from weaklink.library.reading import Library

HEEL = "sl-heel-raise-reps"


@pytest.fixture
def her(tmp_path: Path, library: Library) -> Iterator[RunnerInTraining]:
    with in_training(tmp_path) as runner:
        runner.says(novice_with_a_sore_kneecap(library))
        yield runner


def day(number: int) -> datetime.date:
    return MONDAY + datetime.timedelta(days=number - 1)


def post(her: RunnerInTraining, test: str, **fields: Any) -> Any:
    said = {
        "csrf": form_token(her.client),
        "action": "keep",
        **{k.replace("__", "."): v for k, v in fields.items()},
    }
    return her.client.post(f"/tests/{test}", data=said, follow_redirects=False)


def at_the_start(her: RunnerInTraining) -> dict[str, Any]:
    _, episode = her.house.present()
    assert episode is not None
    found: dict[str, Any] = episode.given["tests"]
    return found


def told_again(her: RunnerInTraining) -> list[dict[str, Any]]:
    entries = her.client.get("/api/v1/diary", params={"limit": 1000}).json()["entries"]
    return [entry for entry in entries if entry["kind"] == "tested"]


def test_before_any_session_it_is_a_test_of_the_start(her: RunnerInTraining) -> None:
    post(her, HEEL, value__right="13", value__left="18")

    assert at_the_start(her)[HEEL]["right"]["value"] == 13
    assert told_again(her) == []


def test_in_training_it_goes_into_the_diary_once_and_the_start_stays(her: RunnerInTraining) -> None:
    her.train(day(1))
    her.clock.day = day(29)
    page = her.client.get(f"/tests/{HEEL}").text
    for _ in range(2):
        post(her, HEEL, value__right="25", value__left="18")

    assert "At the start: 11" in page
    assert 'value="11"' not in page
    assert at_the_start(her)[HEEL] == {"right": 11, "left": 18}
    assert [e["tests"] for e in told_again(her)] == [{HEEL: {"right": {"value": 25}, "left": {"value": 18}}}]


def test_the_change_is_told_only_beyond_the_tests_own_error(her: RunnerInTraining) -> None:
    her.train(day(1))
    her.clock.day = day(29)
    post(her, HEEL, value__right="25", value__left="19")
    her.keep({"kind": "reported", "id": "report-01", "at": her.at(), "pain_worst": 1, "change": 3})
    found = her.client.get("/api/v1/diary/outcome").json()
    page = her.client.get("/progress").text

    assert {(t["side"], t["says"]) for t in found["tests"] if t["test"] == HEEL} == {
        ("right", "better"), ("left", "cannot-tell"),
    }  # fmt: skip
    assert (found["says"], found["next"]) == ("better", "go-on")  # the programme is not gone through
    assert "25" in page


def test_a_test_done_for_the_first_time_in_training_is_also_its_start(her: RunnerInTraining) -> None:
    her.train(day(1))
    test = "sidelying-hip-abduction-hold-or-reps"
    assert test not in at_the_start(her)
    her.clock.day = day(8)
    post(her, test, value__right="10", value__left="20")

    assert at_the_start(her)[test]["left"]["value"] == 20
    assert [test in e["tests"] for e in told_again(her)] == [True]


def test_it_leads_to_what_the_weeks_did(tmp_path: Path) -> None:
    with at_home(tmp_path) as visitor:
        trained(visitor)
        answer = visitor.post("/tests/straight-leg-raise-reps", value__right="20", value__left="17")
        page = visitor.get("/progress").text

    assert answer.headers["location"] == "/progress"
    assert "20" in page


def test_a_number_that_cannot_be_is_refused_at_its_side(her: RunnerInTraining) -> None:
    her.train(day(1))
    answer = post(her, HEEL, value__right="25", value__left="-4")

    assert answer.status_code == 422
    assert "a whole number" in answer.text.lower() or "whole" in answer.text
    assert told_again(her) == []


def test_pain_in_a_test_done_again_counts(her: RunnerInTraining, library: Library) -> None:
    her.train(day(1))
    her.clock.day = day(8)
    post(her, HEEL, value__right="4", value__left="19", pain__right="8")
    pack = her.today(day(8), anyway=True)["pack"]
    areas = set(library.clinical_tests[HEEL].areas)

    for item in pack["items"]:
        exercise = library.exercises[item["rungs"][0]["exercise"]]
        assert exercise.kind != "exercise" or not areas.intersection(exercise.areas) or exercise.level <= 2
