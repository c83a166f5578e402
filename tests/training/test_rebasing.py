"""Another stage of a programme: the weight for its repetitions (rule P7), nothing else changed."""

from __future__ import annotations

import msgspec

from weaklink.case.load import Load, Owned
from weaklink.library.records import Weighted
from weaklink.training.dose.training_state import Cut, Rung, SlotState
from weaklink.training.dose.weights import Body, Rack, loads_of
from weaklink.training.progression.rebasing import rebased

RAISES = Weighted(held=["rucksack"], body_share=1.0, begin=(0, 0.1, 0.25))
RACK = Rack(
    weighted=RAISES,
    loads=loads_of(RAISES, (Owned(kind="rucksack"),), Body(kg=75, months=1)),
    body=Body(kg=75, months=1),
)


def state(reps: int | None, kg: float | None = 10, hold_s: int | None = None) -> SlotState:
    load = None if kg is None else Load(kind="rucksack", kg=kg)
    return SlotState(exercise="raise", sets=3, reps=reps, hold_s=hold_s, load=load)


def rung(reps: tuple[int, int] | None, hold_s: tuple[int, int] | None = None, reserve: int = 1) -> Rung:
    return Rung(exercise="raise", reps=reps, hold_s=hold_s, rack=RACK, reserve=reserve)


def test_fewer_repetitions_are_worth_more_weight() -> None:
    found = rebased(state(15), rung((12, 12)))  # 85 kg x (1 + 16/30) / (1 + 13/30) - 75 = 15.9

    assert (found.reps, found.load) == (12, Load(kind="rucksack", kg=15))


def test_after_pain_a_stage_brings_no_weight() -> None:
    cut = msgspec.structs.replace(state(15), cut=Cut(after="pain", sets=3))
    for found in (rebased(state(15), rung((12, 12)), calm=False), rebased(cut, rung((12, 12)))):
        assert (found.reps, found.load) == (12, Load(kind="rucksack", kg=10))
    assert rebased(state(8), rung((12, 15)), calm=False).reps == 8


def test_more_repetitions_are_worth_less_weight() -> None:
    found = rebased(state(8), rung((12, 12)))

    assert found.load is not None
    assert found.reps == 12
    assert found.load.total_kg < 10


def test_what_fits_stays_and_what_has_no_weight_changes_its_repetitions_only() -> None:
    assert rebased(state(10), rung((8, 12))) == state(10)
    assert rebased(state(20, None), rung((8, 12))).reps == 12
    assert rebased(state(20, None), rung((8, 12))).load is None


def test_a_hold_stays_within_its_seconds_and_begins_where_it_was_none() -> None:
    assert rebased(state(None, None, 60), rung(None, (30, 45))).hold_s == 45
    assert rebased(state(10, None), rung(None, (30, 45))) == state(None, None, 30)
    assert rebased(state(None, None, 30), rung((8, 12))) == state(8, None)
    assert rebased(state(10, None), rung(None)) == state(10, None)
