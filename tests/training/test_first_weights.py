"""First weights: by how strong the area is and by what somebody lifts; laws over every loaded exercise."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given as runs
from hypothesis import strategies as st

from tests.training.making import (
    NOTHING_KNOWN,
    PREVENTION,
    SELF_MANAGE,
    differential,
    healthy,
    hypothesis,
    sore_knee,
)
from weaklink.case.disposition import Disposition
from weaklink.case.given import Given, PainPlace, Result
from weaklink.case.lifting import LEGS_LIFTED, Lifting
from weaklink.case.load import Load, Owned
from weaklink.library.reading import shipped_library
from weaklink.training.dose.racks import rack_of
from weaklink.training.dose.setting import Setting, setting
from weaklink.training.dose.weights import UNKNOWN_BODY_KG, Body, place_of

LIBRARY = shipped_library()
GYM = (Owned(kind="gym"), Owned(kind="rucksack"))
LOADED = sorted(
    name for name, move in LIBRARY.exercises.items() if move.weighted is not None and move.status != "retired"
)
GUARDED = Disposition(tier="self-manage", allows="all", guards=("minor",))
HEEL, STAND = "sl-heel-raise-reps", "one-leg-sts-30s"
OFTEN: list[str | None] = [
    "never",
    None,
    "now-and-then",
    "weekly",
]  # of a lift that was said, from less to more


def plan(given: Given, disposition: Disposition = PREVENTION, found=NOTHING_KNOWN) -> Setting:
    return setting(given, LIBRARY, disposition, found)


def begins(
    name: str, given: Given, disposition: Disposition = PREVENTION, found=NOTHING_KNOWN
) -> Load | None:
    move = LIBRARY.exercises[name]
    made = plan(given, disposition, found)
    return made.first_load(move, rack_of(move, GYM, Body(kg=given.mass_kg)))


def man(**parts) -> Given:
    return healthy(sex="male", age=34, mass_kg=80, owns=GYM, **parts)


def stands_up(count: float, pain: int | None = None) -> dict:
    return {STAND: {"right": Result(value=count, pain=pain), "left": Result(value=count)}}


# --- by strength ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "kg"), [(4, 24), (10, 48), (16, 80)], ids=["weak", "average", "strong"])
def test_a_test_of_the_area_tells_the_first_weight(count, kg):
    assert begins("back-squat", man(tests=stands_up(count))).kg == kg - kg % 2.5


def test_what_nobody_tested_begins_as_average():
    assert begins("back-squat", man()) == begins("back-squat", man(tests=stands_up(10)))


def test_a_sore_test_keeps_its_level_and_begins_with_seven_tenths():
    calm, sore = man(tests=stands_up(16)), man(tests=stands_up(16, pain=4))

    assert plan(sore).strengths["quads"].level == "strong"
    assert begins("back-squat", calm) == Load(kind="barbell-total", kg=80)
    assert begins("back-squat", sore) == Load(kind="barbell-total", kg=55)  # 56
    assert begins("back-squat", man(tests=stands_up(16, pain=2))) == begins("back-squat", calm)


def test_what_hurts_is_not_lessened_twice():
    hurts = differential(hypothesis("quads"))
    knee = sore_knee(sex="male", age=34, mass_kg=80, owns=GYM, tests=stands_up(16, pain=4))

    assert plan(knee, SELF_MANAGE, hurts).works_in_pain(LIBRARY.exercises["back-squat"])
    assert begins("back-squat", knee, SELF_MANAGE, hurts) == Load(kind="barbell-total", kg=55)


def test_a_known_lift_counts_less_where_it_hurts():
    lifting = Lifting(legs="weekly", squat_kg=120)
    knee = sore_knee(sex="male", age=34, mass_kg=80, owns=GYM, lifting=lifting)

    assert begins("back-squat", knee, SELF_MANAGE, differential(hypothesis("quads"))).kg == 77.5


# --- by what is lifted ------------------------------------------------------------------------------------


def test_a_known_squat_gives_the_first_squat():
    """120 kg for five: (68 + 120) * 35/30 = 219 once; nine tenths of it, four times with two left: 96.5 kg."""
    weekly = Lifting(legs="weekly", squat_kg=120)

    assert plan(man()).wanted(LIBRARY.exercises["back-squat"]) == (4, 2)
    assert begins("back-squat", man(lifting=weekly)) == Load(kind="barbell-total", kg=95)
    assert begins("back-squat", man(lifting=Lifting(legs="now-and-then", squat_kg=120))).kg == 77.5
    assert begins("back-squat", man(lifting=Lifting(legs="never", squat_kg=120))).kg == 57.5


def test_a_known_squat_says_nothing_of_a_deadlift():
    assert begins("trap-bar-deadlift", man(lifting=Lifting(squat_kg=40))) == begins(
        "trap-bar-deadlift", man()
    )


def test_what_is_lifted_hides_no_weak_test():
    lifter = man(lifting=Lifting(legs="weekly", squat_kg=150), tests=stands_up(4))

    assert begins("back-squat", lifter) == begins("back-squat", man(tests=stands_up(4)))


def test_without_a_body_mass_a_lift_counts_for_nothing_and_the_start_is_low():
    unknown = healthy(sex="male", age=34, owns=GYM, lifting=Lifting(legs="weekly", squat_kg=120))

    assert begins("back-squat", unknown) is None or begins("back-squat", unknown).kg <= 20


def test_a_guard_counts_no_lift():
    lifter = man(lifting=Lifting(legs="weekly", squat_kg=120))

    assert begins("back-squat", lifter, GUARDED).kg == 22.5  # 0.3 of the body: as a weak one
    assert begins("back-squat", man(tests=stands_up(16)), GUARDED).kg == 80
    assert begins("back-squat", man(tests=stands_up(16, pain=1)), GUARDED).kg == 22.5


def test_who_lifts_begins_as_strong_away_from_what_hurts():
    """Nobody tested the trunk; a sore kneecap tendon does not feel a dead bug, and a sore back does."""
    weekly = Lifting(legs="weekly")
    knee = sore_knee(sex="male", age=34, mass_kg=80, owns=GYM, tests={})
    lifter = msgspec.structs.replace(knee, lifting=weekly)
    back = msgspec.structs.replace(lifter, pain_at=(PainPlace(site="back-lower", side="both"),))

    def kg(given: Given, disposition: Disposition = SELF_MANAGE) -> float:
        load = begins("dead-bug", given, disposition)
        return 0.0 if load is None else load.total_kg

    assert kg(knee) == kg(man()) == kg(lifter, GUARDED) == kg(back) == 0
    assert kg(lifter) == kg(man(lifting=weekly), PREVENTION) > 0


def test_legs_say_nothing_of_arms():
    weekly = man(lifting=Lifting(legs="weekly"))

    assert begins("overhead-press", weekly) == begins("overhead-press", man())


# --- laws -------------------------------------------------------------------------------------------------

bodies = st.none() | st.floats(40, 130)
legs = st.sampled_from([None, *LEGS_LIFTED])
kilograms = st.none() | st.floats(5, 250)
counts = st.none() | st.tuples(st.integers(0, 30), st.none() | st.integers(0, 10))


@st.composite
def people(draw) -> Given:
    tests = {}
    for name in (HEEL, STAND):
        found = draw(counts)
        if found is not None:
            tests[name] = {"right": Result(value=found[0], pain=found[1])}
    lifting = Lifting(legs=draw(legs), squat_kg=draw(kilograms), deadlift_kg=draw(kilograms))
    return healthy(
        sex=draw(st.sampled_from(["female", "male", "not-said"])),
        age=draw(st.integers(18, 80)),
        mass_kg=draw(bodies),
        owns=GYM,
        tests=tests,
        lifting=draw(st.sampled_from([None, lifting])),
    )


moves = st.sampled_from(LOADED)


@runs(people(), moves, st.sampled_from(["squat_kg", "deadlift_kg"]), st.floats(5, 250), st.floats(0, 150))
def test_a_heavier_history_never_begins_lighter(person, move, lift, kg, more):
    history = person.lifting or Lifting()
    light = msgspec.structs.replace(history, **{lift: kg})
    heavy = msgspec.structs.replace(history, **{lift: kg + more})

    before, after = (begins(move, msgspec.structs.replace(person, lifting=one)) for one in (light, heavy))
    assert place_of(before) <= place_of(after)


@runs(people(), moves, st.floats(5, 250), st.floats(5, 250))
def test_who_lifts_more_often_never_begins_lighter(person, move, squat, deadlift):
    found = [
        begins(
            move,
            msgspec.structs.replace(
                person, lifting=Lifting(legs=often, squat_kg=squat, deadlift_kg=deadlift)
            ),
        )
        for often in OFTEN
    ]
    assert [place_of(one) for one in found] == sorted(place_of(one) for one in found)


@runs(people(), moves)
def test_nothing_is_begun_above_the_most_of_its_record(person, move):
    found, weighted = begins(move, person), LIBRARY.exercises[move].weighted
    if found is not None and weighted.most is not None:
        assert found.total_kg <= weighted.most * (person.mass_kg or UNKNOWN_BODY_KG) + 1e-6


@runs(people(), moves)
def test_with_a_guard_nothing_begins_above_weak_without_a_painless_test(person, move):
    strength = plan(person, GUARDED).strength_of(LIBRARY.exercises[move])
    if strength.test and not strength.pain:
        return
    found, weighted = begins(move, person, GUARDED), LIBRARY.exercises[move].weighted
    lightest = rack_of(LIBRARY.exercises[move], GYM, Body(kg=person.mass_kg)).loads[0]
    most = weighted.begin[0] * (person.mass_kg or UNKNOWN_BODY_KG)
    assert found is None or found == lightest or found.total_kg <= most


@runs(people(), moves)
def test_a_body_nobody_has_weighed_begins_low(person, move):
    unknown = msgspec.structs.replace(person, mass_kg=None)
    found, weighted = begins(move, unknown), LIBRARY.exercises[move].weighted
    lowest = rack_of(LIBRARY.exercises[move], GYM, Body())
    assert found is None or found == lowest.loads[0] or found.total_kg <= weighted.begin[0] * UNKNOWN_BODY_KG


@runs(people(), moves, st.integers(0, 10))
def test_pain_in_a_test_never_begins_heavier(person, move, pain):
    hurt = {
        name: {side: msgspec.structs.replace(one, pain=pain) for side, one in found.items()}
        for name, found in person.tests.items()
    }
    calm = {
        name: {side: msgspec.structs.replace(one, pain=None) for side, one in found.items()}
        for name, found in person.tests.items()
    }
    sore, well = (begins(move, msgspec.structs.replace(person, tests=tests)) for tests in (hurt, calm))
    assert place_of(sore) <= place_of(well)
