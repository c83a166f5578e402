"""The lock of a data folder: one server at a time, and nobody puts data back under a running one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from weaklink.quantities import WeaklinkError
from weaklink.store.private_files import LOCK, make_private


class FolderInUseError(WeaklinkError):
    """Another weaklink works in this data folder, or nobody can."""


@contextmanager
def sole_use(folder: Path, doing: str) -> Iterator[None]:
    """Hold the folder while something is done that no other weaklink may see half done.

    The lock goes with the process, however it ends. Where the system has no such locks nothing is held.
    Raises: FolderInUseError; FolderError.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    with _lock_file(folder) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise FolderInUseError(f"{doing}: weaklink is running in {folder}; stop it first") from error
        yield


def _lock_file(folder: Path) -> IO[str]:
    make_private(folder)
    try:
        return os.fdopen(os.open(folder / LOCK, os.O_WRONLY | os.O_CREAT, 0o600), "w")
    except OSError as error:
        reason = f"{error.strerror}; choose another with --data"
        raise FolderInUseError(f"data folder {folder}: {reason}") from error
