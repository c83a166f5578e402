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
    if _programs() is None:
        pytest.skip(postgres_missing())
    folder = Path(tempfile.mkdtemp(prefix="weaklink-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    made = ("-U", "weaklink", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8")
    _run(folder, "initdb", "-D", str(folder / "data"), *made)
    _start(folder)
    import atexit

    atexit.register(lambda: _stop(folder, "immediate"))
    return str(folder)


def _run(folder: Path, program: str, *words: str) -> None:
    programs = _programs()
    assert programs is not None
    # The server refuses to run as root, so then it runs as the account its package made.
    as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    prefix = as_user if os.geteuid() == 0 else []
    command = [*prefix, str(programs / program), *words]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)


def _start(folder: Path) -> None:
    options = f"-k {folder} -c listen_addresses= -c max_connections=60"
    _run(
        folder, "pg_ctl", "-D", str(folder / "data"), "-o", options, "-l", str(folder / "log"), "-w", "start"
    )


def _stop(folder: Path, mode: str) -> None:
    _run(folder, "pg_ctl", "-D", str(folder / "data"), "-m", mode, "-w", "stop")


def postgres_started() -> None:
    """Start the server again that was stopped."""
    _start(Path(_socket_folder()))


def postgres_stopped(mode: str) -> None:
    """Stop the server under whoever uses it: "fast", or "immediate" as a power cut does."""
    _stop(Path(_socket_folder()), mode)


@contextmanager
def postgres_url() -> Iterator[str]:
    """The address of a fresh database; it is dropped afterwards."""
    folder = _socket_folder()
    name = f"t{uuid.uuid4().hex[:12]}"
    admin = sa.create_engine(
        f"postgresql+psycopg://weaklink@/postgres?host={folder}",
        isolation_level="AUTOCOMMIT",
        pool_pre_ping=True,
    )
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    try:
        yield f"postgresql+psycopg://weaklink@/{name}?host={folder}"
    finally:
        with admin.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        admin.dispose()
