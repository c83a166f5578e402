"""What one port takes from whoever comes, on a real socket: bytes, numbers, time. And what must still pass."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator
from ipaddress import ip_address

import msgspec
import pytest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Route

from tests import floods
from tests.floods import Port, answered, connected, whole_answer
from tests.searches import REACH
from tests.server import free_port
from weaklink.cli.listener import Listener
from weaklink.cli.open_connections import CERTIFICATE, HOME, LOCAL, Bounds
from weaklink.cli.reception import bound
from weaklink.web.visit.errors import on_disconnect
from weaklink.web.visit.security import HEADERS, LONGEST_BODY, Security

SHORT = Bounds(connections=12, from_one_address=8, head_s=0.4, body_s=0.8, unread_s=0.6, idle_s=1)
GET = b"GET /echo HTTP/1.1\r\nHost: 127.0.0.1\r\n"
POST = b"POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"


async def echo(request: Request) -> PlainTextResponse:
    body = await request.body()
    return PlainTextResponse(f"{len(body)} {request.headers.get('x-late', '')} {len(request.headers)}")


async def download(request: Request) -> StreamingResponse:
    async def pieces() -> object:
        for _ in range(400):
            yield b"x" * 65536

    return StreamingResponse(pieces())  # type: ignore[arg-type]


async def working(request: Request) -> PlainTextResponse:
    await asyncio.sleep(1.5)
    return PlainTextResponse("done")


WAITS = pytest.mark.skipif(REACH != "soak", reason="NOT TESTED HERE: waits for real limits; `make soak`")


class Running:
    """A listener in a thread of its own."""

    def __init__(self, bounds: Bounds) -> None:
        routes = [
            Route("/echo", echo, methods=["GET", "POST"]),
            Route("/download", download),
            Route("/working", working),
        ]
        self.port = Port("127.0.0.1", free_port())
        pages = Starlette(routes=routes, exception_handlers={ClientDisconnect: on_disconnect})
        app = Security(pages, frozenset({"127.0.0.1"}))
        self.listener = Listener(app, bounds)
        listening = bound(ip_address("127.0.0.1"), self.port.number, 64)
        self.thread = threading.Thread(target=lambda: asyncio.run(self.listener.serve([listening])))
        self.thread.start()

    def stop(self) -> float:
        """End it; how long that took [s]."""
        began = time.monotonic()
        self.listener.stop()
        self.thread.join(20)
        return time.monotonic() - began


@contextlib.contextmanager
def running(bounds: Bounds = SHORT, **but: float) -> Iterator[Running]:
    made = Running(msgspec.structs.replace(bounds, **but))
    try:
        yield made
    finally:
        made.stop()


@pytest.fixture(scope="module")
def port() -> Iterator[Port]:
    """A port with the bounds of the local pages."""
    with running(LOCAL) as made:
        yield made.port


def asked(port: Port, said: bytes) -> bytes:
    with connected(port) as one:
        with contextlib.suppress(OSError):
            one.sendall(said)
        return whole_answer(one)


def head_of(fields: int, length: int) -> bytes:
    """A request with so many fields beside Host and Connection, its values `length` bytes together."""
    each = b"a" * (length // max(fields, 1))
    lines = b"".join(b"x-%d: %s\r\n" % (number, each) for number in range(fields))
    return GET + b"Connection: close\r\n" + lines + b"\r\n"


# Bytes.


@pytest.mark.parametrize(
    ("flood", "statuses"),
    [
        ("endless header lines", {"431"}),
        ("one endless header", {"431"}),
        ("endless request line", {"431"}),
        ("endless empty lines", {"431"}),
        ("endless chunk extension", {"413", "404"}),
        ("endless trailers", {"431", "404"}),
        ("endless body", {"413", "404"}),
        ("endless requests unread", {"400", ""}),
    ],
)
def test_what_never_ends_is_ended(port: Port, flood: str, statuses: set[str]) -> None:
    came = floods.FLOODS[flood](port, 0.1)

    assert came.open == 0
    assert came.tried > 0
    assert set(came.statuses) - {""} <= statuses | {""}
    assert (
        came.sent / came.tried < 32 * 1024 * 1024
    )  # what the sockets on both sides hold, not what was meant


@pytest.mark.parametrize(
    ("fields", "length", "status"),
    [(98, 100, b"200"), (99, 100, b"431"), (20, 31_000, b"200"), (20, 34_000, b"431"), (1, 31_000, b"200")],
)
def test_a_head_is_taken_up_to_its_bounds(port: Port, fields: int, length: int, status: bytes) -> None:
    assert asked(port, head_of(fields, length))[9:12] == status


@pytest.mark.parametrize("size", [0, 1, 70_000, LONGEST_BODY])
def test_a_body_is_taken_up_to_its_bound_whole_or_in_chunks(port: Port, size: int) -> None:
    body = b"a" * size
    whole = POST + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % size + body
    pieces = b"".join(b"400\r\n" + body[at : at + 1024] + b"\r\n" for at in range(0, size - 1023, 1024))
    rest = body[size - size % 1024 :]
    last = b"%x\r\n%s\r\n" % (len(rest), rest) if rest else b""
    chunked = POST + b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n" + pieces + last + b"0\r\n\r\n"

    assert b"\r\n%d " % size in asked(port, whole)
    assert asked(port, chunked).startswith(b"HTTP/1.1 200")


def test_what_comes_behind_the_body_is_for_nobody(port: Port) -> None:
    said = CHUNKED.replace(b"chunked", b"chunked\r\nConnection: close") + b"0\r\nX-Late: yes\r\n\r\n"

    assert b"yes" not in asked(port, said)
    assert asked(port, said).startswith(b"HTTP/1.1 200")


def test_a_port_that_takes_no_bodies_refuses_one() -> None:
    with running(body_bytes=0, body_s=20) as made, connected(made.port) as one:
        one.sendall(POST + b"Content-Length: 9\r\n\r\n")
        time.sleep(0.1)
        one.sendall(b"abc")
        assert answered(one) == "413"
        assert asked(made.port, GET + b"Connection: close\r\n\r\n").startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    "said",
    [
        b"nonsense\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\n\r\n",
        head_of(200, 300),
        POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n",
        POST + b"Connection: close\r\nContent-Length: 99999999\r\n\r\n",
        GET.replace(b"127.0.0.1", b"evil.example") + b"Connection: close\r\n\r\n",
    ],
)
def test_the_servers_own_refusals_carry_the_headers(port: Port, said: bytes) -> None:
    head = asked(port, said).partition(b"\r\n\r\n")[0].decode()

    assert head.startswith("HTTP/1.1 4")
    named = dict(line.lower().split(": ", 1) for line in head.splitlines()[1:])
    assert {name: named.get(name) for name in HEADERS} == {
        name: value.lower() for name, value in HEADERS.items()
    }
    assert named["cache-control"] == "no-store"


# Time.


def drip(one: socket.socket, seconds: float, piece: bytes = b"a") -> bytes:
    """What comes while a byte is sent every 50 ms."""
    end = time.monotonic() + seconds
    with contextlib.suppress(OSError):
        while time.monotonic() < end:
            one.sendall(piece)
            time.sleep(0.05)
    one.settimeout(5)
    return whole_answer(one)


@WAITS
@pytest.mark.parametrize(("begin", "status"), [(GET + b"X: ", b"408"), (b"\r\n", b"408"), (CHUNKED, b"4")])
def test_a_slow_request_is_ended(begin: bytes, status: bytes) -> None:
    with running() as made, connected(made.port) as one:
        one.sendall(begin)

        assert drip(one, 3, b"\r\n" if begin == b"\r\n" else b"a")[9:].startswith(status)


@WAITS
def test_a_slow_body_is_ended_with_the_headers() -> None:
    with running() as made, connected(made.port) as one:
        one.sendall(POST + b"Content-Length: 4000\r\n\r\n")
        found = drip(one, 4)

    assert found.startswith(b"HTTP/1.1 408")
    assert b"content-security-policy: default-src 'none'" in found


@WAITS
def test_a_slow_body_within_its_time_is_taken() -> None:
    with running(body_s=10) as made, connected(made.port) as one:
        one.sendall(POST + b"Connection: close\r\nContent-Length: 20\r\n\r\n")

        assert b"\r\n20 " in drip(one, 1.2)


@WAITS
def test_who_says_nothing_is_let_go_without_a_word() -> None:
    with running() as made, connected(made.port) as one:
        assert answered(one, 5) == ""


@WAITS
def test_an_answer_that_takes_its_time_is_waited_for() -> None:
    with running() as made, connected(made.port) as one:
        one.sendall(GET.replace(b"/echo", b"/working") + b"Connection: close\r\n\r\n")

        assert whole_answer(one).endswith(b"done")


@WAITS
def test_one_connection_is_used_many_times_with_pauses() -> None:
    with running(idle_s=5, head_s=5) as made:
        one = http.client.HTTPConnection(made.port.address, made.port.number, timeout=5)
        with contextlib.closing(one):
            one.connect()
            socket_of_all = one.sock
            for _ in range(4):
                one.request("GET", "/echo")
                assert one.getresponse().read() == b"0  2"
                time.sleep(0.5)
            assert one.sock is socket_of_all


def test_a_few_requests_at_once_are_answered_in_order(port: Port) -> None:
    said = [POST + b"Content-Length: %d\r\n\r\n" % size + b"a" * size for size in (1, 2, 3, 4)]
    said.append(POST + b"Connection: close\r\nContent-Length: 5\r\n\r\naaaaa")
    found = asked(port, b"".join(said))

    assert [found.index(b"\r\n%d  " % size) for size in (1, 2, 3, 4, 5)] == sorted(
        found.index(b"\r\n%d  " % size) for size in (1, 2, 3, 4, 5)
    )


@WAITS
def test_an_answer_nobody_fetches_is_given_up() -> None:
    with running() as made, connected(made.port) as one:
        one.sendall(GET.replace(b"/echo", b"/download") + b"\r\n")
        wait_until(lambda: bool(made.listener.server_state.connections))
        wait_until(lambda: not made.listener.server_state.connections)


@WAITS
def test_a_slow_download_is_not() -> None:
    with running() as made, connected(made.port) as one:
        one.sendall(GET.replace(b"/echo", b"/download") + b"Connection: close\r\n\r\n")
        fetched = 0
        while more := one.recv(1024 * 1024):
            fetched += len(more)
            time.sleep(0.1)

    assert fetched > 400 * 65536


# Numbers.


def wait_until(holds: Callable[[], bool], seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_one_address_may_hold_so_many_connections_and_others_still_get_in() -> None:
    with running(head_s=20) as made, contextlib.ExitStack() as opened:
        mine = [opened.enter_context(connected(made.port, "127.0.0.16")) for _ in range(9)]

        assert whole_answer(mine[-1]).startswith(b"HTTP/1.1 503")
        other = opened.enter_context(connected(made.port, "127.0.0.17"))
        other.sendall(GET + b"\r\n")
        assert answered(other) == "200"
        mine[0].close()
        wait_until(lambda: len(made.listener.server_state.connections) == 8)
        again = opened.enter_context(connected(made.port, "127.0.0.16"))
        again.sendall(GET + b"\r\n")
        assert answered(again) == "200"


def test_a_full_port_lets_go_of_whoever_waits_longest() -> None:
    with running(head_s=20) as made, contextlib.ExitStack() as opened:
        addresses = [f"127.0.0.{16 + number // 6}" for number in range(13)]
        connections = [opened.enter_context(connected(made.port, source)) for source in addresses]

        assert answered(connections[0], 5) == ""
        connections[-1].sendall(GET + b"\r\n")
        assert answered(connections[-1]) == "200"
        connections[1].sendall(GET + b"\r\n")
        assert answered(connections[1]) == "200"


@WAITS
def test_whoever_is_being_answered_is_not_let_go() -> None:
    with running(head_s=20) as made, contextlib.ExitStack() as opened:
        asking = opened.enter_context(connected(made.port, "127.0.0.16"))
        asking.sendall(GET.replace(b"/echo", b"/working") + b"Connection: close\r\n\r\n")
        time.sleep(0.3)
        for number in range(24):
            opened.enter_context(connected(made.port, f"127.0.0.{17 + number // 6}"))

        assert whole_answer(asking).endswith(b"done")


def test_browsers_a_proxy_and_the_load_test_have_room() -> None:
    assert (LOCAL.from_one_address, LOCAL.connections) == (256, 256)
    assert HOME.from_one_address >= 4 * 6  # browsers open six
    assert CERTIFICATE.from_one_address >= 2 * 6
    assert (
        LOCAL.connections + HOME.connections + CERTIFICATE.connections < 512
    )  # half of the usual open files


# The end.


@WAITS
def test_it_ends_in_time_whatever_is_open() -> None:
    with contextlib.ExitStack() as opened:
        made = Running(msgspec.structs.replace(SHORT, head_s=60, body_s=60, unread_s=60))
        for said in (
            b"",
            GET,
            GET + b"\r\n",
            POST + b"Content-Length: 9\r\n\r\na",
            GET.replace(b"/echo", b"/download") + b"\r\n",
        ):
            opened.enter_context(connected(made.port)).sendall(said)
        time.sleep(0.3)

        assert made.stop() < 15
        assert not made.thread.is_alive()


@WAITS
def test_what_is_being_answered_is_answered_first() -> None:
    made = Running(SHORT)
    with connected(made.port) as one:
        one.sendall(GET.replace(b"/echo", b"/working") + b"\r\n")
        time.sleep(0.3)
        made.stop()

        assert whole_answer(one).endswith(b"done")
