"""Correcting: numbers of a session may change for 48 hours; what hurt never gets less."""

from __future__ import annotations

import datetime
import random
from typing import Any

import pytest
from hypothesis import given as runs
from hypothesis import strategies as st

from weaklink.case.diary import AnyEntry, Corrected, Felt, SetDone, read_entry
from weaklink.case.standing import standing

ENDED = datetime.datetime(2026, 11, 23, 18, 40, tzinfo=datetime.UTC)
SET = {"session": "session-1", "slot": "squat", "exercise": "squat", "side": "left", "set": 1}


def told(kind: str, name: str, after_h: float = -0.5, **parts: Any) -> AnyEntry:
    at = ENDED + datetime.timedelta(hours=after_h)
    return read_entry({"kind": kind, "id": f"entry-{name}", "at": at.isoformat(), **parts})


def a_session(**parts: Any) -> list[AnyEntry]:
    return [
        told("session-begun", "begun", -1, session="session-1"),
        told("set-done", "first", **SET, **{"reps": 10, "load": {"kind": "dumbbell-each", "kg": 5.0}, **parts}),
        told("session-ended", "ended", 0, session="session-1"),
    ]  # fmt: skip


def correction(name: str = "change", after_h: float = 1, **parts: Any) -> AnyEntry:
    return told("corrected", name, after_h, **{**SET, "reps": 10, **parts})


def the_set(entries: list[AnyEntry]) -> SetDone | None:
    return next((e for e in standing(entries).entries if isinstance(e, SetDone)), None)


def pains(entries: list[AnyEntry]) -> list[int]:
    found = standing(entries).entries
    return [e.pain for e in found if isinstance(e, SetDone | Felt) and e.pain is not None]


def test_what_a_correction_says_takes_the_place_of_what_was_said() -> None:
    felt = told("felt", "felt", **SET, rir=0, pain=1)
    new = correction(reps=12, load={"kind": "dumbbell-each", "kg": 7.5}, rir=3)

    found = the_set([*a_session(), felt, new])

    assert found is not None
    assert found.load is not None
    assert (found.reps, found.load.kg, found.rir) == (12, 7.5, 3)
    # Nobody is asked twice: the reserve that was said before does not stand beside it.
    assert [e.rir for e in standing([*a_session(), felt, new]).entries if isinstance(e, Felt)] == [None]


def test_less_pain_in_a_correction_takes_none_away() -> None:
    assert max(pains([*a_session(pain=7), correction(pain=1)])) == 7


def test_more_pain_in_a_correction_counts_on_the_day_of_the_session() -> None:
    found = [*a_session(pain=1), correction(after_h=30, pain=7)]

    hurt = [e for e in standing(found).entries if isinstance(e, Felt)]
    assert [(e.pain, e.day) for e in hurt] == [(7, ENDED.date())]


def test_pain_that_spread_stays_said() -> None:
    found = standing([*a_session(spreads=True), correction()]).entries

    assert any(isinstance(e, SetDone | Felt) and e.spreads for e in found)


def test_a_set_that_was_not_done_is_gone_and_its_pain_is_not() -> None:
    found = [*a_session(pain=6), correction(done=False)]

    assert the_set(found) is None
    assert pains(found) == [6]


def test_a_set_that_was_done_and_not_told_is_there() -> None:
    found = [*a_session(), correction(**{**SET, "set": 2}, reps=9)]

    sets = {e.set: e.reps for e in standing(found).entries if isinstance(e, SetDone)}
    assert sets == {1: 10, 2: 9}


@pytest.mark.parametrize(("after_h", "reps"), [(47.9, 3), (48.1, 10)])
def test_after_48_hours_only_pain_is_heard(after_h: float, reps: int) -> None:
    found = [*a_session(), correction(after_h=after_h, reps=3, pain=8)]

    one = the_set(found)
    assert one is not None
    assert one.reps == reps
    assert pains(found) == [8]


def test_a_correction_is_corrected_and_never_taken_back() -> None:
    first, second = correction("one", 1, reps=3, pain=5), correction("two", 2, reps=8)
    undone = told("undone", "undo", 3, undoes=second.id)

    one = the_set([*a_session(), first, second, undone])
    assert one is not None
    assert one.reps == 8
    assert pains([*a_session(), first, second, undone]) == [5]


SAID = st.fixed_dictionaries(
    {
        "after_h": st.floats(0, 60),
        "done": st.booleans(),
        "reps": st.integers(0, 20),
        "pain": st.none() | st.integers(0, 10),
        "spreads": st.booleans(),
    }
)


@runs(st.lists(SAID, max_size=4), st.integers(0, 10), st.booleans(), st.randoms())
def test_no_correction_takes_away_pain_and_order_makes_no_difference(
    said: list[dict[str, Any]], pain: int, spreads: bool, dice: random.Random
) -> None:
    found = a_session(pain=pain, spreads=spreads) + [correction(f"c{n}", **one) for n, one in enumerate(said)]
    mixed = found[:]
    dice.shuffle(mixed)

    says = standing(found).entries
    felt = [e for e in says if isinstance(e, SetDone | Felt)]
    assert max((e.pain or 0 for e in felt), default=0) == max(pain, *(s["pain"] or 0 for s in said), 0)
    assert any(e.spreads for e in felt) == (spreads or any(s["spreads"] for s in said))
    assert not any(isinstance(e, Corrected) for e in says)
    assert standing(mixed) == standing([*found, *found])
