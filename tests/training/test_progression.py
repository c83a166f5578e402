"""Progression: what a session says about the next dose, rule by rule and as laws."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given as runs
from hypothesis import strategies as st

from tests.training.making import (
    EXERCISES,
    KNEE,
    LIBRARY,
    NOTHING_KNOWN,
    PREVENTION,
    SELF_MANAGE,
    exercise,
    healthy,
    library,
    sore_knee,
)
from weaklink.case.load import NO_LOAD, Load, Owned
from weaklink.library.programme_records import Bouts
from weaklink.library.records import Weighted
from weaklink.library.wording import Wording, catalogue
from weaklink.training.dose.pain_profile import PROFILES
from weaklink.training.dose.setting import setting
from weaklink.training.dose.training_state import Cut, Performed, Rung, SlotState
from weaklink.training.dose.weights import Body, Rack, loads_of, place_of
from weaklink.training.progression.lighter_week import lighter_week
from weaklink.training.progression.next_dose import colour_of, morning_red, next_dose, offered_again
from weaklink.training.progression.rebasing import rebased
from weaklink.training.progression.runner_ladder import ladder


def ankle(kg: float) -> Load:
    return Load(kind="ankle-weight", kg=kg)


MOVES = {move.id: move for move in EXERCISES}
JOINT, TENDON, BONE = PROFILES["joint"], PROFILES["tendon"], PROFILES["bone"]
LIFT = Weighted(held=["ankle-weight"], body_share=0.16)
LOADS = loads_of(LIFT, [Owned(kind="ankle-weight", kg=(0.5, 1, 1.5, 2))], Body(kg=70))
ANKLE = Rack(weighted=LIFT, loads=LOADS, body=Body(kg=70))
LADDER = {
    rung.exercise: rung
    for rung in (
        Rung(exercise="quad-set", harder="straight-leg-raise", hold_s=(30, 45)),
        Rung(exercise="straight-leg-raise", easier="quad-set", harder="wall-squat", reps=(10, 20)),
        Rung(exercise="wall-squat", easier="straight-leg-raise", reps=(10, 20), hold_s=(5, 10)),
        Rung(exercise="clamshell", harder="side-lift", reps=(10, 20), step=4),
        Rung(exercise="side-lift", easier="clamshell", reps=(6, 12), rack=ANKLE),
    )
}
HEIGHT = {"quad-set": 0, "straight-leg-raise": 1, "wall-squat": 2, "clamshell": 0, "side-lift": 1}
SLR = SlotState(exercise="straight-leg-raise", sets=3, reps=12)
SQUAT = SlotState(exercise="wall-squat", sets=2, reps=12, hold_s=5)
EASIEST = SlotState(exercise="quad-set", sets=5, hold_s=40)
EASY = Performed(day=1, rir=4)


def decided(state=SLR, profile=JOINT, target=2, **parts):
    session = Performed(**{"day": 1, "rir": 4, **parts})
    return next_dose(state, session, LADDER, profile, target)


def rule(**parts):
    return decided(**parts).rule


BOUTS = (
    Bouts(sets=5, hold_s=10, rest_s=50),
    Bouts(sets=8, hold_s=10, rest_s=30),
    Bouts(sets=15, hold_s=10, rest_s=10),
)
HOPS = {
    "raise": Rung(exercise="raise", harder="hops", reps=(10, 20)),
    "hops": Rung(exercise="hops", easier="raise", harder="one-leg", hold_s=(10, 10), bouts=BOUTS),
    "one-leg": Rung(exercise="one-leg", easier="hops", reps=(10, 20)),
}
HOPPING = SlotState(exercise="hops", sets=5, hold_s=10)


def hopped(state=HOPPING, ladder=HOPS, **parts):
    return next_dose(state, Performed(**{"day": 1, **parts}), ladder, TENDON, 2)


def test_bouts_grow_one_step_after_two_sessions_and_lead_on_from_the_last():
    state, seen = HOPPING, []
    for _ in range(6):
        found = hopped(state)
        seen.append((found.rule, found.state.exercise, found.state.sets))
        state = found.state

    assert seen == [
        ("bouts-once", "hops", 5),
        ("more-bouts", "hops", 8),
        ("bouts-once", "hops", 8),
        ("more-bouts", "hops", 15),
        ("bouts-once", "hops", 15),
        ("top-twice", "one-leg", 3),
    ]


def test_bouts_without_a_next_rung_stay_at_their_last_step():
    alone = {**HOPS, "hops": msgspec.structs.replace(HOPS["hops"], harder="")}
    last = msgspec.structs.replace(HOPPING, sets=15, tops=1)

    found = hopped(last, alone)

    assert (found.rule, found.action, found.state.sets) == ("top-of-ladder", "hold", 15)


def test_however_easy_bouts_skip_no_step():
    found = hopped(left_s=60, rir=6)

    assert (found.rule, found.state.sets) == ("bouts-once", 5)


def test_bouts_that_hurt_are_fewer_and_come_back_after_clean_sessions():
    ten = msgspec.structs.replace(HOPPING, sets=8)
    less = hopped(ten, pain_before=0, pain_next_morning=2)
    assert (less.rule, less.state.sets) == ("bad-morning", 7)
    once = hopped(less.state)
    again = hopped(once.state)

    assert (once.rule, again.rule, again.state.sets) == ("clean-once", "given-back", 8)


def test_what_comes_in_place_of_many_bouts_has_few_sets():
    red = hopped(msgspec.structs.replace(HOPPING, sets=15), pain=7)

    assert (red.rule, red.state.exercise, red.state.sets) == ("pain-red", "raise", 3)


def test_hops_that_begin_begin_with_the_first_bouts():
    found = next_dose(
        SlotState(exercise="raise", sets=3, reps=20, tops=1), Performed(day=1, rir=3), HOPS, TENDON, 2
    )

    assert (found.state.exercise, found.state.sets, found.state.hold_s) == ("hops", 5, 10)


def test_hops_of_another_stage_are_counted_in_bouts():
    counted = SlotState(exercise="hops", sets=3, reps=20)
    kept = msgspec.structs.replace(HOPPING, sets=8)

    assert (rebased(counted, HOPS["hops"]).sets, rebased(counted, HOPS["hops"]).hold_s) == (5, 10)
    assert rebased(kept, HOPS["hops"]) == kept


def test_an_easy_green_session_gives_a_little_more():
    found = decided()

    assert (found.rule, found.action, found.state.reps) == ("more-in-range", "progress", 14)


def test_a_hold_grows_by_seconds_and_not_above_its_range():
    assert decided(EASIEST, rir=None).state.hold_s == 45
    assert decided(msgspec.structs.replace(EASIEST, hold_s=43), rir=None).state.hold_s == 45


@pytest.mark.parametrize(("rir", "reps"), [(None, 13), (2, 13), (3, 14), (4, 14), (5, 15), (6, 15)])
def test_the_reserve_that_was_asked_for_is_progress_and_more_of_it_more(rir, reps):
    found = decided(rir=rir)

    assert (found.rule, found.state.reps) == ("more-in-range", reps)


def test_six_sessions_at_the_reserve_asked_for_go_through_the_range():
    goblet = {"goblet": Rung(exercise="goblet", reps=(6, 12))}
    state, reps = SlotState(exercise="goblet", sets=3, reps=6), []
    for day in range(6):
        state = next_dose(state, Performed(day=day, rir=2), goblet, JOINT).state
        reps.append(state.reps)

    assert reps == [7, 8, 9, 10, 11, 12]


def test_harder_than_asked_keeps_the_dose_and_twice_too_hard_takes_a_little():
    once = decided(rir=0)
    twice = next_dose(once.state, Performed(day=3, rir=0), LADDER, JOINT)
    slightly = next_dose(decided(rir=1).state, Performed(day=3, rir=1), LADDER, JOINT)

    assert (once.rule, once.state.reps) == ("effort-too-hard", 12)
    assert (twice.rule, twice.action, twice.state.reps) == ("too-hard-twice", "regress", 10)
    assert slightly.rule == "effort-too-hard"


def test_twice_too_hard_takes_weight_or_seconds():
    loaded = SlotState(exercise="side-lift", sets=3, reps=10, load=ankle(2), hard=1)
    hold = msgspec.structs.replace(EASIEST, hard=1)

    assert decided(loaded, rir=0).state.load == ankle(1)  # a step is 5 % of what is moved: 13.2 kg
    assert decided(hold, completed=0.5, rir=None).state.hold_s == 32
    assert decided(hold, completed=0.5, rir=None).state.sets == 5


def test_a_minor_has_to_keep_more_in_reserve():
    assert rule(rir=3, target=3) == "more-in-range"
    assert rule(rir=2, target=3) == "effort-too-hard"


def test_a_rung_may_ask_for_more_reserve_than_the_runner_keeps_anyway():
    careful = {"raise": Rung(exercise="raise", reps=(8, 12), reserve=4)}
    state = SlotState(exercise="raise", sets=2, reps=8)

    assert next_dose(state, Performed(day=1, rir=3), careful, JOINT).rule == "effort-too-hard"
    assert next_dose(state, Performed(day=1, rir=4), careful, JOINT).rule == "more-in-range"


def test_an_unfinished_session_keeps_the_dose():
    assert rule(completed=0.8) == "not-completed"


def test_amber_once_holds_and_twice_in_a_row_steps_down():
    once = decided(pain=3)
    twice = next_dose(once.state, Performed(day=3, pain=3, rir=4), LADDER, JOINT)

    assert (once.rule, once.state.reps) == ("pain-amber", 12)
    assert (twice.rule, twice.state.exercise) == ("pain-amber-twice", "quad-set")


def test_green_between_two_ambers_starts_the_count_again():
    once = decided(pain=3)
    green = next_dose(once.state, Performed(day=3, rir=2), LADDER, JOINT)

    assert next_dose(green.state, Performed(day=5, pain=3), LADDER, JOINT).rule == "pain-amber"


def test_amber_twice_on_the_easiest_means_less_of_it():
    found = decided(msgspec.structs.replace(EASIEST, ambers=1), pain=3)

    assert (found.rule, found.state.exercise, found.state.hold_s) == ("pain-amber-twice-less", "quad-set", 30)


def test_amber_stays_counted_when_another_rule_cuts_the_dose():
    cut = decided(pain=3, pain_next_morning=4)

    assert cut.rule == "bad-morning"
    assert next_dose(cut.state, Performed(day=3, pain=3), LADDER, JOINT).rule == "pain-amber-twice"


def test_red_once_steps_down():
    found = decided(pain=4)

    assert (found.rule, found.action, found.state.exercise) == ("pain-red", "regress", "quad-set")


def test_the_same_pain_is_judged_by_the_tissue():
    assert [rule(pain=4, profile=p) for p in (TENDON, JOINT, BONE)] == ["pain-amber", "pain-red", "pain-red"]
    assert [rule(pain=1, profile=p) for p in (JOINT, BONE)] == ["more-in-range", "pain-red"]


def test_pain_spreading_down_the_leg_is_red():
    assert rule(spreads=True) == "pain-red"


def test_this_hurts_swaps_the_wall_squat_for_the_straight_leg_raise_at_once():
    found = decided(SQUAT, this_hurts=True)

    assert (found.rule, found.action, found.state.exercise) == ("this-hurts", "swap", "straight-leg-raise")
    assert (found.state.set_aside, found.state.offer_on_day) == ("wall-squat", 8)


def test_what_hurt_is_offered_again_a_week_later_and_not_before():
    swapped = decided(SQUAT, this_hurts=True).state
    early = next_dose(swapped, Performed(day=7, rir=2), LADDER, JOINT)
    due = next_dose(swapped, Performed(day=8, rir=2), LADDER, JOINT)

    assert early.rule == "more-in-range"
    assert (due.rule, due.action) == ("offered-again", "offer-again")
    assert (due.state.exercise, due.state.reps, due.state.hold_s) == ("wall-squat", 10, 5)
    assert due.state.set_aside == ""


def test_what_hurt_with_a_weight_is_offered_again_with_a_fifth_less():
    rack = Rack(weighted=Weighted(held=["ankle-weight"]), loads=LOADS, body=Body(kg=70))
    loaded = {name: msgspec.structs.replace(rung, rack=rack) for name, rung in LADDER.items()}
    aside = SlotState(exercise="quad-set", sets=2, hold_s=30, set_aside="straight-leg-raise", offer_on_day=8)
    heavy = msgspec.structs.replace(aside, aside_load=ankle(2))

    assert offered_again(heavy, loaded).state.load == ankle(1.5)
    assert offered_again(heavy, LADDER).state.load is None  # nothing is there any more to hold


def test_what_hurt_is_not_offered_after_an_amber_or_too_hard_session():
    swapped = decided(SQUAT, this_hurts=True).state

    assert next_dose(swapped, Performed(day=9, pain=3, rir=4), LADDER, JOINT).rule == "pain-amber"
    assert next_dose(swapped, Performed(day=9, rir=0), LADDER, JOINT).rule == "effort-too-hard"


def test_twice_painful_on_the_easiest_refers():
    once = decided(EASIEST, pain=6)
    between = next_dose(once.state, Performed(day=3), LADDER, JOINT)
    twice = next_dose(between.state, Performed(day=5, this_hurts=True), LADDER, JOINT)

    assert (once.rule, once.action) == ("easiest-painful", "regress")
    assert (twice.rule, twice.action) == ("easiest-painful-twice", "refer")


def test_a_clearly_worse_morning_cuts_the_dose_of_the_same_move():
    found = decided(msgspec.structs.replace(SLR, reps=20), pain_next_morning=2)

    assert (found.rule, found.state.exercise, found.state.reps) == ("bad-morning", "straight-leg-raise", 12)
    assert rule(stiffer_next_morning=True) == "bad-morning"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"pain_next_morning": 2}, "bad-morning-elsewhere"),
        ({"stiffer_next_morning": True}, "bad-morning-elsewhere"),
        ({"pain_next_morning": 9}, "bad-morning-elsewhere"),
        ({"pain_next_morning": 2, "pain": 3}, "bad-morning-elsewhere"),
        ({"pain_next_morning": 2, "pain": 4}, "pain-red"),
        ({"pain_next_morning": 2, "this_hurts": True}, "this-hurts"),
        ({"pain_next_morning": 2, "faulty": 0.3}, "form"),
    ],
)
def test_a_bad_morning_takes_nothing_from_a_move_that_works_elsewhere_and_raises_nothing(said, expected):
    apart = {name: msgspec.structs.replace(rung, apart=True) for name, rung in LADDER.items()}
    before = msgspec.structs.replace(SLR, reps=18, tops=1)

    found = next_dose(before, Performed(day=1, rir=4, **said), apart, JOINT)

    assert found.rule == expected
    if expected == "bad-morning-elsewhere":
        assert (found.action, found.state.reps, found.state.sets, found.state.tops) == ("hold", 18, 3, 0)


def test_what_was_cut_comes_back_with_clean_sessions_and_nothing_stays_cut():
    state = decided(msgspec.structs.replace(SLR, reps=10), stiffer_next_morning=True).state
    state = decided(state, stiffer_next_morning=True).state
    assert state.sets == 1
    seen = []
    for day in range(5, 9):
        found = next_dose(state, Performed(day=day, rir=2), LADDER, JOINT)
        state = found.state
        seen.append((found.rule, state.sets, state.reps))

    assert seen == [
        ("clean-once", 1, 10),
        ("given-back", 3, 10),
        ("more-in-range", 3, 11),
        ("more-in-range", 3, 12),
    ]


def test_cut_repetitions_and_seconds_come_back_by_halves() -> None:
    raised = decided(msgspec.structs.replace(SLR, reps=20), stiffer_next_morning=True).state
    held = decided(msgspec.structs.replace(EASIEST, hold_s=45), stiffer_next_morning=True).state
    seen = []
    for day in range(3, 6):
        raised = next_dose(raised, Performed(day=day, rir=2), LADDER, JOINT).state
        held = next_dose(held, Performed(day=day), LADDER, JOINT).state
        seen.append((raised.reps, held.hold_s))

    assert seen == [(12, 30), (16, 38), (20, 45)]
    assert (raised.cut, held.cut) == (None, None)


def test_a_band_comes_back_at_once() -> None:
    pulls = Weighted(held=["band"])
    bands = loads_of(pulls, [Owned(kind="band")], Body())
    rungs = {
        "pull": Rung(
            exercise="pull", reps=(8, 12), rack=Rack(weighted=pulls, loads=bands, body=Body(), needs_one=True)
        )
    }
    state = SlotState(exercise="pull", sets=3, reps=10, load=bands[2], sought=3)
    state = next_dose(state, Performed(day=1, stiffer_next_morning=True), rungs, JOINT).state
    assert state.load == bands[1]
    for day in (3, 5):
        state = next_dose(state, Performed(day=day, rir=2), rungs, JOINT).state

    assert (state.load, state.cut) == (bands[2], None)


def test_a_cut_weight_comes_back_by_halves_and_the_sets_stay():
    loaded = SlotState(exercise="side-lift", sets=3, reps=10, load=ankle(2))
    state = decided(loaded, stiffer_next_morning=True).state
    assert (state.sets, state.reps, state.load) == (3, 10, ankle(0.5))
    seen = []
    for day in range(3, 6):
        state = next_dose(state, Performed(day=day, rir=2), LADDER, JOINT).state
        seen.append(state.load)

    assert seen == [ankle(0.5), ankle(1), ankle(2)]
    assert state.cut is None


def test_pain_in_between_starts_the_count_of_clean_sessions_again():
    state = decided(msgspec.structs.replace(SLR, reps=10), stiffer_next_morning=True).state
    clean = next_dose(state, Performed(day=3, rir=2), LADDER, JOINT).state
    amber = next_dose(clean, Performed(day=5, pain=3), LADDER, JOINT).state
    again = next_dose(amber, Performed(day=7, rir=2), LADDER, JOINT)

    assert (again.rule, again.state.sets) == ("clean-once", 2)


def test_after_four_sessions_one_clean_session_is_enough_for_the_sets():
    state = decided(msgspec.structs.replace(SLR, reps=10), stiffer_next_morning=True).state
    for day in (3, 5, 7):
        state = next_dose(state, Performed(day=day, pain_before=4, pain_next_morning=4), LADDER, JOINT).state
        assert state.sets == 2
    found = next_dose(state, Performed(day=9, rir=2), LADDER, JOINT)

    assert (found.rule, found.state.sets) == ("given-back", 3)


def test_a_cut_at_the_bottom_of_the_range_takes_a_set_away():
    found = decided(msgspec.structs.replace(SLR, reps=10), stiffer_next_morning=True)
    last = decided(msgspec.structs.replace(SLR, reps=10, sets=1), stiffer_next_morning=True)

    assert (found.state.sets, found.state.reps) == (2, 10)
    assert last.state.sets == 1


def test_a_tendon_has_to_be_settled_by_the_next_morning_and_a_joint_has_not():
    assert rule(profile=TENDON, pain_next_morning=1) == "not-settled"
    assert rule(profile=JOINT, pain_next_morning=1) == "more-in-range"
    assert rule(profile=BONE, pain_next_morning=1) == "pain-red"
    assert rule(profile=TENDON, pain_next_morning=1, pain_before=1) == "more-in-range"


def test_mornings_that_stiffen_over_weeks_hold_what_works_there_and_nothing_else():
    assert rule(stiffening=True) == "stiffening"
    assert rule(stiffening=False) == "more-in-range"
    away = {name: msgspec.structs.replace(rung, apart=True) for name, rung in LADDER.items()}
    assert next_dose(SLR, Performed(day=1, stiffening=True, rir=4), away, JOINT).rule != "stiffening"


def test_form_faults_in_more_than_a_quarter_step_down():
    assert decided(faulty=0.3).state.exercise == "quad-set"
    assert rule(faulty=0.25) == "more-in-range"
    assert rule(state=EASIEST, faulty=0.3) == "form-less"


def test_clamshells_lead_on_from_twenty():
    state, seen = SlotState(exercise="clamshell", sets=2, reps=10), []
    for day in range(1, 40):
        found = next_dose(state, Performed(day=day, rir=2), LADDER, JOINT)
        seen.append((found.rule, found.state.exercise, found.state.reps))
        if found.action == "next-variant":
            break
        state = found.state

    assert seen[-3:] == [
        ("more-in-range", "clamshell", 20),
        ("top-once", "clamshell", 20),
        ("top-twice", "side-lift", 6),
    ]


def test_clamshells_rise_to_fifty_where_no_next_rung_is_open():
    alone = {"clamshell": Rung(exercise="clamshell", reps=(10, 50), step=4)}
    state, seen = SlotState(exercise="clamshell", sets=2, reps=10), []
    for day in range(1, 14):
        state = next_dose(state, Performed(day=day, rir=4), alone, JOINT).state
        seen.append(state.reps)

    assert (state.exercise, seen[-3:]) == ("clamshell", [50, 50, 50])


def test_one_hard_session_at_the_top_starts_the_count_again():
    top = msgspec.structs.replace(SLR, reps=20, tops=1)

    assert decided(top, rir=1).state.tops == 0
    assert rule(state=top, rir=2) == "top-twice"


def test_with_two_more_than_asked_one_session_at_the_top_is_enough():
    top = msgspec.structs.replace(SLR, reps=20)

    assert [rule(state=top, rir=rir) for rir in (None, 3, 4)] == ["top-once", "top-once", "top-twice"]


def test_the_top_of_the_ladder_stays():
    assert rule(state=msgspec.structs.replace(SQUAT, reps=20, tops=1)) == "top-of-ladder"


def test_after_three_sessions_at_the_end_of_everything_a_set_more():
    state, seen = msgspec.structs.replace(SQUAT, reps=20, tops=1), []
    for day in range(4):
        found = next_dose(state, Performed(day=day, rir=2), LADDER, JOINT)
        state = found.state
        seen.append((found.rule, state.sets))

    assert seen == [("top-of-ladder", 2), ("top-of-ladder", 2), ("one-set-more", 3), ("top-of-ladder", 3)]
    most = msgspec.structs.replace(SQUAT, sets=5, reps=20, tops=1, still=9)
    assert rule(state=most) == "top-of-ladder"


def test_at_the_top_of_the_range_the_weight_grows_from_the_bottom_again():
    top = SlotState(exercise="side-lift", sets=3, reps=12, tops=1, load=ankle(1), sought=3)
    found = decided(top)

    assert (found.rule, found.action) == ("more-load", "progress")
    assert (found.state.reps, found.state.load) == (6, ankle(1.5))


def test_the_first_weight_is_looked_for_in_three_sessions_at_most():
    state, seen = SlotState(exercise="side-lift", sets=3, reps=8, load=ankle(0.5)), []
    for day in range(4):
        found = next_dose(state, Performed(day=day, rir=4, reps=8), LADDER, JOINT)
        state = found.state
        seen.append((found.rule, state.load, state.reps))

    assert seen[0] == ("weight-found", ankle(1), 8)
    assert seen[3][0] in ("more-in-range", "top-once")
    assert [one[0] for one in seen].count("weight-found") <= 3


def test_a_weight_that_is_far_away_is_paid_for_in_repetitions():
    row = Weighted(held=["dumbbell"])
    loads = loads_of(row, [Owned(kind="dumbbell", kg=(10, 12.5))], Body())
    coarse = {"row": Rung(exercise="row", reps=(8, 12), rack=Rack(weighted=row, loads=loads, body=Body()))}
    state, seen = SlotState(exercise="row", sets=3, reps=12, load=Load(kind="dumbbell", kg=10), sought=3), []
    for day in range(9):
        state = next_dose(state, Performed(day=day, rir=2), coarse, JOINT).state
        seen.append((state.load.kg, state.reps))

    assert seen == [
        (10, 13),
        (10, 14),
        (10, 15),
        (10, 16),
        (10, 17),
        (10, 18),
        (10, 18),
        (12.5, 8),
        (12.5, 9),
    ]


def test_a_set_of_as_many_as_possible_stays_at_its_limit_and_takes_weight_beyond_it():
    heavy = {"lift": Rung(exercise="lift", reps=(15, 15), rack=ANKLE, reserve=0, maximum=True)}
    state = SlotState(exercise="lift", sets=3, reps=15, load=ankle(1), sought=3)
    rules = [next_dose(state, Performed(day=1, rir=rir), heavy, JOINT) for rir in (0, 1, 2)]

    assert [one.rule for one in rules] == ["right-for-maximum", "right-for-maximum", "more-load"]
    assert (rules[2].state.load, rules[2].state.reps) == (ankle(1.5), 15)


def test_far_too_easy_leaves_the_rung_at_once_but_not_after_pain_and_only_where_it_may():
    open_ladder = {name: msgspec.structs.replace(rung, skips=True) for name, rung in LADDER.items()}
    easy = Performed(day=1, rir=5)

    assert next_dose(SLR, easy, open_ladder, JOINT).rule == "far-too-easy"
    assert next_dose(SLR, Performed(day=1, rir=4), open_ladder, JOINT).rule == "more-in-range"
    assert next_dose(SLR, easy, LADDER, JOINT).rule == "more-in-range"
    for trouble in ({"ambers": 1}, {"set_aside": "wall-squat"}, {"cut": Cut(after="pain", sets=3, reps=12)}):
        hurt = msgspec.structs.replace(SLR, **trouble)
        assert next_dose(hurt, easy, open_ladder, JOINT).rule != "far-too-easy"


def test_far_too_easy_with_a_weight_takes_a_larger_step():
    open_ladder = {name: msgspec.structs.replace(rung, skips=True) for name, rung in LADDER.items()}
    loaded = SlotState(exercise="side-lift", sets=3, reps=8, load=ankle(0.5), sought=3)
    found = next_dose(loaded, Performed(day=1, rir=6, reps=8), open_ladder, JOINT)

    assert (found.rule, found.state.load, found.state.reps) == ("far-too-easy-load", ankle(1.5), 8)


def test_what_was_really_held_counts_and_nothing_said_is_what_was_asked():
    loaded = SlotState(exercise="side-lift", sets=3, reps=8, load=ankle(1), sought=3)

    assert decided(loaded, rir=2, load=ankle(0.5)).state.load == ankle(0.5)
    assert decided(loaded, rir=2).state.load == ankle(1)
    assert decided(loaded, rir=2, load=NO_LOAD).state.load is None
    assert decided(SLR, rir=2, load=ankle(1)).state.load is None  # nothing can be held in it here


@pytest.mark.parametrize(
    ("left", "still", "seconds"),
    [(None, 0, 35), (20, 0, 40), (10, 0, 35), (5, 0, 30), (5, 1, 35), (0, 5, 30)],
)
def test_a_hold_grows_by_what_was_left_of_it(left, still, seconds):
    state = SlotState(exercise="quad-set", sets=3, hold_s=30, still=still)

    assert decided(state, rir=None, left_s=left).state.hold_s == seconds


def test_a_lighter_week_comes_after_six_weeks_or_two_bad_ones():
    assert lighter_week(SLR, 5, 1) is None
    assert lighter_week(SLR, 6, 0).rule == "lighter-week"
    assert lighter_week(SLR, 1, 2).rule == "lighter-week-bad"
    assert lighter_week(SLR, 6, 0).state == msgspec.structs.replace(SLR, sets=1)
    assert lighter_week(msgspec.structs.replace(SLR, sets=1), 6, 0).state.sets == 1


@pytest.mark.parametrize("decision", [lighter_week(SLR, 6, 0), lighter_week(SLR, 1, 2)])
def test_a_lighter_week_has_its_sentence(decision):
    assert Wording(catalogue(), LIBRARY).say(decision.because)


def test_a_move_without_any_range_counts_as_at_its_top():
    bare = {"bare": Rung(exercise="bare")}

    assert next_dose(SlotState(exercise="bare", sets=1), Performed(day=1), bare, JOINT).rule == "top-once"


# --- whole decisions --------------------------------------------------------------------------------------

CUT_HOLD = Cut(after="pain", sets=5, hold_s=40)
ASIDE = SlotState(
    exercise="straight-leg-raise", sets=2, reps=20, set_aside="wall-squat", offer_on_day=8, setbacks=1,
    tops=1, painful_on_easiest=1,
)  # fmt: skip
WHOLE = {
    # rule: (before, session, action, after, what the sentence names)
    "this-hurts": (
        SQUAT, {"this_hurts": True}, "swap",
        SlotState(exercise="straight-leg-raise", sets=2, reps=10, set_aside="wall-squat", offer_on_day=8, setbacks=1),
        {"exercise": "straight-leg-raise", "exercise2": "wall-squat"},
    ),
    "pain-red": (
        msgspec.structs.replace(SQUAT, setbacks=1, ambers=1, tops=1), {"pain": 6}, "regress",
        SlotState(exercise="straight-leg-raise", sets=2, reps=10, set_aside="wall-squat", offer_on_day=15, setbacks=2),
        {"exercise": "straight-leg-raise", "exercise2": "wall-squat"},
    ),
    "easiest-painful": (
        msgspec.structs.replace(EASIEST, ambers=1, tops=1), {"pain": 6}, "regress",
        SlotState(exercise="quad-set", sets=5, hold_s=30, painful_on_easiest=1, cut=CUT_HOLD), {"exercise": "quad-set"},
    ),
    "easiest-painful-twice": (
        msgspec.structs.replace(EASIEST, painful_on_easiest=1), {"this_hurts": True}, "refer",
        SlotState(exercise="quad-set", sets=5, hold_s=30, painful_on_easiest=2, cut=CUT_HOLD), {"exercise": "quad-set"},
    ),
    "form": (
        msgspec.structs.replace(ASIDE, ambers=1), {"faulty": 0.3}, "regress",
        SlotState(
            exercise="quad-set", sets=2, hold_s=30, set_aside="wall-squat", offer_on_day=8, setbacks=1,
            painful_on_easiest=1,
        ),
        {"exercise": "quad-set", "exercise2": "straight-leg-raise"},
    ),
    "form-less": (
        msgspec.structs.replace(EASIEST, hold_s=45), {"faulty": 0.3}, "regress",
        SlotState(exercise="quad-set", sets=5, hold_s=30, cut=Cut(after="pain", sets=5, hold_s=45)), {"exercise": "quad-set"},
    ),
    "bad-morning": (
        msgspec.structs.replace(SLR, reps=20, tops=1, ambers=1), {"pain_next_morning": 2}, "regress",
        SlotState(exercise="straight-leg-raise", sets=3, reps=12, cut=Cut(after="pain", sets=3, reps=20)),
        {"exercise": "straight-leg-raise"},
    ),
    "pain-amber": (
        msgspec.structs.replace(SLR, tops=1), {"pain": 3}, "hold",
        msgspec.structs.replace(SLR, ambers=1), {"exercise": "straight-leg-raise"},
    ),
    "morning-red": (
        msgspec.structs.replace(SLR, tops=1, ambers=1), {"pain_before": 4, "pain_next_morning": 4}, "hold", SLR,
        {"exercise": "straight-leg-raise"},
    ),
    "not-settled": (
        msgspec.structs.replace(SLR, tops=1, ambers=1), {"pain_next_morning": 1, "profile": TENDON}, "hold", SLR,
        {"exercise": "straight-leg-raise"},
    ),
    "stiffening": (
        msgspec.structs.replace(SLR, tops=1, ambers=1), {"stiffening": True}, "hold", SLR,
        {"exercise": "straight-leg-raise"},
    ),
    "not-completed": (
        msgspec.structs.replace(SLR, tops=1, ambers=1), {"completed": 0.9}, "hold", msgspec.structs.replace(SLR, hard=1),
        {"exercise": "straight-leg-raise"},
    ),
    "more-in-range": (
        msgspec.structs.replace(SLR, tops=1, ambers=1), {"rir": 2}, "progress",
        msgspec.structs.replace(SLR, reps=13, sought=3),
        {"exercise": "straight-leg-raise"},
    ),
    "top-once": (
        msgspec.structs.replace(SLR, reps=20), {"rir": 2}, "hold", msgspec.structs.replace(SLR, reps=20, tops=1, sought=3),
        {"exercise": "straight-leg-raise"},
    ),
    "top-twice": (
        msgspec.structs.replace(SLR, reps=20, tops=1), {}, "next-variant",
        SlotState(exercise="wall-squat", sets=3, reps=10, hold_s=5), {"exercise": "wall-squat", "exercise2": "straight-leg-raise"},
    ),
    "top-of-ladder": (
        msgspec.structs.replace(SQUAT, reps=20, tops=1), {}, "hold", msgspec.structs.replace(SQUAT, reps=20, tops=1, still=1, sought=3),
        {"exercise": "wall-squat"},
    ),
    "more-load": (
        SlotState(exercise="side-lift", sets=3, reps=12, tops=1, load=ankle(1), sought=3), {}, "progress",
        SlotState(exercise="side-lift", sets=3, reps=6, load=ankle(1.5), sought=3),
        {"exercise": "side-lift", "held": "ankle-weight", "kg": 1.5},
    ),
    "offered-again": (
        ASIDE, {"day": 8, "rir": 2}, "offer-again",
        SlotState(exercise="wall-squat", sets=2, reps=10, hold_s=5, setbacks=1, painful_on_easiest=1, sought=3),
        {"exercise": "wall-squat", "exercise2": "straight-leg-raise"},
    ),
    "waits-for-offer": (
        ASIDE, {"day": 7}, "hold", msgspec.structs.replace(ASIDE, tops=0), {"exercise": "straight-leg-raise"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WHOLE)
def test_a_decision_says_the_action_the_whole_next_dose_and_what_it_is_about(name):
    before, said, action, after, named = WHOLE[name]
    found = decided(before, **said)

    assert (found.rule, found.action) == (name, action)
    assert found.state == after
    assert (found.because.id, found.because.values) == (f"training.rule-{name}", named)


def test_only_what_leads_to_the_move_that_hurt_waits_for_its_day():
    below = msgspec.structs.replace(ASIDE, reps=19)
    elsewhere = SlotState(exercise="clamshell", sets=2, reps=20, set_aside="wall-squat", offer_on_day=8)
    nothing_aside = msgspec.structs.replace(ASIDE, set_aside="", offer_on_day=None)

    assert decided(below, day=7).rule == "more-in-range"
    assert decided(elsewhere, day=7, rir=2).rule == "top-once"
    assert decided(nothing_aside, day=7).rule == "top-twice"
    assert decided(ASIDE, day=8).rule == "offered-again"
    assert decided(msgspec.structs.replace(ASIDE, offer_on_day=None), day=7).rule == "top-twice"


def test_where_no_pain_is_allowed_the_next_morning_counts_as_well_and_silence_as_none():
    assert colour_of(Performed(day=1), BONE) == "green"
    assert colour_of(Performed(day=1, pain_next_morning=1), BONE) == "red"
    assert colour_of(Performed(day=1, pain_next_morning=5), JOINT) == "green"


@pytest.mark.parametrize(
    ("profile", "before", "after", "red"),
    [
        (JOINT, 4, 4, True),
        (JOINT, 5, 4, False),
        (JOINT, 0, 3, False),
        (JOINT, 0, None, False),
        (BONE, 5, 4, True),
        (BONE, 5, 0, False),
    ],
)
def test_a_red_morning_is_no_less_than_the_one_before_unless_no_pain_is_allowed(profile, before, after, red):
    assert morning_red(Performed(day=1, pain_before=before, pain_next_morning=after), profile) == red


def test_a_hold_at_the_end_of_its_range_is_at_its_top():
    one = {"plank": Rung(exercise="plank", hold_s=(20, 40))}
    state = SlotState(exercise="plank", sets=2, hold_s=40)

    assert next_dose(state, Performed(day=1), one, JOINT).rule == "top-once"
    grown = next_dose(msgspec.structs.replace(state, hold_s=39, tops=1), Performed(day=1), one, JOINT)
    assert (grown.rule, grown.state) == ("more-in-range", msgspec.structs.replace(state, sought=3))


def test_a_dose_in_another_unit_than_the_range_grows_only_in_what_both_have():
    both = {
        "side-plank": Rung(exercise="side-plank", reps=(8, 12), hold_s=(10, 20)),
        "raise": Rung(exercise="raise", reps=(8, 12)),
    }

    grown = next_dose(SlotState(exercise="side-plank", sets=2, hold_s=12), Performed(day=1), both, JOINT)
    longer = SlotState(exercise="side-plank", sets=2, hold_s=17, sought=3)
    assert (grown.rule, grown.state) == ("more-in-range", longer)
    held = next_dose(SlotState(exercise="raise", sets=2, hold_s=12), Performed(day=1), both, JOINT)
    assert held.rule == "top-once"


def test_a_cut_never_goes_below_the_range_and_a_move_without_one_keeps_a_single_one():
    one = {
        "plank": Rung(exercise="plank"),
        "side-plank": Rung(exercise="side-plank", reps=(8, 12), hold_s=(10, 20)),
    }
    bare = SlotState(exercise="plank", sets=2, reps=3, hold_s=3)
    both = SlotState(exercise="side-plank", sets=2, reps=12, hold_s=20)
    cut = [next_dose(state, Performed(day=1, faulty=0.3), one, JOINT).state for state in (bare, both)]

    assert (cut[0].sets, cut[0].reps, cut[0].hold_s) == (2, 1, 1)
    assert (cut[1].sets, cut[1].reps, cut[1].hold_s) == (2, 8, 12)


# --- laws -------------------------------------------------------------------------------------------------


def cuts(rung: Rung) -> st.SearchStrategy[Cut]:
    """What may have been taken away on a rung."""
    return st.builds(
        Cut,
        after=st.sampled_from(["pain", "pause"]),
        sets=st.integers(1, 4),
        reps=st.integers(*rung.reps) if rung.reps else st.none(),
        hold_s=st.integers(*rung.hold_s) if rung.hold_s else st.none(),
        load=st.sampled_from(LOADS) | st.none() if rung.rack else st.none(),
        sessions=st.integers(0, 5),
        clean=st.integers(0, 3),
        lasts=st.integers(1, 3),
    )


states = st.sampled_from(tuple(LADDER.values())).flatmap(
    lambda rung: st.builds(
        SlotState,
        exercise=st.just(rung.exercise),
        sets=st.integers(1, 4),
        reps=st.integers(*rung.reps) if rung.reps else st.none(),
        hold_s=st.integers(*rung.hold_s) if rung.hold_s else st.none(),
        ambers=st.integers(0, 1),
        tops=st.integers(0, 1),
        painful_on_easiest=st.integers(0, 1),
        set_aside=st.sampled_from(("", "wall-squat")),
        offer_on_day=st.none() | st.integers(0, 20),
        load=st.sampled_from(LOADS) | st.none() if rung.rack else st.none(),
        sought=st.integers(0, 3),
        hard=st.integers(0, 1),
        still=st.integers(0, 3),
        cut=st.none() | cuts(rung),
    )
)
sessions = st.builds(
    Performed,
    day=st.integers(0, 30),
    pain=st.integers(0, 10),
    spreads=st.booleans(),
    this_hurts=st.booleans(),
    pain_before=st.integers(0, 5),
    pain_next_morning=st.none() | st.integers(0, 8),
    stiffer_next_morning=st.booleans(),
    rir=st.none() | st.integers(0, 6),
    completed=st.sampled_from((0.5, 1.0)),
    faulty=st.sampled_from((0.0, 0.3)),
    left_s=st.none() | st.sampled_from((0, 5, 10, 20)),
    load=st.none(),
)
profiles = st.sampled_from(tuple(PROFILES.values()))
UP = ("progress", "next-variant", "offer-again")


def size(state: SlotState) -> tuple[int, float, int]:
    """How much a dose is: the rung first, then the weight, then the work."""
    return HEIGHT[state.exercise], place_of(state.load), state.sets * (state.reps or 1) * (state.hold_s or 1)


@runs(state=states, session=sessions, profile=profiles, more=st.integers(1, 10))
def test_more_pain_never_progresses_and_never_gives_a_larger_dose(state, session, profile, more):
    worse = msgspec.structs.replace(session, pain=min(10, session.pain + more))
    before, after = (next_dose(state, s, LADDER, profile) for s in (session, worse))

    assert size(after.state) <= size(before.state)
    assert after.action not in UP or before.action in UP


@runs(state=states, session=sessions, profile=profiles)
def test_no_dose_rises_on_amber_or_red(state, session, profile):
    found = next_dose(state, session, LADDER, profile)

    if session.this_hurts or profile.colour(session.pain, session.spreads) != "green":
        assert found.action not in UP
        assert size(found.state) <= size(state)


@runs(state=states, session=sessions, profile=profiles, more=st.integers(1, 5))
def test_more_in_reserve_never_gives_a_smaller_dose(state, session, profile, more):
    low = msgspec.structs.replace(session, rir=session.rir or 0)
    high = msgspec.structs.replace(low, rir=low.rir + more)

    assert size(next_dose(state, high, LADDER, profile).state) >= size(
        next_dose(state, low, LADDER, profile).state
    )


@runs(state=states, session=sessions, profile=profiles)
def test_a_worse_morning_never_gives_a_larger_dose(state, session, profile):
    calm = msgspec.structs.replace(session, pain_next_morning=None, stiffer_next_morning=False)

    assert size(next_dose(state, session, LADDER, profile).state) <= size(
        next_dose(state, calm, LADDER, profile).state
    )


@runs(state=states, session=sessions, profile=profiles)
def test_every_decision_keeps_the_range_and_has_a_sentence(state, session, profile):
    found = next_dose(state, session, LADDER, profile)
    rung = LADDER[found.state.exercise]
    for value, bounds in ((found.state.reps, rung.reps), (found.state.hold_s, rung.hold_s)):
        assert value is None or bounds[0] <= value <= bounds[1]

    assert found.because.id == f"training.rule-{found.rule}"
    assert Wording(catalogue(), LIBRARY).say(found.because)


@pytest.mark.parametrize("profile", PROFILES)
def test_the_worst_pain_never_holds_or_progresses(profile):
    assert decided(pain=10, profile=PROFILES[profile]).action == "regress"


# --- ladders ----------------------------------------------------------------------------------------------


def test_the_ladder_of_a_runner_holds_only_what_they_may_do():
    early = ladder(setting(sore_knee(level="regular"), LIBRARY, SELF_MANAGE, KNEE), 1)
    late = ladder(setting(sore_knee(level="regular"), LIBRARY, SELF_MANAGE, KNEE), 3)

    assert "wall-squat" not in early
    assert early["straight-leg-raise"].harder == "sit-to-stand"
    assert late["wall-squat"].easier == "straight-leg-raise"


def test_the_ends_of_a_ladder_are_empty():
    found = ladder(setting(healthy(), LIBRARY, PREVENTION, NOTHING_KNOWN), 1)

    assert found["glute-hold"].easier == ""
    assert found["glute-hold"].harder == "clamshell"
    assert found["side-lift"].harder == ""
    assert (found["clamshell"].reps, found["clamshell"].step) == ((10, 20), 4)


def test_the_next_rung_is_the_one_the_record_names_and_what_is_not_allowed_is_skipped():
    at_home = setting(healthy(level="seasoned"), LIBRARY, PREVENTION, NOTHING_KNOWN)
    with_band = setting(healthy(level="seasoned", equipment={"band"}), LIBRARY, PREVENTION, NOTHING_KNOWN)

    assert ladder(with_band, 3)["side-lift"].harder == "band-walk"
    assert ladder(at_home, 3)["side-lift"].harder == "step-drop"
    assert ladder(at_home, 3)["step-drop"].harder == ""


def test_no_alphabet_decides_the_next_rung():
    first = exercise("aaa-lift", "glute-med", 2, easier=["clamshell"])
    found = ladder(setting(healthy(), library(*EXERCISES, first), PREVENTION, NOTHING_KNOWN), 1)

    assert found["clamshell"].harder == "side-lift"


def test_a_long_range_leads_on_early_and_stays_whole_for_whoever_has_no_next_rung():
    alone = msgspec.structs.replace(MOVES["clamshell"], harder="")
    others = (move for move in EXERCISES if move.id != "clamshell")
    found = ladder(setting(healthy(), library(*others, alone), PREVENTION, NOTHING_KNOWN), 1)

    assert (found["clamshell"].reps, found["clamshell"].step) == ((10, 50), 4)


def test_a_range_that_leads_on_waits_for_the_next_rung_and_does_not_grow_past_it():
    """At 65 the next rung opens in the third week only; until then nobody is asked for more than at 64."""
    older = setting(healthy(level="novice", age=65), LIBRARY, PREVENTION, NOTHING_KNOWN)
    early, late = ladder(older, 1)["clamshell"], ladder(older, 3)["clamshell"]

    assert (early.harder, early.reps) == ("", (10, 20))
    assert (late.harder, late.reps) == ("side-lift", (10, 20))
