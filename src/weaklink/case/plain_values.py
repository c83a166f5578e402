"""Plain values: JSON from outside, made fit to keep: whole characters, bounded numbers, bounded depth."""

from __future__ import annotations

import unicodedata
from typing import Any

from weaklink.case.diary import DiaryError

DEEPEST = 8  # a test done again, the deepest there is, needs five
LARGEST = 1_000_000  # larger than any number a diary holds
MOST_SHOWN = 40  # letters of a foreign key in an error
WORDS = "text"  # the one key whose value may have lines of its own


def plain_value(found: Any, where: str = "entry", key: str = "", depth: int = 0) -> Any:
    """The same JSON value with every text normalized.

    Args:
        where: its place, for errors.
        key: the key it stands under; free words keep their lines.
    Raises: DiaryError naming the place of a number out of all bounds, of two keys that are one, or of what is
        nested too deep.
    """
    if isinstance(found, str):
        return plain_text(found, lines=key == WORDS)
    if isinstance(found, bool) or found is None:
        return found
    if isinstance(found, int | float):
        return _number(found, where)
    if depth == DEEPEST:
        raise DiaryError(f"{where}: nested deeper than {DEEPEST}")
    if isinstance(found, list | tuple):
        return [plain_value(one, f"{where}[{n}]", key, depth + 1) for n, one in enumerate(found)]
    if isinstance(found, dict):
        return _table(found, where, depth)
    raise DiaryError(f"{where}: no JSON value")


def plain_text(text: str, *, lines: bool = False) -> str:
    """A text in NFC, without control characters; half a character becomes the mark for one that was lost."""
    # Two halves that belong together are one character again.
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if lines:
        whole = whole.replace("\r\n", "\n").replace("\r", "\n")
    kept = "\n\t" if lines else ""
    plain = "".join(c for c in whole if c in kept or unicodedata.category(c) != "Cc")
    return unicodedata.normalize("NFC", plain)


def _number(found: float, where: str) -> float:
    # NaN compares as false, so it is what is right that is asked for.
    if not abs(found) <= LARGEST:
        raise DiaryError(f"{where}: expected a number from -{LARGEST} to {LARGEST}", "number")
    return found


def _table(found: dict[Any, Any], where: str, depth: int) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for said, value in found.items():
        key = plain_text(str(said))
        place = f"{where}.{key[:MOST_SHOWN]}"
        if key in table:
            raise DiaryError(f"{place}: stands there twice")
        table[key] = plain_value(value, place, key, depth + 1)
    return table
