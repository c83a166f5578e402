"""My data: everything of one runner in an open archive, and back.

The archive is a zip with `data.json` (everything, `format` weaklink-data/1), one CSV for each kind of thing,
and a README that says what stands where.
"""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

import msgspec
import sqlalchemy as sa

from weaklink.quantities import WeaklinkError
from weaklink.store import tables
from weaklink.store.tables import HEAD, metadata

FORMAT = "weaklink-data/1"
LARGEST_ARCHIVE = 64 * 1024 * 1024
LARGEST_DATA = 512 * 1024 * 1024
README = """weaklink: all that was kept about one person
format: {format}, schema {schema}, knowledge edition {edition}

data.json   everything; "tables" holds a list of rows for each kind of thing, with the times in UTC (ISO 8601)
*.csv       the same, one file for each kind of thing; what is nested stands as JSON in its cell

`weaklink import THIS-FILE` puts it back on any machine. Rows that are there already are left as they are.
"""


class MyDataError(WeaklinkError):
    """An archive that cannot be read, or a person who is not kept."""


class Archive(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`data.json`."""

    format: str
    schema: str
    edition: str
    tables: dict[str, list[dict[str, Any]]]


def collected(connection: sa.Connection, runner_id: str) -> dict[str, list[dict[str, Any]]]:
    """All rows that belong to a runner, by table, parents first; what is JSON is decoded.

    Raises: MyDataError when nobody of that id is kept.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for table in metadata.sorted_tables:
        rows = connection.execute(sa.select(table).where(_belongs(table, runner_id))).mappings()
        found[table.name] = [_opened(table, dict(row)) for row in rows]
    if not found[tables.runners.name]:
        raise MyDataError("nobody of that id is kept")
    return found


def archive(rows: dict[str, list[dict[str, Any]]], *, schema: str, edition: str) -> bytes:
    """The zip of what `collected` found."""
    data = Archive(format=FORMAT, schema=schema, edition=edition, tables=rows)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("README.txt", README.format(format=FORMAT, schema=schema, edition=edition))
        file.writestr("data.json", msgspec.json.format(msgspec.json.encode(data), indent=1))
        for name, found in rows.items():
            file.writestr(f"{name}.csv", _csv(metadata.tables[name], found))
    return packed.getvalue()


def read_archive(packed: bytes) -> Archive:
    """The data of an archive, checked.

    Raises: MyDataError saying what is wrong with it.
    """
    if len(packed) > LARGEST_ARCHIVE:
        raise MyDataError(f"the archive is larger than {LARGEST_ARCHIVE // 1024**2} MB")
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as file, file.open("data.json") as data:
            text = data.read(LARGEST_DATA + 1)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError) as error:
        raise MyDataError("this is no archive of weaklink: it has no readable data.json") from error
    if len(text) > LARGEST_DATA:
        raise MyDataError(f"data.json is larger than {LARGEST_DATA // 1024**2} MB")
    try:
        found = msgspec.json.decode(text, type=Archive)
    except msgspec.DecodeError as error:
        raise MyDataError(f"data.json: {error}") from error
    if found.format != FORMAT:
        raise MyDataError(f"data.json: format is {found.format!r}; known is {FORMAT!r}{_whose(found.format)}")
    if found.schema > HEAD:
        raise MyDataError(f"data.json: schema is {found.schema!r}; ours is {HEAD!r}: update weaklink first")
    return found


def _whose(named: str) -> str:
    """What to do about another format, where that is known."""
    name, _, number = named.partition("/")
    if name != FORMAT.partition("/")[0] or not number.isdecimal():
        return ""
    newer = int(number) > int(FORMAT.partition("/")[2])
    if newer:
        return ": update weaklink first"
    return ": an older weaklink made it; import it there, update, and export again"


def put_in(connection: sa.Connection, found: Archive) -> int:
    """Insert what is not there yet; the number of new rows. All of it or nothing.

    Raises: MyDataError naming table and row.
    """
    unknown = sorted(set(found.tables) - set(metadata.tables))
    if unknown:
        raise MyDataError(f"data.json: unknown table {unknown[0]!r}; made by a newer weaklink?")
    added = 0
    for table in metadata.sorted_tables:
        for number, row in enumerate(found.tables.get(table.name, [])):
            added += _put_row(
                connection, table, row, f"data.json: {table.name}, row {number + 1}", found.schema
            )
    return added


def _put_row(connection: sa.Connection, table: sa.Table, row: dict[str, Any], where: str, schema: str) -> int:
    # A column that came later has a default: an archive from before it is whole without it.
    row = {c.name: _default(table, c) for c in table.columns if c.server_default is not None} | row
    columns = {column.name for column in table.columns}
    odd = sorted(set(row) ^ columns)
    if odd:
        kind = "unknown" if odd[0] in row else "missing"
        older = f"; an older weaklink made it (schema {schema})" if schema < HEAD else ""
        raise MyDataError(f"{where}: {kind} key {odd[0]!r}{older}")
    key = [column == row[column.name] for column in table.primary_key.columns]
    try:
        if connection.execute(sa.select(sa.literal(1)).select_from(table).where(*key)).first():
            return 0
        connection.execute(sa.insert(table), _closed(table, row))
    except sa.exc.SQLAlchemyError as error:
        raise MyDataError(f"{where}: does not fit: {getattr(error, 'orig', error)}") from error
    return 1


def _default(table: sa.Table, column: sa.Column[Any]) -> Any:
    said = str(getattr(column.server_default, "arg", ""))
    return msgspec.json.decode(said) if _is_json(table, column.name) else said


def _belongs(table: sa.Table, runner_id: str) -> sa.ColumnElement[bool]:
    """Whether a row belongs to a runner: by its own key, or by the row it hangs on."""
    if table is tables.runners:
        return table.c.id == runner_id
    for column in table.columns:
        for foreign in column.foreign_keys:
            parent = foreign.column.table
            return column.in_(sa.select(foreign.column).where(_belongs(parent, runner_id)))
    raise MyDataError(f"table {table.name}: its rows belong to nobody")


def _opened(table: sa.Table, row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: msgspec.json.decode(row[name]) if _is_json(table, name) and row[name] else row[name]
        for name in row
    }


def _closed(table: sa.Table, row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: msgspec.json.encode(row[name]).decode() if _is_json(table, name) else row[name] for name in row
    }


def _is_json(table: sa.Table, name: str) -> bool:
    return isinstance(table.c[name].type, tables.Json)


def _csv(table: sa.Table, rows: list[dict[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, [column.name for column in table.columns], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(_cells(table, row) for row in rows)
    return text.getvalue()


def _cells(table: sa.Table, row: dict[str, Any]) -> dict[str, Any]:
    cells = {}
    for name, value in row.items():
        cell = msgspec.json.encode(value).decode() if _is_json(table, name) else value
        # A spreadsheet must not run what somebody wrote.
        risky = isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r")
        cells[name] = f"'{cell}" if risky else cell
    return cells
