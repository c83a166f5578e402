"""The noisy-OR against an established Bayesian-network library, and against its own laws."""

import numpy as np
import pyagrum
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weaklink.reasoning import noisy_or
from weaklink.reasoning.noisy_or import Network


def random_network(seed: int, causes: int, findings: int, blocked: bool) -> Network:
    random = np.random.default_rng(seed)
    links = random.uniform(0.1, 0.95, (causes, findings)) * (random.random((causes, findings)) < 0.5)
    blocks = random.uniform(0.1, 0.9, (causes, findings)) * (random.random((causes, findings)) < 0.2)
    return Network(
        priors=random.uniform(0.01, 0.5, causes),
        leaks=random.uniform(0.01, 0.4, findings),
        links=links,
        blocks=blocks if blocked else None,
    )


def add_either(oracle: pyagrum.BayesNet, name: str, leak: float, weights: np.ndarray) -> int:
    """A noisy-OR node of the oracle with an arc from each cause of non-zero weight."""
    node = oracle.addNoisyORNet(pyagrum.LabelizedVariable(name, name, 2), leak)
    for cause in np.flatnonzero(weights):
        oracle.addWeightedArc(oracle.idFromName(f"cause{cause}"), node, float(weights[cause]))
    return node


def add_finding(oracle: pyagrum.BayesNet, network: Network, finding: int) -> None:
    if network.blocks is None:
        add_either(oracle, f"finding{finding}", network.leaks[finding], network.links[:, finding])
        return
    add_either(oracle, f"brought{finding}", network.leaks[finding], network.links[:, finding])
    add_either(oracle, f"taken{finding}", 0.0, network.blocks[:, finding])
    oracle.add(pyagrum.LabelizedVariable(f"finding{finding}", "", 2))
    oracle.addArc(f"brought{finding}", f"finding{finding}")
    oracle.addArc(f"taken{finding}", f"finding{finding}")
    table = oracle.cpt(f"finding{finding}")
    for brought, taken in np.ndindex(2, 2):
        seen = float(brought and not taken)
        table[{f"brought{finding}": brought, f"taken{finding}": taken}] = [1.0 - seen, seen]


def add_limit(oracle: pyagrum.BayesNet, causes: int) -> None:
    """A node that is certain when at most three causes are true; three counters keep its tables small."""
    for cause in range(causes):
        oracle.add(pyagrum.RangeVariable(f"count{cause}", "", 0, noisy_or.MOST_TRUE + 1))
        oracle.addArc(f"cause{cause}", f"count{cause}")
        if cause:
            oracle.addArc(f"count{cause - 1}", f"count{cause}")
        table = oracle.cpt(f"count{cause}")
        for before in range(noisy_or.MOST_TRUE + 2 if cause else 1):
            for true in (0, 1):
                row = [0.0] * (noisy_or.MOST_TRUE + 2)
                row[min(before + true, noisy_or.MOST_TRUE + 1)] = 1.0
                parents = {f"cause{cause}": true} | ({f"count{cause - 1}": before} if cause else {})
                table[parents] = row


def oracle_posterior(network: Network, observed: dict[int, bool]) -> np.ndarray:
    oracle = pyagrum.BayesNet()
    causes, findings = network.links.shape
    for cause in range(causes):
        oracle.add(pyagrum.LabelizedVariable(f"cause{cause}", "", 2))
        chance = float(network.priors[cause])
        oracle.cpt(f"cause{cause}").fillWith([1.0 - chance, chance])
    for finding in range(findings):
        add_finding(oracle, network, finding)
    add_limit(oracle, causes)
    allowed = [1.0] * (noisy_or.MOST_TRUE + 1) + [0.0]
    evidence: dict[str, object] = {f"finding{finding}": int(seen) for finding, seen in observed.items()}
    evidence[f"count{causes - 1}"] = allowed
    inference = pyagrum.LazyPropagation(oracle)
    inference.setEvidence(evidence)
    inference.makeInference()
    return np.array([inference.posterior(f"cause{cause}")[1] for cause in range(causes)])


@pytest.mark.parametrize("blocked", [False, True])
@pytest.mark.parametrize("causes", [1, 2, 3, 4, 6, 9, 12])
def test_posterior_equals_an_established_library(causes: int, blocked: bool) -> None:
    for seed in range(4):
        network = random_network(seed, causes, 8, blocked)
        observed = {0: True, 2: False, 3: True, 5: False, 7: True}

        found = noisy_or.posterior(network, observed)

        assert found == pytest.approx(oracle_posterior(network, observed), abs=1e-9)


def test_leave_one_out_is_the_posterior_without_that_finding() -> None:
    network = random_network(7, 9, 6, blocked=True)
    observed = {0: True, 1: False, 4: True, 5: True}

    found = noisy_or.leave_one_out(network, observed)

    for row, left_out in enumerate(observed):
        rest = {finding: seen for finding, seen in observed.items() if finding != left_out}
        assert found[row] == pytest.approx(noisy_or.posterior(network, rest), abs=1e-12)


def test_nothing_seen_gives_the_priors_of_three_causes_at_most() -> None:
    network = random_network(1, 3, 2, blocked=False)

    assert noisy_or.posterior(network, {}) == pytest.approx(network.priors)
    assert noisy_or.leave_one_out(network, {}).shape == (0, 3)


def test_forty_causes_have_10701_states() -> None:
    assert len(noisy_or.states(40)) == 10_701


@given(st.integers(0, 10_000), st.integers(1, 8))
@settings(max_examples=60, deadline=None)
def test_a_finding_seen_never_lowers_its_only_cause(seed: int, causes: int) -> None:
    network = random_network(seed, causes, 1, blocked=False)
    network.links[1:] = 0.0

    before, after = noisy_or.posterior(network, {}), noisy_or.posterior(network, {0: True})

    assert after[0] >= before[0] - 1e-12


@given(st.integers(0, 10_000), st.integers(1, 8))
@settings(max_examples=60, deadline=None)
def test_expected_information_is_the_expected_fall_of_uncertainty(seed: int, causes: int) -> None:
    network = random_network(seed, causes, 3, blocked=True)
    worth = np.random.default_rng(seed).random(causes)
    observed = {0: True}
    present = noisy_or.state_weights(network, observed) @ noisy_or.chances(network, [1])

    expected = uncertainty(network, observed, worth) - (
        present[0] * uncertainty(network, {**observed, 1: True}, worth)
        + (1 - present[0]) * uncertainty(network, {**observed, 1: False}, worth)
    )
    found = noisy_or.expected_information(network, observed, [1, 2], worth)

    assert found[0] == pytest.approx(expected, abs=1e-9)
    assert (found >= 0).all()


def uncertainty(network: Network, observed: dict[int, bool], worth: np.ndarray) -> float:
    chance = noisy_or.posterior(network, observed)
    return float(-(chance * np.log2(chance) + (1 - chance) * np.log2(1 - chance)) @ worth)
