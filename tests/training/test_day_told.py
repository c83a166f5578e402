"""A day of a diary put together, and the day that each entry lies under."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from weaklink.case.diary import read_entry
from weaklink.training.course.day_told import DayTold, bound_by, day_told, days_told, filed, first_day
from weaklink.training.course.session_record import session_records

MONDAY = datetime.date(2026, 9, 7)
DAY = datetime.timedelta(days=1)
MOVE = {"session": "session-1", "slot": "legs", "exercise": "raise"}


def told(kind: str, name: str, day: int = 0, hour: int = 8, **parts: Any) -> Any:
    return read_entry(
        {"kind": kind, "id": name, "at": f"{MONDAY + day * DAY}T{hour:02}:00:00+00:00", **parts}
    )


NOTE = told("note", "note-0001", -1, text="x")
BEGUN = told("session-begun", "begun-001", 0, 17, session="session-1")
SET = told("set-done", "set-00001", 0, 18, **MOVE, set=1, reps=10, pain=2)
FELT = told("felt", "felt-0001", 0, 19, **MOVE, set=1, pain=4)
NOTHING_FELT = told("felt", "felt-0002", 0, 19, **MOVE, set=1, rir=2)
HURTS = told("this-hurts", "hurts-001", 1, 1, **MOVE, pain=3)
LIMIT = told("set-done", "set-00002", 1, 2, **MOVE, set=2, reps=15, rir=0, to_the_limit=True)
ENDED = told("session-ended", "ended-001", 1, 3, session="session-1", minutes=14)
ALL = (NOTE, BEGUN, SET, FELT, NOTHING_FELT, HURTS, LIMIT, ENDED)


def test_one_day_says_everything_of_its_entries_once() -> None:
    found = day_told(MONDAY, reversed(ALL))

    assert found is not None
    assert found == DayTold(
        day=MONDAY, first=MONDAY - DAY, last=MONDAY + DAY, first_session=MONDAY, entries=(NOTE,),
        sessions=session_records([BEGUN, SET, FELT, NOTHING_FELT, HURTS, LIMIT, ENDED]), hurts=(HURTS,),
        felt={MONDAY: 4, MONDAY + DAY: 3}, spares=found.spares, sets=2, minutes=14,
    )  # fmt: skip
    assert len(found.sessions) == 1
    assert day_told(MONDAY, [told("session-ended", "ended-001", session="session-1")]) is not None


def test_the_worst_that_was_felt_on_a_day_counts_and_minutes_nobody_said_are_none() -> None:
    after = told("felt", "felt-0003", 0, 20, **MOVE, set=1, pain=1)
    found = day_told(
        MONDAY, [SET, FELT, after, told("session-ended", "ended-001", 0, 21, session="session-1")]
    )

    assert found is not None
    assert (found.felt, found.minutes) == ({MONDAY: 4}, 0)


def test_a_day_of_which_nothing_counts_is_none() -> None:
    assert day_told(MONDAY, []) is None
    assert day_told(MONDAY, [NOTE, told("undone", "undone-01", undoes="note-0001")]) is None


def test_two_versions_of_one_entry_are_said() -> None:
    found = day_told(MONDAY, [NOTE, told("note", "note-0001", text="another")])

    assert found is not None
    assert len(found.clashes) == 1


@pytest.mark.parametrize(
    ("entry", "keys"),
    [
        (NOTE, ("id note-0001",)),
        (told("undone", "undone-01", undoes="note-0001"), ("id undone-01", "id note-0001")),
        (told("morning", "morning-1", date="2026-09-07", pain=0), ("id morning-1", "morning 2026-09-07")),
        (SET, ("id set-00001", "session session-1")),
    ],
)
def test_what_an_entry_is_bound_by(entry: Any, keys: tuple[str, ...]) -> None:
    assert bound_by(entry) == keys


def test_the_first_day_an_entry_matters_for() -> None:
    early, late = str(MONDAY - 3 * DAY), str(MONDAY + DAY)

    assert first_day(told("morning", "morning-1", date=str(MONDAY), pain=0)) == MONDAY - DAY
    for kind, parts in (
        ("run-done", {"km": 1}),
        ("walked", {"minutes": 1, "pain": 0}),
        ("scored", {"questionnaire": "akps", "total": 5}),
    ):
        assert first_day(told(kind, "entry-001", date=early, **parts)) == MONDAY - 3 * DAY
        assert first_day(told(kind, "entry-001", date=late, **parts)) == MONDAY
    assert first_day(SET) == MONDAY


def test_whatever_is_bound_lies_under_the_earliest_day_of_it_all() -> None:
    first = told("undone", "undone-01", 5, undoes="set-00001")
    second = told("undone", "undone-02", 6, undoes="undone-01")
    alone = told("note", "note-0009", 6, text="x")
    other = told("set-done", "set-00009", 7, session="session-9", slot="legs", exercise="raise", set=1)

    assert filed([second, alone, SET, first, other, HURTS]) == [
        MONDAY,
        MONDAY + 6 * DAY,
        MONDAY,
        MONDAY,
        MONDAY + 7 * DAY,
        MONDAY,
    ]
    assert filed([]) == []


def test_two_groups_that_turn_out_to_be_one_lie_together() -> None:
    """The bridge comes last: what was two sessions' until then is one day's, and later entries find it."""
    one = told("set-done", "set-00001", 3, session="session-1", slot="a", exercise="a", set=1)
    two = told("set-done", "set-00002", 1, session="session-2", slot="a", exercise="a", set=1)
    bridge = [
        told("undone", "set-00003", 4, undoes="set-00001"),
        told("undone", "set-00003", 4, undoes="set-00002"),
    ]
    later = [told("session-ended", f"ended-00{n}", 8, session=f"session-{n}") for n in (1, 2)]

    assert set(filed([one, two, *bridge, *later])) == {MONDAY + DAY}
    assert set(filed([one, two, bridge[1], bridge[0], later[1], later[0]])) == {MONDAY + DAY}


def test_a_group_that_stands_apart_is_found_again_after_others_became_one() -> None:
    apart = told("set-done", "set-00009", 1, session="session-9", slot="a", exercise="a", set=1)
    one = told("set-done", "set-00001", 3, session="session-1", slot="a", exercise="a", set=1)
    two = told("set-done", "set-00002", 2, session="session-2", slot="a", exercise="a", set=1)
    bridge = [told("undone", "undone-01", 4, undoes=name) for name in ("set-00001", "set-00002")]
    later = told("session-ended", "ended-009", 8, session="session-9")

    assert filed([apart, one, two, *bridge, later])[-1] == MONDAY + DAY


def test_a_long_session_costs_its_sets_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is bound is looked through again when two groups become one, not with each entry."""
    asked: list[str] = []

    def counted(entry: Any) -> tuple[str, ...]:
        asked.append(entry.id)
        return bound_by(entry)

    monkeypatch.setattr("weaklink.training.course.day_told.bound_by", counted)
    sets = [told("set-done", f"set-{n:05}", 0, 18, **MOVE, set=1, reps=10) for n in range(200)]

    assert set(filed(sets)) == {MONDAY}
    assert len(asked) <= 3 * len(sets)


def test_days_are_told_oldest_first_and_empty_ones_not_at_all() -> None:
    found = days_told(
        [told("note", "note-0002", 4, text="y"), *ALL, told("undone", "undone-01", 4, undoes="note-0002")]
    )

    assert [day.day for day in found] == [MONDAY - DAY, MONDAY]
