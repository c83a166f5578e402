"""What is done with the body alone takes a weight only where nothing speaks against it."""

from __future__ import annotations

import msgspec
import pytest

from tests.training.making import (
    EXERCISES,
    NOTHING_KNOWN,
    PREVENTION,
    SELF_MANAGE,
    WAITING,
    differential,
    healthy,
    library,
    sore_knee,
)
from weaklink.case.disposition import Disposition
from weaklink.case.load import Owned
from weaklink.library.records import Weighted
from weaklink.training.dose.setting import setting

RUCKSACK = Weighted(held=["rucksack"], body_share=0.85, begin=(0, 0, 0.1))
PRESS = Weighted(held=["machine-stack"], begin=(0.3, 0.6, 1.0))
MOVES = {move.id: move for move in EXERCISES}
SQUAT = msgspec.structs.replace(MOVES["sit-to-stand"], weighted=RUCKSACK)
LEG_PRESS = msgspec.structs.replace(MOVES["leg-press"], weighted=PRESS)
LIBRARY = library(SQUAT, LEG_PRESS, *(m for m in EXERCISES if m.id not in ("sit-to-stand", "leg-press")))
OWNS = (Owned(kind="machine"), Owned(kind="rucksack"))


def loaded(move, given, disposition, found=NOTHING_KNOWN):
    return setting(given, LIBRARY, disposition, found).rack_of(move, 3) is not None


def test_a_rucksack_may_be_added_to_a_squat():
    assert loaded(SQUAT, healthy(owns=OWNS), PREVENTION)
    assert loaded(SQUAT, sore_knee(owns=OWNS), SELF_MANAGE)


@pytest.mark.parametrize(
    ("disposition", "found"),
    [
        (Disposition(tier="self-manage", allows="all", guards=("minor",)), NOTHING_KNOWN),
        (WAITING, NOTHING_KNOWN),
        (SELF_MANAGE, differential(conditions={"tibial-bsi": "possible"})),
    ],
    ids=["a guard", "under a referral", "a bone in question"],
)
def test_nothing_is_added_where_something_speaks_against_it(disposition, found):
    assert not loaded(SQUAT, sore_knee(owns=OWNS), disposition, found)


def test_a_machine_is_still_a_machine_with_a_guard():
    guarded = Disposition(tier="self-manage", allows="all", guards=("minor",))

    assert loaded(LEG_PRESS, sore_knee(owns=OWNS), guarded)
