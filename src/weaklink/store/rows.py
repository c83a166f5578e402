"""Rows: kept values as columns, and times back from their text."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec

UNKNOWN_TIME = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
YEARS = range(1970, 2201)


def row_of(kept: msgspec.Struct) -> dict[str, Any]:
    """A kept value as a row."""
    return {key: column(value) for key, value in msgspec.structs.asdict(kept).items()}


def column(value: Any) -> Any:
    """A value as a column holds it: objects as JSON, times in UTC."""
    if isinstance(value, dict):
        return msgspec.json.encode(value).decode()
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    return value.isoformat() if isinstance(value, datetime.date) else value


def time(text: Any) -> datetime.datetime:
    """A time from its column; the first of all times where nobody can have written it."""
    try:
        found = datetime.datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return UNKNOWN_TIME
    if found.year not in YEARS:
        return UNKNOWN_TIME
    return found if found.tzinfo else found.replace(tzinfo=datetime.UTC)


def opened(text: Any) -> Any:
    """What a JSON column says; the text itself where it is no JSON."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, TypeError, RecursionError):
        return text


def table_in(text: Any) -> dict[str, Any]:
    """The object in a JSON column; empty where there is none."""
    found = opened(text)
    return found if isinstance(found, dict) else {}
