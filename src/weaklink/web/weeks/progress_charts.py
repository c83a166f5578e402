"""Progress charts: what a diary says by week, as small multiples with their numbers in words."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

import msgspec

from weaklink.care.finish import readable_tests, retests
from weaklink.case.diary import RunDone, Stretched
from weaklink.case.given import Result
from weaklink.library.records import ClinicalTest
from weaklink.quantities import Side
from weaklink.running.longest_run import MOST, Run, longest_km
from weaklink.training.course.course import week_of
from weaklink.training.course.outcome import least_change
from weaklink.training.course.pain_trend import worst_in_week
from weaklink.training.course.past import felt_in
from weaklink.training.course.rungs import training_days
from weaklink.web.course.followed import Followed
from weaklink.web.course.trained_charts import stiffness, trained
from weaklink.web.course.week_panels import ToldByWeek, by_week, panel_of
from weaklink.web.drawing import charts
from weaklink.web.drawing.charts import AxisScale, ChartPanel, ChartWeeks, Point
from weaklink.web.weeks.score_form import score_panel, scores_told

PAIN = AxisScale(ticks=(0.0, 2.0, 5.0, 10.0))
PAIN_ERROR = 1.0  # two bars that do not touch lie 2 points apart, the smallest clear change
SHADES: dict[Side, charts.Shade] = {"left": "l", "right": "r"}
BESIDE = 5.0
MOST_TESTS = 2


def panels(here: Followed, told: ToldByWeek, marks: Sequence[tuple[int, float]]) -> list[ChartPanel]:
    """Every chart of the page. A closed plan shows none that names a test or a stretch."""
    weeks = told.weeks
    drawn = charts.dose_marks(marks)
    found = [_pain(here, told, drawn), *stiffness(here, told, drawn)]
    if not here.closed:
        found += [_strength(here, weeks, drawn, test) for test in strength_tests(here)[:MOST_TESTS]]
        found += trained(here, told, drawn)
    asked = here.seen.house.library.questionnaires
    found += [score_panel(here, weeks, drawn, asked[name], of) for name, of in scores_told(here).items()]
    found += [_running(here, told, drawn), _sessions(here, told, drawn)]
    return found if here.closed else [*found, _stretches(here, told, drawn)]


# --- pain --------------------------------------------------------------------------------------------------


def weekly_pain(here: Followed, told: ToldByWeek) -> dict[int, int]:
    """The pain that was reached on two days of each week, by week; weeks without a word are left out."""
    by_week: dict[int, dict[datetime.date, int]] = {}
    for day, pain in felt_in(told.days).worst.items():
        if day >= here.began and week_of(day, here.began) >= told.weeks.first:
            by_week.setdefault(week_of(day, here.began), {})[day] = pain
    return {week: worst_in_week(days, max(days)) or 0 for week, days in sorted(by_week.items())}


def _pain(here: Followed, told: ToldByWeek, marks: str) -> ChartPanel:
    weeks, profile, found = told.weeks, here.following.setting.limits.profile, weekly_pain(here, told)
    scale = (
        PAIN
        if profile.green_to == 2
        else AxisScale(ticks=tuple(sorted({0.0, float(profile.green_to), 5.0, 10.0})))
    )
    points = [Point(x=weeks.middle(n), value=pain, error=PAIN_ERROR) for n, pain in found.items()]
    parts = [charts.band(scale, profile.green_to), charts.axes(weeks, scale),
             charts.stop_line(scale, profile.amber_to), marks,
             charts.weekly(points, scale, "p", weeks)]  # fmt: skip
    nothing = here.seen.wording.word("weeks.not-told")
    values = [str(found.get(n, nothing)) for n in weeks.numbers]
    said, table = by_week(here, weeks, values, here.seen.wording.word("weeks.chart.pain.column"))
    return panel_of(
        here, "pain", parts, said, table, green=str(profile.green_to), amber=str(profile.amber_to)
    )


# --- strength ----------------------------------------------------------------------------------------------


def strength_tests(here: Followed) -> list[ClinicalTest]:
    """The counted tests of the start, those of the likely weak link first, those done again before others."""
    library, areas = here.seen.house.library, here.training.plan.areas[:1]
    again = {test for retest in retests(here.past.outcomes) for test in retest.tests}
    found = [
        library.clinical_tests[name]
        for name, results in here.training.given.tests.items()
        if _counts_strength(library.clinical_tests[name]) and set(results) <= {"right", "left"}
    ]
    return sorted(found, key=lambda t: (t.id not in again, not set(t.areas) & set(areas), t.id))


def _counts_strength(test: ClinicalTest) -> bool:
    return test.value == "number" and test.kind_of_link == "strength"


def results_over_time(here: Followed, test: str) -> list[tuple[int, Mapping[Side, Result]]]:
    """(day of the course, results by side) of a test, the start first."""
    start = here.training.given.tests.get(test, {})
    again = [
        (
            (e.day - here.began).days,
            readable_tests({test: e.tests[test]}, here.seen.house.library).get(test, {}),
        )
        for e in retests(here.past.outcomes)
        if test in e.tests
    ]
    return [(0, start), *again]


def _strength(here: Followed, weeks: ChartWeeks, marks: str, test: ClinicalTest) -> ChartPanel:
    word, found = here.seen.wording.word, results_over_time(here, test.id)
    lines = {side: _line(found, test, weeks, side) for side in SHADES}
    tops = [p.value + (p.error or 0) for points in lines.values() for p in points]
    scale = charts.scale_to(max(tops, default=1))
    parts = [charts.axes(weeks, scale), marks]
    for side in ("right", "left"):
        parts.append(charts.series(lines[side], scale, SHADES[side]))
    parts += _names(here, lines, scale)
    rows = [[f"{day // 7 + 1}", *(_value(here, results, side) for side in SHADES)] for day, results in found]
    said = "; ".join(
        f"{weeks.word} {row[0]}: {word('word.left')} {row[1]}, {word('word.right')} {row[2]}" for row in rows
    )
    error = next((p.error for points in lines.values() for p in points if p.error is not None), None)
    help_key = "weeks.chart.strength.no-error" if error is None else "weeks.chart.strength.help"
    head = [word("weeks.week-title"), word("word.left"), word("word.right")]
    said_error = here.seen.wording.number(error or 0)
    return panel_of(here, "strength", parts, said, (head, rows), title=test.name, help=help_key,
                  unit=here.seen.wording.unit(test.unit), error=said_error)  # fmt: skip


def _line(
    found: Sequence[tuple[int, Mapping[Side, Result]]], test: ClinicalTest, weeks: ChartWeeks, side: Side
) -> list[Point]:
    aside = -BESIDE if side == "left" else BESIDE
    return [
        Point(
            x=min(charts.RIGHT - 8, weeks.day(day) + 12 + aside),
            value=results[side].value or 0.0,
            error=least_change(test, results[side].value or 0.0),
        )
        for day, results in found
        if side in results and results[side].value is not None and day // charts.DAYS + 1 >= weeks.first
    ]


def _names(here: Followed, lines: Mapping[Side, list[Point]], scale: AxisScale) -> list[str]:
    word = here.seen.wording.word
    last = {side: points[-1] for side, points in lines.items() if points}
    highest = max(last, key=lambda side: last[side].value, default="left")
    found = []
    for side, point in last.items():
        y = scale.y(point.value) + (-10 if side == highest else 20)
        found.append(charts.name_at(min(point.x + 10, 350), y, word(f"word.{side}")))
    return found


def _value(here: Followed, results: Mapping[Side, Result], side: Side) -> str:
    value = results[side].value if side in results else None
    return "–" if value is None else here.seen.wording.number(value)


# --- running, sessions, stretches --------------------------------------------------------------------------


def _running(here: Followed, told: ToldByWeek, marks: str) -> ChartPanel:
    word, weeks = here.seen.wording.word, told.weeks
    runs = [e for e in told.entries if isinstance(e, RunDone)]
    of_week = {n: [r for r in runs if _is_in(here, r.date, n)] for n in weeks.numbers}
    longest = [round(_longest(those) / here.km_per_unit, 1) for those in of_week.values()]
    shown = [_limit(here, runs, n) if n <= weeks.now else None for n in weeks.numbers]
    over = frozenset(
        n for n, far, limit in zip(weeks.numbers, longest, shown, strict=True)
        if limit is not None and far > limit + 1e-6
    )  # fmt: skip
    values = [
        word("weeks.chart.running.value", runs=len(those), total=sum(run.km for run in those),
             longest=_longest(those)) if those else word("weeks.not-told")
        for those in of_week.values()
    ]  # fmt: skip
    tops = [f"{len(those)} ×" if those else "" for those in of_week.values()]
    scale = charts.scale_to(max([*longest, *(limit or 0 for limit in shown)]))
    parts = [charts.axes(weeks, scale), charts.columns(weeks, scale, longest, over, tops),
             charts.limits(weeks, scale, shown), marks]  # fmt: skip
    said, table = by_week(here, weeks, values, word("weeks.chart.running"))
    help_key = "weeks.chart.running.help" if any(shown) else "weeks.chart.running.no-limit"
    panel = panel_of(here, "running", parts, said, table, unit=here.unit, help=help_key)
    return msgspec.structs.replace(panel, nothing=not any(of_week.values()))


def _is_in(here: Followed, day: datetime.date, week: int) -> bool:
    return day >= here.began and week_of(day, here.began) == week


def _longest(runs: Sequence[RunDone]) -> float:
    return max((run.km for run in runs), default=0.0)


def _limit(here: Followed, told: Sequence[RunDone], week: int) -> float | None:
    """110 % of the longest run of the 30 days before a week; None without any, or where less is asked."""
    if here.closed or here.following.setting.limits.running != "easy":
        return None
    runs = [Run(date=run.date, km=run.km) for run in told]
    found = longest_km(runs, here.began + datetime.timedelta(days=7 * (week - 1)))
    return None if found is None else round(found * MOST / here.km_per_unit, 1)


def _sessions(here: Followed, told: ToldByWeek, marks: str) -> ChartPanel:
    weeks = told.weeks
    days = {session.date for day in told.days for session in day.sessions if session.trained}
    done = [sum(week_of(day, here.began) == n for day in days) for n in weeks.numbers]
    planned = len(training_days(here.training.plan))
    parts = [charts.axes(weeks, None), charts.cells(weeks, done, [planned] * len(done)), marks]
    word = here.seen.wording.word
    said, table = by_week(here, weeks, [f"{n}" for n in done], word("weeks.chart.sessions"))
    return panel_of(here, "sessions", parts, said, table, planned=str(planned))


def _stretches(here: Followed, told: ToldByWeek, marks: str) -> ChartPanel:
    """Days with a stretch before or after a run, and after moves: never counted as sessions (S38)."""
    weeks = told.weeks
    found = {(e.day, e.when) for e in told.entries if isinstance(e, Stretched)}
    done = [sum(_is_in(here, day, n) for day, _ in found) for n in weeks.numbers]
    parts = [charts.axes(weeks, None), charts.cells(weeks, done, [0] * len(done)), marks]
    word = here.seen.wording.word
    said, table = by_week(here, weeks, [f"{n}" for n in done], word("weeks.chart.stretches"))
    return msgspec.structs.replace(panel_of(here, "stretches", parts, said, table), nothing=not found)
