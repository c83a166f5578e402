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


def request_bytes(address: str, path: str, form: bytes | None = None) -> bytes:
    """A GET, or with a form a POST as a browser sends it."""
    host = urlsplit(address).netloc
    head = f"{'GET' if form is None else 'POST'} {path} HTTP/1.1\r\nHost: {host}\r\n"
    if form is not None:
        head += f"Origin: {address}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        head += f"Content-Length: {len(form)}\r\n"
    return head.encode() + b"\r\n" + (form or b"")


class Connection(asyncio.Protocol):
    """One connection; notes when each answer was complete."""

    def __init__(self, request: bytes) -> None:
        self.request = request
        self.found: list[tuple[float, float]] = []  # (end, duration)
        self.errors = 0
        self.began = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the first time."""
        self.transport = transport
        self._ask()

    def data_received(self, data: bytes) -> None:
        """Part of an answer."""
        self.parser.feed_data(data)

    def on_message_complete(self) -> None:
        """A whole answer: note it and ask again."""
        now = time.perf_counter()
        self.found.append((now, now - self.began))
        self.errors += not 200 <= self.parser.get_status_code() < 400
        asyncio.get_running_loop().call_soon(self._ask)

    def _ask(self) -> None:
        if self.transport.is_closing():
            return
        self.parser = httptools.HttpResponseParser(self)
        self.began = time.perf_counter()
        self.transport.write(self.request)  # type: ignore[attr-defined]


async def _run(address: str, request: bytes, connections: int, seconds: float) -> Load:
    host, _, port = urlsplit(address).netloc.partition(":")
    loop = asyncio.get_running_loop()
    made = [
        await loop.create_connection(lambda: Connection(request), host, int(port)) for _ in range(connections)
    ]
    from_here = time.perf_counter() + WARM_UP_S
    await asyncio.sleep(WARM_UP_S + seconds)
    until = time.perf_counter()
    for transport, _ in made:
        transport.close()
    times = [took * 1000 for _, one in made for end, took in one.found if from_here <= end <= until]
    errors = sum(one.errors for _, one in made)
    return Load(len(times) / (until - from_here), median(times), percentile(times, 0.99), errors)


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
