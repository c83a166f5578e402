"""Strength per area: the worked tests of weak, average and strong, and laws over any results."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given as runs
from hypothesis import strategies as st

from weaklink.case.given import Given, Result
from weaklink.case.lifting import Lifting
from weaklink.library.reading import shipped_library
from weaklink.reasoning.strength_levels import (
    ORDER,
    PLACES,
    Strength,
    areas_lifted,
    lifts_much,
    marks_for,
    strengths,
)

LIBRARY = shipped_library()
HEEL, BENT, LIFT = "sl-heel-raise-reps", "sl-heel-raise-bent-knee", "squat-8rm"
WEEKLY = Lifting(legs="weekly", squat_kg=60)


def runner(age=34, sex="male", mass_kg=None, lifting=None, **tests) -> Given:
    """A runner with results by test and side; a number is the result of both sides."""
    read = {name.replace("_", "-"): sided(said) for name, said in tests.items()}
    return Given(age=age, sex=sex, mass_kg=mass_kg, lifting=lifting, tests=read)


def sided(said):
    if not isinstance(said, dict):
        said = {"right": said, "left": said}
    return {side: one if isinstance(one, Result) else Result(value=one) for side, one in said.items()}


def heel(count, age=34, sex="male"):
    return strengths(runner(age, sex, sl_heel_raise_reps=count), LIBRARY)["calf-gastroc"]


@pytest.mark.parametrize(
    ("age", "sex", "count", "level"),
    [
        (25, "male", 24, "weak"),
        (25, "male", 25, "average"),
        (25, "male", 36, "average"),
        (25, "male", 37, "strong"),
        (65, "male", 13, "average"),
        (65, "male", 19, "strong"),
        (45, "female", 25, "strong"),
        (45, "male", 25, "average"),
        (75, "female", 10, "weak"),
    ],
)
def test_the_marks_of_the_own_age_and_sex_decide(age, sex, count, level):
    assert heel(count, age, sex).level == level


def test_an_average_man_of_65_is_not_weak_and_one_of_25_with_21_is():
    assert heel(20, 65).level == "strong"
    assert heel(21, 25).level == "weak"


def test_a_sex_nobody_said_takes_the_milder_mark_of_both():
    assert marks_for(LIBRARY.clinical_tests[HEEL], runner(75, "not-said")) == (10, 15)
    assert marks_for(LIBRARY.clinical_tests[HEEL], runner(25, "not-said")) == (20, 31)


def test_the_weaker_side_decides_and_is_named():
    found = heel({"left": 18, "right": 40})

    assert (found.level, found.side, found.test) == ("weak", "left", HEEL)


def test_one_side_alone_decides_as_well():
    assert heel({"left": 18}).level == "weak"


def test_pain_in_a_test_leaves_the_level_as_it_was_measured_and_is_told():
    found = heel({"left": Result(value=40, pain=6), "right": 41})

    assert (found.level, found.pain) == ("strong", 6)


def test_of_two_tests_of_an_area_the_weaker_decides():
    both = {"one-leg-sts-30s": sided(20), "one-leg-rise-max": sided(13)}
    found = strengths(Given(age=34, sex="male", tests=both), LIBRARY)["quads"]

    assert (found.level, found.test) == ("average", "one-leg-rise-max")


def test_a_test_made_for_an_area_comes_before_one_that_only_uses_it():
    found = strengths(runner(sl_heel_raise_reps=10, sl_heel_raise_bent_knee=30), LIBRARY)

    assert (found["calf-soleus"].level, found["calf-soleus"].test) == ("strong", BENT)
    assert (found["tib-post"].level, found["tib-post"].test) == ("weak", HEEL)


def test_whoever_cannot_do_it_at_all_is_weak():
    assert heel({"left": Result(value=0, option="unable"), "right": 40}).level == "weak"


@pytest.mark.parametrize(
    ("kg", "sex", "level"), [(31, "male", "weak"), (32, "male", "average"), (80, "male", "strong"), (60, "female", "strong")]
)  # fmt: skip
def test_what_is_lifted_in_a_test_is_compared_with_the_body(kg, sex, level):
    tests = {LIFT: {"none": Result(value=kg)}}
    given = Given(age=34, sex=sex, mass_kg=80, tests=tests)

    assert strengths(given, LIBRARY)["quads"].level == level


def test_without_a_body_mass_a_lifted_weight_says_nothing():
    given = Given(age=34, sex="male", tests={LIFT: {"none": Result(value=80)}})

    assert strengths(given, LIBRARY)["quads"] == Strength()


def test_nothing_tested_is_unknown_and_begins_as_average():
    found = strengths(Given(age=34), LIBRARY)

    assert set(found) == set(LIBRARY.areas)
    assert {one.level for one in found.values()} == {"unknown"}
    assert {one.begins_at() for one in found.values()} == {1}


# --- what is lifted ---------------------------------------------------------------------------------------


def test_three_quarters_of_the_body_squatted_every_week_is_strong():
    assert areas_lifted(LIBRARY, WEEKLY, 80) == {"quads", "glute-max"}
    assert areas_lifted(LIBRARY, WEEKLY, 81) == frozenset()


def test_a_deadlift_of_the_body_mass_is_strong_behind():
    found = areas_lifted(LIBRARY, Lifting(legs="twice-a-week", deadlift_kg=70), 70)

    assert found == {"hamstrings", "glute-max", "core-posterior"}


@pytest.mark.parametrize("legs", ["never", "now-and-then", None])
def test_what_was_once_lifted_does_not_count(legs):
    assert areas_lifted(LIBRARY, Lifting(legs=legs, squat_kg=200, deadlift_kg=200), 80) == frozenset()


def test_what_is_lifted_needs_a_body_mass_to_compare_with():
    assert areas_lifted(LIBRARY, WEEKLY, None) == frozenset()
    assert areas_lifted(LIBRARY, None, 80) == frozenset()


def test_a_lifter_without_tests_is_strong_where_it_is_lifted_and_unknown_elsewhere():
    found = strengths(runner(mass_kg=80, lifting=WEEKLY), LIBRARY)

    assert (found["quads"].level, found["calf-gastroc"].level) == ("strong", "unknown")


def test_a_lifter_is_more_than_average_in_a_count_and_never_more_than_a_weak_test():
    average = runner(mass_kg=80, lifting=WEEKLY, one_leg_sts_30s=10)
    weak = runner(mass_kg=80, lifting=WEEKLY, one_leg_sts_30s=5)

    assert strengths(average, LIBRARY)["quads"].level == "strong"
    assert strengths(weak, LIBRARY)["quads"].level == "weak"


# --- with a guard -----------------------------------------------------------------------------------------


def test_with_a_guard_only_a_test_without_pain_begins_higher():
    tested = heel(40)
    hurt = heel({"left": Result(value=40, pain=1)})
    lifted = strengths(runner(mass_kg=80, lifting=WEEKLY), LIBRARY)["quads"]
    more = strengths(runner(mass_kg=80, lifting=WEEKLY, one_leg_sts_30s=10), LIBRARY)["quads"]

    assert [one.begins_at(guarded=True) for one in (tested, hurt, lifted, more, Strength())] == [
        2,
        0,
        0,
        0,
        0,
    ]
    assert [one.begins_at() for one in (tested, hurt, lifted, more, Strength())] == [2, 2, 2, 2, 1]


# --- laws -------------------------------------------------------------------------------------------------

NUMBERED = [test.id for test in LIBRARY.clinical_tests.values() if test.standards]
results = st.dictionaries(
    st.sampled_from(("right", "left")),
    st.builds(Result, value=st.integers(0, 150).map(float), pain=st.none() | st.integers(0, 10)),
    min_size=1,
)
runners = st.builds(
    Given,
    age=st.integers(12, 90),
    sex=st.sampled_from(("female", "male", "not-said")),
    mass_kg=st.none() | st.floats(40, 120),
    tests=st.dictionaries(st.sampled_from(NUMBERED), results, max_size=3),
)


@runs(given=runners, more=st.integers(0, 60))
def test_a_better_result_never_makes_an_area_weaker(given, more):
    better = {
        name: {side: msgspec.structs.replace(one, value=one.value + more) for side, one in sides.items()}
        for name, sides in given.tests.items()
    }
    before = strengths(given, LIBRARY)
    after = strengths(msgspec.structs.replace(given, tests=better), LIBRARY)

    assert all(ORDER.index(before[area].level) <= ORDER.index(after[area].level) for area in before)


@runs(given=runners)
def test_pain_never_changes_a_level(given):
    calm = {
        name: {side: msgspec.structs.replace(one, pain=None) for side, one in sides.items()}
        for name, sides in given.tests.items()
    }
    still = strengths(msgspec.structs.replace(given, tests=calm), LIBRARY)

    assert {area: one.level for area, one in strengths(given, LIBRARY).items()} == {
        area: one.level for area, one in still.items()
    }


@runs(given=runners)
def test_a_guard_never_begins_higher(given):
    for one in strengths(given, LIBRARY).values():
        assert one.begins_at(guarded=True) <= one.begins_at() == PLACES[one.level]


@pytest.mark.parametrize(
    ("mass_kg", "lifting", "found"),
    [
        (80, None, None),
        (80, Lifting(squat_kg=100), None),  # how often was not said
        (80, Lifting(legs="weekly"), None),
        (None, Lifting(legs="weekly", squat_kg=100), None),
        (80, Lifting(legs="never"), False),
        (80, Lifting(legs="now-and-then", squat_kg=200), False),
        (80, Lifting(legs="weekly", squat_kg=59), False),
        (80, Lifting(legs="weekly", squat_kg=60), True),
        (80, Lifting(legs="twice-a-week", squat_kg=20, deadlift_kg=80), True),
    ],
)
def test_what_is_lifted_counts_as_strong_only_where_it_was_said(
    mass_kg: float | None, lifting: Lifting | None, found: bool | None
) -> None:
    assert lifts_much(runner(mass_kg=mass_kg, lifting=lifting)) is found
