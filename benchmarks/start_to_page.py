"""From the start of the process to the first page, and what the process weighs then and after a plan."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from statistics import median

from benchmarks.installed import ROOT, starts, with_pip
from benchmarks.row import Missing, Row


def rows() -> Iterator[Row | Missing]:
    """Four rows: time, memory after a page, after a plan by each planner. Medians of five starts."""
    copy = with_pip()
    seconds, page_mb, plan_mb = zip(*starts(copy.folder, str(copy.folder / ".venv/bin/python")), strict=True)
    yield Row("start to first page, installed", median(seconds), "s", "target", 1.5)
    yield Row("memory after one page", median(page_mb), "MB", "target", 120)
    yield Row("memory after a plan, greedy planner", median(plan_mb), "MB", "target", 120)
    exact = [weight for _, _, weight in starts(ROOT, sys.executable)]
    yield Row("memory after a plan, exact planner", median(exact), "MB", "target", 120)
