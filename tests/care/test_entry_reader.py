"""The reader of entries: each judged alone, whatever it is; text, numbers and times made fit to be kept."""

from __future__ import annotations

import datetime
import json
import re
from typing import Any

import msgspec
import pytest
from hypothesis import given as runs
from hypothesis import strategies as st

from weaklink.care.entry_reader import EntryReader, read_entries, unread_entries
from weaklink.care.filing import entry_of, put_together
from weaklink.care.keeping_diary import kept_entry
from weaklink.case.diary import DiaryError, Note, Unkept, digest_of, entry_document, read_entry
from weaklink.library.reading import Library
from weaklink.store.rows import row_of

NOW = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
AT = "2026-11-23T11:00:00+01:00"
NOTE: dict[str, Any] = {"kind": "note", "id": "note-0001", "at": AT, "text": "fine"}
MORNING: dict[str, Any] = {"kind": "morning", "id": "morning-01", "at": AT, "date": "2026-11-23", "pain": 1}
RUN: dict[str, Any] = {"kind": "run-done", "id": "run-000001", "at": AT, "date": "2026-11-23", "km": 5}
ASKED: dict[str, Any] = {"kind": "rescreened", "id": "asked-0001", "at": AT, "answers": {"pe": "yes"}}
TESTED: dict[str, Any] = {
    "kind": "tested", "id": "tested-001", "at": AT, "tests": {"straight-leg-raise-reps": {"right": 15, "left": 17}},
}  # fmt: skip
REPORTED: dict[str, Any] = {"kind": "reported", "id": "report-01", "at": AT, "activities": {"stairs": 3}}
SCORED: dict[str, Any] = {
    "kind": "scored", "id": "scored-001", "at": AT, "questionnaire": "akps", "date": "2026-11-23", "total": 50,
}  # fmt: skip
SESSION: dict[str, Any] = {
    "kind": "session-begun",
    "id": "begun-001",
    "at": AT,
    "session": "session-1",
    "moves": [],
}
WHOLE = (NOTE, MORNING, RUN, ASKED, TESTED, REPORTED, SCORED, SESSION)


@pytest.fixture
def reader(library: Library) -> EntryReader:
    return EntryReader(library, NOW)


def reason(reader: EntryReader, entry: Any) -> Unkept | None:
    batch = reader.read([entry])
    return batch.refused[0].reason if batch.refused else None


def words(reader: EntryReader, text: str) -> str:
    (found,) = reader.read([{**NOTE, "text": text}]).entries
    assert isinstance(found.entry, Note)
    return found.entry.text


# --- any value ---------------------------------------------------------------------------------------------

ODD_TEXT = st.text(st.characters(codec=None), max_size=12)  # half characters and controls included
ODD_NUMBERS = st.one_of(
    st.integers(), st.floats(), st.sampled_from([10**400, -(10**400), 1e308, float("nan"), float("inf"), -0.0])
)  # fmt: skip
ODD_TIMES = st.sampled_from(
    ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "1999-12-31T23:59:59Z", "2026-02-30T00:00:00Z",
     "2026-11-23T18:00:00", "0001-01-01", "9999-12-31", "2026-11-23T24:00:00Z", "yesterday"]
)  # fmt: skip
ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), ODD_NUMBERS, ODD_TEXT, ODD_TIMES),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ODD_TEXT, inner, max_size=4),
    max_leaves=12,
)


@st.composite
def damaged(draw: st.DrawFn) -> Any:
    """A whole entry with some of its values replaced, taken out or added to."""
    entry = dict(draw(st.sampled_from(WHOLE)))
    for key in draw(st.lists(st.sampled_from([*entry, "episode", "weather"]), max_size=3)):
        if draw(st.booleans()):
            entry[key] = draw(ANYTHING)
        else:
            entry.pop(key, None)
    return entry


@runs(st.lists(st.one_of(ANYTHING, damaged(), st.sampled_from(WHOLE)), max_size=6))
def test_whatever_comes_in_is_read_or_refused_with_a_reason_and_never_an_exception(
    library: Library, sent: list[Any]
) -> None:
    batch = EntryReader(library, NOW).read(sent)
    places = [one.index for one in (*batch.entries, *batch.refused)]

    assert sorted(places) == list(range(len(sent)))
    # What is said back can be written down, and what is kept can be kept and read again.
    json.dumps([[one.id, one.why] for one in batch.refused]).encode()
    assert all(len(one.why) <= 300 for one in batch.refused)
    for one in batch.entries:
        row = kept_entry(one.entry, "episode-1", NOW)
        assert json.dumps(row_of(row), allow_nan=False).encode()
        assert read_entry(row.body) == one.entry
        assert entry_of(row) is not None
        put_together([row])


@runs(st.lists(st.one_of(ANYTHING, damaged()), max_size=5), st.integers(0, 5))
def test_a_good_entry_is_kept_whatever_stands_beside_it(
    library: Library, others: list[Any], place: int
) -> None:
    sent = [*others[:place], MORNING, *others[place:]]
    batch = EntryReader(library, NOW).read(sent)

    assert MORNING["id"] in [one.entry.id for one in batch.entries]


@runs(damaged())
def test_reading_what_was_read_changes_nothing(library: Library, sent: Any) -> None:
    for one in EntryReader(library, NOW).read([sent]).entries:
        (again,) = EntryReader(library, NOW).read([entry_document(one.entry)]).entries
        assert digest_of(again.entry) == digest_of(one.entry)


@pytest.mark.parametrize("entry", WHOLE, ids=lambda entry: entry["kind"])
def test_what_is_right_passes(reader: EntryReader, entry: dict[str, Any]) -> None:
    (found,) = reader.read([{**entry, "episode": "episode-7"}]).entries

    assert found.episode == "episode-7"
    assert found.entry == read_entry({**entry})


# --- text --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Tut weh \U0001f9b5, aber nur bergab: café", "Tut weh \U0001f9b5, aber nur bergab: café"),
        ("half an emoji \ud83e", "half an emoji �"),
        ("two halves \ud83e\uddb5 that belong together", "two halves \U0001f9b5 that belong together"),
        ("cafe\N{COMBINING ACUTE ACCENT}", "café"),
        ("nul\0 and bell\a", "nul and bell"),
        ("one\r\ntwo\rthree\n\tfour", "one\ntwo\nthree\n\tfour"),
        ("\N{NEXT LINE}and escape \x1b[31m", "and escape [31m"),
        ("שלום \N{RIGHT-TO-LEFT MARK}a", "שלום \N{RIGHT-TO-LEFT MARK}a"),
    ],
)
def test_free_words_are_kept_in_whole_characters(reader: EntryReader, said: str, kept: str) -> None:
    assert words(reader, said) == kept


def test_the_same_words_written_in_two_ways_are_one_entry(reader: EntryReader) -> None:
    composed, apart = (reader.read([{**NOTE, "text": text}]).entries[0].entry for text in ("é", "e\u0301"))

    assert digest_of(composed) == digest_of(apart)


def test_a_text_of_2000_letters_is_kept_and_one_letter_more_is_said(reader: EntryReader) -> None:
    assert words(reader, "ä" * 2000) == "ä" * 2000
    assert reason(reader, {**NOTE, "text": "ä" * 2001}) == "text"


def test_names_have_no_lines_and_two_keys_that_are_one_are_said(reader: EntryReader) -> None:
    (found,) = reader.read([{**REPORTED, "activities": {"up\nstairs": 3}}]).entries

    assert entry_document(found.entry)["activities"] == {"upstairs": 3}
    assert reason(reader, {**REPORTED, "activities": {"é": 1, "e\u0301": 2}}) == "unreadable"


# --- numbers, shapes and names -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({**RUN, "km": 10**400}, "number"),
        ({**RUN, "km": float("nan")}, "number"),
        ({**RUN, "km": float("inf")}, "number"),
        ({**RUN, "km": 1e308}, "number"),
        ({**RUN, "km": 501}, "number"),
        ({**MORNING, "pain": 11}, "number"),
        ({**TESTED, "tests": {"straight-leg-raise-reps": {"right": 10**400}}}, "number"),
        ({**NOTE, "kind": "dance"}, "unknown"),
        ({**ASKED, "answers": {"nobody": "yes"}}, "unknown"),
        ({**ASKED, "new_places": [["ear", "left"]]}, "unknown"),
        ({**NOTE, "id": "note-0001\n"}, "unreadable"),
        ({**NOTE, "id": None}, "unreadable"),
        ({**NOTE, "episode": 7}, "episode"),
        (None, "unreadable"),
        ([NOTE], "unreadable"),
        ("note", "unreadable"),
        ({**TESTED, "tests": json.loads('{"a":' * 30 + "1" + "}" * 30)}, "unreadable"),
    ],
)
def test_what_cannot_be_kept_says_why(reader: EntryReader, entry: Any, expected: Unkept) -> None:
    assert reason(reader, entry) == expected


def test_the_id_is_said_back_where_it_can_be_read(reader: EntryReader) -> None:
    sent = [{**MORNING, "pain": 11}, {**MORNING, "id": "half \ud800 one"}, {**MORNING, "id": 5}, 5]

    assert [(one.id, one.index) for one in reader.read(sent).refused] == [
        ("morning-01", 0), ("", 1), ("", 2), ("", 3),
    ]  # fmt: skip


# --- times -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "kept"),
    [
        ("2000-01-01T00:00:00+14:00", True),
        ("1999-12-31T23:59:59-14:00", False),
        ("0001-01-01T00:00:00+14:00", False),
        ("9999-12-31T23:59:59-14:00", False),
        ("2026-11-23T00:30:00+14:00", True),
        # Noon in London is tomorrow at +14: tomorrow and a day more is the 26th there, the 25th at -12.
        ("2026-11-26T23:59:59+14:00", True),
        ("2026-11-27T00:00:00+14:00", False),
        ("2026-11-25T23:59:59-12:00", True),
        ("2026-11-26T00:00:00-12:00", False),
    ],
)
def test_a_time_is_from_2000_to_tomorrow_and_a_day_more_where_the_runner_is(
    reader: EntryReader, at: str, kept: bool
) -> None:
    assert reason(reader, {**NOTE, "at": at}) == (None if kept else "time")
    assert reason(reader, {**RUN, "at": at, "date": "2026-11-23"}) == (None if kept else "time")


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "2026-11-26", "9999-12-31"])
def test_a_day_that_cannot_be_is_said(reader: EntryReader, day: str) -> None:
    for entry in (MORNING, RUN, SCORED):
        assert reason(reader, {**entry, "date": day}) == "time"
    assert reason(reader, {**MORNING, "date": "2026-11-25"}) is None


def test_an_answer_to_a_safety_question_counts_whatever_the_clock_said(reader: EntryReader) -> None:
    for at in ("0001-01-01T00:00:00+14:00", "1970-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00"):
        (found,) = reader.read([{**ASKED, "at": at}]).entries
        row = kept_entry(found.entry, "episode-1", NOW)
        assert row_of(row)["at"] == NOW.isoformat()
        assert [entry.at for entry in map(entry_of, [row]) if entry is not None] == [NOW]


def test_a_house_whose_clock_is_plainly_wrong_refuses_no_time_to_come(library: Library) -> None:
    assert reason(EntryReader(library, None), {**NOTE, "at": "2031-01-01T00:00:00Z"}) is None
    assert reason(EntryReader(library, None), {**NOTE, "at": "1999-01-01T00:00:00Z"}) == "time"


def test_what_is_kept_already_is_read_whatever_the_bounds_are_now() -> None:
    old = [
        {**RUN, "date": "0001-01-01"},
        {**MORNING, "date": "9999-12-31"},
        {**NOTE, "at": "0001-01-01T00:00:00+14:00"},
        {**NOTE, "id": "note-0002", "at": "9999-12-31T23:59:59-14:00", "text": "bell\a"},
    ]
    rows = [kept_entry(read_entry(one), "episode-1", NOW) for one in old]

    assert len([entry_of(row) for row in rows]) == 4
    assert all(abs(entry.at - NOW).days <= 1 for entry in map(entry_of, rows) if entry is not None)


def test_what_this_knowledge_cannot_read_is_found_by_its_id(library: Library) -> None:
    good = [kept_entry(read_entry(one), "episode-1", NOW) for one in WHOLE]
    odd = {
        "dreamt": {"kind": "dreamt"},
        "asked": {**ASKED, "answers": {"of-tomorrow": "no"}},
        "placed": {**ASKED, "new_places": [["third-knee", "left"]]},
        "tested": {**TESTED, "tests": {"of-tomorrow": {"right": 1}}},
        "counted": {**TESTED, "tests": {"straight-leg-raise-reps": {"right": "many"}}},
        "scored": {**SCORED, "questionnaire": "of-tomorrow"},
        "summed": {**SCORED, "total": 999},
    }
    kept = [msgspec.structs.replace(good[0], id=name, body=body) for name, body in odd.items()]

    assert unread_entries(good, library) == ()
    assert unread_entries([*kept, *good, *kept], library) == tuple(odd)


def test_names_that_nobody_knows_are_refused(reader: EntryReader) -> None:
    assert reason(reader, {**TESTED, "tests": {"of-tomorrow": {"right": 1}}}) == "unknown"
    assert reason(reader, {**TESTED, "tests": {"straight-leg-raise-reps": {"right": "many"}}}) == "unreadable"
    assert reason(reader, {**SCORED, "questionnaire": "of-tomorrow"}) == "unknown"
    assert reason(reader, {**SCORED, "total": 999}) == "number"


def test_each_new_place_is_looked_at(reader: EntryReader) -> None:
    calf, ear = ["calf", "left"], ["ear", "left"]

    assert reason(reader, {**ASKED, "new_places": [calf, ["calf", "right"]]}) is None
    assert reason(reader, {**ASKED, "new_places": [ear, calf]}) == "unknown"
    assert reason(reader, {**ASKED, "new_places": [calf, ear]}) == "unknown"


@pytest.mark.parametrize(
    ("entry", "begins"),
    [
        ({**NOTE, "text": "a" * 2001}, "entries[1].text: "),
        ({**NOTE, "id": "note-0001\n"}, "entries[1].id: expected 8 to 64"),
        ({**NOTE, "episode": 7}, "entries[1].episode: expected"),
        (
            {**NOTE, "at": "1999-01-01T00:00:00Z"},
            "entries[1].at: 1999-01-01 is not from 2000-01-01 to 2026-11-25",
        ),
        ({**RUN, "date": "1999-01-01"}, "entries[1].date: 1999-01-01 is not from"),
        ({**RUN, "km": 501}, "entries[1].km: "),
        ({**ASKED, "answers": {"nobody": "yes"}}, "entries[1].answers: unknown safety question 'nobody'"),
        ({**ASKED, "new_places": [["ear", "left"]]}, "entries[1].new_places: unknown site 'ear'"),
        ({**TESTED, "tests": {"of-tomorrow": {"right": 1}}}, "entries[1].tests.of-tomorrow"),
        ({**SCORED, "questionnaire": "of-tomorrow"}, "entries[1].questionnaire: "),
        ({**SCORED, "total": 999}, "entries[1].total: "),
        (json.loads('{"a":' * 30 + "1" + "}" * 30), "entries[1]"),
        (5, "entries[1]: "),
    ],
)
def test_a_refusal_names_the_entry_and_its_key(reader: EntryReader, entry: Any, begins: str) -> None:
    batch = reader.read([NOTE, entry])

    assert batch.refused[0].why.startswith(begins), batch.refused[0].why
    with pytest.raises(DiaryError, match=re.escape(begins)) as caught:
        read_entries([NOTE, entry], reader)
    assert caught.value.reason == batch.refused[0].reason


def test_an_entry_that_names_no_episode_names_none(reader: EntryReader) -> None:
    batch = reader.read([NOTE, {**MORNING, "episode": "episode-1"}])

    assert [one.episode for one in batch.entries] == ["", "episode-1"]


def test_entries_that_belong_together_are_all_there(reader: EntryReader) -> None:
    assert [entry.id for entry in read_entries([MORNING, NOTE], reader)] == ["morning-01", "note-0001"]
    assert read_entries([], reader) == ()


@pytest.mark.parametrize(
    ("until", "kept"),
    [("2026-11-23", True), ("2026-12-10", True), ("2026-11-22", False), ("2030-01-01", False)],
)
def test_what_is_in_the_way_ends_after_it_began_and_within_its_bounds(
    reader: EntryReader, until: str, kept: bool
) -> None:
    away = {"kind": "away", "id": "away-00001", "at": "2026-11-23T12:00:00Z", "why": "travel"}

    assert reason(reader, {**away, "until": until}) == (None if kept else "time")
    assert reason(reader, away) is None
