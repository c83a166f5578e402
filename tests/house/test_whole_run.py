"""The whole run says what each of its parts took, and a search is tried as far as the run asks for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.run import QUICK

ROOT = Path(__file__).resolve().parents[2]
FAR = "from tests.searches import reach, some; print(reach(3, 40), len(some(range(40), one_in=4)))"


def landed(folder: Path, make: str) -> subprocess.CompletedProcess[str]:
    """`.ci/run` in a folder where `make` is only this line; nothing can be installed from there."""
    found = folder / "bin"
    found.mkdir()
    (folder / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", folder / ".ci" / "run")
    for name in ("bash", "dirname", "ls"):
        (found / name).symlink_to(str(shutil.which(name)))
    for name, line in (("make", make), ("chromium", "true")):
        (found / name).write_text(f"#!{shutil.which('bash')}\n{line}\n")
        (found / name).chmod(0o755)
    command = [str(found / "bash"), str(folder / ".ci" / "run")]
    return subprocess.run(command, env={"PATH": str(found)}, capture_output=True, text=True, check=False)


def test_the_whole_run_says_what_each_part_took(tmp_path: Path) -> None:
    done = landed(tmp_path, "true")

    assert done.returncode == 0, done.stderr
    summary = done.stdout.partition("the parts of this run\n")[2].splitlines()
    assert [line.split(" s  ")[1] for line in summary] == [
        "make test",
        "make check",
        "make test-all",
        "together",
    ]
    assert all(line.split(" s  ")[0].strip().isdecimal() for line in summary)


def test_a_part_that_fails_ends_the_run_and_says_its_time_too(tmp_path: Path) -> None:
    done = landed(tmp_path, 'test "$1" = test')

    assert done.returncode == 1
    summary = done.stdout.partition("the parts of this run\n")[2].splitlines()
    assert [line.split(" s  ")[1] for line in summary] == ["make test", "make check", "together"]


@pytest.mark.parametrize(("asked", "found"), [("sample", "3 10"), ("whole", "40 40"), ("soak", "400 40")])
def test_a_search_goes_as_far_as_the_run_asks_for(asked: str, found: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FAR], env={**os.environ, "WEAKLINK_SEARCH": asked}, cwd=ROOT,
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert done.stdout.strip() == found


def test_pytest_alone_runs_what_the_quick_run_does() -> None:
    said = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    options = said["tool"]["pytest"]["ini_options"]["addopts"]

    assert options[options.index("-m") + 1] == QUICK
