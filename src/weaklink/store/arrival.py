"""Arrival: the rows of an archive in a database of their own, checked and made today's before one is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import sqlalchemy as sa

from weaklink.store.arriving_rows import check_row, is_json
from weaklink.store.my_data import DATA, Archive
from weaklink.store.opening import migrate
from weaklink.store.tables import FOR_OURSELVES, HEAD, metadata, told_tables
from weaklink.store.unpacking import Deadline, MyDataError

MOST_ROWS = 500_000
ROWS_AT_ONCE = 500


@contextmanager
def arrived(found: Archive, deadline: Deadline) -> Iterator[sa.Connection]:
    """A database in memory that holds the rows of an archive at today's schema.

    Raises: MyDataError naming table, row and key of what does not fit.
    """
    engine = sa.create_engine("sqlite://", poolclass=sa.pool.StaticPool)
    sa.event.listen(engine, "connect", _hold_references)
    try:
        _make_schema(engine, found.schema)
        with engine.begin() as connection:
            _fill(connection, found, deadline)
        if found.schema != HEAD:
            migrate(engine)
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _hold_references(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA foreign_keys=ON").close()


def _make_schema(engine: sa.Engine, schema: str) -> None:
    if schema == HEAD:
        metadata.create_all(engine)
        return
    from alembic.util import CommandError

    try:
        migrate(engine, schema)
    except CommandError as error:
        raise MyDataError(f"{DATA}: schema {schema!r}: no weaklink ever had it") from error


def _fill(connection: sa.Connection, found: Archive, deadline: Deadline) -> None:
    then = sa.MetaData()
    then.reflect(connection)
    known = {table.name for table in told_tables()} & set(then.tables)
    unknown = sorted(set(found.tables) - known)
    if unknown:
        raise MyDataError(f"{DATA}: unknown table {unknown[0][:60]!a}; made by a newer weaklink?")
    if sum(map(len, found.tables.values())) > MOST_ROWS:
        raise MyDataError(f"{DATA} has more than {MOST_ROWS} rows")
    for table in then.sorted_tables:
        rows = found.tables.get(table.name, [])
        where = [f"{DATA}: {table.name}, row {number + 1}" for number in range(len(rows))]
        for row, at in zip(rows, where, strict=True):
            deadline.check()
            _check(table, row, at, found.schema)
        for first in range(0, len(rows), ROWS_AT_ONCE):
            deadline.check()
            part = slice(first, first + ROWS_AT_ONCE)
            _put(connection, table, rows[part], where[part])


def _check(table: sa.Table, row: dict[str, Any], where: str, schema: str) -> None:
    columns = _columns(table)
    odd = sorted(set(row) ^ columns)
    if odd:
        kind = "unknown" if odd[0] in row else "missing"
        older = f"; an older weaklink made it (schema {schema})" if schema < HEAD else ""
        raise MyDataError(f"{where}: {kind} key {odd[0][:60]!a}{older}")
    check_row(table, row, where)


def _columns(table: sa.Table) -> set[str]:
    """The columns of a table of any schema; of ours, those that are told."""
    ours = metadata.tables.get(table.name)
    names = {column.name for column in table.columns}
    return names if ours is None else names - {c.name for c in ours.columns if c.info.get(FOR_OURSELVES)}


def _put(connection: sa.Connection, table: sa.Table, rows: list[dict[str, Any]], where: list[str]) -> None:
    """Insert some rows; where one does not fit, it is looked for and named."""
    closed = [{name: _closed(table, name, value) for name, value in row.items()} for row in rows]
    try:
        with connection.begin_nested():
            connection.execute(sa.insert(table), closed)
    except sa.exc.SQLAlchemyError as error:
        if len(rows) == 1:
            # Never the values: they are what somebody told.
            says = getattr(error, "orig", type(error).__name__)
            raise MyDataError(f"{where[0]}: does not fit: {says}") from error
        for row, at in zip(rows, where, strict=True):
            _put(connection, table, [row], [at])


def _closed(table: sa.Table, name: str, value: Any) -> Any:
    return msgspec.json.encode(value).decode() if is_json(table, name) else value
