"""Floods: what an unpaired stranger can send to a port, from addresses of this machine only.

Each function sends to one port for a while and returns what came of it. They are the attack alone: what it
did to the server is for the caller to look at, see `besieged`.
"""

from __future__ import annotations

import contextlib
import http.client
import itertools
import json
import socket
import ssl
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

PATIENCE_S = 20.0
PIECE = 64 * 1024
BODY = 512 * 1024


class Port(NamedTuple):
    """Where to send to, and whether TLS is spoken there."""

    address: str
    number: int
    tls: bool = False

    @property
    def host(self) -> bytes:
        return f"Host: {self.address}:{self.number}\r\n".encode()


class Came(NamedTuple):
    """What came of one flood: connections tried, bytes sent, statuses that were answered, left open at the end."""

    tried: int
    sent: int
    statuses: dict[str, int]
    open: int


class Siege(NamedTuple):
    """What a flood did meanwhile: memory in MB at its height above before, and localhost's p99 in ms."""

    came: Came
    memory_mb: float
    p99_ms: float
    asked: int
    failed: int


Flood = Callable[[Port, float], Came]


# From other addresses than the server's own: 127.0.0.16 and on.


def connected(port: Port, source: str = "127.0.0.16", *, shaken: bool = True) -> socket.socket:
    """A connection from one of this machine's addresses; with TLS unless the hands are not to be shaken."""
    plain = socket.create_connection((port.address, port.number), PATIENCE_S, (source, 0))
    if not port.tls or not shaken:
        return plain
    blind = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    blind.check_hostname, blind.verify_mode = False, ssl.CERT_NONE
    try:
        return blind.wrap_socket(plain, server_hostname=port.address)
    except OSError:
        plain.close()
        raise


def answered(connection: socket.socket, seconds: float = PATIENCE_S) -> str:
    """The status of what a connection answers, "" when it was closed without one, "open" when nothing came."""
    connection.settimeout(seconds)
    found = b""
    try:
        while b"\r\n" not in found:
            more = connection.recv(4096)
            if not more:
                break
            found += more
    except TimeoutError:
        return "open"
    except OSError:  # closed while we were still sending
        pass
    return found[9:12].decode("ascii", "replace") if found.startswith(b"HTTP/") else ""


def whole_answer(connection: socket.socket) -> bytes:
    """Everything that a connection answers until it is closed."""
    found = b""
    with contextlib.suppress(OSError):
        while more := connection.recv(PIECE):
            found += more
    return found


def sent_endlessly(port: Port, begin: bytes, piece: bytes, *, most: int, source: str = "127.0.0.16") -> Came:
    """One connection that sends `piece` over and over, until it is closed or `most` bytes are sent."""
    sent = 0
    with connected(port, source) as connection:
        connection.settimeout(PATIENCE_S)
        try:
            connection.sendall(begin)
            while sent < most:
                connection.sendall(piece)
                sent += len(piece)
        except OSError:  # closed: that is what it should be
            pass
        status = answered(connection)
    return Came(1, sent, {status: 1}, int(status == "open"))


def endless(begin: bytes, piece: bytes) -> Flood:
    """Connections without end, one after the other from eight addresses at once, each sending without end."""

    def flood(port: Port, seconds: float) -> Came:
        most = 96 * 1024 * 1024
        head = begin.replace(b"HOST\r\n", port.host)
        return _at_once(lambda source: sent_endlessly(port, head, piece, most=most, source=source), seconds)

    return flood


def _at_once(once: Callable[[str], Came], seconds: float, addresses: int = 8) -> Came:
    end = time.monotonic() + seconds
    found: list[Came] = []

    def again(source: str) -> None:
        over = False
        while not over:
            with contextlib.suppress(OSError):
                found.append(once(source))
            over = time.monotonic() >= end

    threads = [
        threading.Thread(target=again, args=(f"127.0.0.{16 + number}",)) for number in range(addresses)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return _together(found)


def _together(found: list[Came]) -> Came:
    statuses: dict[str, int] = {}
    for status, times in itertools.chain.from_iterable(one.statuses.items() for one in found):
        statuses[status] = statuses.get(status, 0) + times
    return Came(
        sum(one.tried for one in found),
        sum(one.sent for one in found),
        statuses,
        sum(one.open for one in found),
    )


endless_header_lines = endless(b"GET / HTTP/1.1\r\nHOST\r\n", b"a:\r\n" * (PIECE // 4))
endless_header = endless(b"GET / HTTP/1.1\r\nHOST\r\nA: ", b"a" * PIECE)
endless_request_line = endless(b"GET /", b"a" * PIECE)
endless_empty_lines = endless(b"", b"\r\n" * (PIECE // 2))
CHUNKED = b"POST /pair HTTP/1.1\r\nHOST\r\nTransfer-Encoding: chunked\r\n\r\n"
endless_chunk_extension = endless(CHUNKED + b"1;", b"a" * PIECE)
endless_trailers = endless(CHUNKED + b"0\r\n", b"a:\r\n" * (PIECE // 4))
endless_body = endless(CHUNKED, b"1000\r\n" + b"a" * 4096 + b"\r\n")
endless_requests = endless(b"", b"GET /nowhere HTTP/1.1\r\nHost: 127.0.0.2\r\n\r\n" * 1000)


def left_open(said: bytes, *, shaken: bool = True, number: int = 150) -> Flood:
    """Many connections from one address at once that say something and then nothing more."""

    def flood(port: Port, seconds: float) -> Came:
        head = said.replace(b"HOST\r\n", port.host)
        connections, refused = [], 0
        for _ in range(number):
            try:
                one = connected(port, shaken=shaken)
                connections.append(one)
                one.sendall(head)
            except OSError:
                refused += 1
        time.sleep(seconds)
        statuses: dict[str, int] = {"refused": refused} if refused else {}
        for one in connections:
            status = answered(one, 0.01)
            statuses[status] = statuses.get(status, 0) + 1
            one.close()
        return Came(number, len(head) * number, statuses, statuses.get("open", 0))

    return flood


half_requests = left_open(b"GET / HTTP/1.1\r\nHOST\r\nX: ")
nothing_said = left_open(b"")
no_handshake = left_open(b"", shaken=False)
half_handshake = left_open(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", shaken=False)


def slow(said: bytes) -> Flood:
    """Many connections from one address that send one byte a second."""

    def flood(port: Port, seconds: float) -> Came:
        head = said.replace(b"HOST\r\n", port.host)
        connections: list[socket.socket] = []
        tried = 40
        for _ in range(tried):
            with contextlib.suppress(OSError):
                connections.append(connected(port))
                connections[-1].sendall(head)
        sent = _drip(connections, seconds)
        statuses: dict[str, int] = {}
        for one in connections:
            status = answered(one, 0.01)
            statuses[status] = statuses.get(status, 0) + 1
            one.close()
        return Came(tried, sent, statuses, statuses.get("open", 0))

    return flood


def _drip(connections: list[socket.socket], seconds: float) -> int:
    end, sent = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        for one in connections:
            with contextlib.suppress(OSError):
                one.sendall(b"a")
                sent += 1
        time.sleep(1)
    return sent


slow_heads = slow(b"GET / HTTP/1.1\r\nHOST\r\nX: ")
FORM = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 4000\r\n\r\n"
slow_bodies = slow(b"POST /pair HTTP/1.1\r\nHOST\r\n" + FORM)


def asking(port: Port, seconds: float) -> Came:
    """Whole requests from eight addresses, each on a connection of its own, as fast as they are answered."""

    def once(source: str) -> Came:
        with connected(port, source) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\n" + port.host + b"Connection: close\r\n\r\n")
            return Came(1, 0, {answered(connection): 1}, 0)

    return _at_once(once, seconds)


def unread(port: Port, seconds: float) -> Came:
    """Connections that ask for a large file again and again and read nothing of it."""
    said = b"GET /static/fonts/commissioner.woff2 HTTP/1.1\r\n" + port.host + b"\r\n"
    return left_open(said * 8, number=100)(port, seconds)


FLOODS: dict[str, Flood] = {
    "endless header lines": endless_header_lines,
    "one endless header": endless_header,
    "endless request line": endless_request_line,
    "endless empty lines": endless_empty_lines,
    "endless chunk extension": endless_chunk_extension,
    "endless trailers": endless_trailers,
    "endless body": endless_body,
    "endless requests unread": endless_requests,
    "half requests left open": half_requests,
    "connections left silent": nothing_said,
    "handshakes never begun": no_handshake,
    "handshakes half done": half_handshake,
    "slow heads": slow_heads,
    "slow bodies": slow_bodies,
    "whole requests": asking,
    "answers never read": unread,
}


# What it does to the server.


def besieged(flood: Flood, port: Port, seconds: float, *, pid: int, local: Port) -> Siege:
    """A flood, and meanwhile the server's memory and how long its own machine waits for a page.

    Another process looks, so that it does not wait for the flood's own threads.
    """
    command = [sys.executable, "-m", "tests.floods", local.address, str(local.number), str(pid)]
    looking = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert looking.stdout is not None
    looking.stdout.readline()  # it has begun
    came = flood(port, seconds)
    said, _ = looking.communicate()
    return Siege(came, **json.loads(said))


def watched(local: Port, pid: int, over: threading.Event) -> dict[str, float]:
    """What a look at the server every 20 ms finds, until it is over."""
    before = height = resident_mb(pid)
    waited: list[float] = []
    failed = 0
    while not over.wait(0.02):
        began = time.perf_counter()
        try:
            failed += _page(local) != 200
        except OSError:
            failed += 1
        waited.append((time.perf_counter() - began) * 1000)
        height = max(height, resident_mb(pid))
    p99 = statistics.quantiles(waited, n=100)[-1] if len(waited) > 1 else float("inf")
    return {"memory_mb": height - before, "p99_ms": p99, "asked": len(waited), "failed": failed}


def _page(local: Port) -> int:
    connection = http.client.HTTPConnection(local.address, local.number, timeout=PATIENCE_S)
    with contextlib.closing(connection):
        connection.request("GET", "/about")
        answer = connection.getresponse()
        answer.read()
        return answer.status


def resident_mb(pid: int) -> float:
    """What a process holds in memory now."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


@contextlib.contextmanager
def held(port: Port, said: bytes, number: int) -> Iterator[list[socket.socket]]:
    """So many connections that said something and stay open."""
    with contextlib.ExitStack() as opened:
        connections = [opened.enter_context(connected(port)) for _ in range(number)]
        for one in connections:
            one.sendall(said)
        yield connections


def main(words: list[str]) -> None:
    """Look at a server until standard input ends, then print what was found."""
    address, number, pid = words
    over = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
    print("begun", flush=True)
    print(json.dumps(watched(Port(address, int(number)), int(pid), over)))


if __name__ == "__main__":
    main(sys.argv[1:])
