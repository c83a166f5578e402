"""A stronghold: a real weaklink in its own process that is killed, stopped and started again on one port."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx

from tests.floods import Port
from tests.home_network import HOME
from tests.server import free_port, wait_for
from tests.siege.lookout import Lookout
from tests.siege.tally import Tally
from tests.web.visitor import Visitor

START = [sys.executable, "-m", "weaklink"]


class Stronghold:
    """One data folder and its server. `lookout` is told of every start and end."""

    def __init__(self, folder: Path, *, https: bool = False, program: list[str] | None = None) -> None:
        self.folder, self.data, self.log = folder, folder / "data", folder / "log"
        self.port, self.https_port = free_port(), free_port()
        self.program = program or START
        self.environment: dict[str, str] = {}
        self.lookout: Lookout | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._words = ["up", "--data", str(self.data), "--port", str(self.port)]
        if https:
            self._words += ["--https", "--host", HOME, "--https-port", str(self.https_port)]

    def __enter__(self) -> Stronghold:
        """Up, until the end of the block."""
        self.up()
        return self

    def __exit__(self, *how: object) -> None:
        """Nothing of it runs on, however the block ended."""
        if self.is_up:
            self.stopped()

    @property
    def address(self) -> str:
        """Where this machine's pages are."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def ports(self) -> dict[str, Port]:
        """Every port a stranger can reach."""
        return {
            "local": Port("127.0.0.1", self.port),
            "certificate": Port(HOME, self.port),
            "https": Port(HOME, self.https_port, True),
        }

    @property
    def whole_environment(self) -> dict[str, str]:
        """What its process finds in its environment."""
        return {**os.environ, **self.environment}

    @property
    def pid(self) -> int:
        """The process that serves now."""
        assert self._process is not None
        return self._process.pid

    @property
    def is_up(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.poll() is None

    def launch(self) -> subprocess.Popen[bytes]:
        """Start it, and wait for nothing."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*self.program, *self._words], env=self.whole_environment, stdout=log, stderr=log
            )
        return self._process

    def up(self) -> None:
        """Start it and wait until it answers.

        Raises: AssertionError with its log when it does not.
        """
        try:
            wait_for(self.address, self.launch(), self.log, 60)
        except AssertionError:
            self.killed()
            raise
        self._tell(self.pid)

    def killed(self) -> None:
        """End it at once, as a power cut does."""
        self._tell(0)
        assert self._process is not None
        self._process.kill()
        self._process.wait(20)

    def stopped(self) -> int:
        """Ask it to end; its exit status."""
        self._tell(0)
        assert self._process is not None
        self._process.terminate()
        try:
            return self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait(20)

    @contextlib.contextmanager
    def watched(self, tally: Tally) -> Iterator[None]:
        """Somebody looks out over every start and end meanwhile; what was seen is in the tally."""
        self.lookout = Lookout(self.port)
        self.lookout.look_at(self.pid)
        try:
            yield
        finally:
            tally.seen = self.lookout.over()
            self.lookout = None

    def client(self) -> httpx.Client:
        """A browser's or a phone's connection to it."""
        return httpx.Client(base_url=self.address, timeout=30)

    def visitor(self) -> Visitor:
        """Somebody at its pages."""
        return Visitor(self.client())

    def faults(self) -> list[str]:
        """What its log says of faults of ours."""
        said = self.log.read_text(errors="replace")
        return [line[:200] for line in said.splitlines() if "Traceback" in line or "Error at " in line]

    def _tell(self, pid: int) -> None:
        if self.lookout is not None:
            self.lookout.look_at(pid)
