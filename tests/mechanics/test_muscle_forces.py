"""The load-sharing solver: its laws, and an established solver beside it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from weaklink.mechanics.effort import CUBIC, QUADRATIC, SIXTH_POWER, Effort, EffortError
from weaklink.mechanics.muscle_forces import LoadShapeError, share_load

FloatArray = npt.NDArray[np.float64]
EFFORTS = [QUADRATIC, CUBIC, SIXTH_POWER, Effort(lowest=0.01)]
FRAMES, COORDINATES, UNITS = 24, 6, 40


@pytest.fixture(scope="module")
def load() -> tuple[FloatArray, FloatArray]:
    """A made-up leg: some units cross one joint, some two; half of the loads are hard to carry."""
    numbers = np.random.default_rng(20261122)
    crosses = numbers.random((1, COORDINATES, UNITS)) < 0.35
    strength = crosses * numbers.normal(0, 40, (FRAMES, COORDINATES, UNITS))
    size = np.where(np.arange(FRAMES) % 2, 60.0, 260.0)
    return strength, size[:, None] * numbers.normal(0, 1, (FRAMES, COORDINATES))


@pytest.mark.parametrize("effort", EFFORTS, ids=str)
def test_every_frame_is_optimal(load: tuple[FloatArray, FloatArray], effort: Effort) -> None:
    found = share_load(*load, effort)

    assert found.converged
    assert found.residual.max() <= 1e-6


@pytest.mark.parametrize("effort", EFFORTS, ids=str)
def test_muscles_and_reserves_add_up_to_the_moment(
    load: tuple[FloatArray, FloatArray], effort: Effort
) -> None:
    strength, moments = load
    found = share_load(strength, moments, effort)
    carried = np.einsum("pdn,pn->pd", strength, found.activations) + found.reserves

    assert np.abs(carried - moments).max() <= 1e-5
    assert found.activations.min() >= effort.lowest
    assert found.activations.max() <= 1


def test_no_load_no_force(load: tuple[FloatArray, FloatArray]) -> None:
    strength, moments = load
    for effort in (QUADRATIC, CUBIC, SIXTH_POWER):
        found = share_load(strength, np.zeros_like(moments), effort)

        assert not found.activations.any()
        assert not found.reserves.any()


def test_it_agrees_with_bounded_least_squares(load: tuple[FloatArray, FloatArray]) -> None:
    strength, moments = load
    found = share_load(strength, moments).activations
    expected = np.array([bounded_least_squares(*frame) for frame in zip(strength, moments, strict=True)])

    assert np.abs(found - expected).max() <= 1e-6


def bounded_least_squares(strength: FloatArray, moments: FloatArray) -> FloatArray:
    """The same optimum from scipy: least |a|² + |τ - A a|² within the bounds, by its active-set method."""
    from scipy.optimize import lsq_linear  # slow to load, for one law

    system = np.vstack([np.eye(UNITS), strength])
    target = np.concatenate([np.zeros(UNITS), moments])
    found: FloatArray = lsq_linear(system, target, bounds=(0, 1), method="bvls", tol=1e-14, max_iter=500).x
    return found


def test_a_warm_start_changes_the_rounds_and_not_the_answer(load: tuple[FloatArray, FloatArray]) -> None:
    cold = share_load(*load)
    warm = share_load(*load, start=cold.multipliers)

    assert warm.rounds.max() <= 1
    assert np.abs(warm.activations - cold.activations).max() <= 1e-7


@pytest.mark.slow
@pytest.mark.parametrize("effort", EFFORTS, ids=str)
def test_a_single_weakened_unit_never_gives_more_in_that_frame(
    load: tuple[FloatArray, FloatArray], effort: Effort
) -> None:
    strength, moments = load
    before = share_load(strength, moments, effort).activations
    for unit in range(0, UNITS, 7):
        weak = strength.copy()
        weak[:, :, unit] *= 0.6
        after = share_load(weak, moments, effort).activations

        assert (0.6 * after[:, unit] <= before[:, unit] + 1e-7).all()


def test_larger_strength_and_moment_together_change_no_activation(
    load: tuple[FloatArray, FloatArray],
) -> None:
    strength, moments = load
    small = share_load(strength, moments, Effort(reserve_weight=1.0))
    large = share_load(2 * strength, 2 * moments, Effort(reserve_weight=0.25))

    assert np.abs(small.activations - large.activations).max() <= 1e-6
    assert np.abs(2 * small.reserves - large.reserves).max() <= 1e-4


def test_what_does_not_belong_together_is_refused(load: tuple[FloatArray, FloatArray]) -> None:
    strength, moments = load
    with pytest.raises(LoadShapeError, match="shape"):
        share_load(strength, moments[:, :5])
    with pytest.raises(LoadShapeError, match="finite"):
        share_load(strength, np.full_like(moments, np.nan))
    with pytest.raises(LoadShapeError, match="start"):
        share_load(strength, moments, start=moments[1:])
    with pytest.raises(EffortError):
        Effort(exponent=1)
