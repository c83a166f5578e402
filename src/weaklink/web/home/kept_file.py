"""The file of paired devices in a data folder; why it is no table stands in decision 0016."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec

from weaklink.quantities import WeaklinkError
from weaklink.reader import Reader
from weaklink.store import private_files
from weaklink.web.home.devices import KeptDevices

FOLDER = "network"  # in the data folder: keys, certificates, paired devices
FILE = "devices.json"
DEVICES = Reader(KeptDevices)
Found = TypeVar("Found")


class NetworkFileError(WeaklinkError):
    """A file of the network folder that cannot be read or written."""


def network_folder(data_folder: Path) -> Path:
    """Where keys and devices of a data folder lie."""
    return data_folder / FOLDER


def forget_network(data_folder: Path) -> None:
    """Erase keys, certificates and paired devices for good.

    Raises: NetworkFileError.
    """
    folder = network_folder(data_folder)
    try:
        if folder.exists():
            shutil.rmtree(folder)
    except OSError as error:
        raise NetworkFileError(f"{folder}: {error.strerror}") from error


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read; it appears whole or not at all, and durably.

    Raises: NetworkFileError.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        private_files.write_private(path, content)
    except OSError as error:
        raise NetworkFileError(f"{path}: {error.strerror}") from error


class KeptFile:
    """What is kept about pairing. The server and the command line share it, so every change holds a lock."""

    def __init__(self, data_folder: Path) -> None:
        self._path = network_folder(data_folder) / FILE
        self._stamp: tuple[int, int, int] | None = None
        self._kept = KeptDevices()
        self.is_ended = False

    def forget(self) -> None:
        """Erase the network folder for good; from now on nothing is written to it from here.

        Raises: NetworkFileError.
        """
        self.is_ended = True
        forget_network(self._path.parent.parent)

    def read(self) -> KeptDevices:
        """The newest state; the file is opened only when it changed.

        Raises: NetworkFileError.
        """
        try:
            found = self._path.stat()
            stamp = (found.st_ino, found.st_mtime_ns, found.st_size)
            if stamp != self._stamp:
                self._kept = DEVICES.read(self._path.read_bytes())
                self._stamp = stamp
        except FileNotFoundError:
            self._stamp, self._kept = None, KeptDevices()
        except OSError as error:
            raise NetworkFileError(f"{self._path}: {error.strerror}") from error
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            reason = f"{error}; delete it and pair your devices again"
            raise NetworkFileError(f"{self._path}: damaged: {reason}") from error
        return self._kept

    def change(self, change: Callable[[KeptDevices], tuple[KeptDevices, Found]]) -> Found:
        """Put a changed state in place of the newest one, durably; what the change found.

        Raises: NetworkFileError.
        """
        if self.is_ended:
            return change(KeptDevices())[1]
        with self._locked():
            old = self.read()
            new, found = change(old)
            if new != old:
                write_private(self._path, msgspec.json.encode(new))
        return found

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            import fcntl
        except ImportError:  # Windows
            yield
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with (self._path.parent / ".lock").open("w") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                yield
        except OSError as error:
            raise NetworkFileError(f"{self._path.parent}: {error.strerror}") from error
