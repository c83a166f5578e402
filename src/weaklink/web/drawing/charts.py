"""Charts: small multiples over the weeks of a course, drawn on the server. One x for all of them.

400 x 200 units; the plot lies between (34, 24) and (392, 168). Errors are drawn; shape comes before colour.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec
from markupsafe import Markup, escape

LEFT, RIGHT, TOP, BOTTOM = 34.0, 392.0, 24.0, 168.0
MOST_LABELS = 8
DAYS = 7
CELL, GAP = 30.0, 8.0
Shade = Literal["p", "l", "r"]  # pain; left: filled circle, solid; right: hollow square, dashed


class ChartWeeks(msgspec.Struct, frozen=True, kw_only=True):
    """The weeks on the x axis, from `first` to `last`, and the week it is."""

    first: int = 1
    last: int
    now: int
    word: str  # "week"

    @property
    def slot(self) -> float:
        """Width of one week."""
        return (RIGHT - LEFT) / (self.last - self.first + 1)

    @property
    def numbers(self) -> range:
        """The weeks, by their numbers."""
        return range(self.first, self.last + 1)

    def middle(self, week: int) -> float:
        """x of the middle of a week."""
        return LEFT + (week - self.first + 0.5) * self.slot

    def day(self, day: int) -> float:
        """x of a day since the start of the course, from 0."""
        return min(RIGHT, LEFT + (day / DAYS + 1 - self.first) * self.slot)


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """A measured value at an x, with its error up and down; None where nobody knows the error."""

    x: float
    value: float
    error: float | None = None


class AxisScale(msgspec.Struct, frozen=True, kw_only=True):
    """The y axis: from 0 to the highest tick."""

    ticks: tuple[float, ...]

    def y(self, value: float) -> float:
        """y of a value, kept on the plot."""
        share = min(1.0, max(0.0, value / self.ticks[-1]))
        return BOTTOM - share * (BOTTOM - TOP)


class ChartPanel(msgspec.Struct, frozen=True, kw_only=True):
    """A chart with its words, and its numbers as a table; `nothing`: nothing was told yet."""

    title: str
    help: str
    svg: Markup
    head: list[str]
    rows: list[list[str]]
    nothing: bool = False


def scale_to(highest: float) -> AxisScale:
    """A scale with three steps of a round size that holds a value."""
    rough = max(highest, 1.0) / 3
    size = 10 ** math.floor(math.log10(rough))
    step = next(size * n for n in (1, 2, 5, 10) if size * n >= rough - 1e-9)
    return AxisScale(ticks=(0.0, step, 2 * step, 3 * step))


def chart(parts: Iterable[str], described: str) -> Markup:
    """The finished picture; its numbers in words are its name."""
    body = "".join(parts)
    return Markup('<svg class="chart" viewBox="0 0 400 200" role="img" aria-label="{}">{}</svg>').format(
        described,
        Markup(body),  # noqa: S704 - numbers and escaped words only
    )


def axes(weeks: ChartWeeks, scale: AxisScale | None) -> str:
    """The ground line, the grid and the weeks."""
    ticks = scale.ticks[1:] if scale is not None else ()
    rows = "".join(
        f'<path class="grid" d="M34 {y:.1f}H392"/>{_tick(y, value)}'
        for value in ticks
        for y in [scale.y(value) if scale else 0.0]
    )
    zero = _tick(BOTTOM, 0) if scale is not None else ""
    return f'<path class="axis" d="M34 168H392"/>{zero}{rows}{_week_labels(weeks)}'


def _tick(y: float, value: float) -> str:
    return f'<text x="26" y="{y + 4.5:.1f}" text-anchor="end">{value:g}</text>'


def _week_labels(weeks: ChartWeeks) -> str:
    every = math.ceil(len(weeks.numbers) / MOST_LABELS)
    shown = weeks.numbers[::every]
    return "".join(
        f'<text x="{weeks.middle(n):.1f}" y="192" text-anchor="middle"{_now(n == weeks.now)}>'
        f"{f'{escape(weeks.word)} ' if n == weeks.first else ''}{n}</text>"
        for n in shown
    )


def _now(now: bool) -> str:
    return ' class="now"' if now else ""


def dose_marks(days: Sequence[tuple[int, float]]) -> str:
    """Numbered changes of dose: (number, x)."""
    return "".join(
        f'<path class="dose" d="M{x:.1f} 20V168"/><circle class="dose-badge" cx="{x:.1f}" cy="11" r="9"/>'
        f'<text class="dose-n" x="{x:.1f}" y="15.3">{number}</text>'
        for number, x in days
    )


def band(scale: AxisScale, to: float) -> str:
    """Shaded from 0 to a value: carry on."""
    y = scale.y(to)
    return f'<path class="ok-band" d="M34 {y:.1f}H392V168H34Z"/>'


def stop_line(scale: AxisScale, at: float) -> str:
    """A dashed line: above it, stop."""
    return f'<path class="stop-line" d="M34 {scale.y(at):.1f}H392"/>'


def series(points: Sequence[Point], scale: AxisScale, shade: Shade) -> str:
    """A line through measured values, each with its error bar and its mark."""
    if not points:
        return ""
    way = "L".join(f"{p.x:.1f} {scale.y(p.value):.1f}" for p in points)
    line = f'<path class="{shade}-line" d="M{way}"/>' if len(points) > 1 else ""
    bars = "".join(_bar(p, scale, shade) for p in points if p.error is not None)
    return line + bars + "".join(_dot(p.x, scale.y(p.value), shade) for p in points)


def weekly(points: Sequence[Point], scale: AxisScale, shade: Shade, weeks: ChartWeeks) -> str:
    """A value a week; weeks nobody spoke of are a gap that no line crosses."""
    runs: list[list[Point]] = []
    for point in points:
        if runs and point.x - runs[-1][-1].x < 1.5 * weeks.slot:
            runs[-1].append(point)
        else:
            runs.append([point])
    return "".join(series(run, scale, shade) for run in runs)


def _bar(point: Point, scale: AxisScale, shade: Shade) -> str:
    error = point.error or 0.0
    high, low, x = scale.y(point.value + error), scale.y(point.value - error), point.x
    caps = f"M{x - 4:.1f} {high:.1f}H{x + 4:.1f}M{x - 4:.1f} {low:.1f}H{x + 4:.1f}"
    return f'<path class="err {shade}-err" d="M{x:.1f} {high:.1f}V{low:.1f}{caps}"/>'


def _dot(x: float, y: float, shade: Shade) -> str:
    if shade == "r":
        return f'<path class="r-dot" d="M{x - 4.6:.1f} {y - 4.6:.1f}h9.2v9.2h-9.2z"/>'
    return f'<circle class="{shade}-dot" cx="{x:.1f}" cy="{y:.1f}" r="5.2"/>'


def name_at(x: float, y: float, name: str) -> str:
    """A word beside a line."""
    return f'<text class="strong-label" x="{x:.1f}" y="{y:.1f}">{escape(name)}</text>'


def columns(
    weeks: ChartWeeks, scale: AxisScale, values: Sequence[float], over: frozenset[int], tops: Sequence[str]
) -> str:
    """One column a week; those in `over` are hollow with an ink outline. `tops`: words above them."""
    half = min(17.0, weeks.slot * 0.32)
    parts = []
    for week, value, top in zip(weeks.numbers, values, tops, strict=True):
        x, y = weeks.middle(week), scale.y(value)
        if value:
            kind = "over" if week in over else "bar-run"
            parts.append(f'<path class="{kind}" d="M{x - half:.1f} 168V{y:.1f}H{x + half:.1f}V168"/>')
            parts.append(f'<text x="{x:.1f}" y="{y - 6:.1f}" text-anchor="middle">{escape(top)}</text>')
    return "".join(parts)


def limits(weeks: ChartWeeks, scale: AxisScale, values: Sequence[float | None]) -> str:
    """A thick line at each week's limit, where there is one."""
    half = min(22.0, weeks.slot * 0.42)
    return "".join(
        f'<path class="limit" d="M{weeks.middle(n) - half:.1f} {scale.y(v):.1f}h{2 * half:.1f}"/>'
        for n, v in zip(weeks.numbers, values, strict=True)
        if v is not None and v <= scale.ticks[-1]
    )


def cells(weeks: ChartWeeks, done: Sequence[int], planned: Sequence[int]) -> str:
    """A stack of boxes a week: filled for what was done, hollow for what was planned besides."""
    highest = max([*done, *planned, 1])
    tall = min(CELL, (BOTTOM - TOP - GAP) / highest - GAP)
    wide = min(34.0, weeks.slot * 0.6)
    parts = []
    for week, did, wanted in zip(weeks.numbers, done, planned, strict=True):
        x = weeks.middle(week) - wide / 2
        for number in range(max(did, wanted)):
            y = BOTTOM - GAP - tall - number * (tall + GAP)
            kind = "cell-on" if number < did else "cell"
            place = f'x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{tall:.1f}"'
            parts.append(f'<rect class="{kind}" {place} rx="4"/>')
    return "".join(parts)
