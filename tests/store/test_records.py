"""The store's contract: SQLite and PostgreSQL keep exactly what the in-memory oracle keeps."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.postgres import postgres_url
from tests.store.memory_records import MemoryRecords
from weaklink.care.ports import (
    Address,
    Episode,
    KeptEntry,
    KeptPlan,
    KeptReason,
    KeptStanding,
    Remark,
    Runner,
)
from weaklink.store.database import Database
from weaklink.store.opening import current_revision, make_engine, migrate, open_store, sqlite_url
from weaklink.store.refusals import GoneError
from weaklink.store.tables import HEAD, metadata

START = datetime.datetime(2026, 11, 20, 8, tzinfo=datetime.UTC)
BACKENDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=BACKENDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield sqlite_url(tmp_path)
    else:
        with postgres_url() as address:
            yield address


@pytest.fixture
def store(url: str) -> Iterator[Database]:
    database = open_store(url)
    yield database
    database.close()


def runner(number: int = 1, **changes: Any) -> Runner:
    return Runner(**{"id": f"runner-{number}", "created_at": START, "settings": {"theme": "dark"}} | changes)


def episode(number: int = 1, owner: int = 1, **changes: Any) -> Episode:
    when = START + datetime.timedelta(minutes=number)
    values = {"id": f"episode-{number}", "runner_id": f"runner-{owner}", "edition": "2026.11"}
    return Episode(**{**values, "created_at": when, "updated_at": when, **changes})


def entry(number: int = 1, owner: str = "episode-1", **changes: Any) -> KeptEntry:
    text = changes.pop("text", "a note")
    values = {"id": f"entry-{number}", "digest": f"{hash(text):x}"[:32], "episode_id": owner, "kind": "note"}
    times = {"at": START + datetime.timedelta(minutes=number), "received_at": START}
    return KeptEntry(**{**values, **times, "body": {"text": text}, **changes})


def stands(owner: str = "episode-1", rows: int = 1, text: str = "") -> KeptStanding:
    reasons = tuple(
        KeptReason(
            id=f"s/{n}", episode_id=owner, place=n, date="2026-11-20", slot="s", exercise="clamshell",
            action="hold", rule="pain-amber", because={"id": text},
        )
        for n in range(rows)
    )  # fmt: skip
    return KeptStanding(episode_id=owner, doses={"s": {}}, reasons=reasons, updated_at=START)


def adding(records: Any, *entries: KeptEntry, owner: str = "episode-1") -> object:
    """Whether each entry was new."""
    return records.change_diary(owner, lambda shelf: shelf.add(entries)).result(5)


def standing_at(records: Any, standing: KeptStanding, before: int = 0) -> None:
    """Keep a standing, its reasons after so many."""
    records.change_diary(standing.episode_id, lambda shelf: shelf.put_standing(standing, before)).result(5)


def test_an_entry_synced_twice_is_kept_once_and_two_versions_are_both_kept(store: Database) -> None:
    store.keep_runner(runner()).result(5)
    store.keep_episode(episode()).result(5)
    first, second = entry(1), entry(1, text="another version")

    assert adding(store, first, entry(2)) == (True, True)
    assert adding(store, first, second, entry(2)) == (False, True, False)
    assert sorted(e.body["text"] for e in store.diary("episode-1")) == ["a note", "a note", "another version"]


def test_where_entries_are_filed_is_known_for_each_version_and_each_runner(store: Database) -> None:
    store.keep_runner(runner()).result(5)
    for name in ("episode-1", "episode-2"):
        store.keep_episode(msgspec.structs.replace(episode(), id=name)).result(5)
    told = (entry(1), entry(1, text="another"), entry(1, "episode-2"), entry(2))
    for name in ("episode-1", "episode-2"):
        adding(store, *(one for one in told if one.episode_id == name), owner=name)
    mine = runner().id

    assert store.filed(mine, [told[0].id, "nothing"]) == {
        (one.id, one.digest, one.episode_id) for one in told[:3]
    }
    assert store.filed("somebody-else", [told[0].id]) == store.filed(mine, []) == frozenset()


def test_a_batch_of_entries_is_kept_as_a_whole_or_not_at_all(store: Database) -> None:
    store.keep_runner(runner()).result(5)
    store.keep_episode(episode()).result(5)

    with pytest.raises(GoneError):
        adding(store, entry(1), entry(2, "nobody"))
    assert store.diary("episode-1") == ()


def test_the_reasons_of_a_standing_follow_on_those_that_were_decided_before(store: Database) -> None:
    store.keep_runner(runner()).result(5)
    store.keep_episode(episode()).result(5)
    more = stands(rows=3, text="new words")
    last = msgspec.structs.replace(more, reasons=more.reasons[1:])

    assert store.standing("episode-1") is None
    standing_at(store, stands(rows=3))
    assert store.standing("episode-1") == stands(rows=3)
    standing_at(store, last, before=1)
    found = store.standing("episode-1")
    assert found is not None
    assert [reason.because["id"] for reason in found.reasons] == ["", "new words", "new words"]
    assert [reason.place for reason in store.reasons("episode-1", "2026-11-20", 2)] == [0, 1]
    assert store.reasons("episode-1", "2026-11-21", 2) == ()


def test_what_is_kept_is_found_again_unchanged(store: Database) -> None:
    given = {"age": 33, "story": "läuft 🏃 'quoted'; DROP TABLE", "pain": {"run": 4}}
    store.keep_runner(runner()).result(5)
    store.keep_episode(episode(given=given)).result(5)

    assert store.runners() == (runner(),)
    assert store.episode("runner-1") == episode(given=given)


def test_the_newest_episode_is_the_current_one(store: Database) -> None:
    store.keep_runner(runner()).result(5)
    for number in (2, 1, 3):
        store.keep_episode(episode(number)).result(5)

    assert store.episode("runner-1") == episode(3)
    assert [item.id for item in store.episodes("runner-1")] == ["episode-3", "episode-2", "episode-1"]


def test_changes_to_one_episode_never_overwrite_each_other(store: Database) -> None:
    store.keep_runner(runner()).result(5)
    store.keep_episode(episode()).result(5)

    def add(key: int) -> Any:
        return lambda old: Episode(**{**_fields(old), "given": {**old.given, str(key): key}})

    futures = [store.change_episode("episode-1", add(key)) for key in range(60)]
    for future in futures:
        future.result(10)

    found = store.episode("runner-1")
    assert found is not None
    assert found.given == {str(key): key for key in range(60)}
    assert found.version == 61


def test_changes_to_one_runners_settings_lose_none_of_forty_at_once(store: Database) -> None:
    store.keep_runner(runner()).result(5)

    def add(key: int) -> Any:
        return lambda old: Runner(**{**_fields(old), "settings": {**old.settings, str(key): "on"}})

    with ThreadPoolExecutor(40) as devices:
        changed = list(
            devices.map(lambda key: store.change_runner("runner-1", add(key)).result(10), range(40))
        )

    expected = {"theme": "dark", **{str(key): "on" for key in range(40)}}
    assert store.runners()[0].settings == expected
    assert expected in [one.settings for one in changed]


@pytest.mark.parametrize("records", ["database", "memory"])
def test_a_change_of_a_runner_never_makes_another_one(store: Database, records: str) -> None:
    kept: Any = store if records == "database" else MemoryRecords()
    kept.keep_runner(runner()).result(5)

    kept.change_runner("runner-1", lambda old: Runner(**{**_fields(old), "id": "somebody-else"})).result(5)

    assert kept.runners() == (runner(),)
    with pytest.raises(GoneError, match="no longer kept"):
        kept.change_runner("somebody-else", lambda old: old).result(5)


def test_one_failing_change_does_not_disturb_the_others(store: Database) -> None:
    store.keep_runner(runner()).result(5)
    futures = [store.keep_episode(episode(number, owner=1 if number % 2 else 99)) for number in range(1, 9)]

    failed = [future.exception(10) is not None for future in futures]

    assert failed == [False, True] * 4
    assert len(store.episodes("runner-1")) == 4


def test_changing_a_gone_episode_says_so(store: Database) -> None:
    with pytest.raises(GoneError, match="no longer kept"):
        store.change_episode("nobody", lambda old: old).result(5)


def test_a_cancelled_write_leaves_the_writer_alive(store: Database) -> None:
    store.keep_runner(runner()).result(5)
    for number in range(50):
        store.keep_episode(episode(number)).cancel()

    store.keep_episode(episode(77)).result(5)

    assert store.episode("runner-1") == episode(77)


def test_erasing_a_runner_takes_everything_along(store: Database) -> None:
    for number in (1, 2):
        store.keep_runner(runner(number)).result(5)
        store.keep_episode(episode(number, owner=number)).result(5)
    plan = KeptPlan(id="p", episode_id="episode-1", document={}, edition="2026.11", created_at=START)
    remark = Remark(
        id="r", runner_id="runner-1", record_kind="exercises", record_id="clamshell", created_at=START
    )
    store.keep_plan(plan).result(5)
    store.keep_remark(remark).result(5)

    assert store.erase_runner("runner-1").result(5) == 1

    assert store.runners() == (runner(2),)
    assert (store.episode("runner-1"), store.plan("episode-1"), store.remarks("runner-1")) == (None, None, ())
    assert store.episode("runner-2") == episode(2, owner=2)


def test_present_is_the_first_runner_with_their_newest_episode(store: Database) -> None:
    assert store.present() is None
    later = runner(2, created_at=START + datetime.timedelta(days=1))
    for one in (later, runner(1)):
        store.keep_runner(one).result(5)
    assert store.present() == (runner(1), None)
    for one in (episode(3), episode(4, given={"age": 33}), episode(9, owner=2), episode(1)):
        store.keep_episode(one).result(5)

    assert store.present() == (runner(1), episode(4, given={"age": 33}))


def test_an_address_opens_until_it_is_revoked(store: Database) -> None:
    store.keep_runner(runner()).result(5)
    made = Address(id="a", runner_id="runner-1", purpose="calendar", secret="s" * 43, created_at=START)
    assert store.replace_addresses("runner-1", "calendar", (made,)).result(5) == 0

    assert (store.address("s" * 43), store.addresses("runner-1")) == (made, (made,))
    assert store.address("t" * 43) is None

    assert store.drop_address("a").result(5) == 1
    assert (store.address("s" * 43), store.addresses("runner-1")) == (None, ())


def test_erasing_leaves_no_byte_in_the_files(tmp_path: Path) -> None:
    database = open_store(sqlite_url(tmp_path))
    database.keep_runner(runner()).result(5)
    database.keep_episode(episode(given={"age": 33, "story": "one more word"})).result(5)
    assert any(b"one more word" in path.read_bytes() for path in tmp_path.iterdir())

    database.erase_runner("runner-1").result(5)

    assert not any(b"one more word" in path.read_bytes() for path in tmp_path.iterdir())
    database.close()


OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(
            ["runner", "settings", "episode", "plan", "remark", "change", "entries", "standing", "erase"]
        ),
        st.integers(1, 3),
        st.integers(1, 4),
        st.text(max_size=12).filter(lambda text: "\x00" not in text),
    ),
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(operations=OPERATIONS)
def test_any_sequence_ends_as_in_memory(store: Database, operations: list[Any]) -> None:
    oracle = MemoryRecords()
    space = uuid.uuid4().hex[:8]
    owners = [f"{space}-{number}" for number in (1, 2, 3)]
    for operation in operations:
        assert outcome(store, space, *operation) == outcome(oracle, space, *operation)

    assert [one for one in store.runners() if one.id in owners] == list(oracle.runners())
    for owner in owners:
        assert store.episodes(owner) == oracle.episodes(owner)
        assert store.remarks(owner) == oracle.remarks(owner)
        for kept in oracle.episodes(owner):
            assert store.plan(kept.id) == oracle.plan(kept.id)
            assert store.diary(kept.id) == oracle.diary(kept.id)
            assert store.standing(kept.id) == oracle.standing(kept.id)


def outcome(records: Any, space: str, what: str, owner: int, number: int, text: str) -> object:
    """What an operation ends in; a write without its owner is refused by databases, so it is not tried."""
    who, which = f"{space}-{owner}", f"{space}-e{owner}{number}"
    when = START + datetime.timedelta(minutes=number)
    if what == "runner":
        return records.keep_runner(runner(id=who, name=text)).result(5)
    if what == "erase":
        return records.erase_runner(who).result(5)
    if who not in {item.id for item in records.runners()}:
        return "no owner"
    if what in ("settings", "remark"):
        return of_runner(records, what, who, which, number, text)
    if what == "episode":
        return records.keep_episode(
            episode(id=which, runner_id=who, given={"t": text}, created_at=when, updated_at=when)
        ).result(5)
    if which not in {item.id for item in records.episodes(who)}:
        return "no episode"
    if what == "plan":
        plan = KeptPlan(id=f"{which}-p", episode_id=which, document={"t": text}, edition="e", created_at=when)
        return records.keep_plan(plan).result(5)
    if what == "entries":
        entries = tuple(entry(n, which, text=text, at=when) for n in range(number))
        return adding(records, *entries, owner=which)
    if what == "standing":
        return standing_at(records, stands(which, len(text), text))
    return records.change_episode(
        which, lambda old: Episode(**{**_fields(old), "steps": {"t": text}})
    ).result(5)


def of_runner(records: Any, what: str, who: str, which: str, number: int, text: str) -> object:
    """What an operation ends in that needs a runner and no episode."""
    if what == "settings":
        return records.change_runner(
            who, lambda old: Runner(**{**_fields(old), "settings": {**old.settings, text: str(number)}})
        ).result(5)
    when = START + datetime.timedelta(minutes=number)
    values = {"id": f"{which}-r", "runner_id": who, "record_kind": "k", "record_id": "i", "text": text}
    return records.keep_remark(Remark(**values, agrees=bool(number % 2), created_at=when)).result(5)


def _fields(struct: Any) -> dict[str, Any]:
    return {name: getattr(struct, name) for name in struct.__struct_fields__}


def test_migrations_go_up_and_down_and_match_the_tables(url: str) -> None:
    engine = make_engine(url)
    migrate(engine)
    assert current_revision(engine) == HEAD
    found = sa.MetaData()
    found.reflect(engine)
    expected = {(name, column.name) for name, table in metadata.tables.items() for column in table.columns}
    reflected = {
        (name, column.name)
        for name, table in found.tables.items()
        if name != "alembic_version"
        for column in table.columns
    }
    assert expected == reflected

    migrate(engine, "base")
    assert set(sa.inspect(engine).get_table_names()) <= {"alembic_version"}
    migrate(engine)
    assert current_revision(engine) == HEAD
    engine.dispose()


def test_sqlite_is_opened_durable_and_writes_nothing_elsewhere(tmp_path: Path) -> None:
    engine = make_engine(sqlite_url(tmp_path))
    with engine.connect() as connection:
        pragmas = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "temp_store")
        ]
    engine.dispose()

    assert pragmas == ["wal", 2, 1, 2]
