"""The calendar: read by another parser, the same ids when sessions move, and not a word about pain or moves."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from weaklink.exchange.calendar import CalendarWords, calendar_of, planned_sessions
from weaklink.quantities import WEEKDAYS

WORDS = CalendarWords(
    name="weaklink",
    planned="Strength, {} min".format,
    done="Strength, done",
    note="See weaklink; it is at home.",
)
BEGAN = datetime.date(2026, 11, 18)  # a Wednesday
NOW = datetime.datetime(2026, 11, 21, 8, tzinfo=datetime.UTC)
THREE_DAYS = [[("mon", 15), ("wed", 15), ("fri", 20)]] * 6


def sessions(done: list[datetime.date], today: datetime.date) -> list[Any]:
    return list(planned_sessions(THREE_DAYS, BEGAN, done, today))  # type: ignore[arg-type]


def parsed(done: list[datetime.date], today: datetime.date, start: datetime.time | None = None) -> list[Any]:
    written = calendar_of(sessions(done, today), "c1", WORDS, NOW, start)
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    calendar = vobject.readOne(written.decode())
    assert calendar.validate(raiseException=True)
    return list(calendar.vevent_list)


def test_an_independent_parser_reads_every_session() -> None:
    events = parsed([], BEGAN)

    assert len(events) == 18
    assert events[0].dtstart.value == BEGAN
    assert events[0].summary.value == "Strength, 15 min"
    assert len({event.uid.value for event in events}) == 18


def test_with_an_hour_it_reminds_and_floats_with_the_runner() -> None:
    event = parsed([], BEGAN, datetime.time(18, 30))[0]

    assert event.dtstart.value == datetime.datetime.combine(BEGAN, datetime.time(18, 30))
    assert event.dtstart.value.tzinfo is None
    assert event.valarm.trigger.value == datetime.timedelta(minutes=-15)


def test_a_session_that_moved_keeps_its_id() -> None:
    before = {event.uid.value: event.dtstart.value for event in parsed([], BEGAN)}
    thursday = BEGAN + datetime.timedelta(days=1)

    after = {event.uid.value: event.dtstart.value for event in parsed([thursday], thursday)}

    assert after["c1-1-0@weaklink.invalid"] == thursday
    assert before["c1-1-0@weaklink.invalid"] == BEGAN
    assert set(after) == set(before)


def test_what_was_missed_is_not_shown() -> None:
    later = sessions([], BEGAN + datetime.timedelta(days=6))

    assert [one.date for one in later if one.week == 1] == []
    assert len(later) == 15


@given(
    days=st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=7, unique=True),
    done=st.lists(st.integers(0, 45), max_size=30),
    today=st.integers(0, 45),
)
def test_ids_are_never_used_twice_and_nothing_planned_lies_behind(
    days: list[Any], done: list[int], today: int
) -> None:
    date = BEGAN + datetime.timedelta(days=today)
    trained = {BEGAN + datetime.timedelta(days=n) for n in done if n <= today}

    found = list(planned_sessions([[(day, 15) for day in days]] * 6, BEGAN, trained, date))

    assert len({(one.week, one.number) for one in found}) == len(found)
    assert {one.date for one in found if one.done} == {d for d in trained if (d - BEGAN).days < 42}
    assert all(one.date >= date and one.date not in trained for one in found if not one.done)


def test_nothing_of_health_stands_in_it() -> None:
    written = calendar_of(sessions([], BEGAN), "c1", WORDS, NOW).decode().lower()

    for word in ("pain", "knee", "hip", "exercise", "clamshell"):
        assert word not in written


def test_an_empty_calendar_is_a_calendar() -> None:
    written = calendar_of([], "c1", WORDS, NOW)

    assert written.startswith(b"BEGIN:VCALENDAR")
    assert b"VEVENT" not in written


@pytest.mark.parametrize("day", range(7))
def test_weeks_begin_on_the_day_the_course_began(day: int) -> None:
    began = BEGAN + datetime.timedelta(days=day)

    found = list(planned_sessions([[("mon", 15)]], began, [], began))

    assert began <= found[0].date < began + datetime.timedelta(days=7)
    assert found[0].date.weekday() == 0
