"""The running stride: it closes, mirrors, stands on the ground, obeys mass and height, and refuses what it cannot."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.searches import search
from weaklink.body.joints import range_of
from weaklink.body.scaling import BodySize
from weaklink.body.skeleton import mirror_name
from weaklink.library.packs import baked_stride, load_pack, stride_template
from weaklink.library.reading import UnknownIdError
from weaklink.movement.footing import sole
from weaklink.movement.gait import RUNNING, Stride, as_movement, stride
from weaklink.movement.kinematics import place
from weaklink.movement.mirror import SIDEWAYS
from weaklink.movement.pace import GRAVITY_M_S2, PaceError, pace_of, usual_cadence

TEMPLATE = stride_template()
PERSON = BodySize(mass_kg=62, height_m=1.68)

sizes = st.builds(BodySize, mass_kg=st.floats(40, 110), height_m=st.floats(1.5, 2.0))


def angle(found: Stride, name: str) -> np.ndarray:
    return np.rad2deg(found.coordinates[:, found.skeleton.coordinate(name)])


def test_the_phases_have_the_fields_names_in_the_fields_order() -> None:
    right = [(one.name, one.part) for one in stride(TEMPLATE).phases if one.leg == "right"]

    assert [name for name, _ in right] == ["initial contact", "midstance", "toe-off", "swing"]
    assert right[0][1] == 0
    assert right[2][1] == pytest.approx(TEMPLATE.stance)
    left = {one.name: one.part for one in stride(TEMPLATE).phases if one.leg == "left"}
    assert left["initial contact"] == 0.5


@search(4, 12)
@given(sizes, st.floats(2.6, 4.8))
def test_the_foot_stands_without_sliding_or_sinking(body: BodySize, speed: float) -> None:
    found = stride(TEMPLATE, body, speed)

    assert found.slide_m <= 0.006
    assert found.sunk_m <= 0.005


def test_the_sole_is_on_the_ground_while_it_stands_and_off_it_in_the_swing() -> None:
    found = stride(TEMPLATE)
    heights = sole(found.skeleton, place(found.skeleton, found.coordinates))[..., 1].min(axis=1)
    standing = found.on_ground[:, 0]

    assert np.abs(heights[standing]).max() <= 0.008
    assert heights[40:95].min() > 0.015


@search(3, 8)
@given(sizes)
def test_the_left_side_does_what_the_right_did_half_a_stride_before(body: BodySize) -> None:
    found = stride(TEMPLATE, body)
    order = [found.skeleton.coordinate(mirror_name(name)) for name in found.skeleton.coordinates]
    sign = np.array([-1.0 if name in SIDEWAYS else 1.0 for name in found.skeleton.coordinates])
    later = np.roll(found.coordinates, 50, axis=0)[:, order] * sign

    assert np.abs(later - found.coordinates).max() <= 1e-9


@search(4, 10)
@given(sizes, st.floats(2.6, 4.8))
def test_the_stride_closes_without_a_jump_and_within_the_joints_ranges(body: BodySize, speed: float) -> None:
    found = stride(TEMPLATE, body, speed)
    steps = np.diff(np.vstack([found.coordinates, found.coordinates[:1]]), axis=0)

    assert np.rad2deg(np.abs(steps[:, 6:])).max() <= 20
    for index, name in enumerate(found.skeleton.coordinates):
        if not name.startswith("pelvis"):
            low, high = range_of(name)
            assert np.rad2deg(found.coordinates[:, index].min()) >= low - 1, name
            assert np.rad2deg(found.coordinates[:, index].max()) <= high + 1, name


@pytest.mark.slow
@search(3, 20)
@given(sizes, st.floats(2.6, 4.8))
def test_over_a_stride_the_ground_carries_the_weight_and_pushes_nobody_on(
    body: BodySize, speed: float
) -> None:
    """Momentum: a runner at a steady pace neither rises nor speeds up from stride to stride."""
    found = stride(TEMPLATE, body, speed, frames=400)
    mean = found.ground_n.sum(axis=1).mean(axis=0)
    weight = body.mass_kg * GRAVITY_M_S2

    assert mean[1] == pytest.approx(weight, rel=0.01)
    assert abs(mean[0]) <= 0.02 * weight
    assert abs(mean[2]) <= 1e-6 * weight
    assert not found.ground_n[~found.on_ground].any()


def test_in_flight_the_body_falls_as_a_thrown_thing_does() -> None:
    """Measured angles on our skeleton: the centre of mass accelerates downwards by about one g in the air."""
    found = stride(TEMPLATE, frames=200)
    height = place(found.skeleton, found.coordinates).mass_centre[:, 1]
    step = found.pace.period_s / 200
    flying = np.flatnonzero(~found.on_ground.any(axis=1))
    first = flying[flying < 100]
    middle = slice(int(first[4]), int(first[-4]))
    times = np.arange(200)[middle] * step
    fall = -2 * np.polyfit(times, height[middle], 2)[0]

    assert fall == pytest.approx(GRAVITY_M_S2, rel=0.35)


def test_size_scales_alike() -> None:
    """Two runners of one build at equal speed for their size: the same angles, other lengths and times."""
    tall, small = (BodySize(mass_kg=72.84, height_m=height) for height in (1.8, 1.5))
    first, second = stride(TEMPLATE, tall), stride(TEMPLATE, small)

    assert second.pace.period_s == pytest.approx(first.pace.period_s * (1.5 / 1.8) ** 0.5)
    assert np.abs(angle(first, "hip_flexion_r") - angle(second, "hip_flexion_r")).max() <= 1.5
    assert second.pace.push == pytest.approx(first.pace.push)


def test_faster_is_shorter_on_the_ground_and_more_cadence_too() -> None:
    slow, fast = pace_of(TEMPLATE, PERSON, 3.0), pace_of(TEMPLATE, PERSON, 4.5)
    few, many = pace_of(TEMPLATE, PERSON, 3.3, 160), pace_of(TEMPLATE, PERSON, 3.3, 180)

    assert fast.contact_s < slow.contact_s
    assert fast.push > slow.push
    assert many.contact_s < few.contact_s
    assert many.push < few.push
    assert many.bounce < few.bounce
    assert usual_cadence(TEMPLATE, 4.5, 1.68) > usual_cadence(TEMPLATE, 3.0, 1.68)


@pytest.mark.parametrize(
    ("speed", "cadence", "field"),
    [(1.2, None, "speed_m_s"), (9.0, None, "speed_m_s"), (3.0, 100, "cadence_spm"), (2.2, 215, "cadence_spm"),
     (float("nan"), None, "speed_m_s")],
)  # fmt: skip
def test_a_pace_the_template_cannot_be_carried_to_names_the_field(
    speed: float, cadence: float | None, field: str
) -> None:
    with pytest.raises(PaceError, match=field):
        stride(TEMPLATE, PERSON, speed, cadence)


def test_an_odd_number_of_frames_is_refused() -> None:
    with pytest.raises(PaceError, match="frames"):
        stride(TEMPLATE, frames=31)


def test_the_stride_is_a_movement_that_can_be_drawn() -> None:
    baked = baked_stride()

    assert baked.id == RUNNING
    assert baked.phases[0].name == "right initial contact"
    assert len(baked.keyframes) == len(baked.phases) == 8
    assert baked.duration_s == pytest.approx(sum(phase.seconds for phase in baked.phases))
    assert baked.coordinates.shape == (60, len(stride(TEMPLATE).skeleton.coordinates))
    assert as_movement(stride(TEMPLATE, PERSON)).digest != baked.digest


def test_a_motion_without_a_stride_names_those_that_have_one() -> None:
    with pytest.raises(UnknownIdError, match="running"):
        stride_template("single-leg-stance")


def test_the_record_says_where_it_comes_from_and_agrees_with_its_load_pack() -> None:
    pack = load_pack("running")

    assert TEMPLATE.sources == pack.sources == ("rajagopal-2016",)
    assert TEMPLATE.licence == pack.licence
    assert TEMPLATE.period_s == pack.period_s
