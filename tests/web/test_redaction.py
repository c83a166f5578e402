"""Redaction: whatever fails, wherever: kind and place are told, and not a word of what it was about."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.cli.failing_server import ways
from weaklink.quantities import WeaklinkError
from weaklink.redaction import RedactedFormatter, told
from weaklink.store.refusals import StoreFullError

SECRET = "a-word-that-only-the-runner-knows"


def raised(error: BaseException, cause: BaseException | None = None) -> BaseException:
    try:
        raise error from cause
    except BaseException as caught:
        return caught


def test_an_error_is_told_with_its_kinds_and_places() -> None:
    found = told(raised(ValueError(SECRET), raised(KeyError(SECRET))))

    assert found.startswith("ValueError at tests/web/test_redaction.py:")
    assert ", from KeyError at tests/web/test_redaction.py:" in found
    assert SECRET not in found


def test_errors_in_a_group_and_in_a_circle_are_told_once() -> None:
    circle, inside = ValueError(SECRET), TypeError(SECRET)
    circle.__cause__ = ExceptionGroup(SECRET, [inside, circle])
    found = told(circle)

    assert (found.count("ValueError"), found.count("TypeError"), SECRET in found) == (1, 1, False)


@pytest.mark.parametrize(
    ("name", "message", "values", "says"),
    [
        ("weaklink", "%d of %d kept", (3, 4), "3 of 4 kept"),
        ("weaklink", "kept %s", (SECRET,), "kept …"),
        ("weaklink", "kept %(what)s", ({"what": SECRET},), "logged at "),
        ("weaklink", "lost: %s", (ValueError(SECRET),), "lost: ValueError"),
        ("weaklink", "lost: %s", (OSError(28, SECRET),), "lost: OSError 28"),
        ("weaklink", "lost: %s", (StoreFullError("could not write (SQLITE_FULL)"),), "SQLITE_FULL"),
        ("weaklink", "lost: %s", (WeaklinkError(SECRET),), "lost: WeaklinkError"),
        ("weaklink", "two %s of %s", (1,), "logged at "),
        ("uvicorn.error", f"Exception: {SECRET}", (), "logged at "),
        ("asyncio", "Task failed: %r", (SECRET,), "logged at "),
    ],
)
def test_a_log_line_holds_no_values(name: str, message: str, values: tuple[object, ...], says: str) -> None:
    error = raised(ValueError(SECRET))
    info = (type(error), error, error.__traceback__)
    record = logging.LogRecord(name, logging.ERROR, "/somewhere/of/a/program.py", 7, message, values, info)
    line = RedactedFormatter().format(record)

    assert says in line
    assert SECRET not in line
    assert "ValueError at tests/web/test_redaction.py:" in line


WAYS = {
    "nobody catches": "raise ValueError(SECRET)",
    "from another": "\ntry:\n    {}[SECRET]\nexcept KeyError:\n    raise ValueError(SECRET)",
    "in a thread": "import threading; t = threading.Thread(target=fail); t.start(); t.join()",
    "in a task": "async def main():\n    asyncio.get_running_loop().set_exception_handler(on_loop_error)\n"
    "    task = asyncio.ensure_future(afail())\n    await asyncio.sleep(0)\n    await asyncio.sleep(0)\n"
    "    del task\n    gc.collect()\nasyncio.run(main())",
    "in a callback of the loop": "async def main():\n"
    "    asyncio.get_running_loop().set_exception_handler(on_loop_error)\n"
    "    asyncio.get_running_loop().call_soon(fail)\n    await asyncio.sleep(0.01)\nasyncio.run(main())",
    "while cleaning up": "\nclass Odd:\n    def __del__(self):\n        raise ValueError(SECRET)\nOdd()",
    "as a warning": "import warnings; warnings.warn(SECRET)",
    "as a broken log line": "logging.getLogger('weaklink').error('%d', SECRET)",
    "as somebody's log line": "logging.getLogger('sqlalchemy').error('row %s', SECRET)",
    "as a log line with its error": "\ntry:\n    fail()\nexcept ValueError:\n    logging.exception(SECRET)",
    "at the end": "import atexit; atexit.register(fail)",
    "as a crash": "import faulthandler, os, signal; faulthandler.enable(); note = SECRET;"
    " os.kill(os.getpid(), signal.SIGABRT)",
}


@pytest.mark.parametrize("way", WAYS)
def test_a_whole_process_keeps_quiet(way: str, tmp_path: Path) -> None:
    program = textwrap.dedent(
        """
        import asyncio, gc, logging
        from weaklink.redaction import keep_quiet, on_loop_error
        SECRET = "-".join(["a", "word", "that", "only", "the", "runner", "knows"])
        def fail(): raise ValueError(SECRET)
        async def afail(): raise ValueError(SECRET)
        keep_quiet()
        """
    )
    (tmp_path / "program.py").write_text(program + WAYS[way])
    done = subprocess.run(
        [sys.executable, "program.py"], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60,
        env={**os.environ, "PYTHONFAULTHANDLER": "1"},
    )  # fmt: skip

    assert done.stderr
    assert SECRET not in done.stdout + done.stderr
    assert [path.name for path in tmp_path.iterdir() if path.name != "program.py"] == []


@pytest.mark.slow
@pytest.mark.parametrize("way", ways())
def test_a_real_server_says_nothing_of_what_a_note_holds(way: str, tmp_path: Path) -> None:
    ways()[way](tmp_path, SECRET)
