"""The open connections of one port: how many there may be, in all and from one address; who makes room."""

from __future__ import annotations

from collections import Counter
from typing import Protocol

import msgspec

from weaklink.web.visit.security import LONGEST_BODY


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """What one port takes from whoever comes: numbers, bytes, and seconds (decision 0023)."""

    connections: int
    from_one_address: int
    head_bytes: int = 32 * 1024
    headers: int = 100
    body_bytes: int = 2 * LONGEST_BODY  # as it is sent: small chunks carry their lengths along
    waiting_requests: int = 8  # sent on one connection before the first is answered
    handshake_s: float = 10
    head_s: float = 10
    body_s: float = 60
    unread_s: float = 60  # an answer of which nothing was fetched for so long is given up
    idle_s: int = 5
    closing_s: float = 1  # for the farewell of TLS
    parting_s: float = 0.2  # from a refusal to the end: it should be read


# A proxy and every program of this machine come from one address.
LOCAL = Bounds(connections=256, from_one_address=256)
# A browser opens six; several devices may share one address.
HOME = Bounds(connections=128, from_one_address=32)
CERTIFICATE = Bounds(connections=48, from_one_address=12, body_bytes=0)


class Guest(Protocol):
    """A connection as its port counts it."""

    @property
    def is_waiting(self) -> bool:
        """Whether nothing it asked for is being worked on."""

    def abort(self) -> None:
        """Close it at once; it leaves."""

    def look(self, now: float) -> None:
        """Close it if it is late; `now` is the loop's time [s]."""


class OpenConnections:
    """Who is connected to one port, from the moment they were accepted: before TLS as well as after it."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self._address: dict[Guest, str] = {}  # in the order they came
        self._from: Counter[str] = Counter()

    def enter(self, guest: Guest, address: str) -> bool:
        """Let one more in, or not. When the port is full, whoever waits longest makes room for the newest."""
        if self._from[address] >= self.bounds.from_one_address:
            return False
        if len(self._address) >= self.bounds.connections and not self._make_room():
            return False
        self._address[guest] = address
        self._from[address] += 1
        return True

    def leave(self, guest: Guest) -> None:
        """One less; a second time is fine."""
        address = self._address.pop(guest, None)
        if address is None:
            return
        self._from[address] -= 1
        if not self._from[address]:
            del self._from[address]

    def look(self, now: float) -> None:
        """Close those that are late."""
        for guest in list(self._address):
            guest.look(now)

    def abort(self) -> None:
        """Close all at once."""
        for guest in list(self._address):
            guest.abort()

    def _make_room(self) -> bool:
        longest = next((guest for guest in self._address if guest.is_waiting), None)
        if longest is None:
            return False
        longest.abort()
        return True
