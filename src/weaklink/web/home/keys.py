"""Keys: the authority and the server's certificate in a data folder, made once and renewed by themselves.

An authority is never written over. When none of those that are there is in force, another is made beside
them (authority-2, ...): a clock that was wrong for a while costs no device its trust.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import TypeGuard

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

from weaklink.care.ports import Clock
from weaklink.web.home.addresses import Address, local_name
from weaklink.web.home.authority import (
    NO_EARLIER,
    Signed,
    fingerprint,
    in_use,
    is_whole,
    issue,
    make_authority,
    still_good,
    told,
)
from weaklink.web.home.kept_file import NetworkFileError, network_folder, write_private

AUTHORITY, SERVER = "authority", "server"


class DamagedError(NetworkFileError):
    """A key or a certificate is there, and is none any more."""


class Keys:
    """The authority of a data folder and the certificate it gave this machine."""

    def __init__(self, data_folder: Path, clock: Clock) -> None:
        self._folder = network_folder(data_folder)
        self._clock = clock
        self._authority = self._authority_now()

    @property
    def authority_file(self) -> bytes:
        """The authority's certificate as devices install it (PEM). It holds no secret."""
        return self._authority.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def authority_name(self) -> str:
        """What devices call it in their lists."""
        return str(self._authority.certificate.subject.rfc4514_string().split(",")[0].partition("=")[2])

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the authority, to be compared by eye."""
        return fingerprint(self._authority.certificate)

    def renew(self, names: Sequence[str], addresses: Sequence[Address]) -> bool:
        """Make the server's certificate anew if it is not for exactly these, or ends soon; whether it was."""
        self._authority = self._authority_now()
        known = self._server()
        now = told(self._authority, known, self._clock.now())
        if known and still_good(known.certificate, self._authority, names, addresses, now):
            return False
        self._write(SERVER, issue(self._authority, names, addresses, now))
        return True

    def context(self) -> ssl.SSLContext:
        """What a server needs to speak TLS 1.3; every phone that can show our pages can, too."""
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.minimum_version = ssl.TLSVersion.TLSv1_3
        self.load_into(made)
        return made

    def load_into(self, context: ssl.SSLContext) -> None:
        """Give a running server the newest certificate; new connections get it."""
        context.load_cert_chain(self._path(SERVER, "crt"), self._path(SERVER, "key"))

    def _authority_now(self) -> Signed:
        now = self._clock.now()
        kept = self._kept_authorities()
        known = in_use(list(kept.values()), now)
        if known is not None:
            return known
        made = make_authority(local_name().removesuffix(".local"), max(now, NO_EARLIER))
        self._write(next(name for name in _authority_names() if name not in kept), made)
        return made

    def _kept_authorities(self) -> dict[str, Signed]:
        """Those that are there, in the order they were made."""
        kept: dict[str, Signed] = {}
        for name in _authority_names():
            known = self._read(name)
            if known is None:
                return kept
            if not is_whole(known.certificate):
                raise self._unreadable(name, "damaged")
            kept[name] = known
        return kept

    def _server(self) -> Signed | None:
        """The server's certificate; None where there is none, or not byte for byte: then it is made anew.

        OpenSSL reads these files itself, and takes less than our reader does.
        """
        try:
            known = self._read(SERVER)
        except DamagedError:
            return None
        if known is None:
            return None
        written = [self._path(SERVER, kind).read_bytes() for kind in ("crt", "key")]
        return known if written == _as_files(known) else None

    def _path(self, name: str, kind: str) -> Path:
        return self._folder / f"{name}.{kind}"

    def _read(self, name: str) -> Signed | None:
        certificate, key = self._path(name, "crt"), self._path(name, "key")
        try:
            read = serialization.load_pem_private_key(key.read_bytes(), None)
            found = x509.load_pem_x509_certificate(certificate.read_bytes())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise NetworkFileError(f"{self._folder}: {name} cannot be read ({error})") from error
        except Exception as error:  # whatever the reader of a damaged file comes upon
            raise self._unreadable(name, str(error)) from error
        if not _belong(read, found):
            raise DamagedError(f"{key}: not the key of {certificate.name}; delete both")
        return Signed(found, read)

    def _unreadable(self, name: str, why: str) -> DamagedError:
        reason = "delete the folder and trust the new certificate on your devices"
        return DamagedError(f"{self._folder}: {name} cannot be read ({why}); {reason}")

    def _write(self, name: str, signed: Signed) -> None:
        certificate, key = _as_files(signed)
        # Certificate and key cannot be replaced at one moment: without the old key a torn pair is made anew.
        self._path(name, "key").unlink(missing_ok=True)
        write_private(self._path(name, "crt"), certificate)
        write_private(self._path(name, "key"), key)


def _as_files(signed: Signed) -> list[bytes]:
    """Certificate and key as they are written (PEM)."""
    pem = serialization.Encoding.PEM
    key = signed.key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return [signed.certificate.public_bytes(pem), key]


def _belong(key: PrivateKeyTypes, certificate: x509.Certificate) -> TypeGuard[ec.EllipticCurvePrivateKey]:
    try:
        same = key.public_key() == certificate.public_key()
    except Exception:  # a certificate is looked into only now
        return False
    return same and isinstance(key, ec.EllipticCurvePrivateKey)


def _authority_names() -> Iterator[str]:
    yield AUTHORITY
    for number in count(2):
        yield f"{AUTHORITY}-{number}"
