"""Reading the whole knowledge from its files, in a fresh process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from statistics import median

from benchmarks.row import Missing, Row

RUNS = 7
PROGRAM = """
import time
from weaklink.library.reading import read_library
began = time.perf_counter()
read_library()
print(time.perf_counter() - began)
"""


def rows() -> Iterator[Row | Missing]:
    """One row: median of several fresh processes."""
    seconds = [_once() for _ in range(RUNS)]
    yield Row("knowledge load", median(seconds), "s", "target", 0.3)


def _once() -> float:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    return float(done.stdout)
