"""Lighthouse on pages in a real state, as a phone: accessibility 100, best practices 100.

Both are the same on every machine. Performance is not, so `python -m benchmarks lighthouse` measures it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue

import httpx
import pytest

from tests.lighthouse import Lighthouse, Report, lighthouse, lighthouse_missing, pages_once
from tests.searches import REACH
from tests.web.states import STATES
from tests.web.visitor import Visitor

AT_ONCE = 2
ONE_IN = 1 if REACH == "soak" else 3  # pages; `make soak` looks at all of them


@pytest.fixture(scope="module")
def lookers() -> Iterator[SimpleQueue[Lighthouse]]:
    """As many as look at pages at once."""
    missing = lighthouse_missing()
    if missing:
        pytest.skip(f"NOT TESTED HERE: {missing}")
    free: SimpleQueue[Lighthouse] = SimpleQueue()
    with lighthouse("quick") as one, lighthouse("quick") as other:
        free.put(one)
        free.put(other)
        yield free


@pytest.fixture(scope="module")
def visitor(address: str) -> Iterator[Visitor]:
    """Whoever fills in the forms, without a browser."""
    with httpx.Client(base_url=address, timeout=60) as client:
        yield Visitor(client)


def pages_by_state() -> dict[str, list[str]]:
    """Pages by the state they show themselves in; test_accessibility looks at every page in all of its states."""
    found: dict[str, list[str]] = defaultdict(list)
    for state, path in pages_once()[::ONE_IN]:
        found[state].append(path)
    return found


@pytest.mark.parametrize("state", pages_by_state())
def test_every_page_has_all_points_of_accessibility_and_best_practices(
    state: str, lookers: SimpleQueue[Lighthouse], visitor: Visitor, address: str
) -> None:
    STATES[state](visitor)

    def look(path: str) -> Report:
        looker = lookers.get()
        try:
            return looker.look(address + path)
        finally:
            lookers.put(looker)

    with ThreadPoolExecutor(AT_ONCE) as several:
        reports = list(several.map(look, pages_by_state()[state]))

    assert {report.address: report.lines for report in reports if report.lines} == {}
    for report in reports:
        assert report.scores == {"accessibility": 100, "best-practices": 100}, report.address
