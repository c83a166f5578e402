"""The one writer: a thread that commits many changes at once, each behind its own savepoint."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

import sqlalchemy as sa

from weaklink.quantities import WeaklinkError
from weaklink.store.refusals import write_refusal

T = TypeVar("T")
Change = Callable[[sa.Connection], Any]
LONGEST_GROUP = 256


class StoreClosedError(WeaklinkError):
    """A write after the store was closed."""


class Writer:
    """Takes changes from any thread; a future is done when its group is durable.

    One writer instead of several pooled ones: with SQLite they would wait on each other's locks. A change
    that fails is rolled back to its savepoint and does not disturb the others of its group.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._waiting: queue.SimpleQueue[tuple[Change, Future[Any]] | None] = queue.SimpleQueue()
        self._closed = False
        self._ended = 0
        self._at_the_door = threading.Lock()  # nobody slips in behind the last entry
        self._thread = threading.Thread(target=self._work, name="weaklink-writer", daemon=True)
        self._thread.start()

    def submit(self, change: Callable[[sa.Connection], T]) -> Future[T]:
        """The future of a change. Its result is set after the commit.

        Raises: StoreClosedError after `close`.
        """
        future: Future[T] = Future()
        with self._at_the_door:
            if self._closed:
                raise StoreClosedError("the store is closed")
            self._waiting.put((change, future))
        return future

    def ended(self) -> int:
        """How many groups have ended so far, kept or not; whoever waits for one hears of it afterwards."""
        return self._ended

    def close(self) -> None:
        """Commit what waits, then stop."""
        with self._at_the_door:
            self._closed = True
            self._waiting.put(None)
        self._thread.join()

    def _work(self) -> None:
        open_for_more = True
        while open_for_more:
            group, open_for_more = self._next_group()
            if group:
                self._commit(group)

    def _next_group(self) -> tuple[list[tuple[Change, Future[Any]]], bool]:
        entry = self._waiting.get()
        group: list[tuple[Change, Future[Any]]] = []
        while entry is not None:
            group.append(entry)
            if len(group) == LONGEST_GROUP:
                return group, True
            try:
                entry = self._waiting.get_nowait()
            except queue.Empty:
                return group, True
        return group, False

    def _commit(self, group: list[tuple[Change, Future[Any]]]) -> None:
        done: list[tuple[Future[Any], Any]] = []
        failed = self._written(group, done)
        self._ended += 1
        # Not while an error is handled: whoever hears of one would carry it along, with what it says.
        if failed is not None:
            self._refuse([future for _, future in group], failed)
            return
        for future, result in done:
            future.set_result(result)

    def _written(
        self, group: list[tuple[Change, Future[Any]]], done: list[tuple[Future[Any], Any]]
    ) -> Exception | None:
        """Commit a group and note what was done; the error when nothing of it was kept."""
        try:
            with self._engine.begin() as connection:
                for change, future in group:
                    if future.set_running_or_notify_cancel():
                        self._apply(connection, change, future, done)
        except Exception as error:  # the thread must outlive whatever happens to one group
            return error
        return None

    def _apply(
        self,
        connection: sa.Connection,
        change: Change,
        future: Future[Any],
        done: list[tuple[Future[Any], Any]],
    ) -> None:
        # Written out: SQLAlchemy compiles a nested transaction anew each time, at twice the cost of a change.
        connection.exec_driver_sql("SAVEPOINT one_change")
        result, failed = _tried(change, connection)
        if failed is None:
            done.append((future, result))
        else:
            self._take_back(connection, failed)
            future.set_exception(_reason(failed))
        connection.exec_driver_sql("RELEASE SAVEPOINT one_change")

    def _take_back(self, connection: sa.Connection, error: Exception) -> None:
        """Undo one change. Where the database has given up the whole transaction, so does the group."""
        try:
            connection.exec_driver_sql("ROLLBACK TO SAVEPOINT one_change")
        except sa.exc.SQLAlchemyError:
            raise error from None  # the first one says what happened; this one only that it was the end

    def _refuse(self, futures: list[Future[Any]], error: Exception) -> None:
        for future in futures:
            if future.running() or (not future.done() and future.set_running_or_notify_cancel()):
                future.set_exception(write_refusal(error))


def _tried(change: Change, connection: sa.Connection) -> tuple[Any, Exception | None]:
    try:
        return change(connection), None
    except Exception as error:  # whatever a change raises belongs to its caller
        return None, error


def _reason(error: Exception) -> Exception:
    return write_refusal(error) if isinstance(error, sa.exc.SQLAlchemyError) else error
