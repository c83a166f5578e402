"""The writer: what is acknowledged is durable, whatever happens to the group; the thread outlives it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from weaklink.store.opening import make_engine, migrate, sqlite_url
from weaklink.store.refusals import StoreFullError
from weaklink.store.tables import runners
from weaklink.store.writer import Change, StoreClosedError, Writer


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    made = make_engine(sqlite_url(tmp_path))
    migrate(made)
    yield made
    made.dispose()


@pytest.fixture
def writer(engine: sa.Engine) -> Iterator[Writer]:
    made = Writer(engine)
    yield made
    made.close()


def adding(name: str) -> Change:
    row = {"id": name, "name": name, "settings": "{}", "created_at": ""}
    return lambda connection: connection.execute(sa.insert(runners), row).rowcount


def give_up(connection: sa.Connection) -> None:
    # What SQLite does by itself when the disk is full: the whole transaction is gone.
    connection.exec_driver_sql("ROLLBACK")
    raise sa.exc.OperationalError("INSERT", {}, Exception("database or disk is full"))


def names(engine: sa.Engine) -> list[str]:
    with engine.connect() as connection:
        return sorted(connection.execute(sa.select(runners.c.id)).scalars())


def as_one_group(writer: Writer, changes: list[Change]) -> list[Exception | None]:
    """What became of changes that wait while the writer is busy, and so are committed together."""
    go_on = threading.Event()
    writer.submit(lambda _: go_on.wait(10))
    futures = [writer.submit(change) for change in changes]
    go_on.set()
    return [future.exception(10) for future in futures]


def test_a_change_that_fails_does_not_disturb_its_group(engine: sa.Engine, writer: Writer) -> None:
    found = as_one_group(writer, [adding("a"), adding("a"), adding("b")])

    assert [type(error).__name__ for error in found] == ["NoneType", "ClashError", "NoneType"]
    assert names(engine) == ["a", "b"]


def test_a_group_whose_transaction_is_given_up_is_refused_as_a_whole(
    engine: sa.Engine, writer: Writer
) -> None:
    found = as_one_group(writer, [adding("a"), give_up, adding("b")])

    assert all(isinstance(error, StoreFullError) for error in found), found
    assert names(engine) == []


def test_a_transaction_that_cannot_begin_refuses_and_the_next_one_works(
    engine: sa.Engine, writer: Writer
) -> None:
    def refuse(_: sa.Connection) -> None:
        raise sa.exc.OperationalError("BEGIN", {}, Exception("disk I/O error"))

    sa.event.listen(engine, "begin", refuse)
    refused = writer.submit(adding("a")).exception(10)
    sa.event.remove(engine, "begin", refuse)
    kept = writer.submit(adding("b")).exception(10)

    assert isinstance(refused, StoreFullError)
    assert kept is None
    assert names(engine) == ["b"]


def test_closing_commits_what_waits(engine: sa.Engine) -> None:
    writer = Writer(engine)
    futures = [writer.submit(adding(f"runner-{number}")) for number in range(300)]
    writer.close()

    assert [future.exception(1) for future in futures if future.exception(1)] == []
    assert len(names(engine)) == 300


class SlowDoor:
    """A queue whose entries need a moment to get in; the one that says "the last" does not."""

    def __init__(self, inside: Any) -> None:
        self._inside = inside
        self.get, self.get_nowait = inside.get, inside.get_nowait

    def put(self, entry: Any) -> None:
        if entry is not None:
            time.sleep(0.05)
        self._inside.put(entry)


def test_no_future_waits_for_ever_when_the_store_closes_at_that_moment(engine: sa.Engine) -> None:
    writer = Writer(engine)
    writer._waiting = SlowDoor(writer._waiting)  # type: ignore[assignment]

    def keep(number: int) -> str:
        try:
            future = writer.submit(adding(f"runner-{number}"))
        except StoreClosedError:
            return "refused"
        return "kept" if future.exception(5) is None else "failed"

    with ThreadPoolExecutor(9) as devices:
        futures = [devices.submit(keep, number) for number in range(8)]
        time.sleep(0.02)
        closing = devices.submit(writer.close)
        found = [future.result(20) for future in futures]
        closing.result(20)

    assert set(found) <= {"kept", "refused"}
    assert found.count("kept") == len(names(engine)) >= 1
