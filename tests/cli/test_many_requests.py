"""Many requests, one after the other: what a server holds in memory does not grow with them."""

from __future__ import annotations

import http.client
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.test_stopping import Up, up
from tests.floods import resident_mb

pytestmark = pytest.mark.load
PAGES = ("/", "/today", "/diary", "/settings", "/about", "/nowhere", "/api/v1/knowledge/exercises/clamshell")
WARM, MORE = 60, 200  # rounds of all pages
MOST_MB = 8


def ask_all(running: Up, rounds: int) -> set[int]:
    """Every page so many times, on one connection after the other; the statuses that came."""
    statuses = set()
    for _ in range(rounds):
        connection = http.client.HTTPConnection(running.port.address, running.port.number, timeout=20)
        with closing(connection):
            for path in PAGES:
                connection.request("GET", path)
                answer = connection.getresponse()
                answer.read()
                statuses.add(answer.status)
    return statuses


def test_memory_does_not_grow_with_requests(tmp_path: Path) -> None:
    with up(tmp_path, https=False) as running:
        running.note()
        ask_all(running, WARM)
        before = resident_mb(running.process.pid)
        statuses = ask_all(running, MORE)
        grown = resident_mb(running.process.pid) - before

    print(f"{MORE * len(PAGES)} requests: {grown:+.1f} MB, {sorted(statuses)}")
    assert {200, 404} <= statuses
    assert max(statuses) < 500
    assert grown <= MOST_MB
