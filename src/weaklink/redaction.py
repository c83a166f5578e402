"""Redaction: of a fault its kind and the places it went through are told, never its words.

The words of an error may hold what a runner said. So nothing here prints them: not the log, not an error that
nobody caught, in whatever thread or task. A warning of ours is written as one sentence without values.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
import types
import warnings
from asyncio import AbstractEventLoop
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO, cast

OURS = "weaklink"
PARTS_OF_A_PATH = 3
MOST_PLACES = 12
MOST_ERRORS = 8
LEFT_OUT = "…"
# Chapters that never see what a runner said: the sentences of their errors are ours from end to end.
SILENT_ABOUT_RUNNERS = ("weaklink.store.", "weaklink.web.home.", "weaklink.cli.up")
TOLD = "_told_by_weaklink"
log = logging.getLogger(OURS)


def told(error: BaseException) -> str:
    """An error and those it came from: kind and places of each, innermost place first."""
    return ", from ".join(f"{_kind(one)} at {_places(one) or 'unknown place'}" for one in _chain(error))


def tell(error: BaseException, doing: str) -> None:
    """Write down a fault of ours, once, however many hands it goes through."""
    if not getattr(error, TOLD, False):
        log.error(f"while {doing}: {told(error)}")
        error.__dict__[TOLD] = True


class RedactedFormatter(logging.Formatter):
    """Formats what was logged without values: numbers and kinds of errors at the most."""

    def format(self, record: logging.LogRecord) -> str:
        """One line; of other people's records only where they come from, since their words are not ours."""
        text = (
            _sentence(record) if _is_ours(record) else f"logged at {_short(record.pathname)}:{record.lineno}"
        )
        error = record.exc_info[1] if record.exc_info else None
        return f"{record.levelname} {record.name}: {text}" + (f": {told(error)}" if error else "")


def keep_quiet(stream: TextIO | None = None) -> None:
    """From now on no fault of this process prints what it was about. `stream` is stderr unless said."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(RedactedFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.raiseExceptions = False  # it would print the arguments of a record that cannot be formatted
    sys.excepthook = _on_error
    sys.unraisablehook = lambda found: _tell_if_any(found.exc_value, "cleaning up")
    threading.excepthook = lambda found: _tell_if_any(found.exc_value, "working in a thread")
    warnings.showwarning = cast("Any", _on_warning)


def on_loop_error(_loop: AbstractEventLoop, context: dict[str, Any]) -> None:
    """What the event loop does with an error of a task that nobody waits for."""
    _tell_if_any(context.get("exception"), "working in the event loop")


def _on_error(kind: type[BaseException], error: BaseException, _trace: types.TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        tell(error, "working")


def _on_warning(_message: object, category: type[Warning], filename: str, lineno: int, *_: object) -> None:
    log.warning(f"{category.__name__} at {_short(filename)}:{lineno}")


def _tell_if_any(error: BaseException | None, doing: str) -> None:
    if error is None:
        log.error(f"something failed while {doing}")
    else:
        tell(error, doing)


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] == OURS and isinstance(record.msg, str)


def _sentence(record: logging.LogRecord) -> str:
    values = record.args if isinstance(record.args, tuple) else (record.args,) if record.args else ()
    try:
        return str(record.msg) % tuple(_harmless(value) for value in values) if values else str(record.msg)
    except (TypeError, ValueError):
        return f"logged at {_short(record.pathname)}:{record.lineno}"


def _harmless(value: object) -> object:
    """A value as it may be printed: a number, or what an error may say."""
    if isinstance(value, OSError):
        return f"{_kind(value)} {value.errno}"
    if isinstance(value, BaseException):
        ours = f"{type(value).__module__}.".startswith(SILENT_ABOUT_RUNNERS)
        return str(value) if ours else _kind(value)
    return value if isinstance(value, int | float) else LEFT_OUT


def _chain(error: BaseException) -> Iterator[BaseException]:
    waiting, seen = [error], set[int]()
    while waiting and len(seen) < MOST_ERRORS:
        one = waiting.pop(0)
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        before = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
        waiting += [
            *(one.exceptions if isinstance(one, BaseExceptionGroup) else ()),
            *([before] if before else []),
        ]


def _places(error: BaseException) -> str:
    frames = traceback.walk_tb(error.__traceback__)
    found = [f"{_short(frame.f_code.co_filename)}:{line}" for frame, line in frames]
    return " < ".join(reversed(found[-MOST_PLACES:]))


def _kind(error: BaseException) -> str:
    return type(error).__qualname__


def _short(filename: str) -> str:
    """The end of a path: enough to find the place, and nothing about the machine."""
    return "/".join(Path(filename).parts[-PARTS_OF_A_PATH:])
