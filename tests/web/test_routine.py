"""The routine's pages: entered move by move, woven into the plan, kept with the case, exported, erased."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.states import planned, prevention, referred
from tests.web.visitor import Visitor, at_home


@pytest.fixture
def visitor(tmp_path: Path) -> Iterator[Visitor]:
    with at_home(tmp_path) as found:
        planned(found)
        found.get("/plan")
        yield found


def add(visitor: Visitor, name: str, *days: str, **said: str) -> Any:
    return visitor.post("/routine", does="add", name=name, days=list(days), **({"sets": "3"} | said))


def table(visitor: Visitor) -> dict[str, Any]:
    house = visitor.client.app.app.state.house  # type: ignore[attr-defined]
    _, episode = house.present()
    found: dict[str, Any] = episode.given
    return found


@pytest.mark.statement("S62")
def test_moves_are_entered_and_ours_are_woven_in(visitor: Visitor) -> None:
    assert add(visitor, "Bench press", "mon", "thu", reps="8").headers["location"] == "/routine#mine"
    add(visitor, "wall squats", "mon", hold_s="30")
    page, plan = visitor.get("/routine").text, visitor.get("/plan").text

    assert "Bench press" in page
    assert "Leave this out for now: Wall squat." in page
    assert "does not know this move" in page
    assert "days on which you lift already" in page
    assert "Woven together" in page
    assert "With your own routine" in plan
    assert "Bench press" in plan
    assert table(visitor)["routine"]["mon"] == [
        {"name": "Bench press", "sets": 3, "reps": 8},
        {"exercise": "wall-squat", "sets": 3, "hold_s": 30},
    ]


@pytest.mark.statement("S62")
def test_the_week_leads_to_it_and_without_it_the_plan_is_plain_again(visitor: Visitor) -> None:
    asked = visitor.post("/week", minutes="15", days=["mon", "thu"], own_routine="1")
    add(visitor, "Pull-up", "tue", "fri", reps="6")
    days = [s["day"] for s in today_plan(visitor)["weeks"][0]["sessions"]]
    visitor.post("/routine", does="drop", day="tue", number="0")
    one = table(visitor)["routine"]
    visitor.post("/routine", does="clear")

    assert asked.headers["location"] == "/routine"
    assert days == ["tue", "fri"]
    assert list(one) == ["fri"]
    assert "routine" not in table(visitor)
    assert [s["day"] for s in today_plan(visitor)["weeks"][0]["sessions"]] == ["mon", "thu"]
    assert "With your own routine" not in visitor.get("/plan").text


def today_plan(visitor: Visitor) -> dict[str, Any]:
    house = visitor.client.app.app.state.house  # type: ignore[attr-defined]
    _, episode = house.present()
    found: dict[str, Any] = house.records.plan(episode.id).document
    return found


def test_a_form_that_is_wrong_says_what_would_be_right(visitor: Visitor) -> None:
    for said, wanted in (
        ({"name": "", "days": ["mon"]}, "Write the name of the move"),
        ({"name": "Row", "days": []}, "Choose at least one day."),
        ({"name": "Row", "days": ["mon"], "sets": "0"}, "1"),
        ({"name": "Row", "days": ["mon"], "reps": "5", "hold_s": "5"}, "not both"),
    ):
        answer = visitor.post("/routine", does="add", **({"sets": "3"} | said))
        assert answer.status_code == 422
        assert wanted in answer.text
    assert visitor.post("/routine", does="dance").status_code == 422
    assert "routine" not in table(visitor)


def test_it_is_in_my_data_and_goes_with_an_erasure(visitor: Visitor) -> None:
    add(visitor, "My secret lift", "mon")
    packed = visitor.post("/settings/my-data").content
    data = json.loads(zipfile.ZipFile(io.BytesIO(packed)).read("data.json"))
    given = data["tables"]["episodes"][-1]["given"]
    visitor.post("/settings/erase", confirm="1")

    assert given["routine"]["mon"][0]["name"] == "My secret lift"
    assert visitor.get("/routine").status_code == 303


def test_names_are_shown_as_text_and_never_as_markup(visitor: Visitor) -> None:
    add(visitor, "<script>alert(1)</script>", "mon")

    assert "<script>alert(1)" not in visitor.get("/routine").text
    assert "<script>alert(1)" not in visitor.get("/plan").text


def test_where_nothing_may_be_trained_no_routine_is_shown(tmp_path: Path) -> None:
    with at_home(tmp_path) as visitor:
        referred(visitor)
        page = visitor.get("/routine")
        answer = add(visitor, "Wall squat", "mon")

    assert page.headers["location"] == "/referral"
    assert answer.headers["location"] == "/referral"


def test_the_session_has_the_sets_that_are_left(tmp_path: Path) -> None:
    with at_home(tmp_path) as visitor:
        prevention(visitor)
        visitor.get("/plan")
        before = today_plan(visitor)["weeks"][0]["sessions"][0]
        name = next(i["id"] for i in before["items"] if i["kind"] == "exercise")
        house = visitor.client.app.app.state.house  # type: ignore[attr-defined]
        visitor.post(
            "/routine", does="add", name=house.library.exercises[name].name, sets="4", reps="10",
            days=["tue", "fri"],
        )  # fmt: skip
        after = today_plan(visitor)["weeks"][0]["sessions"][0]

    assert name not in [item["id"] for item in after["items"]]
    assert [one["exercise"] for one in after["own"]] == [name]


def test_an_assessment_over_the_api_weaves_too(visitor: Visitor) -> None:
    given = {
        "age": 33,
        "level": "seasoned",
        "days": ["mon", "thu"],
        "routine": {"mon": [{"name": "Pull-up"}]},
    }
    flags = dict.fromkeys(visitor.client.app.app.state.house.library.red_flags, "no")  # type: ignore[attr-defined]
    body = {"given": {**given, "answers": flags}}
    found = visitor.client.post("/api/v1/assessments", json=body)

    assert found.status_code == 200, found.text
    plan = found.json()["plan"]
    if plan is not None:
        own = [s["own"][0]["name"] for s in plan["weeks"][0]["sessions"] if s.get("own")]
        assert own == ["Pull-up"]


def test_today_names_ones_own_moves_and_what_to_leave_out(visitor: Visitor) -> None:
    add(visitor, "Bench press", *("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    add(visitor, "Wall squat", *("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    page = visitor.get("/today").text

    assert "Your own routine today" in page
    assert "Bench press" in page
    assert "Leave this out for now: Wall squat." in page
