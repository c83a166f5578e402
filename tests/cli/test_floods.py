"""Floods from strangers against a real weaklink; memory stays, this machine is served.

The worst kinds at the two ports of the network; every kind at every port in `make soak` and `make siege`.
The time it takes is printed, not judged: that is for a quiet machine.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("cryptography", reason="NOT TESTED HERE: the extra `lan` is not installed")

from tests.floods import FLOODS, Port, besieged
from tests.home_network import HOME
from tests.searches import REACH
from tests.server import free_port, wait_for

pytestmark = pytest.mark.load
SECONDS = 1.0
MOST_MB = 50
WORST = ("endless header lines", "half requests left open")
LOCAL, CERTIFICATE, HTTPS = "local", "certificate", "https"


class Under:
    """A weaklink under siege."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, https_port: int) -> None:
        self.process = process
        self.ports = {
            LOCAL: Port("127.0.0.1", port),
            CERTIFICATE: Port(HOME, port),
            HTTPS: Port(HOME, https_port, True),
        }


@pytest.fixture(scope="module")
def under(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Under]:
    folder: Path = tmp_path_factory.mktemp("siege")
    port, https_port = free_port(), free_port()
    words = ["up", "--https", "--host", HOME, "--data", str(folder / "data")]
    words += ["--port", str(port), "--https-port", str(https_port)]
    log = folder / "log"
    with log.open("wb") as file, contextlib.ExitStack() as ended:
        process = subprocess.Popen([sys.executable, "-m", "weaklink", *words], stdout=file, stderr=file)
        ended.callback(process.wait, 10)
        ended.callback(process.terminate)
        wait_for(f"http://127.0.0.1:{port}", process, log)
        yield Under(process, port, https_port)
    assert "Traceback" not in log.read_text()


@pytest.mark.parametrize("at", [LOCAL, CERTIFICATE, HTTPS] if REACH == "soak" else [CERTIFICATE, HTTPS])
@pytest.mark.parametrize("name", FLOODS if REACH == "soak" else WORST)
def test_a_flood_leaves_memory_and_this_machines_pages(under: Under, at: str, name: str) -> None:
    siege = besieged(FLOODS[name], under.ports[at], SECONDS, pid=under.process.pid, local=under.ports[LOCAL])

    print(f"{name} at {at}: +{siege.memory_mb:.0f} MB, p99 {siege.p99_ms:.0f} ms, {siege.came.statuses}")
    assert siege.memory_mb <= MOST_MB
    assert (siege.asked > 0, siege.failed) == (True, 0)
    assert under.process.poll() is None
