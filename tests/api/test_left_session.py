"""A session left on one device: gone on with on another, or ended as what it was."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.runner_in_training import (
    MONDAY,
    RunnerInTraining,
    in_training,
    novice_with_a_sore_kneecap,
    session_entries,
)
from tests.web.visitor import form_token, tight
from weaklink.library.reading import Library

TUESDAY = MONDAY + datetime.timedelta(days=1)


@pytest.fixture
def her(tmp_path: Path, library: Library) -> Iterator[RunnerInTraining]:
    with in_training(tmp_path) as runner:
        runner.says(novice_with_a_sore_kneecap(library))
        yield runner


def begun(her: RunnerInTraining, sets: int = 3, pain: int = 1) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A session of Monday of which some sets are done, sent; its pack."""
    pack = her.today(MONDAY)["pack"]
    entries = session_entries(pack, "session-left", "", pain, 4, {})
    done = [n for n, entry in enumerate(entries) if entry["kind"] == "set-done"]
    told = [{**one, "at": her.at(), "episode": pack["episode"]} for one in entries[: done[sets - 1] + 2]]
    assert her.keep(*told).status_code == 200
    return pack, told


def opened(her: RunnerInTraining, session: str = "") -> dict[str, Any]:
    found: dict[str, Any] = her.client.get("/api/v1/sessions/open", params={"session": session}).json()
    return found


def test_another_device_gets_what_the_first_one_had(her: RunnerInTraining) -> None:
    assert opened(her) == {"open": None, "ended": False}
    pack, told = begun(her)

    found = opened(her, "session-left")

    assert found["ended"] is False
    assert found["open"]["sets_done"] == 3
    assert {one["id"] for one in found["open"]["entries"]} == {one["id"] for one in told}
    for part in ("items", "stations", "green_to", "amber_to", "episode", "kind_of_day"):
        assert found["open"]["pack"][part] == pack[part]


def test_one_that_ended_is_gone_on_with_nowhere(her: RunnerInTraining) -> None:
    begun(her)
    ended = {
        "kind": "session-ended",
        "id": "ended-0001",
        "at": her.at(30),
        "session": "session-left",
        "how": "stopped",
    }
    assert her.keep(ended).status_code == 200

    assert opened(her, "session-left") == {"open": None, "ended": True}


def test_a_danger_told_since_then_opens_nothing(her: RunnerInTraining) -> None:
    begun(her)
    asked = {"kind": "rescreened", "id": "asked-00001", "at": her.at(40), "answers": {"pe": "yes"}}
    assert her.keep(asked).status_code == 200

    assert opened(her)["open"]["pack"] is None


def test_little_of_a_session_leaves_its_place_in_the_week(her: RunnerInTraining) -> None:
    """B9: an interrupted session counted as done."""
    begun(her, sets=2)

    assert her.today(MONDAY)["due"]["why"] == "done-today"  # not twice on one day
    assert her.today(TUESDAY)["due"]["why"] == "day-after"
    assert her.today(TUESDAY + datetime.timedelta(days=5))["due"]["due"]


def test_one_that_hurt_counts_and_is_not_done_once_more(her: RunnerInTraining) -> None:
    pack, _ = begun(her, sets=2)
    hurts = {
        "kind": "this-hurts", "id": "hurts-0001", "at": her.at(20), "session": "session-left", "pain": 7,
        "slot": pack["items"][0]["slot"], "exercise": pack["items"][0]["rungs"][0]["exercise"],
    }  # fmt: skip
    assert her.keep(hurts).status_code == 200

    assert her.today(TUESDAY)["due"]["why"] == "rest-day"


def test_today_offers_to_go_on_or_to_end_it_as_what_it_was(her: RunnerInTraining) -> None:
    pack, _ = begun(her)
    of = sum(
        item["rungs"][0]["sets"] * len(item["rungs"][0]["sides"])
        for item in pack["items"]
        if item["kind"] != "stretch"
    )
    page = her.client.get("/today").text
    token = form_token(her.client, "/today")
    assert f"3 of {of} sets are done." in tight(page)
    assert 'href="/session"' in page

    form = {"csrf": token, "session": "session-left", "episode": pack["episode"]}
    for _ in range(2):  # sent twice is ended once
        assert her.client.post("/session/end", data=form, follow_redirects=False).status_code == 303

    ends = [row for row in her.house.records.diary("episode-1") if row.kind == "session-ended"]
    assert [row.body["how"] for row in ends] == ["stopped"]
    assert "in the middle of a session" not in her.client.get("/today").text
    assert f"Stopped early, 3 of {of} sets" in her.client.get("/diary").text
