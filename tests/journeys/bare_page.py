"""A page of Chromium without a driver that keeps it in front: one that can really be hidden behind another tab.

Playwright tells every page that it is seen and looked at. Here the browser's own protocol is spoken over a pipe.
"""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.browser import FLAGS, chromium_path

PHONE_SIZE = "--window-size=390,844"
# Chromium reads commands at 3 and answers at 4; the pipes are there before it starts.
AT_3_AND_4 = (
    "import os, sys; [os.dup2(int(fd), place) for fd, place in zip(sys.argv[1:3], (203, 204))]; "
    "os.dup2(203, 3); os.dup2(204, 4); os.execv(sys.argv[3], sys.argv[3:])"
)


class NoPageYetError(AssertionError):
    """The tab is between two pages: there is nothing to ask."""


class Browser:
    """A running Chromium that is told what to do over a pipe."""

    def __init__(self, tell: int, hear: int) -> None:
        self._tell, self._hear = tell, os.fdopen(hear, "rb", buffering=0)
        self._numbers, self._rest = itertools.count(1), b""

    def ask(self, method: str, session: str = "", **said: Any) -> dict[str, Any]:
        """One command and its answer; events in between are passed over.

        Raises: AssertionError with the browser's words when it refuses.
        """
        number = next(self._numbers)
        asked = {
            "id": number,
            "method": method,
            "params": said,
            **({"sessionId": session} if session else {}),
        }
        os.write(self._tell, json.dumps(asked).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == number:
                if "execution context" in answer.get("error", {}).get("message", ""):
                    raise NoPageYetError(answer["error"]["message"])
                assert "error" not in answer, (method, answer["error"])
                found: dict[str, Any] = answer["result"]
                return found

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            heard = self._hear.read(1 << 20)
            assert heard, "Chromium is gone"
            self._rest += heard
        message, _, self._rest = self._rest.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found


class BarePage:
    """One tab."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        self.target = browser.ask("Target.createTarget", url=address)["targetId"]
        self.session = browser.ask("Target.attachToTarget", targetId=self.target, flatten=True)["sessionId"]

    def evaluate(self, code: str) -> Any:
        """What a piece of JavaScript comes to; a promise is waited for."""
        answer = self.browser.ask(
            "Runtime.evaluate", self.session, expression=code, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in answer, (code, answer["exceptionDetails"])
        return answer["result"].get("value")

    def wait(self, condition: str, seconds: float = 30) -> None:
        """Wait until something holds."""
        end = time.monotonic() + seconds
        while not self._holds(condition):
            assert time.monotonic() < end, condition
            time.sleep(0.05)

    def _holds(self, condition: str) -> bool:
        try:
            return bool(self.evaluate(condition))
        except NoPageYetError:
            return False

    def to_front(self) -> None:
        """This tab is the one that is seen; every other one is hidden."""
        self.browser.ask("Target.activateTarget", targetId=self.target)


@contextmanager
def bare_browser(folder: Path) -> Iterator[Browser]:
    """A Chromium of its own, with a profile in the folder; it is ended afterwards."""
    ours_out, theirs_in = os.pipe()[::-1]
    theirs_out, ours_in = os.pipe()[::-1]
    flags = [*FLAGS, "--headless=new", "--remote-debugging-pipe", PHONE_SIZE, f"--user-data-dir={folder}"]
    ends = [str(theirs_in), str(theirs_out)]
    command = [sys.executable, "-c", AT_3_AND_4, *ends, str(chromium_path()), *flags, "about:blank"]
    process = subprocess.Popen(command, pass_fds=(theirs_in, theirs_out), stderr=subprocess.DEVNULL)
    os.close(theirs_in)
    os.close(theirs_out)
    try:
        yield Browser(ours_out, ours_in)
    finally:
        os.close(ours_out)
        process.terminate()
        process.wait(20)
