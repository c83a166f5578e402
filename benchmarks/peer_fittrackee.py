"""FitTrackee, a peer a runner could host: its lightest JSON under the same load, its start and its memory.

Installed from the registry into build/peers, an environment of its own, on a PostgreSQL cluster of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import PathDistribution
from pathlib import Path

import sqlalchemy as sa
from tests.postgres import postgres_missing, postgres_url

from benchmarks.installed import ROOT, starts
from benchmarks.load import Load, load, request_bytes
from benchmarks.row import Missing, Row
from benchmarks.serving import free_port, serving

PEER = ROOT / "build" / "peers" / "fittrackee"
OURS_JSON = "/api/v1/knowledge/areas/quads"
THEIRS_JSON = "/api/ping"
FIGURE = "beside FitTrackee"


def rows() -> Iterator[Row | Missing]:
    """Their JSON against ours, their start against ours, their memory against ours."""
    lacking = postgres_missing() or _postgis_missing() or _install()
    if lacking:
        yield Missing(FIGURE, lacking)
        return
    with postgres_url() as url:
        env = _environment(url)
        _add_postgis(url)
        subprocess.run([PEER / "bin" / "ftcli", "db", "upgrade"], env=env, check=True, capture_output=True)
        theirs, first_page_s, rss_mb = _measured(env)
    name = f"FitTrackee {_version()}"
    ours = _our_json()
    yield Row("plain JSON, 16 connections", ours.per_second, "requests/s", name, theirs.per_second, "higher")
    yield Row("plain JSON, p99", ours.p99_ms, "ms", name, theirs.p99_ms)
    found = starts(ROOT, sys.executable)
    middle = found[len(found) // 2]
    yield Row("start to first page", middle.seconds, "s", name, first_page_s)
    yield Row("memory after one page", middle.page_mb, "MB", name, rss_mb)


def _measured(env: dict[str, str]) -> tuple[Load, float, float]:
    port = free_port()
    command = [str(PEER / "bin" / "fittrackee")]
    with serving(command, port, "/", env={**env, "PORT": str(port)}, cwd=PEER) as server:
        weight = server.rss_mb()
        return load(server.address, request_bytes(server.address, THEIRS_JSON)), server.first_page_s, weight


def _our_json() -> Load:
    folder, port = tempfile.mkdtemp(prefix="weaklink-bench-json-"), free_port()
    command = [sys.executable, "-m", "weaklink", "up", "--data", folder, "--port", str(port)]
    with serving(command, port, cwd=ROOT) as server:
        found = load(server.address, request_bytes(server.address, OURS_JSON))
    shutil.rmtree(folder, ignore_errors=True)
    return found


def _environment(url: str) -> dict[str, str]:
    return {
        **os.environ,
        "APP_SETTINGS": "fittrackee.config.ProductionConfig",
        "APP_SECRET_KEY": "a key for one benchmark run",
        "DATABASE_URL": url.replace("postgresql+psycopg:", "postgresql:"),
        "EMAIL_URL": "",
        "UI_URL": "http://127.0.0.1",
        "UPLOAD_FOLDER": tempfile.gettempdir(),
        "LOG_LEVEL": "error",
    }


def _add_postgis(url: str) -> None:
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE EXTENSION postgis")
    engine.dispose()


def _postgis_missing() -> str:
    found = list(Path("/usr/share/postgresql").glob("*/extension/postgis.control"))
    return "" if found else "PostGIS is not installed (Debian: postgresql-15-postgis-3)"


def _install() -> str:
    if not (PEER / "bin" / "fittrackee").exists():
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", PEER], check=True)
        uv, python = shutil.which("uv"), str(PEER / "bin" / "python")
        pip = [uv, "pip", "install", "--python", python] if uv else ["pip", "--python", python, "install"]
        done = subprocess.run([*pip, "--quiet", "fittrackee"], capture_output=True, text=True, check=False)
        if done.returncode:
            return f"FitTrackee could not be installed: {done.stderr.strip()[-200:]}"
    return ""


def _version() -> str:
    found = next(PEER.glob("lib/python*/site-packages/fittrackee-*.dist-info"))
    return PathDistribution(found).version
