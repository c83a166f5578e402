"""One server for each SQLite file, whichever folder it comes from and by whatever name it calls the file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.command import weaklink
from weaklink.store.folder_lock import FolderInUseError, sole_use
from weaklink.store.opening import open_store, sqlite_url
from weaklink.store.unusable import UnusableStoreError

pytestmark = pytest.mark.skipif(os.name != "posix", reason="NOT TESTED HERE: this system has no such locks")


def ways_to(file: Path, base: Path) -> dict[str, str]:
    """Addresses that lead to one file."""
    (base / "folder-link").symlink_to(file.parent)
    (base / "file-link.sqlite").symlink_to(file)
    return {
        "its path": f"sqlite:///{file}",
        "a relative path": f"sqlite:///{os.path.relpath(file)}",
        "a path with dots": f"sqlite:///{file.parent}/../{file.parent.name}/{file.name}",
        "a link to its folder": f"sqlite:///{base}/folder-link/{file.name}",
        "a link to it": f"sqlite:///{base}/file-link.sqlite",
        "a file address": f"sqlite:///file:{file}?uri=true",
    }


@pytest.mark.parametrize("name", ["weaklink.sqlite", "another.sqlite"])
@pytest.mark.parametrize("served", ["from its own folder", "from another folder"])
def test_a_second_server_on_the_same_file_is_refused(tmp_path: Path, name: str, served: str) -> None:
    own, first, second = (tmp_path / part for part in ("own", "first", "second"))
    own.mkdir(mode=0o700)
    url = f"sqlite:///{own / name}"
    open_store(url).close()
    with sole_use(own if served == "from its own folder" else first, "up", url):
        for how, way in ways_to(own / name, tmp_path).items():
            with pytest.raises(FolderInUseError, match="weaklink is running on"), sole_use(second, "up", way):
                pytest.fail(f"two servers on one file, by {how}")
    with sole_use(second, "up", url):
        pass  # it may as soon as the other one has ended


def test_servers_of_two_files_do_not_disturb_each_other(tmp_path: Path) -> None:
    with (
        sole_use(tmp_path / "a", "up", sqlite_url(tmp_path / "a")),
        sole_use(tmp_path / "b", "up", sqlite_url(tmp_path / "b")),
        sole_use(tmp_path / "c", "up", f"sqlite:///{tmp_path}/a/of-another-person.sqlite"),
        sole_use(tmp_path / "d", "up", "postgresql+psycopg://somebody@nowhere/weaklink"),
        sole_use(tmp_path / "e", "up", "postgresql+psycopg://somebody@nowhere/weaklink"),
    ):
        pass


def test_erasing_under_a_server_that_came_by_another_folder_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, other = tmp_path / "own", tmp_path / "other"
    own.mkdir(mode=0o700)
    open_store(sqlite_url(own)).close()
    monkeypatch.setenv("WEAKLINK_DATABASE", sqlite_url(own))
    with sole_use(own, "up", sqlite_url(own)):
        found = weaklink("erase", "--yes", "--data", other)

    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr.count("\n") == 1
    assert (
        f"weaklink is running on the folder {own}" in found.stderr or f"{own}/weaklink.sqlite" in found.stderr
    )


def test_what_is_no_address_is_said_before_anything_is_locked(tmp_path: Path) -> None:
    with (
        pytest.raises(UnusableStoreError, match="WEAKLINK_DATABASE"),
        sole_use(tmp_path / "a", "up", "nowhere"),
    ):
        pass
