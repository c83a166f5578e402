"""Seal: checksums of everything a backup holds, kept in the backup itself, and held against it again."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from weaklink.quantities import WeaklinkError

TABLE = "weaklink_seal"
SEALED = 1  # the file's `user_version`: a seal that is lost shows, too
ROWS_AT_ONCE = 500


class SealError(WeaklinkError):
    """What a backup holds is not what was backed up."""


def seal(file: sqlite3.Connection) -> None:
    """Write the checksums of all tables, and of how they are made, into the file."""
    found = _digests(file)
    file.execute(f"CREATE TABLE {TABLE} (part TEXT PRIMARY KEY, sha256 TEXT NOT NULL)")
    file.executemany(f"INSERT INTO {TABLE} VALUES (?, ?)", found.items())  # noqa: S608 - our own name
    file.execute(f"PRAGMA user_version = {SEALED}")
    file.commit()


def break_seal(file: sqlite3.Connection) -> bool:
    """Whether there was a seal; it is taken away, so that the tables stand as they stood in the house.

    Raises: SealError when what the file holds is not what was sealed.
    """
    version = file.execute("PRAGMA user_version").fetchone()[0]
    there = file.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (TABLE,)).fetchone() is not None
    if not there and version == 0:
        return False
    if not there or version != SEALED:
        raise SealError("its checksums are lost")
    kept = dict(file.execute(f"SELECT part, sha256 FROM {TABLE}"))  # noqa: S608 - our own name
    file.execute(f"DROP TABLE {TABLE}")
    file.execute("PRAGMA user_version = 0")
    found = _digests(file)
    wrong = sorted(str(part) for part in {*kept, *found} if kept.get(part) != found.get(part))
    if wrong:
        raise SealError(f"{wrong[0][:60]!a} is not what was backed up")
    return True


def _digests(file: sqlite3.Connection) -> dict[str, str]:
    """The SHA-256 of every table's rows in their order, and of the schema."""
    made = file.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    names = [name for kind, name, *_ in made if kind == "table"]
    return {"schema": _digest_of([made]), **{name: _digest_of(_rows(file, name)) for name in names}}


def _rows(file: sqlite3.Connection, name: str) -> Iterator[list[tuple[Any, ...]]]:
    quoted = name.replace('"', '""')
    found = file.execute(f'SELECT * FROM "{quoted}" ORDER BY rowid')  # noqa: S608 - quoted
    while rows := found.fetchmany(ROWS_AT_ONCE):
        yield rows


def _digest_of(parts: Iterable[list[tuple[Any, ...]]]) -> str:
    digest = hashlib.sha256()
    for rows in parts:
        for row in rows:
            digest.update(msgspec.msgpack.encode(row))
    return digest.hexdigest()
