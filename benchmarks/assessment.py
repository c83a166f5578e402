"""The reasoning in process, over every clinical story of the tests: question, assessment, both planners."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import msgspec

from benchmarks.row import Missing, Row, percentile
from weaklink.care.begin import assess
from weaklink.case.case_file import read_case
from weaklink.case.given import Given
from weaklink.library.reading import Library, shipped_library
from weaklink.reasoning.interview import Told, next_step
from weaklink.reasoning.urgency import judged
from weaklink.training.plan import exact
from weaklink.training.plan.planning import Planner, make_plan

STORIES = Path(__file__).resolve().parent.parent / "tests" / "cases"
ROUNDS = 3


def rows() -> Iterator[Row | Missing]:
    """Median and p99 over the stories; both are held against the target."""
    library = shipped_library()
    stories = [
        read_case(path.read_text(encoding="utf-8"), library).given for path in sorted(STORIES.rglob("*.toml"))
    ]
    asked = [msgspec.structs.replace(given, assume_unanswered_no=False) for given in stories]
    yield from _two(
        "one question step", _timed(lambda given: next_step(Told(given=given), library), asked), 10
    )
    whole = _timed(lambda given: assess(given, library, "greedy"), stories)
    yield from _two("whole assessment", whole, 50)
    yield from _planners(stories, library)


def _planners(stories: list[Given], library: Library) -> Iterator[Row | Missing]:
    plannable = [given for given in stories if assess(given, library, "greedy").plan is not None]
    yield from _two("plan, greedy", _timed(_planning(plannable, library, "greedy"), plannable), 20)
    if not exact.is_available():
        yield Missing("plan, exact", "the extra `plan` (OR-tools) is not installed")
        return
    few = plannable[:: max(1, len(plannable) // 12)]
    yield from _two(
        "plan, exact, solver started anew", _timed(_planning(few, library, "exact"), few, 1), 1000
    )


def _planning(stories: list[Given], library: Library, planner: Planner) -> Callable[[Given], object]:
    """The planning step alone: what comes before it is worked out beforehand."""
    before = {id(given): judged(given, library) for given in stories}
    return lambda given: make_plan(given, library, *before[id(given)], planner)


def _timed(step: Callable[[Given], object], stories: list[Given], rounds: int = ROUNDS) -> list[float]:
    """Milliseconds of every story, the best of its rounds: what else the machine did is not our figure."""
    step(stories[0])
    return [1000 * min(_once(step, given) for _ in range(rounds)) for given in stories]


def _once(step: Callable[[Given], object], given: Given) -> float:
    began = time.perf_counter()
    step(given)
    return time.perf_counter() - began


def _two(name: str, found: list[float], most_ms: float) -> Iterator[Row]:
    yield Row(f"{name}, median", median(found), "ms", "target", most_ms)
    yield Row(f"{name}, p99", percentile(found, 0.99), "ms", "target", most_ms)
