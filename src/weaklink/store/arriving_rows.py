"""Arriving rows: whether each value of a row from outside fits its column; the first fault is named."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from weaklink.store import tables
from weaklink.store.rows import YEARS
from weaklink.store.tables import metadata
from weaklink.store.unpacking import MyDataError

DEEPEST = 64  # tables and lists inside each other
LARGEST_NUMBER = 2**31 - 1
TIMES = frozenset({"at", "created_at", "updated_at", "received_at"})
LONGEST_TEXT = 100_000


def check_row(table: sa.Table, row: Mapping[str, Any], where: str) -> None:
    """Raises: MyDataError naming the key, when a value is not what its column holds."""
    for column in (column for column in table.columns if column.name in row):
        wrong = _wrong(table, column, row[column.name])
        if wrong:
            raise MyDataError(f"{where}: {column.name}: {wrong}")


def is_json(table: sa.Table, name: str) -> bool:
    """Whether a column holds JSON; `table` may be that of an older schema, which only knows texts."""
    ours = metadata.tables.get(table.name)
    return ours is not None and name in ours.columns and isinstance(ours.columns[name].type, tables.Json)


def _wrong(table: sa.Table, column: sa.Column[Any], value: Any) -> str:
    """What is wrong with a value; empty when nothing is."""
    if value is None:
        return "" if column.nullable else "missing; expected a value"
    if is_json(table, column.name):
        return _wrong_table(table, column.name, value)
    if isinstance(column.type, sa.Boolean):
        return "" if isinstance(value, bool) else "expected true or false"
    if isinstance(column.type, sa.Integer):
        fits = type(value) is int and 0 <= value <= LARGEST_NUMBER
        return "" if fits else f"expected a whole number from 0 to {LARGEST_NUMBER}"
    return _wrong_text(column, value)


def _wrong_text(column: sa.Column[Any], value: Any) -> str:
    longest = getattr(column.type, "length", None) or LONGEST_TEXT
    if not isinstance(value, str) or len(value) > longest or "\x00" in value:
        return f"expected a text of at most {longest} characters"
    if (column.primary_key or column.foreign_keys) and not value.strip():
        return "empty; expected an id"
    if column.name in TIMES and not _is_time(value):
        return 'expected a time with its offset such as "2026-11-02T12:00:00+00:00"'
    if column.name == "date" and not _is_date(value):
        return 'expected a date such as "2026-11-02"'
    return ""


def _wrong_table(table: sa.Table, name: str, value: Any) -> str:
    if not isinstance(value, dict):
        return "expected a table in curly brackets"
    if _is_deeper(value, DEEPEST):
        return f"more than {DEEPEST} tables and lists inside each other"
    if table.name == tables.runners.name and name == "settings":
        odd = [key for key, said in value.items() if type(said) not in (str, int, float)]
        return f"{odd[0]!a}: expected a word or a number" if odd else ""
    return ""


def _is_deeper(value: dict[str, Any], limit: int) -> bool:
    level: list[Any] = [value]
    for _ in range(limit):
        # Its type itself: JSON makes no others, and there may be a million.
        level = [
            part
            for one in level
            for part in (one.values() if type(one) is dict else one)
            if type(part) is dict or type(part) is list
        ]
        if not level:
            return False
    return True


def _is_time(text: str) -> bool:
    try:
        found = datetime.datetime.fromisoformat(text)
    except ValueError:
        return False
    return found.tzinfo is not None and found.year in YEARS


def _is_date(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).year in YEARS
    except ValueError:
        return False
