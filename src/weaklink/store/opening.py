"""Opening a store: the engine with its settings, the schema brought up to date, `Records` out."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from weaklink.store.database import Database
from weaklink.store.private_files import DATABASE
from weaklink.store.tables import HEAD
from weaklink.store.unusable import (
    NO_ADDRESS,
    NO_DRIVER,
    UnusableStoreError,
    clear_openings,
    database_file,
    named,
)

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
REVISION = re.compile(r"\d{4}")  # of ours; another program has other names for its own
VERSIONS = "alembic_version"
LONGEST_CONNECT_S = 5
LONGEST_WAIT_S = 10  # for the lock of a write
LONGEST_PAUSE_S = 30  # of a server that stopped in the middle of a write: then the others go on
ONE_WRITER = 0x7765616B  # the key of PostgreSQL's advisory lock; a number of our own


def sqlite_url(folder: Path) -> str:
    """The address of the database in a data folder."""
    return f"sqlite:///{folder / DATABASE}"


def make_engine(url: str) -> sa.Engine:
    """An engine for a SQLite or PostgreSQL address, with our durability settings; one writes at a time.

    Raises: UnusableStoreError when there is no such kind of database here.
    """
    if not url.startswith("sqlite"):
        engine = _engine(url, pool_pre_ping=True)
        sa.event.listen(engine, "begin", _begin_postgres)
        return engine
    _make_file(sa.make_url(url).database)
    engine = _engine(url, connect_args={"check_same_thread": False, "timeout": LONGEST_WAIT_S})
    sa.event.listen(engine, "connect", _set_up_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def make_reader(url: str) -> sa.Engine:
    """An engine that only reads: each statement sees what is committed, and no transaction is begun.

    An engine of its own, because switching one connection between the two ways costs a statement each time.
    Raises: UnusableStoreError when there is no such kind of database here.
    """
    if not url.startswith("sqlite"):
        return _engine(url, pool_pre_ping=True, isolation_level="AUTOCOMMIT")
    engine = _engine(
        url,
        isolation_level="AUTOCOMMIT",
        pool_reset_on_return=None,
        connect_args={"check_same_thread": False, "timeout": LONGEST_WAIT_S},
    )
    sa.event.listen(engine, "connect", _set_up_sqlite)
    return engine


def _engine(url: str, **options: Any) -> sa.Engine:
    """An engine whose errors do not print what was to be written."""
    if url.startswith("postgresql"):
        options["connect_args"] = {"connect_timeout": LONGEST_CONNECT_S}
    try:
        return sa.create_engine(url, hide_parameters=True, **options)
    except (sa.exc.ArgumentError, ValueError):
        raise UnusableStoreError(NO_ADDRESS) from None
    except ImportError:
        raise UnusableStoreError(NO_DRIVER) from None


def _make_file(path: str | None) -> None:
    # Its log and its shared memory get the rights of the database, so it has to be there with ours first.
    # Never opened when it exists: closing it again would take SQLite's locks away from this process.
    if path and path != ":memory:":
        with contextlib.suppress(OSError):  # where it cannot be made the database itself says why
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transaction handling breaks savepoints; we begin ourselves.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        # What is sorted on the way stays here: a full disk stops no reading, no word lies elsewhere.
        "temp_store=MEMORY",
        f"busy_timeout={1000 * LONGEST_WAIT_S}",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_postgres(connection: sa.Connection) -> None:
    # Servers that share a database take turns, group by group: each change runs alone, on the newest state.
    # In one statement, because each one is a way to the server and back; its parts are worked out in order.
    connection.exec_driver_sql(
        f"SELECT set_config('lock_timeout', '{LONGEST_WAIT_S}s', true), "
        f"set_config('idle_in_transaction_session_timeout', '{LONGEST_PAUSE_S}s', true), "
        f"pg_advisory_xact_lock({ONE_WRITER})"
    ).close()


def migrate(engine: sa.Engine, revision: str = "head") -> None:
    """Bring the schema to a revision; does nothing when it is there already."""
    current = current_revision(engine)
    if revision == "head" and current == HEAD:
        return
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        going_down = revision == "base" or (revision != "head" and revision < (current or ""))
        (command.downgrade if going_down else command.upgrade)(config, revision)


def current_revision(engine: sa.Engine) -> str | None:
    """The revision a database is at; None for an empty one."""
    if not sa.inspect(engine).has_table(VERSIONS):
        return None
    with engine.connect() as connection:
        return connection.execute(sa.text(f"SELECT version_num FROM {VERSIONS}")).scalar()  # noqa: S608


def open_store(url: str, *, alone: bool = False) -> Database:
    """A store ready for use at an address; makes or migrates the schema first.

    `alone`: nobody else writes to it while it is open; whoever says so holds its lock.
    Raises: UnusableStoreError saying in one line what is wrong and what to do.
    """
    require_ours(url)
    with clear_openings(url):
        engine = make_engine(url)
        try:
            migrate(engine)
        except BaseException:
            engine.dispose()
            raise
        return Database(engine, make_reader(url), alone=alone)


def require_ours(url: str) -> None:
    """Nothing, where a database is empty or one of weaklink that we can read. Looking changes nothing in it.

    Raises: UnusableStoreError for one that cannot be read, of another program, or of a newer weaklink.
    """
    with clear_openings(url):
        engine = _looking(url)
        try:
            tables = sa.inspect(engine).get_table_names()
            revision = current_revision(engine)
        finally:
            engine.dispose()
    where = named(url)
    foreign = (tables and url.startswith("sqlite")) if revision is None else not REVISION.fullmatch(revision)
    if foreign:
        raise UnusableStoreError(f"{where}: a database of another program; choose another")
    if revision is not None and revision > HEAD:
        raise UnusableStoreError(
            f"{where}: kept by a newer weaklink (schema {revision}, ours is {HEAD}); update weaklink first"
        )


def _looking(url: str) -> sa.Engine:
    """An engine that cannot write: to open a SQLite file as ours would already change its header.

    Raises: UnusableStoreError for a folder in the place of the file.
    """
    file = database_file(url)
    if file is None:
        return make_reader(url)
    if file.is_dir():
        raise UnusableStoreError(f"{file}: a folder; expected the file of a database")
    if not file.exists():
        return sa.create_engine("sqlite://", hide_parameters=True)
    address = f"{file.as_uri()}?mode=ro"
    return sa.create_engine(
        "sqlite://", creator=lambda: sqlite3.connect(address, uri=True), hide_parameters=True
    )
