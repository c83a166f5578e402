"""Episodes: a plan is never lost with one tap (B8); going on with one asks its danger signs again."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.api.runner_in_training import MONDAY, RunnerInTraining, in_training, novice_with_a_sore_kneecap
from tests.web.visitor import form_token, tight
from weaklink.care.episodes import going_on_with
from weaklink.library.reading import Library

OLD, NEW = "episode-1", "episode-2"
LATER = MONDAY + datetime.timedelta(days=60)
ELSEWHERE = [{"site": "calf", "side": "left"}]


@pytest.fixture
def her(tmp_path: Path, library: Library) -> Iterator[RunnerInTraining]:
    with in_training(tmp_path) as runner:
        runner.clock.day = MONDAY
        runner.says(novice_with_a_sore_kneecap(library), OLD)
        yield runner


def send(her: RunnerInTraining, path: str, **form: str) -> httpx.Response:
    said = {"csrf": form_token(her.client), **form}
    return her.client.post(path, data=said, follow_redirects=False)


def present(her: RunnerInTraining) -> str:
    episode = her.house.present()[1]
    return episode.id if episode is not None else ""


def a_new_one(her: RunnerInTraining, library: Library, **more: object) -> None:
    her.clock.day = LATER
    her.says(novice_with_a_sore_kneecap(library, pain_at=ELSEWHERE, **more), NEW)


def test_one_tap_begins_nothing_beside_a_plan(her: RunnerInTraining) -> None:
    answer = send(her, "/start", aim="pain")

    assert answer.headers["location"] == "/episodes?aim=pain"
    assert present(her) == OLD
    page = tight(her.client.get("/episodes?aim=pain").text)
    assert "You have a plan. Go on, or is this something new?" in page
    assert 'name="new" value="1"' in page

    her.clock.day = LATER
    assert send(her, "/start", aim="pain", new="1").headers["location"] == "/who"
    assert present(her) != OLD


def test_the_list_says_where_when_and_how_it_ended(her: RunnerInTraining, library: Library) -> None:
    her.train(MONDAY)
    told = {"kind": "reported", "id": "report-0001", "at": her.at(), "pain_worst": 1, "change": 3}
    assert her.keep(told).status_code == 200
    a_new_one(her, library)

    page = tight(her.client.get("/episodes").text)

    assert "Front of the knee" in page or "neecap" in page
    assert str(MONDAY) in page
    assert "Sessions done: 1." in page
    assert "The worst pain was 4 of 10 at its start, and 1 in the newest report." in page


def test_going_on_with_an_earlier_one_asks_its_danger_signs_again(
    her: RunnerInTraining, library: Library
) -> None:
    her.train(MONDAY)
    a_new_one(her, library)
    assert present(her) == NEW

    assert send(her, "/episodes", episode=OLD).status_code == 303

    assert present(her) == OLD
    episode = her.house.present()[1]
    assert episode is not None
    assert not set(episode.given["answers"]) & set(library.red_flags)
    assert her.today(LATER)["why_not"] == "questions"
    assert her.today(LATER)["pack"] is None
    assert "Session" in her.client.get("/diary").text

    her.clock.day = LATER + datetime.timedelta(days=1)
    assert send(her, "/start", aim="pain", new="1").headers["location"] == "/who"
    assert present(her) not in (OLD, NEW)


def test_no_earlier_plan_takes_the_place_of_whom_to_see(her: RunnerInTraining, library: Library) -> None:
    answers = {**novice_with_a_sore_kneecap(library)["answers"], "pe": "yes"}
    a_new_one(her, library, answers=answers)

    page = tight(her.client.get("/episodes").text)
    answer = send(her, "/episodes", episode=OLD)

    assert "Whom to see comes first." in page
    assert f'name="episode" value="{OLD}"' not in page
    assert answer.headers["location"] == "/referral"
    assert present(her) == NEW


def test_an_alarming_answer_goes_with_whoever_goes_on(library: Library) -> None:
    flag = min(library.red_flags)
    said = going_on_with(
        {"age": 30, "answers": {flag: "no", "lifts": "yes"}}, {"answers": {flag: "unsure"}}, library
    )

    assert said == {"age": 30, "answers": {flag: "unsure", "lifts": "yes"}}


def test_a_pain_that_comes_back_is_compared_with_last_time(her: RunnerInTraining) -> None:
    her.train(MONDAY)
    her.clock.day = LATER
    send(her, "/start", aim="pain", new="1")
    assert send(her, "/who", age="24", sex="female", level="novice").status_code == 303

    answer = send(her, "/where", place="knee-anterior:right")
    page = tight(her.client.get("/before").text)

    assert answer.headers["location"] == "/before"
    assert "Is it the same as before?" in page
    assert "The worst pain at its start was 4 of 10. How it ended was not said." in page
    assert send(her, "/before", same="no").headers["location"] != "/before"
    assert her.client.get("/before", follow_redirects=False).status_code == 303  # asked once


def test_somewhere_else_is_no_return(her: RunnerInTraining) -> None:
    her.clock.day = LATER
    send(her, "/start", aim="pain", new="1")
    send(her, "/who", age="24", sex="female", level="novice")

    assert send(her, "/where", place="calf:left").headers["location"] != "/before"


def test_a_pain_that_goes_on_is_not_told_as_ended(her: RunnerInTraining) -> None:
    her.train(MONDAY)
    page = tight(her.client.get("/episodes").text)

    assert "The worst pain at its start was 4 of 10." in page
    assert "How it ended" not in page
