"""Doses now: what page and paper say of a week is what the session of a day asks for."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
import pytest

from tests.training.test_session_making import ARCH, entry, on, session
from tests.training.virtual_runners import ACHILLES, KNEE, START, World, unphased
from tests.written_diaries import diary_of
from weaklink.care.begin import assess
from weaklink.care.train import SessionRequest, Today, Trainee, plan_today, today
from weaklink.case.case_file import read_given
from weaklink.case.diary import AnyEntry
from weaklink.case.plan import Item, Plan
from weaklink.library.reading import Library
from weaklink.library.wording import shipped_wording
from weaklink.training.session.doses_now import with_limits_of
from weaklink.training.session.session_pack import SessionPack


@pytest.fixture(scope="module")
def world(library: Library) -> World:
    return World(library, shipped_wording())


def both(
    world: World, day: int, *entries: AnyEntry, story: dict[str, Any] = KNEE, library: Library | None = None
) -> tuple[Today, Plan, int]:
    """The day as the session sees it, and the plan as the page does with its week."""
    given, document = world.beginning(story)
    known = library or world.library
    plan = assess(read_given(story, world.library, assume_unanswered_no=True), world.library, "greedy").plan
    assert plan is not None
    trainee = Trainee(
        given=given, plan=document, told=diary_of(entries), library=known, wording=world.wording, began=START
    )
    made = today(trainee, on(day), SessionRequest(anyway=True))
    return made, *plan_today(trainee, made.made or plan, made, on(day))


def of_page(plan: Plan, number: int, weekday: str) -> dict[str, Item]:
    session_of = next(one for one in plan.weeks[number - 1].sessions if one.day == weekday)
    return {item.id: item for item in session_of.items}


def asked_for(pack: SessionPack) -> dict[str, tuple[int, int | None, int | None]]:
    rungs = [item.rungs[0] for item in pack.items]
    return {rung.exercise: (rung.sets, rung.reps, rung.hold_s) for rung in rungs}


def same(made: Today, plan: Plan, number: int) -> None:
    """Every move of the day's session stands on the plan with its dose, and nothing else of its kind does."""
    assert made.pack is not None
    assert made.due is not None
    weekday = made.plan.weeks[made.due.plan_week - 1].sessions[made.due.number].day
    there = of_page(plan, number, weekday)
    shown = {i.id: (i.sets, i.reps, i.hold_s) for i in there.values() if i.kind != "load-advice"}
    assert shown == asked_for(made.pack)


@pytest.mark.parametrize("story", [KNEE, ACHILLES, ARCH])
def test_every_day_of_five_weeks_agrees_with_its_session(world: World, story: dict[str, Any]) -> None:
    entries, seen = list[AnyEntry](), set[str]()
    for number, day in enumerate(week * 7 + n for week in range(5) for n in (0, 2, 4)):
        made, plan, week = both(world, day, *entries, story=story)
        same(made, plan, week)
        assert made.pack is not None
        seen.add(made.pack.kind_of_day)
        moves = [item.rungs[0].exercise for item in made.pack.items if item.kind == "exercise"]
        hurt = moves[number % len(moves)] if number % 5 == 4 else ""
        entries += session(day, made.pack, pain=number % 3, rir=(0, 4, 6, 6)[number % 4], hurt=hurt)
    assert "full" in seen


def test_a_lighter_week_stands_on_the_plan(world: World) -> None:
    entries = list[AnyEntry]()
    for day in (0, 2, 7, 9):
        made, *_ = both(world, day, *entries)
        assert made.pack is not None
        entries += session(day, made.pack, pain=3)
    made, plan, number = both(world, 14, *entries)

    assert made.pack is not None
    assert made.pack.kind_of_day == "lighter"
    same(made, plan, number)


@pytest.mark.parametrize("story", [unphased(KNEE), ARCH])
def test_upkeep_leaves_one_week_of_two_sessions(world: World, story: dict[str, Any]) -> None:
    first, *_ = both(world, 0, story=story)
    assert first.pack is not None
    report = entry("reported", 84, pain_worst=0, change=5)
    made, plan, number = both(world, 84, *session(0, first.pack), report, story=story)

    assert made.following.stage.phase == "upkeep"
    assert (number, len(plan.weeks), len(plan.weeks[0].sessions)) == (1, 1, 2)
    same(made, plan, number)


def test_what_may_not_be_given_any_more_stands_on_no_plan(world: World) -> None:
    _, before, _ = both(world, 0, story=ARCH)
    names = {item.id for item in before.weeks[0].sessions[0].items}
    stretch = next(i.id for i in before.weeks[0].sessions[0].items if i.kind == "stretch")
    retired = {
        name: msgspec.structs.replace(exercise, status="retired") if name == stretch else exercise
        for name, exercise in world.library.exercises.items()
    }
    library = msgspec.structs.replace(world.library, exercises=retired)
    _, after, number = both(world, 0, story=ARCH, library=library)

    assert stretch in names
    assert stretch not in {item.id for item in after.weeks[number - 1].sessions[0].items}


def test_a_plan_made_anew_shows_its_own_moves_where_they_may_be_given(world: World) -> None:
    made, *_ = both(world, 0)
    other = assess(read_given(ARCH, world.library, assume_unanswered_no=True), world.library, "greedy").plan
    assert other is not None
    given, document = world.beginning(KNEE)
    trainee = Trainee(
        given=given,
        plan=document,
        told=diary_of(()),
        library=world.library,
        wording=world.wording,
        began=START,
    )
    plan, number = plan_today(trainee, other, made, on(0))
    before = {item.id for session in other.weeks[0].sessions for item in session.items}
    after = {item.id for session in plan.weeks[number - 1].sessions for item in session.items}

    assert after < before
    assert len(after) > 1


def test_every_move_of_every_week_is_shown_with_the_limit_of_now(world: World) -> None:
    made, *_ = both(world, 0)
    plan = assess(read_given(KNEE, world.library, assume_unanswered_no=True), world.library, "greedy").plan
    assert plan is not None
    blank = [
        msgspec.structs.replace(
            week,
            sessions=tuple(
                msgspec.structs.replace(
                    one,
                    items=tuple(
                        msgspec.structs.replace(item, cap="of another language") for item in one.items
                    ),
                )
                for one in week.sessions
            ),
        )
        for week in plan.weeks
    ]
    shown = with_limits_of(msgspec.structs.replace(plan, weeks=tuple(blank)), made.following.setting)

    limits, before = limits_in(shown, advice=False), limits_in(plan, advice=False)
    assert limits == before
    assert any(limits)
    assert set(limits_in(shown, advice=True)) == {"of another language"}


def limits_in(plan: Plan, *, advice: bool) -> list[str]:
    """The limits of every move of a plan, or of its advice on running."""
    items = (item for week in plan.weeks for session in week.sessions for item in session.items)
    return [item.cap for item in items if (item.kind == "load-advice") == advice]


def test_other_weeks_stay_as_they_were_made(world: World) -> None:
    made, *_ = both(world, 0)
    assert made.pack is not None
    _, start, _ = both(world, 0)
    _, plan, number = both(world, 2, *session(0, made.pack, rir=6))

    assert number == 1
    assert plan.weeks[1:] == start.weeks[1:]
    assert isinstance(on(2), datetime.date)
