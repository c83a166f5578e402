"""A lookout: another process that asks for a local page all the while, and looks at the server's memory."""

from __future__ import annotations

import contextlib
import http.client
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

from tests.floods import PATIENCE_S, resident_mb
from tests.siege.tally import SAID, Seen

EVERY_S = 0.025
LOCAL = "127.0.0.1"


class Lookout:
    """Looks at one port. It is told which process serves there, and when none does on purpose."""

    def __init__(self, port: int) -> None:
        command = [sys.executable, "-m", "tests.siege.lookout", str(port)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        assert self._process.stdout is not None
        self._process.stdout.readline()  # it has begun

    def look_at(self, pid: int) -> None:
        """This process serves from now on; 0: none does."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{pid}\n")
        self._process.stdin.flush()

    def over(self) -> Seen:
        """What was seen; it ends with that."""
        said, _ = self._process.communicate(timeout=60)
        return Seen(**json.loads(said))


@contextlib.contextmanager
def looking_out(port: int, pid: int) -> Iterator[list[Seen]]:
    """A lookout for a while; what it saw is the one item of the list afterwards."""
    lookout, found = Lookout(port), []
    lookout.look_at(pid)
    try:
        yield found
    finally:
        found.append(lookout.over())


class Look:
    """What is seen, page after page."""

    def __init__(self) -> None:
        self.pid, self.before, self.height = 0, 0.0, 0.0
        self.waited: list[float] = []
        self.asked = self.faults = self.said = self.unanswered = 0
        self.over = threading.Event()

    def hear(self) -> None:
        """Read which process serves, until the end."""
        for line in sys.stdin:
            pid = int(line)
            with contextlib.suppress(OSError):
                self.before = resident_mb(pid) if pid else 0.0
            self.pid = pid
        self.over.set()

    def once(self, port: int) -> None:
        """Ask for one page. No answer counts only where the same process served before and after."""
        pid, began = self.pid, time.perf_counter()
        try:
            status = _page(port)
        except (OSError, http.client.HTTPException):
            time.sleep(EVERY_S)  # the word that it goes down may be on its way
            self.unanswered += pid == self.pid and not self.over.is_set()
            return
        self.waited.append((time.perf_counter() - began) * 1000)
        self.asked += 1
        self.said += status in SAID
        self.faults += status >= 500 and status not in SAID
        with contextlib.suppress(OSError):
            if pid == self.pid:
                self.height = max(self.height, resident_mb(pid) - self.before)

    def seen(self) -> Seen:
        """All of it."""
        ranked = sorted(self.waited) or [0.0]
        p99 = ranked[min(int(0.99 * len(ranked)), len(ranked) - 1)]
        return Seen(self.height, p99, self.asked, self.faults, self.said, self.unanswered)


def _page(port: int) -> int:
    connection = http.client.HTTPConnection(LOCAL, port, timeout=PATIENCE_S)
    with contextlib.closing(connection):
        connection.request("GET", "/about")
        answer = connection.getresponse()
        answer.read()
        return answer.status


def main(port: int) -> None:
    """Look until standard input ends, then print what was seen."""
    look = Look()
    threading.Thread(target=look.hear, daemon=True).start()
    print("begun", flush=True)
    while not look.over.wait(EVERY_S):
        if look.pid:
            look.once(port)
    print(json.dumps(look.seen()._asdict()))


if __name__ == "__main__":
    main(int(sys.argv[1]))
