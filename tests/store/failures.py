"""Failures: ways in which a real store fails under a write, each undone afterwards."""

from __future__ import annotations

import contextlib
import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from weaklink.store import opening
from weaklink.store.database import Database
from weaklink.store.tables import metadata

MARKER = "a-word-that-only-the-runner-knows"
Failure = Callable[[Database, Path], AbstractContextManager[None]]


@contextlib.contextmanager
def full_disk(store: Database, file: Path) -> Iterator[None]:
    """No file of this process grows: to it, the disk is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextlib.contextmanager
def a_constraint(store: Database, file: Path) -> Iterator[None]:
    """Every table refuses every change."""
    names = [
        (f"refuse_{when}_{table.name}".lower(), when, table.name)
        for table in metadata.sorted_tables
        for when in ("INSERT", "UPDATE", "DELETE")
    ]
    with closing(sqlite3.connect(file, isolation_level=None, timeout=10)) as admin:
        for name, when, table in names:
            admin.execute(
                f"CREATE TRIGGER {name} BEFORE {when} ON {table} BEGIN SELECT RAISE(ABORT, 'no'); END"
            )
        try:
            yield
        finally:
            for name, _, _ in names:
                admin.execute(f"DROP TRIGGER {name}")


@contextlib.contextmanager
def a_lock(store: Database, file: Path) -> Iterator[None]:
    """Another program is in the middle of a write, longer than we wait."""
    wait, opening.LONGEST_WAIT_S = opening.LONGEST_WAIT_S, 0
    store._engine.dispose()
    try:
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")
    finally:
        opening.LONGEST_WAIT_S = wait
        store._engine.dispose()


@contextlib.contextmanager
def a_lost_connection(store: Database, file: Path) -> Iterator[None]:
    """The connection is closed in the middle of each transaction."""

    def lose(connection: sa.Connection) -> None:
        connection.connection.driver_connection.close()  # type: ignore[union-attr]

    sa.event.listen(store._engine, "begin", lose)
    try:
        yield
    finally:
        sa.event.remove(store._engine, "begin", lose)
        store._engine.dispose()


@contextlib.contextmanager
def a_bug(store: Database, file: Path) -> Iterator[None]:
    """After each change something of ours fails and says what it was about."""
    submit = store._writer.submit

    def submit_broken(change: Callable[[sa.Connection], Any]) -> Any:
        def broken(connection: sa.Connection) -> None:
            change(connection)
            raise ValueError(f"could not work out {MARKER!r}")

        return submit(broken)

    store._writer.submit = submit_broken  # type: ignore[method-assign]
    try:
        yield
    finally:
        store._writer.submit = submit  # type: ignore[method-assign]


FAILURES: dict[str, Failure] = {
    made.__name__: made for made in (full_disk, a_constraint, a_lock, a_lost_connection, a_bug)
}
