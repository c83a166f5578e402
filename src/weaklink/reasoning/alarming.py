"""Alarming: which findings are pains and dangers, so that more of one never makes anything less urgent."""

from __future__ import annotations

from weaklink.library.reading import Library
from weaklink.library.records import Question

# What a danger question decides. A detail that excuses is the opposite of a danger.
DANGERS = ("red-flag", "guard", "detail")


def is_danger(question: Question) -> bool:
    """Whether a yes is more alarming than "unsure", and that more than a no."""
    calming = question.calming or question.excuses is not None
    return question.kind == "yes-no" and question.decides in DANGERS and not calming


def is_alarming(finding: str, library: Library) -> bool:
    """Whether a finding is a pain or a danger."""
    if finding.startswith("pain-") and finding not in library.questions and "=" not in finding:
        return True
    return finding in library.questions and is_danger(library.questions[finding])
