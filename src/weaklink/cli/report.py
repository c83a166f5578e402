"""The answer in words, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weaklink.case.assessment import Assessment
from weaklink.library.wording import Wording
from weaklink.reasoning.safety_net import is_safety_net


def report_lines(assessment: Assessment, document: dict[str, Any], wording: Wording) -> Iterator[str]:
    """An assessment as lines: how urgent first, then what is likely, then what to do."""
    word = wording.word
    disposition = document["disposition"]
    yield word(f"report.tier.{disposition['tier']}")
    for rule in disposition["rules"]:
        yield f"  - {rule['because']} [{rule['id']}]"
    if disposition["unasked"]:
        yield word("report.unasked", ids=", ".join(disposition["unasked"]))
    yield from _hypotheses(assessment, document, wording)
    if document["next_test"]:
        yield word("report.next-test", **document["next_test"])
    yield from _plan(document, wording)
    yield from _when_to_be_seen(assessment, wording)
    yield word("report.foot", edition=document["edition"])


def _hypotheses(assessment: Assessment, document: dict[str, Any], wording: Wording) -> Iterator[str]:
    if not document["hypotheses"]:
        return
    yield wording.word("report.weak-links")
    pro, contra = wording.word("report.for"), wording.word("report.against")
    pairs = zip(assessment.differential.hypotheses, document["hypotheses"], strict=True)
    for hypothesis, shown in list(pairs)[:6]:
        side = wording.word(f"word.{hypothesis.side}")
        yield f"  {hypothesis.area} {side}".rstrip() + f" ({hypothesis.kind}): {hypothesis.verdict}"
        yield from (f"    {pro}: {reason}" for reason in shown["for"])
        yield from (f"    {contra}: {reason}" for reason in shown["against"])


def _plan(document: dict[str, Any], wording: Wording) -> Iterator[str]:
    if document["conflict"]:
        yield wording.word("report.conflict")
        yield from (f"  - {line}" for line in document["conflict"]["conflicts"])
        yield wording.word("report.nearest")
        yield from (f"  - {line}" for line in document["conflict"]["nearest"])
    if document["plan"]:
        first = document["plan"]["weeks"][0]
        yield wording.word("report.first-week")
        for session in first["sessions"]:
            day = wording.word(f"word.{session['day']}")
            yield "  " + wording.word("report.session", day=day, minutes=session["minutes"])
            yield from (line for item in session.get("prescribed", []) for line in _prescribed(item, wording))
            yield from (f"    {_item(item, wording)}" for item in session["items"])


def _when_to_be_seen(assessment: Assessment, wording: Wording) -> Iterator[str]:
    lines = [note for note in assessment.plan.notes if is_safety_net(note)] if assessment.plan else []
    if lines:
        yield wording.word("report.be-seen")
        yield from (f"  - {wording.say(line)}" for line in lines)


def _prescribed(item: dict[str, Any], wording: Wording) -> Iterator[str]:
    """A move of the physiotherapist, with whose it is and why it waits."""
    yield f"    {_item({**item, 'id': item['name']}, wording)}"
    yield from (f"      {line}" for line in item["because"])


def _item(item: dict[str, Any], wording: Wording) -> str:
    dose = " x ".join(str(item[part]) for part in ("sets", "reps") if item.get(part))
    hold = wording.word("report.hold", seconds=item["hold_s"]) if item.get("hold_s") else ""
    side = f"({wording.word('word.' + item['side'])})" if item.get("side") not in ("none", None) else ""
    return " ".join(part for part in (item["id"], dose, hold, side) if part)
