"""Scores: totals of questionnaires, compared by their own error; what is within it cannot be told."""

from __future__ import annotations

from collections.abc import Iterable

from weaklink.case.diary import Scored
from weaklink.library.reading import Library, nearest
from weaklink.library.records import Questionnaire
from weaklink.quantities import Message
from weaklink.training.course.outcome import Says, ScoreChange


def score_changes(told: Iterable[Scored], library: Library) -> tuple[ScoreChange, ...]:
    """Every questionnaire told twice or more: its first and its newest total, in id order."""
    by_name: dict[str, list[Scored]] = {}
    for one in sorted(told, key=lambda score: (score.date, score.at, score.id)):
        if one.questionnaire in library.questionnaires:
            by_name.setdefault(one.questionnaire, []).append(one)
    return tuple(
        _change(library.questionnaires[name], found[0].total, found[-1].total)
        for name, found in sorted(by_name.items())
        if found[0].date < found[-1].date
    )


def _change(asked: Questionnaire, before: float, after: float) -> ScoreChange:
    says = change_beyond_error(asked, before, after)
    values: dict[str, str | int | float] = {
        "questionnaire": asked.id,
        "before": before,
        "after": after,
        "points": asked.error.points if asked.error is not None else 0.0,
    }
    kind = "error-unknown" if asked.error is None else says
    because = Message(f"outcome.score-{kind}", values, tuple(cited.cite for cited in asked.sources))
    return ScoreChange(questionnaire=asked.id, before=before, after=after, says=says, because=because)


def change_beyond_error(asked: Questionnaire, before: float, after: float) -> Says:
    """Within its own error, or where nobody knows it, a change cannot be told.

    From there on it is better or worse, and "same" while it is smaller than what people notice.
    """
    change = abs(after - before)
    if asked.error is None or change < asked.error.points:
        return "cannot-tell"
    if asked.matters is not None and change < asked.matters.points:
        return "same"
    return "better" if (after > before) == (asked.better == "higher") else "worse"


def total_problem(told: Scored, library: Library) -> str:
    """What is wrong with a total, beginning with its key; empty when nothing is."""
    asked = library.questionnaires.get(told.questionnaire)
    if asked is None or asked.status == "retired":
        close = nearest(told.questionnaire, sorted(library.questionnaires))
        return f"questionnaire: unknown questionnaire {told.questionnaire!r}; nearest: {close}"
    if not asked.min <= told.total <= asked.max or (asked.whole and told.total != int(told.total)):
        kind = "a whole number" if asked.whole else "a number"
        return f"total: {told.total:g} is not {kind} from {asked.min:g} to {asked.max:g}"
    return ""
