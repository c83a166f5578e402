"""The past: what was told, as far as a later day needs it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from tests.written_diaries import diary_of, past_of
from weaklink.case.diary import Morning, RunDone, read_entry
from weaklink.running.return_to_running import RunWalkTurn
from weaklink.training.course.past import Past, Screened, felt_in, turn_of

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


def closed(past: Past, day: int) -> Past:
    past.count(MONDAY + day * DAY)
    past.let_go(MONDAY + day * DAY)
    return past


def test_what_is_not_counted_yet_is_told_by_the_day_it_is_about() -> None:
    late = told("run-done", 4, "x", km=2)
    entries = [
        told("run-done", 4, km=1), told("morning", 2, pain=0), told("walked", 3, minutes=30, pain=0),
        told("stretched", 3, exercise="calf-stretch", when="after-run"), late,
        read_entry({"kind": "run-done", "id": "run-done-9", "at": f"{MONDAY + 5 * DAY}T08:00:00+00:00", "date": str(MONDAY + 3 * DAY), "km": 9}),
    ]  # fmt: skip
    past = closed(past_of(*entries), 3)

    assert [entry.id for entry in past.entries_until(MONDAY + 5 * DAY)] == [
        "stretched-003", "walked-003", "run-done-9", "run-done-004", "run-done-004x",
    ]  # fmt: skip
    assert [entry.id for entry in past.entries_until(MONDAY + 4 * DAY)] == [
        "stretched-003",
        "walked-003",
        "run-done-9",
    ]
    assert past.entries_until(MONDAY + 3 * DAY) == []


def test_reports_come_in_the_order_they_were_made() -> None:
    late, early = told("reported", 3, "b", pain_worst=2), told("reported", 3, "a", pain_worst=1)
    before = read_entry(
        {"kind": "reported", "id": "reported-zz", "at": f"{MONDAY + 3 * DAY}T07:00:00+00:00", "pain_worst": 3}
    )
    past = past_of(late, early, before, told("reported", 4, pain_worst=4))

    assert [one.pain_worst for one in past.reports_until(MONDAY + 4 * DAY)] == [3, 1, 2]
    assert [one.pain_worst for one in closed(past, 4).reports_until(MONDAY + 9 * DAY)] == [4]
    assert past.reports_until(MONDAY + 4 * DAY) == []


def test_sessions_are_counted_once_from_the_first_day_of_the_course() -> None:
    def trained(day: int, name: str = "") -> Any:
        return told(
            "set-done", day, name, session=f"session-{day:03}{name}", slot="a", exercise="b", set=1, reps=1
        )

    past = past_of(
        *(trained(day) for day in (0, 2, 4, 6)),
        trained(4, "b"),
        told("session-begun", 2, session="session-002"),
    )
    began = MONDAY + 2 * DAY

    assert [one.date for one in past.sessions_until(MONDAY + 4 * DAY, began)] == [began]
    assert [one.session for one in closed(past, 4).sessions_until(MONDAY + 6 * DAY, began)] == [
        "session-004",
        "session-004b",
    ]
    assert past.first_session == began
    assert past.counted.trained == 1
    assert closed(past, 7).counted.trained == 3  # two sessions of one day are one day of training
    assert past.counted.recent == [MONDAY + n * DAY for n in (2, 4, 6)]
    assert closed(past, 60).counted.recent == []
    assert past.counted.trained == 3


def test_runs_are_counted_by_their_days_and_once() -> None:
    past = past_of(told("run-done", 1, km=1), told("run-done", 1, "b", km=1), told("run-done", 3, km=1))

    assert closed(past, 2).counted.runs == 1
    assert closed(past, 3).counted.runs == 1
    assert closed(past, 4).counted.runs == 2


def test_what_was_ever_told_stays_whatever_comes_later() -> None:
    name = {"slot": "a", "exercise": "b"}
    past = past_of(
        told("run-done", 1, km=1, limped=True), told("run-done", 5, km=1),
        told("walked", 1, minutes=20, pain=0, limped=True), told("walked", 5, minutes=31, pain=0),
        told("this-hurts", 2, session="session-002", pain=6, **name), told("set-done", 6, session="session-006", set=1, reps=1, pain=1, **name),
        told("this-hurts", 7, session="session-007", **name), told("set-done", 8, session="session-008", set=1, reps=1, **name),
    )  # fmt: skip

    assert (past.motion.limped_run, past.motion.limped_walk, past.motion.hurt, past.motion.session) == (
        True,
        True,
        True,
        6,
    )
    assert [hurt.id for hurt in past.hurts] == ["this-hurts-002", "this-hurts-007"]
    assert past.counted.stopped == 2
    assert (past.first, past.last) == (MONDAY + DAY, MONDAY + 8 * DAY)
    assert [(walk.minutes, walk.limped) for walk in past.walks] == [(20, True), (31, False)]


def test_the_first_and_the_last_day_are_found_in_any_order() -> None:
    past = Past()
    for number in (4, 6, 2):
        for day in diary_of([told("session-begun", number, session=f"session-{number:03}")]).days:
            past.take(day)

    assert (past.first, past.last, past.first_session) == (
        MONDAY + 2 * DAY,
        MONDAY + 6 * DAY,
        MONDAY + 2 * DAY,
    )


def test_the_last_no_and_the_last_telling_stand_whichever_comes_in_first() -> None:
    found = Screened()
    for day in (5, 2):
        found.take(told("rescreened", day, answers={"night-pain": "no"}, new_places=[("calf", "left")]))

    assert found.noes["night-pain"][1] == found.places["calf left"][1] == "rescreened-005"


def test_what_was_left_at_the_limit_is_counted_by_how_much() -> None:
    def limit(day: int, reps: int) -> list[Any]:
        name = {"session": f"session-{day:03}", "slot": "a", "exercise": "b"}
        return [
            told("set-done", day, "a", **name, set=1, reps=10, rir=2), told("set-done", day, "b", **name, set=2, reps=reps, to_the_limit=True),
        ]  # fmt: skip

    spare = past_of(*limit(1, 15), *limit(3, 15), *limit(5, 13)).spares

    assert len(spare) == 2
    assert sorted(spare.values()) == [1, 2]


def test_pain_no_larger_than_none_is_none() -> None:
    past = past_of(
        told("morning", 1, pain=0, night=0, rest=0), told("walked", 1, minutes=30, pain=0),
        told("set-done", 1, session="session-001", slot="a", exercise="b", set=1, reps=1, pain=0),
    )  # fmt: skip

    assert (past.motion.morning, past.motion.walk, past.motion.session, past.night, past.rest) == (
        0,
        0,
        0,
        0,
        0,
    )
    assert past.felt.worst == {MONDAY + DAY: 0}


def test_the_worst_of_a_day_is_that_of_all_that_was_told_of_it() -> None:
    past = past_of(told("morning", 1, pain=3), told("run-done", 1, km=1, pain=1), told("morning", 2, pain=2))
    again = past_of(told("run-done", 1, km=1, pain=2))
    merged = felt_in(diary_of([told("run-done", 1, "x", km=1, pain=2)]).days, past.felt)

    assert past.felt.worst == {MONDAY + DAY: 3, MONDAY + 2 * DAY: 2}
    assert merged.worst[MONDAY + DAY] == 3
    assert merged.runs == {MONDAY + DAY: 2}
    assert again.felt.worst == {MONDAY + DAY: 2}
