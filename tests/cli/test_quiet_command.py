"""A command that fails tells where, and nothing of what is in the file it read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import weaklink

STORY = "a-word-that-only-the-runner-knows"
CASE = f'[given]\nage = 33\npain_at = ["knee-anterior"]\nstory = "{STORY}"\n'


@pytest.mark.parametrize("command", ["assess", "plan"])
def test_a_bug_repeats_nothing_of_a_case_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    def fail(given: object, *_: object, **_more: object) -> None:
        raise KeyError(f"no way to judge {given}")

    (tmp_path / "case.toml").write_text(CASE)
    monkeypatch.setattr("weaklink.care.begin.judged", fail)
    found = weaklink(command, tmp_path / "case.toml")

    assert (found.returncode, found.stdout) == (1, "")
    assert "KeyError at tests/cli/test_quiet_command.py:" in found.stderr
    assert STORY not in found.stderr
    assert "Traceback" not in found.stderr


def test_a_bug_while_serving_repeats_nothing_and_lets_go_of_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **_more: object) -> None:
        raise RuntimeError(STORY)

    for _ in range(2):
        with monkeypatch.context() as broken:
            broken.setattr("weaklink.bootstrap.open_store", fail)
            found = weaklink("up", "--data", tmp_path / "data", "--port", "18999")
        assert (found.returncode, found.stdout) == (1, "")
        assert "RuntimeError at " in found.stderr
        assert STORY not in found.stderr
