"""A two-layer noisy-OR: causes above, findings below, at most three causes true at once; solved exactly."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST_TRUE = 3  # part of the model: states with more true causes do not exist


class Network(NamedTuple):
    """Probabilities of one network.

    priors: of each cause, shape (n_causes,), each above 0 and below 1.
    leaks: of each finding without any cause, shape (n_findings,), each above 0 and below 1.
    links: that a true cause alone brings the finding, shape (n_causes, n_findings), 0 to below 1.
    blocks: that a true cause takes the finding away, same shape, 0 to below 1; None = none does.

    P(finding | state) = (1 - (1 - leak) * product of (1 - link)) * product of (1 - block), products over
    the true causes. Priors are read before states with more than three true causes are struck out.
    """

    priors: Floats
    leaks: Floats
    links: Floats
    blocks: Floats | None = None


@functools.lru_cache(maxsize=16)
def states(causes: int) -> NDArray[np.intp]:
    """Every state as the indices of its true causes, shape (n_states, 3); `causes` pads a free place."""
    rows = [
        true + (causes,) * (MOST_TRUE - len(true))
        for count in range(MOST_TRUE + 1)
        for true in itertools.combinations(range(causes), count)
    ]
    return np.array(rows, dtype=np.intp).reshape(-1, MOST_TRUE)


@functools.lru_cache(maxsize=16)
def membership(causes: int) -> Floats:
    """Which causes are true in which state, shape (n_states, n_causes), ones and zeros."""
    rows = np.zeros((len(states(causes)), causes + 1))
    np.put_along_axis(rows, states(causes), 1.0, axis=1)
    return np.ascontiguousarray(rows[:, :causes])


def _product(factors: Floats) -> Floats:
    """Product of the rows of the true causes of each state, shape (n_states, n_findings)."""
    padded = np.vstack([factors, np.ones((1, factors.shape[1]))])
    first, second, third = states(len(factors)).T
    found: Floats = padded[first] * padded[second] * padded[third]
    return found


def chances(network: Network, columns: Sequence[int]) -> Floats:
    """Probability that each named finding is present in each state, shape (n_states, n_columns)."""
    chosen = list(columns)
    absent = _product(1.0 - network.links[:, chosen]) * (1.0 - network.leaks[chosen])
    if network.blocks is None:
        return 1.0 - absent
    return (1.0 - absent) * _product(1.0 - network.blocks[:, chosen])


def _log_prior(network: Network) -> Floats:
    odds = np.log(network.priors) - np.log1p(-network.priors)
    found: Floats = np.append(odds, 0.0)[states(len(network.priors))].sum(axis=1)
    return found


def _log_likelihood(network: Network, observed: dict[int, bool]) -> Floats:
    """Of each observed finding in each state, shape (n_states, n_observed)."""
    present = np.array(list(observed.values()), dtype=bool)
    likely = chances(network, list(observed))
    return np.log(np.where(present, likely, 1.0 - likely))


def _weights(log_weights: Floats) -> Floats:
    """Probabilities over states (first axis) from their logarithms."""
    weights = np.exp(log_weights - log_weights.max(axis=0))
    found: Floats = weights / weights.sum(axis=0)
    return found


def state_weights(network: Network, observed: dict[int, bool]) -> Floats:
    """Posterior of every state, shape (n_states,). `observed`: finding index -> present."""
    log_weights = _log_prior(network)
    if observed:
        log_weights = log_weights + _log_likelihood(network, observed).sum(axis=1)
    return _weights(log_weights)


def posterior(network: Network, observed: dict[int, bool]) -> Floats:
    """Probability of each cause given the findings, shape (n_causes,)."""
    return state_weights(network, observed) @ membership(len(network.priors))


def leave_one_out(network: Network, observed: dict[int, bool]) -> Floats:
    """Posterior of each cause as if one finding had not been seen.

    Returns: shape (n_observed, n_causes), rows in the order of `observed`.
    """
    causes = len(network.priors)
    if not observed:
        return np.empty((0, causes))
    likelihoods = _log_likelihood(network, observed)
    log_weights = _log_prior(network) + likelihoods.sum(axis=1)
    return _weights(log_weights[:, None] - likelihoods).T @ membership(causes)


def _entropy(chance: Floats) -> Floats:
    """Uncertainty of yes-no variables, in bits."""
    inside = np.clip(chance, 1e-12, 1.0 - 1e-12)
    found: Floats = -(inside * np.log2(inside) + (1.0 - inside) * np.log2(1.0 - inside))
    return found


def expected_information(
    network: Network, observed: dict[int, bool], candidates: Sequence[int], worth: Floats
) -> Floats:
    """How much seeing each candidate finding is expected to settle the causes, shape (n_candidates,).

    Bits: the fall of each cause's own uncertainty, times its worth, summed over the causes. Never
    negative: for a single cause this is its mutual information with the finding.

    Args:
        candidates: indices of findings not in `observed`.
        worth: weight of each cause, shape (n_causes,).
    """
    weights = state_weights(network, observed)
    member = membership(len(network.priors))
    likely = chances(network, candidates)
    present = weights @ likely
    joint = (weights[:, None] * likely).T @ member
    now = weights @ member
    with_it = _entropy(joint / present[:, None])
    without = _entropy((now - joint) / (1.0 - present)[:, None])
    after = present[:, None] * with_it + (1.0 - present)[:, None] * without
    found: Floats = np.maximum((_entropy(now) - after) @ worth, 0.0)
    return found
