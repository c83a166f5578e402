"""A full disk, with the real server: a clear refusal, reads go on, nothing kept is lost, and it recovers by itself."""

from __future__ import annotations

import resource
import sqlite3
from pathlib import Path

import httpx
import pytest

from tests.server import serving
from tests.web.visitor import Visitor

pytestmark = [
    pytest.mark.load,
    pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="needs Linux's prlimit to fill the disk"),
]


def server_of(folder: Path) -> int:
    """The process that serves a folder."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        words = path.read_bytes().split(b"\0")
        if b"weaklink" in words and str(folder).encode() in words:
            return int(path.parent.name)
    raise AssertionError("the server's process was not found")


def largest_file(process: int, limit: int) -> None:
    """No file of the process may grow beyond the limit: to it, the disk is full."""
    _, hard = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (limit, hard))


def test_a_full_disk_refuses_clearly_and_recovers(tmp_path: Path) -> None:
    with serving(tmp_path) as address, httpx.Client(base_url=address, timeout=30) as client:
        runner = Visitor(client)
        process = server_of(tmp_path)
        kept: list[str] = []

        def remark(word: str) -> int:
            text = f"{word} " + "x" * 1500
            answer = runner.post("/remarks", about="exercise", id="clamshell", agrees="yes", text=text)
            if answer.status_code == 303:
                kept.append(text)
            elif "text/html" in answer.headers["content-type"]:
                assert "disk" in answer.text.lower()
            return answer.status_code

        assert remark("before") == 303
        log = (tmp_path / "weaklink.sqlite-wal").stat().st_size
        largest_file(process, log + 20_000)
        statuses = [remark(f"full {number}") for number in range(40)]
        assert 507 in statuses
        assert set(statuses) <= {303, 507}
        assert client.get("/exercises/clamshell").status_code == 200
        assert client.get("/about").status_code == 200

        largest_file(process, resource.RLIM_INFINITY)
        assert remark("after") == 303

    with sqlite3.connect(tmp_path / "weaklink.sqlite") as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        found = [row[0] for row in file.execute("SELECT text FROM remarks")]
    assert sorted(found) == sorted(kept)
