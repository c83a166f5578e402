"""The calendar: planned and done sessions as iCalendar (RFC 5545), for a calendar to read by itself.

A calendar leaves the machine, so it says when and how long, and nothing about pain or moves.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from weaklink.quantities import WEEKDAYS, Weekday

if TYPE_CHECKING:
    import icalendar

REFRESH = datetime.timedelta(hours=6)
DAYS_OF_A_WEEK = 7


class PlannedSession(msgspec.Struct, frozen=True, kw_only=True):
    """One session of one week of a course, numbered from 0 in its week."""

    week: int
    number: int
    date: datetime.date
    minutes: int
    done: bool = False


class CalendarWords(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the calendar; `planned` says a session of so many minutes."""

    name: str
    planned: Callable[[int], str]
    done: str
    note: str


def planned_sessions(
    weeks: Sequence[Sequence[tuple[Weekday, int]]],
    began: datetime.date,
    done: Iterable[datetime.date],
    today: datetime.date,
) -> Iterator[PlannedSession]:
    """Every session where it was done or is planned; what was missed is not held against anybody.

    Args:
        weeks: for each week of the course its sessions as (weekday, minutes).
        done: the days on which a session was trained.
    """
    trained = sorted(set(done))
    for index, sessions in enumerate(weeks):
        start = began + datetime.timedelta(days=DAYS_OF_A_WEEK * index)
        end = start + datetime.timedelta(days=DAYS_OF_A_WEEK)
        here = [day for day in trained if start <= day < end]
        dates = sorted((_first(start, weekday), minutes) for weekday, minutes in sessions)
        ahead = [found for found in dates if found[0] >= today and found[0] not in here]
        for number, day in enumerate(here):
            minutes = dates[min(number, len(dates) - 1)][1] if dates else 0
            yield PlannedSession(week=index + 1, number=number, date=day, minutes=minutes, done=True)
        left = max(0, len(dates) - len(here))
        coming = ahead[-left:] if left else []
        for number, (day, minutes) in enumerate(coming, len(dates) - len(coming)):
            yield PlannedSession(week=index + 1, number=number, date=day, minutes=minutes)


def calendar_of(
    sessions: Iterable[PlannedSession],
    course: str,
    words: CalendarWords,
    now: datetime.datetime,
    start: datetime.time | None = None,
) -> bytes:
    """The calendar file. A session keeps its UID when it moves to another day.

    Args:
        course: an id of the course; part of every UID.
        start: the hour of a session on the runner's clock; None makes it a thing of the day.
    """
    import icalendar  # heavy for a start; needed when a calendar is asked for

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//weaklink//training//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", words.name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for session in sessions:
        calendar.add_component(_event(session, course, words, now, start))
    return bytes(calendar.to_ical())


def _event(
    session: PlannedSession,
    course: str,
    words: CalendarWords,
    now: datetime.datetime,
    start: datetime.time | None,
) -> icalendar.Event:
    import icalendar

    event = icalendar.Event()
    event.add("uid", f"{course}-{session.week}-{session.number}@weaklink.invalid")
    event.add("dtstamp", now.astimezone(datetime.UTC))
    if start is None:
        event.add("dtstart", session.date)
        event.add("dtend", session.date + datetime.timedelta(days=1))
    else:
        # Without a zone: six in the evening wherever the runner is.
        begin = datetime.datetime.combine(session.date, start)
        event.add("dtstart", begin)
        event.add("dtend", begin + datetime.timedelta(minutes=session.minutes))
    event.add("summary", words.done if session.done else words.planned(session.minutes))
    event.add("description", words.note)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT" if start is None else "OPAQUE")
    if start is not None and not session.done:
        event.add_component(_reminder(words, session))
    return event


def _reminder(words: CalendarWords, session: PlannedSession) -> icalendar.Alarm:
    import icalendar

    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words.planned(session.minutes))
    alarm.add("trigger", datetime.timedelta(minutes=-15))
    return alarm


def _first(start: datetime.date, weekday: Weekday) -> datetime.date:
    """The first day of that name on or after the start."""
    return start + datetime.timedelta(days=(WEEKDAYS.index(weekday) - start.weekday()) % DAYS_OF_A_WEEK)
