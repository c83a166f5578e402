"""Loads in words: how to put them together, in kilograms and in pounds."""

from __future__ import annotations

import pytest

from weaklink.case.load import BAND_COLOURS, Load, as_kg
from weaklink.library.wording import shipped_wording
from weaklink.training.dose.load_words import at_hand, bar_of, load_message, plates_of, with_load
from weaklink.training.dose.weights import GYM_LB, USUAL_LB

KG, LB = shipped_wording(), shipped_wording(pounds=True)


def said(load: Load, wording=KG) -> str:
    return wording.say(load_message(load))


@pytest.mark.parametrize(
    ("load", "says"),
    [
        (Load(kind="none"), "No weight"),
        (Load(kind="rucksack", kg=15), "Rucksack, 15 kg (15 bottles of 1 l)"),
        (Load(kind="rucksack", kg=1), "Rucksack, 1 kg (a bottle of 1 l)"),
        (Load(kind="rucksack", kg=7.5), "Rucksack, 7.5 kg"),
        (Load(kind="barbell-total", kg=40), "Barbell, 40 kg (20 + 2 × 10)"),
        (Load(kind="barbell-total", kg=22.5), "Barbell, 22.5 kg (20 + 2 × 1.25)"),
        (Load(kind="barbell-total", kg=20), "Barbell, 20 kg"),
        (Load(kind="barbell-total", kg=15), "Barbell, 15 kg"),
        (Load(kind="dumbbell-each", kg=8), "Two dumbbells, 8 kg each"),
        (Load(kind="band", colour="green"), "Green band"),
    ],
)
def test_a_load_says_how_to_put_it_together(load: Load, says: str) -> None:
    assert said(load) == says


def test_a_bar_in_pounds_has_its_own_bar_and_plates() -> None:
    assert said(Load(kind="barbell-total", kg=as_kg(135)), LB) == "Barbell, 135 lb (45 + 2 × 45)"
    assert said(Load(kind="barbell-total", kg=as_kg(45)), LB) == "Barbell, 45 lb"
    assert said(Load(kind="barbell-total", kg=as_kg(50)), LB) == "Barbell, 50 lb (45 + 2 × 2.5)"
    assert said(Load(kind="dumbbell", kg=as_kg(15)), LB) == "Dumbbell, 15 lb"
    assert said(Load(kind="rucksack", kg=5), LB) == "Rucksack, 11 lb (5 bottles of 1 l)"


@pytest.mark.parametrize("pounds", [*GYM_LB["barbell-total"], *USUAL_LB["barbell"]])
def test_every_bar_in_pounds_is_said_in_whole_pounds(pounds: float) -> None:
    assert said(Load(kind="barbell-total", kg=as_kg(pounds)), LB).startswith(f"Barbell, {pounds} lb")
    assert bar_of(as_kg(pounds)) == pytest.approx((as_kg(45), as_kg(pounds - 45)), abs=0.01)


@pytest.mark.parametrize("steps", range(73))
def test_every_bar_in_kilograms_has_twenty(steps: int) -> None:
    assert bar_of(20 + steps * 2.5) == (20, steps * 2.5)


def test_a_reason_names_its_load_by_the_same_words() -> None:
    load = Load(kind="barbell-total", kg=40)
    told = KG.say(with_load("training.rule-weight-found", load, {"exercise": "back-squat"}))

    assert "Next time: barbell, 40 kg." in told
    assert all(said(Load(kind="band", colour=colour)) for colour in BAND_COLOURS)


@pytest.mark.parametrize(
    ("kg", "says"),
    [
        (27.5, "Barbell, 27.5 kg (bar 20, each side 2.5 + 1.25)"),
        (40, "Barbell, 40 kg (bar 20, each side 10)"),
        (102.5, "Barbell, 102.5 kg (bar 20, each side 2 × 20 + 1.25)"),
        (20, "Barbell, 20 kg"),
        (33, "Barbell, 33 kg (20 + 2 × 6.5)"),  # no pair of plates makes this up
    ],
)
def test_a_bar_in_the_session_says_which_plates_go_on_each_side(kg: float, says: str) -> None:
    load = Load(kind="barbell-total", kg=kg)

    assert at_hand(load, (), KG.say) == says


def test_plates_in_pounds_are_plates_of_pounds() -> None:
    load = Load(kind="barbell-total", kg=as_kg(150))

    assert at_hand(load, (), LB.say) == "Barbell, 150 lb (bar 45, each side 45 + 5 + 2.5)"


@pytest.mark.parametrize("steps", range(1, 73))
def test_bar_and_plates_make_up_the_whole(steps: int) -> None:
    metric = Load(kind="barbell-total", kg=20 + steps * 2.5)
    pounds = Load(kind="barbell-total", kg=as_kg(45 + steps * 5))

    assert 20 + 2 * sum(plates_of(metric)) == pytest.approx(metric.kg)
    assert as_kg(45) + 2 * sum(plates_of(pounds)) == pytest.approx(pounds.kg, abs=0.02)


def test_a_band_in_the_session_says_how_heavy_it_is_among_those_at_hand() -> None:
    bands = [Load(kind="band", colour=colour) for colour in ("red", "blue")]

    assert at_hand(bands[0], bands, KG.say) == "Red band (1 of 2, 1 is the lightest)"
    assert at_hand(bands[1], bands, KG.say) == "Blue band (2 of 2, 1 is the lightest)"
    assert at_hand(bands[1], bands[1:], KG.say) == "Blue band"
