"""A smaller plan is offered to whoever does at most one session of three, and only then."""

from __future__ import annotations

import datetime

import pytest

from tests.training.virtual_runners import START
from weaklink.case.diary import Away
from weaklink.training.course.smaller_plan import smaller_plan

DAY = datetime.timedelta(days=1)
DAYS = frozenset({0, 2, 4})  # START is a Monday


def offered(*trained: int, today: int = 21, away: tuple[Away, ...] = (), days: frozenset[int] = DAYS):  # type: ignore[no-untyped-def]
    return smaller_plan([START + n * DAY for n in trained], days, away, START, START + today * DAY)


@pytest.mark.parametrize(
    ("trained", "days"),
    [((2, 9, 16), ("wed",)), ((2,), ("wed",)), ((), ("mon",)), ((0, 2, 7), ("mon",))],
)
def test_one_of_three_or_less_is_offered_the_day_that_is_kept(
    trained: tuple[int, ...], days: tuple[str, ...]
) -> None:
    found = offered(*trained)

    assert found is not None
    assert (found.done, found.planned, found.days) == (len(trained), 9, days)


def test_more_than_that_is_offered_nothing() -> None:
    assert offered(0, 7, 9, 14) is None


def test_before_three_weeks_are_over_nobody_can_tell() -> None:
    assert offered(today=20) is None


def test_one_session_a_week_is_small_already() -> None:
    assert offered(days=frozenset({2})) is None


def test_days_of_illness_were_not_planned() -> None:
    at = datetime.datetime.combine(START + 3 * DAY, datetime.time(8), datetime.UTC)
    ill = Away(id="away-0001", at=at, why="illness")

    assert offered(0, 2, away=(ill,)) is None
