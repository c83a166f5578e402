"""Lighthouse's points for every page on its slow phone: the median of five runs, page by page.

Only when named (`python -m benchmarks lighthouse`): five runs of every page take a quarter of an hour.
Performance reads high or low with what else the machine does; the last line of the table says its load.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import httpx
from tests.lighthouse import Lighthouse, Report, lighthouse, lighthouse_missing, pages_once
from tests.server import serving
from tests.web.states import STATES
from tests.web.visitor import Visitor

from benchmarks.row import Missing, Row

RUNS = 5
TARGETS = {"performance": 95, "accessibility": 100, "best-practices": 100}


def rows() -> Iterator[Row | Missing]:
    """A row for each page's performance, then the lowest of the other two."""
    missing = lighthouse_missing()
    if missing:
        yield Missing("Lighthouse", missing)
        return
    lowest: dict[str, tuple[float, str]] = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder)) as address,
        httpx.Client(base_url=address, timeout=120) as client,
        lighthouse("whole") as one,
    ):
        visitor = Visitor(client)
        for state, path in pages_once():
            STATES[state](visitor)
            visitor.get(path)  # what is made once, like a plan, is made before
            points = _points(one, address + path)
            for name, value in points.items():
                lowest[name] = min(lowest.get(name, (101, "")), (value, path))
            yield _row(f"Lighthouse, performance of {path} ({state})", points, "performance")
    for name, (value, path) in lowest.items():
        yield _row(f"Lighthouse, lowest {name} of all pages: {path}", {name: value}, name)


def _points(one: Lighthouse, address: str) -> dict[str, float]:
    reports: list[Report] = [one.look(address) for _ in range(RUNS)]
    return {name: median(report.scores[name] for report in reports) for name in TARGETS}


def _row(figure: str, points: dict[str, float], name: str) -> Row:
    return Row(figure, points[name], "points", "target", TARGETS[name], "higher")
