"""`make test` on the clean copy: making its environment, then the tests."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator

from benchmarks.installed import with_pip
from benchmarks.row import Missing, Plain, Row


def rows() -> Iterator[Row | Plain | Missing]:
    """Two rows; a test that fails is said, not hidden."""
    _, seconds = _make("environment")
    yield Plain("development environment, pip, empty cache", seconds, "s")
    said, seconds = _make("test")
    if said:
        yield Missing("`make test` on a clean clone", f"a test fails: {said}")
    else:
        yield Row("`make test` on a clean clone", seconds, "s", "target", 150)


def _make(target: str) -> tuple[str, float]:
    """The first thing that went wrong, if any, and the seconds it took."""
    copy = with_pip()
    began = time.perf_counter()
    done = subprocess.run(
        ["make", "--silent", target],
        cwd=copy.folder,
        env=copy.env,
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - began
    lines = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return (lines or [f"exit status {done.returncode}"])[0] if done.returncode else "", seconds
