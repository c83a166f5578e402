"""The dose of one exercise: numbers, growth over weeks, effort, and the time it takes."""

from __future__ import annotations

import pytest
from hypothesis import given as runs
from hypothesis import strategies as st

from tests.training.making import DOSES, EXERCISES, LIBRARY, dose, exercise
from weaklink.library.records import Prescription
from weaklink.training.dose.dose import (
    DosedRunner,
    grown,
    merged,
    prescribe,
    rest_between,
    seconds_taken,
    set_choices,
    times_a_week,
)

NOVICE = DosedRunner(level="novice")
CLAMSHELL = LIBRARY.exercises["clamshell"]
PLANK = LIBRARY.exercises["plank"]
END = LIBRARY.doses["end"]


def test_own_numbers_replace_those_of_the_class_and_the_rest_stays():
    found = merged(END, CLAMSHELL)

    assert (found.sets, found.reps, found.rest_s, found.per_week) == ((1, 2), (10, 50), 60, (2, 3))


def test_an_exercise_without_own_numbers_has_those_of_its_class():
    assert merged(END, exercise("plain", "quads")) == END.gives


def test_one_repetition_of_a_hold_is_the_hold():
    found = prescribe(PLANK, END, NOVICE, 2)

    assert (found.reps, found.hold_s, found.rir) == (None, 20, None)


def test_a_novice_starts_at_the_bottom_of_the_range():
    assert prescribe(CLAMSHELL, END, NOVICE, 1).reps == 10


def test_a_seasoned_runner_starts_a_third_of_the_way_up():
    assert prescribe(CLAMSHELL, END, DosedRunner(level="seasoned"), 1).reps == 23


def test_clamshell_repetitions_rise_with_the_weeks_to_fifty_and_no_further():
    found = [prescribe(CLAMSHELL, END, NOVICE, 1, weeks).reps for weeks in (0, 1, 2, 30)]

    assert found == [10, 14, 18, 50]


def test_a_pure_hold_grows_in_seconds_and_a_held_repetition_does_not():
    hold = prescribe(LIBRARY.exercises["quad-set"], LIBRARY.doses["iso"], NOVICE, 2, 2)
    held = prescribe(LIBRARY.exercises["wall-squat"], END, NOVICE, 1, 2)

    assert (hold.hold_s, held.hold_s, held.reps) == (40, 5, 12)


def test_two_repetitions_stay_in_reserve_unless_the_dose_or_a_guard_asks_for_more():
    easy = prescribe(LIBRARY.exercises["bird-dog"], LIBRARY.doses["motor"], NOVICE, 2)
    minor = prescribe(CLAMSHELL, END, DosedRunner(level="novice", min_rir=3), 1)
    bare = prescribe(exercise("bare", "quads"), dose("bare", sets=(2, 2), reps=(5, 5)), NOVICE, 2)

    assert (easy.rir, minor.rir, bare.rir) == (4, 3, 2)


def test_both_sides_the_rests_and_the_setting_up_are_counted():
    found = seconds_taken(3, 10, None, 60, LIBRARY.exercises["straight-leg-raise"])

    assert found == 3 * 2 * 10 * 4 + 2 * 60 + 20


def test_a_held_repetition_takes_its_hold_and_never_less_than_the_exercise_states():
    wall_squat = LIBRARY.exercises["wall-squat"]

    assert seconds_taken(1, 10, 5, 60, wall_squat) == 10 * 11 + 20
    assert seconds_taken(1, 10, 10, 60, wall_squat) == 10 * 13 + 20


def test_in_a_circuit_the_next_station_is_the_rest_and_from_65_rests_are_longer():
    assert rest_between(END.gives, DosedRunner(circuit=True)) == 20
    assert rest_between(END.gives, DosedRunner(longer_rest=True)) == 90
    assert rest_between(Prescription(), NOVICE) == 0


def test_a_side_rests_while_the_other_one_works():
    heavy = Prescription(rest_s=150)

    assert rest_between(heavy, NOVICE, 48.0) == 105
    assert rest_between(heavy, NOVICE, 200.0) == 30
    assert rest_between(Prescription(rest_s=20), NOVICE, 60.0) == 20
    assert rest_between(END.gives, DosedRunner(longer_rest=True), 40.0) == 50


def test_a_large_number_of_sets_may_shrink_and_a_wish_decides_alone():
    assert set_choices(LIBRARY.doses["iso"].gives) == (2, 5)
    assert set_choices(Prescription(sets=(3, 4))) == (3, 4)
    assert set_choices(END.gives) == (2, 3)
    assert set_choices(Prescription()) == (1,)
    assert set_choices(END.gives, 1) == (1,)


def test_how_often_a_week_comes_from_the_dose():
    assert times_a_week(CLAMSHELL, END) == 3
    assert times_a_week(CLAMSHELL, dose("daily", reps=(5, 5))) == 7


@pytest.mark.parametrize("name", [e.id for e in EXERCISES])
@runs(
    weeks=st.integers(0, 12),
    sets=st.integers(1, 5),
    level=st.sampled_from(("planning", "novice", "regular", "seasoned")),
)
def test_more_weeks_never_give_less_and_the_range_is_never_left(name, weeks, sets, level):
    move = LIBRARY.exercises[name]
    gives, runner = merged(LIBRARY.doses[move.dose], move), DosedRunner(level=level)
    now = prescribe(move, LIBRARY.doses[move.dose], runner, sets, weeks)
    later = prescribe(move, LIBRARY.doses[move.dose], runner, sets, weeks + 1)

    assert later.seconds >= now.seconds > 0
    for value, bounds in ((now.reps, gives.reps), (now.hold_s, gives.hold_s)):
        assert value is None or bounds[0] <= value <= bounds[1]


def test_growth_stops_at_the_high_end():
    assert grown((10, 12), 5, 1) == 12


def test_every_class_of_the_tests_names_its_source():
    assert [prescribe(exercise("x", "quads"), d, NOVICE, 1).source for d in DOSES] == [d.id for d in DOSES]
