"""Searches: how many runners, plans and diaries are tried for a law.

`make test` and plain pytest try a fixed sample, `make test-all` the whole of each search, `make soak` new ones.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings

Case = TypeVar("Case")

REACH = os.environ.get("WEAKLINK_SEARCH", "sample")
FURTHER = 10  # how many times the whole search `make soak` goes
# Where every mutant is tried, the first failing example is enough; a smaller one is for people.
PHASES = (Phase.explicit, Phase.generate) if os.environ.get("WEAKLINK_FIRST_FAULT") else tuple(Phase)
# Fixed seeds: a failing example is the same on every machine; only `make soak` explores further.
FIXED = settings(derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=PHASES)
FREE = settings(max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("sample", FIXED)
settings.register_profile("whole", FIXED)
settings.register_profile("soak", FREE)


def reach(sample: int, whole: int) -> int:
    """How many to try in this run: the sample, the whole search, or ten times the whole."""
    return {"sample": sample, "whole": whole, "soak": FURTHER * whole}[REACH]


def some(cases: Sequence[Case], one_in: int, first: int = 0) -> Sequence[Case]:
    """Every so many of the cases in a sample, from the first to take; else all of them."""
    return cases[first % one_in :: one_in] if REACH == "sample" else cases


def search(
    sample: int, whole: int, suppress_health_check: Collection[HealthCheck] = ()
) -> Callable[[Any], Any]:
    """A mark for a slow law: a sample of its cases here, all of them when `make test-all` runs what is marked."""

    found = settings(
        max_examples=reach(sample, whole),
        deadline=None,
        suppress_health_check=(HealthCheck.too_slow, *suppress_health_check),
    )

    def marked(law: Any) -> Any:
        return pytest.mark.search(found(law))

    return marked
