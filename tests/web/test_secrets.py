"""Secrets: each of them is 32 bytes that nobody can foresee, and no key or digest is weaker than 128 bits."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

pytest.importorskip("cryptography", reason="NOT TESTED HERE: the extra `lan` is not installed")

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from tests.web.states import planned
from tests.web.test_pairing import SetClock, paired
from tests.web.test_tls import AT_HOME
from tests.web.visitor import Visitor, at_home
from weaklink.store.backup import back_up
from weaklink.store.opening import sqlite_url
from weaklink.web.home.devices import digest_of
from weaklink.web.home.keys import Keys
from weaklink.web.home.pairing import Pairing
from weaklink.web.visit.security import VISITOR

BYTES = 32


def secrets_of(folder: Path) -> list[str]:
    """One of each kind: form key, visitor, calendar, plan, group, a device's session."""
    with at_home(folder) as visitor:
        planned(visitor)
        assert visitor.house is not None
        for purpose in ("calendar", "plan"):
            visitor.post("/hand-on", does="make", purpose=purpose)
        visitor.post("/hand-on", does="group", count="2")
        kept = visitor.house.records.addresses(visitor.house.present()[0].id)
        found = [visitor.house.form_key, visitor_cookie(visitor), *(one.secret for one in kept)]
    return [*found, paired(Pairing(folder, SetClock()))]


def visitor_cookie(visitor: Visitor) -> str:
    return str(visitor.client.cookies[VISITOR])


def test_every_secret_is_of_32_bytes_and_no_two_are_alike(tmp_path: Path) -> None:
    found = [*secrets_of(tmp_path / "one"), *secrets_of(tmp_path / "two")]

    assert len(found) == len(set(found)) == 14
    for secret in found:
        assert len(base64.urlsafe_b64decode(secret + "=")) == BYTES
        assert len(set(secret)) > 15  # no counter, no clock


def test_keys_and_signatures_have_128_bits_of_strength(tmp_path: Path) -> None:
    Keys(tmp_path, SetClock()).renew(["desk.local"], AT_HOME)
    files = sorted((tmp_path / "network").glob("*.crt"))

    assert len(files) >= 2
    for file in files:
        for certificate in x509.load_pem_x509_certificates(file.read_bytes()):
            key = certificate.public_key()
            assert isinstance(key, ec.EllipticCurvePublicKey)
            assert isinstance(key.curve, ec.SECP256R1)
            assert isinstance(certificate.signature_hash_algorithm, hashes.SHA256)
    assert len(bytes.fromhex(digest_of("a session"))) == 32


def test_every_cipher_that_is_spoken_keeps_what_it_carries_from_being_changed(tmp_path: Path) -> None:
    keys = Keys(tmp_path, SetClock())
    keys.renew(["desk.local"], AT_HOME)
    spoken = [one for one in keys.context().get_ciphers() if one["protocol"] == "TLSv1.3"]

    assert spoken
    assert [one["name"] for one in spoken if not one["aead"] or one["strength_bits"] < 128] == []


def test_a_backup_holds_no_key_and_no_device(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with at_home(folder) as visitor:
        planned(visitor)
        assert visitor.house is not None
        key = visitor.house.form_key
        Keys(folder, SetClock()).renew(["desk.local"], AT_HOME)
        token = paired(Pairing(folder, SetClock()), "Jo's telephone")
        back_up(sqlite_url(folder), tmp_path / "backup")
    kept = (tmp_path / "backup").read_bytes()

    assert b"knee-anterior" in kept
    for secret in ("PRIVATE KEY", "CERTIFICATE", key, token, digest_of(token), "Jo's telephone"):
        assert secret.encode() not in kept
