"""Rows: kept values as columns, and times back from their text."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec


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


def time(text: str) -> datetime.datetime:
    """A time from its column."""
    return datetime.datetime.fromisoformat(text)
