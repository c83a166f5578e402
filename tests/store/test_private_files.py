"""Private files: what is kept can be read by its owner only, or it is not kept at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from weaklink.bootstrap import build, settings_from
from weaklink.store.backup import back_up
from weaklink.store.folder_lock import sole_use
from weaklink.store.private_files import FolderError, make_private

pytestmark = pytest.mark.skipif(
    os.name != "posix", reason="NOT TESTED HERE: modes mean nothing on this system"
)
TOKEN = "form-token"


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def opened(folder: Path) -> str:
    """The form token of a house that was opened on a folder, as `weaklink up` opens it."""
    with sole_use(folder, "up"):
        house = build(settings_from({}, folder=folder))
        try:
            house.records.keep_new_runner(house.newcomer()).result(
                5
            )  # there is a log beside the database now
            assert {path.name for path in folder.iterdir()} >= {
                "weaklink.sqlite", "weaklink.sqlite-wal", "weaklink.sqlite-shm", TOKEN, ".in-use",
            }  # fmt: skip
            open_to_others = [path.name for path in folder.iterdir() if path.is_file() and mode(path) & 0o077]
            assert open_to_others == []
        finally:
            house.records.close()
    return house.form_key


def test_a_new_folder_and_all_files_in_it_are_private(tmp_path: Path) -> None:
    opened(tmp_path / "new")

    assert mode(tmp_path / "new") == 0o700


@pytest.mark.parametrize("found", [0o755, 0o777, 0o750])
def test_an_open_folder_of_ours_is_closed_with_every_file_of_ours(tmp_path: Path, found: int) -> None:
    folder = tmp_path / "data"
    opened(folder)
    folder.chmod(found)
    (folder / "notes.txt").write_text("mine")
    for path in folder.iterdir():
        path.chmod(0o644) if path.is_file() else None

    with pytest.raises(AssertionError, match=r"notes\.txt"):  # the only one that stays open: it is not ours
        opened(folder)

    assert mode(folder) == 0o700
    assert mode(folder / "weaklink.sqlite") == mode(folder / TOKEN) == 0o600


def test_an_empty_open_folder_is_taken_also_the_first_one_of_a_disk(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    (folder / "lost+found").mkdir(parents=True)
    assert mode(folder) == 0o755

    opened(folder)

    assert mode(folder) == 0o700


def test_a_folder_of_somebody_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    folder = Path("/usr")
    if os.geteuid() == 0:
        folder = tmp_path / "theirs"
        folder.mkdir()
        os.chown(folder, 4321, 4321)
    before = mode(folder), sorted(folder.iterdir())

    with pytest.raises(
        FolderError, match=r"belongs to user \d+, you are user \d+; choose another with --data"
    ):
        opened(folder)

    assert (mode(folder), sorted(folder.iterdir())) == before


@pytest.mark.parametrize("what", ["a home", "a place for everybody"])
def test_an_open_folder_where_others_work_is_refused_and_left_alone(tmp_path: Path, what: str) -> None:
    folder = tmp_path / "wide"
    folder.mkdir()
    if what == "a home":
        (folder / "Documents").mkdir()
    else:
        folder.chmod(0o1777)
    before = folder.stat().st_mode

    with pytest.raises(FolderError, match="not weaklink's alone; name an empty one with --data"):
        opened(folder)

    assert folder.stat().st_mode == before
    assert not (folder / ".in-use").exists()


def test_a_disk_that_keeps_no_rights_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    monkeypatch.setattr(Path, "chmod", lambda *_: None)

    with pytest.raises(FolderError, match="others may read it, and its disk keeps no such rights"):
        make_private(folder)


def test_a_folder_that_may_not_be_changed_is_refused_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refuse)

    with pytest.raises(FolderError, match="Operation not permitted; choose another with --data"):
        make_private(folder)


@pytest.mark.parametrize("damaged", [b"", b"short", b"\xff" * 43, b"a" * 42 + b"\n"])
def test_a_damaged_form_key_is_made_anew(tmp_path: Path, damaged: bytes) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    (folder / TOKEN).write_bytes(damaged)

    token = opened(folder)

    assert len(token) == 43
    assert (folder / TOKEN).read_text() == token != damaged.decode("ascii", "replace")
    assert [path.name for path in folder.iterdir() if "token" in path.name] == [TOKEN]


def test_a_whole_form_key_stays(tmp_path: Path) -> None:
    assert opened(tmp_path) == opened(tmp_path)


def test_a_database_elsewhere_and_all_that_is_beside_it_are_private_whatever_the_folder(
    tmp_path: Path,
) -> None:
    folder, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o777)
    url = f"sqlite:///{elsewhere}/of-the-house.sqlite"
    os.umask(0)
    with sole_use(folder, "up", url):
        house = build(settings_from({"WEAKLINK_DATABASE": url}, folder=folder))
        house.records.keep_new_runner(house.newcomer()).result(5)
        found = {path.name: mode(path) for path in elsewhere.iterdir()}
        house.records.close()
        back_up(url, elsewhere / "backup.sqlite")

    assert found == dict.fromkeys(
        ("of-the-house.sqlite", "of-the-house.sqlite-wal", "of-the-house.sqlite-shm",
         ".in-use-of-the-house.sqlite"), 0o600,
    )  # fmt: skip
    assert mode(elsewhere / "backup.sqlite") == 0o600
