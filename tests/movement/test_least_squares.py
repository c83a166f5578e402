"""Bounded least squares: agrees with an established solver, and keeps to its bounds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weaklink.movement.least_squares import minimise


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_linear_problems_end_where_an_established_solver_ends(seed: int) -> None:
    optimize = pytest.importorskip("scipy.optimize")
    random = np.random.default_rng(seed)
    matrix, wanted = random.normal(size=(8, 4)), random.normal(size=8)
    low, high = np.full(4, -0.3), np.full(4, 0.3)

    found, _ = minimise(lambda batch: batch @ matrix.T - wanted, np.zeros(4), low, high, 100)

    assert np.allclose(found, optimize.lsq_linear(matrix, wanted, (low, high)).x, atol=2e-3)


def test_a_curved_valley_is_followed_to_its_end() -> None:
    def rosenbrock(batch: np.ndarray) -> np.ndarray:
        return np.stack([10 * (batch[:, 1] - batch[:, 0] ** 2), 1 - batch[:, 0]], axis=1)

    found, cost = minimise(rosenbrock, np.array([-1.2, 1.0]), np.full(2, -5.0), np.full(2, 5.0), 200)

    assert np.allclose(found, [1, 1], atol=1e-2)
    assert cost < 1e-4


def test_the_answer_stays_between_the_bounds() -> None:
    found, _ = minimise(lambda batch: batch - 9.0, np.zeros(3), np.full(3, -1.0), np.full(3, 1.0))

    assert found.tolist() == [1.0, 1.0, 1.0]
