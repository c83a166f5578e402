"""Behind a proxy with a certificate of its own: a small real one, that ends TLS and passes bytes on."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("cryptography", reason="NOT TESTED HERE: the extra `lan` is not installed")

import datetime
import http.client

from cryptography.hazmat.primitives import serialization

from tests.home_network import Answer, HomeServer, asked, serving_home, session_in, visitor_of
from tests.server import free_port
from weaklink.web.home.authority import issue, make_authority

pytestmark = pytest.mark.load
NAME = "runs.local"


@contextlib.contextmanager
def proxy(folder: Path, to_port: int) -> Iterator[int]:
    """The port of a proxy for NAME; whoever trusts `folder/proxy-ca.pem` believes it."""
    now = datetime.datetime.now(datetime.UTC)
    authority = make_authority("proxy", now)
    leaf = issue(authority, [NAME], [], now)
    key = leaf.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem = serialization.Encoding.PEM
    (folder / "proxy-ca.pem").write_bytes(authority.certificate.public_bytes(pem))
    (folder / "proxy.pem").write_bytes(leaf.certificate.public_bytes(pem) + key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "proxy.pem")
    port = free_port()
    with socket.create_server(("127.0.0.1", port)) as listening:
        threading.Thread(target=_accept, args=(listening, context, to_port), daemon=True).start()
        yield port


def _accept(listening: socket.socket, context: ssl.SSLContext, to_port: int) -> None:
    with contextlib.suppress(OSError):
        while True:
            plain, _ = listening.accept()
            threading.Thread(target=_pass_on, args=(plain, context, to_port), daemon=True).start()


def _pass_on(plain: socket.socket, context: ssl.SSLContext, to_port: int) -> None:
    """One request and its answer: each client here asks once and closes."""
    with (
        contextlib.suppress(OSError),
        context.wrap_socket(plain, server_side=True) as outside,
        socket.create_connection(("127.0.0.1", to_port)) as inside,
    ):
        asking = outside.recv(65536)
        while b"\r\n\r\n" not in asking:
            asking += outside.recv(65536)
        head, _, body = asking.partition(b"\r\n\r\n")
        length = next(
            (
                int(line.split(b":")[1])
                for line in head.split(b"\r\n")
                if line.lower().startswith(b"content-length:")
            ),
            0,
        )
        while len(body) < length:
            body += outside.recv(65536)
        inside.sendall(head + b"\r\nConnection: close\r\n\r\n" + body)
        while found := inside.recv(65536):
            outside.sendall(found)


class Proxied:
    """A server, and its proxy."""

    def __init__(self, server: HomeServer, folder: Path, port: int) -> None:
        self.server, self._folder, self._port = server, folder, port

    def ask(self, path: str, *, token: str = "", **options: Any) -> Answer:
        trusting = ssl.create_default_context(cafile=str(self._folder / "proxy-ca.pem"))
        connection = http.client.HTTPSConnection(NAME, self._port, context=trusting, timeout=20)
        plain = socket.create_connection(("127.0.0.1", self._port), timeout=20)
        connection.sock = trusting.wrap_socket(plain, server_hostname=NAME)
        return asked(connection, path, token=token, host=NAME, **options)


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxied]:
    folder = tmp_path_factory.mktemp("proxied")
    with serving_home(folder, "--proxy-name", NAME) as server, proxy(folder, server.port) as port:
        time.sleep(0.1)
        yield Proxied(server, folder, port)


def test_a_device_pairs_through_the_proxy(proxied: Proxied) -> None:
    assert proxied.ask("/settings").status == 303
    page = proxied.ask("/pair")
    csrf = page.text.partition('name="csrf" value="')[2].partition('"')[0]
    form = {"csrf": csrf, "code": proxied.server.code(), "name": "A phone"}

    answer = proxied.ask("/pair", form=form, headers=visitor_of(page))

    assert answer.status == 303
    assert proxied.ask("/settings", token=session_in(answer)).status == 200
    assert proxied.ask("/settings").status == 303


def test_this_machine_itself_still_needs_no_pairing(proxied: Proxied) -> None:
    assert proxied.server.ask_plain("/settings", "127.0.0.1").status == 200


def test_whoever_is_passed_on_under_the_machines_own_name_is_not_let_in(proxied: Proxied) -> None:
    said = {"X-Forwarded-For": "203.0.113.9"}

    assert proxied.server.ask_plain("/settings", "127.0.0.1", headers=said).status == 303


def test_the_terminal_says_where(proxied: Proxied) -> None:
    assert proxied.server.command("pair")["pages"] == [f"https://{NAME}/"]
    assert not (proxied.server.folder / "network" / "authority.key").exists()
