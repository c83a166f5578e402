"""The home network's side of `weaklink up --https`: what listens there, and follows its addresses."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import uvicorn

from weaklink.cli.device_pairing import show_code
from weaklink.quantities import WeaklinkError
from weaklink.web.home.addresses import Address, home_addresses, local_name, read_address
from weaklink.web.home.devices import Served
from weaklink.web.home.gate import Door, Gate, from_network
from weaklink.web.visit.security import Security

if TYPE_CHECKING:
    from fastapi import FastAPI

    from weaklink.bootstrap import House

LOOK_EVERY_S = 10.0
log = logging.getLogger("weaklink")


class HomeNetworkError(WeaklinkError):
    """The home network cannot be served."""


class Listener(uvicorn.Server):
    """A server beside the main one: signals are not for it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave them to the main server."""
        yield


class HomeNetwork:
    """The encrypted pages for paired devices, and the certificate's page, on this machine's home addresses.

    Every address gets two sockets: `port_https` with TLS behind the gate, and the plain port of the local
    pages with nothing but the certificate. `follow` moves both when the addresses change.
    """

    def __init__(self, house: House, pages: FastAPI, host: str, port_https: int) -> None:
        try:
            from weaklink.web.home.certificate_page import certificate_page
            from weaklink.web.home.keys import Keys
        except ImportError as error:
            raise HomeNetworkError(
                f"--https needs the extra `lan` ({error.name} is missing); "
                f"install it with: python3 -m pip --python {sys.executable} install cryptography segno"
            ) from error
        self._pairing = pages.state.pairing
        self._only = (read_address(host),) if host else ()
        self._ports = (port_https, house.settings.port)
        self._keys = Keys(house.settings.folder, house.clock)
        self._addresses: tuple[Address, ...] = ()
        self._running: list[tuple[Listener, asyncio.Task[None]]] = []
        door = Door(from_network, lambda secret: house.records.address(secret) is not None)
        self._guard = Security(Gate(pages, self._pairing, door), frozenset(), proxied=True)
        page = certificate_page(self._keys, house.settings.language, self._pairing.served)
        self._page_guard = Security(page, frozenset(), proxied=True)

    async def open(self) -> None:
        """Begin to listen.

        Raises: HomeNetworkError, when there is no home address or a port is taken.
        """
        addresses = self._only or home_addresses()
        if not addresses:
            raise HomeNetworkError(
                "this machine has no address on a home network now (10.…, 172.16-31.…, 192.168.…, fd…); "
                "join one, or name the address with --host"
            )
        await self._move(addresses)

    async def follow(self) -> None:
        """Move with the addresses and renew the certificate in time, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            try:
                addresses = self._only or home_addresses()
                if addresses and addresses != self._addresses:
                    await self._move(addresses)
                    print(f"The address of this computer changed: {self._served().pages[0]}", flush=True)
                elif addresses and self._keys.renew([local_name()], addresses):
                    self._keys.load_into(self._context)
            except (WeaklinkError, OSError) as error:
                # An address that has just come may not be ready: the next look tries again.
                log.warning("the home network is not served now: %s", error)
                self._addresses = ()

    def greet(self) -> None:
        """Say on the terminal how a device gets in. A log file must not hold a code, so it gets none."""
        show_code(self._pairing, self._served(), only_on_a_terminal=True)

    async def close(self) -> None:
        """Stop listening."""
        for server, _ in self._running:
            server.should_exit = True
        for _, task in self._running:
            await task
        self._running = []

    async def _move(self, addresses: tuple[Address, ...]) -> None:
        await self.close()
        self._keys.renew([local_name()], addresses)
        self._context = self._keys.context()
        hosts = frozenset([local_name(), *(str(address) for address in addresses)])
        self._guard.hosts = self._page_guard.hosts = hosts
        self._addresses = addresses
        self._pairing.serve(self._served())
        https, plain = ([_bound(address, port) for address in addresses] for port in self._ports)
        await self._start(self._guard, https, ssl_context_factory=lambda *_: self._context)
        await self._start(self._page_guard, plain)

    async def _start(self, app: Any, sockets: list[socket.socket], **options: Any) -> None:
        server = Listener(
            uvicorn.Config(
                app,
                log_level="warning",
                log_config=None,  # ours prints no values
                access_log=False,
                proxy_headers=False,
                server_header=False,
                lifespan="off",
                ws="none",
                timeout_graceful_shutdown=2,
                **options,
            )
        )
        task = asyncio.create_task(server.serve(sockets))
        self._running.append((server, task))
        while not (server.started or task.done()):
            await asyncio.sleep(0.01)

    def _served(self) -> Served:
        https, plain = self._ports
        names = [_in_url(address) for address in self._addresses] + [local_name()]
        return Served(
            pages=tuple(f"https://{name}:{https}/" for name in names),
            certificate=f"http://{names[0]}:{plain}/",
            fingerprint=self._keys.fingerprint,
        )


def _in_url(address: Address) -> str:
    return f"[{address}]" if address.version == 6 else str(address)


def _bound(address: Address, port: int) -> socket.socket:
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if address.version == 6:
        made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    try:
        made.bind((str(address), port))
    except OSError as error:
        made.close()
        reason = f"{error.strerror}; choose other ports with --port and --https-port"
        raise HomeNetworkError(f"cannot serve on {address} port {port}: {reason}") from error
    made.setblocking(False)
    return made
