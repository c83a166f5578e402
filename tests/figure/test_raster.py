"""The raster and the view: what is nearer hides what is behind it, and a frame holds what it is fitted to."""

from __future__ import annotations

import numpy as np
import pytest

from weaklink.figure.raster import NOTHING, blurred, rastered
from weaklink.figure.view import Box, axes_of, fitted

SQUARE = np.array([[10.0, 10, 0], [40, 10, 0], [40, 30, 0], [10, 30, 0]])
HALVES = np.array([[0, 1, 2], [0, 2, 3]])


def test_a_square_covers_its_points_and_no_others() -> None:
    found = rastered(SQUARE, HALVES, (60, 50))
    rows, columns = np.nonzero(found.covered)

    assert (columns.min(), columns.max(), rows.min(), rows.max()) == (10, 39, 10, 29)
    assert found.covered.sum() == 600


def test_the_nearer_triangle_is_seen_whatever_the_order() -> None:
    near = SQUARE[:3] + np.array([0, 0, 1.0])
    vertices = np.vstack([SQUARE, near])
    for triangles in (np.vstack([HALVES, [[4, 5, 6]]]), np.vstack([[[4, 5, 6]], HALVES])):
        found = rastered(vertices, triangles, (60, 50))
        assert (found.depth == 1).sum() == pytest.approx(300, abs=16)


def test_values_run_evenly_over_a_triangle() -> None:
    found = rastered(SQUARE, HALVES, (60, 50))
    x = found.values(HALVES, SQUARE[:, :1])[..., 0]
    rows, columns = np.nonzero(found.covered)

    assert np.allclose(x[rows, columns], columns + 0.5)
    assert np.all(x[found.triangle == NOTHING] == 0)


def test_what_reaches_out_of_the_picture_is_cut() -> None:
    found = rastered(SQUARE - [20, 20, 0], HALVES, (60, 50))

    assert found.covered.sum() == 20 * 10


def test_a_blur_keeps_the_sum_away_from_the_rim() -> None:
    field = np.zeros((40, 40))
    field[20, 20] = 1.0

    assert blurred(field, 2.0).sum() == pytest.approx(1.0)


def test_a_frame_just_holds_what_it_is_fitted_to() -> None:
    points = np.random.default_rng(1).uniform([-0.4, 0, -0.2], [0.5, 1.7, 0.3], (200, 3))
    box = Box(100, 50, 700, 900)
    seen = fitted(points, (35.0, 10.0), box).project(points)[:, :2]
    low, high = seen.min(axis=0), seen.max(axis=0)

    assert np.all(low >= box.low)
    assert np.all(high <= box.high)
    assert np.max((high - low) / [700, 900]) > 0.85
    assert np.allclose((low + high) / 2, (box.low + box.high) / 2, atol=3)


def test_a_camera_from_the_right_sees_forward_to_the_right() -> None:
    assert np.allclose(axes_of(0, 0), np.eye(3))
    assert np.allclose(axes_of(90, 0) @ [0, 0, 1.0], [-1, 0, 0])
