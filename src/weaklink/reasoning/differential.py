"""The differential: ranked weak links with reasons, "not strength", and what a professional might check."""

from __future__ import annotations

from weaklink.case.disposition import Disposition
from weaklink.case.given import Given
from weaklink.case.hypothesis import Differential, Hypothesis
from weaklink.library.reading import Library
from weaklink.quantities import VERDICTS
from weaklink.reasoning.claims import Ties
from weaklink.reasoning.conditions import ranked_conditions, seen
from weaklink.reasoning.deficits import TestReading, readings
from weaklink.reasoning.edges import edges_of
from weaklink.reasoning.factors import RUNNING_LOAD, load_questions, other_factors, running_load
from weaklink.reasoning.limits import guard_limits
from weaklink.reasoning.observed import findings, painful
from weaklink.reasoning.strength import Grounds, views, weak_area_hypotheses


def differential(given: Given, library: Library, disposition: Disposition) -> Differential:
    """Weak links and conditions, most likely first; nothing here is a diagnosis.

    `no_deficit`: at least one test was clear and none found a weak area; then running load leads.
    """
    found = findings(given, library)
    measured = readings(given, library)
    conditions = ranked_conditions(seen(given, library, disposition, found))
    believed = {row.id: row.belief for row in conditions}
    ties = Ties(edges_of(library), painful(given, library), believed)
    limits = guard_limits(disposition.guards, library)
    base = Grounds(library, ties, measured, views(ties.edges, found, measured), limits)
    clear = no_deficit(library, measured)
    load = running_load(given, found, clear, load_questions(ties.edges))
    rows = [
        *weak_area_hypotheses(base),
        *other_factors(ties, found, measured),
    ]
    ranked = sorted([*rows, *([load] if load is not None else [])], key=lambda row: _rank(row, clear))
    return Differential(hypotheses=tuple(ranked), conditions=conditions, no_deficit=clear)


def no_deficit(library: Library, measured: tuple[TestReading, ...]) -> bool:
    """Whether strength was tested, something was clear, and nothing was weak."""
    said = {
        one.says
        for one in measured
        if library.clinical_tests[one.test].areas
        and library.clinical_tests[one.test].value != "pain-at-levels"
    }
    return "fine" in said and "weak" not in said


def _rank(row: Hypothesis, clear: bool) -> tuple[bool, int, int, float, str]:
    """Most likely first; at the same word tied weak areas, then other factors, then untied areas."""
    leads = clear and row.area == RUNNING_LOAD
    group = 1 if row.kind != "strength" else 0 if row.claims else 2
    return (not leads, VERDICTS.index(row.verdict), group, -round(row.belief, 9), row.area)
