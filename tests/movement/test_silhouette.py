"""The silhouette: what is nearer is drawn later, and both sides are there."""

from __future__ import annotations

import numpy as np
import pytest

from weaklink.body.skeleton import skeleton_of
from weaklink.movement.format import Thing
from weaklink.movement.silhouette import Camera, outline_of, silhouette

BODY = skeleton_of()


def parts(around: float) -> list[str]:
    return [shape.part for shape in silhouette(BODY, BODY.standing, Camera(around, 0))]


def test_from_the_right_the_right_arm_is_drawn_last() -> None:
    assert parts(0).index("arm_l") < parts(0).index("trunk") < parts(0).index("arm_r")
    assert parts(180).index("arm_r") < parts(180).index("trunk") < parts(180).index("arm_l")


def test_every_part_is_drawn_once() -> None:
    assert len(set(parts(30))) == len(parts(30)) == 14


def test_the_outline_is_as_tall_as_the_body() -> None:
    shapes = silhouette(BODY, BODY.standing, Camera(90, 0))
    every = np.vstack([polygon for shape in shapes for polygon in shape.polygons])

    assert np.ptp(every[:, 1]) == pytest.approx(1.75, abs=0.01)


def test_the_axes_of_a_camera_are_square_to_each_other() -> None:
    axes = Camera(35, 20).axes()

    assert np.allclose(axes @ axes.T, np.eye(3))


def test_from_the_front_forward_is_towards_the_camera() -> None:
    assert np.allclose(Camera(90, 0).axes()[2], [1, 0, 0])


def test_a_thing_has_an_outline() -> None:
    step = Thing(name="step", kind="step", low=(0, 0, 0), high=(0.4, 0.2, 0.6))

    assert np.ptp(outline_of(step, Camera(0, 0)).polygons[0], axis=0) == pytest.approx([0.4, 0.2])
