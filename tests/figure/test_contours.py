"""Contours: where they run, which way round, and how few points a path keeps."""

from __future__ import annotations

import re

import numpy as np
import pytest

from weaklink.figure.contours import (
    area_of,
    chains,
    clipped,
    contours,
    sharp_path,
    simplified,
    smooth_line,
    smooth_path,
)

ROWS, COLUMNS = np.mgrid[0:80, 0:100] + 0.5


def disc(radius: float, x: float = 50, y: float = 40) -> np.ndarray:
    return radius - np.hypot(COLUMNS - x, ROWS - y)


def test_a_disc_is_found_at_its_place_to_a_tenth_of_a_point() -> None:
    (ring,) = contours(disc(20), 0)

    assert np.abs(np.hypot(ring[:, 0] - 50, ring[:, 1] - 40) - 20).max() < 0.1
    assert abs(area_of(ring)) == pytest.approx(np.pi * 400, rel=0.01)


def test_a_hole_runs_the_other_way_round() -> None:
    outer, inner = contours(np.minimum(disc(30), -disc(10)), 0)

    assert area_of(outer) * area_of(inner) < 0


def test_what_touches_the_rim_is_closed_and_crumbs_are_left_out() -> None:
    (ring,) = contours(np.maximum(disc(15, x=0), disc(1.5, x=80)), 0)

    assert ring[:, 0].min() < 0.6
    assert np.allclose(ring[:, 0].max(), 15, atol=0.2)


def test_a_smooth_path_stays_near_with_few_points() -> None:
    ring = contours(disc(30), 0)[0]
    path = smooth_path([ring], 0.5)
    numbers = [int(word) for word in re.findall(r"-?\d+", path)]
    steps = np.array(numbers[2:]).reshape(-1, 4)
    ends = np.cumsum(np.vstack([numbers[:2], steps[:, 2:]]), axis=0)

    assert len(steps) < 40
    assert np.abs(np.hypot(ends[:, 0] - 50, ends[:, 1] - 40) - 30).max() < 1.6
    assert path.endswith("z")


def test_simplifying_keeps_every_point_within_the_tolerance() -> None:
    line = np.stack([np.arange(60.0), 8 * np.sin(np.arange(60) / 6)], axis=1)
    kept = simplified(line, 0.4, closed=False)
    again = np.interp(line[:, 0], kept[:, 0], kept[:, 1])

    assert len(kept) < 30
    assert np.abs(again - line[:, 1]).max() < 0.5


def test_a_short_line_is_straight_and_a_polygon_keeps_its_corners() -> None:
    assert smooth_line(np.array([[1.0, 2.0], [4.0, 6.0]]), 1) == "M1 2l3 4"
    assert sharp_path([np.array([[0.0, 0], [4, 0], [4, 4]])]) == "M0 0l4 0 0 4z"


def test_clipping_cuts_at_the_box_and_may_leave_nothing() -> None:
    square = np.array([[-10.0, -10], [10, -10], [10, 10], [-10, 10]])
    inside = clipped(square, np.zeros(2), np.full(2, 5.0))

    assert abs(area_of(inside)) == pytest.approx(25)
    assert len(clipped(square, np.full(2, 20.0), np.full(2, 30.0))) == 0


def test_steps_between_points_become_one_line() -> None:
    high = COLUMNS[:20, :20] > 10
    flags = (high[:, 1:] != high[:, :-1], high[1:] != high[:-1])
    (line,) = chains(flags)

    assert len(line) == 21
    assert set(line[:, 0]) == {10.0}
