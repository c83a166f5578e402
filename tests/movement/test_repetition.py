"""A repetition: contacts stay, joints keep to their range, the two sides are alike, size does not matter."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from tests.movement.making import FEET, ONE_LEG, SQUAT, STAND, squat
from weaklink.body.skeleton import mirror_name, skeleton_of
from weaklink.movement.checks import faults
from weaklink.movement.format import Aim, Contact, Keyframe, Movement, Thing
from weaklink.movement.kinematics import place
from weaklink.movement.mirror import SIDEWAYS, mirrored
from weaklink.movement.repetition import Repetition, repetition
from weaklink.movement.task import MovementError

BODY = skeleton_of()


@pytest.fixture(scope="module")
def found() -> Repetition:
    return repetition(squat())


def test_a_sound_movement_has_no_fault(found: Repetition) -> None:
    assert faults(found) == ()


def test_a_foot_that_is_fixed_does_not_move(found: Repetition) -> None:
    feet = [BODY.ball(name) for name in ("heel_r", "ball_in_r", "ball_out_r", "heel_l")]
    places = place(BODY, found.coordinates).balls[:, feet]

    assert np.abs(places - places[0]).max() < 0.002


def test_every_joint_keeps_to_its_range(found: Repetition) -> None:
    for phase in found.phases:
        assert np.all(phase.pose.coordinates >= phase.task.low)
        assert np.all(phase.pose.coordinates <= phase.task.high)


def test_a_movement_of_both_sides_is_even(found: Repetition) -> None:
    for phase in found.phases:
        by_name = dict(zip(BODY.coordinates, phase.pose.coordinates, strict=True))
        for name in BODY.coordinates:
            if name.endswith("_r"):
                assert by_name[name] == pytest.approx(by_name[mirror_name(name)], abs=0.02), name


def test_the_times_rise_and_end_with_the_repetition(found: Repetition) -> None:
    assert np.all(np.diff(found.times_s) > 0)
    assert (found.times_s[0], found.duration_s) == (0.0, 4.0)
    assert [found.phases[index].name for index in found.keyframes] == ["standing", "squat"]


def test_the_way_back_is_the_way_there(found: Repetition) -> None:
    there, back = found.coordinates[1:8], found.coordinates[9:16]

    assert np.allclose(there, back[::-1])


def test_the_written_angles_are_met(found: Repetition) -> None:
    low = found.phases[found.keyframes[1]].pose.coordinates

    assert np.rad2deg(low[BODY.coordinate("knee_angle_r")]) == pytest.approx(85, abs=5)


def test_the_mirrored_movement_solves_to_the_mirrored_pose() -> None:
    movement = squat(STAND, ONE_LEG)
    one, other = repetition(movement, between=2), repetition(mirrored(movement), between=2)
    order = [BODY.coordinate(mirror_name(name)) for name in BODY.coordinates]
    sign = np.array([-1 if name in SIDEWAYS else 1 for name in BODY.coordinates])

    assert np.abs(one.coordinates - other.coordinates[:, order] * sign).max() < np.deg2rad(1.0)


def test_a_movement_mirrored_twice_is_itself() -> None:
    step = Thing(name="step", kind="step", low=(0, 0, 0.1), high=(1, 0.2, 0.4))
    aims = (
        Aim(level=("heel_r", "heel_l"), axis="z", gap=0.2),
        Aim(line=("hip_l", "hip_r"), along=(0, 0, 1)),
        Aim(put="knee_r", axis="z", gap=0.1),
        Aim(meet=("knee_r", "knee_l"), gap=0.1),
    )
    movement = msgspec.structs.replace(squat(STAND, ONE_LEG), things=(step,), aims=aims, side="right")

    assert mirrored(mirrored(movement)) == movement
    assert mirrored(movement) != movement


@pytest.mark.parametrize("height", [1.55, 1.95])
def test_a_shorter_or_taller_body_does_the_same_movement(height: float) -> None:
    body = skeleton_of(height)
    other = repetition(squat(), body, between=2)
    same = repetition(squat(), between=2)
    angles = slice(6, None)

    assert faults(other) == ()
    assert np.abs(other.coordinates[:, angles] - same.coordinates[:, angles]).max() < np.deg2rad(3)


def test_a_foot_comes_down_where_it_stood() -> None:
    there_and_back = repetition(squat(STAND, ONE_LEG, Keyframe(name="down again")), between=1)
    first, _, last = (there_and_back.phases[index].pose.coordinates for index in there_and_back.keyframes)
    heel = BODY.ball("heel_r")

    assert np.allclose(place(BODY, first).balls[0, heel], place(BODY, last).balls[0, heel], atol=0.003)


def test_a_hold_is_one_pose() -> None:
    held = repetition(squat(Keyframe(name="still", seconds=1, hold_s=5)))

    assert (len(held.phases), held.duration_s) == (1, 6)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"contacts": (Contact(parts=("paw_r",)),)}, 'No part "paw_r"'),
        ({"contacts": (Contact(parts=("foot_r",), on="sofa"),)}, 'no thing "sofa"'),
        ({"angles": {"knee_flexion": 20}}, 'No coordinate "knee_flexion"'),
    ],
)
def test_an_unknown_name_is_refused(change: dict[str, object], says: str) -> None:
    with pytest.raises(MovementError, match=says):
        repetition(msgspec.structs.replace(squat(), **change))


def test_an_aim_says_one_thing() -> None:
    with pytest.raises(ValueError, match="exactly one"):
        Aim(put="knee_r", meet=("knee_r", "knee_l"))


def test_a_body_that_travels_does_not_come_back() -> None:
    movement = Movement(id="on", contacts=FEET, travels=True, keyframes=(STAND, SQUAT))

    assert repetition(movement, between=2).phases[-1].name == "squat"
