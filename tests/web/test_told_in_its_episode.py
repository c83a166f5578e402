"""A page that was open before a new start: what it tells goes to the plan it was made for."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.web.states import planned
from tests.web.visitor import Visitor

ID = "made-with-the-form"


def episode_in(page: str) -> str:
    found = set(re.findall(r'name="episode" value="([^"]+)"', page))
    assert len(found) == 1, found
    return str(found.pop())


def rows(visitor: Visitor, episode: str) -> list[dict[str, Any]]:
    assert visitor.house is not None
    return [row.body for row in visitor.house.records.diary(episode)]


@pytest.mark.parametrize("path", ["/diary", "/progress", "/session/check"])
def test_every_form_of_a_page_names_the_episode_it_was_made_for(runner: Visitor, path: str) -> None:
    page = runner.get(path).text
    told = re.findall(
        r'<form method="post" action="/(?:diary|progress|session/check)".*?</form>', page, re.DOTALL
    )

    assert told
    assert all('name="episode"' in form for form in told)
    assert episode_in(page) == runner.get("/api/v1/diary").json()["episode"]


def test_a_morning_told_on_the_old_page_after_a_new_start_is_of_the_old_plan(runner: Visitor) -> None:
    before = episode_in(runner.get("/diary").text)
    fresh_start(runner)
    told = runner.post("/diary", does="morning", id=ID, pain="9", episode=before)
    planned(runner)
    now = episode_in(runner.get("/diary").text)

    assert told.status_code == 303
    assert [entry["pain"] for entry in rows(runner, before)] == [9]
    assert (now != before, rows(runner, now)) == (True, [])


def test_safety_questions_answered_on_the_old_page_count_in_the_new_plan(runner: Visitor) -> None:
    before = episode_in(runner.get("/session/check").text)
    fresh_start(runner)
    planned(runner)
    said = {"id": ID, "episode": before, "new": "night-rest-pain", "some": "1"}
    answer = runner.send("/session/check", said)

    assert answer.headers["location"] == "/referral"
    assert runner.get("/api/v1/sessions/today").json()["why_not"] == "closed"


def test_a_page_of_a_plan_that_is_gone_says_so_and_keeps_nothing(runner: Visitor) -> None:
    answer = runner.post("/diary", does="note", id=ID, text="fine", episode="elsewhere-0001")

    assert answer.status_code == 409
    assert runner.get("/api/v1/diary").json()["entries"] == []


def test_free_words_of_a_form_are_kept_in_whole_characters(runner: Visitor) -> None:
    runner.post("/diary", does="note", id=ID, text="café\0 \x1b[31mred\r\nand more")

    assert runner.get("/api/v1/diary").json()["entries"][0]["text"] == "café [31mred\nand more"


def fresh_start(visitor: Visitor) -> None:
    """A new start, as another device makes it."""
    assert visitor.post("/start", aim="pain", new="1").status_code == 303
