"""The watch: what the weeks themselves say, told day by day, and that a reason to be seen stays one."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
import pytest

from tests.written_diaries import diary_of
from weaklink.care.watch import Watch, watch_from
from weaklink.case.diary import AnyEntry, read_entry
from weaklink.case.given import Given, PainPlace
from weaklink.case.plan import Follows
from weaklink.library.reading import Library
from weaklink.training.course.upkeep import Stage
from weaklink.training.course.weeks import Weeks
from weaklink.training.dose.pain_profile import PROFILES
from weaklink.training.plan.plan_document import PlanDocument, SessionDocument, WeekDocument

MONDAY = datetime.date(2026, 9, 7)
DAY = datetime.timedelta(days=1)
JOINT = PROFILES["joint"]
PLAN = PlanDocument(
    format="weaklink-plan/1", edition="", heading="full", planner="greedy", pain_profile="joint", areas=[],
    weeks=[WeekDocument(number=1, sessions=[SessionDocument(day="mon", minutes=10, items=[])])], left_out=[], notes=[],
)  # fmt: skip


@pytest.fixture
def weeks(library: Library) -> Weeks:
    """A course of one session a week that began with pain 4."""
    given = Given(age=30, level="novice", pain_at=(PainPlace("knee-anterior", "right"),), pain={"run": 4})
    return Weeks(given=given, plan=PLAN, library=library, began=MONDAY, today=MONDAY)


@pytest.fixture
def eighth(weeks: Weeks) -> Weeks:
    """The same, begun four weeks earlier: its eighth week is full on day 28."""
    return msgspec.structs.replace(weeks, began=MONDAY - 28 * DAY)


def told(kind: str, day: int, number: int = 0, **parts: Any) -> AnyEntry:
    date = MONDAY + day * DAY
    dated = {"date": str(date)} if kind in ("morning", "run-done", "walked") else {}
    at = f"{date}T{7 + number:02}:00:00+00:00"
    return read_entry({"kind": kind, "id": f"{kind}-{day:03}-{number}", "at": at, **dated, **parts})


def morning(day: int, pain: int, **parts: Any) -> AnyEntry:
    return told("morning", day, pain=pain, **parts)


def run(day: int, pain: int, **parts: Any) -> AnyEntry:
    return told("run-done", day, km=5.0, pain=pain, **parts)


def report(day: int, pain: int | None = None, **parts: Any) -> AnyEntry:
    return told("reported", day, 9, **({} if pain is None else {"pain_worst": pain}), **parts)


def session(day: int, how: str = "finished") -> list[AnyEntry]:
    name = {"session": f"session-{day:03}"}
    move = {"slot": "legs", "exercise": "raise", "set": 1, "reps": 10}
    done = [told("set-done", day, 1, **name, **move)] if how == "finished" else []
    return [told("session-begun", day, **name), *done, told("session-ended", day, 2, **name, how=how)]


def watched(
    weeks: Weeks,
    *entries: AnyEntry,
    until: int,
    at_once: bool = False,
    profile: Any = JOINT,
    through: bool = True,
) -> Watch:
    """The watch on a day, day by day; or gone on to at once."""
    past, found = diary_of(entries).past, watch_from(weeks)
    found.through = through
    for number in (until,) if at_once else range(until + 1):
        end = MONDAY + (number + 1) * DAY
        past.count(end)
        found.close(weeks, profile, past, end)
        past.let_go(end)
    return found


def stage(weeks: Weeks, *entries: AnyEntry, until: int, **parts: Any) -> Stage:
    slow, quick = (
        watched(weeks, *entries, until=until, at_once=both, **parts).stage for both in (False, True)
    )
    assert slow == quick
    return slow


def test_it_begins_with_the_course_and_its_pain(weeks: Weeks) -> None:
    assert watch_from(weeks) == Watch(stage=Stage(phase="training", since=MONDAY, pain=4))


# --- mornings, runs, sessions ------------------------------------------------------------------------------


def test_rising_mornings_stay_a_reason_when_they_fall_again(weeks: Weeks) -> None:
    rise = [morning(1, 1), morning(2, 3), morning(3, 5)]

    assert not watched(weeks, *rise[:2], until=3).rising
    assert watched(weeks, *rise, until=3).rising
    assert watched(weeks, *rise, morning(4, 0), until=4).rising
    assert watched(weeks, morning(0, 4), *rise, morning(4, 0), until=4, at_once=True).rising
    assert not watched(weeks, morning(1, 1), morning(2, 1), morning(3, 5), until=3).rising


def test_three_bad_runs_in_a_row_stay_a_reason(weeks: Weeks) -> None:
    bad = [run(1, 7), run(3, 6), run(5, 2, limped=True)]

    assert not watched(weeks, *bad[:2], until=5).runs_worse
    assert watched(weeks, *bad, until=5).runs_worse
    assert watched(weeks, *bad, run(7, 0), until=7).runs_worse
    assert not watched(weeks, run(1, 7), run(2, 0), run(3, 7), run(4, 7), until=5).runs_worse
    assert not watched(weeks, run(1, 5), run(3, 5), run(5, 5), until=5).runs_worse


def test_a_run_that_a_clock_puts_into_tomorrow_counts_once(weeks: Weeks) -> None:
    today = msgspec.structs.replace(weeks, today=MONDAY + 5 * DAY)
    for last, expected in ((6, True), (5, True), (4, True)):
        past = diary_of([run(1, 7), run(3, 7), run(last, 7)]).past
        past.count(today.today + DAY)
        found = watch_from(today)
        found.finish(today, JOINT, past)
        assert found.runs_worse == expected
        assert len(found.runs) == 2
    past = diary_of([run(1, 7), run(5, 7)]).past
    past.count(today.today + DAY)
    found = watch_from(today)
    found.finish(today, JOINT, past)
    assert not found.runs_worse


def test_three_sessions_given_up_for_pain_stay_a_reason(weeks: Weeks) -> None:
    given_up = [*session(0, "not-today"), *session(2, "not-today"), *session(4, "not-today")]

    assert not watched(weeks, *given_up[:4], until=4).held_back
    assert watched(weeks, *given_up, until=4).held_back
    assert watched(weeks, *given_up, *session(7), until=7).held_back
    assert not watched(weeks, *given_up[:4], *session(3), *given_up[4:], until=4).held_back


# --- ends of weeks -----------------------------------------------------------------------------------------


def test_the_end_of_each_week_is_looked_at_once_and_a_stop_stays(weeks: Weeks) -> None:
    worse = [morning(day, 6) for day in (10, 12)]

    assert watched(weeks, until=13).week == 2
    assert watched(weeks, until=14).week == 3
    assert not watched(weeks, *worse, until=13).stalled
    found = watched(weeks, *worse, morning(20, 0), morning(21, 0), until=30)
    assert found.stalled
    assert found.week == 3


def test_what_was_done_of_a_week_is_counted_up_to_the_day_before_its_end(weeks: Weeks) -> None:
    same = [morning(day, 4) for day in (26, 27)]
    three = [entry for week in range(3) for entry in session(7 * week)]

    assert watched(weeks, *same, *three, until=28).stalled
    assert not watched(weeks, *same, *three[:6], until=28).stalled
    # The fourth week's session on the day of its end is not yet due.
    assert watched(weeks, *same, *three, until=28, at_once=True).stalled


# --- reports, upkeep and the way back ----------------------------------------------------------------------


def test_a_report_that_leads_to_a_professional_stays_one(weeks: Weeks) -> None:
    assert watched(weeks, report(7, 7), until=7).professional
    assert watched(weeks, report(7, 7), report(14, 0), until=14).professional
    assert not watched(weeks, report(7, 4), until=7).professional


def test_a_report_from_before_the_course_counts_for_safety_alone(weeks: Weeks) -> None:
    found = watched(weeks, report(-3, 9), until=1)

    assert found.professional
    assert found.share == 0.0


def test_a_report_on_the_first_day_is_one_of_the_course(weeks: Weeks) -> None:
    assert watched(weeks, *session(0), report(0, 3), until=0).share == 1.0


def test_better_after_eight_weeks_and_calm_leads_to_upkeep_with_what_was_said(eighth: Weeks) -> None:
    calm = [morning(27, 1, stiff_min=5), report(28, 1)]

    assert stage(eighth, *calm, until=28) == Stage(phase="upkeep", since=MONDAY + 28 * DAY, pain=1, stiff=5)
    assert stage(eighth, morning(27, 1), report(27, 1), until=28).phase == "training"
    assert stage(eighth, morning(27, 1), report(28, 3), until=28).phase == "training"
    assert stage(eighth, report(28, change=4), until=28).phase == "training"


@pytest.mark.parametrize(
    "told",
    [
        [morning(25, 4), morning(27, 4)],  # the week before was not green
        [morning(2, 3), morning(4, 3)],  # nor the first of the last four
        [run(1, 3)],  # one run is enough: it is what the training is for
        [morning(1, 0, stiff_min=5), morning(2, 0), *(morning(d, 0, stiff_min=20) for d in (25, 27))],
    ],
)
def test_what_the_diary_tells_of_four_weeks_keeps_the_training_going(
    eighth: Weeks, told: list[AnyEntry]
) -> None:
    assert stage(eighth, *told, report(28, 0), until=28).phase == "training"


@pytest.mark.parametrize(
    "told",
    [
        [morning(25, 4), morning(26, 0)],  # one bad day in a week is no trend
        [morning(0, 5), run(0, 5)],  # five weeks ago
        [run(20, 2), run(24, 2), morning(27, 2), morning(28, 2)],
        [morning(d, 0, stiff_min=20) for d in (1, 3, 25, 27)],  # as always
        [],
    ],
)
def test_little_pain_for_four_weeks_lets_upkeep_begin(eighth: Weeks, told: list[AnyEntry]) -> None:
    assert stage(eighth, *told, report(28, 0), until=28).phase == "upkeep"


@pytest.mark.parametrize(
    ("day", "worst", "phase"), [(14, 5, "training"), (14, 2, "upkeep"), (0, 5, "upkeep")]
)
def test_the_worst_of_a_week_in_a_report_is_no_single_bad_day(
    eighth: Weeks, day: int, worst: int, phase: str
) -> None:
    assert stage(eighth, report(day, worst), report(28, 0), until=28).phase == phase


@pytest.mark.parametrize(
    ("tissues", "phase"),
    [(["joint"], "upkeep"), (["joint", "tendon"], "training"), (["tendon-compressed"], "training")],
)
def test_without_a_programme_the_slowest_tissue_that_leads_counts(
    eighth: Weeks, tissues: list[str], phase: str
) -> None:
    plan = msgspec.structs.replace(PLAN, tissues=tissues)
    twelfth = msgspec.structs.replace(eighth, plan=plan, began=MONDAY - 56 * DAY)

    assert stage(msgspec.structs.replace(eighth, plan=plan), report(28, 0), until=28).phase == phase
    assert stage(twelfth, report(28, 0), until=28).phase == "upkeep"


@pytest.mark.parametrize(
    ("day", "through", "phase"),
    [(28, True, "training"), (56, True, "upkeep"), (56, False, "training"), (112, False, "upkeep")],
)
def test_a_programme_ends_once_it_is_gone_through_or_after_twice_its_time(
    weeks: Weeks, day: int, through: bool, phase: str
) -> None:
    followed = msgspec.structs.replace(
        PLAN, follows=Follows(programme="p", phase="build", stage="build.0", week=1)
    )
    weeks = msgspec.structs.replace(weeks, plan=followed)
    trained = [entry for week in range(day // 7 + 1) for entry in session(7 * week)]

    assert stage(weeks, *trained, report(day, 0), until=day, through=through).phase == phase


def test_nothing_told_but_the_report_is_calm_even_where_no_pain_is_allowed(eighth: Weeks) -> None:
    assert stage(eighth, report(28, 0), until=28, profile=PROFILES["bone"]).phase == "upkeep"


def test_upkeep_ends_with_a_report_that_is_clearly_worse_and_no_longer_green(eighth: Weeks) -> None:
    begun = [morning(27, 1), report(28, 1)]

    assert stage(eighth, *begun, report(35, 3), until=35) == Stage(
        phase="training", since=MONDAY + 35 * DAY, pain=1
    )
    assert stage(eighth, *begun, report(35, 2), until=35).phase == "upkeep"
    assert stage(eighth, *begun, report(35), until=35).phase == "upkeep"
    # Clearly worse, and still green: 0 and then 2 on a joint.
    assert stage(eighth, report(28, 0), report(35, 2), until=35).phase == "upkeep"
    # No longer green, and not clearly worse.
    assert stage(eighth, report(28, 2), report(35, 3), until=35).phase == "upkeep"


def test_upkeep_ends_with_two_days_of_pain_or_much_stiffer_mornings(eighth: Weeks) -> None:
    begun = [morning(27, 1, stiff_min=5), report(28, 1)]
    hurts = [morning(31, 4), morning(33, 4)]

    assert stage(eighth, *begun, *hurts[:1], until=33).phase == "upkeep"
    assert stage(eighth, *begun, *hurts, until=33) == Stage(phase="training", since=MONDAY + 33 * DAY, pain=1)
    stiff = [morning(31, 0, stiff_min=20), morning(32, 0, stiff_min=20)]
    assert stage(eighth, *begun, *stiff, until=32) == Stage(phase="training", since=MONDAY + 32 * DAY, pain=1)
    less = [morning(31, 0, stiff_min=19), morning(32, 0, stiff_min=19)]
    assert stage(eighth, *begun, *less, until=32).phase == "upkeep"


def test_the_day_of_a_report_is_watched_before_it_is_heard_and_the_next_day_belongs_to_upkeep(
    eighth: Weeks,
) -> None:
    begun = [morning(27, 0), report(28, 0)]
    hurts = [morning(28, 4), morning(29, 4)]

    # Pain on the very day that upkeep begins counts with that of the next.
    assert stage(eighth, *begun, *hurts, until=29) == Stage(phase="training", since=MONDAY + 29 * DAY, pain=0)
    # In training nothing comes back: it is there.
    early = stage(eighth, morning(1, 9), morning(2, 9), until=2)
    assert early == Stage(phase="training", since=eighth.began, pain=4)


def test_what_was_told_of_tomorrow_waits_for_it(eighth: Weeks) -> None:
    begun = [morning(27, 0), report(28, 0), morning(31, 4), morning(32, 4)]

    assert stage(eighth, *begun, until=31).phase == "upkeep"
    assert stage(eighth, *begun, until=32).phase == "training"


def test_today_is_watched_whole(weeks: Weeks) -> None:
    today = msgspec.structs.replace(weeks, today=MONDAY + 3 * DAY)
    past = diary_of([morning(1, 1), morning(2, 3), morning(3, 5), report(3, 9)]).past
    past.count(today.today + DAY)
    found = watch_from(today)
    found.finish(today, JOINT, past)

    assert (found.rising, found.professional) == (True, True)


def test_activities_of_the_first_day_are_what_later_ones_are_held_against(eighth: Weeks) -> None:
    little = msgspec.structs.replace(eighth, given=msgspec.structs.replace(eighth.given, pain={"run": 1}))
    first, last = report(-28, 1, activities={"stairs": 2}), report(28, 1, activities={"stairs": 9})

    assert stage(little, first, last, until=28).phase == "upkeep"
    assert stage(little, last, until=28).phase == "training"
