"""The home network's listener when the address of this machine changes, or its certificate grows old."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import ssl
import sys
from collections.abc import AsyncIterator, Iterator
from ipaddress import ip_address
from pathlib import Path

import msgspec
import pytest

pytest.importorskip("cryptography", reason="NOT TESTED HERE: the extra `lan` is not installed")

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from tests.application import house_at
from tests.server import free_port
from tests.web.test_pairing import SetClock
from tests.web.test_tls import leaf_of, names_in
from weaklink.bootstrap import House
from weaklink.cli import up_home
from weaklink.cli.up_home import HomeNetwork, HomeNetworkError
from weaklink.web.app import make_pages
from weaklink.web.home.addresses import local_name

pytestmark = pytest.mark.load
FIRST, SECOND = ip_address("127.0.0.2"), ip_address("127.0.0.3")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    clock = SetClock()
    clock.at = datetime.datetime.now(datetime.UTC)
    made = house_at(tmp_path)
    yield msgspec.structs.replace(
        made, clock=clock, settings=msgspec.structs.replace(made.settings, port=free_port())
    )
    made.records.close()


@contextlib.asynccontextmanager
async def followed(house: House, port: int) -> AsyncIterator[HomeNetwork]:
    home = HomeNetwork(house, make_pages(house), "", port)
    await home.open()
    following = asyncio.create_task(home.follow())
    try:
        yield home
    finally:
        following.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await following
        await home.close()


async def shown(address: str, port: int, folder: Path) -> x509.Certificate | None:
    """The certificate that is shown at an address to somebody who trusts the authority; None when nobody is there."""
    trusting = ssl.create_default_context(cafile=str(folder / "network" / "authority.crt"))
    try:
        _, writer = await asyncio.open_connection(address, port, ssl=trusting)
    except ConnectionRefusedError:
        return None
    found = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
    writer.close()
    return x509.load_der_x509_certificate(found)


async def until(condition: object, seconds: float = 30) -> None:
    end = asyncio.get_running_loop().time() + seconds
    while not condition():  # type: ignore[operator]
        assert asyncio.get_running_loop().time() < end
        await asyncio.sleep(0.05)


def test_another_address_is_followed_with_another_certificate_of_the_same_authority(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(up_home, "LOOK_EVERY_S", 0.05)
    monkeypatch.setattr(up_home, "home_addresses", lambda: (FIRST,))
    folder, port = house.settings.folder, free_port()

    async def moves() -> None:
        async with followed(house, port) as home:
            before = await shown("127.0.0.2", port, folder)
            assert before is not None
            assert names_in(before) == {"127.0.0.2", local_name()}
            monkeypatch.setattr(up_home, "home_addresses", lambda: (SECOND,))
            await until(lambda: home._pairing.served().pages[0] == f"https://127.0.0.3:{port}/")
            await until(
                lambda: len(home._running) == 2 and all(server.started for server, _ in home._running)
            )

            after = await shown("127.0.0.3", port, folder)

            assert after is not None
            assert names_in(after) == {"127.0.0.3", local_name()}
            assert after.issuer == before.issuer
            assert await shown("127.0.0.2", port, folder) is None
            assert home._guard.hosts == {"127.0.0.3", local_name()}

    asyncio.run(moves())


def test_a_network_that_goes_away_and_comes_back_is_served_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(up_home, "LOOK_EVERY_S", 0.05)
    monkeypatch.setattr(up_home, "home_addresses", lambda: (FIRST,))
    folder, port = house.settings.folder, free_port()

    async def comes_back() -> None:
        async with followed(house, port):
            monkeypatch.setattr(up_home, "home_addresses", lambda: ())
            await asyncio.sleep(0.3)
            # An address that is announced but not there yet: binding fails, and the next look tries again.
            monkeypatch.setattr(up_home, "home_addresses", lambda: (ip_address("10.255.255.254"),))
            await asyncio.sleep(0.5)
            monkeypatch.setattr(up_home, "home_addresses", lambda: (FIRST,))
            for _ in range(200):
                if await shown("127.0.0.2", port, folder):
                    return
                await asyncio.sleep(0.05)
            raise AssertionError("it did not come back")

    asyncio.run(comes_back())


def test_a_certificate_is_renewed_while_it_is_served(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(up_home, "LOOK_EVERY_S", 0.05)
    monkeypatch.setattr(up_home, "home_addresses", lambda: (FIRST,))
    folder, port = house.settings.folder, free_port()
    clock = house.clock
    assert isinstance(clock, SetClock)

    async def renews() -> None:
        async with followed(house, port):
            before = await shown("127.0.0.2", port, folder)
            assert before is not None
            clock.at += datetime.timedelta(days=61)
            await until(lambda: leaf_of(folder).serial_number != before.serial_number)
            await asyncio.sleep(0.2)
            served = (folder / "network" / "server.crt").read_bytes()

            # The new one starts in 60 days, so a client of today does not believe it yet: look at it unverified.
            blind = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            blind.check_hostname, blind.verify_mode = False, ssl.CERT_NONE
            _, writer = await asyncio.open_connection("127.0.0.2", port, ssl=blind)
            found = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
            writer.close()

            assert x509.load_der_x509_certificate(found).public_bytes(serialization.Encoding.PEM) == served

    asyncio.run(renews())


def test_a_missing_extra_is_named_with_the_way_to_install_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    need_it = (
        "cryptography",
        "weaklink.web.home.authority",
        "weaklink.web.home.keys",
        "weaklink.web.home.certificate_page",
    )
    for name in [name for name in sys.modules if name.startswith(need_it)]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "cryptography", None)

    with pytest.raises(
        HomeNetworkError, match=r"extra `lan` \(cryptography is missing\); install it with: .+ segno"
    ):
        HomeNetwork(house, make_pages(house), "127.0.0.2", free_port())
