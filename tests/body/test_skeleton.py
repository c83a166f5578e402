"""The skeleton: weighs one body, mirrors itself, grows with its height, stands on its feet."""

from __future__ import annotations

import numpy as np
import pytest

from weaklink.body.flesh import PADS
from weaklink.body.joints import range_of, stem_of
from weaklink.body.names import UnknownCoordinateError, whole_body
from weaklink.body.skeleton import mirror_name, skeleton_of
from weaklink.movement.kinematics import place

BODY = skeleton_of()


def test_the_segments_weigh_one_body() -> None:
    assert BODY.mass_shares.sum() == pytest.approx(1.0)


def test_every_coordinate_turns_or_moves_something() -> None:
    turning = {turn.coordinate for turns in BODY.rotations for turn in turns}
    moving = {BODY.coordinate(name) for name in ("pelvis_tx", "pelvis_ty", "pelvis_tz")}

    assert turning | moving == set(range(len(whole_body())))


def test_parents_come_before_children() -> None:
    assert [parent < index for index, parent in enumerate(BODY.parents)] == [True] * len(BODY.parents)


def test_every_pad_is_made_of_balls() -> None:
    assert {ball + "_r" for balls in PADS.values() for ball in balls} <= set(BODY.balls)


def test_a_standing_body_stands_on_the_ground_and_is_as_tall_as_it_says() -> None:
    for height in (1.5, 1.75, 2.0):
        body = skeleton_of(height)
        flesh = place(body, body.standing).balls[0, :, 1]

        assert (flesh - body.ball_radii).min() == pytest.approx(0, abs=0.001)
        assert (flesh + body.ball_radii).max() == pytest.approx(height, abs=0.005)


def test_the_centre_of_mass_of_a_standing_body_is_a_little_above_the_hips() -> None:
    centre = place(BODY, BODY.standing).mass_centre[0]

    assert centre[1] / BODY.height_m == pytest.approx(0.55, abs=0.02)  # 0.55-0.57 of height, from memory
    assert centre[2] == pytest.approx(0, abs=1e-9)


def test_the_two_sides_are_mirror_images() -> None:
    balls = place(BODY, BODY.standing).balls[0]
    other = balls[[BODY.ball(mirror_name(name)) for name in BODY.balls]] * [1, 1, -1]

    assert np.allclose(balls, other)


def test_stems_and_ranges() -> None:
    assert [stem_of(name) for name in ("knee_angle_l", "pelvis_list")] == ["knee_angle", "pelvis_list"]
    assert range_of("knee_angle_r").low_deg == 0
    with pytest.raises(UnknownCoordinateError, match="knee_angle_r"):
        range_of("knee_flexion_r")
