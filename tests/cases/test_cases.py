"""Every clinical story passes: no under-triage, the expected condition, the right plan, nothing forbidden."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases.running import FOLDER, case_files, complaints, read
from weaklink.library.reading import Library


@pytest.mark.parametrize("path", case_files(), ids=lambda path: str(path.relative_to(FOLDER)))
def test_story(path: Path, library: Library) -> None:
    assert complaints(read(path, library), library) == []


def test_every_story_expects_something(library: Library) -> None:
    assert [path.name for path in case_files() if not read(path, library).expect] == []


def test_there_are_enough_stories() -> None:
    assert len(case_files()) >= 150
