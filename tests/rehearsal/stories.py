"""The seven runners of tests/cases/courses, lived once for all tests."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import msgspec

from weaklink.library.reading import shipped_library
from weaklink.library.wording import shipped_wording
from weaklink.rehearsal.course_document import course_document
from weaklink.rehearsal.events import Event
from weaklink.rehearsal.living import World, live
from weaklink.rehearsal.story import Story, read_story

FOLDER = Path(__file__).resolve().parent.parent / "cases" / "courses"
NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))
WEEKS = 12


@functools.cache
def world() -> World:
    """Library, words and answers, once."""
    return World(shipped_library(), shipped_wording())


@functools.cache
def story(name: str) -> Story:
    """A story by the name of its file."""
    return read_story((FOLDER / f"{name}.toml").read_text(encoding="utf-8"), world().library)


@functools.cache
def course(name: str) -> dict[str, Any]:
    """Its twelve weeks."""
    return course_document(live(story(name), world(), WEEKS), world().library)


def otherwise(name: str, *events: Event, weeks: int = WEEKS, **parts: Any) -> dict[str, Any]:
    """The same story where something else happens or somebody responds differently."""
    told = story(name)
    changed = msgspec.structs.replace(told, events=(*told.events, *events), **parts)
    return course_document(live(changed, world(), weeks), world().library)
