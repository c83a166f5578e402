"""The fold of a course, one session at a time: what it hands to the rules, and what it keeps of their answers."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
import pytest

from weaklink.case.diary import Asked, Morning
from weaklink.quantities import Message
from weaklink.training.course.course import Course, Reason, Rules, fold_of
from weaklink.training.course.past import Past
from weaklink.training.course.session_record import MoveRecord, SessionRecord
from weaklink.training.dose.pain_profile import PROFILES
from weaklink.training.dose.training_state import Rung, SlotState

MONDAY = datetime.date(2026, 11, 2)
DAY = datetime.timedelta(days=1)
RUNGS = {
    rung.exercise: rung
    for rung in (
        Rung(exercise="quad-set", harder="raise", hold_s=(30, 45)),
        Rung(exercise="raise", easier="quad-set", harder="squat", reps=(10, 20)),
        Rung(exercise="squat", easier="raise", reps=(10, 20)),
        Rung(exercise="plank", hold_s=(20, 40)),
    )
}
EARLY = {**RUNGS, "raise": msgspec.structs.replace(RUNGS["raise"], harder="")}
RAISE = SlotState(exercise="raise", sets=3, reps=12)
PLANK = SlotState(exercise="plank", sets=2, hold_s=30)


def rules(**parts: Any) -> Rules:
    whole = {
        "early": EARLY, "late": RUNGS, "profile": PROFILES["joint"], "began": MONDAY, "days": frozenset({0, 2, 4}),
        "first_doses": {"legs": RAISE, "trunk": PLANK},
    }  # fmt: skip
    return Rules(**{**whole, **parts})


def move(slot: str = "legs", exercise: str = "raise", **parts: Any) -> MoveRecord:
    return MoveRecord(**{"slot": slot, "exercise": exercise, "rir": 4, "completed": 1.0, **parts})


def session(day: int, *moves: MoveRecord, **parts: Any) -> SessionRecord:
    return SessionRecord(session=f"session-{day}", date=MONDAY + day * DAY, moves=moves or (move(),), **parts)


def morning(day: int, pain: int = 0, stiff_min: int = 0) -> Morning:
    date = MONDAY + day * DAY
    at = datetime.datetime.combine(date, datetime.time(7), datetime.UTC)
    return Morning(id=f"morning-{day}", at=at, date=date, pain=pain, stiff_min=stiff_min)


def course(*sessions: SessionRecord, mornings: Any = (), until: int | None = None, **parts: Any) -> Course:
    past = Past(sessions=list(sessions), recent=list(mornings))
    last = max(one.date for one in sessions) if until is None else MONDAY + until * DAY
    known = rules(**parts)
    return fold_of(known).finish(known, past, last)


def decided(found: Course, day: int) -> list[str]:
    return [reason.rule for reason in found.reasons if reason.session == f"session-{day}"]


# --- what is kept of an answer -----------------------------------------------------------------------------


def test_a_reason_says_when_where_and_why() -> None:
    (found,) = course(session(2)).reasons

    assert found == Reason(
        id="session-2/legs/0", date=MONDAY + 2 * DAY, session="session-2", slot="legs", exercise="raise",
        action="progress", rule="more-in-range", because=Message("training.rule-more-in-range", {"exercise": "raise"}),
    )  # fmt: skip


def test_a_reason_of_a_week_belongs_to_no_session() -> None:
    held = move("trunk", "plank", rir=None)
    found = course(*(session(7 * week, move(rir=2), held) for week in range(6)), session(42, move(rir=2)))
    (of_week, other) = [reason for reason in found.reasons if not reason.session]

    assert of_week == Reason(
        id="week-7/legs", date=MONDAY + 42 * DAY, session="", slot="legs", exercise="raise", action="regress",
        rule="lighter-week", because=Message("training.rule-lighter-week", {"exercise": "raise"}),
    )  # fmt: skip
    assert (other.id, other.exercise) == ("week-7/trunk", "plank")
    assert found.last_reason["legs"].session == "session-42"
    assert found.last_change["plank"].session == "session-7"
    assert {reason.session for reason in found.last_session} == {"session-42"}


def test_the_last_session_is_the_last_in_which_anything_was_done() -> None:
    found = course(
        session(0),
        session(2, move("trunk", "plank", rir=None)),
        SessionRecord(session="x", date=MONDAY + 4 * DAY),
    )

    assert [reason.id for reason in found.last_session] == ["session-2/trunk/0"]
    assert found.last == session(2, move("trunk", "plank", rir=None))
    assert {slot: reason.session for slot, reason in found.last_reason.items()} == {
        "legs": "session-0",
        "trunk": "session-2",
    }
    assert found.tried == {"legs": 1, "trunk": 1}


def test_only_what_changed_the_dose_is_its_last_change() -> None:
    found = course(session(0), session(2, move(rir=1)))

    assert found.last_change["raise"].session == "session-0"
    assert found.last_reason["legs"].rule == "effort-too-hard"


@pytest.mark.parametrize(
    ("pain", "after", "colour"),
    [(0, None, "green"), (0, 5, "amber"), (3, None, "amber"), (3, 5, "amber"), (6, None, "red")],
)
def test_a_red_morning_takes_the_green_from_a_session(pain: int, after: int | None, colour: str) -> None:
    mornings = [morning(1, pain=after)] if after is not None else []

    assert course(session(0, move(pain=pain)), mornings=mornings, until=1).last_colour == colour


def test_the_easiest_that_hurts_is_remembered_with_its_session() -> None:
    found = course(
        session(0, move("trunk", "plank", pain=6)), session(2), session(4, move("trunk", "plank", hurt=True))
    )

    assert found.easiest_painful == ("session-0", "session-4")
    assert decided(found, 4) == ["easiest-painful-twice"]


def test_the_easiest_that_hurt_counts_where_limits_of_today_lead_another_way() -> None:
    """The slot was taken down to its easiest; read anew with a narrower plan it would stand elsewhere."""
    down = session(0, move(pain=6)), session(2, move(exercise="quad-set", pain=6))
    again = session(4, move(exercise="quad-set", hurt=True))
    narrow = {name: rung for name, rung in RUNGS.items() if name != "raise"}

    for known in ({}, {"early": narrow, "late": narrow}):
        assert course(*down, again, **known).easiest_painful == ("session-2", "session-4")


def test_what_has_an_easier_way_is_not_the_easiest() -> None:
    assert course(session(0, move(pain=6)), session(2, move(pain=6))).easiest_painful == ()


# --- what opens --------------------------------------------------------------------------------------------


def asked(*slots: str) -> tuple[Asked, ...]:
    return tuple(Asked(slot=slot, exercise="raise", sets=3, reps=12) for slot in slots)


@pytest.mark.parametrize(
    ("slots", "opens"), [(("legs", "trunk"), True), (("legs", "trunk", "hip"), False), ((), True)]
)
def test_a_green_session_counts_once_half_of_it_was_begun(slots: tuple[str, ...], opens: bool) -> None:
    found = course(session(0, asked=asked(*slots)), session(2, asked=asked(*slots)), until=14)

    assert found.unlocked == opens


def test_what_waited_is_the_way_up_from_the_day_it_opens() -> None:
    ready = {"legs": msgspec.structs.replace(RAISE, reps=20, tops=1)}
    early = course(session(0), session(2), first_doses=ready)
    hard = (session(9, move(rir=1)), session(11, move(rir=1)))
    late = course(*hard, session(14, move(rir=2)), session(16, move(rir=2)), first_doses=ready)

    assert early.doses["legs"].exercise == "raise"
    assert decided(late, 16) == ["top-twice"]
    assert late.doses["legs"].exercise == "squat"


def test_two_green_sessions_too_far_apart_open_nothing() -> None:
    assert course(session(0), session(2), until=14).unlocked
    assert course(session(0), session(12), until=14).unlocked
    assert not course(session(0), session(12), until=15).unlocked


# --- pauses ------------------------------------------------------------------------------------------------


def test_the_first_session_was_preceded_by_none() -> None:
    assert decided(course(session(20)), 20) == ["more-in-range"]


def test_a_pause_is_answered_once_and_then_the_session_counts_as_always() -> None:
    high = {"legs": msgspec.structs.replace(RAISE, reps=20)}
    found = course(session(0, move(rir=1)), session(10), session(12), first_doses=high)
    reasons = [reason for reason in found.reasons if reason.session == "session-10"]

    assert [(reason.rule, reason.id) for reason in reasons] == [
        ("after-a-pause", "session-10/legs/0"), ("given-back", "session-10/legs/1"),
    ]  # fmt: skip
    assert (found.doses["legs"].sets, found.doses["legs"].reps) == (3, 20)


@pytest.mark.parametrize("days", [4, 7, 9])
def test_one_session_a_week_goes_on_like_any_other(days: int) -> None:
    assert decided(course(session(0), session(days)), days) == ["more-in-range"]


def test_a_slot_that_is_new_was_never_paused() -> None:
    found = course(session(0), session(29, move("trunk", "plank", rir=None)))

    assert decided(found, 29) == ["more-in-range"]
    assert found.doses["trunk"].hold_s == 35


def test_what_the_plan_does_not_hold_begins_with_one_set() -> None:
    found = course(session(0, move("old", "squat", rir=1)))

    assert found.doses["old"] == SlotState(exercise="squat", sets=1)


def test_the_day_of_an_offer_is_counted_from_the_beginning() -> None:
    found = course(session(4, move(hurt=True)))

    assert (found.doses["legs"].exercise, found.doses["legs"].offer_on_day) == ("quad-set", 11)


# --- red ---------------------------------------------------------------------------------------------------


def test_after_red_pain_what_stands_above_what_was_asked_for_goes_back_with_its_reason() -> None:
    first = session(
        0,
        asked=(
            Asked(slot="legs", exercise="raise", sets=3, reps=12),
            Asked(slot="gone", exercise="raise", sets=1, reps=5),
        ),
    )
    found = course(first, session(2, move("trunk", "plank", pain=6)))
    held = [reason for reason in found.reasons if reason.rule == "red-elsewhere"]

    assert [(reason.id, reason.slot, reason.session) for reason in held] == [
        ("session-2/legs/9", "legs", "session-2")
    ]
    assert found.doses["legs"].reps == 12


# --- mornings ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("more", "rule"), [(9, "more-in-range"), (10, "bad-morning")])
def test_ten_minutes_stiffer_than_the_least_of_a_week_is_a_bad_morning(more: int, rule: str) -> None:
    mornings = [morning(1, stiff_min=5), morning(5, stiff_min=10), morning(8, stiff_min=5 + more)]

    assert decided(course(session(7), mornings=mornings, until=8), 7) == [rule]


@pytest.mark.parametrize(("by", "held"), [(0.3, False), (0.8, True)])
def test_stiffness_that_creeps_up_over_weeks_holds_the_dose(by: float, held: bool) -> None:
    """No morning is ten minutes more than the week before it; the week is ten minutes more than the month."""
    mornings = [morning(day, stiff_min=5 + round(by * day)) for day in range(30)]
    found = course(session(26), session(28), mornings=mornings, until=29)

    assert decided(found, 28) == ["stiffening" if held else "more-in-range"]
    assert found.last_colour == ("amber" if held else "green")


def test_now_and_then_a_stiff_morning_holds_nothing() -> None:
    mornings = [morning(day, stiff_min=25 if day % 3 == 0 else 5) for day in range(30)]

    assert "stiffening" not in decided(course(session(26), session(27), mornings=mornings, until=28), 27)


def test_a_morning_whose_stiffness_was_left_out_makes_no_creeping() -> None:
    mornings = [morning(day, stiff_min=0 if day == 10 else 14) for day in range(30)]

    assert decided(course(session(26), session(28), mornings=mornings, until=29), 28) == ["more-in-range"]


def test_a_morning_a_week_ago_says_nothing_of_the_pain_before() -> None:
    for day, rule in ((0, "bad-morning"), (1, "more-in-range")):
        found = course(session(7), mornings=[morning(day, pain=1), morning(8, pain=2)], until=8)
        assert decided(found, 7) == [rule]


def test_a_stiff_morning_with_nothing_to_hold_it_against_says_nothing() -> None:
    assert decided(course(session(7), mornings=[morning(8, stiff_min=60)], until=8), 7) == ["more-in-range"]


@pytest.mark.parametrize(
    ("before", "said", "after", "rule"),
    [
        (3, None, 4, "morning-red"),  # the morning of the day counts; no less than before, and red
        (None, 3, 4, "morning-red"),  # else what was said at the session
        (None, None, 4, "bad-morning"),
        (6, None, 5, "more-in-range"),  # red, and less than it was
        (6, 2, 5, "more-in-range"),
        (3, 0, 4, "morning-red"),
    ],
)
def test_the_pain_before_is_that_of_the_morning_else_what_was_said(
    before: int | None, said: int | None, after: int, rule: str
) -> None:
    mornings = [*([morning(0, pain=before)] if before is not None else []), morning(1, pain=after)]

    assert decided(course(session(0, pain_before=said), mornings=mornings, until=1), 0) == [rule]


def test_an_old_bad_morning_does_not_excuse_a_red_one() -> None:
    mornings = [morning(0, pain=6), morning(3, pain=5)]

    assert decided(course(session(2, pain_before=0), mornings=mornings, until=3), 2) == ["morning-red"]
    assert decided(course(session(2), mornings=mornings, until=3), 2) == ["more-in-range"]
    assert decided(course(session(2, pain_before=5), mornings=mornings, until=3), 2) == ["more-in-range"]


# --- weeks -------------------------------------------------------------------------------------------------


def test_lighter_weeks_come_every_six_weeks_of_training_and_a_pause_is_none() -> None:
    steady = [session(7 * week) for week in range(20)]
    paused = [session(7 * week) for week in (*range(5), *range(8, 13))]

    assert course(*steady, until=139).lighter == (7, 14)
    assert course(*steady, until=41).lighter == ()
    assert course(*steady, until=42).lighter == (7,)
    assert course(*paused, until=90).lighter == (10,)


def test_a_lighter_week_is_told_of_what_was_trained_lately_and_has_a_set_to_give() -> None:
    once, stretch = SlotState(exercise="squat", sets=1, reps=12), SlotState(exercise="calf-stretch", sets=2)
    doses = {"legs": RAISE, "trunk": PLANK, "hips": once, "stretch": stretch}
    done = [move(), move("hips", "squat", rir=2), move("stretch", "calf-stretch", rir=None)]
    left = [session(0, *done, move("trunk", "plank", rir=None))]
    found = course(*left, *(session(7 * n, *done) for n in range(1, 6)), until=42, first_doses=doses)

    assert found.lighter == (7,)
    assert [reason.slot for reason in found.reasons if not reason.session] == ["legs"]


def test_two_weeks_with_more_bad_sessions_than_good_ones_make_the_next_one_lighter() -> None:
    def weeks(*counts: tuple[int, int]) -> tuple[int, ...]:
        days = [
            session(7 * week + day, move(pain=3 if day < bad else 0))
            for week, (bad, good) in enumerate(counts)
            for day in range(bad + good)
        ]
        return course(*days, until=7 * len(counts)).lighter

    assert weeks((2, 1), (2, 1)) == (3,)
    assert weeks((2, 1), (1, 1)) == ()
    assert weeks((1, 1), (2, 1)) == ()
    assert weeks((2, 2), (3, 2), (3, 2)) == (4,)
    assert weeks((2, 1), (2, 1), (2, 1)) == (3,)  # the week after a lighter one begins anew
    assert weeks((2, 1), (2, 1), (2, 1), (2, 1), (2, 1)) == (3, 6)


def test_a_reason_of_a_week_after_the_last_session_is_none_of_that_session() -> None:
    found = course(*(session(7 * week, move(rir=2)) for week in range(6)), until=42)

    assert [reason.id for reason in found.last_session] == ["session-35/legs/0"]
    assert found.reasons[-1].id == "week-7/legs"


# --- what is handed on -------------------------------------------------------------------------------------


def test_sessions_of_the_first_day_and_of_today_are_told() -> None:
    found = course(session(0), session(3), session(4), until=3, bias=2)

    assert [one.session for one in found.sessions] == ["session-0", "session-3"]
    assert (found.bias, found.reasons_before, found.tried) == (2, 0, {"legs": 2})


def test_what_was_opened_stays_open() -> None:
    assert course(session(9), session(11), session(14), session(16, move(pain=3)), until=21).unlocked


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({"spreads": True}, "pain-red"),
        ({"completed": 0.5}, "not-completed"),
        ({"faulty": 0.3}, "form"),
        ({"rir": 1}, "effort-too-hard"),
    ],
)
def test_what_was_said_of_a_move_reaches_the_rules(said: dict[str, Any], rule: str) -> None:
    assert decided(course(session(0, move(**said))), 0) == [rule]


def test_what_is_left_is_taken_with_the_bias_of_its_runner() -> None:
    assert decided(course(session(0, move(rir=1)), bias=1), 0) == ["more-in-range"]
    assert decided(course(session(0, move(rir=3)), bias=-2), 0) == ["effort-too-hard"]
