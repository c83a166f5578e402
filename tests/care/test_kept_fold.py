"""A diary kept as it is told, in any order and with any edits, leads where the whole diary leads."""

from __future__ import annotations

import datetime
import random
import sqlite3
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given as runs
from hypothesis import strategies as st

from tests.care.random_diary import RandomDiary, on
from tests.searches import search
from tests.store.memory_shelf import MemoryDiary, MemoryShelf
from tests.training.virtual_runners import STORIES, World
from weaklink.care.filing import put_together
from weaklink.care.folding import Diary
from weaklink.care.follow_up import Following
from weaklink.care.keeping_diary import (
    KeptCourse,
    Whole,
    keep_and_follow,
    kept_entry,
    told_by,
    where_it_leads,
)
from weaklink.care.ports import Episode, KeptEntry, Runner
from weaklink.case.diary import read_entry
from weaklink.library.reading import Library
from weaklink.library.wording import shipped_wording
from weaklink.store.opening import open_store, sqlite_url
from weaklink.store.private_files import DATABASE

MOMENT = datetime.datetime(2026, 11, 2, tzinfo=datetime.UTC)
LATE = datetime.timedelta(hours=3)
SEEDS = st.integers(0, 10**9)


@pytest.fixture(scope="module")
def world(library: Library) -> World:
    return World(library, shipped_wording())


class Keeper:
    """One runner whose diary is kept on a shelf, batch by batch."""

    def __init__(self, world: World, story: dict[str, Any]) -> None:
        self.world = world
        self.given, self.plan = world.beginning(story)
        self.kept = MemoryDiary()
        self.day = on(0)

    def course(self, diary: Diary) -> KeptCourse:
        """The course with a diary."""
        return KeptCourse(
            given=self.given, plan=self.plan, told=diary, library=self.world.library, today=self.day,
            judge=self.world.judge,
        )  # fmt: skip

    def tells(self, rows: list[KeptEntry]) -> None:
        """Keep some entries with where they lead."""
        self.day = max(self.day, *(row.received_at.date() for row in rows))
        keep_and_follow(MemoryShelf(self.kept), rows, "episode-1", self.course, rows[-1].received_at)

    def read(self) -> Following:
        """Where it leads by what was kept."""
        shelf = MemoryShelf(self.kept)
        return where_it_leads(self.course(told_by(shelf.told(), Whole(tuple, shelf.days))))

    def read_anew(self) -> Following:
        """Where it leads by every entry."""
        return where_it_leads(self.course(Diary(days=put_together(self.kept.sorted_entries()))))


def shown(found: Following) -> Any:
    """All of it but the reasons, which are kept beside a fold."""
    course = msgspec.structs.replace(found.course, reasons=(), reasons_before=0)
    return msgspec.to_builtins(msgspec.structs.replace(found, course=course))


def reasons_of(keeper: Keeper, found: Following) -> list[tuple[str, str, str]]:
    """Every reason: those kept with the fold, and those since."""
    kept = keeper.kept.standing.reasons[: found.course.reasons_before] if keeper.kept.standing else ()
    return [
        *((reason.id, reason.rule, reason.date) for reason in kept),
        *((reason.id, reason.rule, reason.date.isoformat()) for reason in found.course.reasons),
    ]


def told_in(dice: random.Random, keeper: Keeper, days: int) -> list[list[KeptEntry]]:
    """A random diary in the batches it comes in, some of it days late."""
    flags = sorted(keeper.world.library.red_flags)
    found = RandomDiary(dice, keeper.plan, flags, days).entries
    rows = []
    for entry in map(read_entry, found):
        late = datetime.timedelta(days=dice.choice([0] * 12 + [1, 2, 9, 50]))
        rows.append(kept_entry(entry, "episode-1", (entry.at + LATE + late).astimezone(datetime.UTC)))
    rows.sort(key=lambda row: row.received_at)
    batches = []
    while rows:
        size = dice.choice((1, 1, 3, 15))
        batches.append(rows[:size])
        rows = rows[size:]
    return batches


@search(sample=3, whole=10)
@runs(seed=SEEDS)
def test_what_is_kept_leads_where_the_whole_diary_leads(world: World, seed: int) -> None:
    dice = random.Random(seed)
    keeper = Keeper(world, dice.choice(STORIES))
    batches = told_in(dice, keeper, dice.choice((9, 30, 80)))
    looks = {dice.randrange(len(batches)) for _ in range(4)} | {len(batches) - 1} if batches else set()
    for number, batch in enumerate(batches):
        keeper.tells(batch)
        if number in looks:
            kept, anew = keeper.read(), keeper.read_anew()
            assert shown(kept) == shown(anew)
            assert reasons_of(keeper, kept) == reasons_of(keeper, anew)


@pytest.mark.parametrize("seed", [8])
def test_a_database_keeps_what_memory_keeps(world: World, tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    keeper = Keeper(world, STORIES[0])
    records = open_store(sqlite_url(tmp_path))
    records.keep_runner(Runner(id="runner-1", created_at=MOMENT)).result(5)
    episode = Episode(id="episode-1", runner_id="runner-1", edition="e", created_at=MOMENT, updated_at=MOMENT)
    records.keep_episode(episode).result(5)
    for batch in told_in(dice, keeper, 30):
        keeper.tells(batch)
        came = {"entries": batch, "episode_id": "episode-1", "now": batch[-1].received_at}
        records.change_diary("episode-1", partial(keep_and_follow, course=keeper.course, **came)).result(5)
    kept, told = records.told("episode-1"), MemoryShelf(keeper.kept).told()
    days = records.days("episode-1", None, None)
    lately = records.newest("episode-1", 40, datetime.date.max)
    standing = records.standing("episode-1")
    records.close()

    assert kept == told
    assert days == MemoryShelf(keeper.kept).days(None, None)
    assert msgspec.json.encode(standing) == msgspec.json.encode(keeper.kept.standing)
    first = min(row.day for row in lately if row.day is not None)
    assert 40 <= len(lately) < len(keeper.kept.entries)
    newest = [row for row in keeper.kept.sorted_entries() if row.day is not None and row.day >= first]
    assert [(row.at, row.id, row.digest) for row in lately] == [
        (row.at, row.id, row.digest) for row in newest
    ]
    with sqlite3.connect(tmp_path / DATABASE) as database:
        (folds,) = database.execute("SELECT count(*) FROM folds").fetchone()
    database.close()
    assert 3 <= folds < 10


def test_a_diary_from_before_is_filed_with_the_next_entry(world: World) -> None:
    keeper = Keeper(world, STORIES[0])
    batches = told_in(random.Random(5), keeper, 30)
    for row in (row for batch in batches[:-1] for row in batch):
        keeper.kept.entries[row.id, row.digest] = msgspec.structs.replace(row, about="")
    shelf = MemoryShelf(keeper.kept)
    whole = Whole(keeper.kept.sorted_entries, shelf.days)

    before = where_it_leads(keeper.course(told_by(shelf.told(), whole)))
    assert shown(before) == shown(keeper.read_anew())
    keeper.tells(batches[-1])
    assert shelf.told().whole
    assert shown(keeper.read()) == shown(keeper.read_anew())


def test_what_is_told_again_changes_nothing(world: World) -> None:
    keeper = Keeper(world, STORIES[0])
    (batch, *_) = told_in(random.Random(8), keeper, 9)
    keeper.tells(batch)
    before = (dict(keeper.kept.entries), dict(keeper.kept.days), shown(keeper.read()))
    keeper.tells(batch)

    assert (dict(keeper.kept.entries), dict(keeper.kept.days), shown(keeper.read())) == before


def test_counts_are_the_same_by_what_was_kept_and_by_all(world: World) -> None:
    keeper = Keeper(world, STORIES[0])
    for batch in told_in(random.Random(9), keeper, 40):
        keeper.tells(batch)
    shelf = MemoryShelf(keeper.kept)
    kept = told_by(shelf.told(), Whole(tuple, shelf.days))
    anew = Diary(days=put_together(keeper.kept.sorted_entries()))

    assert kept.kept is not None
    assert kept.counted(keeper.day).counted == anew.counted(keeper.day).counted
    assert kept.counted(keeper.day).counted.trained > 0


def test_what_cannot_be_read_any_more_is_kept_and_says_nothing(world: World) -> None:
    keeper = Keeper(world, STORIES[0])
    batches = told_in(random.Random(6), keeper, 20)
    odd = msgspec.structs.replace(batches[0][0], id="odd-entry-1", body={"kind": "of tomorrow"}, kind="odd")
    for batch in batches:
        keeper.tells(batch)
    before = shown(keeper.read())
    keeper.tells([odd])

    assert shown(keeper.read()) == before
    assert ("odd-entry-1", odd.digest) in keeper.kept.entries


def test_a_fold_is_gone_on_with_and_not_made_anew(world: World) -> None:
    dice = random.Random(7)
    keeper = Keeper(world, STORIES[0])
    for batch in told_in(dice, keeper, 60):
        keeper.tells(batch)
    found = keeper.read()

    assert found.course.reasons_before > 0
    assert MemoryShelf(keeper.kept).told().fold is not None
    assert len(MemoryShelf(keeper.kept).told().days) <= 3
