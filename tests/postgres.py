"""A PostgreSQL server of our own for the tests: a throw-away cluster on a Unix socket."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    on_path = shutil.which("initdb")
    return found[0].parent if found else (Path(on_path).parent if on_path else None)


def postgres_missing() -> str:
    """Why PostgreSQL tests cannot run here; empty when they can."""
    return "" if _programs() else "PostgreSQL is not installed (no initdb found)"


@functools.cache
def _socket_folder() -> str:
    programs = _programs()
    if programs is None:
        pytest.skip(postgres_missing())
    folder = Path(tempfile.mkdtemp(prefix="weaklink-pg-"))
    # The server refuses to run as root, so then it runs as the account its package made.
    prefix: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        prefix = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    data = folder / "data"

    def run(*command: str) -> None:
        subprocess.run([*prefix, *command], check=True, stdout=subprocess.DEVNULL, cwd=folder)

    run(
        str(programs / "initdb"),
        "-D",
        str(data),
        "-U",
        "weaklink",
        "--auth=trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    )
    options = f"-k {folder} -c listen_addresses= -c max_connections=60"
    run(str(programs / "pg_ctl"), "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
    import atexit

    atexit.register(lambda: run(str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"))
    return str(folder)


@contextmanager
def postgres_url() -> Iterator[str]:
    """The address of a fresh database; it is dropped afterwards."""
    folder = _socket_folder()
    name = f"t{uuid.uuid4().hex[:12]}"
    admin = sa.create_engine(
        f"postgresql+psycopg://weaklink@/postgres?host={folder}", isolation_level="AUTOCOMMIT"
    )
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    try:
        yield f"postgresql+psycopg://weaklink@/{name}?host={folder}"
    finally:
        with admin.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        admin.dispose()
