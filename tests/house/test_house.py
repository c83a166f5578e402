"""The house itself: import order, names, nothing that points outside the project (its shape: test_shape.py)."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
FORBIDDEN_NAMES = {"utils", "util", "common", "helper", "helpers", "manager", "misc", "core", "domain"}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("not a git checkout: the list of project files is missing")
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def test_chapters_import_earlier_ones_only() -> None:
    found = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert found.returncode == 0, found.stdout


def test_no_module_is_a_drawer_for_everything() -> None:
    assert [str(path) for path in SOURCES if path.stem in FORBIDDEN_NAMES] == []


def test_nothing_in_the_project_points_at_the_machine_it_was_made_on() -> None:
    pattern = re.compile(r"/work/|\.\./shared|file:///|pypi\.org|registry\.npmjs")
    allowed = {"test_house.py", "run.py"}
    found = []
    for path in tracked():
        if path.name in allowed or "vendor" in path.parts or path.suffix in {".woff2", ".png", ".gz"}:
            continue
        if pattern.search(path.read_text(encoding="utf-8", errors="ignore")):
            found.append(str(path.relative_to(ROOT)))

    assert found == []


def test_core_and_rim_are_light_until_used() -> None:
    code = "import sys, weaklink.cli; print([m for m in ('fastapi','sqlalchemy','numpy','alembic','uvicorn') if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"
