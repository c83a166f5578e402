"""Intake: safety first, twelve screens at most for an ordinary case, and it stops when nothing would change."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given as example
from hypothesis import strategies as st
from tests.reasoning.safety_strategies import LIBRARY, mirrored, possible, runners
from tests.searches import search

from weaklink.case.given import AnswerValue, Given, PainPlace, Result
from weaklink.library.records import Question
from weaklink.quantities import TIERS
from weaklink.reasoning.intake import (
    AT_MOST,
    IntakeStep,
    most_urgent,
    next_screen,
    open_questions,
    screens_answered,
)
from weaklink.reasoning.reconsidering import reconsidered
from weaklink.reasoning.triage import triage

SITES = sorted(LIBRARY.regions)


def hurting(*sites: str, age: int = 30, sex: str = "male", **pain: int) -> Given:
    return Given(
        age=age,
        sex=sex,  # type: ignore[arg-type]
        level="novice",
        pain_at=tuple(PainPlace(site, "right") for site in sites),
        pain=pain or {"run": 3},  # type: ignore[arg-type]
    )


def harmless(question: Question) -> AnswerValue:
    if question.kind == "number":
        return 20
    if question.id == "guardian-agrees":
        return "yes"
    return question.options[0].id if question.kind == "choice" and not question.sided else "no"


def answered(runner: Given, step: IntakeStep, **other: str) -> Given:
    new = {name: other.get(name, harmless(LIBRARY.questions[name])) for name in step.questions}
    return msgspec.structs.replace(runner, answers={**runner.answers, **new})


def walk(runner: Given, **other: str) -> tuple[list[IntakeStep], Given]:
    """Every screen of an intake where all is well but for the answers named, and the runner after it."""
    steps: list[IntakeStep] = []
    while (step := next_screen(runner, LIBRARY)) is not None:
        steps.append(step)
        runner = answered(runner, step, **other)
    return steps, runner


def is_flags(step: IntakeStep) -> bool:
    return step.screen in LIBRARY.screens


@pytest.mark.parametrize("sex", ["female", "male"])
@pytest.mark.parametrize("site", SITES)
def test_an_ordinary_case_is_asked_twelve_screens_at_most(site: str, sex: str) -> None:
    steps, after = walk(hurting(site, sex=sex))

    numbers = [step.number for step in steps]

    assert numbers == list(range(3, 3 + len(steps)))
    assert numbers[-1] <= AT_MOST
    assert triage(after, LIBRARY).unasked == ()


@pytest.mark.parametrize("site", SITES)
def test_safety_comes_before_everything_else(site: str) -> None:
    steps, _ = walk(hurting(site))

    flags = [is_flags(step) for step in steps]

    assert flags == sorted(flags, reverse=True)
    assert steps[0].questions[:2] == ("cauda-equina", "motor-loss")


def test_clot_questions_are_on_the_first_screen_behind_the_knee() -> None:
    step = next_screen(hurting("ankle-medial", "knee-posterior"), LIBRARY)

    assert step is not None
    assert "dvt" in step.questions


def test_the_kneecap_takes_four_safety_screens_and_one_about_the_person() -> None:
    steps, _ = walk(hurting("knee-anterior", sex="female"))

    assert [step.screen for step in steps if is_flags(step)] == [
        "first-checks", "how-it-began", "your-health", "how-it-is-now", "about-you",
    ]  # fmt: skip


def test_breathing_is_asked_after_heart_and_lungs() -> None:
    steps, _ = walk(hurting("back-upper"))

    order = [name for step in steps for name in step.questions]

    assert max(order.index(name) for name in ("pe", "chest-exertional", "heart-lung")) < order.index(
        "breathing-short"
    )


def test_knee_swelling_and_ankle_sprain_are_asked() -> None:
    knee, _ = walk(hurting("knee-medial"))
    ankle, _ = walk(hurting("ankle-medial"))

    assert any("knee-swelling" in step.questions for step in knee)
    assert any(step.questions == ("ankle-sprain",) for step in ankle)
    assert any("weight-gain" in step.questions for step in ankle)


def test_a_young_runner_with_knee_pain_is_always_asked_about_a_limp() -> None:
    for age, expected in ((8, True), (16, True), (7, False), (17, False)):
        steps, _ = walk(hurting("knee-anterior", age=age))

        assert any("child-hip" in step.questions for step in steps) == expected


def test_without_pain_few_screens_are_enough() -> None:
    steps, after = walk(Given(age=29, level="planning"))

    assert len(steps) <= 5
    assert triage(after, LIBRARY).unasked == ()


def test_an_emergency_ends_the_questions() -> None:
    steps, _ = walk(hurting("back-lower"), **{"cauda-equina": "yes"})

    assert [step.screen for step in steps] == ["first-checks"]


def test_a_referral_goes_on_only_for_what_could_be_more_urgent() -> None:
    runner = hurting("knee-lateral")
    referred = msgspec.structs.replace(runner, answers={"acute-injury": "yes"})

    steps, after = walk(referred)

    assert triage(referred, LIBRARY).refers
    assert all(is_flags(step) for step in steps)
    assert "about-you" not in {step.screen for step in steps}
    assert not set(triage(after, LIBRARY).unasked) & {
        flag.id for flag in LIBRARY.red_flags.values() if most_urgent(flag) in ("emergency", "same-day")
    }


def test_a_detail_that_decides_is_asked_at_once() -> None:
    runner = hurting("hip-lateral", night=3)

    step = next_screen(runner, LIBRARY)

    assert step is not None
    assert step.questions == ("night-pain-positional",)


def test_a_detail_that_changes_nothing_is_not_asked() -> None:
    runner = hurting("knee-anterior", night=3)
    sure = msgspec.structs.replace(runner, answers={"night-rest-pain": "yes"})

    steps, _ = walk(sure)

    assert "night-pain-positional" not in {step.screen for step in steps}


def test_the_weeks_of_a_pregnancy_are_asked() -> None:
    steps, _ = walk(hurting("knee-anterior", sex="female"), pregnant="yes")

    asked = [step.screen for step in steps]

    assert asked.index("about-you") < asked.index("pregnancy-weeks")
    assert "birth-and-pelvis" in asked


def test_an_answer_that_alone_would_set_off_a_flag_is_asked_first() -> None:
    steps, _ = walk(hurting("shin-anterior"))

    single = next(step for step in steps if not is_flags(step))

    assert single.questions == ("pain-spread",)


def test_weak_on_both_sides_asks_for_tiredness() -> None:
    tested = msgspec.structs.replace(
        hurting("shin-medial"),
        tests={"sl-heel-raise-reps": {"right": Result(value=12), "left": Result(value=12)}},
    )

    steps, _ = walk(tested)

    assert any("fatigue" in step.questions for step in steps)


def test_flags_of_one_screen_count_once_and_details_not_at_all() -> None:
    answers: dict[str, AnswerValue] = {
        "cauda-equina": "no",
        "motor-loss": "no",
        "pain-onset": "gradual",
        "night-pain-positional": "yes",
        "not-known-here": "no",
    }

    assert screens_answered(Given(age=30, answers=answers), LIBRARY) == 2


def test_a_screen_whose_condition_fails_has_no_questions() -> None:
    screen = LIBRARY.screens["belly-and-back"]

    assert open_questions(screen, hurting("calf"), LIBRARY, frozenset()) == ()


def test_a_retired_question_is_not_asked() -> None:
    retired = msgspec.structs.replace(LIBRARY.questions["knee-swelling"], status="retired")
    library = msgspec.structs.replace(LIBRARY, questions={**LIBRARY.questions, "knee-swelling": retired})

    screen = library.screens["how-it-is-now"]

    assert "knee-swelling" not in open_questions(screen, hurting("knee-medial"), library, frozenset())


@search(15, 40)
@example(runners(case_file=False), st.randoms(use_true_random=False))
def test_the_order_of_the_answers_never_matters(runner: Given, chance: object) -> None:
    items = list(runner.answers.items())
    shuffled = msgspec.structs.replace(
        runner,
        answers=dict(chance.sample(items, len(items))),  # type: ignore[attr-defined]
        pain_at=tuple(reversed(runner.pain_at)),
    )

    assert next_screen(runner, LIBRARY) == next_screen(shuffled, LIBRARY)


@search(15, 40)
@example(runners(case_file=False))
def test_a_mirror_asks_the_same(runner: Given) -> None:
    assert next_screen(runner, LIBRARY) == next_screen(mirrored(runner), LIBRARY)


@search(15, 40)
@example(runners(case_file=False), st.data())
def test_every_intake_ends_and_never_asks_twice(runner: Given, data: st.DataObject) -> None:
    asked: set[str] = set(runner.answers)
    while (step := next_screen(runner, LIBRARY)) is not None:
        assert not asked & set(step.questions)
        asked |= set(step.questions)
        new = {name: data.draw(st.sampled_from(possible(LIBRARY.questions[name]))) for name in step.questions}
        runner = msgspec.structs.replace(runner, answers={**runner.answers, **new})

    disposition = triage(runner, LIBRARY)
    more_urgent = {
        name
        for name in disposition.unasked
        if name in LIBRARY.red_flags
        and TIERS.index(most_urgent(LIBRARY.red_flags[name])) < TIERS.index(disposition.tier)
    }

    assert more_urgent == set()
    assert disposition.refers or disposition.unasked == ()


# Changing an answer


def test_changing_an_answer_says_what_is_recomputed() -> None:
    before = msgspec.structs.replace(hurting("shin-medial"), answers={"bone-focal": "no"})
    after = msgspec.structs.replace(before, answers={"bone-focal": "yes"})

    found = reconsidered(before, after, LIBRARY)

    assert found.answers == ("bone-focal",)
    assert (found.tier_before, found.tier_after) == ("self-manage", "within-week")
    assert (found.tier, found.plan) == (True, True)
    assert {"reconsidered.urgency", "reconsidered.plan"} <= {message.id for message in found.says}


def test_nothing_changed_is_said_too() -> None:
    runner = hurting("knee-anterior")

    found = reconsidered(runner, runner, LIBRARY)

    assert (found.answers, found.tier, found.ranking, found.plan) == ((), False, False, False)
    assert [message.id for message in found.says] == ["reconsidered.nothing"]


def test_a_test_result_changes_the_ranking() -> None:
    before = hurting("knee-anterior", run=3, stairs=3)
    after = msgspec.structs.replace(
        before,
        pain={"run": 3, "stairs": 4},
        tests={"straight-leg-raise-reps": {"right": Result(value=9), "left": Result(value=16)}},
    )

    found = reconsidered(before, after, LIBRARY)

    assert found.answers == ("pain-stairs", "straight-leg-raise-reps")
    assert found.ranking
    assert not found.tier


def test_less_time_only_changes_the_plan() -> None:
    before = hurting("knee-anterior")
    after = msgspec.structs.replace(before, minutes=10)

    found = reconsidered(before, after, LIBRARY)

    assert (found.tier, found.ranking, found.plan) == (False, False, True)
    assert found.answers == ("minutes",)
