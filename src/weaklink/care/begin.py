"""Begin: one pass through the chain, from what a runner said to the plan or to whom to see."""

from __future__ import annotations

from weaklink.case.assessment import Assessment
from weaklink.case.disposition import Disposition
from weaklink.case.given import Given
from weaklink.case.hypothesis import Differential
from weaklink.case.plan import Conflict, Plan
from weaklink.library.reading import Library
from weaklink.reasoning.examination import next_test
from weaklink.reasoning.urgency import judged
from weaklink.training.plan.planning import Planner, make_plan

NOT_ASKED = "unanswered-safety-questions"


def assess(given: Given, library: Library, planner: Planner = "auto") -> Assessment:
    """The whole answer to what is given. Triage runs first and decides what else may be shown."""
    disposition, ranked = judged(given, library)
    outcome = _outcome(given, library, disposition, ranked, planner)
    return Assessment(
        given=given,
        disposition=disposition,
        differential=_without_training(ranked) if disposition.refers else ranked,
        next_test=None if disposition.refers else next_test(given, library, ranked),
        plan=outcome if isinstance(outcome, Plan) else None,
        plan_refused=refusals(disposition),
        conflict=outcome if isinstance(outcome, Conflict) else None,
        edition=library.edition,
    )


def _without_training(ranked: Differential) -> Differential:
    # A referral ends the chain: what a professional might check stays, what to train does not.
    return Differential(hypotheses=(), conditions=ranked.conditions)


def refusals(disposition: Disposition) -> tuple[str, ...]:
    """The ids of the rules that refuse a plan; empty when one may be made."""
    if disposition.refers:
        return tuple(rule.id for rule in disposition.rules if rule.allows == "nothing")
    return (NOT_ASKED, *disposition.unasked) if disposition.unasked else ()


def _outcome(
    given: Given, library: Library, disposition: Disposition, ranked: Differential, planner: Planner
) -> Plan | Conflict | None:
    if refusals(disposition):
        return None
    return make_plan(given, library, disposition, ranked, planner)
