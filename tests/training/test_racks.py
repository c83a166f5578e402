"""Racks: what one runner can load an exercise with, and how the first weight follows from who they are."""

from __future__ import annotations

import pytest

from tests.training.making import healthy
from weaklink.case.load import Load, Owned
from weaklink.library.reading import Library
from weaklink.library.records import Weighted
from weaklink.training.dose.racks import first_load, owned_by, rack_of, share_of
from weaklink.training.dose.weights import Body

LEGS, ARMS = Weighted(held=["dumbbell"]), Weighted(held=["dumbbell"], upper=True)


@pytest.mark.parametrize(
    ("sex", "age", "sore", "legs", "arms"),
    [
        ("male", 40, False, 1.0, 1.0),
        ("female", 40, False, 0.85, 0.7),
        ("not-said", 40, False, 0.85, 0.7),
        ("male", 61, False, 0.8, 0.8),
        ("male", 60, True, 0.7, 0.7),
    ],
)
def test_the_first_weight_is_less_for_sex_age_and_pain(
    sex: str, age: int, sore: bool, legs: float, arms: float
) -> None:
    runner = healthy(sex=sex, age=age)

    assert share_of(runner, LEGS, sore=sore) == pytest.approx(legs)
    assert share_of(runner, ARMS, sore=sore) == pytest.approx(arms)


def test_named_weights_count_alone_and_else_what_the_equipment_usually_means() -> None:
    named = (Owned(kind="kettlebell", kg=(8,)),)

    assert owned_by(healthy(owns=named), {"weight", "bar"}) == named
    assert owned_by(healthy(owns=()), {"weight"}) == ()
    assert owned_by(healthy(), {"weight", "mat"}) == (Owned(kind="rucksack"),)


def test_naming_weights_takes_no_band_and_no_machine_away() -> None:
    gym, bands = (Owned(kind="gym"),), (Owned(kind="band", colours=("red",)),)

    assert owned_by(healthy(owns=()), {"band", "machine"}) == (Owned(kind="band"), Owned(kind="machine"))
    assert owned_by(healthy(owns=gym), {"band", "machine"}) == gym
    assert owned_by(healthy(owns=bands), {"band", "weight"}) == (*bands, Owned(kind="rucksack"))
    assert owned_by(healthy(owns=(*bands, Owned(kind="kettlebell"))), {"weight"}) == (
        *bands,
        Owned(kind="kettlebell"),
    )


def test_a_first_session_begins_with_what_can_be_put_together(library: Library) -> None:
    goblet, clamshell = library.exercises["goblet-squat"], library.exercises["quad-set"]
    owns, body = (Owned(kind="dumbbell", kg=(4, 10, 20)),), Body(kg=70)
    runner = healthy(sex="male", age=40)

    assert first_load(rack_of(goblet, owns, body), runner, 1, sore=False) == Load(kind="dumbbell", kg=10)
    assert first_load(rack_of(goblet, owns, body), runner, 1, sore=True) == Load(kind="dumbbell", kg=4)
    assert rack_of(goblet, (), body) is None
    assert rack_of(clamshell, owns, body) is None
    assert first_load(None, runner, 1, sore=False) is None
