"""Which home test comes next, and when it is enough; what open questions are worth."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from tests.reasoning.runners import LIBRARY, hurting, ranked, runners, sides
from tests.searches import search

from weaklink.case.given import Given, Result
from weaklink.case.hypothesis import NextTest
from weaklink.library.records import ALWAYS_THERE
from weaklink.reasoning import examination
from weaklink.reasoning.gains import expected_gain, expected_gains, outlook


def next_for(runner: Given) -> NextTest | None:
    return examination.next_test(runner, LIBRARY, ranked(runner))


@pytest.mark.parametrize("site", ["knee-anterior", "knee-medial", "heel-plantar", "arch", "ankle-medial"])
def test_knee_or_foot_pain_leads_to_a_strength_test(site: str) -> None:
    found = next_for(hurting((site, "right")))

    assert found is not None
    test = LIBRARY.clinical_tests[found.id]
    assert test.kind_of_link == "strength"
    assert test.areas
    assert found.why.id == "examination.next-strength-first"


def test_the_next_test_reaches_an_area_tied_to_the_pain() -> None:
    runner = hurting(("knee-lateral", "left"), tests={"sl-heel-raise-reps": sides(25, 25)})
    found = next_for(runner)

    assert found is not None
    assert "glute-med" in LIBRARY.clinical_tests[found.id].areas


def test_a_test_that_is_likely_to_hurt_comes_last() -> None:
    runner = hurting(
        ("hip-lateral", "left"), answers={"lying-on-side-hurts": "yes", "crossing-legs-hurts": "yes"}
    )
    found = next_for(runner)

    assert found is not None
    assert examination.discomfort(LIBRARY.clinical_tests[found.id], ranked(runner)) == 0


def test_inner_ankle_pain_leads_to_the_heel_raise_although_it_may_hurt() -> None:
    found = next_for(hurting(("ankle-medial", "left")))

    assert found is not None
    assert found.id == "heel-raise-inversion-check"


def test_without_pain_the_reason_names_an_area() -> None:
    found = next_for(Given(age=30, level="planning"))

    assert found is not None
    assert found.why.values["area"] in LIBRARY.areas


def test_after_a_few_tests_it_is_enough() -> None:
    runner = hurting(("knee-lateral", "right"))
    done = 0
    while (found := next_for(runner)) is not None:
        test = LIBRARY.clinical_tests[found.id]
        results = (
            {"none": fine(found.id)} if not test.sided else {"right": fine(found.id), "left": fine(found.id)}
        )
        runner = msgspec.structs.replace(runner, tests={**runner.tests, found.id: results})
        done += 1

    assert 1 <= done <= 6


def fine(test: str) -> Result:
    record = LIBRARY.clinical_tests[test]
    if record.value == "option":
        return Result(option=next(one.id for one in record.options if one.meaning == "normal"))
    if record.value == "pain-at-levels":
        return Result(pain_at={record.levels[0]: 0})
    return Result(value=0.0 if record.better == "lower" else min(record.max, 60.0), pain=0)


def test_hops_are_not_asked_for_in_front_of_hip_pain() -> None:
    offered = examination.offered(hurting(("groin", "right")), LIBRARY)

    assert "gentle-hop-screen" not in {test.id for test in offered}


@search(20, 60)
@given(runners())
def test_only_home_tests_that_are_safe_and_at_hand_are_offered(runner: Given) -> None:
    found = next_for(runner)
    if found is not None:
        test = LIBRARY.clinical_tests[found.id]
        assert test.performed_by == "self"
        assert test.id not in runner.tests
        assert set(test.needs) <= ALWAYS_THERE | runner.equipment
        assert found.gain > 0


def test_answered_questions_and_done_tests_have_nothing_left_to_give() -> None:
    runner = hurting(
        ("knee-anterior", "right"),
        answers={"squatting-hurts": "yes"},
        tests={"straight-leg-raise-reps": sides(9, 16)},
    )
    gains = expected_gains(outlook(runner, LIBRARY))

    assert "squatting-hurts" not in gains
    assert "straight-leg-raise-reps" not in gains
    assert all(gain >= 0 for gain in gains.values())


def test_a_question_about_the_pain_is_worth_more_than_one_about_another_place() -> None:
    runner = hurting(("knee-anterior", "right"))

    assert expected_gain(runner, LIBRARY, "kneecap-point-pain") > 0.05
    assert expected_gain(runner, LIBRARY, "first-steps-worst") == 0
