"""The real application under load: middleware, form token, SQLite with synchronous=FULL, 16 connections."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator

from benchmarks.installed import ROOT
from benchmarks.load import Load, load, request_bytes
from benchmarks.row import Missing, Plain, Row
from benchmarks.serving import free_port, serving
from benchmarks.visitor import Form, Visitor

LEAST, MOST_MS = 1000, 65  # requests per second, and their p99


def rows() -> Iterator[Row | Plain | Missing]:
    """Throughput and p99 of three requests, from light to heavy."""
    folder, port = tempfile.mkdtemp(prefix="weaklink-bench-load-"), free_port()
    command = [sys.executable, "-m", "weaklink", "up", "--data", folder, "--port", str(port)]
    with serving(command, port, cwd=ROOT) as server:
        visitor = Visitor(server.address)
        first = visitor.to_safety_questions()
        remark = visitor.form("/remarks", about="exercise", id="clamshell", agrees="yes", text="It helps.")
        answer = visitor.answered(first, none="1")
        start = load(server.address, request_bytes(server.address, "/"))
        yield Plain("start page, 16 connections", start.per_second, "requests/s")
        yield from _two("page with a read and a durable write", _posting(server.address, remark))
        yield from _two("answer kept and next question chosen", _posting(server.address, answer))
    shutil.rmtree(folder, ignore_errors=True)


def _posting(address: str, form: Form) -> Load:
    return load(address, request_bytes(address, form.path, form.body, form.cookie))


def _two(name: str, found: Load) -> Iterator[Row]:
    if found.errors:
        raise RuntimeError(f"{name}: {found.errors} answers were errors")
    yield Row(f"{name}, 16 connections", found.per_second, "requests/s", "target", LEAST, "higher")
    yield Row(f"{name}, p99", found.p99_ms, "ms", "target", MOST_MS)
