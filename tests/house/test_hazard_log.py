"""The hazard log names tests and stories that exist."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
LOG = TESTS.parent / "docs" / "safety" / "hazard-log.md"


def named() -> list[tuple[str, str]]:
    """Every (file, test) of the log; a test without a file belongs to the file named before it."""
    found, file = [], ""
    for quoted in re.findall(r"`([^`]+)`", LOG.read_text(encoding="utf-8")):
        path, _, test = quoted.partition("::")
        if path.endswith((".py", ".toml")):
            file = path
        if path.endswith((".py", ".toml")) or (not path and test):
            found.append((file, test))
    return found


def test_every_file_of_the_hazard_log_exists() -> None:
    missing = [file for file, _ in named() if not list(TESTS.glob(file))]

    assert missing == []


def test_every_test_of_the_hazard_log_exists() -> None:
    missing = [
        f"{file}::{test}"
        for file, test in named()
        if test and f"def {test}(" not in (TESTS / file).read_text(encoding="utf-8")
    ]

    assert missing == []


def test_every_hazard_has_a_control_and_a_verification() -> None:
    rows = [
        line.split("|") for line in LOG.read_text(encoding="utf-8").splitlines() if line.startswith("| H")
    ]

    assert len(rows) >= 25
    assert [row[1].strip() for row in rows if not (row[4].strip() and row[5].strip())] == []
