"""The home network's side of `weaklink up --https`: what listens there, and follows its addresses."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
import sys
from typing import TYPE_CHECKING

from weaklink.cli.device_pairing import show_code
from weaklink.cli.listener import Listener
from weaklink.cli.open_connections import CERTIFICATE, HOME
from weaklink.cli.reception import bound
from weaklink.quantities import WeaklinkError
from weaklink.web.home.addresses import Address, home_addresses, local_name, read_address
from weaklink.web.home.devices import Served
from weaklink.web.home.gate import Door, Gate, from_network
from weaklink.web.visit.security import Security

if TYPE_CHECKING:
    from fastapi import FastAPI

    from weaklink.bootstrap import House

LOOK_EVERY_S = 10.0
# After an erasure: the device that asked for it still fetches what its last page looks like.
FAREWELL_S = 3.0
ERASED = """Everything was erased, keys and paired devices too. The home network is served no more.
This computer still is. For the network as well, stop weaklink and start it with: ./weaklink up --https"""
log = logging.getLogger("weaklink")


class HomeNetworkError(WeaklinkError):
    """The home network cannot be served."""


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
        self._context: ssl.SSLContext
        self._running: list[tuple[Listener, asyncio.Task[None]]] = []
        self._stopped = False
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
        """Move with the addresses and renew the certificate in time, until cancelled or erased."""
        while not await self._erased_within(LOOK_EVERY_S):
            try:
                await self._look()
            except (WeaklinkError, OSError) as error:
                # An address that has just come may not be ready: the next look tries again.
                log.warning("the home network is not served now: %s", error)
                self._addresses = ()
        await asyncio.sleep(FAREWELL_S)
        await self.close()
        self._pairing.end()  # what was being written just then goes as well
        print(ERASED, flush=True)

    def greet(self) -> None:
        """Say on the terminal how a device gets in. A log file must not hold a code, so it gets none."""
        show_code(self._pairing, self._served(), only_on_a_terminal=True)

    def stop(self) -> None:
        """Begin to end, for good. Safe in the handler of a signal."""
        self._stopped = True
        for server, _ in self._running:
            server.stop()

    async def close(self) -> None:
        """Stop listening."""
        for server, _ in self._running:
            server.stop()
        for _, task in self._running:
            await task
        self._running = []

    async def _erased_within(self, seconds: float) -> bool:
        until = asyncio.get_running_loop().time() + seconds
        while asyncio.get_running_loop().time() < until and not self._pairing.is_ended:
            await asyncio.sleep(min(0.2, seconds))
        return bool(self._pairing.is_ended)

    async def _look(self) -> None:
        addresses = self._only or home_addresses()
        if not addresses or self._stopped:
            return
        if addresses != self._addresses:
            await self._move(addresses)
            print(f"The address of this computer changed: {self._served().pages[0]}", flush=True)
        elif self._keys.renew([local_name()], addresses):
            self._keys.load_into(self._context)
            self._pairing.serve(self._served())

    async def _move(self, addresses: tuple[Address, ...]) -> None:
        await self.close()
        self._keys.renew([local_name()], addresses)
        self._context = self._keys.context()
        hosts = frozenset([local_name(), *(str(address) for address in addresses)])
        self._guard.hosts = self._page_guard.hosts = hosts
        self._addresses = addresses
        self._pairing.serve(self._served())
        https, plain = ([_bound(address, port) for address in addresses] for port in self._ports)
        await self._start(Listener(self._guard, HOME, self._context), https)
        await self._start(Listener(self._page_guard, CERTIFICATE), plain)

    async def _start(self, server: Listener, sockets: list[socket.socket]) -> None:
        if self._stopped:
            server.stop()
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
    try:
        return bound(address, port, HOME.connections)
    except OSError as error:
        reason = f"{error.strerror}; choose other ports with --port and --https-port"
        raise HomeNetworkError(f"cannot serve on {address} port {port}: {reason}") from error
