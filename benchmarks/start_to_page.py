"""From the start of the process to the first page, and what the process weighs then and after a plan."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from statistics import median

from benchmarks.installed import ROOT, starts, with_pip
from benchmarks.row import Missing, Row


def rows() -> Iterator[Row | Missing]:
    """Time, memory after a page, after a plan by each planner. Medians of five starts."""
    copy = with_pip()
    found = starts(copy.folder, str(copy.folder / ".venv/bin/python"))
    seconds, page_mb, plan_mb, _ = (median(values) for values in zip(*found, strict=True))
    yield Row("start to first page, installed", seconds, "s", "target", 1.5)
    yield Row("memory after one page", page_mb, "MB", "target", 120)
    yield Row("memory after a plan, greedy planner", plan_mb, "MB", "target", 120)
    exact = starts(ROOT, sys.executable)
    alone_mb, whole_mb = median(one.alone_mb for one in exact), median(one.plan_mb for one in exact)
    yield Row("memory after a plan, exact planner, the server", alone_mb, "MB", "target", 120)
    yield Row(
        "the same with its planning process, gone after two idle minutes", whole_mb, "MB", "target", 120
    )
