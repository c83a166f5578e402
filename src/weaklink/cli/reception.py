"""Reception: takes connections from a socket, counts each before anything is said, and begins TLS with it."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import socket
import ssl
from collections.abc import Callable
from typing import Any

from weaklink.cli.bounded_http import ANSWERS, BoundedHttp
from weaklink.cli.open_connections import OpenConnections
from weaklink.web.home.addresses import Address

NO_MORE_FILES_S = 0.2  # until those that are open have ended


def bound(address: Address, port: int, most_waiting: int) -> socket.socket:
    """A socket that listens on one address of this machine.

    Raises: OSError.
    """
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if address.version == 6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind((str(address), port))
        made.listen(most_waiting)
    except OSError:
        made.close()
        raise
    made.setblocking(False)
    return made


class Reception:
    """In the place of the loop's own server, which begins TLS with anybody before it says where they are."""

    def __init__(
        self,
        listening: socket.socket,
        guests: OpenConnections,
        new: Callable[[], BoundedHttp],
        tls: ssl.SSLContext | None,
    ) -> None:
        self._listening = listening
        self._guests = guests
        self._new = new
        self._options: dict[str, Any] = {}
        if tls is not None:
            bounds = guests.bounds
            self._options = {
                "ssl": tls,
                "ssl_handshake_timeout": bounds.handshake_s,
                "ssl_shutdown_timeout": bounds.closing_s,
            }
        self._accepting = asyncio.get_running_loop().create_task(self._accept())

    def close(self) -> None:
        """Take nobody more."""
        self._accepting.cancel()

    async def wait_closed(self) -> None:
        """Until nobody is taken any more."""
        await asyncio.wait([self._accepting])

    async def _accept(self) -> None:
        loop = asyncio.get_running_loop()
        with contextlib.closing(self._listening):
            while True:
                try:
                    connection, (address, *_) = await loop.sock_accept(self._listening)
                except OSError:
                    await asyncio.sleep(NO_MORE_FILES_S)
                    continue
                self._receive(connection, address)
                await asyncio.sleep(0)  # whoever is in already has their turn before the next one comes

    def _receive(self, connection: socket.socket, address: str) -> None:
        guest = self._new()
        if not self._guests.enter(guest, address):
            self._refuse(connection)
            return
        loop = asyncio.get_running_loop()
        arriving = loop.connect_accepted_socket(lambda: guest, connection, **self._options)
        guest.arriving = loop.create_task(arriving)
        guest.arriving.add_done_callback(functools.partial(self._arrived, guest, connection))

    def _arrived(self, guest: BoundedHttp, connection: socket.socket, arriving: asyncio.Task[Any]) -> None:
        guest.arriving = None
        if arriving.cancelled() or arriving.exception() is not None:  # no TLS, not in time, or not wanted
            self._guests.leave(guest)
            connection.close()

    def _refuse(self, connection: socket.socket) -> None:
        with contextlib.closing(connection), contextlib.suppress(OSError):
            if not self._options:
                connection.send(ANSWERS[503])
