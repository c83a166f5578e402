"""Progression: what a session says about the next dose, rule by rule and as laws."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given as runs
from hypothesis import strategies as st

from tests.training.making import KNEE, LIBRARY, NOTHING_KNOWN, PREVENTION, SELF_MANAGE, healthy, sore_knee
from weaklink.library.wording import Wording, catalogue
from weaklink.training.course.lighter_week import lighter_week
from weaklink.training.course.progression import colour_of, morning_red, next_dose
from weaklink.training.dose.pain_profile import PROFILES
from weaklink.training.dose.runner_ladder import ladder
from weaklink.training.dose.setting import setting
from weaklink.training.dose.training_state import Performed, Rung, SlotState

JOINT, TENDON, BONE = PROFILES["joint"], PROFILES["tendon"], PROFILES["bone"]
LADDER = {
    rung.exercise: rung
    for rung in (
        Rung(exercise="quad-set", harder="straight-leg-raise", hold_s=(30, 45)),
        Rung(exercise="straight-leg-raise", easier="quad-set", harder="wall-squat", reps=(10, 20)),
        Rung(exercise="wall-squat", easier="straight-leg-raise", reps=(10, 20), hold_s=(5, 10)),
        Rung(exercise="clamshell", harder="side-lift", reps=(10, 50), step=4),
        Rung(exercise="side-lift", easier="clamshell", reps=(6, 12), loaded=True),
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


def test_an_easy_green_session_gives_a_little_more():
    found = decided()

    assert (found.rule, found.action, found.state.reps) == ("more-in-range", "progress", 13)


def test_a_hold_grows_by_seconds_and_not_above_its_range():
    assert decided(EASIEST, rir=None).state.hold_s == 45
    assert decided(msgspec.structs.replace(EASIEST, hold_s=43), rir=None).state.hold_s == 45


def test_effort_on_target_keeps_the_dose_and_too_hard_does_so_too():
    assert rule(rir=2) == "effort-just-right"
    assert rule(rir=1) == "effort-too-hard"
    assert rule(rir=None) == "effort-unknown"
    assert decided(rir=2).state.reps == 12


def test_a_minor_has_to_keep_more_in_reserve():
    assert rule(rir=3, target=3) == "effort-just-right"


def test_an_unfinished_or_missed_session_keeps_the_dose():
    assert rule(completed=0.8) == "not-completed"
    assert rule(missed_before=1) == "missed-one"


def test_two_missed_sessions_step_back():
    found = decided(missed_before=2)

    assert (found.rule, found.action, found.state.reps) == ("missed-more", "regress", 10)


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

    assert early.rule == "effort-just-right"
    assert (due.rule, due.action) == ("offered-again", "offer-again")
    assert (due.state.exercise, due.state.reps, due.state.hold_s) == ("wall-squat", 10, 5)
    assert due.state.set_aside == ""


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


def test_form_faults_in_more_than_a_quarter_step_down():
    assert decided(faulty=0.3).state.exercise == "quad-set"
    assert rule(faulty=0.25) == "more-in-range"
    assert rule(state=EASIEST, faulty=0.3) == "form-less"


def test_clamshells_rise_to_fifty_and_then_the_next_variant_comes():
    state, seen = SlotState(exercise="clamshell", sets=2, reps=10), []
    for day in range(1, 40):
        found = next_dose(state, Performed(day=day, rir=4), LADDER, JOINT)
        seen.append((found.rule, found.state.exercise, found.state.reps))
        if found.action == "next-variant":
            break
        state = found.state

    assert seen[-3:] == [
        ("more-in-range", "clamshell", 50),
        ("top-once", "clamshell", 50),
        ("top-twice", "side-lift", 6),
    ]


def test_one_hard_session_at_the_top_starts_the_count_again():
    top = msgspec.structs.replace(SLR, reps=20, tops=1)

    assert decided(top, rir=2).state.tops == 0


def test_the_top_of_the_ladder_stays():
    assert rule(state=msgspec.structs.replace(SQUAT, reps=20, tops=1)) == "top-of-ladder"


def test_at_the_top_of_the_ladder_a_weight_grows_by_five_percent_from_the_bottom_again():
    top = SlotState(exercise="side-lift", sets=3, reps=12, tops=1, load_percent=5)
    found = decided(top)

    assert (found.rule, found.action) == ("more-load", "progress")
    assert (found.state.reps, found.state.load_percent) == (6, 10)


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
        SlotState(exercise="quad-set", sets=5, hold_s=30, painful_on_easiest=1), {"exercise": "quad-set"},
    ),
    "easiest-painful-twice": (
        msgspec.structs.replace(EASIEST, painful_on_easiest=1), {"this_hurts": True}, "refer",
        SlotState(exercise="quad-set", sets=5, hold_s=30, painful_on_easiest=2), {"exercise": "quad-set"},
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
        SlotState(exercise="quad-set", sets=5, hold_s=30), {"exercise": "quad-set"},
    ),
    "bad-morning": (
        msgspec.structs.replace(SLR, reps=20, tops=1, ambers=1), {"pain_next_morning": 2}, "regress",
        SlotState(exercise="straight-leg-raise", sets=3, reps=12), {"exercise": "straight-leg-raise"},
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
    "not-completed": (
        msgspec.structs.replace(SLR, tops=1, ambers=1), {"completed": 0.9}, "hold", SLR,
        {"exercise": "straight-leg-raise"},
    ),
    "more-in-range": (
        msgspec.structs.replace(SLR, tops=1, ambers=1), {}, "progress", msgspec.structs.replace(SLR, reps=13),
        {"exercise": "straight-leg-raise"},
    ),
    "top-once": (
        msgspec.structs.replace(SLR, reps=20), {}, "hold", msgspec.structs.replace(SLR, reps=20, tops=1),
        {"exercise": "straight-leg-raise"},
    ),
    "top-twice": (
        msgspec.structs.replace(SLR, reps=20, tops=1), {}, "next-variant",
        SlotState(exercise="wall-squat", sets=3, reps=10, hold_s=5), {"exercise": "wall-squat", "exercise2": "straight-leg-raise"},
    ),
    "top-of-ladder": (
        msgspec.structs.replace(SQUAT, reps=20, tops=1), {}, "hold", msgspec.structs.replace(SQUAT, reps=20, tops=1),
        {"exercise": "wall-squat"},
    ),
    "more-load": (
        SlotState(exercise="side-lift", sets=3, reps=12, tops=1, load_percent=5), {}, "progress",
        SlotState(exercise="side-lift", sets=3, reps=6, load_percent=10), {"exercise": "side-lift", "percent": 5},
    ),
    "offered-again": (
        ASIDE, {"day": 8, "rir": 2}, "offer-again",
        SlotState(exercise="wall-squat", sets=2, reps=10, hold_s=5, setbacks=1, painful_on_easiest=1),
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
    elsewhere = SlotState(exercise="clamshell", sets=2, reps=50, set_aside="wall-squat", offer_on_day=8)
    nothing_aside = msgspec.structs.replace(ASIDE, set_aside="", offer_on_day=None)

    assert decided(below, day=7).rule == "more-in-range"
    assert decided(elsewhere, day=7).rule == "top-once"
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
    assert (grown.rule, grown.state) == ("more-in-range", state)


def test_a_dose_in_another_unit_than_the_range_grows_only_in_what_both_have():
    both = {
        "side-plank": Rung(exercise="side-plank", reps=(8, 12), hold_s=(10, 20)),
        "raise": Rung(exercise="raise", reps=(8, 12)),
    }

    grown = next_dose(SlotState(exercise="side-plank", sets=2, hold_s=12), Performed(day=1), both, JOINT)
    assert (grown.rule, grown.state) == ("more-in-range", SlotState(exercise="side-plank", sets=2, hold_s=17))
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

    assert cut[0] == msgspec.structs.replace(bare, reps=1, hold_s=1)
    assert cut[1] == msgspec.structs.replace(both, reps=8, hold_s=12)


# --- laws -------------------------------------------------------------------------------------------------

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
    missed_before=st.integers(0, 3),
)
profiles = st.sampled_from(tuple(PROFILES.values()))
UP = ("progress", "next-variant", "offer-again")


def size(state: SlotState) -> tuple[int, int, int]:
    """How much a dose is: the rung first, then the weight, then the work."""
    return HEIGHT[state.exercise], state.load_percent, state.sets * (state.reps or 1) * (state.hold_s or 1)


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
    assert (found["clamshell"].reps, found["clamshell"].step) == ((10, 50), 4)
