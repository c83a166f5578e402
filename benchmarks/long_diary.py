"""A long life: pages and one entry more with 100 to 10,000 entries, ten a week for up to 20 years."""

from __future__ import annotations

import datetime
import json
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.installed import ROOT
from benchmarks.row import Missing, Plain, Row
from benchmarks.serving import Server, free_port, page, serving

SIZES = (100, 1_000, 10_000)
MOST_MS = {"/today": 50.0, "/plan": 50.0, "/session": 50.0, "/progress": 150.0}
MOST_POST_MS = 60.0
ROUNDS = 9
MOST_TIMES = 2.0  # the longest diary against the shortest
GIVEN = {
    "age": 24, "sex": "female", "level": "novice", "since_days": 56, "minutes": 20,
    "days": ["mon", "wed", "fri"],
    "pain_at": [{"site": "knee-anterior", "side": "right"}], "pain": {"run": 4, "night": 0, "rest": 0},
}  # fmt: skip


def rows() -> Iterator[Row | Plain | Missing]:
    """Milliseconds of each page by the length of the diary, and how they grow."""
    found = {size: _measured(size) for size in SIZES}
    longest, shortest = found[SIZES[-1]], found[SIZES[0]]
    for what, most in {**MOST_MS, "one entry more": MOST_POST_MS}.items():
        for size in SIZES[:-1]:
            yield Plain(f"{what}, {size:,} entries", found[size][what], "ms")
        yield Row(f"{what}, {SIZES[-1]:,} entries in 20 years", longest[what], "ms", "target", most)
        grows = longest[what] / shortest[what]
        yield Row(f"{what}, {SIZES[-1]:,} against {SIZES[0]} entries", grows, "times", "target", MOST_TIMES)


def _measured(size: int) -> dict[str, float]:
    """Milliseconds of each page and of one entry more, the median of some, with a diary of a size."""
    folder, port = Path(tempfile.mkdtemp(prefix="weaklink-bench-life-")), free_port()
    moves = begin(folder)
    command = [sys.executable, "-m", "weaklink", "up", "--data", str(folder), "--port", str(port)]
    try:
        with serving(command, port, cwd=ROOT) as server:
            _tell(server, note(0))  # keeps the plan
        write_years(folder, size, moves)
        with serving(command, port, cwd=ROOT) as server:
            _tell(server, note(1))  # files what was written
            found = {path: _median(lambda path=path: page(server.address + path)) for path in MOST_MS}
            numbers = iter(range(2, 2 + ROUNDS + 1))
            found["one entry more"] = _median(lambda: _tell(server, note(next(numbers))))
            return found
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _median(work: Any) -> float:
    work()
    spans = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        spans.append(1000 * (time.perf_counter() - began))
    return statistics.median(spans)


def begin(folder: Path) -> list[str]:
    """Somebody who answered everything; the exercises of their plan."""
    from weaklink.bootstrap import build, settings_from
    from weaklink.care.begin import assess
    from weaklink.care.ports import Episode
    from weaklink.case.case_file import read_given

    house = build(settings_from({}, folder=folder, host="127.0.0.1", port=8000))
    library, now = house.library, house.clock.now()
    asked = {**library.red_flags, **{g.id: g for g in library.guards.values() if g.id in library.questions}}
    given = {**GIVEN, "answers": dict.fromkeys(asked, "no")}
    found = assess(read_given(given, library, assume_unanswered_no=False), library, "greedy")
    if found.plan is None:
        raise RuntimeError(f"no plan: {found.disposition}")
    runner, _ = house.present()
    house.records.keep_runner(runner).result(10)
    episode = Episode(
        id="a-long-life", runner_id=runner.id, given=given, steps={"aim": "pain", "reached": True},
        edition=library.edition, created_at=now, updated_at=now,
    )  # fmt: skip
    house.records.keep_episode(episode).result(10)
    house.records.close()
    items = [i for s in found.plan.weeks[0].sessions for i in s.items if i.kind == "exercise"]
    return list(dict.fromkeys(item.id for item in items))[:3]


def write_years(folder: Path, size: int, moves: list[str]) -> None:
    """Years of a diary, as they would have come in, straight into the database."""
    entries = []
    start = datetime.datetime.now(datetime.UTC) - datetime.timedelta(weeks=round(size / 10), days=2)
    for week in range(round(size / 10)):
        entries += _week(start + datetime.timedelta(weeks=week), week, moves)
    with sqlite3.connect(folder / "weaklink.sqlite") as database:
        database.executemany(
            "INSERT INTO diary (id, digest, episode_id, kind, session, at, body, received_at) "
            "VALUES (?, ?, 'a-long-life', ?, ?, ?, ?, ?)",
            [_row(entry) for entry in entries[:size]],
        )
    database.close()


def _row(entry: dict[str, Any]) -> tuple[str, ...]:
    at = datetime.datetime.fromisoformat(entry["at"])
    late = (at + datetime.timedelta(minutes=5)).isoformat()
    named = (entry["id"], f"{abs(hash(entry['id'])):032x}"[:32], entry["kind"], entry.get("session", ""))
    return (*named, at.isoformat(), json.dumps(entry), late)


def _week(monday: datetime.datetime, number: int, moves: list[str]) -> Iterator[dict[str, Any]]:
    """Ten entries: two mornings, two runs, a session of three moves, and a report or a note."""

    def entry(kind: str, day: int, place: int, **parts: Any) -> dict[str, Any]:
        at = monday + datetime.timedelta(days=day, minutes=place)
        return {"kind": kind, "id": f"{kind}-{number:05}-{place}", "at": at.isoformat(), **parts}

    days = [(monday + datetime.timedelta(days=day)).date().isoformat() for day in range(7)]
    session = f"session-{number:05}"
    asked = [{"slot": move, "exercise": move, "sets": 1, "reps": 10} for move in moves]
    yield entry("morning", 0, 0, date=days[0], pain=1)
    yield entry("run-done", 1, 1, date=days[1], km=5.0, pain=1)
    yield entry("session-begun", 2, 2, session=session, moves=asked)
    for place, move in enumerate(moves, 3):
        named = {"session": session, "slot": move, "exercise": move, "set": 1}
        yield entry("set-done", 2, place, **named, reps=10, rir=3, pain=1)
    yield entry("session-ended", 2, 6, session=session)
    yield entry("morning", 3, 7, date=days[3], pain=1)
    yield entry("run-done", 5, 8, date=days[5], km=5.0, pain=1)
    if number % 4 == 3:
        yield entry("reported", 6, 9, pain_worst=1, change=3)
    else:
        yield entry("note", 6, 9, text="All right.")


def note(number: int) -> dict[str, Any]:
    now = datetime.datetime.now().astimezone()
    return {"kind": "note", "id": f"one-more-{number:04}", "at": now.isoformat(), "text": f"number {number}"}


def _tell(server: Server, entry: dict[str, Any]) -> None:
    request = urllib.request.Request(
        f"{server.address}/api/v1/diary",
        json.dumps({"entries": [entry]}).encode(),
        {"content-type": "application/json", "origin": server.address},
    )
    with urllib.request.urlopen(request, timeout=120) as answer:
        json.loads(answer.read())
