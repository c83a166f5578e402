"""Refusals: what a database's error means to whoever asked, told without the database's own words.

Those may hold what a runner said: PostgreSQL prints a row that does not fit. Only the code is told.
"""

from __future__ import annotations

import sqlite3

import sqlalchemy as sa

from weaklink.quantities import WeaklinkError

GONE = {sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY, "23503"}
# Primary codes of SQLite for a database that is damaged, foreign or not there.
UNREADABLE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CANTOPEN}
PRIMARY = 0xFF  # the part of an extended code of SQLite that names the kind
# Classes of PostgreSQL: a connection that is lost, a server that stops, a system that fails.
LOST = ("08", "57", "58", "XX")


class StoreFullError(WeaklinkError):
    """The disk is full or the database refuses writes; reads go on."""


class StoreAwayError(WeaklinkError):
    """The database cannot be reached, or not be read. What was being written may not be kept."""


class GoneError(WeaklinkError):
    """A change to something that is no longer kept."""


class ClashError(WeaklinkError):
    """A row that the database does not take: another one has its id, or a value does not fit."""


def write_refusal(error: BaseException) -> WeaklinkError:
    """Why a change was not kept."""
    code, name = _code(error)
    if code in GONE:
        return GoneError("what this belongs to is no longer kept")
    if isinstance(error, (sa.exc.IntegrityError, sa.exc.DataError)):
        return ClashError(f"the database does not take it ({name})")
    if _is_away(error, code):
        return StoreAwayError(f"could not write ({name})")
    return StoreFullError(f"could not write ({name})")


def read_refusal(error: BaseException) -> StoreAwayError:
    """Why something could not be read."""
    return StoreAwayError(f"could not read ({_code(error)[1]})")


def _is_away(error: BaseException, code: int | str | None) -> bool:
    if not isinstance(error, sa.exc.DBAPIError):
        return True  # not even asked: there was no connection
    if isinstance(code, int):
        return code & PRIMARY in UNREADABLE
    if isinstance(code, str):
        return code.startswith(LOST)
    return (
        error.connection_invalidated or not isinstance(error, sa.exc.OperationalError) or _has_no_code(error)
    )


def _has_no_code(error: sa.exc.DBAPIError) -> bool:
    """Whether a driver that knows codes gave none: then there was nobody to give it."""
    return hasattr(error.orig, "sqlstate")


def _code(error: BaseException) -> tuple[int | str | None, str]:
    """The code of an error, a number on SQLite and five characters on PostgreSQL, and how it is called."""
    driver = getattr(error, "orig", None) or error
    number = getattr(driver, "sqlite_errorcode", None)
    if number is not None:
        return number, str(getattr(driver, "sqlite_errorname", number))
    state = getattr(driver, "sqlstate", None)
    return state, str(state or type(driver).__name__)
