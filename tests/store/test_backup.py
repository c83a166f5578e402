"""Backup: all that was acknowledged before the call comes back, from a store that is being written to."""

from __future__ import annotations

import random
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from tests.searches import reach
from tests.store.test_records import START, episode, runner, url
from weaklink.care.ports import KeptPlan
from weaklink.store.backup import BackupError, Restored, back_up, restore
from weaklink.store.database import Database
from weaklink.store.my_data import collected
from weaklink.store.opening import make_engine, open_store, sqlite_url
from weaklink.store.seal import TABLE

__all__ = ["url"]  # the fixture: SQLite, and PostgreSQL where there is one


def filled(address: str) -> Database:
    store = open_store(address)
    store.keep_runner(runner()).result(5)
    store.keep_episode(episode(given={"age": 33, "story": "läuft 🏃"})).result(5)
    plan = KeptPlan(
        id="p", episode_id="episode-1", document={"weeks": []}, edition="2026.11", created_at=START
    )
    store.keep_plan(plan).result(5)
    return store


def test_every_row_acknowledged_before_the_call_comes_back(url: str, tmp_path: Path) -> None:
    store = filled(url)
    acknowledged: list[str] = []
    enough = threading.Event()

    def write(writer: int) -> None:
        number = 0
        while not enough.is_set():
            number += 1
            kept = episode(writer * 100_000 + number)
            store.keep_episode(kept).result(10)
            acknowledged.append(kept.id)

    writers = [threading.Thread(target=write, args=(writer,)) for writer in (1, 2, 3, 4)]
    for thread in writers:
        thread.start()
    while len(acknowledged) < 100:
        enough.wait(0.01)
    before = set(acknowledged)
    try:
        rows = back_up(url, tmp_path / "kept.backup")
    finally:
        enough.set()
        for thread in writers:
            thread.join()
        store.close()

    assert len(before) >= 100
    there = tmp_path / "there"
    there.mkdir()
    assert restore(tmp_path / "kept.backup", sqlite_url(there)) == Restored(rows=rows, checked=True)
    again = open_store(sqlite_url(there))
    found = {kept.id for kept in again.episodes("runner-1")}
    assert before <= found
    assert again.episodes("runner-1")[-1] == episode(given={"age": 33, "story": "läuft 🏃"})
    assert again.plan("episode-1") is not None
    again.close()


def test_a_backup_is_restored_in_place_of_what_is_there(url: str, tmp_path: Path) -> None:
    filled(url).close()
    back_up(url, tmp_path / "kept.backup")
    store = open_store(url)
    store.keep_runner(runner(2)).result(5)
    store.close()

    with pytest.raises(BackupError, match="not empty"):
        restore(tmp_path / "kept.backup", url)
    restore(tmp_path / "kept.backup", url, replace=True)

    store = open_store(url)
    assert [kept.id for kept in store.runners()] == ["runner-1"]
    store.close()


def test_a_backup_that_fails_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    filled(sqlite_url(tmp_path)).close()
    back_up(sqlite_url(tmp_path), tmp_path / "kept.backup")
    damaged = bytearray((tmp_path / "kept.backup").read_bytes())
    damaged[8192:9000] = b"\xff" * 808
    (tmp_path / "damaged").write_bytes(damaged)
    (tmp_path / "words").write_text("no database")
    (tmp_path / "empty").write_bytes(b"")

    for name in ("damaged", "words", "empty", "nowhere"):
        with pytest.raises(BackupError, match=name):
            restore(tmp_path / name, sqlite_url(tmp_path), replace=True)

    store = open_store(sqlite_url(tmp_path))
    assert store.episode("runner-1") is not None
    store.close()


def test_a_backup_of_a_newer_weaklink_is_refused(tmp_path: Path) -> None:
    filled(sqlite_url(tmp_path)).close()
    back_up(sqlite_url(tmp_path), tmp_path / "newer")
    engine = make_engine(f"sqlite:///{tmp_path / 'newer'}")
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()

    with pytest.raises(BackupError, match="update first"):
        restore(tmp_path / "newer", sqlite_url(tmp_path), replace=True)


def content(address: str) -> dict[str, Any]:
    engine = make_engine(address)
    with engine.connect() as connection:
        found = collected(connection)
    engine.dispose()
    return found


def without_seal(path: Path) -> None:
    """As an earlier weaklink made it."""
    with closing(sqlite3.connect(path)) as file:
        file.execute(f"DROP TABLE {TABLE}")
        file.execute("PRAGMA user_version = 0")
        file.commit()


def test_a_backup_of_before_checksums_is_restored_and_told_apart(url: str, tmp_path: Path) -> None:
    filled(url).close()
    wanted = content(url)
    back_up(url, tmp_path / "old")
    without_seal(tmp_path / "old")

    assert restore(tmp_path / "old", url, replace=True) == Restored(rows=3, checked=False)
    assert content(url) == wanted


def test_another_letter_in_a_backup_is_found(tmp_path: Path) -> None:
    filled(sqlite_url(tmp_path)).close()
    for name, change in {
        "runners": "UPDATE runners SET name = 'somebody else'",
        "episodes": "UPDATE episodes SET given = '{}'",
        "plans": "DELETE FROM plans",
        "more": "CREATE TABLE more (id TEXT)",
        "lost": "PRAGMA user_version = 0",
        "its checksums": f"DROP TABLE {TABLE}",
    }.items():
        back_up(sqlite_url(tmp_path), tmp_path / name)
        with closing(sqlite3.connect(tmp_path / name)) as file:
            file.execute(change)
            file.commit()
        with pytest.raises(BackupError, match=f"damaged: .*{name}"):
            restore(tmp_path / name, sqlite_url(tmp_path), replace=True)


def test_what_no_backup_holds_is_refused(tmp_path: Path) -> None:
    filled(sqlite_url(tmp_path)).close()
    for words, change in {
        "'endless' does not belong": "CREATE VIEW endless AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1"
        " FROM n) SELECT x FROM n",
        "belongs to nobody": "UPDATE plans SET episode_id = 'nobody'",
        "runners.settings": "UPDATE runners SET settings = x'00ff'",
        "episodes.version": "UPDATE episodes SET version = 'first'",
    }.items():
        back_up(sqlite_url(tmp_path), tmp_path / "strange")
        without_seal(tmp_path / "strange")
        with closing(sqlite3.connect(tmp_path / "strange")) as file:
            file.execute(change)
            file.commit()
        with pytest.raises(BackupError, match=words):
            restore(tmp_path / "strange", sqlite_url(tmp_path), replace=True)
        (tmp_path / "strange").unlink()


@pytest.mark.search
@pytest.mark.parametrize("sealed", [True, False])
def test_damage_anywhere_is_found_or_said_or_changes_nothing(sealed: bool, tmp_path: Path) -> None:
    """Bytes all over the file: with checksums nothing else than what was kept comes back, without them it is said."""
    address = sqlite_url(tmp_path)
    filled(address).close()
    wanted = content(address)
    back_up(address, tmp_path / "whole")
    if not sealed:
        without_seal(tmp_path / "whole")
    whole = (tmp_path / "whole").read_bytes()
    filled_places = [place for place, byte in enumerate(whole) if byte]
    chance = random.Random(3)
    refused = same = said = 0
    for _ in range(reach(25, 200)):
        damaged = bytearray(whole)
        for place in chance.sample(
            filled_places if chance.random() < 0.8 else range(len(whole)), chance.randint(1, 3)
        ):
            damaged[place] ^= 1 << chance.randrange(8)
        (tmp_path / "damaged").write_bytes(damaged)
        try:
            found = restore(tmp_path / "damaged", address, replace=True)
        except BackupError:
            refused += 1
        else:
            same += content(address) == wanted
            said += not found.checked
            if content(address) != wanted:
                assert not found.checked
                restore(tmp_path / "whole", address, replace=True)
        assert content(address) == wanted

    print(
        f"\ndamaged backups, sealed {sealed}: {refused} refused, {same} the same, {said} restored with a word"
    )
    assert refused


def test_a_backup_is_readable_by_its_owner_only_and_appears_whole(tmp_path: Path) -> None:
    filled(sqlite_url(tmp_path)).close()

    back_up(sqlite_url(tmp_path), tmp_path / "kept.backup")

    assert (tmp_path / "kept.backup").stat().st_mode & 0o077 == 0
    assert not list(tmp_path.glob(".*.part"))
    with pytest.raises(BackupError, match="no-folder"):
        back_up(sqlite_url(tmp_path), tmp_path / "no-folder" / "kept.backup")
    with pytest.raises(BackupError, match="no database"):
        back_up(sqlite_url(tmp_path / "elsewhere"), tmp_path / "other")
