"""Static optimisation: the activations of least effort that carry the joint moments of each frame.

Minimise Σ effort(a) + w·r²/2 subject to A·a + r = τ, lowest ≤ a ≤ 1, with A = moment arm × optimal force.
The dual has one unknown per joint coordinate: a = activation_for(Aᵀλ), r = λ/w. Semismooth Newton steps on
it (6×6) with Armijo backtracking are exact after a few rounds, for a batch of frames at once.
"""

from __future__ import annotations

import msgspec
import numpy as np
import numpy.typing as npt

from weaklink.mechanics.effort import QUADRATIC, Effort, activation_for, cost, response
from weaklink.quantities import WeaklinkError

FloatArray = npt.NDArray[np.float64]
TOLERANCE = 1e-8  # of the moment balance, relative to 1 + the largest moment of the frame
MOST_ROUNDS = 200
MOST_HALVINGS = 40
SUFFICIENT_FALL = 1e-4
ROUNDING = 1e-12


class LoadShapeError(WeaklinkError):
    """Arrays that do not belong together, or hold what is not a number."""


class LoadSharing(msgspec.Struct, frozen=True, kw_only=True):
    """Who carries the moments, frame by frame."""

    activations: FloatArray  # (n_frames, n_units), 0 to 1
    reserves: FloatArray  # (n_frames, n_coordinates) [N·m]: what no muscle could carry
    multipliers: FloatArray  # (n_frames, n_coordinates): the price of each moment; start of the next solve
    residual: FloatArray  # (n_frames,): largest violation of the optimality conditions, relative
    rounds: npt.NDArray[np.int64]  # (n_frames,): Newton rounds

    @property
    def converged(self) -> bool:
        """Whether every frame meets the optimality conditions to 1e-6."""
        return bool(np.all(self.residual <= 1e-6))


def share_load(
    strength: FloatArray, moments: FloatArray, effort: Effort = QUADRATIC, start: FloatArray | None = None
) -> LoadSharing:
    """The load sharing of least effort.

    Args:
        strength: moment arm × optimal force [N·m], shape (n_frames, n_coordinates, n_units).
        moments: net joint moments the muscles must give [N·m], shape (n_frames, n_coordinates).
        effort: cost and bounds of the activations.
        start: multipliers of a similar load, to begin there.
    Raises: LoadShapeError when shapes disagree or a value is not finite.
    """
    _check(strength, moments, start)
    multipliers = np.zeros(moments.shape) if start is None else start.copy()
    rounds = np.zeros(len(moments), dtype=np.int64)
    live = np.arange(len(moments))
    for _ in range(MOST_ROUNDS):
        frames = strength[live], moments[live]
        value, activation, imbalance = _dual(*frames, multipliers[live], effort)
        open_ = _relative(imbalance, frames[1]) > TOLERANCE
        if not open_.any():
            break
        live = live[open_]
        rounds[live] += 1
        multipliers[live] = _newton_round(
            strength[live], moments[live], multipliers[live],
            (value[open_], activation[open_], imbalance[open_]), effort,
        )  # fmt: skip
    return _sharing(strength, moments, multipliers, rounds, effort)


def _sharing(
    strength: FloatArray,
    moments: FloatArray,
    multipliers: FloatArray,
    rounds: npt.NDArray[np.int64],
    effort: Effort,
) -> LoadSharing:
    """The primal solution that belongs to the multipliers."""
    _, activation, imbalance = _dual(strength, moments, multipliers, effort)
    return LoadSharing(
        activations=activation,
        reserves=multipliers / effort.reserve_weight,
        multipliers=multipliers,
        residual=_relative(imbalance, moments),
        rounds=rounds,
    )


def _dual(
    strength: FloatArray, moments: FloatArray, multipliers: FloatArray, effort: Effort
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Value and gradient of the (negative) dual: (value, activation, A·a + λ/w - τ) of each frame."""
    price = np.matmul(multipliers[:, None, :], strength)[:, 0]
    activation = activation_for(price, effort)
    reserve = multipliers / effort.reserve_weight
    value = (activation * price - cost(activation, effort)).sum(axis=1)
    value += (multipliers * (0.5 * reserve - moments)).sum(axis=1)
    imbalance = np.matmul(strength, activation[:, :, None])[:, :, 0] + reserve - moments
    return value, activation, imbalance


def _newton_round(
    strength: FloatArray,
    moments: FloatArray,
    multipliers: FloatArray,
    here: tuple[FloatArray, FloatArray, FloatArray],
    effort: Effort,
) -> FloatArray:
    """The multipliers after one step along the Newton direction, halved until the dual falls enough."""
    value, activation, imbalance = here
    slope = response(activation, effort)
    curvature = np.matmul(strength * slope[:, None, :], strength.transpose(0, 2, 1))
    curvature += np.eye(moments.shape[1]) / effort.reserve_weight
    step = -np.linalg.solve(curvature, imbalance[:, :, None])[:, :, 0]
    fall = (imbalance * step).sum(axis=1)
    length = np.ones(len(moments))
    todo = np.arange(len(moments))
    for _ in range(MOST_HALVINGS):
        trial = multipliers[todo] + length[todo, None] * step[todo]
        found, _, _ = _dual(strength[todo], moments[todo], trial, effort)
        enough = value[todo] + SUFFICIENT_FALL * length[todo] * fall[todo]
        todo = todo[found > enough + ROUNDING * np.abs(value[todo])]
        if not len(todo):
            break
        length[todo] *= 0.5
    return multipliers + length[:, None] * step


def _relative(imbalance: FloatArray, moments: FloatArray) -> FloatArray:
    largest: FloatArray = np.abs(imbalance).max(axis=1) / (1 + np.abs(moments).max(axis=1))
    return largest


def _check(strength: FloatArray, moments: FloatArray, start: FloatArray | None) -> None:
    if strength.ndim != 3 or strength.shape[:2] != moments.shape:
        raise LoadShapeError(
            f"strength has shape {strength.shape} and moments {moments.shape}; "
            "expected (n_frames, n_coordinates, n_units) and (n_frames, n_coordinates)."
        )
    if start is not None and start.shape != moments.shape:
        raise LoadShapeError(f"start has shape {start.shape}; expected {moments.shape}.")
    if not (np.isfinite(strength).all() and np.isfinite(moments).all()):
        raise LoadShapeError("strength and moments must be finite numbers.")
