"""The days of the week beside the hard runs."""

from __future__ import annotations

from hypothesis import given as runs

from tests.training.making import healthy, runners
from weaklink.training.dose.session_days import best_spread, later_day, session_days


def days_of(**parts):
    return [day.day for day in session_days(healthy(**parts)).days]


def test_a_number_of_days_is_spread_over_the_week():
    assert days_of(days=2) == ["mon", "thu"]
    assert days_of(days=3) == ["mon", "wed", "fri"]


def test_the_runner_s_days_are_kept_in_the_order_of_the_week():
    assert days_of(days=("fri", "mon", "wed")) == ["mon", "wed", "fri"]


def test_the_day_before_a_hard_run_stays_free_and_is_named():
    found = session_days(healthy(days=("mon", "wed", "fri"), hard_runs=("tue",)))

    assert [day.day for day in found.days] == ["wed", "fri"]
    assert found.dropped == ("mon",)


def test_the_week_is_round():
    assert days_of(days=("sun", "wed"), hard_runs=("mon",)) == ["wed"]
    assert later_day("sun", 1) == "mon"


def test_a_number_of_days_moves_away_from_hard_runs():
    assert days_of(days=3, hard_runs=("tue", "thu")) == ["tue", "thu", "sat"]


def test_two_days_before_a_hard_run_legs_stay_light():
    kinds = {day.day: day.kind for day in session_days(healthy(days=("tue", "fri"), hard_runs=("thu",))).days}

    assert kinds == {"tue": "no-heavy-legs", "fri": "full"}


def test_on_the_day_of_a_hard_run_the_run_goes_first():
    found = session_days(healthy(days=("tue",), hard_runs=("tue",))).days[0]

    assert found.after_run


def test_more_than_three_days_make_the_others_light():
    kinds = [day.kind for day in session_days(healthy(days=5)).days]

    assert sorted(kinds) == ["full", "full", "full", "light", "light"]


def test_no_day_is_left_if_all_come_before_a_hard_run():
    assert days_of(days=("mon",), hard_runs=("tue",)) == []
    assert best_spread((), 2) == ()


@runs(runner=runners())
def test_no_session_is_ever_on_the_day_before_a_hard_run(runner):
    found = session_days(runner)

    assert all(later_day(day.day, 1) not in runner.hard_runs for day in found.days)
    assert len(found.days) <= (runner.days if isinstance(runner.days, int) else len(runner.days))
