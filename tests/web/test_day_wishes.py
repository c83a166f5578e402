"""Less time today, or nothing at hand: said on Today, remembered for the day, the same in page and pack."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.runner_in_training import (
    MONDAY,
    RunnerInTraining,
    all_no,
    in_training,
    novice_with_a_sore_kneecap,
)
from tests.web.visitor import form_token
from weaklink.library.reading import Library
from weaklink.library.records import ALWAYS_THERE


@pytest.fixture
def her(tmp_path: Path, library: Library) -> Iterator[RunnerInTraining]:
    with in_training(tmp_path) as runner:
        said = novice_with_a_sore_kneecap(library, minutes=30, level="regular", equipment=["band", "weight"])
        runner.says(said)
        yield runner


def fit(her: RunnerInTraining, **said: str) -> Any:
    return her.client.post("/today", data={"csrf": form_token(her.client), **said}, follow_redirects=False)


def page_moves(her: RunnerInTraining) -> list[str]:
    main = her.client.get("/today").text.partition('<ol class="today-moves">')[2].partition("</ol>")[0]
    return re.findall(r"<b>([^<]+)</b>", main)


def names(today: dict[str, Any]) -> list[str]:
    return [i["rungs"][0]["name"] for i in today["pack"]["items"] if i["kind"] != "stretch"]


def test_ten_minutes_keep_the_weak_link_and_say_what_is_left_out(her: RunnerInTraining) -> None:
    whole = her.today(MONDAY)
    assert fit(her, minutes="10").headers["location"] == "/today"
    short, page = her.today(MONDAY), her.client.get("/today").text

    assert short["pack"]["minutes"] <= 10 < whole["pack"]["minutes"]
    assert names(short)[0] == names(whole)[0]
    assert page_moves(her) == [item["rungs"][0]["name"] for item in short["pack"]["items"]]
    out = [name for name in names(whole) if name not in names(short)]
    line = next((says for says in short["pack"]["says"] if says.startswith("Left out today")), "")
    assert all(name in line for name in out)
    assert all(says.replace("'", "&#39;") in page or says in page for says in short["pack"]["says"])
    assert 'value="10" checked' in page


def test_every_move_of_the_session_is_listed_a_stretch_as_well(tmp_path: Path, library: Library) -> None:
    ankle = [{"site": "ankle-medial", "side": "left"}]
    tests = {"heel-raise-inversion-check": {"right": "able", "left": "partly"}}
    with in_training(tmp_path) as runner:
        answers = all_no(library) | {"ankle-sprain": "recent", "arch-dropping": "left"}
        said = {"pain_at": ankle, "answers": answers, "tests": tests, "minutes": 30, "equipment": ["ball"]}
        runner.says(novice_with_a_sore_kneecap(library, **said, pain={"run": 3, "night": 0, "rest": 0}))
        items = runner.today(MONDAY)["pack"]["items"]
        listed, page = page_moves(runner), runner.client.get("/today").text

    assert "stretch" in [item["kind"] for item in items]
    assert listed == [item["rungs"][0]["name"] for item in items]
    assert f"{len(items)} moves, guided one by one." in page


def test_it_holds_for_the_day_only_and_can_be_taken_back(her: RunnerInTraining) -> None:
    whole = her.today(MONDAY)["pack"]["id"]
    fit(her, minutes="15", away="1")
    assert her.today(MONDAY)["pack"]["kind_of_day"] in ("away", "short")
    assert her.today(MONDAY, minutes=90, away=False)["pack"]["id"] == whole
    fit(her, minutes="")
    assert her.today(MONDAY)["pack"]["id"] == whole
    fit(her, minutes="10")
    later = her.today(MONDAY + datetime.timedelta(days=2))["pack"]

    assert later["kind_of_day"] == "full"


def test_away_needs_nothing_and_says_what_is_done_instead(her: RunnerInTraining, library: Library) -> None:
    whole = her.today(MONDAY)
    fit(her, away="1")
    away, page = her.today(MONDAY), her.client.get("/today").text

    assert away["pack"]["kind_of_day"] == "away"
    for item in away["pack"]["items"]:
        assert set(library.exercises[item["rungs"][0]["exercise"]].needs) <= ALWAYS_THERE
    gone = [name for name in names(whole) if name not in names(away)]
    assert all(any(name in says for says in away["pack"]["says"]) for name in gone)
    assert "No equipment today, or travelling" in page


def test_other_minutes_are_refused_and_a_stranger_has_nothing_to_fit(her: RunnerInTraining) -> None:
    assert fit(her, minutes="3").status_code == 422
    assert her.client.post("/today", data={"minutes": "10"}).status_code == 403
