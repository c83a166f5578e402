"""My data: everything that is kept about people in an open archive, and read back from one.

The archive is a zip with `data.json` (everything, `format` weaklink-data/1), one CSV for each kind of thing,
a README that says what stands where, and the checksums of all of them.
"""

from __future__ import annotations

import csv
import io
import os
import re
import zipfile
from typing import IO, Any

import msgspec
import sqlalchemy as sa

from weaklink.reader import Reader
from weaklink.store import tables
from weaklink.store.rows import opened
from weaklink.store.tables import HEAD, metadata, told_columns, told_tables
from weaklink.store.unpacking import (
    LARGEST_ARCHIVE,
    LARGEST_MEMBER,
    MANIFEST,
    Deadline,
    MyDataError,
    manifest_of,
    unpacked,
)

FORMAT = "weaklink-data/1"
DATA = "data.json"
README_FILE = "README.txt"
MOST_VALUES = 2_500_000  # in all of data.json: what is decoded takes twenty times the place of an empty list
README = """weaklink: all that was kept
format: {format}, schema {schema}, knowledge edition {edition}

data.json      everything; "tables" holds a list of rows for each kind of thing, times in UTC (ISO 8601)
*.csv          the same, one file for each kind of thing; what is nested stands as JSON in its cell
manifest.json  the SHA-256 of each of these files

`weaklink import THIS-FILE` puts it back on any machine.
"""
SCHEMA = re.compile(r"\d{4}")
EDITION = re.compile(r"(\d{4})\.(\d{1,2})(\+.{0,40})?")


class Archive(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`data.json`."""

    format: str
    schema: str
    edition: str
    tables: dict[str, list[dict[str, Any]]]


ARCHIVES = Reader(Archive)


class ReadArchive(msgspec.Struct, frozen=True, kw_only=True):
    """An archive as it was read; `checked`: its checksums were there, and right."""

    data: Archive
    checked: bool


def collected(connection: sa.Connection, runner_id: str = "") -> dict[str, list[dict[str, Any]]]:
    """All rows of everybody, or of one runner, by table, parents first; what is JSON is decoded.

    Raises: MyDataError when nobody of that id is kept.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for table in told_tables():
        rows = connection.execute(_select(table, runner_id)).mappings()
        found[table.name] = [_opened(table, dict(row)) for row in rows]
    if runner_id and not found[tables.runners.name]:
        raise MyDataError("nobody of that id is kept")
    return found


def archive(rows: dict[str, list[dict[str, Any]]], *, schema: str, edition: str) -> bytes:
    """The zip of what `collected` found."""
    data = Archive(format=FORMAT, schema=schema, edition=edition, tables=rows)
    members = {
        README_FILE: README.format(format=FORMAT, schema=schema, edition=edition).encode(),
        DATA: msgspec.json.format(msgspec.json.encode(data), indent=1),
        **{f"{name}.csv": _csv(metadata.tables[name], found).encode() for name, found in rows.items()},
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in {**members, MANIFEST: manifest_of(members)}.items():
            file.writestr(name, content)
    return packed.getvalue()


def read_archive(packed: IO[bytes], edition: str, deadline: Deadline | None = None) -> ReadArchive:
    """The data of an archive, its limits and checksums held against it; its rows are not looked at yet.

    Args:
        edition: of our own knowledge, e.g. "2026.11"; a newer one is refused.

    Raises: MyDataError saying what is wrong with it.
    """
    if packed.seek(0, os.SEEK_END) > LARGEST_ARCHIVE:
        raise MyDataError(f"the archive is larger than {LARGEST_ARCHIVE // 1024**2} MB")
    csvs = {f"{table.name}.csv" for table in told_tables()}
    known = frozenset({DATA, MANIFEST, README_FILE, *csvs})
    found = unpacked(packed, DATA, known, deadline or Deadline())
    data = _decoded(found.content)
    _check_versions(data, edition)
    return ReadArchive(data=data, checked=found.checked)


def _decoded(text: bytes) -> Archive:
    assert len(text) <= LARGEST_MEMBER
    if sum(map(text.count, (b",", b"[", b"{"))) > MOST_VALUES:
        raise MyDataError(f"{DATA} holds more than {MOST_VALUES} values")
    try:
        return ARCHIVES.read(text)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise MyDataError(f"{DATA}: {error}") from error
    except RecursionError as error:
        raise MyDataError(f"{DATA}: too many tables and lists inside each other") from error


def _check_versions(found: Archive, edition: str) -> None:
    if found.format != FORMAT:
        raise MyDataError(f"{DATA}: format is {found.format!a}; known is {FORMAT!r}{_whose(found.format)}")
    if not SCHEMA.fullmatch(found.schema):
        raise MyDataError(f"{DATA}: schema is {found.schema!a}; expected four digits such as {HEAD!r}")
    if found.schema > HEAD:
        raise MyDataError(f"{DATA}: schema is {found.schema!r}; ours is {HEAD!r}: update weaklink first")
    kept = [row.get("edition", "") for name in ("episodes", "plans") for row in found.tables.get(name, [])]
    for said in (found.edition, *kept):
        if _month_of(said) > _month_of(edition):
            raise MyDataError(
                f"{DATA}: the knowledge is of edition {said!a}; ours is {edition!r}: update weaklink first"
            )


def _month_of(edition: Any) -> tuple[int, int]:
    """Year and month of an edition; what was added to it by its owner does not count. Raises: MyDataError."""
    found = EDITION.fullmatch(edition) if isinstance(edition, str) else None
    if found is None:
        raise MyDataError(f'{DATA}: edition is {str(edition)[:40]!a}; expected one such as "2026.11"')
    return int(found[1]), int(found[2])


def _whose(named: str) -> str:
    """What to do about another format, where that is known."""
    name, _, number = named.partition("/")
    if name != FORMAT.partition("/")[0] or not re.fullmatch(r"[0-9]{1,9}", number):
        return ""
    newer = int(number) > int(FORMAT.partition("/")[2])
    if newer:
        return ": update weaklink first"
    return ": an older weaklink made it; import it there, update, and export again"


def _select(table: sa.Table, runner_id: str) -> sa.Select[Any]:
    found = sa.select(*told_columns(table))
    return found.where(belongs(table, runner_id)) if runner_id else found


def belongs(table: sa.Table, runner_id: str) -> sa.ColumnElement[bool]:
    """Whether a row belongs to a runner: by its own key, or by the row it hangs on.

    Raises: MyDataError for a table whose rows belong to nobody.
    """
    if table.name == tables.runners.name:
        return table.c.id == runner_id
    for column in table.columns:
        for foreign in column.foreign_keys:
            parent = foreign.column.table
            return column.in_(sa.select(foreign.column).where(belongs(parent, runner_id)))
    raise MyDataError(f"table {table.name}: its rows belong to nobody")


def _opened(table: sa.Table, row: dict[str, Any]) -> dict[str, Any]:
    """The row with its JSON decoded; a text that is none stays a text."""
    return {name: opened(value) if _is_json(table, name) else value for name, value in row.items()}


def _is_json(table: sa.Table, name: str) -> bool:
    return isinstance(table.c[name].type, tables.Json)


def _csv(table: sa.Table, rows: list[dict[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, [column.name for column in told_columns(table)], lineterminator="\r\n")
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
