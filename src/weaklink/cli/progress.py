"""How far a study is: a bar with the time left on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

if TYPE_CHECKING:
    from weaklink.study.study_plan import StudyPlan

EVERY_S = 15.0
Shown = Callable[[int, int], None]


@contextlib.contextmanager
def shown(plan: StudyPlan, where: str, console: Console | None = None) -> Iterator[Shown]:
    """What to call with the scenarios done and those in all. Written to standard error."""
    screen = console or Console(stderr=True)
    size = f"{plan.people:,} people, {plan.scenarios:,} scenarios in {plan.chunks:,} chunks"
    screen.print(f"{plan.study.title}: {size}, {where}", markup=False, highlight=False, soft_wrap=True)
    if screen.is_terminal:
        yield from _bar(screen, plan.scenarios)
    else:
        yield _lines(screen)


def _bar(screen: Console, scenarios: int) -> Iterator[Shown]:
    columns = (TextColumn("{task.percentage:>3.0f} %"), BarColumn(), MofNCompleteColumn(),
               TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn())  # fmt: skip
    with Progress(*columns, console=screen, speed_estimate_period=120) as bar:
        task = bar.add_task("scenarios", total=scenarios)
        yield lambda done, _all: bar.update(task, completed=done)


def _lines(screen: Console) -> Shown:
    """A line at the start, at the end, and every quarter of a minute between."""
    began = last = time.monotonic()
    first: int | None = None

    def say(done: int, whole: int) -> None:
        nonlocal first, last
        now = time.monotonic()
        if first is None:
            first = done
        elif done < whole and now - last < EVERY_S:
            return
        last = now
        left = _left(done - first, whole - done, now - began)
        screen.print(f"{done:,} of {whole:,} scenarios{left}", markup=False, highlight=False)

    return say


def _left(done: int, open_: int, elapsed_s: float) -> str:
    """The time left at the pace so far, in words; nothing while there is no pace yet."""
    if not done or not open_:
        return ""
    seconds = elapsed_s / done * open_
    return f", about {seconds / 60:.0f} min left" if seconds >= 90 else f", about {seconds:.0f} s left"
