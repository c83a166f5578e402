"""Urgency: triage and ranking together, for a leading condition can raise what triage decided."""

from __future__ import annotations

from weaklink.case.disposition import Disposition
from weaklink.case.given import Given
from weaklink.case.hypothesis import Differential
from weaklink.library.reading import Library
from weaklink.reasoning.differential import differential
from weaklink.reasoning.suspicion import suspicions
from weaklink.reasoning.triage import raised, triage


def judged(given: Given, library: Library) -> tuple[Disposition, Differential]:
    """The final disposition and the ranking of what is given."""
    ranked = differential(given, library, triage(given, library))
    return urgency(given, library), ranked


def urgency(given: Given, library: Library) -> Disposition:
    """The final disposition alone."""
    return raised(triage(given, library), suspicions(given, library), library)
