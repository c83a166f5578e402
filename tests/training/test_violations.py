"""The checker finds every broken rule: good plans are spoilt one way at a time."""

from __future__ import annotations

import msgspec
import pytest

from tests.training.making import (
    KNEE,
    LIBRARY,
    SELF_MANAGE,
    differential,
    exercise,
    hypothesis,
    library,
    refused,
    sore_knee,
)
from tests.training.violations import violations
from weaklink.case.given import Wish
from weaklink.case.plan import Item, Plan
from weaklink.training.plan.planning import make_plan

RUNNER = sore_knee()
replace = msgspec.structs.replace


def good(given=RUNNER, found=KNEE, known=LIBRARY) -> Plan:
    plan = make_plan(given, known, SELF_MANAGE, found, "greedy")
    assert isinstance(plan, Plan)
    assert violations(plan, given, known, SELF_MANAGE, found) == ()
    return plan


def with_session(plan: Plan, **parts) -> Plan:
    """The plan with its first session changed."""
    week = plan.weeks[0]
    session = replace(week.sessions[0], **parts)
    return replace(plan, weeks=(replace(week, sessions=(session, *week.sessions[1:])), *plan.weeks[1:]))


def with_items(plan: Plan, *items: Item) -> Plan:
    return with_session(plan, items=(plan.weeks[0].sessions[0].items[0], *items))


def found_in(plan: Plan, given=RUNNER, ranking=KNEE, disposition=SELF_MANAGE, known=LIBRARY) -> str:
    return "; ".join(violations(plan, given, known, disposition, ranking))


def move(name: str, **parts) -> Item:
    return Item(kind="exercise", id=name, easier="stop", **parts)


@pytest.mark.parametrize(
    ("item", "complaint"),
    [
        (move("unheard-of"), "unheard-of: not in the library"),
        (
            move("wall-squat", cap="no deeper than 45 degrees"),
            "wall-squat in week 1: training.withheld-later",
        ),
        (move("band-walk"), "band-walk in week 1: training.withheld-level-full"),
        (replace(move("sit-to-stand"), easier=""), "sit-to-stand: no easier way"),
        (replace(move("sit-to-stand"), easier="unheard-of"), "sit-to-stand: no easier way"),
        (move("sit-to-stand", rir=0), "sit-to-stand: too few repetitions in reserve"),
        (move("sit-to-stand", seconds=20 * 60 + 1), "mon: takes longer than it says"),
    ],
)
def test_a_wrong_item_is_found(item, complaint):
    assert complaint in found_in(with_items(good(), item))


def test_a_missing_limit_is_found():
    plan = with_items(good(), move("wall-squat"))

    assert "wall-squat: its limit is missing" in found_in(plan)


def test_too_many_minutes_are_found():
    assert "mon: 21 minutes of 20" in found_in(with_session(good(), minutes=21))


def test_too_many_exercises_are_found():
    names = (
        "quad-set",
        "straight-leg-raise",
        "sit-to-stand",
        "clamshell",
        "side-lift",
        "heel-dig",
        "heel-raise",
    )

    assert "more than 7 exercises" in found_in(with_items(good(), *map(move, names), move("seated-raise")))


def test_a_session_that_does_not_begin_with_the_load_advice_is_found():
    assert "mon: the load advice is not first" in found_in(with_session(good(), items=(move("quad-set"),)))


def test_a_session_before_a_hard_run_is_found():
    assert "the day before a hard run" in found_in(good(), sore_knee(hard_runs=("tue",)))


def test_a_session_on_another_day_is_found():
    assert "sun: not a day of the runner" in found_in(with_session(good(), day="sun"))


def test_heavy_legs_before_a_hard_run_are_found():
    given = sore_knee(level="seasoned", days=("tue", "sat"), hard_runs=("thu",))
    ranking = differential(hypothesis("calf-gastroc"))
    plan = with_items(good(given, ranking), move("one-leg-raise"))

    assert "tue: one-leg-raise within 48 hours of a hard run" in found_in(plan, given, ranking)


def test_an_exercise_more_often_than_its_dose_allows_is_found():
    known = library(exercise("often", "quads"))
    plan = good(sore_knee(days=3), known=known)
    week = plan.weeks[0]
    fourth = replace(
        plan, weeks=(replace(week, sessions=(*week.sessions, week.sessions[0])), *plan.weeks[1:])
    )

    assert "often: 4 times in week 1" in found_in(fourth, sore_knee(days=3), known=known)


def test_stretches_for_forbidden_runs_are_found():
    bone = differential(hypothesis("quads"), conditions={"tibial-bsi": "likely"})

    assert "stretches for runs that are not allowed" in found_in(good(), ranking=bone)


def test_a_wish_that_is_not_met_is_found():
    wished = sore_knee(wish=Wish(areas=7, rounds=4))
    found = found_in(good(), wished)

    assert "areas of 7 wished" in found
    assert "not 4 rounds" in found


def test_a_plan_where_none_may_be_given_is_found():
    assert "refused by night-rest-pain" in found_in(good(), disposition=refused())
