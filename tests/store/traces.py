"""Traces: where a word still stands in the files of a folder, as it is or encoded."""

from __future__ import annotations

import base64
import io
import json
import re
import struct
import uuid
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

SPLIT_FROM = 24  # halves of shorter words are found by chance


def traces(folders: Iterable[Path], markers: Iterable[str]) -> list[tuple[str, str, str]]:
    """(file, marker, encoding) of every marker that is found in any file under the folders."""
    names = {form: (marker, kind) for marker in sorted(set(markers)) for kind, form in forms(marker)}
    return [
        (where, *names[found])
        for where, content in files_under(folders)
        for found in sorted(found_in(content, names))
    ]


def found_in(content: bytes, wanted: Iterable[bytes]) -> set[bytes]:
    """Which of many byte strings, each of four bytes or more, stand in a content."""
    # One pass for thousands of them: only where the first four bytes fit is the rest looked at.
    by_start: dict[bytes, list[bytes]] = {}
    for form in wanted:
        by_start.setdefault(form[:4], []).append(form)
    content_bytes = np.frombuffer(content, np.uint8).astype(np.uint32)
    starts = sum(content_bytes[shift : len(content) - 3 + shift] << 8 * shift for shift in range(4))
    places = np.flatnonzero(np.isin(starts, [int.from_bytes(start, "little") for start in by_start]))
    return {
        form
        for place in places.tolist()
        for form in by_start[content[place : place + 4]]
        if content.startswith(form, place)
    }


def forms(marker: str) -> Iterator[tuple[str, bytes]]:
    """How a marker may stand in a file: (name of the encoding, bytes)."""
    raw = marker.encode()
    yield "raw", raw
    if (escaped := json.dumps(marker).strip('"').encode()) != raw:
        yield "json", escaped
    yield "utf-16-le", marker.encode("utf-16-le")
    yield "utf-16-be", marker.encode("utf-16-be")
    yield "hex", raw.hex().encode()
    for kind, form in (("base64", raw), ("base64 of utf-16-le", marker.encode("utf-16-le"))):
        for shift in range(3):
            yield f"{kind}, shifted by {shift}", _inside_base64(form, shift)
    if len(raw) >= SPLIT_FROM and ":" not in marker:  # half of a time is any time
        # A database may write a long text in two places.
        yield "first half", raw[: len(raw) // 2]
        yield "second half", raw[len(raw) // 2 :]
    if re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", marker):
        yield "bytes of a uuid", uuid.UUID(marker).bytes
    if re.fullmatch(r"\d+\.\d+", marker):
        yield "double, big end first", struct.pack(">d", float(marker))
        yield "double, little end first", struct.pack("<d", float(marker))


def _inside_base64(raw: bytes, shift: int) -> bytes:
    """The characters of base64 that depend on these bytes alone, whatever stands before and after them."""
    whole = base64.b64encode(b"\0" * shift + raw).rstrip(b"=")
    first = -(-shift * 8 // 6)
    last = (shift + len(raw)) * 8 // 6
    return whole[first:last]


def files_under(folders: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    """Every file with its content; what is packed in a zip as well."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                content = path.read_bytes()
                yield str(path), str(path.relative_to(folder)).encode() + b"\n" + content
                if content[:2] == b"PK":
                    with zipfile.ZipFile(io.BytesIO(content)) as packed:
                        for name in packed.namelist():
                            yield f"{path}:{name}", packed.read(name)
