"""The diary: entries are read strictly; what counts does not depend on order or repeats."""

from __future__ import annotations

import datetime
import random
from typing import Any

import msgspec
import pytest
from hypothesis import given as runs
from hypothesis import strategies as st

from weaklink.case.diary import (
    KINDS,
    AnyEntry,
    DiaryError,
    Rescreened,
    diary_schema,
    digest_of,
    entry_document,
    read_entry,
)
from weaklink.case.standing import standing

AT = "2026-11-23T18:00:00+01:00"


def entry(kind: str, number: int = 1, minute: int = 0, **parts: Any) -> AnyEntry:
    return read_entry(
        {"kind": kind, "id": f"entry-{number:04}", "at": f"2026-11-23T18:{minute:02}:00+01:00", **parts}
    )


def a_set(number: int = 1, **parts: Any) -> AnyEntry:
    whole = {"session": "session-1", "slot": "squat", "exercise": "squat", "set": 1, "reps": 10}
    return entry("set-done", number, **{**whole, **parts})


def test_an_entry_is_the_same_after_writing_and_reading() -> None:
    found = a_set(rir=2, side="left")

    assert read_entry(entry_document(found)) == found
    assert found.day == datetime.date(2026, 11, 23)


def test_the_runners_day_is_the_day_where_they_are() -> None:
    late = read_entry({"kind": "note", "id": "note-0001", "at": "2026-11-24T00:30:00+09:00", "text": ""})

    assert late.day == datetime.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("parts", "key"),
    [
        ({"kind": "dance"}, "entry.kind"),
        ({"id": "short"}, "entry.id"),
        ({"at": "2026-11-23T18:00:00"}, "entry.at"),
        ({"pain": 11}, "entry.pain"),
        ({"mood": "good"}, "entry"),
        ({"date": "yesterday"}, "entry.date"),
    ],
)
def test_what_cannot_be_read_is_named(parts: dict[str, Any], key: str) -> None:
    whole = {"kind": "morning", "id": "entry-0001", "at": AT, "date": "2026-11-23", "pain": 1}
    with pytest.raises(DiaryError) as found:
        read_entry({**whole, **parts})

    assert str(found.value).partition(":")[0] == key


def test_the_schema_knows_every_kind() -> None:
    assert {name for name in diary_schema()["$defs"] if name not in ("Asked", "Load")} == {
        kind.__name__ for kind in KINDS
    }


def test_the_digest_tells_two_versions_apart() -> None:
    assert digest_of(a_set()) == digest_of(a_set())
    assert digest_of(a_set()) != digest_of(a_set(reps=9))


# --- what counts -------------------------------------------------------------------------------------------


def test_the_same_set_on_two_pages_counts_once_the_careful_way() -> None:
    eager, careful = a_set(1, reps=12, rir=4), a_set(2, reps=12, rir=1)
    found = standing([eager, careful])

    assert found.entries == (careful,)
    assert [(c.about, c.used, c.others) for c in found.clashes] == [("set", careful, (eager,))]


@pytest.mark.parametrize(
    ("careful", "other"),
    [
        ({"pain": 5}, {"pain": 1}),
        ({"spreads": True}, {}),
        ({"reps": 4}, {"reps": 10}),
        ({"reps": None, "hold_s": 5}, {"reps": None, "hold_s": 30}),
        ({"rir": 0}, {"rir": 3}),
        ({"faulty": 4}, {"faulty": 0}),
    ],
)
def test_the_more_careful_telling_counts(careful: dict[str, Any], other: dict[str, Any]) -> None:
    first, second = a_set(1, **careful), a_set(2, minute=9, **other)

    assert standing([second, first]).entries == (first,)


def test_of_two_mornings_the_worse_counts() -> None:
    calm = entry("morning", 1, date="2026-11-23", pain=1)
    for worse in ({"pain": 3}, {"pain": 1, "night": 2}, {"pain": 1, "rest": 4}, {"pain": 1, "stiff_min": 20}):
        other = entry("morning", 2, date="2026-11-23", **worse)
        assert standing([calm, other]).entries == (other,)


def test_the_same_said_twice_is_no_clash() -> None:
    found = standing([a_set(1), a_set(2, minute=3)])

    assert (len(found.entries), found.clashes) == (1, ())


def test_two_versions_of_one_id_are_a_clash_and_the_newer_note_counts() -> None:
    old, new = entry("note", 1, 0, text="old"), entry("note", 1, 5, text="new")
    found = standing([old, new])

    assert (found.entries, found.clashes[0].about) == ((new,), "entry")


def test_what_was_undone_does_not_count() -> None:
    hurt = entry("this-hurts", 1, session="session-1", slot="squat", exercise="squat")
    undone = entry("undone", 2, undoes=hurt.id)

    assert standing([undone, hurt]).entries == ()


def test_answers_to_safety_questions_all_count_and_cannot_be_undone() -> None:
    yes = entry("rescreened", 1, answers={"dvt": "yes"})
    edited = msgspec.structs.replace(yes, answers={"dvt": "no"})
    found = standing([yes, edited, entry("undone", 2, undoes=yes.id)])

    assert {e.answers["dvt"] for e in found.entries if isinstance(e, Rescreened)} == {"yes", "no"}


def test_a_session_begun_on_two_pages_is_one() -> None:
    begun = [entry("session-begun", n, minute=n, session="session-1") for n in (1, 2)]

    assert len(standing(begun).entries) == 1


entries = st.lists(
    st.one_of(
        st.builds(a_set, st.integers(1, 6), set=st.integers(1, 3), reps=st.integers(0, 12),
                  pain=st.none() | st.integers(0, 10), rir=st.none() | st.integers(0, 5), minute=st.integers(0, 9)),
        st.builds(lambda n, p: entry("morning", n, date="2026-11-23", pain=p), st.integers(1, 6), st.integers(0, 10)),
        st.builds(lambda n, u: entry("undone", n, undoes=f"entry-{u:04}"), st.integers(1, 6), st.integers(1, 6)),
        st.builds(lambda n, a: entry("rescreened", n, answers={"dvt": a}), st.integers(1, 6), st.sampled_from(["yes", "no"])),
        st.builds(lambda n, m: entry("run-done", n, minute=m, date="2026-11-23", km=5), st.integers(1, 6), st.integers(0, 9)),
    ),
    max_size=14,
)  # fmt: skip


@runs(entries, st.randoms(use_true_random=False))
def test_order_and_repeats_make_no_difference(told: list[AnyEntry], rng: random.Random) -> None:
    again = [*told, *rng.choices(told, k=len(told))] if told else []
    rng.shuffle(again)

    assert standing(again) == standing(told)


@runs(entries)
def test_nothing_is_lost(told: list[AnyEntry]) -> None:
    """Every version counts, was undone, or stands in a clash beside the one that counts."""
    found = standing(told)
    shown = [*found.entries, *(o for c in found.clashes for o in (c.used, *c.others))]
    undone = {e.undoes for e in told if entry_document(e)["kind"] == "undone"}
    for one in told:
        kind = entry_document(one)["kind"]
        if kind == "undone" or (one.id in undone and kind != "rescreened"):
            continue
        same = [msgspec.structs.replace(o, id=one.id, at=one.at) for o in shown if type(o) is type(one)]
        assert one in same or any(e.id == one.id and type(e) is not type(one) for e in told)
