"""Importing from the terminal: whose house it is, what cannot be read, and one line for whatever is wrong."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.command import weaklink
from tests.store.test_records import episode, runner
from weaklink.store.opening import open_store, sqlite_url


def fill(folder: Path, number: int = 1, **given: Any) -> Path:
    folder.mkdir()
    store = open_store(sqlite_url(folder))
    store.keep_runner(runner(number)).result(5)
    store.keep_episode(episode(number, owner=number, given={"age": 33, **given})).result(5)
    store.close()
    return folder


def exported(folder: Path) -> Path:
    target = folder / "export.zip"
    assert weaklink("export", target, "--data", folder).returncode == 0
    return target


def people(folder: Path) -> list[str]:
    store = open_store(sqlite_url(folder))
    try:
        return [one.id for one in store.runners()]
    finally:
        store.close()


def test_somebody_elses_export_does_not_take_over_the_house(tmp_path: Path) -> None:
    hers, his = fill(tmp_path / "hers"), fill(tmp_path / "his", 2)

    for more in ((), ("--merge",), ("--replace",)):
        found = weaklink("import", exported(hers) if not more else hers / "export.zip", "--data", his, *more)
        assert found.returncode == 2
        assert "somebody else's data are kept here" in found.stderr
        assert "weaklink erase" in found.stderr
        assert found.stderr.count("\n") == 1
    assert people(his) == ["runner-2"]


def test_the_same_person_says_whether_to_merge_or_to_replace(tmp_path: Path) -> None:
    here = fill(tmp_path / "here")
    packed = exported(here)
    store = open_store(sqlite_url(here))
    store.keep_episode(episode(5)).result(5)
    store.keep_runner(runner(name="newer here")).result(5)
    store.close()

    undecided = weaklink("import", packed, "--data", here)
    both = weaklink("import", packed, "--data", here, "--merge", "--replace")
    merged = weaklink("import", packed, "--data", here, "--merge", "--json")
    replaced = weaklink("import", packed, "--data", here, "--replace", "--json")

    assert (undecided.returncode, "--merge" in undecided.stderr, "--replace" in undecided.stderr) == (
        2,
        True,
        True,
    )
    assert (both.returncode, "not both" in both.stderr) == (2, True)
    assert json.loads(merged.stdout)["rows"] == 0
    assert json.loads(replaced.stdout)["rows"] == 2


def test_what_this_edition_cannot_read_is_kept_and_said(tmp_path: Path) -> None:
    packed = exported(fill(tmp_path / "there", answers={"old-sign": "yes", "dvt": "no"}))

    found = weaklink("import", packed, "--data", tmp_path / "here")

    assert "Kept, but not readable by this edition, and asked again: answers.old-sign." in found.stdout
    store = open_store(sqlite_url(tmp_path / "here"))
    kept = store.episode("runner-1")
    store.close()
    assert kept is not None
    assert kept.given["answers"] == {"old-sign": "yes", "dvt": "no"}


def test_an_export_without_checksums_says_so(tmp_path: Path) -> None:
    with zipfile.ZipFile(exported(fill(tmp_path / "there"))) as new:
        data = new.read("data.json")
    old = io.BytesIO()
    with zipfile.ZipFile(old, "w") as file:
        file.writestr("data.json", data)
    (tmp_path / "old.zip").write_bytes(old.getvalue())

    found = weaklink("import", tmp_path / "old.zip", "--data", tmp_path / "here")

    assert found.returncode == 0
    assert "It has no checksums" in found.stdout


@pytest.mark.parametrize("content", [b"", b"words", b"PK\x03\x04" + b"x" * 200, b"PK\x05\x06" + b"\xff" * 18])
def test_a_file_that_is_no_export_is_one_line(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(content)

    found = weaklink("import", tmp_path / "x.zip", "--data", tmp_path / "here")

    assert (found.returncode, found.stderr.count("\n")) == (2, 1)
    assert "no whole archive" in found.stderr


def test_an_export_of_a_house_holds_everybody_and_says_whose_at_the_import(tmp_path: Path) -> None:
    here = fill(tmp_path / "here")
    store = open_store(sqlite_url(here))
    store.keep_runner(runner(2)).result(5)
    store.close()
    packed = exported(here)

    undecided = weaklink("import", packed, "--data", tmp_path / "there")
    found = weaklink("import", packed, "--data", tmp_path / "there", "--runner", "runner-1")

    assert (undecided.returncode, "runner-1, runner-2" in undecided.stderr) == (2, True)
    assert found.returncode == 0
    assert people(tmp_path / "there") == ["runner-1"]
