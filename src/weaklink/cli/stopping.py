"""Stopping: the first signal lets everything end in order and in time, a second one does not wait."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LONGEST_S = 4.0
CLOSING_S = 0.5  # for a store that something else holds up at the very end
NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


class Stopping:
    """The end of a running weaklink. Its status is 0; after a second signal it is that signal's own.

    Nothing acknowledged depends on it: what was answered is durable already. What it adds is that the store
    is closed, its log worked in.
    """

    def __init__(self, close: Callable[[], None]) -> None:
        self._close = close
        self._asked = False
        self._told: list[Callable[[], None]] = []

    def tell(self, whom: Callable[[], None]) -> None:
        """Call this when the first signal comes; it must not block."""
        self._told.append(whom)

    @contextmanager
    def heeded(self) -> Iterator[None]:
        """Take the signals meanwhile. One that the system was told to ignore stays ignored (nohup)."""
        signals = [getattr(signal, name) for name in NAMES if hasattr(signal, name)]
        before = {one: signal.getsignal(one) for one in signals}
        heeded = {one: old for one, old in before.items() if old is not signal.SIG_IGN}
        for one in heeded:
            signal.signal(one, self._on_signal)
        try:
            yield
        finally:
            for one in heeded if not self._asked else ():
                signal.signal(one, before[one])

    def _on_signal(self, number: int, frame: object) -> None:  # noqa: ARG002
        if self._asked:
            os._exit(128 + number)
        self._asked = True
        for whom in self._told:
            whom()
        last = threading.Timer(LONGEST_S, self._end)
        last.daemon = True
        last.start()

    def _end(self) -> None:
        """End all the same: a thread that works on something long would be waited for."""
        closing = threading.Thread(target=self._close, daemon=True)
        closing.start()
        closing.join(CLOSING_S)
        sys.stdout.flush()
        os._exit(0)
