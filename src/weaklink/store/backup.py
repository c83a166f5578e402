"""Backup and restore: everything that is kept, as one SQLite file, taken while the server runs."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa

from weaklink.quantities import WeaklinkError
from weaklink.store import tables
from weaklink.store.opening import current_revision, make_engine, make_reader, migrate, require_ours
from weaklink.store.seal import SealError, break_seal, seal
from weaklink.store.tables import HEAD, metadata, told_tables

ROWS_AT_ONCE = 500
LARGEST_BACKUP = 1024**3


class BackupError(WeaklinkError):
    """A backup that cannot be made, read or put back."""


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    """How many rows were put back; `checked`: the backup had checksums, and they were right."""

    rows: int
    checked: bool


def back_up(url: str, target: Path) -> int:
    """Write all that was acknowledged before the call to `target`; the number of rows in it.

    The file appears whole or not at all. A running server goes on; its later writes are not in it.
    Raises: BackupError naming the file; UnusableStoreError when the database cannot be read.
    """
    require_ours(url)
    part = target.with_name(f".{target.name}.part")
    with _clear_errors(target):
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            _copy_sqlite(url, part) if url.startswith("sqlite") else _copy_rows(url, _address(part))
            _stand_alone(part)
            rows = _checked(part)
            with part.open("rb") as file:
                os.fsync(file.fileno())
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    return rows


def restore(source: Path, url: str, *, replace: bool = False) -> Restored:
    """Put a backup into the database at `url`: what was checked, whole or not at all.

    Raises: BackupError when the file is no whole backup, comes from a newer weaklink, or when the database
        holds data already and `replace` is not said.
    """
    if not source.is_file():
        raise BackupError(f"{source}: there is no such file")
    if source.stat().st_size > LARGEST_BACKUP:
        raise BackupError(f"{source}: larger than {LARGEST_BACKUP // 1024**2} MB; no backup of weaklink is")
    with _clear_errors(source):
        _checked(source)
        engine = make_engine(url)
        try:
            migrate(engine)
            if count_rows(engine) and not replace:
                raise BackupError(
                    "the database is not empty; say --replace to put the backup in place of what is there"
                )
            return _put_back(source, engine)
        finally:
            engine.dispose()


def count_rows(engine: sa.Engine) -> int:
    """How many rows of all our tables are kept."""
    with engine.connect() as connection:
        return sum(
            connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in told_tables()
        )


def _put_back(source: Path, engine: sa.Engine) -> Restored:
    """All rows in one transaction: a backup is put back whole or not at all."""
    backup, sealed = _brought_up_to_date(source)
    try:
        with backup.connect() as old, engine.begin() as new:
            for table in reversed(metadata.sorted_tables):
                new.execute(sa.delete(table))
            rows = sum(_copy_table(old, new, table) for table in told_tables())
            # What is made from a diary is made anew from what was told.
            new.execute(sa.update(tables.diary).values(day=None))
        return Restored(rows=rows, checked=sealed)
    finally:
        backup.dispose()


def _brought_up_to_date(source: Path) -> tuple[sa.Engine, bool]:
    """The backup in memory, at today's schema, and whether its checksums were there; the file stays as it is.

    Checked is what is in memory, not the file: a disk that fails may read differently twice.
    """
    engine = sa.create_engine("sqlite://", poolclass=sa.pool.StaticPool, hide_parameters=True)
    with contextlib.closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as file:
        raw = engine.raw_connection()
        copy: Any = raw.driver_connection
        file.backup(copy)
        try:
            sealed = break_seal(copy)
        except (SealError, UnicodeDecodeError) as error:
            raise BackupError(f"{source}: the file is damaged: {error}") from error
        _refuse_strange(source, copy)
        raw.close()
    migrate(engine)
    return engine, sealed


def _refuse_strange(source: Path, copy: sqlite3.Connection) -> None:
    """Raises: BackupError for a file that holds what no backup holds, or not what its columns are for."""
    strange = copy.execute("SELECT name FROM sqlite_master WHERE type IN ('view', 'trigger')").fetchone()
    if strange is not None:
        raise BackupError(f"{source}: {str(strange[0])[:60]!a} does not belong in a backup of weaklink")
    lost = copy.execute("PRAGMA foreign_key_check").fetchone()
    if lost is not None:
        raise BackupError(f"{source}: the file is damaged: a row of {lost[0]} belongs to nobody")
    for table in metadata.sorted_tables:
        there = {name for _, name, *_ in copy.execute(f"PRAGMA table_info({table.name})")}
        for column in table.columns:
            kinds = "'integer'" if isinstance(column.type, sa.Integer | sa.Boolean) else "'text'"
            empty = ", 'null'" if column.nullable else ""
            odd = f"SELECT 1 FROM {table.name} WHERE typeof({column.name}) NOT IN ({kinds}{empty})"  # noqa: S608
            if column.name in there and copy.execute(odd).fetchone() is not None:
                raise BackupError(f"{source}: the file is damaged: {table.name}.{column.name}")


def _copy_sqlite(url: str, part: Path) -> None:
    path = sa.make_url(url).database or ""
    if not Path(path).is_file():
        raise BackupError(f"{path}: there is no database to back up")
    address = f"{Path(path).resolve().as_uri()}?mode=ro"
    with (
        contextlib.closing(sqlite3.connect(address, uri=True, timeout=10)) as source,
        contextlib.closing(sqlite3.connect(part)) as copy,
    ):
        source.backup(copy)


def _copy_rows(url: str, target: str) -> None:
    """Another database's rows in a fresh SQLite file, all read at one moment."""
    # Only read, so that nobody's writes wait for the backup.
    source, copy = make_reader(url), make_engine(target)
    try:
        migrate(copy)
        with (
            source.connect().execution_options(isolation_level="REPEATABLE READ") as old,
            copy.begin() as new,
        ):
            for table in metadata.sorted_tables:
                _copy_table(old, new, table)
    finally:
        source.dispose()
        copy.dispose()


def _stand_alone(part: Path) -> None:
    """One file that stands alone: nothing of it waits in a log beside it, and it says what is in it."""
    with contextlib.closing(sqlite3.connect(part)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")
        seal(copy)


def _copy_table(old: sa.Connection, new: sa.Connection, table: sa.Table) -> int:
    copied = 0
    for rows in old.execute(sa.select(table)).mappings().partitions(ROWS_AT_ONCE):
        new.execute(sa.insert(table), [dict(row) for row in rows])
        copied += len(rows)
    return copied


def _checked(path: Path) -> int:
    """The number of rows of a backup that is whole and of a schema we know."""
    address = f"{path.resolve().as_uri()}?mode=ro"
    engine = sa.create_engine(
        "sqlite://", creator=lambda: sqlite3.connect(address, uri=True), hide_parameters=True
    )
    try:
        revision = current_revision(engine)
        if revision is None:
            raise BackupError(f"{path}: this is no backup of weaklink")
        _refuse_newer(path, revision)
        with engine.connect() as connection:
            found = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
            if found != "ok":
                raise BackupError(f"{path}: the file is damaged: {found}")
            there = [table for table in told_tables() if sa.inspect(engine).has_table(table.name)]
            return sum(
                connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
                for table in there
            )
    finally:
        engine.dispose()


def _refuse_newer(path: Path, revision: Any) -> None:
    if not isinstance(revision, str) or not re.fullmatch(r"[0-9]{4}", revision) or revision == "0000":
        raise BackupError(f"{path}: the file is damaged: schema {str(revision)[:20]!a}")
    if revision > HEAD:
        raise BackupError(
            f"{path}: made by a newer weaklink (schema {revision}, ours is {HEAD}); update first"
        )


@contextlib.contextmanager
def _clear_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BackupError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise BackupError(f"{path}: the file is damaged: a text that is none") from error
    except (sqlite3.Error, sa.exc.SQLAlchemyError) as error:
        raise BackupError(f"{path}: {getattr(error, 'orig', type(error).__name__)}") from error


def _address(path: Path) -> str:
    return f"sqlite:///{path}"
