"""Lived courses: the same rules as on the pages, told honestly; responders and events show in the weeks."""

from __future__ import annotations

import datetime
import json
from typing import Any

import msgspec
import pytest

from tests.rehearsal.stories import NAMES, WEEKS, course, otherwise, story, world
from weaklink.care.folding import Diary
from weaklink.care.train import Trainee, today
from weaklink.case.diary import SetDone
from weaklink.library.records import ALWAYS_THERE
from weaklink.rehearsal.events import Event
from weaklink.rehearsal.living import BEGAN, live
from weaklink.training.course.day_told import days_told

S01, S03, S05 = "s01-kneecap-novice", "s03-achilles-50km", "s05-masters-bone"


def kinds(found: dict[str, Any]) -> list[str]:
    return [event["kind"] for week in found["weeks"] for event in week["events"]]


def moves(found: dict[str, Any], week: int) -> list[dict[str, Any]]:
    return [item for session in found["weeks"][week - 1]["sessions"] for item in session["items"]]


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_every_story_has_twelve_weeks_of_sessions(name: str) -> None:
    found = course(name)

    assert [week["week"] for week in found["weeks"]] == list(range(1, WEEKS + 1))
    assert (found["refused"], all(week["sessions"] for week in found["weeks"])) == ([], True)
    json.dumps(found)


def test_a_course_is_the_same_every_time() -> None:
    assert otherwise(S01, weeks=2) == otherwise(S01, weeks=2)
    assert otherwise(S01, weeks=2, seed=1) == otherwise(S01, weeks=2, seed=1)


def test_items_carry_the_dose_of_the_day_and_what_was_done() -> None:
    last = course(S01)["weeks"][0]["sessions"][-1]

    for item in last["items"]:
        assert {"id", "sets", "load", "programme", "phase", "done", "because", "slot"} <= set(item)
    assert any((item["load"] or {}).get("kg", 0) > 0 for item in last["items"])
    moves = [item for item in last["items"] if item["kind"] != "stretch"]  # those are told as done or not
    assert all(item["done"]["sets"] == item["sets"] for item in moves)


def test_volume_counts_the_sets_that_were_done() -> None:
    week = course(S01)["weeks"][0]
    exercises = world().library.exercises
    quads = [
        item["done"]["sets"]
        for session in week["sessions"]
        for item in session["items"]
        if item["kind"] == "exercise" and exercises[item["id"]].areas[0] == "quads"
    ]

    assert week["volume"]["quads"] == sum(quads) > 0


def test_the_reserve_that_is_told_follows_what_the_body_can() -> None:
    never, often = (
        msgspec.structs.replace(story(S05).lifting, legs=legs) for legs in ("never", "twice-a-week")
    )
    weak, strong = (otherwise(S05, weeks=1, lifting=lifting) for lifting in (never, often))

    def told(found: dict[str, Any]) -> list[int]:
        items = found["weeks"][0]["sessions"][0]["items"]
        return [item["done"]["rir"] for item in items if item["done"]["rir"] is not None]

    assert all(more >= less for more, less in zip(told(strong), told(weak), strict=True))
    assert sum(told(strong)) > sum(told(weak))


def test_who_gets_worse_is_sent_on_and_who_does_not_change_too() -> None:
    worse = otherwise(S01, responder="worse", weeks=8)
    same = otherwise(S01, responder="none", weeks=10)

    assert {"referred", "closed"} & set(kinds(worse))
    assert {"referred", "closed"} & set(kinds(same))
    assert "upkeep" not in kinds(worse) + kinds(same)


def test_an_illness_a_pause_and_missed_sessions_leave_gaps() -> None:
    away = otherwise(S01, Event(kind="illness", week=2, days=7, fever=True), weeks=3)
    paused = otherwise(S01, Event(kind="pause", week=2, days=7), weeks=3)
    missed = otherwise(S01, Event(kind="missed", week=2, sessions=2, days=7), weeks=3)

    assert [len(found["weeks"][1]["sessions"]) for found in (away, paused)] == [0, 0]
    assert len(missed["weeks"][1]["sessions"]) < 3
    assert away["weeks"][1]["events"][0] == {
        "kind": "illness", "week": 2, "days": 7, "fever": True,
    }  # fmt: skip


def test_a_flare_is_felt_in_its_week() -> None:
    flare = otherwise(S01, Event(kind="flare", week=2, days=4, by=4), weeks=2)

    assert flare["weeks"][1]["pain"] >= otherwise(S01, weeks=2)["weeks"][1]["pain"] + 3


def test_stiff_mornings_are_told() -> None:
    assert course(S03)["weeks"][6]["stiff_min"] >= course(S03)["weeks"][5]["stiff_min"] + 10


def test_away_from_ones_things_the_session_needs_none() -> None:
    found = otherwise(S03, Event(kind="travel", week=2, days=7), weeks=2)
    exercises = world().library.exercises

    assert {session["kind_of_day"] for session in found["weeks"][1]["sessions"]} == {"away"}
    assert all(ALWAYS_THERE.issuperset(exercises[item["id"]].needs) for item in moves(found, 2))


def test_more_can_be_lifted_than_was_asked() -> None:
    told = msgspec.structs.replace(story(S01), events=(Event(kind="lifted-more", week=1, days=7),))
    lived = live(told, world(), 1)
    last = lived.weeks[0].sessions[-1]
    done: dict[str, float] = {}
    for entry in lived.runner.diary.entries:
        if isinstance(entry, SetDone) and entry.load is not None and entry.at.date() == last.date:
            done[entry.slot] = entry.load.total_kg

    asked = {item["slot"]: item["load"]["kg"] for item in last.items if (item["load"] or {}).get("kg")}
    assert asked
    assert all(done[slot] > kg for slot, kg in asked.items())


def test_a_danger_sign_that_is_said_closes_the_plan() -> None:
    found = otherwise(S01, Event(kind="said", week=2, answers={"septic-joint": "yes"}), weeks=4)

    assert "closed" in kinds(found)
    assert found["refused"]
    assert found["weeks"][3]["sessions"] == []


def test_no_plan_means_no_weeks() -> None:
    given = story(S01).given
    swollen = msgspec.structs.replace(given, answers={**given.answers, "septic-joint": "yes"})

    found = otherwise(S01, given=swollen)

    assert (found["weeks"], found["refused"][0]) == ([], "septic-joint")


@pytest.mark.parametrize("name", [S01, S03])
def test_a_diary_read_from_kept_pages_is_the_whole_diary(name: str) -> None:
    told = story(name)
    lived = live(told, world(), 6)
    assert lived.first is not None
    trainee = Trainee(
        given=told.given, plan=lived.first, told=lived.runner.diary.read(), library=world().library,
        wording=world().wording, began=BEGAN,
    )  # fmt: skip
    whole = msgspec.structs.replace(trainee, told=Diary(days=days_told(lived.runner.diary.entries)))
    day = BEGAN + datetime.timedelta(days=42)

    kept, plain = today(trainee, day), today(whole, day)
    assert (kept.pack, kept.following.stage, kept.following.given, kept.following.course.doses) == (
        plain.pack, plain.following.stage, plain.following.given, plain.following.course.doses,
    )  # fmt: skip
