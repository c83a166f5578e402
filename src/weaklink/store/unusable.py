"""Unusable: a database that cannot be opened, as one line with what to do."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import sqlalchemy as sa

from weaklink.quantities import WeaklinkError
from weaklink.store.refusals import read_refusal

SETTING = "WEAKLINK_DATABASE"
POSTGRES = f"the PostgreSQL of {SETTING}"
UNREACHABLE = f"{POSTGRES} cannot be reached; see whether it runs there, and whether host and port are right"
TURNED_AWAY = f"{POSTGRES} turns weaklink away; see whether user, password and name of the database are right"
NO_ADDRESS = (
    f"{SETTING} cannot be read as an address; expected postgresql+psycopg://USER:PASSWORD@HOST/NAME or "
    "sqlite:////FOLDER/FILE"
)
NO_DRIVER = f"the driver that {SETTING} names is not installed; for PostgreSQL install the extra `postgres`"

NO_WAY_IN = ("28", "3D")  # classes of PostgreSQL: who one is, and which database

# By the primary code of SQLite.
SQLITE_SAYS = {
    5: "another program is writing in it; stop that one first",
    8: "cannot be written; give yourself the right to, or choose another folder with --data",
    10: "its disk fails; put a backup back on another one: weaklink restore BACKUP --data FOLDER",
    11: "damaged; move it away with its -wal and put a backup back: weaklink restore BACKUP",
    13: "its disk is full; make room",
    14: "cannot be opened; see whether its folder is there and may be written",
    26: "no database, or damaged; move it away with its -wal and put a backup back: weaklink restore BACKUP",
}


class UnusableStoreError(WeaklinkError):
    """The store cannot be opened: damaged, foreign, newer than we are, or not reached."""

    exit_status = 1  # of a command that ends with it


def database_file(url: str) -> Path | None:
    """The file of a SQLite database whatever way leads to it; None for any other database.

    Raises: UnusableStoreError for what is no address.
    """
    try:
        found = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise UnusableStoreError(NO_ADDRESS) from None
    path = found.database or ""
    if found.get_backend_name() != "sqlite" or path in ("", ":memory:"):
        return None
    return Path(unquote(urlsplit(path).path) if path.startswith("file:") else path).resolve()


@contextlib.contextmanager
def clear_openings(url: str) -> Iterator[None]:
    """Errors of a database that cannot be opened become one line with what to do.

    Raises: UnusableStoreError.
    """
    try:
        yield
    except sa.exc.SQLAlchemyError as error:
        raise UnusableStoreError(_why(url, error)) from None


def _why(url: str, error: sa.exc.SQLAlchemyError) -> str:
    if not url.startswith("sqlite"):
        return _why_not_postgres(getattr(error, "orig", None))
    number = getattr(getattr(error, "orig", None), "sqlite_errorcode", 0) & 0xFF
    what = SQLITE_SAYS.get(number, f"cannot be used: {read_refusal(error)}")
    return f"{named(url)}: {what}"


def _why_not_postgres(error: object) -> str:
    # Not the words of the driver: they may hold a part of a password that is not quoted as addresses want it.
    state = getattr(error, "sqlstate", None)
    if state is not None and not state.startswith(NO_WAY_IN):
        return f"{POSTGRES} refuses (SQLSTATE {state}); see whether the user may make tables there"
    return TURNED_AWAY if state or "FATAL" in str(error) else UNREACHABLE


def named(url: str) -> str:
    """How a database is called: its file, or the setting that names it, never a password."""
    return str(database_file(url) or "the database in memory") if url.startswith("sqlite") else POSTGRES
