"""A server under measurement: started, waited for, weighed, stopped."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

PATIENCE_S = 300.0


class Server(NamedTuple):
    """A running server: its process, its address, and the seconds from its start to its first page."""

    process: subprocess.Popen[bytes]
    address: str
    first_page_s: float

    def rss_mb(self) -> float:
        """Resident memory of the process and everything it started, in MB."""
        return sum(_rss_kb(pid) for pid in _family(self.process.pid)) / 1024

    def own_rss_mb(self) -> float:
        """Resident memory of the process alone, in MB."""
        return _rss_kb(self.process.pid) / 1024


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    command: Sequence[str], port: int, path: str = "/", *, env: Mapping[str, str] | None = None, cwd: Path
) -> Iterator[Server]:
    """A server that has answered its first page; stopped afterwards."""
    address = f"http://127.0.0.1:{port}"
    began = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=cwd, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )
    try:
        _wait(process, address + path)
        yield Server(process, address, time.perf_counter() - began)
    finally:
        _stop(process)


def page(address: str) -> bytes:
    """What an address answers."""
    with urllib.request.urlopen(address, timeout=30) as answer:
        content: bytes = answer.read()
    return content


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    until = time.perf_counter() + PATIENCE_S
    while time.perf_counter() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended: {process.stderr.read().decode()[-800:]}")  # type: ignore[union-attr]
        try:
            page(address)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.01)
        else:
            return
    raise RuntimeError(f"no page from {address} in {PATIENCE_S} s")


def _stop(process: subprocess.Popen[bytes]) -> None:
    # The server leads a session of its own, so this ends it and its workers and nothing else.
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            os.killpg(process.pid, sign)
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                continue


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(member for child in children for member in _family(int(child)))]


def _rss_kb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)
