"""The past: what was told, as far as a later day needs it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from tests.written_diaries import past_of
from weaklink.case.diary import Morning, RunDone, read_entry
from weaklink.running.return_to_running import RunWalkTurn
from weaklink.training.course.past import Past, turn_of

MONDAY = datetime.date(2026, 9, 7)
DAY = datetime.timedelta(days=1)


def told(kind: str, day: int, name: str = "", **parts: Any) -> Any:
    date = MONDAY + day * DAY
    dated = {"date": str(date)} if kind in ("morning", "run-done", "walked") else {}
    return read_entry(
        {"kind": kind, "id": f"{kind}-{day:03}{name}", "at": f"{date}T08:00:00+00:00", **dated, **parts}
    )


def mornings(*found: Morning) -> dict[datetime.date, Morning]:
    return {one.date: one for one in found}


def test_a_turn_knows_the_mornings_around_it_and_what_was_not_said() -> None:
    run: RunDone = told("run-done", 1, km=3, pain=2, step=4, limped=True)
    around = mornings(told("morning", 0, pain=9), told("morning", 1, pain=1), told("morning", 2, pain=3))

    assert turn_of(run, around) == RunWalkTurn(
        date=MONDAY + DAY, step=4, pain=2, pain_said=True, morning_before=1, morning_after=3, limped=True
    )
    assert turn_of(told("run-done", 1, km=3, step=4), {}) == RunWalkTurn(
        date=MONDAY + DAY, step=4, pain=0, pain_said=False, morning_before=0, morning_after=None, limped=False
    )


def test_a_course_begins_with_its_first_session_else_its_first_entry_else_today() -> None:
    today = MONDAY + 9 * DAY
    begun = told("session-begun", 5, session="session-1")

    assert past_of(told("note", 2, text="x"), begun).began(today) == MONDAY + 5 * DAY
    assert past_of(told("note", 2, text="x")).began(today) == MONDAY + 2 * DAY
    assert past_of(told("note", 12, text="x")).began(today) == today
    assert Past().began(today) == today


def test_turns_are_counted_once_and_those_of_the_last_days_with_the_mornings_known_so_far() -> None:
    past = past_of(
        told("run-done", 1, km=3, pain=1, step=1),
        told("morning", 2, pain=2),
        told("run-done", 4, km=3, pain=0, step=2),
    )
    past.count(MONDAY + 3 * DAY)

    assert [(turn.step, turn.morning_after) for turn in past.turns] == [(1, 2)]
    assert [(turn.step, turn.morning_after) for turn in past.all_turns] == [(1, 2), (2, None)]

    past.let_go(MONDAY + 3 * DAY)
    past.count(MONDAY + 5 * DAY)
    assert [turn.step for turn in past.turns] == [1, 2]
    assert [turn.step for turn in past.all_turns] == [1, 2]


@pytest.mark.parametrize(("ago", "stays"), [(36, True), (37, False)])
def test_what_is_read_day_by_day_is_kept_for_36_days(ago: int, stays: bool) -> None:
    until = MONDAY + 40 * DAY
    name = {"session": "session-1", "slot": "a", "exercise": "b"}
    past = past_of(
        told("morning", 40 - ago, pain=1, stiff_min=5),
        told("run-done", 40 - ago, km=1, pain=2),
        told("set-done", 40 - ago, set=1, reps=1, **name),
        told("this-hurts", 40 - ago, pain=3, **name),
    )
    past.count(until)
    past.let_go(until)

    assert (len(past.recent), len(past.sessions), len(past.hurts)) == ((2, 1, 1) if stays else (0, 0, 0))
    assert all(bool(found) == stays for found in (past.felt.worst, past.felt.runs, past.felt.stiff))


def test_reports_are_heard_until_their_day_is_counted() -> None:
    past = past_of(told("reported", 3, pain_worst=2), told("reported", 5, pain_worst=1))
    until = MONDAY + 4 * DAY

    assert [report.pain_worst for report in past.reports_until(until)] == [2]
    past.count(until)
    past.let_go(until)
    assert [report.pain_worst for report in past.reports_until(until + 2 * DAY)] == [1]
    assert [report.pain_worst for report in past.reports] == [2, 1]


def test_the_worst_of_each_kind_of_moving_is_remembered() -> None:
    motion = past_of(
        told("run-done", 1, km=3, pain=3), told("run-done", 2, km=3, limped=True), told("walked", 1, minutes=30, pain=2),
        told("walked", 3, minutes=30, pain=0, limped=True), told("morning", 1, pain=4), told("morning", 2, pain=1),
        told("reported", 1, pain_worst=5), told("reported", 2), told("morning", 3, pain=0, night=6, rest=7),
    )  # fmt: skip

    assert (motion.motion.run, motion.motion.walk, motion.motion.morning, motion.motion.report) == (
        3,
        2,
        4,
        5,
    )
    assert (motion.motion.limped_run, motion.motion.limped_walk, motion.motion.hurt) == (True, True, False)
    assert (motion.night, motion.rest) == (6, 7)
    nothing = past_of(told("note", 1, text="x"))
    assert (nothing.motion.run, nothing.motion.session, nothing.night, nothing.rest) == (None, None, 0, 0)


def test_pain_nobody_said_of_a_run_is_none_and_counts_as_moving() -> None:
    assert past_of(told("run-done", 1, km=3)).motion.run == 0
    assert past_of(told("reported", 1)).motion.report == 0


def test_the_strictest_answer_stands_and_the_last_no_and_place_are_known() -> None:
    def asked(day: int, said: str, *places: tuple[str, str], name: str = "") -> Any:
        return told("rescreened", day, name, answers={"night-pain": said}, new_places=list(places))

    found = past_of(
        asked(1, "no", ("calf", "left")), asked(2, "unsure"), asked(3, "yes"), asked(4, "unsure"), asked(5, "no"),
        asked(6, "unsure", ("calf", "left")), told("rescreened", 4, "x", answers={"other": "unsure"}),
    ).screened  # fmt: skip

    assert found.strictest == {"night-pain": "yes", "other": "unsure"}
    assert found.noes["night-pain"][1] == "rescreened-005"
    assert found.places["calf left"][1] == "rescreened-006"
