"""A long diary: what a page and an entry cost does not grow with the years before them."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from benchmarks.long_diary import begin, note, write_years
from starlette.testclient import TestClient

from weaklink.bootstrap import build, settings_from
from weaklink.web.app import make_app

HOME = "http://127.0.0.1:8000"
PAGES = ("/today", "/plan", "/session", "/progress")
MOST_TIMES = 1.5
SHORT, LONG = 300, 1200  # entries: as much as the progress page shows, and more than two years


class Calls:
    """How many functions were called in every thread that began since: a cost that no clock disturbs."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, _frame: FrameType, event: str, _what: Any) -> None:
        self.count += event == "call"

    def of(self, work: Callable[[], object]) -> int:
        before = self.count
        work()
        return self.count - before


@contextmanager
def counting() -> Iterator[Calls]:
    before, calls = threading.getprofile(), Calls()
    threading.setprofile(calls)
    try:
        yield calls
    finally:
        threading.setprofile(before)  # type: ignore[arg-type]


def client_of(folder: Path) -> TestClient:
    return TestClient(
        make_app(build(settings_from({}, folder=folder, host="127.0.0.1", port=8000))), base_url=HOME
    )


def tells(client: TestClient, number: int) -> None:
    answer = client.post("/api/v1/diary", json={"entries": [note(number)]}, headers={"origin": HOME})
    assert answer.status_code == 200, answer.text


def looks(client: TestClient, path: str) -> None:
    assert client.get(path, follow_redirects=False).status_code == 200, path


def costs(folder: Path, size: int) -> dict[str, int]:
    """Calls of each page and of one entry more, with a diary of a size."""
    moves = begin(folder)
    with client_of(folder) as client:
        tells(client, 0)
        client.app.app.state.house.records.close()  # type: ignore[attr-defined]
    write_years(folder, size, moves)
    with client_of(folder) as client:
        tells(client, 1)  # files what was written
        client.app.app.state.house.records.close()  # type: ignore[attr-defined]
    with counting() as calls, client_of(folder) as client:
        for path in PAGES:
            looks(client, path)
        found = {path: calls.of(lambda path=path: looks(client, path)) for path in PAGES}
        found["one entry more"] = calls.of(lambda: tells(client, 2))
        client.app.app.state.house.records.close()  # type: ignore[attr-defined]
    return found


@pytest.mark.slow
def test_a_page_and_an_entry_cost_the_same_after_years(tmp_path: Path) -> None:
    assert sys.getprofile() is None
    short, long = costs(tmp_path / "short", SHORT), costs(tmp_path / "long", LONG)

    assert {
        what: round(long[what] / short[what], 2) for what in long if long[what] > MOST_TIMES * short[what]
    } == {}
    assert min(short.values()) > 1000
