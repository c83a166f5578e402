"""Opening a store: the engine with its settings, the schema brought up to date, `Records` out."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from weaklink.store.database import Database
from weaklink.store.private_files import DATABASE
from weaklink.store.tables import HEAD

MIGRATIONS = Path(__file__).resolve().parent / "migrations"


def sqlite_url(folder: Path) -> str:
    """The address of the database in a data folder."""
    return f"sqlite:///{folder / DATABASE}"


def make_engine(url: str) -> sa.Engine:
    """An engine for a SQLite or PostgreSQL address, with our durability settings."""
    if not url.startswith("sqlite"):
        return sa.create_engine(url, pool_pre_ping=True)
    _make_file(sa.make_url(url).database)
    engine = sa.create_engine(url, connect_args={"check_same_thread": False, "timeout": 10})
    sa.event.listen(engine, "connect", _set_up_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def make_reader(url: str) -> sa.Engine:
    """An engine that only reads: each statement sees what is committed, and no transaction is begun.

    An engine of its own, because switching one connection between the two ways costs a statement each time.
    """
    if not url.startswith("sqlite"):
        return sa.create_engine(url, pool_pre_ping=True, isolation_level="AUTOCOMMIT")
    engine = sa.create_engine(
        url,
        isolation_level="AUTOCOMMIT",
        pool_reset_on_return=None,
        connect_args={"check_same_thread": False, "timeout": 10},
    )
    sa.event.listen(engine, "connect", _set_up_sqlite)
    return engine


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
        "busy_timeout=10000",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


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
    if not sa.inspect(engine).has_table("alembic_version"):
        return None
    with engine.connect() as connection:
        return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def open_store(url: str) -> Database:
    """A store ready for use at an address; makes or migrates the schema first."""
    engine = make_engine(url)
    migrate(engine)
    return Database(engine, make_reader(url))
