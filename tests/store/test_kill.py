"""Killed at any moment: no acknowledged write is lost, the file is whole, and it opens again."""

from __future__ import annotations

import multiprocessing
import random
import sqlite3
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from tests.store.test_records import episode, runner
from weaklink.store.opening import open_store, sqlite_url

ROUNDS = 100
WRITERS = 8
pytestmark = pytest.mark.load


def write_until_killed(folder: str, round_number: int, acknowledged: Connection) -> None:
    """Eight writers; each tells an id only when its write is durable."""
    store = open_store(sqlite_url(Path(folder)))
    telling = threading.Lock()

    def write(writer: int) -> None:
        number = round_number * 1_000_000 + writer * 100_000
        while True:
            number += 1
            kept = episode(number)
            store.keep_episode(kept).result()
            with telling:
                acknowledged.send(kept.id)

    for writer in range(WRITERS):
        threading.Thread(target=write, args=(writer,), daemon=True).start()
    threading.Event().wait()


def heard(told: Connection) -> list[str]:
    found = []
    try:
        while told.poll(5):
            found.append(told.recv())
    except EOFError:
        pass
    return found


def test_no_acknowledged_write_is_lost(tmp_path: Path) -> None:
    store = open_store(sqlite_url(tmp_path))
    store.keep_runner(runner()).result(5)
    store.close()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.store.test_kill"])
    chance, total, slowest = random.Random(20261121), 0, 0.0

    for number in range(1, ROUNDS + 1):
        told, telling = context.Pipe(duplex=False)
        process = context.Process(target=write_until_killed, args=(str(tmp_path), number, telling))
        process.start()
        telling.close()
        told.poll(20)
        time.sleep(chance.uniform(0, 0.15))
        process.kill()
        acknowledged = heard(told)
        process.join()

        begun = time.perf_counter()
        store = open_store(sqlite_url(tmp_path))
        kept = {one.id for one in store.episodes("runner-1")}
        slowest = max(slowest, time.perf_counter() - begun)
        store.keep_episode(episode(number)).result(5)  # and it takes writes again
        store.close()
        assert not set(acknowledged) - kept, f"round {number}: acknowledged and lost"
        total += len(acknowledged)

    with sqlite3.connect(tmp_path / "weaklink.sqlite") as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert total > ROUNDS
    print(f"\n{ROUNDS} kills: {total} acknowledged writes, 0 lost; slowest opening {slowest:.2f} s")
