"""Locks of a data folder and of its database: one server at a time, and nobody puts data back under it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from weaklink.quantities import WeaklinkError
from weaklink.store.private_files import DATABASE, LOCK, make_private


class FolderInUseError(WeaklinkError):
    """Another weaklink works in this data folder or on its database, or nobody can."""


@contextmanager
def sole_use(folder: Path, doing: str, database: str = "") -> Iterator[bool]:
    """Hold the folder and the file of its database while no other weaklink may work on them.

    Whether the database is held is handed out: not one on a server, and none where the system has no locks.

    A database that lies elsewhere has a lock beside it: a second server is refused whichever way it comes.
    The locks go with the process, however it ends. Where the system has no such locks nothing is held.
    Raises: FolderInUseError; FolderError; UnusableStoreError for a database that is no address.
    """
    make_private(folder)
    file = _file_of(database)
    with ExitStack() as stack:
        held = [
            stack.enter_context(_locked(lock, what, doing))
            for lock, what in _locks(folder.resolve(), file).items()
        ]
        yield file is not None and all(held)


def _file_of(database: str) -> Path | None:
    if not database:
        return None
    from weaklink.store.unusable import database_file  # loads what a command that pairs does not need

    return database_file(database)


def _locks(folder: Path, file: Path | None) -> dict[Path, str]:
    """Each lock to hold, and what it holds. A database in its usual place is held with its folder."""
    locks = {folder / LOCK: f"folder {folder}"}
    if file is not None:
        usual = file.name == DATABASE
        locks.setdefault(file.parent / (LOCK if usual else f"{LOCK}-{file.name}"), f"database {file}")
    return locks


@contextmanager
def _locked(lock: Path, what: str, doing: str) -> Iterator[bool]:
    try:
        import fcntl
    except ImportError:  # Windows
        yield False
        return
    with _lock_file(lock, what) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise FolderInUseError(f"{doing}: weaklink is running on the {what}; stop it first") from error
        yield True


def _lock_file(lock: Path, what: str) -> IO[str]:
    try:
        return os.fdopen(os.open(lock, os.O_WRONLY | os.O_CREAT, 0o600), "w")
    except OSError as error:
        reason = f"{error.strerror}; choose another with --data"
        raise FolderInUseError(f"{what}: {reason}") from error
