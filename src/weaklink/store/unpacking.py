"""Unpacking: the members of a zip from outside, read in small parts and within limits; nothing is trusted."""

from __future__ import annotations

import hashlib
import struct
import time
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any

import msgspec

from weaklink.quantities import WeaklinkError
from weaklink.reader import Reader

MANIFEST = "manifest.json"
MANIFEST_FORMAT = "weaklink-manifest/1"
LARGEST_ARCHIVE = 64 * 1024 * 1024
LARGEST_MEMBER = 50_000_000
LARGEST_OF_ALL = 3 * LARGEST_MEMBER  # everything stands twice, as JSON and as CSV
MOST_RATIO = 100  # unpacked to packed
ALWAYS_SMALL = 1_000_000  # up to here no ratio does harm
MOST_MEMBERS = 64
LONGEST_S = 30.0
PART = 64 * 1024
# Each of them is what some damaged archive makes the standard library say.
DAMAGED = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError,
    EOFError, KeyError, IndexError, ValueError, OverflowError, AttributeError, AssertionError, OSError,
)  # fmt: skip


class MyDataError(WeaklinkError):
    """An archive that cannot be read or put in, or a person who is not kept."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """`manifest.json`: the SHA-256 of every other member."""

    format: str
    sha256: dict[str, str]


MANIFESTS = Reader(Manifest)


class Deadline:
    """The moment until which something from outside may keep us busy."""

    def __init__(self, seconds: float = LONGEST_S) -> None:
        self._end = time.monotonic() + seconds

    def check(self) -> None:
        """Raises: MyDataError when it is over."""
        if time.monotonic() > self._end:
            raise MyDataError(f"the archive takes longer than {LONGEST_S:.0f} seconds to read")


class Unpacked(msgspec.Struct, frozen=True, kw_only=True):
    """One member in full, and whether the archive had checksums to compare it with."""

    content: bytes
    checked: bool


def manifest_of(members: dict[str, bytes]) -> bytes:
    """The manifest that goes with these members."""
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in members.items()}
    return msgspec.json.format(msgspec.json.encode(Manifest(format=MANIFEST_FORMAT, sha256=digests)))


def unpacked(packed: IO[bytes], wanted: str, known: frozenset[str], deadline: Deadline) -> Unpacked:
    """One member of a zip, after all were read and compared with the manifest, where there is one.

    Args:
        known: the names that may stand in it, `wanted` and the manifest included.

    Raises: MyDataError saying what is wrong.
    """
    try:
        with zipfile.ZipFile(packed) as file:
            return _read(file, wanted, known, deadline)
    except DAMAGED as error:
        raise MyDataError(f"this is no whole archive of weaklink: it has no readable {wanted}") from error


def _read(file: zipfile.ZipFile, wanted: str, known: frozenset[str], deadline: Deadline) -> Unpacked:
    members = file.infolist()
    _check_names([member.filename for member in members], wanted, known)
    budget, digests, kept = LARGEST_OF_ALL, {}, {}
    for member in members:
        digest, parts = hashlib.sha256(), []
        for part in _parts(file, member, deadline):
            budget -= len(part)
            if budget < 0:
                raise MyDataError(f"the archive holds more than {LARGEST_OF_ALL // 10**6} MB")
            digest.update(part)
            if member.filename in (wanted, MANIFEST):
                parts.append(part)
        digests[member.filename] = digest.hexdigest()
        kept[member.filename] = b"".join(parts)
    if MANIFEST not in kept:
        return Unpacked(content=kept[wanted], checked=False)
    _compare(kept[MANIFEST], {name: found for name, found in digests.items() if name != MANIFEST})
    return Unpacked(content=kept[wanted], checked=True)


def _check_names(names: list[str], wanted: str, known: frozenset[str]) -> None:
    if len(names) > MOST_MEMBERS:
        raise MyDataError(f"the archive has {len(names)} files in it; at most {MOST_MEMBERS} are read")
    if wanted not in names:
        raise MyDataError(f"this is no archive of weaklink: it has no readable {wanted}")
    strange = sorted(set(names) - known)
    if strange or len(set(names)) != len(names):
        name = strange[0] if strange else "one name twice"
        raise MyDataError(f"this is no whole archive of weaklink: {name[:60]!a} does not belong in it")


def _parts(file: zipfile.ZipFile, member: zipfile.ZipInfo, deadline: Deadline) -> Iterator[bytes]:
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise MyDataError(f"{member.filename}: packed in a way that weaklink never uses")
    read = 0
    with file.open(member) as content:
        while part := content.read(PART):
            deadline.check()
            read += len(part)
            if read > LARGEST_MEMBER:
                raise MyDataError(f"{member.filename} is larger than {LARGEST_MEMBER // 10**6} MB")
            if read > ALWAYS_SMALL and read > MOST_RATIO * member.compress_size:
                raise MyDataError(f"{member.filename} is packed more than {MOST_RATIO} to 1: no export is")
            yield part


def _compare(manifest: bytes, found: dict[str, Any]) -> None:
    try:
        said = MANIFESTS.read(manifest)
    except msgspec.DecodeError as error:
        raise MyDataError(f"{MANIFEST}: {error}") from error
    if said.format != MANIFEST_FORMAT:
        raise MyDataError(f"{MANIFEST}: format is {said.format!a}; known is {MANIFEST_FORMAT!r}")
    wrong = sorted(name for name in {*said.sha256, *found} if said.sha256.get(name) != found.get(name))
    if wrong:
        raise MyDataError(f"the archive is damaged: {wrong[0][:60]!a} is not what was exported")
