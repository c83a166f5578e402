"""Plans for known runners: what is in them and why."""

from __future__ import annotations

import itertools

import msgspec
import pytest

from tests.training.making import (
    EXERCISES,
    KNEE,
    LIBRARY,
    NOTHING_KNOWN,
    PREVENTION,
    SELF_MANAGE,
    WAITING,
    differential,
    exercise,
    guard,
    healthy,
    hypothesis,
    library,
    sore_knee,
)
from weaklink.case.disposition import Disposition
from weaklink.case.given import PainPlace, RunningLoad, Wish
from weaklink.case.plan import Conflict, Plan
from weaklink.library.reading import shipped_library
from weaklink.training.dose.session_days import session_days
from weaklink.training.plan import exact, planning
from weaklink.training.plan.planning import make_plan, planner_used

SHIPPED = shipped_library()


def planned(given, disposition=SELF_MANAGE, found=KNEE, known=LIBRARY, planner="greedy") -> Plan:
    plan = make_plan(given, known, disposition, found, planner)
    assert isinstance(plan, Plan), plan
    return plan


def items(plan, week=1, session=0):
    return plan.weeks[week - 1].sessions[session].items


def ids(plan, week=1, session=0):
    return [item.id for item in items(plan, week, session)]


def notes(plan):
    return [note.id.removeprefix("training.note-") for note in plan.notes]


def item(plan, name, week=1):
    return next(i for i in items(plan, week) if i.id == name)


def test_the_running_comes_first_in_every_session():
    plan = planned(sore_knee())

    assert {s.items[0].kind for week in plan.weeks for s in week.sessions} == {"load-advice"}


def test_four_weeks_on_the_runner_s_days():
    plan = planned(sore_knee())

    assert [week.number for week in plan.weeks] == [1, 2, 3, 4]
    assert [s.day for s in plan.weeks[0].sessions] == ["mon", "wed", "fri"]


def test_the_weak_link_has_two_moves_and_stands_first():
    plan = planned(sore_knee(minutes=40))

    assert [i.areas[0] for i in items(plan) if i.kind == "exercise"][:2] == ["quads", "quads"]
    assert plan.areas == ("quads", "glute-med")


def test_a_novice_with_a_sore_kneecap_begins_with_straight_leg_raises_three_by_ten():
    first = items(planned(sore_knee()))[1]

    assert (first.id, first.sets, first.reps, first.rir, first.side) == (
        "straight-leg-raise",
        3,
        10,
        2,
        "both",
    )
    assert first.because[0].id == "training.because-first-straight-leg-raise"


def test_the_weaker_side_goes_first_and_is_named():
    because = {m.id: m.values for m in item(planned(sore_knee()), "straight-leg-raise").because}

    assert because["training.because-side-first"] == {"side": "right"}


def test_a_move_for_a_weak_link_carries_the_sources_of_its_claim():
    plan = planned(sore_knee(minutes=40))

    assert item(plan, "sit-to-stand").because[0].sources == ("neal-2019",)


def test_the_wall_squat_comes_in_week_three_with_its_cap():
    plan = planned(sore_knee(minutes=40))

    assert "wall-squat" not in ids(plan, 1) + ids(plan, 2)
    wall_squat = item(plan, "wall-squat", 3)
    assert wall_squat.cap == "no deeper than 45 degrees"
    assert wall_squat.because[-1].values == {"week": 3}
    assert wall_squat.easier == "straight-leg-raise"


def test_repetitions_grow_from_week_to_week():
    plan = planned(sore_knee())

    assert [item(plan, "straight-leg-raise", week).reps for week in (1, 2, 3, 4)] == [10, 11, 12, 13]


def test_a_heel_raise_with_a_ball_brings_its_stretch_right_after_it():
    found = differential(hypothesis("tib-post"))
    plan = planned(sore_knee(equipment=frozenset({"ball"}), minutes=40), found=found)
    place = ids(plan).index("ball-raise")

    assert ids(plan)[place + 1] == "foot-stretch"
    assert item(plan, "foot-stretch").because[0].id == "training.because-follows"
    assert (item(plan, "foot-stretch").sets, item(plan, "foot-stretch").hold_s) == (1, 30)


def test_where_the_foot_does_not_allow_the_stretch_it_does_not_follow():
    found = differential(hypothesis("tib-post"), conditions={"tib-post-tendinopathy": "likely"})
    plan = planned(sore_knee(equipment=frozenset({"ball"}), minutes=40), found=found)

    assert "ball-raise" in ids(plan)
    assert "foot-stretch" not in ids(plan)


def test_front_thigh_and_hamstring_are_stretched_before_and_after_runs():
    found = [(i.id, i.when, i.sets) for i in planned(sore_knee()).weeks[0].run_day_stretches]

    assert found == [
        ("hamstring-stretch", "before-run", 1),
        ("quad-stretch", "before-run", 1),
        ("hamstring-stretch", "after-run", 2),
        ("quad-stretch", "after-run", 2),
    ]


def test_a_withheld_stretch_is_left_out_with_its_reason():
    found = differential(hypothesis("quads"), conditions={"pht": "possible"})
    plan = planned(sore_knee(), found=found)

    assert {i.id for i in plan.weeks[0].run_day_stretches} == {"quad-stretch"}
    left = {left.id: left.because for left in plan.left_out}
    assert left["hamstring-stretch"].id == "training.withheld-never-condition"
    assert left["hamstring-stretch"].values["condition"] == "pht"


def test_every_article_move_that_may_not_be_given_is_left_out_with_a_reason():
    plan = planned(sore_knee())
    withheld = {left.id for left in plan.left_out}

    assert {
        "wall-squat",
        "band-walk",
        "ball-raise",
        "pull",
        "hopeless",
        "old-move",
        "one-leg-raise",
    } <= withheld
    assert not withheld & set(ids(plan))


def test_departures_for_the_runner_s_sake_come_before_practical_reasons():
    reasons = [left.because.id for left in planned(sore_knee(level="seasoned")).left_out]

    assert reasons.index("training.withheld-later-condition") < reasons.index("training.withheld-equipment")


def test_a_plan_without_pain_covers_all_seven_areas_in_two_rounds():
    plan = planned(healthy(minutes=40), PREVENTION, NOTHING_KNOWN)
    moves = [i for i in items(plan) if i.kind == "exercise"]

    assert plan.heading == "prevention"
    assert len({LIBRARY.areas[i.areas[0]].prevention_group for i in moves}) == 7
    assert {i.sets for i in moves} == {2}
    assert "price-of-more" in notes(plan)


def test_without_pain_nobody_is_given_bed_exercises_unless_a_guard_asks_for_them():
    after_birth = Disposition(tier="prevention", allows="all", guards=("postpartum",))

    def levels(disposition):
        plan = planned(healthy(minutes=90), disposition, NOTHING_KNOWN)
        return {LIBRARY.exercises[i.id].level for i in items(plan) if i.kind == "exercise"}

    assert 0 not in levels(PREVENTION)
    assert 0 in levels(after_birth)


def test_where_two_rounds_of_all_areas_do_not_fit_one_round_of_all_goes_first():
    plan = planned(healthy(minutes=15), PREVENTION, NOTHING_KNOWN)
    moves = [i for i in items(plan) if i.kind == "exercise"]

    assert {i.sets for i in moves} == {1}
    assert len(moves) == 7


def test_areas_that_found_no_time_are_counted():
    plan = planned(healthy(minutes=6), PREVENTION, NOTHING_KNOWN)

    assert "areas-without-time" in notes(plan)


def test_the_price_of_more_moves_is_said():
    plan = planned(healthy(minutes=40), PREVENTION, NOTHING_KNOWN)
    price = next(n.values for n in plan.notes if n.id.endswith("price-of-more"))

    assert price["areas"] == 7
    assert price["one"] < price["two"] < price["three"]


def test_before_the_tests_the_plan_is_a_safe_starter():
    plan = planned(sore_knee(tests={}, level="seasoned"))
    levels = {LIBRARY.exercises[i.id].level for w in plan.weeks for s in w.sessions for i in s.items[1:]}

    assert plan.heading == "before-your-tests"
    assert levels <= {0, 1, 2, 3}


def test_while_waiting_running_does_not_grow():
    plan = planned(sore_knee(), WAITING)

    assert plan.heading == "while-you-wait"
    assert items(plan)[0].id == "no-increase-in-running"


def test_without_running_there_are_no_stretches_for_runs():
    plan = planned(
        sore_knee(), found=differential(hypothesis("quads"), conditions={"tibial-bsi": "possible"})
    )

    assert items(plan)[0].id == "no-running"
    assert plan.weeks[0].run_day_stretches == ()
    assert plan.pain_profile == "bone"
    assert "bone-limit" in notes(plan)


def test_a_guard_that_forbids_running_is_named():
    plan = planned(
        healthy(), Disposition(tier="prevention", allows="all", guards=("minor", "postpartum")), NOTHING_KNOWN
    )

    assert items(plan)[0].because[1].values == {"guard": "postpartum"}


def test_no_impact_is_said_as_such():
    plan = planned(sore_knee(), Disposition(tier="see-professional", allows="no-impact"))

    assert items(plan)[0].because[1].id == "training.load-none-impact"


@pytest.mark.parametrize(
    ("load", "disposition", "expected"),
    [
        (None, SELF_MANAGE, ("training.load-longest-run-unknown", {})),
        (8.0, SELF_MANAGE, ("training.load-longest-run", {"km": 8.8, "longest": 8.0})),
        (8.0, WAITING, ("training.load-longest-run-kept", {"km": 8.0, "longest": 8.0})),
        (None, WAITING, ("training.load-longest-run-kept-unknown", {})),
    ],
)
def test_one_run_is_no_longer_than_a_tenth_above_the_longest(load, disposition, expected):
    given = sore_knee(load=RunningLoad(longest_run_30d_km=load))
    found = {m.id: m.values for m in items(planned(given, disposition))[0].because}

    assert found[expected[0]] == expected[1]


def test_a_spike_is_named_and_a_small_rise_is_not():
    def advice(percent):
        return [m.id for m in items(planned(sore_knee(load=RunningLoad(spike_percent=percent))))[0].because]

    assert "training.load-spike" in advice(31.0)
    assert "training.load-spike" not in advice(9.0)


def test_the_advice_of_the_condition_takes_the_place_of_the_general_one():
    with_condition = [m.id for m in items(planned(sore_knee()))[0].because]
    without = [m.id for m in items(planned(sore_knee(), found=differential(hypothesis("quads"))))[0].because]
    silent = differential(hypothesis("quads"), conditions={"gtps": "likely"})

    assert with_condition[0] == "training.load-condition"
    assert without[0] == "training.load-easy-running"
    assert items(planned(sore_knee(), found=silent))[0].because[0].id == "training.load-easy-running"


def test_someone_who_plans_to_start_begins_with_first_runs():
    assert items(planned(healthy(), PREVENTION, NOTHING_KNOWN))[0].id == "first-runs"


def test_a_plan_names_a_missing_stretch_and_drill_with_its_reason():
    bare = library(
        exercise("only", "quads"), exercise("hop", "", kind="drill", dose="motor", tags=["impact"], level=6)
    )
    plan = planned(sore_knee(), known=bare)

    assert [left.because.id for left in plan.left_out][:2] == [
        "training.no-stretch-allowed",
        "training.no-drill-allowed",
    ]


def test_a_kind_that_does_not_fit_the_time_says_so():
    plan = planned(sore_knee(minutes=8))

    assert ("drill", "training.no-drill-time") in [(left.id, left.because.id) for left in plan.left_out]


def test_the_day_before_a_hard_run_stays_free_and_is_said():
    plan = planned(sore_knee(hard_runs=("tue", "wed")))

    assert [s.day for s in plan.weeks[0].sessions] == ["wed", "fri"]
    assert {"day-left-free", "after-run"} <= set(notes(plan))


def test_two_days_before_a_hard_run_heavy_legs_rest():
    found = differential(hypothesis("calf-gastroc"))
    given = sore_knee(level="seasoned", days=("tue", "fri"), hard_runs=("thu",), minutes=60)
    plan = planned(given, found=found)

    assert "one-leg-raise" not in ids(plan, session=0)
    assert "one-leg-raise" in ids(plan, session=1)
    assert "no-heavy-legs" in notes(plan)


def test_on_light_days_only_what_may_be_done_daily_is_given():
    given = sore_knee(days=5, minutes=60)
    plan, kinds = planned(given), {day.day: day.kind for day in session_days(given).days}
    light = [s for s in plan.weeks[0].sessions if kinds[s.day] == "light"]

    assert "light" in notes(plan)
    assert light
    assert {LIBRARY.exercises[i.id].dose for s in light for i in s.items[1:] if i.kind == "exercise"} <= {
        "iso",
        "motor",
    }


def test_a_light_day_with_nothing_to_do_is_left_out():
    plan = planned(sore_knee(days=5), known=library(exercise("only", "quads")))

    assert len(plan.weeks[0].sessions) == 3


def test_fewer_days_than_wished_are_said():
    plan = planned(healthy(days=7, hard_runs=("tue",)), PREVENTION, NOTHING_KNOWN)

    assert "fewer-days" in notes(plan)


@pytest.mark.parametrize(
    ("given", "note"),
    [
        (sore_knee(age=15), "minor"),
        (healthy(), "calibrate"),
        (sore_knee(answers={"follows-physio": "yes"}), "follows-physio"),
        (sore_knee(answers={"own-routine": "yes"}), "weave-in"),
    ],
)
def test_notes_say_what_is_special(given, note):
    assert note in notes(planned(given))


def test_a_novice_in_pain_is_not_sent_to_the_limit():
    assert "calibrate" not in notes(planned(sore_knee()))


def test_no_deficit_is_said_and_no_weak_muscle_is_invented():
    plan = planned(sore_knee(), found=msgspec.structs.replace(KNEE, no_deficit=True))

    assert "no-deficit" in notes(plan)
    assert plan.areas == ()


def test_a_weak_link_nothing_can_be_given_for_is_named():
    plan = planned(
        sore_knee(), found=differential(hypothesis("nowhere"), hypothesis("quads", verdict="possible"))
    )

    assert "nothing-for-area" in notes(plan)
    assert items(plan)[1].areas[0] == "quads"


def test_an_area_without_own_moves_is_trained_by_one_that_trains_it_as_well():
    plan = planned(sore_knee(), found=differential(hypothesis("hip-rotators")))

    assert item(plan, "clamshell").because[0].values == {"area": "hip-rotators"}


def test_where_nothing_may_be_given_the_load_advice_stands():
    never = library(exercise("never", "quads", never_in=["knee-anterior"]))
    plan = planned(sore_knee(), known=never)

    assert [i.kind for i in items(plan)] == ["load-advice"]
    assert "nothing-to-give" in notes(plan)


def test_minutes_too_few_for_any_move_are_a_conflict():
    long_move = library(exercise("long", "quads", seconds_per_rep=60.0))
    found = make_plan(sore_knee(minutes=10), long_move, SELF_MANAGE, KNEE, "greedy")

    assert isinstance(found, Conflict)
    assert found.conflicts[0].id == "training.conflict-minutes"
    assert isinstance(
        make_plan(
            sore_knee(minutes=found.nearest[0].values["minutes"]), long_move, SELF_MANAGE, KNEE, "greedy"
        ),
        Plan,
    )


def test_ten_minutes_for_seven_areas_in_three_rounds_is_a_conflict_with_plans_that_work():
    given = healthy(minutes=10, equipment=frozenset({"band"}), wish=Wish(areas=7, rounds=3))
    found = make_plan(given, SHIPPED, PREVENTION, NOTHING_KNOWN, "greedy")

    assert isinstance(found, Conflict)
    assert found.conflicts[0].values["areas"] == 7
    assert {m.id for m in found.nearest} == {
        "training.nearest-fewer-areas",
        "training.nearest-fewer-rounds",
        "training.nearest-more-minutes",
    }


def test_more_areas_than_there_are_moves_for_is_a_conflict():
    found = make_plan(healthy(wish=Wish(areas=8)), LIBRARY, PREVENTION, NOTHING_KNOWN, "greedy")

    assert found.conflicts[0].id == "training.conflict-areas"
    assert found.nearest[0].id == "training.nearest-fewer-areas-any-rounds"


def test_a_wish_for_areas_alone_counts_the_time_too():
    found = make_plan(healthy(minutes=5, wish=Wish(areas=7)), LIBRARY, PREVENTION, NOTHING_KNOWN, "greedy")

    assert found.conflicts[0].id == "training.conflict-time-any-rounds"


def test_rounds_too_long_for_even_one_area_leave_fewer_rounds_or_more_time():
    slow = library(exercise("slow", "quads", seconds_per_rep=10.0))
    given = sore_knee(minutes=6, wish=Wish(rounds=3))
    found = make_plan(given, slow, SELF_MANAGE, KNEE, "greedy")

    assert [m.id for m in found.nearest] == ["training.nearest-fewer-rounds", "training.nearest-more-minutes"]
    assert isinstance(
        make_plan(sore_knee(minutes=6, wish=Wish(rounds=2)), slow, SELF_MANAGE, KNEE, "greedy"), Plan
    )


def test_without_any_prevention_area_there_is_no_price_to_say():
    odd = library(exercise("odd", "hip-rotators"), exercise("balance", "", kind="drill", dose="motor"))

    assert "price-of-more" not in notes(planned(healthy(), PREVENTION, NOTHING_KNOWN, known=odd))


def test_a_wish_that_fits_is_met():
    plan = planned(healthy(minutes=60, wish=Wish(areas=5, rounds=3)), PREVENTION, NOTHING_KNOWN)

    assert {i.sets for i in items(plan) if i.kind == "exercise"} == {3}


def test_a_wish_without_room_on_a_day_without_heavy_legs_gives_what_fits():
    heavy_only = library(
        exercise("heavy", "quads", 4, dose="end"), exercise("light", "core-anterior", 1, dose="end")
    )
    given = healthy(level="seasoned", days=("tue",), hard_runs=("thu",), minutes=30, wish=Wish(areas=2))
    plan = planned(given, PREVENTION, NOTHING_KNOWN, known=heavy_only)

    assert ids(plan)[1:] == ["light"]


def test_only_days_before_hard_runs_are_a_conflict_with_days_that_work():
    found = make_plan(
        healthy(days=("mon",), hard_runs=("tue",)), LIBRARY, PREVENTION, NOTHING_KNOWN, "greedy"
    )

    assert found.conflicts[0].id == "training.conflict-days"
    assert {"training.nearest-other-day", "training.nearest-easy-run"} == {m.id for m in found.nearest}


def test_a_hard_run_every_day_leaves_only_easier_runs():
    week = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    found = make_plan(healthy(days=3, hard_runs=week), LIBRARY, PREVENTION, NOTHING_KNOWN, "greedy")

    assert {m.id for m in found.nearest} == {"training.nearest-easy-run"}


def test_a_move_is_not_replaced_by_an_easier_one_later():
    plan = planned(sore_knee(minutes=15))
    hardest = [
        max(LIBRARY.exercises[i.id].level for i in items(plan, week) if i.kind == "exercise")
        for week in (1, 2, 3, 4)
    ]

    assert all(later >= earlier for earlier, later in itertools.pairwise(hardest))


def test_the_automatic_planner_is_exact_where_it_can_be(monkeypatch):
    monkeypatch.setattr(exact, "is_available", lambda: False)
    assert planner_used("auto") == "greedy"
    monkeypatch.setattr(exact, "is_available", lambda: True)
    assert planner_used("auto") == "exact"
    assert planner_used("greedy") == "greedy"


@pytest.mark.skipif(not exact.is_available(), reason="OR-tools is not installed")
def test_the_exact_planner_signs_its_plan():
    assert planned(sore_knee(), planner="exact").planner == "exact"


def test_the_same_runner_gets_the_same_plan():
    assert planned(sore_knee(), known=SHIPPED) == planned(sore_knee(), known=SHIPPED)


def test_a_wish_that_outgrows_its_time_starts_again_from_the_bottom():
    tight = library(
        exercise("one", "quads", seconds_per_rep=6.0), exercise("two", "core-anterior", seconds_per_rep=6.0)
    )
    given = sore_knee(wish=Wish(areas=2, rounds=2), minutes=8, level="regular")
    plan = planned(given, found=NOTHING_KNOWN, known=tight)

    assert [item(plan, "one", week).reps for week in (1, 2, 3, 4)] == [12, 13, 12, 13]


def test_the_moves_of_the_hand_made_knowledge_are_all_known():
    assert {e.id for e in EXERCISES} == set(LIBRARY.exercises)
    assert guard("x").id == "x"
    assert PainPlace("calf").side == "not-said"
    assert planning.PHASES == ((1, 2), (3, 4))
