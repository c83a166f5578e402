"""A command inside this process: the same words, exit status and output, without a new interpreter."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
from pathlib import Path
from typing import Any

from weaklink import cli


def weaklink(*words: str | Path, at: Path | None = None) -> subprocess.CompletedProcess[str]:
    """What `weaklink WORDS` prints and returns, run in the folder `at`."""
    printed, err = io.BytesIO(), io.StringIO()
    out = io.TextIOWrapper(printed, encoding="utf-8")
    old, sys.argv = sys.argv, ["weaklink", *map(str, words)]
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
    out.flush()
    return subprocess.CompletedProcess(sys.argv, status, printed.getvalue().decode(), err.getvalue())
