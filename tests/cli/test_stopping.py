"""Stopping a real weaklink: in time whatever is open, with its store closed; a second signal does not wait."""

from __future__ import annotations

import contextlib
import http.client
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.floods import Port, connected
from tests.home_network import HOME, asked, visitor_of
from tests.server import free_port, wait_for

pytestmark = pytest.mark.load
LONGEST_S = 5
STALLED = b"\x16\x03\x01\x02\x00\x01"  # a handshake that has begun


class Up(NamedTuple):
    """A running weaklink."""

    process: subprocess.Popen[bytes]
    folder: Path
    port: Port
    https: Port | None

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()

    @property
    def left(self) -> set[str]:
        return {path.name for path in (self.folder / "data").iterdir() if path.is_file()}

    def asked(self, path: str, form: dict[str, str] | None = None) -> str:
        return asked(self._connection(), path, form=form).text

    def _connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self.port.address, self.port.number, timeout=20)

    def note(self) -> None:
        """Keep something, so that the store has a log."""
        page = asked(self._connection(), "/settings")
        found = re.search(r'name="csrf" value="([^"]+)"', page.text)
        assert found
        form = {"csrf": found[1], "country": "DE", "units": "km", "theme": "", "language": "en"}
        kept = asked(self._connection(), "/settings", form=form, headers=visitor_of(page))
        assert kept.status == 303


@contextlib.contextmanager
def up(folder: Path, *, https: bool) -> Iterator[Up]:
    port, https_port = Port("127.0.0.1", free_port()), Port(HOME, free_port(), True)
    words = ["up", "--data", str(folder / "data"), "--port", str(port.number)]
    words += ["--https", "--host", HOME, "--https-port", str(https_port.number)] if https else []
    log = folder / "log"
    with log.open("wb") as file:
        process = subprocess.Popen([sys.executable, "-m", "weaklink", *words], stdout=file, stderr=file)
        try:
            wait_for(f"http://127.0.0.1:{port.number}", process, log)
            yield Up(process, folder, port, https_port if https else None)
        finally:
            process.kill()
            process.wait(10)


def unfinished(port: Port) -> bytes:
    head = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 4000\r\n\r\ncode="
    return b"POST /pair HTTP/1.1\r\n" + port.host + head


def all_open(running: Up, opened: contextlib.ExitStack) -> None:
    """Everything that somebody may have open: at each port."""
    page = b"GET /static/visit/site.css HTTP/1.1\r\n" + running.port.host + b"\r\n"
    large = b"GET /static/fonts/commissioner.woff2 HTTP/1.1\r\n" + running.port.host + b"\r\n"
    for said in (b"", b"GET / HT", unfinished(running.port), page, large * 8):
        opened.enter_context(connected(running.port)).sendall(said)
    if running.https is None:
        return
    for said in (b"", b"GET / HT", unfinished(running.https)):
        opened.enter_context(connected(running.https)).sendall(said)
    for said in (b"", STALLED):
        opened.enter_context(connected(running.https, shaken=False)).sendall(said)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
@pytest.mark.parametrize("https", [False, True])
def test_it_ends_in_time_whatever_is_open_and_closes_the_store(
    tmp_path: Path, https: bool, how: signal.Signals
) -> None:
    if https:
        pytest.importorskip("cryptography", reason="NOT TESTED HERE: the extra `lan` is not installed")
    with up(tmp_path, https=https) as running, contextlib.ExitStack() as opened:
        running.note()
        assert "weaklink.sqlite-wal" in running.left
        all_open(running, opened)
        time.sleep(0.5)
        began = time.monotonic()
        running.process.send_signal(how)
        status = running.process.wait(20)

        assert time.monotonic() - began < LONGEST_S
        assert status == 0
        assert running.left == {"weaklink.sqlite", "form-token", ".in-use"}
        assert "Traceback" not in running.log


def test_a_second_signal_does_not_wait_and_loses_nothing(tmp_path: Path) -> None:
    with up(tmp_path, https=False) as running, contextlib.ExitStack() as opened:
        running.note()
        opened.enter_context(connected(running.port)).sendall(unfinished(running.port))
        time.sleep(0.3)
        running.process.terminate()
        time.sleep(0.3)
        began = time.monotonic()
        running.process.terminate()

        assert running.process.wait(20) == 128 + signal.SIGTERM
        assert time.monotonic() - began < 1
    with up(tmp_path, https=False) as running:
        assert re.search(r'value="DE"\s+selected', running.asked("/settings"))


def test_what_the_system_ignores_stays_ignored(tmp_path: Path) -> None:
    """`nohup ./weaklink` outlives its terminal."""
    old = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with up(tmp_path, https=False) as running:
            running.process.send_signal(signal.SIGHUP)
            time.sleep(0.5)
            assert "weaklink" in running.asked("/settings")
    finally:
        signal.signal(signal.SIGHUP, old)


def test_whoever_goes_in_the_middle_of_a_form_leaves_no_trace(tmp_path: Path) -> None:
    with up(tmp_path, https=False) as running:
        said = unfinished(running.port)
        for path in ("/pair", "/settings", "/age", "/diary", "/api/v1/assess", "/settings/erase"):
            for gone in (socket.SHUT_WR, socket.SHUT_RDWR):
                with connected(running.port) as one:
                    one.sendall(said.replace(b"/pair", path.encode()))
                    time.sleep(0.1)
                    one.shutdown(gone)
                    time.sleep(0.1)
        running.asked("/settings")

        assert len(running.log.splitlines()) == 2, running.log


def test_a_stranger_fills_no_log(tmp_path: Path) -> None:
    with up(tmp_path, https=False) as running:
        for said in (
            b"nonsense\r\n\r\n",
            b"GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n",
        ):
            with connected(running.port) as one:
                one.sendall(said)
                one.settimeout(1)
                with contextlib.suppress(OSError):
                    one.recv(100)

        assert len(running.log.splitlines()) == 2, running.log
