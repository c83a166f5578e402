"""Private files: a data folder that only its owner can open, and files in it that only they can read."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from weaklink.quantities import WeaklinkError

DATABASE = "weaklink.sqlite"
FORM_TOKEN = "form-token"  # noqa: S105 - the name of the file, not what is in it
LOCK = ".in-use"
OURS = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", FORM_TOKEN, LOCK)
OF_THE_DISK = "lost+found"  # stands in the first folder of many disks
OTHERS = stat.S_IRWXG | stat.S_IRWXO
ELSE = "choose another with --data"


class FolderError(WeaklinkError):
    """The data folder cannot be used."""

    exit_status = 1  # of a command that ends with it


def make_private(folder: Path) -> None:
    """Make a data folder, or take from an existing one what others may do with it and with our files in it.

    Raises: FolderError naming the folder and why it is not used; then nothing was changed.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if os.name == "posix":  # elsewhere a mode says nothing about who may read
            ours = [folder, *(folder / name for name in OURS if (folder / name).exists())]
            for path in ours:
                _refuse_foreign(path)
            _refuse_shared(folder, known=len(ours) > 1)
            for path in ours:
                _close(path)
        if not os.access(folder, os.W_OK):
            raise FolderError(f"data folder {folder}: not writable; {ELSE}")
    except OSError as error:
        raise FolderError(f"data folder {folder}: {error.strerror}; {ELSE}") from error


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read; it appears whole or not at all, and durably.

    Raises: OSError.
    """
    descriptor, part = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # made with 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(part).replace(path)
    finally:
        Path(part).unlink(missing_ok=True)


def _refuse_foreign(path: Path) -> None:
    """Raises: FolderError for what belongs to somebody else."""
    owner = path.stat().st_uid
    if owner != os.geteuid():
        raise FolderError(f"{_named(path)}: belongs to user {owner}, you are user {os.geteuid()}; {ELSE}")


def _refuse_shared(folder: Path, *, known: bool) -> None:
    """Raises: FolderError for an open folder where others work, too: closing it would shut them out."""
    mode = folder.stat().st_mode
    rooms = {path.name for path in folder.iterdir() if path.is_dir()} - {OF_THE_DISK}
    others_in_it = bool(rooms) and not known
    if mode & OTHERS and (mode & stat.S_ISVTX or others_in_it):
        reason = "others may open it, and it is not weaklink's alone; name an empty one with --data"
        raise FolderError(f"{_named(folder)}: {reason}")


def _close(path: Path) -> None:
    """Take away what others may do. Raises: FolderError when they may still read it afterwards."""
    mode = path.stat().st_mode
    if mode & OTHERS:
        path.chmod(stat.S_IMODE(mode) & ~OTHERS)
        if path.stat().st_mode & OTHERS:
            raise FolderError(
                f"{_named(path)}: others may read it, and its disk keeps no such rights; {ELSE}"
            )


def _named(path: Path) -> str:
    return f"data folder {path}" if path.is_dir() else f"data file {path}"
