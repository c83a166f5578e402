"""The answer: an assessment as the JSON object of the contract, worded in one language."""

from __future__ import annotations

from typing import Any

from weaklink.case.assessment import Assessment
from weaklink.case.disposition import Disposition
from weaklink.case.hypothesis import Differential, Hypothesis
from weaklink.case.plan import Conflict
from weaklink.library.wording import Wording
from weaklink.training.plan.plan_document import plan_document


def answer(assessment: Assessment, wording: Wording) -> dict[str, Any]:
    """The JSON-ready answer. When nothing is allowed no exercise id is in it."""
    test = assessment.next_test
    return {
        "disposition": disposition_document(assessment.disposition, wording),
        "hypotheses": hypotheses_document(assessment.differential, wording),
        "conditions": conditions_document(assessment.differential),
        "next_test": {"id": test.id, "why": wording.say(test.why)} if test else None,
        "plan": plan_document(assessment.plan, wording.say) if assessment.plan else None,
        "plan_refused": list(assessment.plan_refused),
        "conflict": conflict_document(assessment.conflict, wording) if assessment.conflict else None,
        "edition": assessment.edition,
    }


def disposition_document(disposition: Disposition, wording: Wording) -> dict[str, Any]:
    """Tier, what is allowed, and each fired rule with its reason and what it contradicts."""
    return {
        "tier": disposition.tier,
        "allows": disposition.allows,
        "rules": [
            {
                "id": rule.id,
                "tier": rule.tier,
                "because": wording.say(rule.because),
                **({"contradicts": list(rule.contradicts)} if rule.contradicts else {}),
            }
            for rule in disposition.rules
        ],
        "unasked": list(disposition.unasked),
        "guards": list(disposition.guards),
    }


def hypotheses_document(ranked: Differential, wording: Wording) -> list[dict[str, Any]]:
    """The ranked weak links with their reasons in words, most likely first."""
    return [_hypothesis(hypothesis, wording) for hypothesis in ranked.hypotheses]


def _hypothesis(hypothesis: Hypothesis, wording: Wording) -> dict[str, Any]:
    return {
        "area": hypothesis.area,
        "side": "none" if hypothesis.side == "not-said" else hypothesis.side,
        "kind": hypothesis.kind,
        "verdict": hypothesis.verdict,
        "for": [wording.say(reason) for reason in hypothesis.reasons_for],
        "against": [wording.say(reason) for reason in hypothesis.reasons_against],
        "claims": list(hypothesis.claims),
    }


def conditions_document(ranked: Differential) -> list[dict[str, Any]]:
    """What a professional might check, most likely first."""
    return [
        {"id": condition.id, "verdict": condition.verdict, "side": condition.side}
        for condition in ranked.conditions
    ]


def conflict_document(conflict: Conflict, wording: Wording) -> dict[str, Any]:
    """What is in conflict in a wish, and the nearest plans that work."""
    return {
        "conflicts": [wording.say(message) for message in conflict.conflicts],
        "nearest": [wording.say(message) for message in conflict.nearest],
    }
