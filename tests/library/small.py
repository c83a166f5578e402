"""The small knowledge folder beside this file, whole but tiny, copied with one fault put in at a time."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from weaklink.library.reading import Library, read_library

SMALL = Path(__file__).parent / "small_knowledge"

Change = str | tuple[str, str]


def small_library(folder: Path, changes: Mapping[str, Change] | None = None) -> Library:
    """The small library in a new folder; a change is a file's new text, or old and new words in it."""
    knowledge = folder / "knowledge"
    shutil.copytree(SMALL, knowledge)
    for name, change in (changes or {}).items():
        path = knowledge / f"{name}.toml"
        if isinstance(change, tuple):
            text = path.read_text(encoding="utf-8")
            assert change[0] in text, f"{name} has no {change[0]!r}"
            path.write_text(text.replace(*change), encoding="utf-8")
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(change, encoding="utf-8")
    return read_library(knowledge)
