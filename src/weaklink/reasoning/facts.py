"""Facts: which figures and corrected beliefs are told where, and to whom."""

from __future__ import annotations

from weaklink.case.given import Given
from weaklink.library.reading import Library
from weaklink.library.records import Fact, Told


def facts_told(where: Told, library: Library) -> tuple[Fact, ...]:
    """The facts told in one place, in their order there."""
    found = (fact for fact in library.facts.values() if fact.told == where and fact.status != "retired")
    return tuple(sorted(found, key=lambda fact: (fact.order, fact.id)))


def concerns(fact: Fact, given: Given) -> bool:
    """Whether a fact is told to this runner: only where it says, only in pain."""
    here = not fact.sites or not given.sites.isdisjoint(fact.sites)
    return here and (bool(given.pain_at) or not fact.in_pain)
