"""Panels by week: what a diary tells of the weeks shown, and one chart of it with its numbers in words."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec

from weaklink.case.diary import AnyEntry
from weaklink.training.course.course import week_of
from weaklink.training.course.day_told import DayTold
from weaklink.web.course.followed import Followed
from weaklink.web.drawing import charts
from weaklink.web.drawing.charts import ChartPanel, ChartWeeks

FEWEST_WEEKS = 6
MOST_WEEKS = 12  # more cannot be read side by side; what lies before is in one's own data
WEEK = datetime.timedelta(days=charts.DAYS)
LOOKING_BACK = datetime.timedelta(days=36)
Table = tuple[list[str], list[list[str]]]


def weeks_of(here: Followed) -> ChartWeeks:
    """The weeks every chart shows."""
    now = week_of(here.today, here.began)
    last = max(FEWEST_WEEKS, now)
    first = max(1, last - MOST_WEEKS + 1)
    return ChartWeeks(first=first, last=last, now=now, word=here.seen.wording.word("weeks.week"))


class ToldByWeek(msgspec.Struct, frozen=True):
    """What the diary tells of the weeks shown, read once for all charts."""

    weeks: ChartWeeks
    days: Sequence[DayTold]

    @property
    def entries(self) -> list[AnyEntry]:
        """Its entries besides those of sessions."""
        return [entry for day in self.days for entry in day.entries]


def told_by_week(here: Followed) -> ToldByWeek:
    """What the diary tells of the weeks shown; a little more, for what looks back from the first of them."""
    weeks = weeks_of(here)
    since = here.began + WEEK * (weeks.first - 1) - LOOKING_BACK
    return ToldByWeek(weeks, here.days_from(since))


def panel_of(
    here: Followed, key: str, parts: list[str], said: str, table: Table, **values: str
) -> ChartPanel:
    """A chart of the page, called by its key; `title` and `help` where these are other ones."""
    word = here.seen.wording.word
    title = values.pop("title", "") or word(f"weeks.chart.{key}")
    help_line = word(values.pop("help", f"weeks.chart.{key}.help"), **values)
    described = f"{title}. {said}"
    svg = charts.chart(parts, described)
    return ChartPanel(title=title, help=help_line, svg=svg, head=table[0], rows=table[1])


def by_week(here: Followed, weeks: ChartWeeks, values: Sequence[str], column: str) -> tuple[str, Table]:
    """The same numbers as a sentence and as a table, for the weeks so far."""
    word = here.seen.wording.word
    rows = [[str(n), value] for n, value in zip(weeks.numbers, values, strict=True) if n <= weeks.now]
    said = "; ".join(f"{weeks.word} {n}: {value}" for n, value in rows)
    return said, ([word("weeks.week-title"), column], rows)
