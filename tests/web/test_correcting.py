"""A session corrected within 48 hours: on its page and by the API, with what changes by it said."""

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
    in_training,
    novice_with_a_sore_kneecap,
)
from tests.web.visitor import Fields, form_token, tight
from weaklink.library.reading import Library

DAY = datetime.timedelta(days=1)


@pytest.fixture
def her(tmp_path: Path, library: Library) -> Iterator[RunnerInTraining]:
    with in_training(tmp_path) as runner:
        runner.says(novice_with_a_sore_kneecap(library))
        yield runner


def page(her: RunnerInTraining) -> dict[str, str]:
    """The form as it would be sent untouched."""
    html = her.client.get("/diary/session").text
    form = {name: value for kind, name, value in Fields(html).names if kind not in ("checkbox", "select")}
    ticked = re.findall(r'name="(done [^"]+)" value="1" checked', tight(html))
    chosen = re.findall(r'<select class="input" name="([^"]+)">(.*?)</select>', tight(html))
    said = {name: (re.findall(r'value="(\d+)" selected', options) or [""])[0] for name, options in chosen}
    return {**form, **dict.fromkeys(ticked, "1"), **said, "csrf": form_token(her.client)}


def send(her: RunnerInTraining, form: dict[str, str]) -> str:
    answer = her.client.post("/diary/session", data=form)
    assert answer.status_code == 200, answer.text
    return answer.text


def corrections(her: RunnerInTraining) -> list[dict[str, Any]]:
    return [row.body for row in her.house.records.diary("episode-1") if row.kind == "corrected"]


def key_of(her: RunnerInTraining) -> str:
    """The first set of the first move."""
    item = her.today(MONDAY + 2 * DAY, anyway=True)["pack"]["items"][0]
    her.clock.day = MONDAY + DAY
    return f"{item['slot']}.{item['rungs'][0]['exercise']}.{item['rungs'][0]['sides'][0]}.1"


def test_the_diary_leads_to_the_session_for_48_hours(her: RunnerInTraining) -> None:
    her.train(MONDAY)
    found = {}
    for after in (1, 2, 3):
        her.clock.day = MONDAY + after * DAY
        found[after] = "/diary/session?session=" in her.client.get("/diary").text

    assert found == {1: True, 2: True, 3: False}
    assert her.client.get("/diary/session", follow_redirects=False).headers["location"] == "/diary"


def test_an_untouched_form_corrects_nothing(her: RunnerInTraining) -> None:
    her.train(MONDAY)
    her.clock.day = MONDAY + DAY

    send(her, page(her))

    assert corrections(her) == []


def test_what_changes_by_it_is_said(her: RunnerInTraining) -> None:
    """More was left than was tapped, in every set: the next dose is what it would have been."""
    her.train(MONDAY, rir=0)
    her.clock.day = MONDAY + DAY
    form = page(her)
    before = her.today(MONDAY + 2 * DAY)["pack"]["items"]
    her.clock.day = MONDAY + DAY

    text = send(her, {name: "5" if name.startswith("rir ") else value for name, value in form.items()})

    said = re.findall(r"The next dose of ([^<]+) is now ([^<]+)\.", text)
    after = her.today(MONDAY + 2 * DAY)["pack"]["items"]
    then = {item["slot"]: item["rungs"][0] for item in before}
    now = {item["slot"]: item["rungs"][0] for item in after}
    asks = ("exercise", "sets", "reps", "hold_s")
    changed = {now[slot]["name"] for slot in now if any(now[slot][k] != then[slot][k] for k in asks)}
    assert changed
    assert changed <= {name for name, _ in said}


def test_a_lower_pain_takes_nothing_back_and_the_page_says_so(her: RunnerInTraining) -> None:
    her.train(MONDAY, pain=7)
    her.clock.day = MONDAY + DAY
    form = page(her)
    assert [value for name, value in form.items() if name.startswith("pain ")].count("7") > 0
    before = her.today(MONDAY + 2 * DAY)
    her.clock.day = MONDAY + DAY

    text = send(her, {name: "0" if name.startswith("pain ") else value for name, value in form.items()})

    assert "Of two pains the higher one counts." in text
    assert len(corrections(her)) > 0
    after = her.today(MONDAY + 2 * DAY)
    assert after["pack"]["items"] == before["pack"]["items"]
    assert "pain 7" in her.client.get("/diary").text.lower()


def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_kept(her: RunnerInTraining) -> None:
    her.train(MONDAY)
    her.clock.day = MONDAY + DAY
    form, key = page(her), key_of(her)

    answer = her.client.post("/diary/session", data={**form, f"reps {key}": "many"})

    assert answer.status_code == 422
    assert 'class="problem"' in answer.text
    assert corrections(her) == []


def test_the_api_says_what_changes_and_sent_twice_it_is_once(her: RunnerInTraining) -> None:
    her.train(MONDAY, rir=0)
    entries = [row.body for row in her.house.records.diary("episode-1") if row.kind == "set-done"]
    her.clock.day = MONDAY + DAY
    told = [
        {"kind": "corrected", "id": f"corrected-{n:03}", "at": her.at(), "rir": 5, "pain": 1}
        | {
            name: one[name]
            for name in ("session", "slot", "exercise", "side", "set", "reps", "hold_s")
            if name in one
        }
        for n, one in enumerate(entries)
    ]

    first, again = her.keep(*told).json(), her.keep(*told).json()

    assert first["changes"]
    assert all(set(one) == {"slot", "exercise", "says"} for one in first["changes"])
    assert again["changes"] == []
    assert len(corrections(her)) == len(told) == len(again["known"])
