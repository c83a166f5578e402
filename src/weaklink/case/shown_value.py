"""Shown value: what was found, as an error shows it."""

from __future__ import annotations

import json


def shown(value: object) -> str:
    """A value as it was found, on one line and short; a number that is too long to write says so."""
    try:
        text = json.dumps(value, ensure_ascii=True, default=str)
    except (ValueError, TypeError, RecursionError):
        return "something that cannot be shown"
    return text if len(text) <= 60 else text[:57] + "..."
