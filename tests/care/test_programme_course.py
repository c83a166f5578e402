"""Weeks in a programme: the diary opens its doors, the plan follows, and pain or a guard takes it away."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.care.diarist import Diarist
from tests.training.virtual_runners import KNEE, World
from weaklink.care.begin import assess
from weaklink.care.train import SessionRequest, stands
from weaklink.library.reading import shipped_library
from weaklink.library.records import ALWAYS_THERE
from weaklink.library.wording import shipped_wording
from weaklink.training.plan.plan_document import PLAN_DOCUMENTS, plan_document

STORY: dict[str, Any] = {**KNEE, "programme": True, "mass_kg": 62, "owns": [{"kind": "rucksack"}]}
DAYS = (0, 2, 4)


@pytest.fixture(scope="module")
def world() -> World:
    return World(shipped_library(), shipped_wording())


def weeks(runner: Diarist, first: int, last: int, *, pain: int = 1) -> None:
    """Whole weeks: three sessions, every morning told, stairs and questions reviewed at each end."""
    for week in range(first, last):
        for day in range(7 * week, 7 * week + 7):
            runner.tells("morning", day, pain=1, stiff_min=0)
            if day - 7 * week in DAYS:
                pack = runner.day(day).pack
                assert pack is not None, day
                runner.session(pack, day, pain=pain, rir=3)


def phase(runner: Diarist, day: int) -> str:
    follows = runner.day(day).plan.follows
    return "" if follows is None else follows.phase


def test_the_next_phase_begins_with_a_week_once_its_doors_are_open(world: World) -> None:
    runner = Diarist(world, {**STORY, "pain": {"run": 3, "stairs": 5}})
    assert phase(runner, 0) == "calm"
    weeks(runner, 0, 4)
    assert phase(runner, 28) == "calm"  # the stairs still hurt 5, as far as anybody knows

    runner.tells("reviewed", 29, 20, answers={}, pains={"stairs": 1})
    assert phase(runner, 34) == "calm"  # a phase begins with a week
    found = runner.day(35)
    assert found.plan.follows is not None
    assert found.plan.follows.phase == "build"
    assert found.made is not None
    assert {i.phase for s in found.plan.weeks[3].sessions for i in s.items if i.phase} == {"build"}
    assert found.following.course.foothold is not None
    assert found.following.course.known is not None
    assert found.following.course.known.pains["stairs"] == 1


def test_away_no_load_is_asked_for_nor_offered_and_at_home_it_is_there_again(world: World) -> None:
    runner = Diarist(world, {**STORY, "equipment": ["weight"]})
    runner.trains(0, 2, 4, pain=0, rir=4)

    def loads(equipment: frozenset[Any] | None) -> list[Any]:
        pack = runner.day(7, SessionRequest(anyway=True, equipment=equipment)).pack
        assert pack is not None
        rungs = [rung for item in pack.items for rung in item.rungs]
        return [load.load for rung in rungs for load in rung.loads if load.load.kind != "none"]

    assert loads(None)
    assert loads(ALWAYS_THERE) == []
    found = runner.day(7, SessionRequest(anyway=True, equipment=ALWAYS_THERE)).following.course.doses
    assert any(state.load is not None for state in found.values())


def test_nothing_moves_on_by_the_calendar(world: World) -> None:
    runner = Diarist(world, STORY)
    runner.trains(0)
    for day in (7, 21, 35, 49, 63):
        assert phase(runner, day) == "calm"


def test_pain_in_every_move_keeps_the_phase(world: World) -> None:
    runner = Diarist(world, {**STORY, "pain": {"run": 4, "stairs": 2}})
    weeks(runner, 0, 2, pain=3)
    for day in (14, 16, 18):
        runner.tells("morning", day, pain=2, stiff_min=0)
    assert phase(runner, 21) in ("", "calm")


def test_a_guard_ends_the_programme_and_another_plan_is_made(world: World) -> None:
    runner = Diarist(world, STORY)
    runner.trains(0, 2)
    assert phase(runner, 4) == "calm"
    answers = {**runner.given.answers, "osteoporosis": "yes"}
    runner.given = msgspec.structs.replace(runner.given, answers=answers)
    found = runner.day(4)

    assert found.following.setting.programme is None
    assert found.made is not None
    assert found.plan.follows is None
    assert stands(found.plan, found.following)


def test_runs_and_walks_open_doors_by_what_was_told(world: World) -> None:
    shin = {**STORY, "pain_at": [{"site": "shin-medial", "side": "right"}], "pain": {"run": 3}, "tests": {}}
    runner = Diarist(world, shin)
    if phase(runner, 0) == "":
        pytest.fail("the shin has a programme")
    for day in (1, 3, 5):
        runner.tells("walked", day, minutes=40, pain=0)
        runner.tells("run-done", day, 9, km=5, minutes=31, pain=1)
    known = runner.day(8).following.course.known

    assert known is not None
    assert known.shown


def test_the_kept_document_of_a_plan_names_what_it_follows(world: World) -> None:
    runner = Diarist(world, STORY)
    made = assess(runner.given, world.library).plan
    assert made is not None
    document = plan_document(made, world.wording.say)

    assert document["follows"]["programme"] == "patellofemoral-pain"
    assert PLAN_DOCUMENTS.of(document).follows == made.follows
    plain = assess(msgspec.structs.replace(runner.given, programme=False), world.library).plan
    assert plain is not None
    assert "follows" not in plan_document(plain, world.wording.say)


def test_upkeep_waits_until_the_programme_is_gone_through_or_twice_its_weeks(world: World) -> None:
    runner = Diarist(world, STORY)
    weeks(runner, 0, 9, pain=0)
    assert phase(runner, 62) == "build"  # one more is ahead

    def in_upkeep(day: int) -> bool:
        runner.tells("reported", day, 20, pain_worst=0, change=5, activities={"stairs": 0})
        return runner.day(day).following.stage.phase == "upkeep"

    assert not in_upkeep(62)
    runner.given = msgspec.structs.replace(runner.given, programme=False)
    assert in_upkeep(62)


def test_no_phase_begins_in_the_week_after_a_move_was_stopped_for_pain(world: World) -> None:
    begins: list[int] = []
    for stopped in ((), ("sit-to-stand",), ("plank-knees",)):
        runner = Diarist(world, {**STORY, "pain": {"run": 3, "stairs": 2}})
        weeks(runner, 0, 1)
        for day in range(7, 14):
            runner.tells("morning", day, pain=1, stiff_min=0)
        runner.trains(7, 9, pain=1, rir=3)
        pack = runner.day(11).pack
        assert pack is not None
        here = tuple(name for name in stopped if name in {item.rungs[0].exercise for item in pack.items})
        runner.session(pack, 11, pain=1, rir=3, hurts=here)
        weeks(runner, 2, 4)
        begins.append(next(day for day in range(7, 42, 7) if phase(runner, day) == "build"))

    free, sore, apart = begins
    assert apart == free  # what the knee does not feel holds nothing up
    assert 7 <= sore - free <= 21  # later, and not for ever
