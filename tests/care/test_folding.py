"""Folding: a fold is kept without its reasons, goes on as if it had never stopped, and says up to which day it counts."""

from __future__ import annotations

import datetime
import json
from typing import Any

import msgspec
import pytest

from tests.training.virtual_runners import STORIES, World
from tests.written_diaries import diary_of
from weaklink.care.filing import put_together
from weaklink.care.folding import Diary, Fold, Frame, code_edition
from weaklink.care.ports import KeptFold
from weaklink.case.diary import read_entry
from weaklink.library.reading import Library
from weaklink.library.wording import shipped_wording
from weaklink.training.course.course import Rules
from weaklink.training.course.weeks import Weeks
from weaklink.training.dose.pain_profile import PROFILES
from weaklink.training.dose.training_state import Rung, SlotState

MONDAY = datetime.date(2026, 9, 7)
DAY = datetime.timedelta(days=1)


@pytest.fixture(scope="module")
def frame(library: Library) -> Frame:
    given, plan = World(library, shipped_wording()).beginning(STORIES[0])
    rungs = {"raise": Rung(exercise="raise", reps=(10, 20))}
    rules = Rules(
        early=rungs, late=rungs, profile=PROFILES["joint"], began=MONDAY, days=frozenset({0, 2, 4}),
        first_doses={"legs": SlotState(exercise="raise", sets=2, reps=10)},
    )  # fmt: skip
    return Frame(
        weeks=Weeks(given=given, plan=plan, library=library, began=MONDAY, today=MONDAY + 20 * DAY),
        rules=rules,
    )


def trained(*days: int) -> list[Any]:
    found = []
    for day in days:
        at, name = (
            f"{MONDAY + day * DAY}T18:00:00+00:00",
            {"session": f"session-{day:03}", "slot": "legs", "exercise": "raise", "set": 1},
        )
        found.append(
            read_entry({"kind": "set-done", "id": f"set-{day:05}", "at": at, "reps": 10, "rir": 4, **name})
        )
    return found


def test_what_is_kept_counts_its_reasons_and_holds_none(frame: Frame) -> None:
    kept: list[KeptFold] = []
    diary = msgspec.structs.replace(diary_of(trained(0, 2, 4, 7)), holds=kept.append)
    fold = diary.fold(frame)

    newest = max(kept, key=lambda one: one.day)
    said = json.loads(newest.fold)["course"]
    assert said.get("reasons", []) == []
    assert said["reasons_before"] == 3  # of the sessions before the last day
    course, _, _ = fold.finish(frame)
    assert (len(course.reasons), course.reasons_before) == (4, 0)


def test_a_fold_that_was_kept_counts_on(frame: Frame) -> None:
    kept: list[KeptFold] = []
    before = msgspec.structs.replace(diary_of(trained(0, 2, 4)), holds=kept.append)
    before.fold(frame)
    newest = max(kept, key=lambda one: one.day)
    days = [day for day in diary_of(trained(0, 2, 4, 7, 9)).days if day.day >= newest.day]
    again: list[KeptFold] = []
    fold = Diary(days=days, kept=newest, holds=again.append).fold(frame)

    assert json.loads(max(again, key=lambda one: one.day).fold)["course"]["reasons_before"] == 4
    course, _, past = fold.finish(frame)
    whole, _, whole_past = diary_of(trained(0, 2, 4, 7, 9)).fold(frame).finish(frame)
    assert course.reasons_before + len(course.reasons) == len(whole.reasons) == 5
    assert course.doses == whole.doses
    assert msgspec.to_builtins(past) == msgspec.to_builtins(whole_past)


def test_a_fold_under_another_frame_is_made_anew(frame: Frame) -> None:
    kept: list[KeptFold] = []
    diary = msgspec.structs.replace(diary_of(trained(0, 2, 4)), holds=kept.append)
    diary.fold(frame)
    other = msgspec.structs.replace(frame, rules=msgspec.structs.replace(frame.rules, target=3))
    newest = max(kept, key=lambda one: one.day)
    asked: list[Any] = []

    def earlier(since: Any, until: Any) -> Any:
        asked.append((since, until))
        return [day for day in diary.days if day.day < newest.day]

    days = [day for day in diary.days if day.day >= newest.day]
    fold = Diary(days=days, kept=newest, earlier=earlier).fold(other)

    assert asked == [(None, newest.day)]
    assert len(fold.finish(other)[0].reasons) == 3
    assert frame.key != other.key
    assert frame.key == msgspec.structs.replace(frame, weeks=frame.weeks.until(MONDAY + 40 * DAY)).key


def test_a_frame_is_another_for_everything_a_fold_depends_on(frame: Frame) -> None:
    given = frame.weeks.given
    other_given = (
        msgspec.structs.replace(given, pain_at=()),
        msgspec.structs.replace(given, tests={}),
        msgspec.structs.replace(given, km_per_week=77.0),
        msgspec.structs.replace(given, pain={"run": 9}),
    )
    keys = {
        msgspec.structs.replace(frame, weeks=msgspec.structs.replace(frame.weeks, given=one)).key
        for one in other_given
    }

    assert len({frame.key, *keys}) == 5
    assert len(code_edition()) == 32


@pytest.mark.parametrize(("day", "counted"), [(1, 0), (2, 1), (3, 1)])
def test_what_is_counted_goes_up_to_the_end_of_a_day(day: int, counted: int) -> None:
    run = read_entry(
        {
            "kind": "run-done",
            "id": "run-00001",
            "at": f"{MONDAY + 2 * DAY}T08:00:00+00:00",
            "date": str(MONDAY + 2 * DAY),
            "km": 3,
            "step": 1,
        }
    )

    assert len(diary_of([run]).counted(MONDAY + day * DAY).turns) == counted


def test_the_days_from_one_on_and_before_another() -> None:
    diary = diary_of(trained(0, 2, 4, 7))

    assert [day.day for day in diary.days_from()] == [MONDAY + n * DAY for n in (0, 2, 4, 7)]
    assert [day.day for day in diary.days_from(MONDAY + 2 * DAY, MONDAY + 7 * DAY)] == [
        MONDAY + 2 * DAY,
        MONDAY + 4 * DAY,
    ]
    newer = Diary(
        days=diary.days[2:], kept=KeptFold(day=MONDAY + 4 * DAY, key="", fold=b""),
        earlier=lambda since, until: [d for d in diary.days if (since or MONDAY) <= d.day < (until or MONDAY)],
    )  # fmt: skip
    for since, until in ((None, None), (2, None), (4, None), (None, 3), (1, 5), (5, None)):
        ends = [None if n is None else MONDAY + n * DAY for n in (since, until)]
        assert [*newer.days_from(*ends)] == [*diary.days_from(*ends)]


def test_a_fold_is_kept_before_the_last_day_and_ever_further_apart(frame: Frame) -> None:
    kept: list[KeptFold] = []
    days = put_together([])
    assert days == ()
    msgspec.structs.replace(diary_of(trained(*range(0, 20))), holds=kept.append).fold(frame)

    assert [(MONDAY + 19 * DAY - one.day).days for one in sorted(kept, key=lambda one: one.day)] == [
        16,
        8,
        4,
        2,
        1,
        0,
    ]
    assert isinstance(diary_of([]).fold(frame), Fold)


def entry(kind: str, day: int, **parts: Any) -> Any:
    date = MONDAY + day * DAY
    dated = {"date": str(date)} if kind in ("morning", "run-done") else {}
    return read_entry(
        {"kind": kind, "id": f"{kind}-{day:03}", "at": f"{date}T08:00:00+00:00", **dated, **parts}
    )


def test_a_fold_says_what_the_weeks_say_up_to_today(frame: Frame) -> None:
    today = frame.weeks.today
    last = (today - MONDAY).days
    bad = [entry("run-done", day, km=3.0, pain=9, step=1) for day in (last - 4, last - 2, last)]
    course, watch, past = (
        diary_of([*trained(0), *bad, entry("reported", 3, pain_worst=9)]).fold(frame).finish(frame)
    )

    assert course.sessions
    assert (watch.runs_worse, watch.professional) == (True, True)
    assert past.counted_to == today + DAY
    assert [turn.date for turn in past.turns] == [run.date for run in bad]


def test_what_is_counted_goes_on_from_a_fold_that_was_kept(frame: Frame) -> None:
    runs = [entry("run-done", day, km=3.0, pain=1, step=day) for day in (1, 3, 5)]
    kept: list[KeptFold] = []
    diary = msgspec.structs.replace(diary_of(runs), holds=kept.append)
    diary.fold(frame)
    newest = max(kept, key=lambda one: one.day)
    later = Diary(days=[day for day in diary.days if day.day >= newest.day], kept=newest)

    for today in (MONDAY + 5 * DAY, MONDAY + 9 * DAY):
        whole, on = diary.counted(today), later.counted(today)
        assert [turn.step for turn in on.turns] == [turn.step for turn in whole.turns] == [1, 3, 5]
        assert on.counted == whole.counted
    assert [turn.step for turn in later.past.all_turns] == [1, 3, 5]


def test_the_fold_that_is_there_already_is_not_kept_again_and_nothing_before_it_is_read(frame: Frame) -> None:
    kept: list[KeptFold] = []
    diary = msgspec.structs.replace(diary_of(trained(0, 2, 4)), holds=kept.append)
    diary.fold(frame)
    newest = max(kept, key=lambda one: one.day)
    again: list[KeptFold] = []

    def earlier(since: Any, until: Any) -> Any:
        raise AssertionError("nothing before it is needed")

    later = Diary(
        days=[day for day in diary.days if day.day >= newest.day],
        kept=newest,
        earlier=earlier,
        holds=again.append,
    )
    later.fold(frame)

    assert again == []
    assert [day.day for day in later.days_from(newest.day)] == [newest.day]
