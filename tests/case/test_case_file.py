"""The case file: every key is read as the contract says, every wrong one is one line that names it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weaklink.case.case_file import MAX_BYTES, MAX_STORY, CaseError, read_case, read_given
from weaklink.case.given import Given, PainPlace, Result, RunningLoad, Wish
from weaklink.library.reading import Library


def read(library: Library, **table: Any) -> Given:
    return read_given({"age": 33, **table}, library, assume_unanswered_no=True)


def test_the_contract_s_own_example_is_read(library: Library) -> None:
    text = """
story = "Same knee, but it wakes the runner at night."
[given]
age = 33
sex = "female"
level = "novice"
km_per_week = 12.0
since_days = 56
pain_at = [{site = "knee-lateral", side = "left"}, "knee-anterior", "neck"]
equipment = ["band"]
minutes = 15
days = ["wed", "mon"]
hard_runs = ["tue"]
wish = {areas = 7, rounds = 3}
story = "free words"
[given.pain]
stairs = 3
run = 4
[given.answers]
night-rest-pain = "no"
[given.tests]
sl-heel-raise-reps = {right = 11, left = 18}
heel-raise-inversion-check = {right = "unable"}
sidelying-hip-abduction-hold-or-reps = {left = {value = 8, pain = 5}}
wall-squat-pain = {right = {deg-30 = 1, deg-45 = 3, deg-60 = 5}}
[expect]
tier = "self-manage"
"""
    case = read_case(text, library)
    found = case.given

    assert found.pain_at == (
        PainPlace("knee-anterior", "not-said"),
        PainPlace("knee-lateral", "left"),
        PainPlace("neck", "none"),
    )
    assert (found.days, found.hard_runs, found.wish) == (("mon", "wed"), ("tue",), Wish(areas=7, rounds=3))
    assert found.tests["sl-heel-raise-reps"] == {"right": Result(value=11), "left": Result(value=18)}
    assert found.tests["heel-raise-inversion-check"] == {"right": Result(option="unable")}
    assert found.tests["sidelying-hip-abduction-hold-or-reps"] == {"left": Result(value=8, pain=5)}
    assert found.tests["wall-squat-pain"]["right"].pain_at == {"deg-30": 1, "deg-45": 3, "deg-60": 5}
    assert found.assume_unanswered_no
    assert case.expect == {"tier": "self-manage"}


def test_both_sides_and_one_are_spread_over_the_sides(library: Library) -> None:
    found = read(library, tests={"sl-heel-raise-reps": {"both": 20, "left": 12}}).tests["sl-heel-raise-reps"]

    assert found == {"right": Result(value=20), "left": Result(value=12)}


def test_a_test_without_sides_keeps_the_worse_of_two(library: Library) -> None:
    plank = {"prone-plank-hold": {"right": 60, "left": {"value": 40, "pain": 2}}}

    assert read(library, tests=plank).tests["prone-plank-hold"] == {"none": Result(value=40, pain=2)}
    assert read(library, tests={"prone-plank-hold": 55}).tests["prone-plank-hold"] == {
        "none": Result(value=55)
    }


def test_a_plain_result_of_a_sided_test_has_no_side(library: Library) -> None:
    found = read(library, tests={"sl-heel-raise-reps": 12}).tests["sl-heel-raise-reps"]

    assert found == {"not-said": Result(value=12)}


def test_unable_is_the_worst_value_whichever_way_a_test_counts(library: Library) -> None:
    tests = {"sl-heel-raise-reps": {"right": "unable"}, "one-leg-sts-5": {"right": "unable"}}
    found = read(library, tests=tests).tests

    assert found["sl-heel-raise-reps"]["right"].value == library.clinical_tests["sl-heel-raise-reps"].min
    assert found["one-leg-sts-5"]["right"].value == library.clinical_tests["one-leg-sts-5"].max


def test_pain_alone_is_a_result(library: Library) -> None:
    tests = {"sl-stance-30s": {"left": {"pain": 6}}, "wall-squat-pain": {"left": {"pain": 6}}}
    found = read(library, tests=tests).tests

    assert found["sl-stance-30s"]["left"] == Result(pain=6)
    assert found["wall-squat-pain"]["left"] == Result(pain=6)


def test_sided_and_number_questions_take_their_answers(library: Library) -> None:
    answers = {
        "knee-cave-in": "left",
        "pregnancy-weeks": 20,
        "postpartum-weeks": "unsure",
        "ankle-sprain": "recent",
    }

    assert read(library, answers=answers).answers == answers


def test_load_country_and_story_are_kept(library: Library) -> None:
    found = read(library, load={"spike_percent": 31}, country="gb", story="x")

    assert (found.load, found.country, found.story) == (RunningLoad(spike_percent=31.0), "GB", "x")


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"age": "old"}, 'given.age: found "old"; expected a whole number from 10 to 100'),
    ({"sex": "f"}, 'given.sex: unknown sex "f"'),
    ({"level": 3}, "given.level"),
    ({"km_per_week": float("nan")}, "given.km_per_week: found NaN"),
    ({"km_per_week": "12"}, 'given.km_per_week: found "12"'),
    ({"since_days": -1}, "given.since_days: found -1"),
    ({"pain_at": "calf"}, "given.pain_at: found"),
    ({"pain_at": ["calf"] * 65}, "given.pain_at"),
    ({"pain_at": [{"place": "calf"}]}, 'given.pain_at[0]: unknown key "place"'),
    ({"pain_at": [3]}, "given.pain_at[0]: unknown site 3"),
    ({"pain": 4}, "given.pain: found 4"),
    ({"pain": {"sleep": 4}}, 'given.pain: unknown key "sleep"'),
    ({"pain": {"run": 4.5}}, "given.pain.run: found 4.5"),
    ({"answers": []}, "given.answers: found []"),
    ({"answers": {"dvt": True}}, "given.answers.dvt: found true; expected one of yes, no, unsure"),
    ({"answers": {"pregnancy-weeks": 99}}, "given.answers.pregnancy-weeks: found 99"),
    ({"answers": {"knee-cave-in": "up"}}, "given.answers.knee-cave-in"),
    ({"tests": 1}, "given.tests: found 1"),
    ({"tests": {"sl-heel-raise-reps": {}}}, "given.tests.sl-heel-raise-reps: empty"),
    ({"tests": {"sl-heel-raise-reps": {"right": 2.5}}}, "given.tests.sl-heel-raise-reps.right: found 2.5"),
    ({"tests": {"sl-heel-raise-reps": {"right": {"reps": 2}}}}, 'unknown key "reps"'),
    (
        {"tests": {"sl-heel-raise-reps": {"right": {"value": 9, "pain": 11}}}},
        "sl-heel-raise-reps.right.pain: found 11",
    ),
    ({"tests": {"sl-heel-raise-reps": {"right": 9, "up": 9}}}, 'unknown side "up"'),
    ({"tests": {"wall-squat-pain": {"right": {"deg-90": 2}}}}, 'unknown level "deg-90"'),
    ({"tests": {"wall-squat-pain": {"right": {}}}}, "wall-squat-pain.right: empty"),
    ({"tests": {"wall-squat-pain": {"right": "x" * 99}}}, "expected pain 0 to 10 at"),
    ({"tests": {"bird-dog-quality": "good"}}, "expected one of"),
    ({"tests": {"wb-lunge-dorsiflexion": {"right": "far"}}}, "expected a number of cm"),
    ({"equipment": "band"}, "given.equipment"),
    ({"minutes": True}, "given.minutes: found true"),
    ({"days": 8}, "given.days: found 8"),
    ({"days": "mon"}, "given.days"),
    ({"days": ["monday"]}, 'given.days[0]: unknown day "monday"; nearest known day ids: mon'),
    ({"hard_runs": 2}, "given.hard_runs"),
    ({"wish": 3}, "given.wish"),
    ({"wish": {"rounds": 0}}, "given.wish.rounds"),
    ({"load": {"spike": 3}}, "given.load: unknown key"),
    ({"country": "Germany"}, "given.country"),
    ({"story": 3}, "given.story: found 3; expected text"),
    ({"story": "x" * (MAX_STORY + 1)}, f"given.story: {MAX_STORY + 1} characters"),
]


@pytest.mark.parametrize(("table", "expected"), WRONG, ids=lambda value: str(value)[:40])
def test_a_wrong_value_is_one_line_that_names_the_key(
    table: dict[str, Any], expected: str, library: Library
) -> None:
    with pytest.raises(CaseError) as caught:
        read(library, **table)

    assert expected in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 1", 'case file: unknown key "x"'),
        ("[given]\nage = 33\n[givn]\n", 'unknown key "givn"; nearest known keys: given'),
        ("story = 3\n[given]\nage = 33\n", "story: found 3"),
        ("a = " + "[" * 5000, "not valid TOML"),
        ("#" * (MAX_BYTES + 1), "larger than"),
    ],
)
def test_a_wrong_file_is_one_line(text: str, expected: str, library: Library) -> None:
    with pytest.raises(CaseError) as caught:
        read_case(text, library)

    assert expected in str(caught.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@given(
    key=st.sampled_from(["sex", "pain_at", "pain", "answers", "tests", "days", "wish", "load", "minutes"]),
    value=JSON,
)
def test_any_value_is_read_or_named(key: str, value: Any, library: Library) -> None:
    problem = ""
    try:
        read(library, **{key: value})
    except CaseError as error:
        problem = str(error)

    assert not problem or problem.startswith(f"given.{key}")
    assert "\n" not in problem
