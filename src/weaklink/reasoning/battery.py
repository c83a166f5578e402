"""The battery: the few home tests worth a quarter of an hour, the most telling first."""

from __future__ import annotations

from weaklink.case.given import Given
from weaklink.case.hypothesis import Differential
from weaklink.library.reading import Library
from weaklink.library.records import ClinicalTest
from weaklink.reasoning.examination import HURTING, discomfort, offered
from weaklink.reasoning.gains import expected_gains, outlook

# About fifteen minutes of tests is what a runner does in one go (design).
MINUTES = 16.0
MOST = 6


def battery(
    given: Given, library: Library, differential: Differential, aside: frozenset[str] = frozenset()
) -> tuple[ClinicalTest, ...]:
    """Tests not done yet, most telling first, each for an area that no better one tests; about 15 minutes.

    `aside`: tests that were put off. Others for the same area come in their place.
    """
    gains = expected_gains(outlook(given, library))
    worth = {
        test.id: gains.get(test.id, 0.0) / HURTING ** discomfort(test, differential)
        for test in offered(given, library)
    }
    left = (test for test in offered(given, library) if worth[test.id] > 0.0 and test.id not in aside)
    ranked = sorted(left, key=lambda test: (-worth[test.id], test.id))
    return _within_time(ranked)


def _within_time(ranked: list[ClinicalTest]) -> tuple[ClinicalTest, ...]:
    chosen: list[ClinicalTest] = []
    covered: set[str] = set()
    for test in ranked:
        new = not test.areas or not covered.issuperset(test.areas)
        fits = sum(one.minutes for one in chosen) + test.minutes <= MINUTES
        if new and fits and len(chosen) < MOST:
            chosen.append(test)
            covered.update(test.areas)
    return tuple(chosen)
