"""The pain trend: rising mornings, weeks without change, upkeep and relapse."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given as runs
from hypothesis import strategies as st

from weaklink.case.diary import Felt, Hurt, Morning, Note, Reported, RunDone, SetDone
from weaklink.case.given import Given
from weaklink.training.course.adherence import Counted
from weaklink.training.course.day_told import days_told
from weaklink.training.course.pain_trend import (
    RISING_MORNINGS,
    EndOfWeek,
    Felt010,
    PainByDay,
    baseline,
    has_stalled,
    is_better,
    is_rise,
    is_time_to_be_seen,
    is_worse,
    worst_in_week,
)
from weaklink.training.course.past import felt_in
from weaklink.training.course.upkeep import Stage, relapses_on, upkeep_sets
from weaklink.training.dose.pain_profile import PROFILES

DAY = datetime.date(2026, 11, 2)
JOINT = PROFILES["joint"]
ENOUGH = dict.fromkeys(range(1, 13), 0.9)


def on(number: int) -> datetime.date:
    return DAY + datetime.timedelta(days=number)


def at(number: int) -> datetime.datetime:
    return datetime.datetime.combine(on(number), datetime.time(7), datetime.UTC)


def morning(number: int, pain: int) -> Morning:
    return Morning(id=f"morning-{number}", at=at(number), date=on(number), pain=pain)


def test_every_pain_that_was_said_counts_on_its_day():
    told = [
        morning(0, 1),
        RunDone(id="run-00001", at=at(1), date=on(1), km=5, pain=3),
        RunDone(id="run-00002", at=at(2), date=on(2), km=5),
        Reported(id="report-01", at=at(3), pain_worst=6),
        Reported(id="report-02", at=at(4), change=1),
        SetDone(id="set-00001", at=at(5), session="session-1", slot="s", exercise="e", set=1, pain=2),
        Felt(id="felt-0001", at=at(5), session="session-1", slot="s", exercise="e", pain=4),
        Hurt(id="hurt-0001", at=at(6), session="session-1", slot="s", exercise="e"),
        Note(id="note-0001", at=at(7), text="it rained"),
    ]

    assert felt_in(days_told(told)).worst == {on(0): 1, on(1): 3, on(3): 6, on(5): 4}


def test_the_start_is_the_most_pain_in_moving():
    assert baseline(Given(age=30, pain={"run": 4, "stairs": 5, "night": 8, "rest": 7})) == 5
    assert baseline(Given(age=30)) == 0


def test_one_bad_day_is_no_trend():
    assert worst_in_week({on(0): 9, on(3): 2}, on(6)) == 2
    assert worst_in_week({on(0): 9}, on(6)) == 9
    assert worst_in_week({on(0): 9}, on(7)) is None


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({0: 1, 1: 3, 2: 5}, True),
        ({0: 3, 1: 4, 2: 5}, True),
        ({0: 1, 1: 2, 2: 3}, False),  # not red
        ({0: 4, 1: 4, 2: 6}, False),  # not on each morning
        ({0: 1, 2: 3, 3: 5}, True),  # a morning left out hides nothing
        ({0: 1, 3: 3, 5: 5}, False),  # too far apart to be in a row
        ({0: 1, 1: 3, 2: 5, 3: 0}, True),  # it was so once
        ({}, False),
    ],
)
def test_three_rising_mornings_that_end_red(row, expected):
    mornings = [Felt010(on(n), pain) for n, pain in row.items()]
    rows = (mornings[n : n + RISING_MORNINGS] for n in range(max(1, len(mornings) - RISING_MORNINGS + 1)))
    assert any(is_rise(one, JOINT) for one in rows) is expected


def test_clear_changes_are_two_points_or_thirty_percent():
    assert (is_worse(4, 6), is_worse(4, 5), is_worse(4, None)) == (True, False, False)
    assert (is_better(4, 2), is_better(4, 3), is_better(3, 2), is_better(3, None)) == (
        True,
        False,
        True,
        False,
    )
    assert not is_better(0, 0)


def stalled(start, weekly, shares=ENOUGH, weeks=12, profile=JOINT):
    """The first week at whose end it is time to be seen; None if never."""
    by_day = {on(7 * week + n): pain for week, pain in enumerate(weekly) for n in (3, 5, 7)}
    for week in range(1, weeks + 1):
        felt = PainByDay(worst=by_day)
        end = EndOfWeek(date=on(7 * week), day=7 * week, share=shares.get(week, 0.0))
        if week > 1 and is_time_to_be_seen(start, felt, end, profile):
            return week
    return None


def test_worse_is_seen_from_the_second_week_on():
    assert stalled(4, [6] * 12) == 2
    assert stalled(4, [4, 4, 6]) == 3
    assert stalled(0, [2] * 12) is None  # still green


def test_unchanged_is_seen_at_four_six_or_eight_weeks():
    half = dict.fromkeys(range(1, 13), 0.5)

    assert stalled(4, [4] * 12) == 4
    assert stalled(4, [4, 4, 3, 3, 3, 3, 3, 3]) == 6
    assert stalled(4, [4] * 12, shares=half) == 8
    assert stalled(4, [4, 3, 2, 2, 2, 2, 2, 2, 2, 2]) is None
    assert stalled(1, [1] * 12) is None


def test_without_a_number_in_the_last_week_nothing_is_concluded():
    assert stalled(4, [4]) is None


@runs(st.integers(2, 10), st.integers(0, 10), st.integers(0, 90), st.booleans(), st.integers(1, 5))
def test_more_pain_never_calms(start, now, day, enough, more):
    assert has_stalled(start, min(10, now + more), day, enough=enough) >= has_stalled(
        start, now, day, enough=enough
    )


# --- upkeep ------------------------------------------------------------------------------------------------

UPKEEP = Stage(phase="upkeep", since=on(28), pain=1)


def test_pain_back_on_two_days_is_a_relapse_and_on_one_it_is_not():
    assert relapses({30: 5}) == []
    assert relapses({30: 5, 33: 4}) == [33]
    assert relapses({30: 5, 40: 4}) == []
    assert relapses({30: 2, 33: 2}) == []
    assert relapses({20: 5, 21: 5}) == []


def relapses(worst):
    felt = PainByDay(worst={on(day): pain for day, pain in worst.items()})
    return [day for day in worst if relapses_on(on(day), UPKEEP, felt, JOINT)]


def test_upkeep_takes_about_two_thirds_of_the_sets():
    assert [upkeep_sets(n) for n in (1, 2, 3, 4, 5)] == [1, 1, 2, 3, 3]


# --- adherence ---------------------------------------------------------------------------------------------


def test_nothing_planned_is_nothing_missed():
    assert Counted().share_until(DAY, on(6), frozenset()) == 0.0
    assert Counted().share_until(DAY, on(6), frozenset({0, 2})) == 0.0
    assert Counted().so_far(DAY, on(6), frozenset()).share == 0.0
