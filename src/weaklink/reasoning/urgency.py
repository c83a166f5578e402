"""Urgency: triage and ranking together, for a leading condition can raise what triage decided."""

from __future__ import annotations

from weaklink.case.disposition import Disposition
from weaklink.case.given import Given
from weaklink.case.hypothesis import Differential
from weaklink.library.reading import Library
from weaklink.reasoning.differential import differential
from weaklink.reasoning.triage import raise_for_conditions, triage, without_unsure


def judged(given: Given, library: Library) -> tuple[Disposition, Differential]:
    """The final disposition and the ranking of what is given.

    What raises is ranked without flags answered "unsure", so that "unsure" neither counts twice nor
    hides what the other answers say.
    """
    first = triage(given, library)
    ranked = differential(given, library, first)
    firm = without_unsure(first, library)
    standing = ranked if firm is first else differential(given, library, firm)
    return raise_for_conditions(first, standing, library), ranked
