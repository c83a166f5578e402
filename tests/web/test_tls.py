"""The authority and its certificates: what they may speak for, how long, and that they renew by themselves."""

from __future__ import annotations

import datetime
import shutil
import ssl
import stat
import subprocess
from ipaddress import ip_address
from pathlib import Path

import pytest

pytest.importorskip("cryptography", reason="NOT TESTED HERE: the extra `lan` is not installed")

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from tests.searches import reach
from tests.web.test_pairing import SetClock
from weaklink.web.home.addresses import AddressError, home_addresses, is_home, local_name, read_address
from weaklink.web.home.authority import Signed, fingerprint, issue, make_authority
from weaklink.web.home.kept_file import NetworkFileError, forget_network
from weaklink.web.home.keys import Keys

NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)
AT_HOME = [ip_address(text) for text in ("192.168.178.20", "10.1.2.3", "172.16.0.9", "127.0.0.2", "fd00::2")]
ELSEWHERE = [
    "8.8.8.8",
    "172.32.0.1",
    "192.169.0.1",
    "11.0.0.1",
    "2001:4860::8888",
    "fc00::1",
    "::ffff:8.8.8.8",
]
LONGEST_DAYS = 397


@pytest.fixture(scope="module")
def authority() -> Signed:
    return make_authority("desk", NOW)


def pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def verified(authority: Signed, leaf: Signed, name: str, tmp_path: Path) -> list[str]:
    """Who believes the leaf for a name or address: the verifier of `cryptography`, and OpenSSL."""
    believed = []
    try:
        subject: x509.DNSName | x509.IPAddress = x509.IPAddress(ip_address(name))
        option = "-verify_ip"
    except ValueError:
        subject, option = x509.DNSName(name), "-verify_hostname"
    try:
        built = PolicyBuilder().store(Store([authority.certificate])).time(NOW)
        built.build_server_verifier(subject).verify(leaf.certificate, [])
        believed.append("cryptography")
    except VerificationError:
        pass
    (tmp_path / "ca.pem").write_bytes(pem(authority.certificate))
    (tmp_path / "leaf.pem").write_bytes(pem(leaf.certificate))
    if shutil.which("openssl"):
        command = [
            "openssl",
            "verify",
            "-x509_strict",
            "-purpose",
            "sslserver",
            "-attime",
            f"{NOW.timestamp():.0f}",
        ]
        command += [option, name, "-CAfile", str(tmp_path / "ca.pem"), str(tmp_path / "leaf.pem")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        believed += ["openssl"] if done.returncode == 0 else []
    return believed


EVERYBODY = ["cryptography", *(["openssl"] if shutil.which("openssl") else [])]


@pytest.mark.parametrize("name", ["desk.local", "a.b.local", "localhost", *map(str, AT_HOME)])
def test_the_authority_speaks_for_names_and_addresses_at_home(
    authority: Signed, tmp_path: Path, name: str
) -> None:
    leaf = issue(authority, ["desk.local", "a.b.local", "localhost"], AT_HOME, NOW)

    assert verified(authority, leaf, name, tmp_path) == EVERYBODY


@pytest.mark.parametrize(
    "name",
    ["bank.example", "local.example", "xlocal", "weaklink.org", *ELSEWHERE[:-1], "com", "notlocalhost"],
)
def test_nobody_believes_the_authority_about_anything_else(
    authority: Signed, tmp_path: Path, name: str
) -> None:
    try:
        leaf = issue(authority, [], [ip_address(name)], NOW)
    except ValueError:
        leaf = issue(authority, [name], [], NOW)

    assert verified(authority, leaf, name, tmp_path) == []


def test_one_foreign_name_spoils_a_certificate(authority: Signed, tmp_path: Path) -> None:
    leaf = issue(authority, ["desk.local", "bank.example"], [], NOW)

    assert verified(authority, leaf, "desk.local", tmp_path) == []


def test_the_name_constraint_is_critical_and_no_further_authority_may_be_made(authority: Signed) -> None:
    said = authority.certificate.extensions

    assert said.get_extension_for_class(x509.NameConstraints).critical
    basic = said.get_extension_for_class(x509.BasicConstraints)
    assert (basic.critical, basic.value.ca, basic.value.path_length) == (True, True, 0)


def test_a_server_may_not_sign(authority: Signed, tmp_path: Path) -> None:
    server = issue(authority, ["desk.local"], [], NOW)
    below = issue(server, ["other.local"], [], NOW)

    assert verified(authority, below, "other.local", tmp_path) == []


def test_a_certificate_is_not_good_for_longer_than_browsers_take(authority: Signed) -> None:
    leaf = issue(authority, ["desk.local"], AT_HOME, NOW).certificate
    good_for = leaf.not_valid_after_utc - leaf.not_valid_before_utc

    assert good_for <= datetime.timedelta(days=LONGEST_DAYS)
    assert leaf.not_valid_before_utc < NOW < leaf.not_valid_after_utc


@pytest.mark.parametrize(
    "address", [*map(str, AT_HOME), "169.254.3.4", "fe80::1%eth0", "::1", "::ffff:10.0.0.1"]
)
def test_addresses_at_home(address: str) -> None:
    assert is_home(read_address(address))


@pytest.mark.parametrize("address", [*ELSEWHERE, "0.0.0.0", "::", "192.0.2.2", "100.64.0.1"])
def test_addresses_elsewhere(address: str) -> None:
    assert not is_home(read_address(address))


def test_what_is_no_address_is_named() -> None:
    with pytest.raises(AddressError, match="'desk' is no IP address"):
        read_address("desk")


def test_this_machine_is_found_on_its_home_networks_only() -> None:
    for address in home_addresses():
        assert is_home(address)
        assert not address.is_loopback
    assert local_name().endswith(".local")


# Keys in a folder.


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


def leaf_of(folder: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate((folder / "network" / "server.crt").read_bytes())


def names_in(certificate: x509.Certificate) -> set[str]:
    said = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return {*said.get_values_for_type(x509.DNSName), *map(str, said.get_values_for_type(x509.IPAddress))}


def test_the_authority_is_made_once(tmp_path: Path, clock: SetClock) -> None:
    first = Keys(tmp_path, clock)
    clock.at += datetime.timedelta(days=400)

    assert Keys(tmp_path, clock).authority_file == first.authority_file
    assert Keys(tmp_path, clock).fingerprint == first.fingerprint


def test_keys_are_for_the_owner_only(tmp_path: Path, clock: SetClock) -> None:
    Keys(tmp_path, clock).renew(["desk.local"], AT_HOME[:1])

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "network").iterdir()}
    assert modes == {
        "authority.crt": 0o600, "authority.key": 0o600, "server.crt": 0o600, "server.key": 0o600,
    }  # fmt: skip


def test_another_address_or_name_needs_another_certificate(tmp_path: Path, clock: SetClock) -> None:
    keys = Keys(tmp_path, clock)

    assert keys.renew(["desk.local"], AT_HOME[:1])
    assert not keys.renew(["desk.local"], AT_HOME[:1])
    assert keys.renew(["desk.local"], AT_HOME[:2])
    assert names_in(leaf_of(tmp_path)) == {"desk.local", "192.168.178.20", "10.1.2.3"}
    assert keys.renew(["other.local"], AT_HOME[:2])
    assert not Keys(tmp_path, clock).renew(["other.local"], AT_HOME[1::-1])


def test_a_certificate_is_renewed_in_time(tmp_path: Path, clock: SetClock) -> None:
    keys = Keys(tmp_path, clock)
    keys.renew(["desk.local"], AT_HOME)
    renewed = 0
    for _ in range(800):
        clock.at += datetime.timedelta(days=1)
        renewed += keys.renew(["desk.local"], AT_HOME)
        assert leaf_of(tmp_path).not_valid_after_utc - clock.at > datetime.timedelta(days=29)

    assert 8 <= renewed <= 16


def test_an_authority_near_its_end_is_made_anew(tmp_path: Path, clock: SetClock) -> None:
    old = Keys(tmp_path, clock)
    before = old.fingerprint
    clock.at += datetime.timedelta(days=3650)

    assert old.renew(["desk.local"], AT_HOME)
    assert old.fingerprint != before
    assert Keys(tmp_path, clock).fingerprint == old.fingerprint


def test_a_certificate_of_another_authority_is_not_used(tmp_path: Path, clock: SetClock) -> None:
    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    Keys(theirs, clock).renew(["desk.local"], AT_HOME)
    keys = Keys(mine, clock)
    for name in ("server.crt", "server.key"):
        (mine / "network" / name).write_bytes((theirs / "network" / name).read_bytes())

    assert keys.renew(["desk.local"], AT_HOME)


def test_a_key_that_does_not_fit_is_named(tmp_path: Path, clock: SetClock) -> None:
    Keys(tmp_path, clock).renew(["desk.local"], AT_HOME)
    folder = tmp_path / "network"
    (folder / "authority.key").write_bytes((folder / "server.key").read_bytes())

    with pytest.raises(NetworkFileError, match=r"authority\.key: not the key of authority\.crt"):
        Keys(tmp_path, clock)


def test_a_certificate_that_cannot_be_read_is_named(tmp_path: Path, clock: SetClock) -> None:
    Keys(tmp_path, clock)
    (tmp_path / "network" / "authority.crt").write_text("garbage")

    with pytest.raises(NetworkFileError, match="authority cannot be read"):
        Keys(tmp_path, clock)


@pytest.mark.parametrize("name", ["authority.crt", "authority.key", "server.crt", "server.key"])
@pytest.mark.parametrize("bit", [1, 64])
def test_a_damaged_file_is_said_or_made_anew(tmp_path: Path, clock: SetClock, name: str, bit: int) -> None:
    Keys(tmp_path, clock).renew(["desk.local"], AT_HOME)
    file = tmp_path / "network" / name
    whole = file.read_bytes()
    before = {path: path.read_bytes() for path in (tmp_path / "network").iterdir()}
    read = said = 0

    places = range(0, len(whole), len(whole) // reach(40, len(whole)) or 1)
    for place in places:
        for path, content in before.items():
            path.write_bytes(content)
        file.write_bytes(whole[:place] + bytes([whole[place] ^ bit]) + whole[place + 1 :])
        try:
            keys = Keys(tmp_path, clock)
            keys.renew(["desk.local"], AT_HOME)
        except NetworkFileError as error:
            said += "delete" in str(error)
        else:
            # What devices trust is what it was, or they were told to trust something new.
            assert keys.authority_file == before[tmp_path / "network" / "authority.crt"]
            keys.context()
            read += 1

    assert said + read == len(places)
    assert said if name.startswith("authority") else read == len(places)


def test_a_torn_write_of_the_server_is_mended(tmp_path: Path, clock: SetClock) -> None:
    keys = Keys(tmp_path, clock)
    keys.renew(["desk.local"], AT_HOME)
    (tmp_path / "network" / "server.key").unlink()

    assert keys.renew(["desk.local"], AT_HOME)
    keys.load_into(ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER))


def test_erasing_takes_the_keys(tmp_path: Path, clock: SetClock) -> None:
    before = Keys(tmp_path, clock).fingerprint
    forget_network(tmp_path)

    assert list(tmp_path.iterdir()) == []
    assert Keys(tmp_path, clock).fingerprint != before


def test_nothing_older_than_the_newest_tls_is_spoken(tmp_path: Path, clock: SetClock) -> None:
    keys = Keys(tmp_path, clock)
    keys.renew(["desk.local"], AT_HOME)

    assert keys.context().minimum_version == ssl.TLSVersion.TLSv1_3


def test_a_fingerprint_is_written_as_systems_show_it(authority: Signed, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_bytes(pem(authority.certificate))
    if not shutil.which("openssl"):
        pytest.skip("NOT TESTED HERE: openssl is not installed")
    command = ["openssl", "x509", "-noout", "-fingerprint", "-sha256", "-in", str(tmp_path / "ca.pem")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert fingerprint(authority.certificate) == done.stdout.strip().partition("=")[2]
