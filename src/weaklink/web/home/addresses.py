"""Addresses of the home network: which are private, which are this machine's, and its name there."""

from __future__ import annotations

import contextlib
import re
import socket
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from weaklink.quantities import WeaklinkError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# RFC 1918, RFC 4193 (the half in use), link-local and loopback: nobody on the internet has one of these.
HOME: tuple[Network, ...] = tuple(
    ip_network(text)
    for text in (
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8",
        "fd00::/8", "fe80::/10", "::1/128",
    )
)  # fmt: skip
# Where a packet would go to, one for each private network and one for the way out. None is sent.
TOWARDS = ("192.168.255.255", "10.255.255.255", "172.31.255.255", "198.51.100.1", "fd00::ffff", "2001:db8::1")
LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")


class AddressError(WeaklinkError):
    """An address that the pages may not be served on."""


def read_address(text: str) -> Address:
    """An address from its text.

    Raises: AddressError.
    """
    try:
        return ip_address(text.partition("%")[0])
    except ValueError as error:
        raise AddressError(f"{text!r} is no IP address") from error


def is_home(address: Address) -> bool:
    """Whether an address belongs to a home network or to this machine."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return any(address in network for network in HOME if network.version == address.version)


def home_addresses() -> tuple[Address, ...]:
    """This machine's own addresses on home networks, IPv4 first; loopback and link-local are left out."""
    found = {address for address in _own() if is_home(address)}
    usable = [address for address in found if not (address.is_loopback or address.is_link_local)]
    return tuple(sorted(usable, key=lambda address: (address.version, int(address))))


def local_name() -> str:
    """This machine's name on the home network, where something answers for such names."""
    label = socket.gethostname().split(".")[0].lower()
    return f"{label if LABEL.fullmatch(label) else 'weaklink'}.local"


def _own() -> Iterator[Address]:
    for towards in TOWARDS:
        family = socket.AF_INET6 if ":" in towards else socket.AF_INET
        # Connecting a datagram socket only looks up the way; it tells our address on it.
        with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((towards, 9))
            yield read_address(probe.getsockname()[0])
    with contextlib.suppress(OSError):
        for *_, where in socket.getaddrinfo(socket.gethostname(), None):
            yield read_address(str(where[0]))
