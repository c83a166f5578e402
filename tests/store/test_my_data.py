"""My data: one person's rows, all of them, nobody else's, and the same again after an import."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from tests.searches import search
from tests.store.test_records import START, episode, runner, url
from weaklink.care.ports import KeptPlan, Remark
from weaklink.store.my_data import MyDataError, archive, collected, put_in, read_archive
from weaklink.store.opening import make_engine, migrate, open_store, sqlite_url
from weaklink.store.tables import HEAD, metadata

__all__ = ["url"]


def fill(address: str, text: str = "läuft 🏃") -> None:
    store = open_store(address)
    for number in (1, 2):
        store.keep_runner(runner(number, name=f"name {number}")).result(5)
        store.keep_episode(episode(number, owner=number, given={"age": 33, "story": text})).result(5)
    store.keep_plan(
        KeptPlan(id="p", episode_id="episode-1", document={"weeks": [1]}, edition="2026.11", created_at=START)
    ).result(5)
    store.keep_remark(
        Remark(id="r", runner_id="runner-1", record_kind="k", record_id="i", text=text, created_at=START)
    ).result(5)
    store.close()


def export_of(address: str, who: str = "runner-1") -> bytes:
    engine = make_engine(address)
    with engine.connect() as connection:
        packed = archive(collected(connection, who), schema=HEAD, edition="2026.11")
    engine.dispose()
    return packed


def bring_in(address: str, packed: bytes) -> int:
    engine = make_engine(address)
    migrate(engine)
    try:
        with engine.begin() as connection:
            return put_in(connection, read_archive(packed))
    finally:
        engine.dispose()


def test_everything_of_one_person_and_nothing_of_others(url: str) -> None:
    fill(url)

    with zipfile.ZipFile(io.BytesIO(export_of(url))) as packed:
        data = json.loads(packed.read("data.json"))
        remarks = list(csv.DictReader(io.StringIO(packed.read("remarks.csv").decode())))

    assert {name: len(rows) for name, rows in data["tables"].items() if rows} == {
        "runners": 1, "episodes": 1, "plans": 1, "remarks": 1,
    }  # fmt: skip
    assert data["tables"]["episodes"][0]["given"] == {"age": 33, "story": "läuft 🏃"}
    assert [row["text"] for row in remarks] == ["läuft 🏃"]
    assert "runner-2" not in json.dumps(data)


def test_an_export_comes_back_on_another_machine_and_twice_is_once(url: str, tmp_path: Path) -> None:
    fill(url)
    packed = export_of(url)
    there = tmp_path / "there"
    there.mkdir()

    assert [bring_in(sqlite_url(there), packed) for _ in range(2)] == [4, 0]

    store = open_store(sqlite_url(there))
    assert store.episode("runner-1") == episode(1, given={"age": 33, "story": "läuft 🏃"})
    store.close()


@search(8, 40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=40).filter(lambda text: "\x00" not in text))
def test_any_text_survives_export_and_import(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    here, there = (sqlite_url(tmp_path_factory.mktemp("store")) for _ in range(2))
    fill(here, text.encode("utf-8", "ignore").decode())
    packed = export_of(here)

    bring_in(there, packed)

    assert read_archive(export_of(there)).tables == read_archive(packed).tables


def test_a_cell_never_starts_a_formula(tmp_path: Path) -> None:
    fill(sqlite_url(tmp_path), "=HYPERLINK(1)")

    with zipfile.ZipFile(io.BytesIO(export_of(sqlite_url(tmp_path)))) as packed:
        cells = [row["text"] for row in csv.DictReader(io.StringIO(packed.read("remarks.csv").decode()))]

    assert cells == ["'=HYPERLINK(1)"]


def changed(packed: bytes, **changes: object) -> bytes:
    with zipfile.ZipFile(io.BytesIO(packed)) as old:
        data = json.loads(old.read("data.json")) | changes
    new = io.BytesIO()
    with zipfile.ZipFile(new, "w") as file:
        file.writestr("data.json", json.dumps(data))
    return new.getvalue()


def test_a_wrong_archive_is_named_and_changes_nothing(tmp_path: Path) -> None:
    fill(sqlite_url(tmp_path))
    good = export_of(sqlite_url(tmp_path))
    there = tmp_path / "there"
    there.mkdir()
    orphan = {"episodes": read_archive(good).tables["episodes"]}
    wrong = {
        "no archive": b"words",
        "no readable data.json": good[:-40],
        "update weaklink first": changed(good, format="weaklink-data/9"),
        "an older weaklink made it; import it there": changed(good, format="weaklink-data/0"),
        "known is": changed(good, format="spells"),
        "schema is .9999.; ours is": changed(good, schema="9999"),
        r"older weaklink made it \(schema 0001\)": changed(
            good, schema="0001", tables={"runners": [{"id": "x"}]}
        ),
        "unknown table 'spells'": changed(good, tables={"spells": []}),
        "runners, row 1: missing key": changed(good, tables={"runners": [{"id": "x"}]}),
        "episodes, row 1: does not fit": changed(good, tables=orphan),
    }
    for words, packed in wrong.items():
        with pytest.raises(MyDataError, match=words):
            bring_in(sqlite_url(there), packed)

    store = open_store(sqlite_url(there))
    assert store.runners() == ()
    store.close()


def test_every_table_belongs_to_a_runner(tmp_path: Path) -> None:
    fill(sqlite_url(tmp_path))
    engine = make_engine(sqlite_url(tmp_path))
    with engine.connect() as connection:
        assert list(collected(connection, "runner-1")) == [table.name for table in metadata.sorted_tables]
        with pytest.raises(MyDataError, match="nobody"):
            collected(connection, "runner-9")
    engine.dispose()
    assert all(isinstance(table, sa.Table) for table in metadata.sorted_tables)
