"""A real weaklink that serves a home network: 127.0.0.2 stands for this machine's address there."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from tests.server import free_port, wait_for
from weaklink.bootstrap import SystemClock
from weaklink.web.home.pairing import Pairing

HOME = "127.0.0.2"  # the whole of 127.0.0.0/8 is this machine; the pages for it alone are on 127.0.0.1


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    text: str


class HomeServer(NamedTuple):
    """Where it is reached, and its data folder."""

    folder: Path
    port: int
    https_port: int

    @property
    def local(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def home(self) -> str:
        return f"https://{HOME}:{self.https_port}"

    @property
    def plain(self) -> str:
        return f"http://{HOME}:{self.port}"

    @property
    def authority(self) -> Path:
        return self.folder / "network" / "authority.crt"

    def code(self) -> str:
        """A fresh pairing code, made beside the server as `weaklink pair` makes it."""
        return Pairing(self.folder, SystemClock()).new_code().digits

    def command(self, *words: str) -> dict[str, Any]:
        """What a command says as JSON."""
        done = weaklink(*words, "--json", "--data", str(self.folder))
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def ask(self, path: str, *, token: str = "", host: str = "", **options: Any) -> Answer:
        """One encrypted request, by a client that trusts this authority and nobody else."""
        trusting = ssl.create_default_context(cafile=str(self.authority))
        connection = http.client.HTTPSConnection(HOME, self.https_port, context=trusting, timeout=20)
        return asked(connection, path, token=token, host=host, **options)

    def ask_plain(self, path: str, at: str = HOME, **options: Any) -> Answer:
        """One request without encryption, at the home address or the local one."""
        return asked(http.client.HTTPConnection(at, self.port, timeout=20), path, **options)

    def try_code(self, code: str, name: str = "A phone") -> Answer:
        """The pairing form, as a browser sends it."""
        page = self.ask("/pair")
        found = re.search(r'name="csrf" value="([^"]+)"', page.text)
        assert found
        form = {"csrf": found[1], "code": code, "name": name}
        return self.ask("/pair", form=form, headers=visitor_of(page))

    def paired(self, name: str = "A phone") -> str:
        """The session of a device that was just paired."""
        answer = self.try_code(self.code(), name)
        assert answer.status == 303, answer.text
        return session_in(answer)


def asked(
    connection: http.client.HTTPConnection,
    path: str,
    *,
    token: str = "",
    host: str = "",
    method: str = "",
    form: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
) -> Answer:
    """The answer to one request."""
    said = dict(headers or {})
    if token:
        said["Cookie"] = f"__Host-weaklink-device={token}"
    if host:
        said["Host"] = host
    body = None
    if form is not None:
        body = urlencode(form)
        said["Content-Type"] = "application/x-www-form-urlencoded"
    with contextlib.closing(connection):
        connection.request(method or ("POST" if form is not None else "GET"), path, body=body, headers=said)
        found = connection.getresponse()
        text = found.read().decode("utf-8", "replace")
        return Answer(found.status, {name.lower(): value for name, value in found.getheaders()}, text)


def asked_blindly(port: int, path: str) -> int:
    """The status at the encrypted port, for a client that takes any certificate; 0 where nobody answers."""
    blind = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    blind.check_hostname, blind.verify_mode = False, ssl.CERT_NONE
    try:
        return asked(http.client.HTTPSConnection(HOME, port, context=blind, timeout=20), path).status
    except OSError:
        return 0


def visitor_of(answer: Answer) -> dict[str, str]:
    """The header that a browser sends back, so that the forms of this answer are its own."""
    return {"Cookie": answer.headers["set-cookie"].partition(";")[0]}


def session_in(answer: Answer) -> str:
    """The session that an answer sets."""
    found = re.match(r"__Host-weaklink-device=([\w-]+);", answer.headers["set-cookie"])
    assert found, answer.headers
    return found[1]


def weaklink(*words: str) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "weaklink", *words], capture_output=True, text=True, check=False, timeout=120
    )


@contextlib.contextmanager
def serving_home(folder: Path, *more: str) -> Iterator[HomeServer]:
    """A running server for this machine and a home network; it is stopped afterwards."""
    server = HomeServer(folder / "data", free_port(), free_port())
    options = ["--data", str(server.folder), "--port", str(server.port), *more]
    if "--proxy-name" not in more:
        options += ["--https", "--host", HOME, "--https-port", str(server.https_port)]
    log = folder / "server.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "weaklink", "up", *options], env=dict(os.environ), stdout=file, stderr=file
        )
        try:
            wait_for(server.local, process, log)
            yield server
        finally:
            process.terminate()
            process.wait(10)
