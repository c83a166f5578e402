"""Away: what is in the way on a day; a fever ends only when its end is told, and the day after."""

from __future__ import annotations

import datetime

import pytest

from tests.training.virtual_runners import START
from weaklink.case.diary import Away, AwayWhy
from weaklink.training.progression.away import away_on, had_fever, has_fever, ill_days, rests

DAY = datetime.timedelta(days=1)


def said(why: AwayWhy, day: int, until: int | None = None, hour: int = 8) -> Away:
    at = datetime.datetime.combine(START + day * DAY, datetime.time(hour), datetime.UTC)
    last = None if until is None else START + until * DAY
    return Away(id=f"away-{why}-{day:03}", at=at, why=why, until=last)


def why_on(told: list[Away], *days: int) -> list[str]:
    found = [away_on(told, START + day * DAY) for day in days]
    return [one.why if one is not None else "" for one in found]


def test_a_fever_lasts_through_the_day_on_which_its_end_is_told() -> None:
    told = [said("fever", 2, until=3), said("back", 6)]

    assert why_on(told, 1, 2, 5, 6, 7) == ["", "fever", "fever", "fever", ""]


def test_nothing_but_its_end_ends_a_fever() -> None:
    told = [said("fever", 2), said("travel", 4), said("race", 5, until=6)]

    assert why_on(told, 5, 60) == ["fever", "fever"]


def test_another_fever_after_the_end_of_one_is_a_fever() -> None:
    told = [said("fever", 2), said("back", 4), said("fever", 5)]

    assert why_on(told, 4, 5, 20) == ["fever", "fever", "fever"]


@pytest.mark.parametrize(
    ("why", "until", "last"), [("travel", 9, 9), ("life", None, 8), ("race", None, 8), ("illness", 5, 5)]
)
def test_the_rest_ends_by_its_day(why: AwayWhy, until: int | None, last: int) -> None:
    told = [said(why, 2, until)]

    assert why_on(told, last, last + 1) == [why, ""]


def test_the_newest_word_counts_and_back_ends_it() -> None:
    told = [said("travel", 2), said("life", 4, until=9), said("back", 6)]

    assert why_on(told, 3, 4, 6) == ["travel", "life", ""]


def test_before_a_race_and_on_its_day_nothing_is_due() -> None:
    race = said("race", 0, until=6)

    assert [day for day in range(7) if rests(race, START + day * DAY)] == [4, 5, 6]
    assert not rests(said("race", 0), START + DAY)
    assert rests(said("illness", 0), START)


def test_days_of_illness_are_counted_and_days_of_travel_are_not() -> None:
    told = [said("illness", 1), said("back", 4), said("travel", 6), said("fever", 10), said("back", 12)]

    assert ill_days(told, START, START + 20 * DAY) == 6  # 1 to 3, and 10 to 12
    assert had_fever(told, START + 9 * DAY, START + 20 * DAY)
    assert not had_fever(told, START, START + 9 * DAY)
    assert not has_fever([], START)
