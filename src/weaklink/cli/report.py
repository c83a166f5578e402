"""The answer in words, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weaklink.case.assessment import Assessment
from weaklink.library.wording import Wording
from weaklink.reasoning.safety_net import is_safety_net

TIER_LINES = {
    "emergency": "Emergency: call now.",
    "same-day": "See a doctor today.",
    "within-week": "See a professional within a week. No running and no training until then.",
    "see-professional": "Book a physiotherapist or sports doctor.",
    "self-manage": "This can be trained at home and watched.",
    "prevention": "No pain: a programme to stay strong.",
}


def report_lines(assessment: Assessment, document: dict[str, Any], wording: Wording) -> Iterator[str]:
    """An assessment as lines: how urgent first, then what is likely, then what to do."""
    disposition = document["disposition"]
    yield TIER_LINES[disposition["tier"]]
    for rule in disposition["rules"]:
        yield f"  - {rule['because']} [{rule['id']}]"
    if disposition["unasked"]:
        yield "Still to be answered before a plan: " + ", ".join(disposition["unasked"])
    yield from _hypotheses(assessment, document, wording)
    if document["next_test"]:
        yield f"Next test: {document['next_test']['id']}. {document['next_test']['why']}"
    yield from _plan(document)
    yield from _when_to_be_seen(assessment, wording)
    yield f"Knowledge edition {document['edition']}. Not a diagnosis. Not reviewed by a clinician yet."


def _hypotheses(assessment: Assessment, document: dict[str, Any], wording: Wording) -> Iterator[str]:
    if not document["hypotheses"]:
        return
    yield "Likely weak links to train, most likely first:"
    pairs = zip(assessment.differential.hypotheses, document["hypotheses"], strict=True)
    for hypothesis, shown in list(pairs)[:6]:
        side = wording.word(f"word.{hypothesis.side}")
        yield f"  {hypothesis.area} {side}".rstrip() + f" ({hypothesis.kind}): {hypothesis.verdict}"
        yield from (f"    for: {reason}" for reason in shown["for"])
        yield from (f"    against: {reason}" for reason in shown["against"])


def _plan(document: dict[str, Any]) -> Iterator[str]:
    if document["conflict"]:
        yield "That wish cannot be met:"
        yield from (f"  - {line}" for line in document["conflict"]["conflicts"])
        yield "What would work:"
        yield from (f"  - {line}" for line in document["conflict"]["nearest"])
    if document["plan"]:
        first = document["plan"]["weeks"][0]
        yield "First week:"
        for session in first["sessions"]:
            yield f"  {session['day']}, {session['minutes']} min"
            yield from (f"    {_item(item)}" for item in session["items"])


def _when_to_be_seen(assessment: Assessment, wording: Wording) -> Iterator[str]:
    lines = [note for note in assessment.plan.notes if is_safety_net(note)] if assessment.plan else []
    if lines:
        yield "When to be seen:"
        yield from (f"  - {wording.say(line)}" for line in lines)


def _item(item: dict[str, Any]) -> str:
    dose = " x ".join(str(item[part]) for part in ("sets", "reps") if item.get(part))
    hold = f" hold {item['hold_s']} s" if item.get("hold_s") else ""
    return f"{item['id']} {dose}{hold}".rstrip() + (
        f" ({item['side']})" if item.get("side") not in ("none", None) else ""
    )
