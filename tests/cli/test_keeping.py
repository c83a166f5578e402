"""Backup, restore, export, import and erase from the terminal, with a real server where one matters."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.server import serving
from tests.store.test_records import episode, runner
from weaklink.store.opening import open_store, sqlite_url

pytestmark = pytest.mark.load  # real processes, seconds each


def weaklink(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "weaklink", *words], capture_output=True, text=True, check=False
    )


def kept_in(folder: Path) -> list[str]:
    store = open_store(sqlite_url(folder))
    try:
        return [one.id for one in store.runners()]
    finally:
        store.close()


def fill(folder: Path, people: int = 1) -> None:
    folder.mkdir()
    store = open_store(sqlite_url(folder))
    for number in range(1, people + 1):
        store.keep_runner(runner(number)).result(5)
        store.keep_episode(episode(number, owner=number, given={"age": 33})).result(5)
    store.close()


def test_there_and_back(tmp_path: Path) -> None:
    here, there, third = (str(tmp_path / name) for name in ("here", "there", "third"))
    fill(Path(here))

    assert weaklink("backup", f"{tmp_path}/b", "--data", here).stdout.startswith("Backed up 2 rows")
    assert weaklink("restore", f"{tmp_path}/b", "--data", there).returncode == 0
    assert json.loads(weaklink("export", f"{tmp_path}/x.zip", "--data", there, "--json").stdout)["rows"] == 2
    assert json.loads(weaklink("import", f"{tmp_path}/x.zip", "--data", third, "--json").stdout) == {
        "rows": 2, "checked": True, "set_aside": [],
    }  # fmt: skip
    assert kept_in(Path(third)) == ["runner-1"]

    assert weaklink("erase", "--yes", "--data", third).returncode == 0
    assert kept_in(Path(third)) == []


def test_what_cannot_be_done_is_said_in_one_line(tmp_path: Path) -> None:
    fill(tmp_path / "two", people=2)
    (tmp_path / "words").write_text("words")
    two, none, words = str(tmp_path / "two"), str(tmp_path / "none"), str(tmp_path / "words")
    wrong = {
        "nobody of that id": ("export", f"{tmp_path}/x.zip", "--data", two, "--runner", "x"),
        "nothing is kept": ("export", f"{tmp_path}/x.zip", "--data", none),
        "exists already": ("backup", words, "--data", two),
        "no whole archive": ("import", words, "--data", none),
        "No such file": ("import", f"{tmp_path}/nowhere", "--data", none),
        "there is no such file": ("restore", f"{tmp_path}/nowhere", "--data", none),
        "no database": ("backup", f"{tmp_path}/b", "--data", none),
        "nothing was erased": ("erase", "--data", two),
    }
    for reason, command in wrong.items():
        found = subprocess.run(
            [sys.executable, "-m", "weaklink", *command],
            capture_output=True, text=True, check=False, input="n\n",
        )  # fmt: skip
        assert (found.returncode, reason in found.stderr) == (2, True), (command, found.stderr, found.stdout)
        assert found.stderr.count("\n") == 1


def test_a_running_server_may_be_backed_up_but_not_restored_or_erased(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with serving(tmp_path / "data") as address:
        assert address
        folder = str(tmp_path / "data")
        assert weaklink("backup", f"{tmp_path}/b", "--data", folder).returncode == 0
        commands = (
            ("restore", f"{tmp_path}/b", "--replace"),
            ("erase", "--yes"),
            ("import", f"{tmp_path}/x"),
        )
        for command in commands:
            found = weaklink(*command, "--data", folder)
            assert (found.returncode, "stop it first" in found.stderr) == (2, True), found.stderr
        second = weaklink("up", "--data", folder, "--port", "1")
        assert second.returncode == 2
