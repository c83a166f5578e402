"""Balance and surfaces: inside is negative, outside is how far."""

from __future__ import annotations

import numpy as np
import pytest

from weaklink.movement.balance import hull, outside
from weaklink.movement.format import Thing
from weaklink.movement.surfaces import carries, distance

SQUARE = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.5, 0.5]])
STEP = Thing(name="step", kind="step", low=(0, 0, 0), high=(1, 0.2, 1))
WALL = Thing(name="wall", kind="wall", low=(1, 0, -1), high=(1.1, 2, 1))


def test_the_hull_leaves_out_what_is_inside() -> None:
    assert sorted(hull(SQUARE).tolist()) == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("centre", "expected"), [((0.5, 0.5), -0.5), ((0.9, 0.5), -0.1), ((1.2, 0.5), 0.2), ((0.5, -0.3), 0.3)]
)
def test_outside_is_the_distance_from_the_nearest_edge(centre: tuple[float, float], expected: float) -> None:
    assert outside(np.array([centre]), SQUARE[None])[0] == pytest.approx(expected)


def test_points_in_one_line_carry_nobody() -> None:
    line = np.array([[[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]]])

    assert outside(np.array([[1.0, 0.5]]), line)[0] == pytest.approx(0.5)


def test_the_distance_from_a_box_is_negative_inside() -> None:
    points = np.array([[0.5, 0.5, 0.5], [0.5, 0.15, 0.5], [1.3, 0.1, 0.5]])

    assert distance("step", (STEP,), points) == pytest.approx([0.3, -0.05, 0.3])
    assert distance("floor", (STEP,), points) == pytest.approx([0.5, 0.15, 0.1])


def test_one_can_stand_on_a_step_but_not_on_a_wall() -> None:
    found = [carries(name, (STEP, WALL)) for name in ("floor", "step", "wall")]

    assert found == [True, True, False]
