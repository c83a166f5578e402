"""Distributions: inside their limits, with the mean they state, and honest about where they come from."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weaklink.study.cohort import uniform
from weaklink.study.distribution import DistributionError, Fixed, LogNormal, Normal, Uniform

TOLD = {"mark": "design", "because": "a test"}
HEIGHT = Normal(mean=1.75, sd=0.1, low=1.6, high=2.1, **TOLD)
STRENGTH = LogNormal(median=1.0, sd_log=0.3, low=0.5, high=1.4, **TOLD)
FLAT = Uniform(low=2.0, high=6.0, **TOLD)
MANY = 40_000


@pytest.mark.parametrize(
    "stated", [HEIGHT, STRENGTH, FLAT, Fixed(value=1.5, **TOLD)], ids=lambda one: type(one).__name__
)
def test_the_mean_drawn_is_the_mean_stated(stated: Normal) -> None:
    drawn = stated.values(uniform(3, "x", 0, MANY))

    assert abs(drawn.mean() - stated.expected()) <= 4 * drawn.std() / np.sqrt(MANY) + 1e-12
    assert stated.low <= drawn.min()
    assert drawn.max() <= stated.high


def test_the_cut_off_normal_is_that_of_scipy() -> None:
    from scipy import stats  # a second and a half to load, for two tests

    reference = stats.truncnorm(-1.5, 3.5, loc=1.75, scale=0.1)
    share = np.linspace(0, 0.999, 50)

    assert HEIGHT.values(share) == pytest.approx(reference.ppf(share), abs=1e-9)
    assert HEIGHT.expected() == pytest.approx(reference.mean(), abs=1e-9)


def test_the_cut_off_log_normal_is_that_of_scipy() -> None:
    from scipy import stats

    low, high = np.log([0.5, 1.4]) / 0.3
    reference = stats.truncnorm(low, high, scale=0.3)
    share = np.linspace(0, 0.999, 50)

    assert STRENGTH.values(share) == pytest.approx(np.exp(reference.ppf(share)), abs=1e-9)
    assert STRENGTH.expected() == pytest.approx(reference.expect(np.exp), abs=1e-7)


@given(
    mean=st.floats(-5, 5), sd=st.floats(0.001, 50), below=st.floats(0.001, 9), above=st.floats(0.001, 9),
    share=st.lists(st.floats(0, 1, exclude_max=True), min_size=2, max_size=20),
)  # fmt: skip
def test_values_stay_inside_and_in_order(
    mean: float, sd: float, below: float, above: float, share: list[float]
) -> None:
    stated = Normal(mean=mean, sd=sd, low=mean - below, high=mean + above, **TOLD)
    values = stated.values(np.sort(np.array(share)))

    assert (np.diff(values) >= 0).all()
    assert stated.low <= values.min()
    assert values.max() <= stated.high


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda: Normal(mean=1, sd=0, low=0, high=2, **TOLD), "`sd` is 0"),
        (lambda: Normal(mean=3, sd=1, low=0, high=2, **TOLD), "`mean` is 3"),
        (lambda: Normal(mean=1, sd=1, low=2, high=0, **TOLD), "low below high"),
        (lambda: LogNormal(median=1, sd_log=0.1, low=0, high=2, **TOLD), "above 0"),
        (lambda: LogNormal(median=1, sd_log=float("nan"), low=0.5, high=2, **TOLD), "`sd_log` is nan"),
        (lambda: Uniform(low=1, high=1, **TOLD), "low below high"),
        (lambda: Fixed(value=float("inf"), **TOLD), "`value` is inf"),
        (lambda: Fixed(value=1.0, mark="design", because=" "), "`because` is empty"),
        (lambda: Fixed(value=1.0, mark="read", because="x"), "`source` is missing"),
    ],
)  # fmt: skip
def test_what_is_no_distribution_is_refused(made: object, said: str) -> None:
    with pytest.raises(DistributionError, match=said):
        made()  # type: ignore[operator]
