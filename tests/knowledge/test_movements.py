"""The movements of the library: every phase passes the checks of the figure, and every name is known."""

from __future__ import annotations

import sys

import pytest

from weaklink.library.movements import missing, movement_of
from weaklink.library.reading import UnknownIdError, shipped_library
from weaklink.movement.checks import faults
from weaklink.movement.repetition import repetition

LIBRARY = shipped_library()
POSED = sorted(name for name, record in LIBRARY.movements.items() if not record.same_as)
# One of each posture and kind of contact; `make test-all` bakes them all.
OFTEN = (
    "bird-dog", "bridge-double", "calf-stretch", "clamshell", "double-heel-raise", "hip-flexor-stretch",
    "lateral-band-walk", "plank", "seated-heel-raise", "side-plank", "single-leg-romanian-deadlift",
    "step-down", "straight-leg-raise", "wall-squat",
)  # fmt: skip


@pytest.mark.parametrize("name", OFTEN)
def test_the_common_movements_can_be_shown(name: str) -> None:
    assert [str(fault) for fault in faults(repetition(movement_of(name, LIBRARY)))] == []


@pytest.mark.load
@pytest.mark.parametrize("name", POSED)
def test_every_movement_can_be_shown(name: str) -> None:
    assert [str(fault) for fault in faults(repetition(movement_of(name, LIBRARY)))] == []


def test_a_sided_exercise_has_a_sided_movement() -> None:
    uneven = [
        exercise.id
        for exercise in LIBRARY.exercises.values()
        if exercise.id in LIBRARY.movements
        and exercise.sided
        and movement_of(exercise.id, LIBRARY).side == "both"
    ]

    assert uneven == []


def test_every_exercise_and_home_test_moves_or_is_counted() -> None:
    lost = missing(LIBRARY)

    print(f"{len(lost)} without a movement: {', '.join(lost) or 'none'}", file=sys.stderr)
    assert set(lost) <= {"bone-tap-self-check"}


def test_an_unknown_movement_names_the_nearest() -> None:
    with pytest.raises(UnknownIdError, match="clamshell"):
        movement_of("clamshel", LIBRARY)
