"""A command inside this process: the same words, exit status and output, without a new interpreter."""

from __future__ import annotations

import contextlib
import io
import logging
import subprocess
import sys
import threading
import warnings
from pathlib import Path
from typing import Any

from weaklink import cli


def hooks() -> tuple[Any, ...]:
    """Who hears of errors and of what is logged in this process; a command of its own changes it for good."""
    root = logging.getLogger()
    heard = (sys.excepthook, sys.unraisablehook, threading.excepthook, warnings.showwarning)
    return (*heard, list(root.handlers), root.level, logging.raiseExceptions)


def put_back(before: tuple[Any, ...]) -> None:
    """Make them hear again."""
    root = logging.getLogger()
    (sys.excepthook, sys.unraisablehook, threading.excepthook, warnings.showwarning, *of_logging) = before
    root.handlers[:], level, logging.raiseExceptions = of_logging
    root.setLevel(level)


def weaklink(*words: str | Path, at: Path | None = None) -> subprocess.CompletedProcess[str]:
    """What `weaklink WORDS` prints and returns, run in the folder `at`."""
    printed, err = io.BytesIO(), io.StringIO()
    out = io.TextIOWrapper(printed, encoding="utf-8")
    old, sys.argv = sys.argv, ["weaklink", *map(str, words)]
    before = hooks()
    status: Any = 0
    try:
        with (
            contextlib.chdir(at or Path.cwd()),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            cli.main()
    except SystemExit as end:
        status = end.code or 0
    finally:
        sys.argv = old
        put_back(before)
    out.flush()
    return subprocess.CompletedProcess(sys.argv, status, printed.getvalue().decode(), err.getvalue())
