"""Two servers on one PostgreSQL: writes from both at once lose nothing, and neither waits for ever for the other."""

from __future__ import annotations

import datetime
import multiprocessing
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
import sqlalchemy as sa

from tests.postgres import postgres_url
from tests.server import serving
from tests.web.visitor import Visitor
from weaklink.care.ports import Address, Episode, KeptEntry, KeptStanding, Runner, Shelf
from weaklink.store import opening
from weaklink.store.opening import make_engine, open_store

pytestmark = pytest.mark.postgres
NOW = datetime.datetime(2026, 11, 20, 8, tzinfo=datetime.UTC)
EACH = 60


@pytest.fixture
def url() -> Iterator[str]:
    with postgres_url() as address:
        yield address


def runner(**changes: Any) -> Runner:
    return Runner(**{"id": "r", "created_at": NOW} | changes)


def episode(**changes: Any) -> Episode:
    values = {"id": "e", "runner_id": "r", "edition": "2026.11", "created_at": NOW, "updated_at": NOW}
    return Episode(**values | changes)


def note(key: str) -> KeptEntry:
    return KeptEntry(
        id=key, digest="d", episode_id="e", kind="note", at=NOW, body={"text": key}, received_at=NOW
    )


def with_given(key: str) -> Callable[[Episode], Episode]:
    return lambda old: msgspec.structs.replace(old, given={**old.given, key: 1})


def with_setting(key: str) -> Callable[[Runner], Runner]:
    return lambda old: msgspec.structs.replace(old, settings={**old.settings, key: "on"})


def telling(*entries: KeptEntry, name: str) -> Callable[[Shelf], None]:
    """What each entry does: it is added, and where it leads is kept."""

    def change(shelf: Shelf) -> None:
        shelf.add(entries)
        shelf.put_standing(KeptStanding(episode_id="e", doses={"by": name}, updated_at=NOW), 0)

    return change


def one_server(url: str, name: str, start: Any) -> None:
    """What a server of its own writes; ends with 1 when a single write is refused."""
    store = open_store(url)
    start.wait(60)
    writes = []
    for number in range(EACH):
        key = f"{name}-{number}"
        writes += [
            store.keep_new_runner(runner(id=f"new-{number}")),  # the other server keeps the same one
            store.keep_runner(runner(id=f"kept-{number}")),
            store.change_episode("e", with_given(key)),
            store.change_runner("r", with_setting(key)),
            store.change_diary("e", telling(note(key), note(f"both-{number}"), name=name)),
            store.replace_addresses(
                "r", "calendar",
                (Address(id=key, runner_id="r", purpose="calendar", secret=key, created_at=NOW),),
            ),
        ]  # fmt: skip
    for write in writes:
        write.result(60)
    store.close()


def test_two_processes_that_write_at_once_lose_nothing(url: str) -> None:
    store = open_store(url)
    store.keep_runner(runner()).result(10)
    store.keep_episode(episode()).result(10)
    context = multiprocessing.get_context("spawn")
    start = context.Event()
    servers = [context.Process(target=one_server, args=(url, name, start)) for name in ("a", "b")]
    for server in servers:
        server.start()
    start.set()
    for server in servers:
        server.join(120)

    assert [server.exitcode for server in servers] == [0, 0]
    keys = {f"{name}-{number}" for name in ("a", "b") for number in range(EACH)}
    found = store.episode("r")
    assert found is not None
    assert (set(found.given), found.version) == (keys, 1 + 2 * EACH)
    assert next(set(one.settings) for one in store.runners() if one.id == "r") == keys
    assert {one.id for one in store.diary("e")} == keys | {f"both-{number}" for number in range(EACH)}
    assert len(store.runners()) == 1 + 2 * EACH
    standing = store.standing("e")
    assert standing is not None
    assert standing.doses["by"] in ("a", "b")
    assert len(store.addresses("r")) == 1
    store.close()


def test_two_that_start_at_once_make_the_tables_once(url: str) -> None:
    with ThreadPoolExecutor(4) as starting:
        for store in starting.map(open_store, [url] * 4):
            store.close()


def test_a_server_that_hangs_in_a_write_stops_the_others_for_a_while_only(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "LONGEST_WAIT_S", 1)
    monkeypatch.setattr(opening, "LONGEST_PAUSE_S", 2)
    store = open_store(url)
    store.keep_runner(runner()).result(10)
    hanging = make_engine(url).connect()
    hanging.execute(sa.text("SELECT 1"))  # its turn begins, and it does nothing more

    assert type(store.keep_runner(runner(name="one")).exception(10)).__name__ == "StoreFullError"
    assert store.runners() == (runner(),)  # reading goes on
    threading.Event().wait(2.5)
    store.keep_runner(runner(name="two")).result(10)

    assert store.runners() == (runner(name="two"),)
    hanging.invalidate()
    store.close()


def test_notes_sent_to_two_servers_at_once_are_all_kept(url: str, tmp_path: Path) -> None:
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir(mode=0o700)
    with (
        serving(folders[0], WEAKLINK_DATABASE=url) as first,
        serving(folders[1], WEAKLINK_DATABASE=url) as second,
    ):

        def remarks(address: str) -> list[int]:
            with httpx.Client(base_url=address, timeout=30) as client:
                visitor = Visitor(client)
                return [
                    visitor.post(
                        "/remarks", about="exercise", id="clamshell", agrees="yes", text=f"{address} {number}"
                    ).status_code
                    for number in range(20)
                ]

        with httpx.Client(base_url=first, timeout=30) as client:
            Visitor(client).begin()
        with ThreadPoolExecutor(4) as devices:
            statuses = list(devices.map(remarks, [first, second, first, second]))

    store = open_store(url)
    assert {status for found in statuses for status in found} == {303}
    assert len(store.runners()) == 1
    assert len(store.remarks(store.runners()[0].id)) == 80
    store.close()
