"""My data: one person's rows, all of them, nobody else's, and the same again after an import."""

from __future__ import annotations

import csv
import datetime
import functools
import io
import json
import os
import random
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from tests.api.runner_in_training import novice_with_a_sore_kneecap
from tests.searches import search, some
from tests.store.test_records import START, episode, runner, url
from weaklink.care.begin import assess
from weaklink.care.kept_plan import planned
from weaklink.care.ports import Episode, KeptDay, KeptEntry, KeptPlan, KeptStanding, Remark, Runner, Shelf
from weaklink.case.case_file import read_given
from weaklink.library.reading import shipped_library
from weaklink.library.wording import shipped_wording
from weaklink.store.arrival import arrived
from weaklink.store.moving_in import Way, move_in, runner_to_move
from weaklink.store.my_data import Archive, archive, collected, read_archive
from weaklink.store.opening import make_engine, migrate, open_store, sqlite_url
from weaklink.store.rows import row_of
from weaklink.store.tables import HEAD, metadata, told_tables
from weaklink.store.unpacking import Deadline, MyDataError

__all__ = ["url"]


EDITION = "2026.11"


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


def read(packed: bytes) -> Archive:
    return read_archive(io.BytesIO(packed), EDITION).data


def bring_in(address: str, packed: bytes, way: Way = "") -> int:
    engine = make_engine(address)
    migrate(engine)
    try:
        with arrived(read(packed), Deadline()) as rows, engine.begin() as house:
            return move_in(rows, house, runner_to_move(rows), way).rows
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

    assert read(export_of(there)).tables == read(packed).tables


def test_a_cell_never_starts_a_formula(tmp_path: Path) -> None:
    fill(sqlite_url(tmp_path), "=HYPERLINK(1)")

    with zipfile.ZipFile(io.BytesIO(export_of(sqlite_url(tmp_path)))) as packed:
        cells = [row["text"] for row in csv.DictReader(io.StringIO(packed.read("remarks.csv").decode()))]

    assert cells == ["'=HYPERLINK(1)"]


def changed(packed: bytes, **changes: object) -> bytes:
    """The same without checksums, as an earlier weaklink wrote it, with other data."""
    with zipfile.ZipFile(io.BytesIO(packed)) as old:
        data = json.loads(old.read("data.json")) | changes
    return zipped({"data.json": json.dumps(data).encode()})


def zipped(members: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    new = io.BytesIO()
    with zipfile.ZipFile(new, "w", how) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return new.getvalue()


def with_row(packed: bytes, table: str, **changes: object) -> bytes:
    tables = dict(read(packed).tables)
    tables[table] = [{**tables[table][0], **changes}, *tables[table][1:]]
    return changed(packed, tables=tables)


def test_a_wrong_archive_is_named_and_changes_nothing(tmp_path: Path) -> None:
    fill(sqlite_url(tmp_path))
    good = export_of(sqlite_url(tmp_path))
    there = tmp_path / "there"
    there.mkdir()
    orphan = {"runners": read(good).tables["runners"], "plans": read(good).tables["plans"]}
    deep = b'{"tables":{"runners":[' + b'{"a":' * 5000 + b"1" + b"}" * 5000 + b"]}}"
    nested = functools.reduce(lambda inside, _: {"a": inside}, range(80), {})
    row = read(good).tables["runners"][0]
    wrong = {
        "no whole archive": b"words",
        "no readable data.json": good[:-40],
        "'spells.txt' does not belong": zipped({"data.json": b"{}", "spells.txt": b""}),
        "in a way that weaklink never uses": zipped({"data.json": b"{}"}, zipfile.ZIP_LZMA),
        "65 files in it": zipped({f"{n}.csv": b"" for n in range(65)}),
        "update weaklink first": changed(good, format="weaklink-data/9"),
        "an older weaklink made it; import it there": changed(good, format="weaklink-data/0"),
        "known is": changed(good, format="spells"),
        "schema is .9999.; ours is": changed(good, schema="9999"),
        "expected four digits": changed(good, schema="head"),
        "schema '0000': no weaklink ever had it": changed(good, schema="0000"),
        "of edition '2999.01'; ours is '2026.11': update weaklink first": changed(good, edition="2999.01"),
        "edition is 'soon'": changed(good, edition="soon"),
        "of edition '2030.01'": with_row(good, "plans", edition="2030.01"),
        "inside each other": zipped({"data.json": deep}),
        "more than 64 tables": with_row(good, "runners", settings=nested),
        r"older weaklink made it \(schema 0001\)": changed(
            good, schema="0001", tables={"runners": [{"id": "x"}]}
        ),
        "unknown table 'spells'": changed(good, tables={"spells": []}),
        "runners, row 1: missing key": changed(good, tables={"runners": [{"id": "x"}]}),
        "runners, row 1: unknown key 'luck'": with_row(good, "runners", luck=1),
        "settings: expected a table": with_row(good, "runners", settings=[]),
        "settings: 'units': expected a word": with_row(good, "runners", settings={"units": []}),
        "created_at: expected a time": with_row(good, "runners", created_at="yesterday"),
        "updated_at: expected a time": with_row(good, "episodes", updated_at="0001-01-01T00:00:00+00:00"),
        "name: expected a text of at most 200": with_row(good, "runners", name="x" * 201),
        "text: expected a text": with_row(good, "remarks", text="a\x00b"),
        "agrees: expected true or false": with_row(good, "remarks", agrees="maybe"),
        "version: expected a whole number": with_row(good, "episodes", version=10**400),
        "name: missing": with_row(good, "runners", name=None),
        "id: empty": with_row(good, "runners", id=" "),
        "plans, row 1: does not fit": changed(good, tables=orphan),
        "runners, row 2: does not fit": changed(good, tables={"runners": [row, row]}),
        "holds nobody's data": changed(good, tables={}),
        "holds the data of 2 people; say whose": changed(
            good, tables={"runners": [row, {**row, "id": "other"}]}
        ),
    }
    for words, packed in wrong.items():
        with pytest.raises(MyDataError, match=words):
            bring_in(sqlite_url(there), packed)

    store = open_store(sqlite_url(there))
    assert store.runners() == ()
    store.close()


# --- what it may take --------------------------------------------------------------------------------------


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bombs = {
        "packed more than 100 to 1": b" " * 40_000_000,
        "larger than 50 MB": os.urandom(1000) * 50_001,
        "more than 2500000 values": b'{"tables":[' + b"[],%d," % 7 * 1_300_000 + b"]}",
    }
    for words, content in bombs.items():
        tracemalloc.start()
        how = zipfile.ZIP_DEFLATED if "100" in words else zipfile.ZIP_STORED
        packed = zipped({"data.json": content}, how)
        tracemalloc.reset_peak()
        before, _ = tracemalloc.get_traced_memory()
        with pytest.raises(MyDataError, match=words):
            read(packed)
        peak = tracemalloc.get_traced_memory()[1] - before
        tracemalloc.stop()
        assert peak < 120_000_000, (words, peak)


@pytest.mark.slow
def test_a_long_life_is_within_every_limit(tmp_path: Path) -> None:
    """Twenty years: thousands of entries, hundreds of plans that hardly differ."""
    fill(sqlite_url(tmp_path))
    tables = dict(read(export_of(sqlite_url(tmp_path))).tables)
    library = shipped_library()
    said = read_given(novice_with_a_sore_kneecap(library), library, assume_unanswered_no=False)
    made = assess(said, library, "greedy").plan
    assert made is not None
    plan = row_of(planned(made, "week", "episode-1", shipped_wording(), START))
    plan |= {name: json.loads(plan[name]) for name in ("document", "made")}
    body = {"kind": "morning", "at": START.isoformat(), "date": "2026-11-20", "pain": 2, "stiff_min": 5}
    at = {"kind": "morning", "session": "", "at": START.isoformat(), "received_at": START.isoformat()}
    entry = {"episode_id": "episode-1", "digest": "d", **at}
    tables["plans"] = [{**plan, "id": f"plan-{n}"} for n in range(200)]
    tables["diary"] = [
        {**entry, "id": (name := f"{n:08d}-{os.urandom(8).hex()}"), "body": {**body, "id": name}}
        for n in range(10_000)
    ]

    packed = archive(tables, schema=HEAD, edition=EDITION)

    assert bring_in(sqlite_url(fresh(tmp_path)), packed) == 10_203


@pytest.mark.search
def test_damage_anywhere_is_found_or_changes_nothing(tmp_path: Path) -> None:
    """Every byte in turn, in a sample every so manieth: what comes in is what went out, or nothing does."""
    fill(sqlite_url(tmp_path))
    good = export_of(sqlite_url(tmp_path))
    wanted, chance = read(good), random.Random(7)
    kept = refused = 0
    for place in some(range(len(good)), 40):
        damaged = bytearray(good)
        damaged[place] ^= 1 << chance.randrange(8)
        try:
            found = read(bytes(damaged))
        except MyDataError:
            refused += 1
        else:
            kept += 1
            assert found == wanted, place

    print(f"\ndamaged exports: {refused} refused, {kept} with the same in them, 0 with another")
    assert refused > kept


def test_an_archive_of_before_checksums_is_read_and_told_apart(tmp_path: Path) -> None:
    fill(sqlite_url(tmp_path))
    good = export_of(sqlite_url(tmp_path))

    assert read_archive(io.BytesIO(good), EDITION).checked is True
    assert read_archive(io.BytesIO(changed(good)), EDITION).checked is False


def test_an_archive_that_says_another_checksum_is_refused(tmp_path: Path) -> None:
    fill(sqlite_url(tmp_path))
    with zipfile.ZipFile(io.BytesIO(export_of(sqlite_url(tmp_path)))) as file:
        members = {name: file.read(name) for name in file.namelist()}

    with pytest.raises(MyDataError, match=r"'remarks.csv' is not what was exported"):
        read(zipped({**members, "remarks.csv": b"another"}))
    with pytest.raises(MyDataError, match=r"'plans.csv' is not what was exported"):
        read(zipped({name: content for name, content in members.items() if name != "plans.csv"}))


def test_an_export_of_the_first_schema_is_migrated_like_a_database(tmp_path: Path) -> None:
    """What was shown stood among the steps then; a migration moved it, in databases and in exports."""
    fill(sqlite_url(tmp_path))
    tables = read(export_of(sqlite_url(tmp_path))).tables
    new = {"episodes": {"earlier"}, "plans": {"made", "because"}}
    old = {
        name: [{key: value for key, value in row.items() if key not in new.get(name, ())} for row in rows]
        for name, rows in tables.items()
        if name in ("runners", "episodes", "plans", "remarks")
    }
    old["episodes"][0]["steps"] = {"aim": "pain", "shown": {"age": 32}}

    there = sqlite_url(fresh(tmp_path))
    bring_in(there, changed(export_of(sqlite_url(tmp_path)), schema="0001", tables=old))

    store = open_store(there)
    found = store.episode("runner-1")
    store.close()
    assert found is not None
    assert (found.steps, found.earlier) == ({"aim": "pain", "reached": True}, {"age": 32})


# --- whose house -------------------------------------------------------------------------------------------


def fresh(folder: Path) -> Path:
    made = folder / "fresh"
    made.mkdir()
    return made


def kept(address: str, *people: Runner, episodes: tuple[Episode, ...] = ()) -> str:
    store = open_store(address)
    for one in people:
        store.keep_runner(one).result(5)
    for begun in episodes:
        store.keep_episode(begun).result(5)
    store.close()
    return address


def test_a_house_with_somebody_in_it_never_changes_hands(url: str, tmp_path: Path) -> None:
    there = sqlite_url(fresh(tmp_path))
    fill(there)
    packed = export_of(there)
    kept(url, runner(9, name="her"), episodes=(episode(9, owner=9),))
    before = everything(url)

    ways: tuple[Way, ...] = ("", "merge", "replace")
    for way in ways:
        with pytest.raises(MyDataError, match=r"somebody else's data are kept here.*weaklink erase.*--data"):
            bring_in(url, packed, way)

    assert everything(url) == before


def test_one_remark_is_data_too(url: str, tmp_path: Path) -> None:
    there = sqlite_url(fresh(tmp_path))
    fill(there)
    store = open_store(kept(url, runner(9)))
    remark = Remark(id="s", runner_id="runner-9", record_kind="k", record_id="i", text="", created_at=START)
    store.keep_remark(remark).result(5)
    store.close()

    with pytest.raises(MyDataError, match="somebody else"):
        bring_in(url, export_of(there))


def test_a_new_computer_where_only_the_language_was_chosen_takes_them(url: str, tmp_path: Path) -> None:
    there = sqlite_url(fresh(tmp_path))
    fill(there)
    kept(url, runner(9, settings={"language": "en"}))

    assert bring_in(url, export_of(there)) == 4

    store = open_store(url)
    assert [one.id for one in store.runners()] == ["runner-1"]
    assert store.episode("runner-1") is not None
    store.close()


def test_the_same_person_has_to_say_what_counts(url: str, tmp_path: Path) -> None:
    there = sqlite_url(fresh(tmp_path))
    fill(there)
    packed = export_of(there)
    older = episode(1, given={"age": 32}, updated_at=START - datetime.timedelta(days=1))
    other = episode(7, given={"age": 34})
    kept(url, runner(1, name="here"), episodes=(older, other))

    with pytest.raises(MyDataError, match=r"2 are missing here and 2 are different.*--merge.*--replace"):
        bring_in(url, packed)
    assert bring_in(url, packed, "merge") == 3

    store = open_store(url)
    assert {one.id: one.given for one in store.episodes("runner-1")} == {
        "episode-1": {"age": 33, "story": "läuft 🏃"}, "episode-7": {"age": 34},
    }  # fmt: skip
    assert [one.name for one in store.runners()] == ["here"]
    store.close()

    assert bring_in(url, packed, "replace") == 4
    assert read(export_of(url)).tables == read(packed).tables


def test_what_was_worked_out_from_a_diary_is_forgotten_with_its_merge(url: str, tmp_path: Path) -> None:
    there = sqlite_url(fresh(tmp_path))
    for address, name in ((there, "entry-one"), (url, "entry-two")):
        store = open_store(kept(address, runner(1), episodes=(episode(1),)))
        body = {"kind": "note", "id": name, "at": START.isoformat(), "text": name}
        told = KeptEntry(
            id=name, digest="d", episode_id="episode-1", kind="note", at=START, body=body, received_at=START
        )
        stands = KeptStanding(episode_id="episode-1", doses={"a": 1}, updated_at=START)
        store.change_diary("episode-1", functools.partial(written, told=told, stands=stands)).result(5)
        store.close()

    assert bring_in(url, export_of(there), "merge") == 1

    store = open_store(url)
    assert [one.id for one in store.diary("episode-1")] == ["entry-one", "entry-two"]
    assert store.standing("episode-1") is None
    assert (store.told("episode-1").days, store.told("episode-1").whole) == ((), False)
    store.close()


def written(shelf: Shelf, told: KeptEntry, stands: KeptStanding) -> None:
    """An entry filed, its day put together, and where it leads."""
    shelf.add((told,))
    shelf.file([msgspec.structs.replace(told, day=START.date())])
    shelf.put_days([KeptDay(day=START.date(), told=b"{}")])
    shelf.put_standing(stands, 0)


def everything(address: str) -> dict[str, list[dict[str, Any]]]:
    engine = make_engine(address)
    with engine.connect() as connection:
        found = collected(connection)
    engine.dispose()
    return found


def test_an_export_without_a_name_holds_everybody(url: str) -> None:
    fill(url)
    store = open_store(url)
    packed = store.archive(EDITION)
    store.close()

    assert [one["id"] for one in read(packed).tables["runners"]] == ["runner-1", "runner-2"]


def test_every_table_belongs_to_a_runner(tmp_path: Path) -> None:
    fill(sqlite_url(tmp_path))
    engine = make_engine(sqlite_url(tmp_path))
    with engine.connect() as connection:
        assert list(collected(connection, "runner-1")) == [table.name for table in told_tables()]
        with pytest.raises(MyDataError, match="nobody"):
            collected(connection, "runner-9")
    engine.dispose()
    assert all(isinstance(table, sa.Table) for table in metadata.sorted_tables)
