"""Loads: what can be put together, what to begin with, and the worked steps."""

from __future__ import annotations

import pytest
from hypothesis import given as runs
from hypothesis import strategies as st

from weaklink.case.load import Load, Owned, as_kg
from weaklink.library.records import Weighted
from weaklink.quantities import KG_PER_POUND
from weaklink.training.dose.weights import (
    LEAST_STEP,
    MOST_STEP,
    Body,
    Rack,
    begin_kg,
    begin_with,
    found_by,
    loads_of,
    maximum_kg,
    reps_for_a_big_step,
    stepped_down,
    stepped_up,
)

GOBLET = Weighted(held=["rucksack", "dumbbell", "kettlebell"], body_share=0.85, begin=(0.10, 0.20, 0.35))
CALF = Weighted(held=["rucksack", "dumbbell"], body_share=1.0, begin=(0.0, 0.10, 0.25))
ROW = Weighted(held=["dumbbell"], body_share=0.0, begin=(0.08, 0.15, 0.25), upper=True)
PRESS = Weighted(held=["machine-stack"], body_share=0.0, begin=(0.6, 1.0, 1.6))
BAND = Weighted(held=["band"])
EVERY_TWO = Owned(kind="dumbbell", kg=tuple(range(2, 42, 2)))


def rack(weighted: Weighted, *owns: Owned, kg: float | None = 70.0, months: int = 0) -> Rack:
    body = Body(kg=kg, months=months)
    return Rack(weighted=weighted, loads=loads_of(weighted, owns, body), body=body)


def dumbbell(kg: float) -> Load:
    return Load(kind="dumbbell", kg=kg)


def test_only_what_is_owned_and_can_be_held_so_is_offered():
    assert loads_of(GOBLET, [Owned(kind="machine")], Body(kg=70)) == ()
    assert loads_of(PRESS, [Owned(kind="machine", kg=(20.0,))], Body())[-1] == Load(
        kind="machine-stack", kg=20
    )
    assert loads_of(ROW, [Owned(kind="dumbbell", kg=(12.5, 10.0))], Body()) == (dumbbell(10), dumbbell(12.5))
    assert loads_of(ROW, [Owned(kind="dumbbell-pair", kg=(6,))], Body()) == (dumbbell(6),)


def test_a_rucksack_holds_a_quarter_of_the_body_in_the_first_month_and_a_third_later():
    filled = [Owned(kind="rucksack", kg=(40.0,))]
    assert loads_of(GOBLET, filled, Body(kg=60))[-1].kg == 15
    assert loads_of(GOBLET, filled, Body(kg=60, months=1))[-1].kg == 21
    assert loads_of(GOBLET, filled, Body())[-1].kg == 12  # a body nobody has weighed counts as a light one


def test_a_gym_has_all_of_it_and_a_band_only_colours():
    assert {load.kind for load in loads_of(GOBLET, [Owned(kind="gym")], Body(kg=70))} == {"dumbbell"}
    assert loads_of(BAND, [Owned(kind="band")], Body())[0].colour == "yellow"
    assert loads_of(BAND, [EVERY_TWO], Body()) == ()


def test_of_bands_only_the_colours_there_are():
    some = Owned(kind="band", colours=("red", "black"))

    assert [load.colour for load in loads_of(BAND, [some], Body())] == ["red", "black"]
    assert len(loads_of(BAND, [some, Owned(kind="band")], Body())) == 5
    assert len(loads_of(BAND, [some, Owned(kind="gym")], Body())) == 5


@pytest.mark.parametrize("kind", ["dumbbell", "dumbbell-pair", "kettlebell", "barbell", "machine", "gym"])
def test_what_is_marked_in_pounds_steps_in_whole_pounds(kind):
    held = Weighted(held=["dumbbell", "kettlebell", "barbell-total", "machine-stack"])
    pounds = [
        load.kg / KG_PER_POUND for load in loads_of(held, [Owned(kind=kind, marked_in="lb")], Body(kg=80))
    ]

    assert len(pounds) > 5
    assert pounds == pytest.approx([round(one) for one in pounds], abs=0.02)


def test_a_bar_in_pounds_goes_up_to_what_bar_and_plates_weigh_together():
    bar = Owned(kind="barbell", kg=(as_kg(62),), marked_in="lb")

    assert [load.kg for load in loads_of(Weighted(held=["barbell-total"]), [bar], Body())] == [
        as_kg(pounds) for pounds in (45, 50, 55, 60, 62)
    ]
    named = Owned(kind="kettlebell", kg=(as_kg(20),), marked_in="lb")
    assert [load.kg for load in loads_of(GOBLET, [named], Body(kg=80))] == [as_kg(20)]


def test_two_dumbbells_are_two_times_the_number_on_one():
    pair = Weighted(held=["dumbbell-each"], body_share=0.8)
    assert [
        load.total_kg for load in loads_of(pair, [Owned(kind="dumbbell-pair", kg=(4, 8))], Body(kg=70))
    ] == [8, 16]


def test_the_first_weight_is_rounded_down_to_what_there_is():
    heavy = rack(GOBLET, EVERY_TWO)
    assert begin_with(heavy, begin_kg(GOBLET, 1, heavy.body, 0.85)) == dumbbell(
        10
    )  # 0.2 of 70, women 0.85: 11.9
    assert begin_with(heavy, begin_kg(GOBLET, 0, heavy.body, 0.2)) is None
    pressing = Rack(
        weighted=PRESS, loads=loads_of(PRESS, [Owned(kind="machine")], Body()), body=Body(), needs_one=True
    )
    assert begin_with(pressing, 2.0) == Load(kind="machine-stack", kg=5)
    assert begin_kg(GOBLET, 2, Body(), 1.0) == 5.0  # nobody said a mass: the low estimate


def test_finding_it_goblet_ten_kilograms_said_five_left():
    assert found_by(rack(GOBLET, EVERY_TWO), dumbbell(10), (10, 5), (10, 2)) == dumbbell(14)


def test_the_same_muscle_in_fewer_repetitions_fifteen_to_twelve():
    filled = rack(CALF, Owned(kind="dumbbell", kg=tuple(range(1, 41))), kg=75)
    assert maximum_kg(85, 15, 1) == pytest.approx(130.3, abs=0.1)
    assert found_by(filled, dumbbell(10), (15, 1), (12, 1)) == dumbbell(15)


def test_a_find_is_no_leap():
    strong = rack(ROW, Owned(kind="dumbbell", kg=tuple(range(1, 41))))
    assert found_by(strong, dumbbell(10), (8, 10), (8, 0)) == dumbbell(12)
    assert found_by(strong, dumbbell(10), (8, 10), (8, 0), most=0.10) == dumbbell(11)


def test_far_from_failure_says_nothing_of_a_maximum():
    assert maximum_kg(100, 15, 4) is None


def test_a_gap_that_is_too_big_is_worth_eighteen_repetitions():
    coarse = rack(ROW, Owned(kind="dumbbell", kg=(10.0, 12.5)))
    assert stepped_up(coarse, dumbbell(10)) is None
    assert reps_for_a_big_step(10, 12.5, 8, 2) == 18


def test_without_a_known_mass_the_next_one_there_is():
    unknown = rack(CALF, Owned(kind="dumbbell", kg=(4, 10)), kg=None)
    assert stepped_up(unknown, None) == dumbbell(4)
    assert stepped_up(unknown, dumbbell(4)) == dumbbell(10)
    assert stepped_down(unknown, dumbbell(10), 0.1) == dumbbell(4)


def test_down_to_the_next_colour_and_to_none():
    bands = rack(BAND, Owned(kind="band"))
    assert stepped_down(bands, Load(kind="band", colour="green"), 0.1) == Load(kind="band", colour="red")
    assert stepped_down(bands, Load(kind="band", colour="yellow"), 0.1) is None


@runs(
    st.sampled_from([GOBLET, CALF, ROW, PRESS]),
    st.lists(st.sampled_from([1, 2, 2.5, 4, 5, 8, 10, 12.5, 16, 20, 24, 32]), min_size=1, unique=True),
    st.integers(40, 110),
    st.integers(0, 11),
)
def test_a_step_is_never_above_a_tenth_of_what_is_moved(weighted, weights, kg, number):
    owns = [Owned(kind="dumbbell", kg=tuple(weights)), Owned(kind="machine", kg=(*weights, 0.5))]
    held = rack(weighted, *owns, kg=kg)
    if not held.loads:
        return
    now = held.loads[number % len(held.loads)]
    moved = held.moved_kg(now)
    more, less = stepped_up(held, now), stepped_down(held, now, 0.1)
    if more is not None:
        assert LEAST_STEP - 1e-6 <= (more.total_kg - now.total_kg) / moved <= MOST_STEP + 1e-6
    if less is not None:
        assert (now.total_kg - less.total_kg) / moved >= 0.1 - 1e-6
