"""A store that cannot be opened: one line with what to do, exit status 1, no traceback, nothing changed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.application import _empty_database
from tests.command import weaklink
from tests.postgres import postgres_url
from tests.server import free_port
from weaklink.store.opening import open_store, sqlite_url

FILE = "weaklink.sqlite"
COMMANDS = {
    "up": lambda folder: ("up", "--port", str(free_port())),
    "erase": lambda folder: ("erase", "--yes"),
    "export": lambda folder: ("export", folder / "my-data.zip", "--runner", "somebody"),
    "backup": lambda folder: ("backup", folder / "backup.sqlite"),
    "plan": lambda folder: ("plan", "--diff"),
}


def newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()


def of_another_program(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE songs (title TEXT)")


def migrated_by_another_program(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database:
        database.execute("UPDATE alembic_version SET version_num = '5f3b8a1c9d2e'")
        database.commit()


def no_database(file: Path) -> None:
    file.write_bytes(b"Dear diary, today my knee hurts.\n" * 400)


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def cut_to(length: int) -> Callable[[Path], None]:
    def cut(file: Path) -> None:
        os.truncate(file, length)

    return cut


DAMAGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "newer": (newer, "kept by a newer weaklink (schema 9999"),
    "another program": (of_another_program, "a database of another program"),
    "another program's schema": (migrated_by_another_program, "a database of another program"),
    "text": (no_database, "no database"),
    "folder": (a_folder, "a folder; expected"),
    **{f"cut to {length}": (cut_to(length), "damaged") for length in (50, 700, 5000, 20_000, 60_000)},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "data"
    made.mkdir(mode=0o700)
    (made / FILE).write_bytes(_empty_database())
    return made


def refused(found: subprocess.CompletedProcess[str], says: str) -> None:
    assert found.stdout == ""
    assert found.stderr.startswith("weaklink: ")
    assert found.stderr.count("\n") == 1, found.stderr
    assert "Traceback" not in found.stderr
    assert says in found.stderr
    assert found.returncode == 1


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("command", ["up", "erase", "export", "plan"])
def test_a_file_that_cannot_be_opened_is_one_line(folder: Path, damage: str, command: str) -> None:
    if damage == "folder" and command in ("export", "plan"):
        pytest.skip("there is no file to read: nothing is kept yet")
    spoil, says = DAMAGES[damage]
    spoil(folder / FILE)
    before = {path.name: path.read_bytes() for path in folder.glob(f"{FILE}*") if path.is_file()}

    refused(weaklink(*COMMANDS[command](folder), "--data", folder), says)

    after = {path.name: path.read_bytes() for path in folder.glob(f"{FILE}*") if path.is_file()}
    assert after[FILE] == before[FILE] if FILE in before else True


@pytest.mark.parametrize("damage", [name for name in DAMAGES if name != "folder"])
def test_a_backup_of_what_cannot_be_read_is_one_line_and_leaves_no_file(folder: Path, damage: str) -> None:
    DAMAGES[damage][0](folder / FILE)

    found = weaklink(*COMMANDS["backup"](folder), "--data", folder)

    assert (found.returncode, found.stdout, found.stderr.count("\n")) == (1, "", 1), found.stderr
    assert FILE in found.stderr
    assert sorted(path.name for path in folder.iterdir() if "backup" in path.name) == []


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    refused(weaklink("up", "--data", tmp_path / "file" / "data", "--port", str(free_port())), "data folder")


@pytest.mark.parametrize(
    "url", ["nowhere", "postgresql+nodriver://a@b/c", "sqlite:///{tmp}/not/there/x.sqlite"]
)
def test_an_address_that_leads_nowhere_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("WEAKLINK_DATABASE", url.format(tmp=tmp_path))

    found = weaklink("up", "--data", tmp_path / "data", "--port", str(free_port()))

    assert (found.stdout, found.stderr.count("\n")) == ("", 1), found.stderr
    assert found.returncode in (1, 2)  # 2 where the folder of its lock is not there


def test_a_folder_of_ours_from_before_still_starts(folder: Path) -> None:
    open_store(sqlite_url(folder)).close()
    shutil.copytree(folder, folder.parent / "copy")
    open_store(sqlite_url(folder.parent / "copy")).close()


@pytest.mark.parametrize("command", ["up", "erase", "export", "plan"])
def test_a_postgres_that_is_not_reached_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    pytest.importorskip("psycopg")
    url = f"postgresql+psycopg://her:se%40cret-word@127.0.0.1:{free_port()}/weaklink"
    monkeypatch.setenv("WEAKLINK_DATABASE", url)

    found = weaklink(*COMMANDS[command](tmp_path), "--data", tmp_path / "data")

    refused(found, "cannot be reached")
    assert "cret-word" not in found.stderr


@contextmanager
def with_password(url: str) -> Iterator[str]:
    """The address of a user whose password is asked for, with a wrong one."""
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as admin:
        admin.exec_driver_sql("CREATE ROLE her LOGIN PASSWORD 'the right one'")
        rules = Path(str(admin.exec_driver_sql("SHOW hba_file").scalar()))
        before = rules.read_text()
        rules.write_text(f"local all her scram-sha-256\n{before}")
        admin.exec_driver_sql("SELECT pg_reload_conf()")
        try:
            yield url.replace("weaklink@", "her:the-wrong-one@")
        finally:
            rules.write_text(before)
            admin.exec_driver_sql("SELECT pg_reload_conf()")
            admin.exec_driver_sql("DROP ROLE her")
    engine.dispose()


@pytest.mark.postgres
def test_a_postgres_that_turns_us_away_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    up = ("up", "--data", tmp_path / "data", "--port", str(free_port()))
    with postgres_url() as url:
        for wrong in (sa.make_url(url).set(username="nobody"), sa.make_url(url).set(database="not-there")):
            monkeypatch.setenv("WEAKLINK_DATABASE", wrong.render_as_string(hide_password=False))
            refused(weaklink(*up), "turns weaklink away")
        with with_password(url) as wrong:
            monkeypatch.setenv("WEAKLINK_DATABASE", wrong)
            found = weaklink(*up)
            refused(found, "turns weaklink away")
            assert "wrong-one" not in found.stderr


@pytest.mark.postgres
def test_a_newer_schema_in_postgres_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with postgres_url() as url:
        open_store(url).close()
        with sa.create_engine(url).begin() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        monkeypatch.setenv("WEAKLINK_DATABASE", url)
        refused(weaklink("up", "--data", tmp_path, "--port", str(free_port())), "newer weaklink")
