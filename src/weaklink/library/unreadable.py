"""Unreadable files: every record that cannot be read, not the first one only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from weaklink.library.fault import Fault
from weaklink.library.reading import KINDS, KNOWLEDGE, OWN_KINDS, KnowledgeError, own_folder, read_record


def unreadable(folder: Path = KNOWLEDGE, own: Path | None = None) -> tuple[Fault, ...]:
    """The records of a folder, and of one's own, that cannot be read: file, key, what was found."""
    found = [*_unreadable(folder, tuple(KINDS), "knowledge")]
    if own is not None and own.is_dir():
        found += _unreadable(own, OWN_KINDS, str(own))
    return tuple(found)


def unreadable_here() -> tuple[Fault, ...]:
    """The same of the knowledge that ships and of one's own folder, if the environment names one."""
    return unreadable(KNOWLEDGE, own_folder())


def _unreadable(folder: Path, kinds: tuple[str, ...], shown: str) -> Iterator[Fault]:
    for kind in kinds:
        for path in sorted((folder / kind).glob("*.toml")):
            try:
                read_record(path, KINDS[kind])
            except KnowledgeError as error:
                says, _, place = str(error).removeprefix(f"{path}: ").partition(" - at `$")
                yield Fault(f"{shown}/{kind}/{path.name}", place.strip("`.") or "file", says)
