"""Latest: the rows of a read that is asked again and again, kept until something is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Rows = list[dict[str, Any]]


class Latest:
    """Rows as they were read last, read anew after any write.

    Right only where nobody else writes: whoever makes one holds the lock of the database. The rows are what
    the columns hold, text and numbers, so that nobody who reads them can change what the next one finds.
    """

    def __init__(self, read: Callable[[], Rows], written: Callable[[], int]) -> None:
        """`read`: the rows now. `written`: how many groups of changes were ended so far."""
        self._read = read
        self._written = written
        self._kept: tuple[int, Rows] | None = None

    def rows(self) -> Rows:
        """The rows as they are now."""
        # Counted before the read: what is written meanwhile may or may not be among the rows.
        written, kept = self._written(), self._kept
        if kept is None or kept[0] != written:
            kept = self._kept = (written, self._read())
        return kept[1]
