"""Bounded HTTP: the server's protocol, with an end to what one connection may send and how long it takes."""

from __future__ import annotations

import asyncio
from typing import Any, Literal

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from weaklink.cli.open_connections import OpenConnections
from weaklink.web.visit.security import plain_answer

PIECE = 16 * 1024  # so much is parsed before the bounds are looked at
Part = Literal["head", "body", "answer"]
WORDS = {
    400: "This request cannot be read.",
    408: "The request took too long.",
    413: "The request is too large.",
    431: "The head of the request is too large.",
    503: "Too many connections. Try again in a moment.",
}
ANSWERS = {status: plain_answer(status, words) for status, words in WORDS.items()}


class OutOfBoundsError(Exception):
    """Ends the parsing of a request; the status stands beside it."""


class BoundedHttp(HttpToolsProtocol):
    """One connection: what it sends is counted and timed. The parser and the answers are the server's own."""

    def __init__(self, *, guests: OpenConnections, **server: Any) -> None:
        super().__init__(**server)
        self.arriving: asyncio.Task[Any] | None = None  # while its transport is being made, TLS and all
        self._guests = guests
        self._bounds = guests.bounds
        self.headers = []
        self._part: Part = "head"
        self._bytes = 0  # of this part
        self._late_at: float | None = None
        self._ahead: list[RequestResponseCycle] = []  # requests before the newest that wait for their answer
        self._parting: asyncio.TimerHandle | None = None
        self._status = 400  # what a request that cannot be parsed is answered with
        self._unread = (0, 0.0)  # bytes of the answer that wait, since when

    @property
    def is_waiting(self) -> bool:
        """Whether nothing it asked for is being worked on."""
        return self.cycle is None or self.cycle.response_complete

    def abort(self) -> None:
        """Close at once."""
        self._guests.leave(self)
        if self.arriving is not None:
            self.arriving.cancel()
        if self.transport is not None:
            self.transport.abort()

    def look(self, now: float) -> None:
        """Close if a part of the request, or the reading of the answer, is late."""
        if self.transport is None:
            return
        self._look_at_reading(now)
        if self._late_at is None or now < self._late_at or self._is_parting:
            return
        if self._part == "body" or (self.is_waiting and self._bytes):
            self._refuse(408)
        elif self.is_waiting:
            self.transport.close()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """They are in, after the handshake where there is one."""
        super().connection_made(transport)
        self._enter("head", self._bounds.head_s)

    def connection_lost(self, exc: Exception | None) -> None:
        """They have gone."""
        self._guests.leave(self)
        if self._parting is not None:
            self._parting.cancel()
        for cycle in self._ahead:  # the server tells the newest only
            cycle.disconnected = True
            cycle.message_event.set()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse, a piece at a time, as long as it is within the bounds."""
        if self._is_parting:
            self.flow.pause_reading()  # an answer that ended meanwhile let it go on
            return
        if len(data) <= PIECE:
            self._take(data)
            return
        for start in range(0, len(data), PIECE):
            self._take(data[start : start + PIECE])

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        super().on_message_begin()
        self._enter("head", self._bounds.head_s)

    def on_headers_complete(self) -> None:
        """The head is whole: refuse it, or hand the request on."""
        if len(self.headers) > self._bounds.headers or self._is_head_long():
            self._status = 431
        elif len(self.pipeline) >= self._bounds.waiting_requests:
            self._status = 503
        else:
            if not self.is_waiting:
                self._ahead.append(self.cycle)
            super().on_headers_complete()
            self.headers = []  # what comes behind the body is for nobody
            self._bytes = 0
            self._enter("body", self._bounds.body_s)
            return
        raise OutOfBoundsError

    def on_message_complete(self) -> None:
        """The request is whole."""
        super().on_message_complete()
        self._part, self._bytes, self._late_at = "answer", 0, None

    def on_response_complete(self) -> None:
        """Answered: the next request may come."""
        super().on_response_complete()
        if self.is_waiting:
            self._ahead.clear()
        if self._part != "body":
            self._enter("head", self._bounds.head_s)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002
        """Refuse what could not be parsed."""
        self._refuse(self._status)

    def _enter(self, part: Part, seconds: float) -> None:
        self._part = part
        self._late_at = self.loop.time() + seconds

    def _take(self, piece: bytes) -> None:
        if self._is_parting:
            return
        self._bytes += len(piece)
        super().data_received(piece)
        bounds, in_head = self._bounds, self._part == "head"
        if len(self.headers) > bounds.headers or (in_head and self._bytes > bounds.head_bytes):
            self._refuse(431)
        elif self._part == "body" and self._bytes > bounds.body_bytes:
            self._refuse(413)

    def _is_head_long(self) -> bool:
        most = self._bounds.head_bytes
        if self._bytes <= most:
            return False
        return len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > most

    def _refuse(self, status: int) -> None:
        """Say why, where that is not taken for the answer to something else; read nothing more, and close."""
        if self._is_parting:
            return
        if self._part == "head":
            may_answer = self.is_waiting
        else:
            may_answer = not self.cycle.response_started
            self.cycle.disconnected = True  # whoever reads the body hears that no more of it comes
            self.cycle.message_event.set()
        self.flow.pause_reading()
        if may_answer:
            self.transport.write(ANSWERS[status])
        self.url, self.headers = b"", []
        # Not by closing: under TLS the server would take in whatever comes until the other end says farewell.
        self._parting = self.loop.call_later(self._bounds.parting_s, self.abort)

    @property
    def _is_parting(self) -> bool:
        return self._parting is not None or self.transport.is_closing()

    def _look_at_reading(self, now: float) -> None:
        waiting = self.transport.get_write_buffer_size()
        if waiting == 0 or waiting != self._unread[0]:
            self._unread = (waiting, now)
        elif now - self._unread[1] > self._bounds.unread_s:
            self.abort()
