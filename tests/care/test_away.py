"""Life in the way, through the real rules: less for a while, one step down after a fever, nothing piled up."""

from __future__ import annotations

import pytest

from tests.care.diarist import Diarist, on
from tests.training.virtual_runners import World
from weaklink.care.follow_up import runs_wait
from weaklink.care.train import SessionRequest, Today, Trainee, today
from weaklink.library.reading import Library
from weaklink.library.records import ALWAYS_THERE
from weaklink.library.wording import shipped_wording


@pytest.fixture(scope="module")
def world(library: Library) -> World:
    return World(library, shipped_wording())


def looked(her: Diarist, day: int, **asked: object) -> Today:
    """A day, asked as a page would."""
    diary = her.diary
    trainee = Trainee(
        given=her.given, plan=her.plan, told=diary, library=her.world.library, wording=her.world.wording,
        began=diary.past.first_session or on(0), judge=her.world.judge, screen=her.world.screen,
    )  # fmt: skip
    return today(trainee, on(day), SessionRequest(**asked))  # type: ignore[arg-type]


def volume(found: Today) -> int:
    assert found.pack is not None
    rungs = [item.rungs[0] for item in found.pack.items if item.kind == "exercise"]
    return sum(rung.sets * (rung.reps or 1) * (rung.hold_s or 1) for rung in rungs)


def test_with_a_fever_nothing_is_trained_whatever_is_asked(world: World) -> None:
    her = Diarist(world)
    her.trains(0, 2)
    her.tells("away", 4, why="fever")

    for day in (4, 7, 30):
        for asked in ({}, {"anyway": True}, {"around": "before-run"}, {"minutes": 10, "anyway": True}):
            assert looked(her, day, **asked).pack is None
    assert runs_wait(looked(her, 7).following, on(7))

    her.tells("away", 30, 9, why="back")
    assert looked(her, 30, anyway=True).pack is None
    assert looked(her, 31, anyway=True).pack is not None
    assert not runs_wait(looked(her, 31).following, on(31))


def test_after_a_fever_the_start_is_one_step_gentler_than_after_the_days_alone(world: World) -> None:
    """Rules G: a week away changes nothing; a week with a fever in it is one step further down."""
    well, ill = Diarist(world), Diarist(world)
    for one in (well, ill):
        one.trains(0, 2, 4)
    ill.tells("away", 6, why="fever")
    ill.tells("away", 9, why="back")

    assert volume(looked(ill, 11, anyway=True)) < volume(looked(well, 11, anyway=True))
    ill.trains(11)
    reasons = [reason.rule for reason in ill.day(14).following.course.last_session]
    assert "after-a-fever" in reasons
    ill.trains(14)
    assert "after-a-fever" not in [r.rule for r in ill.day(16).following.course.last_session]


def test_ill_without_a_fever_the_plan_waits_and_its_weeks_stand_still(world: World) -> None:
    her = Diarist(world)
    her.trains(0, 2, 4)
    her.tells("away", 7, why="illness")
    waits = looked(her, 7)
    assert (waits.pack, waits.why_not) == (None, "away")
    assert looked(her, 7, anyway=True).pack is not None

    her.tells("away", 21, why="back")
    found = looked(her, 21)

    assert found.due is not None
    assert (found.due.week, found.due.plan_week) == (4, 2)
    assert found.due.why == "planned"


def test_on_a_journey_nothing_is_needed_and_in_a_full_life_ten_minutes_are_enough(world: World) -> None:
    her = Diarist(world)
    her.trains(0, 2, 4)
    usual = looked(her, 7)
    her.tells("away", 7, why="travel", until=str(on(12)))
    packed = looked(her, 7)
    assert packed.pack is not None
    assert packed.pack.kind_of_day == "away"
    exercises = world.library.exercises
    assert all(set(exercises[i.rungs[0].exercise].needs) <= ALWAYS_THERE for i in packed.pack.items)

    her.tells("away", 8, why="life")
    short = looked(her, 9)
    assert short.pack is not None
    assert usual.pack is not None
    assert (short.pack.kind_of_day, short.pack.minutes <= 11) == ("short", True)
    assert looked(her, 16).pack is not None
    assert looked(her, 16).away is None


def test_what_was_not_done_while_away_is_never_asked_for_later(world: World) -> None:
    her = Diarist(world)
    her.trains(0, 2, 4)
    before = looked(her, 7, anyway=True)
    her.tells("away", 7, why="illness")
    her.tells("away", 13, why="back")

    assert volume(looked(her, 14, anyway=True)) <= volume(before)
    trained = []
    for day in range(14, 21):
        due = looked(her, day).due
        if due is not None and due.due:
            her.trains(day)
            trained.append(day)
    assert trained == [14, 16, 18]
