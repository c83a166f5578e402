"""The folder of a study: what it is, the chunks done, the results. Every file appears whole or not at all."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import msgspec
import numpy as np

from weaklink.quantities import WeaklinkError
from weaklink.study.solving import ChunkOutcome

MANIFEST, RESULTS, LOCK, CHUNKS = "study.json", "results.json", "lock", "chunks"
TABLES = ("people", "scenarios", "loads")
# Said before the digests are compared, so that the message names what differs.
COMPARED = ("engine", "edition", "packs", "study")


class StudyFolderError(WeaklinkError):
    """A folder that cannot hold this study; the message says what to do."""


class StudyFolder:
    """One study's folder."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def begin(self, manifest: dict[str, Any], *, resume: bool) -> None:
        """Make the folder hold this study, or find it there.

        Raises: StudyFolderError when something else is there, or the study has begun and `resume` is not set.
        """
        found = self.manifest()
        if found is None:
            self._make_new(manifest)
            return
        if found.get("digest") != manifest["digest"]:
            raise StudyFolderError(
                f"{self.path} holds another study, {found.get('title')!r}: {_difference(found, manifest)}. "
                "Choose another folder, or remove this one."
            )
        if not resume:
            raise StudyFolderError(
                f"{self.path} holds this study already: {self.progress()}. Add --resume to go on with it."
            )

    def _make_new(self, manifest: dict[str, Any]) -> None:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            strangers = [path.name for path in self.path.iterdir() if path.name != LOCK]
            if strangers:
                raise StudyFolderError(
                    f"{self.path} is not empty and holds no study (there is {sorted(strangers)[0]!r}); "
                    "choose another folder"
                )
            (self.path / CHUNKS).mkdir()
            write_whole(self.path / MANIFEST, _json(manifest))
        except OSError as error:
            raise StudyFolderError(f"{self.path}: {error.strerror or error}") from error

    def manifest(self) -> dict[str, Any] | None:
        """What the folder says it holds, or None."""
        return _read_json(self.path / MANIFEST)

    def results(self) -> dict[str, Any] | None:
        """Names, rows and fingerprints of the finished tables, or None while the study is not finished."""
        return _read_json(self.path / RESULTS)

    def progress(self) -> str:
        """How far the study is, in words."""
        manifest = self.manifest() or {}
        if self.results():
            return "finished"
        return f"{len(self.done()):,} of {manifest.get('chunks', 0):,} chunks are done"

    def done(self) -> set[int]:
        """The chunks that lie in the folder, whole."""
        return {int(path.stem) for path in (self.path / CHUNKS).glob("*.npz") if path.stem.isdecimal()}

    def keep(self, chunk: int, outcome: ChunkOutcome) -> None:
        """Keep the outcome of a chunk.

        Raises: StudyFolderError when the disk does not take it.
        """
        held = io.BytesIO()
        np.savez(held, **{name: getattr(outcome, name) for name in outcome.__struct_fields__})
        try:
            write_whole(self._chunk(chunk), held.getvalue())
        except OSError as error:
            raise StudyFolderError(f"{self.path}: chunk {chunk}: {error.strerror or error}") from error

    def outcome(self, chunk: int) -> ChunkOutcome:
        """The outcome of a chunk that is done.

        Raises: StudyFolderError when its file is damaged: it is then gone, and --resume computes it again.
        """
        path = self._chunk(chunk)
        try:
            with np.load(path, allow_pickle=False) as arrays:
                return ChunkOutcome(**{name: arrays[name] for name in arrays.files})
        except (OSError, ValueError, TypeError, KeyError, zipfile.BadZipFile) as error:
            path.unlink(missing_ok=True)
            raise StudyFolderError(
                f"{path} was damaged and has been removed ({error}); run again with --resume"
            ) from error

    def finish(self, results: dict[str, Any]) -> None:
        """Say that the tables are whole, and let the chunks go."""
        write_whole(self.path / RESULTS, _json(results))
        shutil.rmtree(self.path / CHUNKS, ignore_errors=True)

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else works in the folder meanwhile; a process that was killed holds nothing.

        Raises: StudyFolderError when another process is at it.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            file = (self.path / LOCK).open("w", encoding="utf-8")
        except OSError as error:
            raise StudyFolderError(f"{self.path}: {error.strerror or error}") from error
        with file:
            _lock(file, self.path)
            yield

    def _chunk(self, chunk: int) -> Path:
        return self.path / CHUNKS / f"{chunk:06d}.npz"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all, even if the machine stops."""
    part = path.with_name(f"{path.name}.part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _lock(file: IO[str], folder: Path) -> None:
    try:
        import fcntl
    except ImportError:  # a system without such locks: two runs would write the same files twice
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise StudyFolderError(f"another process is working in {folder}; wait for it or stop it") from None


def _json(value: dict[str, Any]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value, order="deterministic"), indent=2) + b"\n"


def _read_json(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise StudyFolderError(f"{path}: {error}") from error
    return found if isinstance(found, dict) else None


def _difference(found: dict[str, Any], wanted: dict[str, Any]) -> str:
    """Which part of two manifests differs, in words."""
    now = json.loads(_json(wanted))  # as it would lie in the folder: lists, not tuples
    for part in COMPARED:
        then, own = found.get(part), now.get(part)
        if then == own:
            continue
        if isinstance(then, dict) and isinstance(own, dict):
            return f"it differs in {', '.join(_differing(part, then, own))}"
        return f"it was begun with {part} {then!r}, now it is {own!r}"
    return "it was begun by another version of weaklink"


def _differing(name: str, then: dict[str, Any], own: dict[str, Any]) -> Iterator[str]:
    """The fields that differ, with the tables they stand in."""
    for field in sorted({*then, *own}):
        first, second = then.get(field), own.get(field)
        if isinstance(first, dict) and isinstance(second, dict):
            yield from _differing(f"{name}.{field}", first, second)
        elif first != second:
            yield f"{name}.{field}"
