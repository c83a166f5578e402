"""The one writer: a thread that commits many changes at once, each behind its own savepoint."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

import sqlalchemy as sa

from weaklink.quantities import WeaklinkError

T = TypeVar("T")
Change = Callable[[sa.Connection], Any]
LONGEST_GROUP = 256


class StoreClosedError(WeaklinkError):
    """A write after the store was closed."""


class StoreFullError(WeaklinkError):
    """The disk is full or the database refuses writes; reads go on."""


class Writer:
    """Takes changes from any thread; a future is done when its group is durable.

    One writer instead of several pooled ones: with SQLite they would wait on each other's locks. A change
    that fails is rolled back to its savepoint and does not disturb the others of its group.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._waiting: queue.SimpleQueue[tuple[Change, Future[Any]] | None] = queue.SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="weaklink-writer", daemon=True)
        self._thread.start()

    def submit(self, change: Callable[[sa.Connection], T]) -> Future[T]:
        """The future of a change. Its result is set after the commit.

        Raises: StoreClosedError after `close`.
        """
        if self._closed:
            raise StoreClosedError("the store is closed")
        future: Future[T] = Future()
        self._waiting.put((change, future))
        return future

    def close(self) -> None:
        """Commit what waits, then stop."""
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
        try:
            with self._engine.begin() as connection:
                for change, future in group:
                    self._apply(connection, change, future, done)
        except sa.exc.SQLAlchemyError as error:
            self._refuse([future for future, _ in done], error)
            return
        for future, result in done:
            future.set_result(result)

    def _apply(
        self,
        connection: sa.Connection,
        change: Change,
        future: Future[Any],
        done: list[tuple[Future[Any], Any]],
    ) -> None:
        if not future.set_running_or_notify_cancel():
            return
        try:
            with connection.begin_nested():
                result = change(connection)
        except sa.exc.OperationalError as error:
            future.set_exception(StoreFullError(f"could not write: {error.orig}"))
        except Exception as error:  # whatever a change raises belongs to its caller
            future.set_exception(error)
        else:
            done.append((future, result))

    def _refuse(self, futures: list[Future[Any]], error: Exception) -> None:
        reason = getattr(error, "orig", error)
        for future in futures:
            future.set_exception(StoreFullError(f"could not write: {reason}"))
