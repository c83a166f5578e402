"""A load generator: keep-alive connections that ask again once answered. A process of its own.

    python -m benchmarks.load ADDRESS CONNECTIONS SECONDS < request
prints one JSON object: requests per second, p50 and p99 in ms, answers that were not 2xx or 3xx.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
import sys
import time
from statistics import median
from typing import NamedTuple
from urllib.parse import urlsplit

import httptools

from benchmarks.row import percentile

WARM_UP_S = 2.0


class Load(NamedTuple):
    """What one run of the generator found."""

    per_second: float
    p50_ms: float
    p99_ms: float
    errors: int


def load(address: str, request: bytes, *, connections: int = 16, seconds: float = 15.0) -> Load:
    """The same request from many connections, from a process of its own."""
    command = [sys.executable, "-m", "benchmarks.load", address, str(connections), str(seconds)]
    done = subprocess.run(command, input=request, capture_output=True, check=True)
    return Load(**json.loads(done.stdout))


def request_bytes(address: str, path: str, form: bytes | None = None, cookie: str = "") -> bytes:
    """A GET, or with a form a POST as a browser sends it."""
    host = urlsplit(address).netloc
    head = f"{'GET' if form is None else 'POST'} {path} HTTP/1.1\r\nHost: {host}\r\n"
    if cookie:
        head += f"Cookie: {cookie}\r\n"
    if form is not None:
        head += f"Origin: {address}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        head += f"Content-Length: {len(form)}\r\n"
    return head.encode() + b"\r\n" + (form or b"")


class Found:
    """What all connections found together."""

    def __init__(self) -> None:
        self.answers: list[tuple[float, float]] = []  # (end, duration) in seconds
        self.errors = 0
        self.over = False


class Connection(asyncio.Protocol):
    """One connection; asks again as soon as it is answered, until the server closes it."""

    def __init__(self, request: bytes, found: Found) -> None:
        self.request = request
        self.found = found
        self.opened = time.perf_counter()
        self.waiting = False
        self.closed = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the first time."""
        self.transport = transport
        self._ask()
        self.began = self.opened

    def data_received(self, data: bytes) -> None:
        """Part of an answer."""
        self.parser.feed_data(data)

    def on_message_complete(self) -> None:
        """A whole answer: note it and ask again."""
        now = time.perf_counter()
        self.waiting = False
        self.found.answers.append((now, now - self.began))
        self.found.errors += not 200 <= self.parser.get_status_code() < 400
        if self.parser.should_keep_alive():
            asyncio.get_running_loop().call_soon(self._ask)

    def connection_lost(self, error: Exception | None) -> None:  # noqa: ARG002
        """The server, or the end of the run, closed it; without an answer that is an error."""
        self.found.errors += self.waiting and not self.found.over
        if not self.closed.done():
            self.closed.set_result(None)

    def _ask(self) -> None:
        if self.found.over:
            self.transport.close()
        if self.transport.is_closing():
            return
        self.parser = httptools.HttpResponseParser(self)
        self.began, self.waiting = time.perf_counter(), True
        self.transport.write(self.request)  # type: ignore[attr-defined]


async def _client(host: str, port: int, request: bytes, found: Found) -> None:
    # A server without keep-alive is asked on a new connection each time; connecting counts as its time.
    loop = asyncio.get_running_loop()
    while not found.over:
        _, connection = await loop.create_connection(lambda: Connection(request, found), host, port)
        await connection.closed


async def _run(address: str, request: bytes, connections: int, seconds: float) -> Load:
    host, _, port = urlsplit(address).netloc.partition(":")
    found = Found()
    clients = [asyncio.create_task(_client(host, int(port), request, found)) for _ in range(connections)]
    from_here = time.perf_counter() + WARM_UP_S
    await asyncio.sleep(WARM_UP_S + seconds)
    until, found.over = time.perf_counter(), True
    await asyncio.wait(clients, timeout=5)
    times = [took * 1000 for end, took in found.answers if from_here <= end <= until]
    return Load(len(times) / (until - from_here), median(times), percentile(times, 0.99), found.errors)


def main(words: list[str]) -> None:
    """Read the request from standard input, print what was found."""
    address, connections, seconds = words
    with contextlib.suppress(ImportError):
        import uvloop

        asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    found = asyncio.run(_run(address, sys.stdin.buffer.read(), int(connections), float(seconds)))
    print(json.dumps(found._asdict()))


if __name__ == "__main__":
    main(sys.argv[1:])
