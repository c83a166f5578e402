"""Made runners: whole stories of people who finish the interview, some with tests, put where pages find them."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from typing import Any

import msgspec

from tests.cases.running import FOLDER, read
from tests.reasoning.truths import LIBRARY, MOMENTS, truths
from weaklink.bootstrap import House
from weaklink.care.ports import Episode, Runner
from weaklink.care.transcript import aim_of, answered
from weaklink.case.given import Given, PainPlace, Result, RunningLoad
from weaklink.library.records import ClinicalTest
from weaklink.quantities import Side
from weaklink.reasoning.interview import Told, next_step
from weaklink.reasoning.observed import BOTH
from weaklink.web.visit.flow import LEFT

MOSTLY, SELDOM = ("benign", "conditions"), ("understated",)
HOME_TESTS = [test for test in LIBRARY.clinical_tests.values() if test.performed_by == "self"]
MOST_SCREENS = 60


def made_runners(seed: int, count: int) -> Iterator[Told]:
    """As many as wanted: told stories with other numbers and tests, people in whom nothing hurts, and any truth."""
    chance = random.Random(seed)
    stories, dangers, anybody = stories_of(MOSTLY), stories_of(SELDOM), truths(seed, count)
    for number in range(count):
        if number % 8 == 7:
            yield told_by(next(anybody), chance)
        elif number % 8 == 5:
            yield told_by(without_pain(chance), chance)
        else:
            yield told_by(varied(chance.choice(dangers if number % 8 == 3 else stories), chance), chance)


def stories_of(kinds: tuple[str, ...]) -> list[Given]:
    """The stories of some folders of cases."""
    return [read(path, LIBRARY).given for kind in kinds for path in sorted((FOLDER / kind).glob("*.toml"))]


def without_pain(chance: random.Random) -> Given:
    """Somebody in whom nothing hurts."""
    return Given(
        age=chance.randint(16, 75), level=chance.choice(("planning", "novice", "regular", "seasoned"))
    )


def varied(story: Given, chance: random.Random) -> Given:
    """A story with its places as they are tapped, and with some of its numbers moved."""
    places = {PainPlace(place.site, side) for place in story.pain_at for side in tapped(place)}
    moved: dict[Any, int] = {
        moment: chance.randint(0, 5) for moment in MOMENTS if places and chance.random() < 0.15
    }
    return msgspec.structs.replace(
        story,
        pain_at=tuple(sorted(places)),
        pain={**story.pain, **moved},
        level=chance.choice(("planning", "novice", story.level, story.level)),
        tests={} if chance.random() < 0.5 else story.tests,
    )


def tapped(place: PainPlace) -> tuple[Side, ...]:
    """The sides of a place as a body is tapped."""
    if place.side == "both":
        return BOTH
    return ("right",) if place.side == "not-said" else (place.side,)


def told_by(truth: Given, chance: random.Random) -> Told:
    """What an interview heard of somebody, before and after some tests at home, with a week to train in."""
    tests = truth.tests if truth.tests or chance.random() < 0.5 else some_results(chance)
    told = interviewed(Told(aim=aim_of(truth)), truth)
    assert told.given is not None
    known = [
        None,
        RunningLoad(longest_run_30d_km=8.0),
        RunningLoad(longest_run_30d_km=8.0, spike_percent=40.0),
    ]
    given = msgspec.structs.replace(
        told.given,
        tests=tests,
        days=chance.choice((("mon", "thu"), ("mon", "wed", "fri"), 2, 3)),
        minutes=chance.choice((10, 15, 20, 30, 45)),
        load=chance.choice(known),
        assume_unanswered_no=False,
    )
    return interviewed(msgspec.structs.replace(told, given=given), truth)


def interviewed(told: Told, truth: Given) -> Told:
    """An interview walked on to its end by somebody for whom exactly the truth holds."""
    for _ in range(MOST_SCREENS):
        step = next_step(told, LIBRARY)
        if step is None:
            return told
        told, _ = answered(step, told, truth, LIBRARY, "no")
    raise AssertionError("the interview does not end")


def some_results(chance: random.Random) -> dict[str, dict[Side, Result]]:
    """A few home tests, done on both sides."""
    return {test.id: result_of(test, chance) for test in chance.sample(HOME_TESTS, chance.randint(1, 5))}


def result_of(test: ClinicalTest, chance: random.Random) -> dict[Side, Result]:
    sides: tuple[Side, ...] = BOTH if test.sided else ("none",)
    return {side: side_result(test, chance) for side in sides}


def side_result(test: ClinicalTest, chance: random.Random) -> Result:
    pain = chance.choice((None, 0, 0, 1, 3))
    if test.value == "option":
        return Result(option=chance.choice(test.options).id, pain=pain)
    if test.value == "pain-at-levels":
        return Result(pain_at={test.levels[0]: chance.randint(0, 4)})
    return Result(value=float(chance.randint(int(test.min), min(int(test.max), 40))), pain=pain)


def put(house: House, told: Told) -> None:
    """A new episode with all of it, as the pages would have kept it."""
    there, _ = house.records.present() or (None, None)
    now = house.clock.now()
    if there is None:
        there = Runner(id=str(uuid.uuid4()), created_at=now)
        house.records.keep_runner(there).result(5)
    episode = Episode(
        id=str(uuid.uuid4()),
        runner_id=there.id,
        given=table_of(told.given),
        steps={"aim": told.aim, LEFT: sorted(told.left), "reached": True},
        edition=house.library.edition,
        created_at=now,
        updated_at=now,
    )
    house.records.keep_episode(episode).result(5)


def table_of(given: Given | None) -> dict[str, Any]:
    """What is given as the pages keep it."""
    assert given is not None
    table: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(given))
    table.pop("assume_unanswered_no")
    for place in table["pain_at"]:
        if place["side"] == "none":
            place.pop("side")
    table["tests"] = {
        test: {side: _as_written(result) for side, result in sides.items()}
        for test, sides in table["tests"].items()
    }
    return _said(table)


def _as_written(result: dict[str, Any]) -> dict[str, Any]:
    """A case file has one word for a number and an option, and a level's pain beside them."""
    option = result.pop("option", None)
    written = _said(result | result.pop("pain_at", {}))
    return written if option is None else written | {"value": option}


def _said(table: dict[str, Any]) -> dict[str, Any]:
    kept = {key: _said(value) if key == "load" and value else value for key, value in table.items()}
    return {key: value for key, value in kept.items() if value not in (None, [], {}, "")}
