"""Filing: the time that counts, the day an entry lies under, and everything that is bound to it filed with it."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
import pytest

from tests.store.memory_shelf import MemoryDiary, MemoryShelf
from weaklink.care.filing import about_of, entry_of, file_entries, in_time, opened, put_together
from weaklink.care.keeping_diary import kept_entry
from weaklink.care.ports import KeptEntry
from weaklink.case.diary import read_entry

NOW = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
SECOND = datetime.timedelta(seconds=1)
SETS: dict[str, Any] = {"session": "session-1", "slot": "a", "exercise": "a", "set": 1, "reps": 10}


def said(kind: str, name: str, at: datetime.datetime = NOW, **parts: Any) -> Any:
    return read_entry({"kind": kind, "id": name, "at": at.isoformat(), **parts})


def row(kind: str, name: str, at: datetime.datetime = NOW, **parts: Any) -> KeptEntry:
    return kept_entry(said(kind, name, at, **parts), "episode-1", max(at, NOW))


def keep(kept: MemoryDiary, *rows: KeptEntry) -> tuple[bool, ...]:
    return file_entries(MemoryShelf(kept), rows)


def days(kept: MemoryDiary) -> dict[str, datetime.date | None]:
    return {entry.id: entry.day for entry in kept.entries.values()}


def pains(kept: MemoryDiary) -> dict[str, list[Any]]:
    """The pain of the mornings that count, by the day they lie under."""
    found = opened(kept.days.values())
    return {str(one.day): [getattr(entry, "pain", None) for entry in one.entries] for one in found}


# --- the time that counts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "counts"),
    [
        (NOW - 60 * DAY, NOW - 60 * DAY),
        (NOW - 60 * DAY - SECOND, NOW),
        (NOW + DAY, NOW + DAY),
        (NOW + DAY + SECOND, NOW),
    ],
)
def test_a_clock_that_is_plainly_wrong_gives_way_to_the_time_it_came_in(
    at: datetime.datetime, counts: datetime.datetime
) -> None:
    assert in_time(said("note", "note-0001", at, text="x"), NOW).at == counts


@pytest.mark.parametrize(
    ("off", "counts"), [(-1, True), (-2, False), (0, True), (1, True), (400, True), (401, False)]
)
def test_a_day_is_the_one_that_was_said_as_long_as_it_can_be(off: int, counts: bool) -> None:
    date = NOW.date() - off * DAY
    expected = date if counts else NOW.date()

    for entry in (
        said("morning", "morning-1", date=str(date), pain=1),
        said("run-done", "run-00001", date=str(date), km=5),
        said("walked", "walk-0001", date=str(date), minutes=30, pain=0),
        said("scored", "scored-01", date=str(date), questionnaire="akps", total=50),
    ):
        assert in_time(entry, NOW).date == expected


def test_a_row_that_cannot_be_read_says_nothing() -> None:
    assert (
        entry_of(msgspec.structs.replace(row("note", "note-0001", text="x"), body={"kind": "dream"})) is None
    )


# --- what is bound -----------------------------------------------------------------------------------------


def test_what_binds_an_entry() -> None:
    assert about_of(said("undone", "undone-01", undoes="note-0001")) == "note-0001"
    assert about_of(said("morning", "morning-1", date="2026-11-22", pain=1)) == "morning 2026-11-22"
    assert about_of(said("note", "note-0001", text="x")) == ""
    assert about_of(None) == ""


def test_an_entry_lies_under_its_day_and_is_new_once() -> None:
    kept = MemoryDiary()
    one, other = (
        row("note", "note-0001", NOW - DAY, text="x"),
        row("note", "note-0002", NOW - 2 * DAY, text="y"),
    )

    assert keep(kept, one) == (True,)
    assert keep(kept, one, other) == (False, True)
    assert keep(kept, one, other) == (False, False)
    assert days(kept) == {"note-0001": (NOW - DAY).date(), "note-0002": (NOW - 2 * DAY).date()}


def test_a_morning_lies_under_the_day_before_which_it_judges() -> None:
    kept = MemoryDiary()
    keep(kept, row("morning", "morning-1", NOW, date="2026-11-22", pain=3))

    assert pains(kept) == {"2026-11-21": [3]}


def test_a_session_lies_under_its_first_day_whoever_told_it_first() -> None:
    kept = MemoryDiary()
    keep(kept, row("set-done", "set-00001", NOW, **SETS))
    assert days(kept) == {"set-00001": NOW.date()}

    keep(kept, row("session-begun", "begun-001", NOW - DAY, session="session-1"))
    assert days(kept) == {"set-00001": (NOW - DAY).date(), "begun-001": (NOW - DAY).date()}
    assert NOW.date() not in kept.days


def test_what_takes_back_and_what_is_taken_back_lie_together_through_others() -> None:
    kept = MemoryDiary()
    keep(kept, row("undone", "undone-02", NOW, undoes="undone-01"))
    keep(kept, row("undone", "undone-01", NOW - DAY, undoes="set-00001"))
    keep(kept, row("set-done", "set-00001", NOW - 2 * DAY, **SETS))
    keep(kept, row("session-begun", "begun-001", NOW - 3 * DAY, session="session-1"))

    assert set(days(kept).values()) == {(NOW - 3 * DAY).date()}


def test_two_versions_of_a_morning_lie_together_and_what_is_taken_back_leaves_its_day() -> None:
    kept, date = MemoryDiary(), "2026-11-21"
    keep(kept, row("morning", "morning-1", NOW - DAY, date=date, pain=1))
    keep(kept, row("morning", "morning-2", NOW, date=date, pain=5))
    assert pains(kept) == {"2026-11-20": [5]}

    keep(kept, row("undone", "undone-01", NOW, undoes="morning-2"))
    assert pains(kept) == {"2026-11-20": [1]}

    keep(kept, row("undone", "undone-02", NOW, undoes="morning-1"))
    assert kept.days == {}


def test_an_entry_kept_by_an_earlier_edition_is_filed_with_what_binds_it() -> None:
    kept = MemoryDiary()
    old = msgspec.structs.replace(row("undone", "undone-01", NOW, undoes="set-00001"), about="")
    kept.entries[old.id, old.digest] = old

    keep(kept, row("note", "note-0001", NOW - 5 * DAY, text="x"))

    (found,) = (entry for entry in kept.entries.values() if entry.id == "undone-01")
    assert (found.day, found.about) == (NOW.date(), "set-00001")


def test_a_fold_that_holds_a_changed_day_is_dropped_and_one_before_it_stays() -> None:
    kept, dropped = MemoryDiary(), list[datetime.date]()

    class Watched(MemoryShelf):
        def drop_folds(self, after: datetime.date) -> None:
            dropped.append(after)

    file_entries(
        Watched(kept),
        [row("note", "note-0001", NOW - DAY, text="x"), row("note", "note-0002", NOW, text="y")],
    )
    file_entries(Watched(kept), [row("note", "note-0001", NOW - DAY, text="x")])

    assert dropped == [(NOW - DAY).date()]


def test_a_row_that_cannot_be_read_any_more_lies_under_its_own_day_and_hides_nothing() -> None:
    kept = MemoryDiary()
    odd = msgspec.structs.replace(row("note", "note-0001", NOW - DAY, text="x"), body={"kind": "dream"})
    keep(kept, odd, row("morning", "morning-1", NOW, date=str(NOW.date()), pain=2))

    assert days(kept) == {"note-0001": (NOW - DAY).date(), "morning-1": (NOW - DAY).date()}
    assert pains(kept) == {"2026-11-22": [2]}
    assert set(kept.days) == {(NOW - DAY).date()}
    assert [day.day for day in put_together(kept.sorted_entries())] == [(NOW - DAY).date()]
