"""Diaries as they are written: entries put together for whatever reads them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from weaklink.care.folding import Diary
from weaklink.care.watch import watch_from
from weaklink.case.diary import AnyEntry
from weaklink.training.course.day_told import days_told
from weaklink.training.course.past import Past
from weaklink.training.course.weeks import Weeks
from weaklink.training.dose.pain_profile import PainProfile


def diary_of(entries: Iterable[AnyEntry]) -> Diary:
    """A diary of some entries, none of it kept yet."""
    return Diary(days=days_told(entries))


def phases_of(weeks: Weeks, entries: Iterable[AnyEntry], profile: PainProfile) -> list[str]:
    """Training and upkeep in turn, as each day up to today finds them."""
    watch, past, found = watch_from(weeks), Past(), list[str]()
    for day in days_told(entries):
        past.take(day)
    for number in range((weeks.today - weeks.began).days + 1):
        until = weeks.began + datetime.timedelta(days=number + 1)
        past.count(until)
        watch.close(weeks, profile, past, until)
        past.let_go(until)
        found += [watch.stage.phase] if [watch.stage.phase] != found[-1:] else []
    return found


def past_of(*entries: AnyEntry) -> Past:
    """What some entries say."""
    return diary_of(entries).past
