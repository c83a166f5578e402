"""`weaklink up --https` as it runs: a server process with TLS, clients that trust its authority, two networks."""

from __future__ import annotations

import datetime
import http.client
import json
import os
import pty
import re
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

pytest.importorskip("segno", reason="NOT TESTED HERE: the extra `lan` is not installed")
pytest.importorskip("cryptography", reason="NOT TESTED HERE: the extra `lan` is not installed")

from tests.home_network import HOME, Answer, HomeServer, asked, serving_home, session_in, visitor_of, weaklink
from tests.server import free_port
from tests.web.test_tls import leaf_of, names_in
from weaklink.cli import app
from weaklink.cli.up_home import LOOK_EVERY_S
from weaklink.quantities import WeaklinkError
from weaklink.web.home.addresses import home_addresses
from weaklink.web.home.kept_file import KeptFile
from weaklink.web.home.pairing_code import GOOD_FOR, MOST_WRONG

pytestmark = pytest.mark.load


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HomeServer]:
    with serving_home(tmp_path_factory.mktemp("home")) as running:
        yield running


def other_than(code: str, number: int) -> str:
    return f"{(int(code) + number) % 10**8:08d}"


def test_whoever_trusts_the_authority_reaches_it(server: HomeServer) -> None:
    assert server.ask("/pair").status == 200


def test_whoever_does_not_trust_it_is_warned(server: HomeServer) -> None:
    with pytest.raises(urllib.error.URLError, match="CERTIFICATE_VERIFY_FAILED"):
        urllib.request.urlopen(f"{server.home}/pair", timeout=10, context=ssl.create_default_context())


def test_without_tls_the_encrypted_port_says_nothing(server: HomeServer) -> None:
    with socket.create_connection((HOME, server.https_port), timeout=10) as plain:
        plain.sendall(b"GET /pair HTTP/1.1\r\nHost: 127.0.0.2\r\n\r\n")
        assert b"HTTP" not in plain.recv(1000)


def test_an_older_tls_is_refused(server: HomeServer) -> None:
    old = ssl.create_default_context(cafile=str(server.authority))
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    with (
        socket.create_connection((HOME, server.https_port), timeout=10) as plain,
        pytest.raises(ssl.SSLError),
        old.wrap_socket(plain, server_hostname=HOME),
    ):
        pass


def test_a_code_pairs_one_device_once(server: HomeServer) -> None:
    assert server.ask("/settings").status == 303
    code = server.code()

    first, second = server.try_code(code, "Jo's phone"), server.try_code(code)

    assert (first.status, first.headers["location"]) == (303, "/today")
    said = first.headers["set-cookie"]
    assert said.startswith("__Host-weaklink-device=")
    assert {"httponly", "secure", "samesite=strict", "path=/"} <= set(said.lower().split("; "))
    assert "domain" not in said.lower()
    assert second.status == 422
    assert "No code is waiting" in second.text
    assert server.ask("/settings", token=session_in(first)).status == 200
    assert "Jo&#39;s phone" in server.ask_plain("/devices", "127.0.0.1").text


def test_five_wrong_codes_lock_even_the_right_one(server: HomeServer) -> None:
    code = server.code()
    tries = [server.try_code(other_than(code, number + 1)) for number in range(MOST_WRONG)]

    assert [one.status for one in tries] == [422] * (MOST_WRONG - 1) + [429]
    assert "1 try is left" in tries[-2].text
    locked = server.try_code(code)
    assert locked.status == 429
    assert "set-cookie" not in locked.headers
    assert server.try_code(server.code()).status == 303  # a new code, made at the computer, opens again


def test_a_code_is_over_after_ten_minutes(server: HomeServer) -> None:
    code = server.code()
    file = KeptFile(server.folder)
    made = file.read().code
    assert made is not None
    older = msgspec.structs.replace(made, made_at=made.made_at - GOOD_FOR)
    file.change(lambda kept: (msgspec.structs.replace(kept, code=older), None))

    late = server.try_code(code)

    assert late.status == 422
    assert "set-cookie" not in late.headers


def test_a_revoked_device_is_out_at_once(server: HomeServer) -> None:
    token = server.paired("Lost phone")
    assert server.ask("/plan", token=token).status != 401
    assert server.ask("/api/v1/openapi.json", token=token).status == 200
    device = next(one for one in server.command("devices")["devices"] if one["name"] == "Lost phone")

    assert server.command("devices", "--revoke", device["id"])["revoked"] == 1

    refused = server.ask("/api/v1/openapi.json", token=token)
    assert refused.status == 401
    assert refused.headers["clear-site-data"] == '"cache", "storage"'
    assert weaklink("devices", "--revoke", device["id"], "--data", str(server.folder)).returncode == 2


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "192.168.1.20", "127.0.0.2.evil.example"])
def test_a_foreign_name_is_refused(server: HomeServer, host: str) -> None:
    token = server.paired()

    assert server.ask("/settings", token=token, host=host).status == 400
    assert server.ask_plain("/", headers={"Host": host}).status == 400
    if host != "127.0.0.1":
        assert server.ask_plain("/", "127.0.0.1", headers={"Host": host}).status == 400


def test_this_machine_needs_no_pairing(server: HomeServer) -> None:
    assert server.ask_plain("/settings", "127.0.0.1").status == 200


def test_without_encryption_there_is_the_certificate_and_nothing_else(server: HomeServer) -> None:
    token = server.paired()
    page, file = server.ask_plain("/"), server.ask_plain("/weaklink-ca.crt")

    assert page.status == 200
    assert server.home in page.text
    assert file.headers["content-type"] == "application/x-x509-ca-cert"
    assert file.text == server.authority.read_text()
    fingerprint = server.command("pair")["fingerprint"]
    assert "".join(fingerprint.split(":")) in re.sub(r"<[^>]+>|\s", "", page.text)
    for path in ("/settings", "/plan", "/pair", "/devices", "/api/v1/openapi.json", "/authority.key", "/static/home/pairing.js",
                 "/static/../network/authority.key", "/static/%2e%2e/%2e%2e/network/authority.key"):  # fmt: skip
        assert server.ask_plain(path, token=token).status == 404, path
    assert server.ask_plain("/", form={"code": "1"}).status == 405


def test_the_key_never_leaves(server: HomeServer) -> None:
    for answer in (server.ask_plain("/weaklink-ca.crt"), server.ask_plain("/"), server.ask("/pair")):
        assert "PRIVATE KEY" not in answer.text
    modes = {path.name: path.stat().st_mode & 0o777 for path in (server.folder / "network").glob("*.key")}
    assert modes == {"authority.key": 0o600, "server.key": 0o600}


def test_no_code_and_no_session_stands_in_the_log(server: HomeServer) -> None:
    code = server.code()
    token = session_in(server.try_code(code))
    server.ask("/settings", token=token)
    log = (server.folder.parent / "server.log").read_text()

    assert "./weaklink pair" in log
    assert code not in log.replace(" ", "")
    assert token not in log


# On a terminal.


def test_a_terminal_shows_pictures_to_scan_and_the_code(tmp_path: Path) -> None:
    import io

    import segno

    port, https_port = free_port(), free_port()
    mine, theirs = pty.openpty()
    options = [
        "--https",
        "--host",
        HOME,
        "--data",
        str(tmp_path),
        "--port",
        str(port),
        "--https-port",
        str(https_port),
    ]
    process = subprocess.Popen(
        [sys.executable, "-m", "weaklink", "up", *options], stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    try:
        shown = b""
        end = time.monotonic() + 60
        while b"Who is paired" not in shown and time.monotonic() < end:
            shown += os.read(mine, 65536)
    finally:
        process.terminate()
        process.wait(10)
    text = re.sub(r"\x1b\[[0-9;]*m", "", shown.decode()).replace("\r\n", "\n")
    code = re.search(r"type the code: (\d{4}) (\d{4})", text)
    assert code, text

    for address in (f"http://{HOME}:{port}/", f"https://{HOME}:{https_port}/pair#{code[1]}{code[2]}"):
        drawn = io.StringIO()
        segno.make(address, error="l", micro=False).terminal(drawn, border=2, compact=True)
        assert drawn.getvalue().strip("\n") in text


# What is refused before anything is served.


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--host", "0.0.0.0"], "not an address of a home network"),
        (["--host", "8.8.8.8", "--https"], "not an address of a home network"),
        (["--host", "::"], "not an address of a home network"),
        (["--host", "192.168.1.20"], "say --https"),
        (["--host", "fd00::20"], "say --https"),
        (["--host", "desk.local"], "is no IP address"),
        (["--https", "--proxy-name", "runs.example"], "do not go together"),
        (["--https", "--host", "10.255.255.254"], "cannot serve on 10.255.255.254"),
    ],
)
def test_nothing_is_served_beyond_this_machine_without_pairing(
    tmp_path: Path, options: list[str], said: str
) -> None:
    words = ["up", *options, "--data", str(tmp_path / "data"), "--port", str(free_port())]

    with pytest.raises(WeaklinkError, match=re.escape(said)):
        app(words, standalone_mode=False)


def test_a_refusal_is_one_line(tmp_path: Path) -> None:
    done = weaklink("up", "--host", "0.0.0.0", "--data", str(tmp_path))

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


def test_a_code_needs_a_running_server(tmp_path: Path) -> None:
    done = weaklink("pair", "--data", str(tmp_path))

    assert (done.returncode, done.stdout) == (2, "")
    assert "./weaklink up --https" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind((HOME, 0))
        taken.listen()
        port = taken.getsockname()[1]
        options = ["--data", str(tmp_path), "--port", str(free_port()), "--https-port", str(port)]
        done = weaklink("up", "--https", "--host", HOME, *options)

    assert done.returncode == 2
    assert f"cannot serve on {HOME} port {port}" in done.stderr


def test_erasing_takes_keys_and_devices(tmp_path: Path) -> None:
    with serving_home(tmp_path) as server:
        token = server.paired()
        assert server.ask("/settings", token=token).status == 200
        folder = server.folder
    assert weaklink("erase", "--yes", "--data", str(folder)).returncode == 0

    assert not (folder / "network").exists()
    assert json.loads(weaklink("devices", "--json", "--data", str(folder)).stdout)["devices"] == []


def test_erasing_on_a_phone_ends_the_network_and_says_so(tmp_path: Path) -> None:
    with serving_home(tmp_path) as server:
        token = server.paired()
        found = re.search(r'name="csrf" value="([^"]+)"', server.ask("/settings", token=token).text)
        assert found
        erased = server.ask("/settings/erase", token=token, form={"csrf": found[1], "confirm": "1"})

        assert erased.status == 200
        assert "start weaklink anew on the computer" in erased.text
        assert erased.headers["clear-site-data"] == '"cache", "storage"'
        folder = server.folder / "network"
        assert not folder.exists()
        until = time.monotonic() + 20
        while "served no more" not in (said := (tmp_path / "server.log").read_text()):
            assert time.monotonic() < until, said
            time.sleep(0.1)
        for port in (server.https_port, server.port):
            with pytest.raises(OSError, match="refused"):
                socket.create_connection((HOME, port), timeout=5)
        time.sleep(LOOK_EVERY_S + 2)  # longer than the next look after the addresses
        assert not folder.exists()
        assert server.ask_plain("/", "127.0.0.1").status == 200
        assert "./weaklink up --https" in server.ask_plain("/devices", "127.0.0.1").text
        assert "./weaklink up --https" in weaklink("pair", "--data", str(server.folder)).stderr


def test_until_it_has_ended_an_erased_network_lets_nobody_in(tmp_path: Path) -> None:
    with serving_home(tmp_path) as server:
        token = server.paired()
        authority = ssl.create_default_context(cafile=str(server.authority))
        page = server.ask_plain("/settings", "127.0.0.1")
        found = re.search(r'name="csrf" value="([^"]+)"', page.text)
        assert found
        sent = {"form": {"csrf": found[1], "confirm": "1"}, "headers": visitor_of(page)}
        assert server.ask_plain("/settings/erase", "127.0.0.1", **sent).headers["location"] == "/"

        def asks(path: str) -> Answer:
            connection = http.client.HTTPSConnection(HOME, server.https_port, context=authority, timeout=20)
            return asked(connection, path, token=token)

        assert asks("/static/visit/site.css").status == 200
        for path in ("/settings", "/pair", "/api/v1/openapi.json"):
            refused = asks(path)
            assert (refused.status, refused.headers["clear-site-data"]) == (503, '"cache", "storage"')
            assert "Start weaklink again on the computer" in refused.text


def test_a_restart_keeps_authority_and_devices_and_ends_the_network_where_it_is_not_wanted(
    tmp_path: Path,
) -> None:
    with serving_home(tmp_path) as server:
        token, before = server.paired(), server.authority.read_bytes()
    with serving_home(tmp_path) as server:
        assert server.authority.read_bytes() == before
        assert server.ask("/settings", token=token).status == 200
    options = ["--data", str(server.folder), "--port", str(free_port())]
    process = subprocess.Popen(
        [sys.executable, "-m", "weaklink", "up", *options], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        assert "ready" in process.stdout.readline()
        with pytest.raises(OSError, match="refused"):
            socket.create_connection((HOME, int(options[-1])), timeout=5)
        assert "up --https" in weaklink("pair", "--data", str(server.folder)).stderr
    finally:
        process.terminate()
        process.wait(10)


def test_a_real_home_address_is_served_where_there_is_one(tmp_path: Path) -> None:
    addresses = home_addresses()
    if not addresses:
        pytest.skip("NOT TESTED HERE: this machine has no address on a home network")
    port, https_port = free_port(), free_port()
    options = ["--https", "--data", str(tmp_path), "--port", str(port), "--https-port", str(https_port)]
    process = subprocess.Popen(
        [sys.executable, "-m", "weaklink", "up", *options], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(4)]
        assert f"{addresses[0]}" in lines[3], lines
        authority = str(tmp_path / "network" / "authority.crt")
        for address in addresses:
            url = (
                f"https://[{address}]:{https_port}/pair"
                if address.version == 6
                else f"https://{address}:{https_port}/pair"
            )
            with urllib.request.urlopen(
                url, timeout=10, context=ssl.create_default_context(cafile=authority)
            ) as page:
                assert page.status == 200
    finally:
        process.terminate()
        process.wait(10)
    found = names_in(leaf_of(tmp_path))
    assert {str(address) for address in addresses} < found
    assert leaf_of(tmp_path).not_valid_after_utc > datetime.datetime.now(datetime.UTC)
