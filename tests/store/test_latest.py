"""Who is present, read once per write by the server that holds the lock: never older than what was written."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings

from tests.store.test_records import OPERATIONS, episode, outcome, runner
from weaklink.store.database import Database
from weaklink.store.folder_lock import sole_use
from weaklink.store.latest import Latest
from weaklink.store.opening import open_store, sqlite_url
from weaklink.store.refusals import GoneError


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[Database, Database]]:
    """A store that is alone, and one beside it that reads the same file each time."""
    alone, beside = open_store(sqlite_url(tmp_path), alone=True), open_store(sqlite_url(tmp_path))
    yield alone, beside
    alone.close()
    beside.close()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(operations=OPERATIONS)
def test_present_is_what_the_file_says_after_each_change(
    both: tuple[Database, Database], operations: list[Any]
) -> None:
    alone, beside = both
    for operation in operations:
        outcome(alone, "s", *operation)
        assert alone.present() == beside.present() == alone.present()


def test_it_is_read_again_only_once_something_was_written(
    both: tuple[Database, Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    alone, _ = both
    alone.keep_runner(runner()).result(5)
    reads: list[str] = []
    monkeypatch.setattr(alone._reader, "connect", counting(alone._reader.connect, reads))

    assert [alone.present() for _ in range(5)] == [(runner(), None)] * 5
    assert len(reads) == 1
    alone.keep_episode(episode()).result(5)
    assert [alone.present() for _ in range(5)] == [(runner(), episode())] * 5
    assert len(reads) == 2


def counting(connect: Any, reads: list[str]) -> Any:
    def counted() -> sa.Connection:
        reads.append("read")
        opened: sa.Connection = connect()
        return opened

    return counted


def test_who_changes_what_was_read_changes_nobody_else_s_reading(both: tuple[Database, Database]) -> None:
    alone, _ = both
    alone.keep_runner(runner()).result(5)
    alone.keep_episode(episode(given={"age": 33})).result(5)
    _, found = alone.present() or (None, None)
    assert found is not None
    found.given["age"] = 44

    assert alone.present() == (runner(), episode(given={"age": 33}))


def test_a_refused_change_and_an_erased_runner_are_seen_at_once(both: tuple[Database, Database]) -> None:
    alone, _ = both
    alone.keep_runner(runner()).result(5)
    alone.keep_episode(episode()).result(5)
    alone.present()
    with pytest.raises(GoneError):
        alone.change_episode("nobody", lambda old: old).result(5)
    assert alone.present() == (runner(), episode())

    alone.erase_runner("runner-1").result(5)

    assert alone.present() is None


def test_a_read_that_a_write_overtakes_is_not_kept() -> None:
    written, rows = [0], [{"version": 1}]

    def read() -> list[dict[str, Any]]:
        found = [*rows]
        if written[0] == 0:  # the write ends while the first read is under way
            rows[0] = {"version": 2}
            written[0] = 1
        return found

    latest = Latest(read, lambda: written[0])

    assert (latest.rows(), latest.rows()) == ([{"version": 1}], [{"version": 2}])


def test_readers_beside_a_writer_never_go_back(both: tuple[Database, Database]) -> None:
    alone, _ = both
    alone.keep_runner(runner()).result(5)
    alone.keep_episode(episode()).result(5)
    seen: list[int] = []
    over = threading.Event()

    def look() -> None:
        while not over.is_set():
            _, found = alone.present() or (None, None)
            seen.append(found.version if found is not None else -1)

    reader = threading.Thread(target=look)
    reader.start()
    for turn in range(1, 151):
        alone.change_episode("episode-1", lambda old: old).result(5)
        _, found = alone.present() or (None, None)
        assert found is not None
        assert found.version == episode().version + turn
    over.set()
    reader.join()

    assert seen == sorted(seen)


@pytest.mark.parametrize(
    ("database", "held"),
    [("own", True), ("", False), ("postgresql+psycopg://somebody@nowhere/weaklink", False)],
)
def test_only_who_holds_the_lock_of_a_file_is_alone(tmp_path: Path, database: str, held: bool) -> None:
    url = sqlite_url(tmp_path) if database == "own" else database
    with sole_use(tmp_path, "up", url) as alone:
        assert alone is held


def test_where_there_are_no_locks_nobody_is_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    with sole_use(tmp_path, "up", sqlite_url(tmp_path)) as alone:
        assert alone is False
