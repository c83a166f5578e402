"""Trained charts: load and repetitions of the move that was trained most, and stiff mornings, by week."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping

from weaklink.quantities import KG_PER_POUND
from weaklink.training.course.course import week_of
from weaklink.training.course.pain_trend import worst_in_week
from weaklink.training.course.past import felt_in
from weaklink.training.course.session_record import MoveRecord
from weaklink.web.course.followed import Followed
from weaklink.web.course.week_panels import ToldByWeek, by_week, panel_of
from weaklink.web.drawing import charts
from weaklink.web.drawing.charts import ChartPanel, Point

ByWeek = dict[int, float]
SHADES: dict[str, charts.Shade] = {"stiffness": "p"}  # teal is for what gets stronger


def stiffness(here: Followed, told: ToldByWeek, marks: str) -> list[ChartPanel]:
    """Minutes stiff in the morning; nothing where nobody told of any. No minutes may be none or not told."""
    days: dict[int, dict[datetime.date, int]] = {}
    for day, minutes in felt_in(told.days).stiff.items():
        week = week_of(day, here.began)
        if minutes > 0 and day >= here.began and week >= told.weeks.first:
            days.setdefault(week, {})[day] = minutes
    found = {week: float(worst_in_week(those, max(those)) or 0) for week, those in sorted(days.items())}
    nothing = here.seen.wording.word("weeks.chart.stiffness.nothing")
    return [_panel(here, told, marks, "stiffness", (found, {}, nothing))] if found else []


def trained(here: Followed, told: ToldByWeek, marks: str) -> list[ChartPanel]:
    """Load and repetitions of one move: the one that was loaded in most weeks, else the one done in most."""
    loads, reps = _by_move(here, told, _kilograms), _by_move(here, told, _repetitions)
    move = _most_told(loads) or _most_told(reps)
    exercise = here.seen.house.library.exercises.get(move)
    if exercise is None:
        return []
    name, pounds, word = exercise.name, here.seen.wording.measures.pounds, here.seen.wording.word
    shown = {
        week: round(kg / KG_PER_POUND if pounds else kg, 1) for week, kg in loads.get(move, ByWeek()).items()
    }
    nothing = word("weeks.not-told")
    drawn: tuple[tuple[str, ByWeek, dict[str, str]], ...] = (
        ("load", shown, {"unit": "lb" if pounds else "kg"}),
        ("reps", reps.get(move, ByWeek()), {}),
    )
    titled = [
        (key, values, {**said, "title": word(f"weeks.chart.{key}.title", exercise=name)})
        for key, values, said in drawn
    ]
    return [_panel(here, told, marks, key, (values, said, nothing)) for key, values, said in titled if values]


def _panel(
    here: Followed, told: ToldByWeek, marks: str, key: str, what: tuple[ByWeek, Mapping[str, str], str]
) -> ChartPanel:
    """One value a week. `what`: the values, the words of its help, and what stands for a week without one."""
    (values, said_with, nothing), weeks = what, told.weeks
    scale = charts.scale_to(max(values.values()))
    points = [Point(x=weeks.middle(week), value=value) for week, value in values.items()]
    parts = [charts.axes(weeks, scale), marks, charts.weekly(points, scale, SHADES.get(key, "l"), weeks)]
    number = here.seen.wording.number
    unit = f"\N{NO-BREAK SPACE}{said_with['unit']}" if "unit" in said_with else ""
    listed = [f"{number(values[n])}{unit}" if n in values else nothing for n in weeks.numbers]
    said, table = by_week(here, weeks, listed, here.seen.wording.word(f"weeks.chart.{key}.column"))
    return panel_of(here, key, parts, said, table, **said_with)


def _by_move(here: Followed, told: ToldByWeek, of: Callable[[MoveRecord], float | None]) -> dict[str, ByWeek]:
    """What the last session of each week told of each move; what it did not tell is left out."""
    found: dict[str, ByWeek] = {}
    sessions = sorted((s for day in told.days for s in day.sessions), key=lambda s: (s.date, s.session))
    for session in sessions:
        week = week_of(session.date, here.began)
        if session.date < here.began or week < told.weeks.first:
            continue
        for move in session.moves:
            value = of(move)
            if value is not None:
                found.setdefault(move.exercise, {})[week] = value
    return found


def _kilograms(move: MoveRecord) -> float | None:
    """All that was held; None where nobody said, for nothing held, and for a band, which nobody weighed."""
    return move.load.total_kg or None if move.load is not None else None


def _repetitions(move: MoveRecord) -> float | None:
    return float(move.reps) if move.reps else None


def _most_told(found: Mapping[str, ByWeek]) -> str:
    """The move told in most weeks, then the one told last; empty for none."""
    return max(found, key=lambda move: (len(found[move]), max(found[move]), move), default="")
