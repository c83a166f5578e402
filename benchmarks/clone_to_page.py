"""From `git clone` to the first page, by pip and by uv, with empty caches."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.installed import with_pip, with_uv
from benchmarks.row import Missing, Row


def rows() -> Iterator[Row | Missing]:
    """Two rows: pip alone, and uv."""
    yield Row("clone to first page, pip, empty cache", with_pip().seconds, "s", "target", 35)
    copy = with_uv()
    if copy is None:
        yield Missing("clone to first page, uv, empty cache", "uv is not installed")
    else:
        yield Row("clone to first page, uv, empty cache", copy.seconds, "s", "target", 6)
