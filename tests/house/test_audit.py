"""The audit of dependencies: what a database of vulnerabilities knows is told, and silence is never taken for safety.

The databases are small servers on this machine; pip-audit is the real one.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from tools import audit, licences

from tests.server import free_port

KNOWN = {"package": {"name": "jinja2", "ecosystem": "PyPI"}}
Answer = Callable[[dict[str, Any]], tuple[int, str]]


def knows_nothing(_question: dict[str, Any]) -> tuple[int, str]:
    return 200, "{}"


def knows_one(question: dict[str, Any]) -> tuple[int, str]:
    if question["package"]["name"] != "jinja2":
        return 200, "{}"
    events = [{"introduced": "0"}, {"fixed": "9.9.9"}]
    affected = [{**KNOWN, "ranges": [{"type": "ECOSYSTEM", "events": events}]}]
    return 200, json.dumps({"vulns": [{"id": "MADE-UP-1", "affected": affected}]})


def is_out_of_order(_question: dict[str, Any]) -> tuple[int, str]:
    return 500, "no"


def says_nonsense(_question: dict[str, Any]) -> tuple[int, str]:
    return 200, "<html>Please log in</html>"


@contextmanager
def database(answer: Answer) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """A database that answers like this, and what it was asked about."""
    asked: list[tuple[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = json.loads(self.rfile.read(int(self.headers["content-length"])))
            asked.append((question["package"]["name"], question["version"]))
            status, text = answer(question)
            self.send_response(status)
            self.send_header("content-length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    """A small lock; of one package there are two versions, as for two versions of Python."""
    made = tmp_path / "small.lock"
    pinned = [
        "jinja2==3.1.6",
        "numpy==2.3.1 ; python_full_version < '3.12'",
        "numpy==2.4.0 ; python_full_version >= '3.12'",
    ]
    made.write_text("".join(f"{one} \\\n    --hash=sha256:{'0' * 64}\n" for one in pinned))
    return made


def audited(lock: Path, address: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    status = audit.main(["--lock", str(lock), "--osv-url", address])
    return status, capsys.readouterr().out


@pytest.mark.slow
def test_every_pin_of_the_lock_is_asked_about_whatever_machine_it_is_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with database(knows_nothing) as (address, asked):
        status, said = audited(audit.LOCK, address, capsys)

    assert sorted(asked) == sorted((pin.name, pin.version) for pin in licences.pins(audit.LOCK))
    assert (status, "0 vulnerabilities are known" in said, "NOT AUDITED" in said) == (0, True, False)


@pytest.mark.slow
def test_two_versions_of_one_package_are_both_asked_about(
    lock: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with database(knows_one) as (address, asked):
        status, said = audited(lock, address, capsys)

    assert sorted(asked) == [("jinja2", "3.1.6"), ("numpy", "2.3.1"), ("numpy", "2.4.0")]
    assert status == 1
    assert "jinja2 3.1.6: MADE-UP-1, mended in 9.9.9" in said


@pytest.mark.slow
@pytest.mark.parametrize("answer", [is_out_of_order, says_nonsense])
def test_an_answer_that_is_none_is_said_and_is_no_success(
    lock: Path, answer: Answer, capsys: pytest.CaptureFixture[str]
) -> None:
    with database(answer) as (address, asked):
        status, said = audited(lock, address, capsys)

    assert asked
    assert status == 3
    assert "NOT AUDITED: 3 of 3 packages" in said


def test_without_a_connection_it_says_loudly_that_nothing_was_audited(
    lock: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said = audited(lock, f"http://127.0.0.1:{free_port()}/", capsys)

    assert status == 3
    assert said.count("NOT AUDITED") == 3
    assert "3 of 3 packages (jinja2, numpy, numpy)" in said
    assert "vulnerabilities are known" not in said


def test_a_package_that_was_skipped_counts_as_not_audited(
    lock: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """pip-audit itself ends with success when a database does not know a package at all."""
    vulns: list[dict[str, Any]] = [{"name": "numpy", "version": "2.3.1", "vulns": []}]
    skipped = [{"name": "jinja2", "skip_reason": "not found"}]
    monkeypatch.setattr(audit, "_asked", lambda batch, _: (vulns + skipped, ""))

    assert audit.main(["--lock", str(lock)]) == 3
    assert "NOT AUDITED: 2 of 3 packages (jinja2, numpy)" in capsys.readouterr().out


def test_a_lock_without_pins_is_no_success(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.lock").write_text("")

    assert audit.main(["--lock", str(tmp_path / "empty.lock")]) == 3
    assert "NOT AUDITED" in capsys.readouterr().out
