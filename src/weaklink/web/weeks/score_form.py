"""Scores: the total of a questionnaire from elsewhere, told in a form and drawn with its own error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from weaklink.case.diary import Scored
from weaklink.library.records import Questionnaire
from weaklink.training.course.scores import score_changes
from weaklink.web.course.followed import Followed
from weaklink.web.drawing import charts
from weaklink.web.drawing.charts import Point, Scale, Weeks
from weaklink.web.visit.posted import Posted


def score_fields(here: Followed, posted: Posted | None) -> dict[str, Any]:
    """What the form shows: every questionnaire, those for the painful places first, and what was sent."""
    asked = [one for one in here.seen.house.library.questionnaires.values() if one.status != "retired"]
    hurts = here.following.given.sites
    # Those of a place that hurts, then those for any place, then the others.
    asked.sort(key=lambda one: (0 if hurts & set(one.sites) else 1 if not one.sites else 2, one.name))
    names = ("questionnaire", "total", "scored_on", "id")
    said = {name: str(posted.form.get(name, "")) if posted is not None else "" for name in names}
    return {"asked": [_asked(here, one) for one in asked], "values": said, "today": here.today.isoformat()}


def _asked(here: Followed, one: Questionnaire) -> dict[str, Any]:
    word = here.seen.wording.word
    better = word(f"weeks.score.{one.better}")
    return {
        "id": one.id,
        "name": one.name,
        "about": one.about,
        "range": word("weeks.score.range", low=one.min, high=one.max, better=better),
    }


def read_score(here: Followed, posted: Posted) -> dict[str, Any]:
    """A total, from its form."""
    name = str(posted.form.get("questionnaire", ""))
    asked = here.seen.house.library.questionnaires.get(name)
    if asked is None or asked.status == "retired":
        posted.errors["questionnaire"] = here.seen.wording.word("weeks.score.wanted")
        return {}
    total = posted.number("total", asked.min, asked.max, whole=asked.whole, needed=True)
    date = posted.date("scored_on", here.today)
    return {"kind": "scored", "id": posted.id, "questionnaire": asked.id, "date": date.isoformat(),
            "total": total}  # fmt: skip


def scores_told(here: Followed) -> Mapping[str, list[Scored]]:
    """Totals by questionnaire, oldest first."""
    found: dict[str, list[Scored]] = {}
    known = here.seen.house.library.questionnaires
    for one in sorted((e for e in here.entries if isinstance(e, Scored)), key=lambda e: (e.date, e.at, e.id)):
        if one.questionnaire in known:
            found.setdefault(one.questionnaire, []).append(one)
    return dict(sorted(found.items()))


def score_panel(
    here: Followed, weeks: Weeks, marks: str, asked: Questionnaire, told: Sequence[Scored]
) -> dict[str, Any]:
    """One questionnaire over the weeks. Bars that do not touch lie further apart than its own error."""
    word = here.seen.wording.word
    scale = Scale(ticks=tuple(asked.min + (asked.max - asked.min) * n / 4 for n in range(5)))
    half = asked.error.points / 2 if asked.error is not None else None
    points = [
        Point(x=min(charts.RIGHT - 8, weeks.day(max(0, (one.date - here.began).days)) + 12), value=one.total,
              error=half)
        for one in told
    ]  # fmt: skip
    rows = [[one.date.isoformat(), here.seen.wording.number(one.total)] for one in told]
    said = "; ".join(f"{date}: {total}" for date, total in rows)
    svg = charts.chart([charts.axes(weeks, scale), marks, charts.series(points, scale, "l")],
                       f"{asked.name}. {said}")  # fmt: skip
    help_key = "weeks.score.no-error" if asked.error is None else "weeks.score.help"
    verdict = score_changes(told, here.seen.house.library)
    changed = [word(f"weeks.score.says-{one.says}", before=one.before, after=one.after) for one in verdict]
    points_said = here.seen.wording.number(asked.error.points) if asked.error is not None else ""
    better = word(f"weeks.score.{asked.better}")
    return {
        "title": asked.name,
        "help": " ".join([word(help_key, points=points_said, better=better), *changed]),
        "svg": svg,
        "head": [word("weeks.score.date"), word("weeks.score.total")],
        "rows": rows,
    }
