"""One slot after one session, and the fold of a whole course: pain first, nothing up on a red day."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import Any

import msgspec
import pytest
from hypothesis import given as runs
from hypothesis import strategies as st

from tests.written_diaries import past_of
from weaklink.case.diary import Asked, Felt, Morning, SessionBegun, SetDone, Skipped, read_entry
from weaklink.case.given import Given, PainPlace
from weaklink.case.load import NO_LOAD, Load
from weaklink.library.records import Weighted
from weaklink.training.course.course import Rules, fold_of, week_of
from weaklink.training.course.session_record import MoveRecord, session_records
from weaklink.training.course.slot import (
    Asking,
    after_a_break,
    after_session,
    as_last_asked,
    beside_others,
    is_below,
    leading_back,
)
from weaklink.training.dose.calibration import bias, corrected, may_calibrate, spares
from weaklink.training.dose.pain_profile import PROFILES
from weaklink.training.dose.training_state import Cut, Performed, Rung, SlotState
from weaklink.training.dose.weights import Body, Rack

DAY = datetime.date(2026, 11, 2)
JOINT = PROFILES["joint"]
RUNGS = {
    rung.exercise: rung
    for rung in (
        Rung(exercise="quad-set", harder="straight-leg-raise", hold_s=(30, 45)),
        Rung(exercise="straight-leg-raise", easier="quad-set", harder="wall-squat", reps=(10, 20)),
        Rung(exercise="wall-squat", easier="straight-leg-raise", reps=(10, 20), hold_s=(5, 10)),
    )
}
EARLY = {**RUNGS, "straight-leg-raise": Rung(exercise="straight-leg-raise", easier="quad-set", reps=(10, 20))}
SQUAT = SlotState(exercise="wall-squat", sets=2, reps=12, hold_s=5)
RAISE = SlotState(exercise="straight-leg-raise", sets=3, reps=12)


def ankle(kg: float) -> Load:
    return Load(kind="ankle-weight", kg=kg)


def asking(**parts: Any) -> Asking:
    whole = {
        "rungs": RUNGS,
        "profile": JOINT,
        "target": 2,
        "kind_of_day": "full",
        "red_session": False,
    }
    return Asking(**{**whole, **parts})


def after(state: SlotState, *moves: MoveRecord, **parts: Any) -> list[Any]:
    done = [
        Performed(
            day=10, pain=m.pain or 0, spreads=m.spreads, this_hurts=m.hurt, rir=m.rir, completed=m.completed
        )
        for m in moves
    ]
    return after_session(state, done, list(moves), asking(**parts))


def move(exercise: str, **parts: Any) -> MoveRecord:
    return MoveRecord(**{"slot": "squat", "exercise": exercise, "rir": 4, "completed": 1.0, **parts})


def test_what_pain_took_comes_back_in_upkeep_and_nothing_else_rises():
    cut = Cut(after="pain", sets=3, reps=12, sessions=2, clean=1)
    less = msgspec.structs.replace(RAISE, sets=2, cut=cut)
    calm = MoveRecord(slot="a", exercise=RAISE.exercise, pain=0, rir=4, completed=1.0)

    assert [(c.rule, c.state.sets) for c in after(less, calm, kind_of_day="upkeep")] == [("given-back", 3)]
    assert [c.rule for c in after(RAISE, calm, kind_of_day="upkeep")] == ["stays-upkeep"]
    assert [c.rule for c in after(less, calm, kind_of_day="upkeep", red_session=True)] == ["red-elsewhere"]


def test_the_swap_of_a_session_is_where_the_slot_stands_and_it_does_not_rise_the_same_day() -> None:
    found = after(
        SQUAT, move("wall-squat", hurt=True, swapped_to="straight-leg-raise"), move("straight-leg-raise")
    )

    assert [(c.rule, c.state.exercise, c.state.reps) for c in found] == [
        ("this-hurts", "straight-leg-raise", 10)
    ]


def test_a_second_red_leads_to_the_easiest() -> None:
    found = after(SQUAT, move("wall-squat", pain=5), move("straight-leg-raise", pain=5), move("quad-set"))

    assert [c.state.exercise for c in found] == ["straight-leg-raise", "quad-set"]


def test_the_slot_follows_the_session_further_down_than_one_step() -> None:
    found = after(SQUAT, move("wall-squat", hurt=True, swapped_to="quad-set"))

    assert found[0].state.exercise == "quad-set"
    assert found[0].because.values["exercise"] == "quad-set"


@pytest.mark.parametrize(
    ("parts", "rule"),
    [
        ({"red_session": True}, "red-elsewhere"),
        ({"kind_of_day": "short"}, "stays-short"),
        ({"kind_of_day": "away"}, "stays-away"),
        ({"kind_of_day": "lighter"}, "stays-lighter"),
        ({"kind_of_day": "upkeep"}, "stays-upkeep"),
        ({}, "more-in-range"),
    ],
)
def test_nothing_rises_on_a_red_or_an_unusual_day(parts: dict[str, Any], rule: str) -> None:
    assert after(RAISE, move("straight-leg-raise"), **parts)[0].rule == rule


def test_what_was_offered_again_counts_as_taken_unless_something_else_hurt() -> None:
    aside = msgspec.structs.replace(RAISE, set_aside="wall-squat", offer_on_day=8)

    assert after(aside, move("wall-squat"))[0].state.exercise == "wall-squat"
    assert after(aside, move("wall-squat"), red_session=True)[0].state.exercise == "straight-leg-raise"
    assert (
        after(aside, move("wall-squat", hurt=True), red_session=True)[0].state.exercise
        == "straight-leg-raise"
    )


def test_another_move_than_the_plans_only_counts_when_it_hurts() -> None:
    assert after(SQUAT, move("straight-leg-raise")) == []
    assert after(SQUAT, move("straight-leg-raise", pain=6))[0].state.exercise == "quad-set"
    assert after(SQUAT, move("something-else", pain=6))[0].state.exercise == "straight-leg-raise"
    assert after(SlotState(exercise="gone", sets=1), move("something-else", pain=6)) == []
    assert after(SlotState(exercise="gone", sets=1), move("gone")) == []


def test_a_break_makes_the_next_start_gentler_once() -> None:
    high = msgspec.structs.replace(RAISE, reps=20)
    after = {days: after_a_break(high, days, RUNGS) for days in (9, 10, 20, 21, 34, 35, 85)}

    assert after[9] is None
    assert [after[days].rule for days in (10, 85)] == ["after-a-pause", "after-a-pause"]
    assert [(one.state.sets, one.state.reps) for one in after.values() if one] == [
        (2, 18), (2, 18), (2, 16), (2, 16), (2, 10), (2, 10),
    ]  # fmt: skip
    assert [one.state.cut.lasts for one in after.values() if one] == [1, 1, 2, 2, 3, 3]
    assert after_a_break(SlotState(exercise="gone", sets=1), 50, RUNGS) is None


def test_each_time_it_hurts_again_the_offer_waits_twice_as_long() -> None:
    state, waits = SQUAT, []
    for _ in range(5):
        state = after(state, move("wall-squat", hurt=True))[0].state
        waits.append((state.offer_on_day or 0) - 10)
        state = msgspec.structs.replace(state, exercise="wall-squat")

    assert waits == [7, 14, 28, 56, 56]


def test_the_way_up_waits_for_the_offer() -> None:
    state = SlotState(
        exercise="straight-leg-raise", sets=3, reps=20, tops=1, set_aside="wall-squat", offer_on_day=14
    )

    assert after(state, move("straight-leg-raise"))[0].rule == "waits-for-offer"


def test_the_way_up_passes_over_what_another_slot_holds_already() -> None:
    free = beside_others("quad-set", {"straight-leg-raise"}, RUNGS)

    assert free["quad-set"].harder == "wall-squat"
    assert beside_others("quad-set", {"straight-leg-raise", "wall-squat"}, RUNGS)["quad-set"].harder == ""
    assert beside_others("quad-set", {"wall-squat"}, RUNGS) == RUNGS
    assert beside_others("nothing", {"wall-squat"}, RUNGS) == RUNGS
    circle = {
        "a": Rung(exercise="a", harder="b", reps=(5, 9)),
        "b": Rung(exercise="b", harder="a", reps=(5, 9)),
    }
    assert beside_others("a", {"b"}, circle)["a"].harder == ""


def test_two_slots_never_climb_to_one_move() -> None:
    asked = [Asked(slot=name, exercise=name, sides=1, sets=3, reps=10) for name in ("quad", "raise")]
    begin = {"quad": SlotState(exercise="quad-set", sets=3, hold_s=45), "raise": RAISE}
    told = [entry for day in range(0, 24, 2) for entry in trained_both(day, asked)]

    found = followed(told, until=30, first_doses=begin, late=EARLY).doses

    assert found["quad"].exercise != found["raise"].exercise


def test_below_is_any_number_of_steps_down() -> None:
    assert is_below("wall-squat", "quad-set", RUNGS)
    assert not is_below("quad-set", "wall-squat", RUNGS)
    assert not is_below("gone", "quad-set", RUNGS)


HEIGHT = {"quad-set": 0, "straight-leg-raise": 1, "wall-squat": 2}
states = st.sampled_from([SQUAT, RAISE, SlotState(exercise="quad-set", sets=3, hold_s=35)])
records = st.lists(
    st.builds(
        move, st.sampled_from(sorted(HEIGHT)), pain=st.integers(0, 10), hurt=st.booleans(), rir=st.integers(0, 5),
        swapped_to=st.sampled_from(["", *sorted(HEIGHT)]),
    ),
    min_size=1, max_size=3,
)  # fmt: skip


@runs(states, records)
def test_a_painful_session_never_leaves_a_slot_higher(state: SlotState, moves: list[MoveRecord]) -> None:
    red = any(m.hurt or m.pain > JOINT.amber_to for m in moves)
    found = after(state, *moves, red_session=red)
    last = found[-1].state if found else state

    if red:
        assert HEIGHT[last.exercise] <= HEIGHT[state.exercise]
        if last.exercise == state.exercise:
            assert (last.sets, last.reps or 0, last.hold_s or 0) <= (
                state.sets,
                state.reps or 0,
                state.hold_s or 0,
            )


# --- a course ----------------------------------------------------------------------------------------------


def rules(**parts: Any) -> Rules:
    whole = {
        "early": EARLY, "late": RUNGS, "profile": JOINT, "began": DAY, "days": frozenset({0, 2, 4}),
        "first_doses": {"raise": RAISE},
    }  # fmt: skip
    return Rules(**{**whole, **parts})


def trained(number: int, pain: int = 0, rir: int = 4, **begun: Any) -> list[Any]:
    at = datetime.datetime.combine(DAY + datetime.timedelta(days=number), datetime.time(18), datetime.UTC)
    session = f"session-{number:03}"
    ids = {"session": session, "slot": "raise", "exercise": "straight-leg-raise", "set": 1}
    return [
        SessionBegun(id=f"begun-{number:04}", at=at, session=session, **begun),
        SetDone(id=f"set-{number:05}", at=at, **ids, reps=12),
        Felt(id=f"felt-{number:04}", at=at, **ids, rir=rir, pain=pain),
    ]


def trained_both(number: int, asked: list[Asked]) -> list[Any]:
    """A session of both slots, each with the move it was asked for first, and much in reserve."""
    at = datetime.datetime.combine(DAY + datetime.timedelta(days=number), datetime.time(18), datetime.UTC)
    session = f"session-{number:03}"
    entries: list[Any] = [SessionBegun(id=f"begun-{number:04}", at=at, session=session, moves=tuple(asked))]
    for name, exercise in (("quad", "quad-set"), ("raise", "straight-leg-raise")):
        ids = {"session": session, "slot": name, "exercise": exercise, "set": 1}
        entries.append(SetDone(id=f"set-{name}-{number:05}", at=at, **ids, reps=20, hold_s=45))
        entries.append(Felt(id=f"felt-{name}-{number:04}", at=at, **ids, rir=5, pain=0))
    return entries


def followed(*parts: list[Any], until: int = 60, **more: Any) -> Any:
    told = past_of(*(e for part in parts for e in part))
    known = rules(**{"bias": bias(told.spares), **more})
    return fold_of(known).finish(known, told, DAY + datetime.timedelta(days=until))


def test_what_has_to_wait_opens_in_the_third_week_after_two_green_sessions() -> None:
    assert not followed(trained(0), trained(2), until=13).unlocked
    assert followed(trained(0), trained(2), until=14).unlocked
    assert not followed(trained(0), trained(2, pain=3), until=14).unlocked
    assert followed(trained(0), trained(2, pain=3), trained(15), trained(17), until=18).unlocked


def test_a_clearly_worse_morning_changes_what_a_session_led_to() -> None:
    night = Morning(
        id="morning-1", at=datetime.datetime(2026, 11, 3, 7, tzinfo=datetime.UTC), date=datetime.date(2026, 11, 3), pain=2
    )  # fmt: skip
    before = night.at - datetime.timedelta(days=1)
    stiff = [
        Morning(id="morning-0", at=before, date=before.date(), pain=0),
        msgspec.structs.replace(night, pain=0, stiff_min=15),
    ]

    assert followed(trained(0)).reasons[0].rule == "more-in-range"
    assert followed(trained(0), [night]).reasons[0].rule == "bad-morning"
    assert followed(trained(0), stiff).reasons[0].rule == "bad-morning"
    assert (
        followed(trained(0, pain_before=1), [msgspec.structs.replace(night, pain=2)]).reasons[0].rule
        == "more-in-range"
    )


def test_what_is_held_away_changes_no_weight_at_home() -> None:
    loads = tuple(ankle(kg) for kg in (4, 5, 6, 8))
    rack = Rack(weighted=Weighted(held=["ankle-weight"]), loads=loads, body=Body(kg=70))
    early = {name: msgspec.structs.replace(rung, rack=rack) for name, rung in EARLY.items()}
    home = msgspec.structs.replace(RAISE, load=ankle(6))
    bare = [msgspec.structs.replace(e, load=NO_LOAD) if isinstance(e, SetDone) else e
            for e in trained(0, kind_of_day="away")]  # fmt: skip
    usual = [msgspec.structs.replace(e, load=NO_LOAD) if isinstance(e, SetDone) else e for e in trained(0)]

    assert followed(bare, early=early, first_doses={"raise": home}).doses["raise"].load == ankle(6)
    assert followed(usual, early=early, first_doses={"raise": home}).doses["raise"].load != ankle(6)


def test_lighter_weeks_come_after_six_weeks_and_after_two_bad_ones() -> None:
    steady = followed(*(trained(7 * week) for week in range(7)), until=44)
    bad = followed(*(trained(7 * week + day, pain=3) for week in range(2) for day in (0, 2)), until=15)

    assert steady.lighter == (7,)
    assert [r.rule for r in steady.reasons if not r.session] == ["lighter-week"]
    assert bad.lighter == (3,)
    assert [r.rule for r in bad.reasons if not r.session] == ["lighter-week-bad"]


def test_a_session_never_gone_to_and_one_before_the_start_change_nothing() -> None:
    asked = trained(0)[:1]

    assert followed(asked).reasons == ()
    assert followed(trained(-7)).sessions == ()
    assert followed(trained(30), until=20).sessions == ()
    assert followed(asked).last is None


def test_a_slot_the_plan_does_not_hold_any_more_loses_nothing() -> None:
    assert followed(trained(0), first_doses={}).doses["raise"].exercise == "straight-leg-raise"


def test_the_day_before_the_course_is_in_its_first_week() -> None:
    assert week_of(DAY - datetime.timedelta(days=1), DAY) == 1


@runs(st.permutations(range(8)))
def test_a_course_does_not_depend_on_the_order_of_its_entries(order: list[int]) -> None:
    parts = [trained(2 * n, pain=n % 4) for n in range(8)]

    assert followed(*(parts[n] for n in order)) == followed(*parts)


def asked(exercise: str, **numbers: Any) -> Asked:
    return Asked(**{"slot": "squat", "exercise": exercise, "sets": 2, "reps": 12, "hold_s": 5, **numbers})


def test_after_red_a_dose_is_not_above_what_was_last_asked_for() -> None:
    easier = as_last_asked(SQUAT, asked("straight-leg-raise", hold_s=None), RUNGS)
    less = as_last_asked(SQUAT, asked("wall-squat", reps=10), RUNGS)

    assert easier is not None
    assert less is not None
    assert (easier.state.exercise, easier.state.reps) == ("straight-leg-raise", 10)
    assert (less.state.exercise, less.state.sets, less.state.reps, less.state.hold_s) == (
        "wall-squat",
        2,
        10,
        5,
    )
    assert {easier.rule, less.rule} == {"red-elsewhere"}


@pytest.mark.parametrize(
    ("now", "then", "found"),
    [
        ((15, 4.0), (10, 5.0), (10, 4.0)),
        ((10, 5.0), (15, 4.0), (10, 4.0)),
        ((12, None), (10, 5.0), (10, None)),
    ],
)
def test_after_red_no_weight_is_traded_for_repetitions(
    now: tuple[int, float | None], then: tuple[int, float | None], found: tuple[int, float | None]
) -> None:
    def held(kg: float | None) -> Load | None:
        return None if kg is None else Load(kind="rucksack", kg=kg)

    state = SlotState(exercise="straight-leg-raise", sets=2, reps=now[0], load=held(now[1]))
    change = as_last_asked(
        state, asked("straight-leg-raise", reps=then[0], hold_s=None, load=held(then[1])), RUNGS
    )
    assert change is not None
    assert (change.state.reps, change.state.load) == (found[0], held(found[1]))


def test_a_dose_that_is_not_above_what_was_asked_for_stays_as_it_is() -> None:
    assert as_last_asked(SQUAT, asked("wall-squat"), RUNGS) is None
    assert as_last_asked(SQUAT, asked("wall-squat", reps=20), RUNGS) is None
    assert as_last_asked(SQUAT, asked("wall-squat", reps=5, hold_s=None), RUNGS) is None
    assert as_last_asked(RAISE, asked("wall-squat", sets=3), RUNGS) is None


def test_after_red_an_easier_move_has_no_set_more_than_what_was_asked_for() -> None:
    change = as_last_asked(RAISE, asked("wall-squat"), RUNGS)

    assert change is not None
    assert change.state == msgspec.structs.replace(RAISE, sets=2, cut=Cut(after="pain", sets=3, reps=12))
    assert change.rule == "red-elsewhere"


def test_a_diary_read_with_wider_limits_never_puts_a_slot_above_what_was_shown_before_red_pain() -> None:
    """A plan made anew may open the harder move; the sessions it is read from asked for the easier one."""
    sessions = [[msgspec.structs.replace(t[0], moves=(asked("straight-leg-raise", slot="raise", sets=1, hold_s=None),)), *t[1:]]
                for t in (trained(2 * n) for n in range(5))]  # fmt: skip
    begun, one, felt = trained(10)
    red = [begun, *(msgspec.structs.replace(e, slot="other", exercise="wall-squat") for e in (one, felt))]
    red[-1] = msgspec.structs.replace(red[-1], pain=8)

    calm, after_red = followed(*sessions), followed(*sessions, red)

    assert calm.doses["raise"].reps > 12 or calm.doses["raise"].exercise == "wall-squat"
    assert (after_red.doses["raise"].exercise, after_red.doses["raise"].reps) == ("straight-leg-raise", 12)
    assert after_red.reasons[-1].rule == "red-elsewhere"


def test_what_a_short_day_asked_for_says_nothing_of_a_whole_session() -> None:
    begun, one, felt = trained(0)
    less = msgspec.structs.replace(
        begun, kind_of_day="short", moves=(asked("straight-leg-raise", slot="raise", sets=1, hold_s=None),)
    )
    red = [msgspec.structs.replace(e, slot="other", exercise="wall-squat") for e in trained(2)[1:]]
    red[-1] = msgspec.structs.replace(red[-1], pain=8)

    after_red = followed([less, one, felt], [trained(2)[0], *red])

    assert after_red.last_colour == "red"
    assert after_red.doses["raise"].sets == RAISE.sets


# --- what was done -----------------------------------------------------------------------------------------


def test_the_share_that_was_done_counts_sets_repetitions_and_holds() -> None:
    asked = Asked(slot="raise", exercise="straight-leg-raise", sides=2, sets=2, reps=10, hold_s=10)
    begun, one, _ = trained(0)
    begun = msgspec.structs.replace(begun, moves=(asked,))

    def share(*sets: SetDone, extra: tuple[Any, ...] = ()) -> float:
        return session_records([begun, *sets, *extra])[0].moves[0].completed

    half = msgspec.structs.replace(one, reps=5)
    held = msgspec.structs.replace(one, reps=None, hold_s=5)
    assert share(one) == 0.25
    assert share(half) == 0.125
    assert share(held) == 0.125
    skipped = Skipped(
        id="skip-0001", at=one.at, session=one.session, slot="raise", exercise="straight-leg-raise"
    )
    four = [msgspec.structs.replace(one, id=f"set-{n:05}", set=n) for n in range(1, 5)]
    assert share(*four) == 1.0
    assert share(*four, extra=(skipped,)) == 0.99


def test_form_faults_are_a_share_of_the_repetitions() -> None:
    begun, one, _ = trained(0)
    found = session_records([begun, msgspec.structs.replace(one, faulty=4)])[0].moves[0]

    assert found.faulty == pytest.approx(4 / 12)


def test_a_session_without_its_first_entry_is_still_one() -> None:
    found = session_records(trained(3)[1:])[0]

    assert (found.date, found.asked, found.trained, found.ended) == (
        DAY + datetime.timedelta(days=3),
        (),
        True,
        "",
    )


# --- calibration -------------------------------------------------------------------------------------------


def limit(first: int, said: int | None, last: int, number: int = 0) -> list[Any]:
    begun, one, felt = trained(number)
    told = [begun, msgspec.structs.replace(one, reps=first)]
    if said is not None:
        told.append(msgspec.structs.replace(felt, rir=said))
    return [*told, msgspec.structs.replace(one, id=f"limit-{number:04}", set=2, reps=last, to_the_limit=True)]


def bias_of(told: list[Any]) -> int:
    return bias(Counter(spares(told)))


def test_reserve_that_was_not_there_is_taken_off_and_hidden_reserve_given_back_by_one() -> None:
    assert bias_of(limit(10, 2, 15)) == 1
    assert bias_of(limit(10, 2, 12)) == 0
    assert bias_of(limit(10, 4, 11)) == -3
    assert bias_of(limit(10, 9, 10)) == -4
    assert bias_of(limit(10, None, 15)) == 0
    assert bias_of([]) == 0
    assert bias_of([*limit(10, 2, 15), *limit(10, 2, 12, 2), *limit(10, 2, 9, 4)]) == 0


def test_effort_may_be_said_with_the_set() -> None:
    begun, one, _ = trained(0)
    told = [begun, msgspec.structs.replace(one, reps=10, rir=3)]
    last = msgspec.structs.replace(one, id="limit-0001", set=2, reps=11, to_the_limit=True)

    assert bias_of([*told, last]) == -2


def test_a_set_to_the_limit_is_no_effort_of_its_own() -> None:
    told = limit(10, 2, 15)
    zero = read_entry({"kind": "felt", "id": "felt-zero", "at": "2026-11-02T18:00:00Z", "session": "session-000",
                       "slot": "raise", "exercise": "straight-leg-raise", "set": 2, "rir": 0})  # fmt: skip

    assert session_records([*told, zero])[0].moves[0].rir == 2


def test_the_correction_never_goes_below_none() -> None:
    assert (corrected(1, -3), corrected(2, 1), corrected(None, 1)) == (0, 3, None)


def test_only_grown_up_novices_without_pain_are_asked_in_the_first_weeks() -> None:
    well = Given(age=30, level="novice")

    assert may_calibrate(well, 2)
    assert not may_calibrate(well, 3)
    assert not may_calibrate(msgspec.structs.replace(well, level="regular"), 1)
    assert not may_calibrate(msgspec.structs.replace(well, age=17), 1)
    assert not may_calibrate(msgspec.structs.replace(well, pain_at=(PainPlace("calf"),)), 1)


def test_after_red_a_move_above_what_was_asked_for_goes_back_though_a_stage_ends_the_way_down() -> None:
    ended = {**RUNGS, "wall-squat": msgspec.structs.replace(RUNGS["wall-squat"], easier="")}
    change = as_last_asked(SQUAT, asked("straight-leg-raise", hold_s=None, reps=8), ended)

    assert change is not None
    assert (change.state.exercise, change.state.reps) == ("straight-leg-raise", 8)


def test_after_red_a_move_whose_predecessor_is_not_allowed_any_more_is_one_step_easier() -> None:
    change = as_last_asked(SQUAT, asked("goblet-squat", hold_s=None), RUNGS)

    assert change is not None
    assert change.state.exercise == RUNGS["wall-squat"].easier


def test_after_red_nothing_rises_to_what_is_on_another_way() -> None:
    other = {
        **RUNGS,
        "step-up": msgspec.structs.replace(RUNGS["wall-squat"], exercise="step-up", easier="", harder=""),
    }

    assert as_last_asked(RAISE, asked("step-up"), other) is None


def test_the_way_up_leads_back_to_what_was_planned() -> None:
    """The easier move's own way up is a move this runner may not do, or another one."""
    hold = Rung(exercise="standing-hold", easier="lying-hold", hold_s=(5, 15))
    ended = {"standing-hold": hold, "lying-hold": Rung(exercise="lying-hold", hold_s=(5, 15))}
    elsewhere = {
        **ended,
        "lying-hold": Rung(exercise="lying-hold", harder="kick"),
        "kick": Rung(exercise="kick"),
    }

    for rungs in (ended, elsewhere):
        assert leading_back("lying-hold", "standing-hold", rungs)["lying-hold"].harder == "standing-hold"
    assert leading_back("quad-set", "wall-squat", RUNGS) is RUNGS  # leads there by itself
    assert leading_back("standing-hold", "standing-hold", ended) is ended
    assert leading_back("kick", "standing-hold", elsewhere) is elsewhere  # not below it
