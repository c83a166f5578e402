"""Guards: circumstances that hold for a runner, and the rules of those that raise the disposition."""

from __future__ import annotations

from collections.abc import Iterator

from weaklink.case.disposition import FiredRule
from weaklink.case.given import Given
from weaklink.library.reading import Library
from weaklink.quantities import Message
from weaklink.reasoning.triggers import NO_GUARDS, any_holds


def true_guards(given: Given, library: Library) -> frozenset[str]:
    """The ids of all guards that hold. One may rest on others, so they are looked at until none is new."""
    found, before = _holding(given, library, NO_GUARDS), NO_GUARDS
    while found != before:
        found, before = _holding(given, library, found), found
    return found


def _holding(given: Given, library: Library, known: frozenset[str]) -> frozenset[str]:
    return known | {
        guard.id
        for guard in library.guards.values()
        if guard.status != "retired" and any_holds(guard.true_when, given, known)
    }


def guard_rules(guards: frozenset[str], library: Library) -> Iterator[FiredRule]:
    """A rule for each guard that carries a tier."""
    for guard_id in sorted(guards):
        guard = library.guards[guard_id]
        if guard.tier is not None:
            yield FiredRule(
                id=guard.id,
                tier=guard.tier,
                allows=guard.allows,
                because=Message(
                    "triage.guard", {"guard": guard.id}, tuple(cited.cite for cited in guard.sources)
                ),
            )
