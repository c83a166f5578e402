"""Baked movements: their digest, and the other side without a second solution."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from tests.movement.making import ONE_LEG, STAND, squat
from weaklink.body.skeleton import skeleton_of
from weaklink.movement.baked import Baked, digest_of, other_side, solve
from weaklink.movement.mirror import mirrored

MOVEMENT = squat(STAND, ONE_LEG)


@pytest.fixture(scope="module")
def baked() -> Baked:
    return Baked(MOVEMENT, digest_of(MOVEMENT), solve(MOVEMENT))


def test_a_new_camera_or_name_needs_no_new_solution() -> None:
    other = msgspec.structs.replace(MOVEMENT, id="other", view=(90.0, 12.0))

    assert digest_of(other) == digest_of(MOVEMENT)


@pytest.mark.parametrize(
    "change", [{"balanced": False}, {"free": ("ankle_angle_l",)}, {"keyframes": (STAND,)}]
)
def test_what_is_posed_changes_the_digest(change: dict[str, object]) -> None:
    assert digest_of(msgspec.structs.replace(MOVEMENT, **change)) != digest_of(MOVEMENT)


def test_another_body_changes_the_digest() -> None:
    assert digest_of(MOVEMENT, skeleton_of(1.62)) != digest_of(MOVEMENT)


def test_the_other_side_is_what_its_own_solution_would_be(baked: Baked) -> None:
    turned, own = other_side(baked), solve(mirrored(MOVEMENT))

    assert turned.digest == digest_of(mirrored(MOVEMENT))
    assert np.abs(turned.coordinates - own.coordinates).max() < np.deg2rad(1.0)
    assert np.allclose(other_side(turned).coordinates, baked.coordinates)
