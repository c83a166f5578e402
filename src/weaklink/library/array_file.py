"""Array files: the named arrays of one movement in one small file, with what they were made from."""

from __future__ import annotations

import os
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from weaklink.library.reading import KnowledgeError

Array = npt.NDArray[Any]
SUFFIX = ".pack"


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """One array: its type as NumPy writes it, its shape, and its values."""

    dtype: str
    shape: tuple[int, ...]
    values: bytes


class ArrayFile(msgspec.Struct, frozen=True, kw_only=True):
    """What one file holds. `digest` changes with all it was made from; `said` is what is known besides."""

    digest: str
    said: dict[str, Any] = {}
    arrays: dict[str, _Kept]

    def array(self, name: str) -> Array:
        """One of the arrays, as it was written.

        Raises: KeyError, ValueError.
        """
        kept = self.arrays[name]
        return np.frombuffer(kept.values, dtype=np.dtype(kept.dtype)).reshape(kept.shape)


ARRAY_FILES = msgspec.msgpack.Decoder(ArrayFile)  # here and not in a thread: see `reader`


def read_arrays(path: Path) -> ArrayFile | None:
    """The file, or None when it is not there.

    Raises: KnowledgeError for a file that cannot be read.
    """
    try:
        return ARRAY_FILES.decode(zlib.decompress(path.read_bytes()))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, zlib.error, msgspec.DecodeError) as error:
        raise KnowledgeError(f"{path.name}: {error!r}") from error


def write_arrays(path: Path, digest: str, arrays: Mapping[str, Array], said: Mapping[str, Any]) -> None:
    """Write one file; it appears whole or not at all, and the same values make the same bytes."""
    kept = {name: _Kept(one.dtype.str, one.shape, one.tobytes()) for name, one in arrays.items()}
    whole = msgspec.msgpack.encode(ArrayFile(digest=digest, said=dict(said), arrays=kept), order="sorted")
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}.partial")
    partial.write_bytes(zlib.compress(whole, 9))
    partial.replace(path)


def drop_others(folder: Path, kept: set[str], suffix: str = SUFFIX) -> list[str]:
    """Remove the files of a folder that belong to nothing any more; the names that went, in order."""
    lost = sorted(path for path in folder.glob(f"*{suffix}") if path.stem not in kept)
    for path in lost:
        path.unlink()
    return [path.name for path in lost]
