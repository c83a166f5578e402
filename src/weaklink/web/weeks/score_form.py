"""Scores: the total of a questionnaire from elsewhere, told in a form and drawn with its own error."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

import msgspec
from starlette.datastructures import FormData

from weaklink.case.diary import Scored
from weaklink.library.records import Questionnaire
from weaklink.training.course.course import week_of
from weaklink.training.course.scores import score_changes
from weaklink.web.course.followed import Followed
from weaklink.web.course.told_form import ToldForm, between, stamp_of, up_to
from weaklink.web.drawing import charts
from weaklink.web.drawing.charts import AxisScale, ChartPanel, ChartWeeks, Point
from weaklink.web.visit.typed_form import read_form


class ScoreForm(msgspec.Struct, frozen=True, kw_only=True):
    """The total of a questionnaire, and the day it is of."""

    questionnaire: str
    total: float
    scored_on: datetime.date | None = None


class ScoredQuestionnaire(msgspec.Struct, frozen=True, kw_only=True):
    """A questionnaire to choose: what it is about, and the range of its total."""

    id: str
    name: str
    about: str
    range: str


class ScoreFields(msgspec.Struct, frozen=True, kw_only=True):
    """What the form shows: every questionnaire, and what was sent."""

    asked: list[ScoredQuestionnaire]
    values: dict[str, str]
    today: str


def score_fields(here: Followed, said: Mapping[str, str]) -> ScoreFields:
    """What the form shows, the questionnaires for the painful places first."""
    asked = [one for one in here.seen.house.library.questionnaires.values() if one.status != "retired"]
    hurts = here.following.given.sites
    # Those of a place that hurts, then those for any place, then the others.
    asked.sort(key=lambda one: (0 if hurts & set(one.sites) else 1 if not one.sites else 2, one.name))
    values = {name: said.get(name, "") for name in ("questionnaire", "total", "scored_on", "id", "episode")}
    return ScoreFields(
        asked=[_asked(here, one) for one in asked], values=values, today=here.today.isoformat()
    )


def _asked(here: Followed, one: Questionnaire) -> ScoredQuestionnaire:
    word = here.seen.wording.word
    better = word(f"weeks.score.{one.better}")
    span = word("weeks.score.range", low=one.min, high=one.max, better=better)
    return ScoredQuestionnaire(id=one.id, name=one.name, about=one.about, range=span)


def read_score(here: Followed, form: FormData) -> ToldForm:
    """A total, from its form; its range is that of the questionnaire."""
    asked = here.seen.house.library.questionnaires.get(str(form.get("questionnaire", "")))
    wording = here.seen.wording
    if asked is None or asked.status == "retired":
        # Without a questionnaire nobody can say what is right for a total.
        read = read_form(form, ScoreForm, wording)
        wrong = {"questionnaire": wording.word("weeks.score.wanted")}
        return ToldForm(msgspec.structs.replace(read, value=None, errors=wrong))
    rules = {"total": between(asked.min, asked.max, whole=asked.whole), "scored_on": up_to(here.today)}
    read, stamp = read_form(form, ScoreForm, wording, rules), stamp_of(here, form)
    if read.value is None:
        return ToldForm(read)
    date = read.value.scored_on or here.today
    entry = Scored(id=stamp.id, at=stamp.at, questionnaire=asked.id, date=date, total=read.value.total)
    return ToldForm(read, (entry,))


def scores_told(here: Followed) -> Mapping[str, list[Scored]]:
    """Totals by questionnaire, oldest first."""
    found: dict[str, list[Scored]] = {}
    known = here.seen.house.library.questionnaires
    told = (one for one in here.past.outcomes if isinstance(one, Scored))
    for one in sorted(told, key=lambda score: (score.date, score.at, score.id)):
        if one.questionnaire in known:
            found.setdefault(one.questionnaire, []).append(one)
    return dict(sorted(found.items()))


def score_panel(
    here: Followed, weeks: ChartWeeks, marks: str, asked: Questionnaire, told: Sequence[Scored]
) -> ChartPanel:
    """One questionnaire over the weeks. Bars that do not touch lie further apart than its own error."""
    word = here.seen.wording.word
    scale = AxisScale(ticks=tuple(asked.min + (asked.max - asked.min) * n / 4 for n in range(5)))
    half = asked.error.points / 2 if asked.error is not None else None
    points = [
        Point(x=min(charts.RIGHT - 8, weeks.day(max(0, (one.date - here.began).days)) + 12), value=one.total,
              error=half)
        for one in told
        if week_of(one.date, here.began) >= weeks.first
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
    return ChartPanel(
        title=asked.name,
        help=" ".join([word(help_key, points=points_said, better=better), *changed]),
        svg=svg,
        head=[word("weeks.score.date"), word("weeks.score.total")],
        rows=rows,
    )
