"""Running form: each measure is what its definition says, on poses made for it and on the template."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weaklink.body.scaling import BodySize
from weaklink.body.skeleton import skeleton_of
from weaklink.library.packs import stride_template
from weaklink.movement.form import (
    form_of,
    knee_flexion_deg,
    overstride_m,
    pelvic_drop_deg,
    shank_angle_deg,
    trunk_lean_deg,
)
from weaklink.movement.gait import stride
from weaklink.movement.task import wanted_coordinates

BODY = skeleton_of()


def pose(**degrees: float) -> np.ndarray:
    return wanted_coordinates(degrees, BODY)[None]


@settings(max_examples=20, deadline=None)
@given(st.floats(-12, 12))
def test_pelvic_drop_is_the_pelvis_list_seen_from_the_standing_leg(drop: float) -> None:
    """Standing on the right leg, a list to the left, the free side, is a drop."""
    listed = pose(pelvis_list=-drop)

    assert pelvic_drop_deg(BODY, listed, "right")[0] == pytest.approx(
        -pelvic_drop_deg(BODY, listed, "left")[0]
    )
    assert abs(pelvic_drop_deg(BODY, listed, "right")[0]) == pytest.approx(abs(drop), abs=1e-9)


def test_a_pelvis_that_hangs_to_the_free_side_drops() -> None:
    placed = pose(pelvis_list=-8)

    assert pelvic_drop_deg(BODY, placed, "right")[0] * -8 != 0
    lower_left = pelvic_drop_deg(BODY, placed, "right")[0] > 0
    hips = [BODY.segments.index(name) for name in ("thigh_r", "thigh_l")]
    from weaklink.movement.kinematics import place

    heights = place(BODY, placed).joints[0, hips, 1]
    assert lower_left == (heights[1] < heights[0])


@settings(max_examples=20, deadline=None)
@given(st.floats(0, 40), st.floats(0, 60))
def test_shank_and_knee_are_read_from_the_pose(hip: float, knee: float) -> None:
    bent = pose(hip_flexion_r=hip, knee_angle_r=knee)
    neutral = shank_angle_deg(BODY, pose(), "right")[0]

    assert knee_flexion_deg(BODY, bent, "right")[0] == pytest.approx(knee)
    assert shank_angle_deg(BODY, bent, "right")[0] == pytest.approx(hip - knee + neutral, abs=1e-6)


@pytest.mark.parametrize("lean", [-10, 0, 15])
def test_trunk_lean_is_positive_forward(lean: float) -> None:
    straight = trunk_lean_deg(BODY, pose())[0]

    assert trunk_lean_deg(BODY, pose(pelvis_tilt=-lean))[0] == pytest.approx(straight + lean, abs=1e-6)


def test_a_leg_stretched_ahead_oversteps() -> None:
    near, far = (overstride_m(BODY, pose(hip_flexion_r=hip), "right")[0] for hip in (10, 30))

    assert far > near + 0.2


def test_the_template_runs_like_a_person_and_both_legs_alike() -> None:
    found = stride(stride_template(), BodySize(mass_kg=70, height_m=1.75), 3.5)
    right, left = form_of(found, "right"), form_of(found, "left")

    assert right == pytest.approx(left, abs=1e-6)
    assert 0 < right.pelvic_drop_deg < 12
    assert 0 < right.overstride_m < 0.45
    assert 0 < right.knee_flexion_deg < 25
    assert 0 < right.trunk_lean_deg < 20
    assert -5 < right.shank_angle_deg < 25


def test_fewer_steps_at_one_speed_reach_further_ahead() -> None:
    body = BodySize(mass_kg=70, height_m=1.75)
    few, many = (form_of(stride(stride_template(), body, 3.3, cadence)) for cadence in (158, 182))

    assert few.overstride_m > many.overstride_m
