"""The checks: each names what a physiotherapist would see, and the phase it is in."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from tests.movement.making import SQUAT, STAND, squat
from weaklink.body.skeleton import skeleton_of
from weaklink.movement.checks import faults
from weaklink.movement.format import Movement
from weaklink.movement.repetition import Repetition, repetition

BODY = skeleton_of()


@pytest.fixture(scope="module")
def sound() -> Repetition:
    return repetition(squat(), between=2)


def spoiled(found: Repetition, phase: int, **degrees: float) -> list[str]:
    """The faults once one phase has other coordinates (degrees; metres for the pelvis' place)."""
    coordinates = found.phases[phase].pose.coordinates.copy()
    for name, value in degrees.items():
        shift = value if name.startswith("pelvis_t") and name[-1] in "xyz" else np.deg2rad(value)
        coordinates[BODY.coordinate(name)] += shift
    pose = found.phases[phase].pose._replace(coordinates=coordinates)
    phases = list(found.phases)
    phases[phase] = phases[phase]._replace(pose=pose)
    return [str(fault) for fault in faults(found._replace(phases=tuple(phases)))]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"pelvis_ty": 0.03}, "cm off the floor"),
        ({"pelvis_ty": -0.03}, "cm in the floor"),
        ({"pelvis_tz": 0.04}, "slides"),
        ({"pelvis_tilt": -30}, "outside what carries it"),
        ({"hip_adduction_r": 20, "hip_adduction_l": 20}, "cm in"),
        ({"arm_flex_r": 60}, "arm_flex_r is +60 degrees from what is written"),
        ({"pelvis_tx": 2.0}, "more than a metre from the middle"),
        ({"wrist_flex_r": 75}, "end of its range"),
        ({"elbow_flex_r": 130}, "degrees per second"),
    ],
)
def test_what_is_wrong_is_named(sound: Repetition, change: dict[str, float], says: str) -> None:
    if says == "degrees per second":
        hurried = msgspec.structs.replace(
            squat(), keyframes=(STAND, msgspec.structs.replace(SQUAT, seconds=0.3))
        )
        sound = repetition(hurried, between=2)
    found = spoiled(sound, sound.keyframes[1], **change)

    assert any(says in line for line in found), found
    assert all(line.startswith("squat, ") for line in found)


def test_a_quick_movement_may_be_quick(sound: Repetition) -> None:
    quick = msgspec.structs.replace(
        squat(), keyframes=(STAND, msgspec.structs.replace(SQUAT, seconds=0.1)), quick=True
    )

    assert not any("per second" in fault.says for fault in faults(repetition(quick, between=2)))


def test_an_empty_room_and_a_still_body_have_no_fault() -> None:
    assert faults(repetition(Movement(id="still", keyframes=(STAND,)))) == ()
