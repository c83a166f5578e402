"""Interview: safety first, few screens for an ordinary case, and it stops when nothing would change."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given as example
from hypothesis import strategies as st
from tests.reasoning.safety_strategies import LIBRARY, mirrored, possible, runners
from tests.searches import search

from weaklink.case.given import AnswerValue, Given, PainPlace, Result
from weaklink.library.records import Question
from weaklink.quantities import TIERS, Tier
from weaklink.reasoning.at_stake import most_urgent
from weaklink.reasoning.interview import AT_MOST, Step, Told, next_step
from weaklink.reasoning.reconsidering import reconsidered
from weaklink.reasoning.relevance import open_questions
from weaklink.reasoning.triage import triage

SITES = sorted(LIBRARY.regions)
SAFETY = ["first-checks", "how-it-is-now", "your-health"]


def hurting(*sites: str, age: int = 30, sex: str = "male", **pain: int) -> Given:
    return Given(
        age=age,
        sex=sex,  # type: ignore[arg-type]
        level="novice",
        since_days=100,
        pain_at=tuple(PainPlace(site, "right" if LIBRARY.regions[site].sided else "none") for site in sites),
        pain=pain or {"run": 3},  # type: ignore[arg-type]
    )


def harmless(question: Question) -> AnswerValue:
    if question.kind == "number":
        return 20
    if question.id == "guardian-agrees":
        return "yes"
    if question.id == "pain-spread":
        return "palm"
    return question.options[0].id if question.kind == "choice" and not question.sided else "no"


def answered(told: Told, step: Step, **other: str) -> Told:
    """What was told after a screen where all is well but for the answers named."""
    assert told.given is not None
    names = [name for name in step.questions if name in LIBRARY.questions]
    new = {name: other.get(name, harmless(LIBRARY.questions[name])) for name in names}
    given = msgspec.structs.replace(told.given, answers={**told.given.answers, **new})
    return msgspec.structs.replace(
        told, given=given, left=told.left | {step.screen, *step.questions} - {*names}
    )


def walk(runner: Given, **other: str) -> tuple[list[Step], Given]:
    """Every screen of an interview where all is well but for the answers named, and the runner after it."""
    steps: list[Step] = []
    told = Told(given=runner, aim="pain" if runner.pain_at else "prevent")
    while (step := next_step(told, LIBRARY)) is not None:
        steps.append(step)
        told = answered(told, step, **other)
        assert len(steps) < 30
    assert told.given is not None
    return steps, told.given


def first_step(runner: Given) -> Step | None:
    return next_step(Told(given=runner, aim="pain" if runner.pain_at else "prevent"), LIBRARY)


def is_flags(step: Step) -> bool:
    return step.kind == "flags"


@pytest.mark.parametrize("sex", ["female", "male"])
@pytest.mark.parametrize("site", SITES)
def test_an_ordinary_case_takes_ten_screens_at_most(site: str, sex: str) -> None:
    steps, after = walk(hurting(site, sex=sex))

    assert steps[-1].number <= 10
    assert steps[-1].at_most == AT_MOST
    assert triage(after, LIBRARY).unasked == ()


@pytest.mark.parametrize("site", SITES)
def test_safety_comes_before_everything_else(site: str) -> None:
    steps, _ = walk(hurting(site))

    flags = [is_flags(step) for step in steps]

    assert flags == sorted(flags, reverse=True)
    assert steps[0].questions[:2] == ("chest-exertional", "pe")


@pytest.mark.parametrize("site", SITES)
def test_the_safety_part_is_three_screens(site: str) -> None:
    steps, _ = walk(hurting(site, sex="female"))

    assert [step.screen for step in steps if is_flags(step)] == SAFETY


@pytest.mark.parametrize("site", SITES)
def test_what_changed_before_it_began_is_always_asked(site: str) -> None:
    steps, _ = walk(msgspec.structs.replace(hurting(site), since_days=None))

    story = [step for step in steps if step.kind == "story"]

    assert len(story) == 1
    assert {"since", "pain-onset", "recent-load-increase", "new-shoes", "pain-pattern", "eased-by"} <= {
        *story[0].questions
    }


def test_clot_questions_are_on_the_first_screen_behind_the_knee() -> None:
    step = first_step(hurting("ankle-medial", "knee-posterior"))

    assert step is not None
    assert "dvt" in step.questions


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
    assert any("ankle-sprain" in step.questions for step in ankle)


def test_a_young_runner_with_knee_pain_is_always_asked_about_a_limp() -> None:
    for age, expected in ((8, True), (16, True), (7, False), (17, False)):
        steps, _ = walk(hurting("knee-anterior", age=age))

        assert any("child-hip" in step.questions for step in steps) == expected


def test_without_pain_few_screens_are_enough() -> None:
    steps, after = walk(Given(age=29, level="planning"))

    assert len(steps) <= 3
    assert triage(after, LIBRARY).unasked == ()


def test_an_emergency_ends_the_questions() -> None:
    steps, _ = walk(hurting("back-lower"), **{"cauda-equina": "yes"})

    assert [step.screen for step in steps] == ["first-checks"]


def test_a_referral_goes_on_only_for_what_could_be_more_urgent() -> None:
    runner = hurting("knee-lateral")
    referred = msgspec.structs.replace(runner, answers={"acute-injury": "yes"})

    steps, after = walk(referred)

    assert triage(referred, LIBRARY).refers
    assert not set(triage(after, LIBRARY).unasked) & {
        name
        for name, flag in LIBRARY.red_flags.items()
        if most_urgent(flag).tier < triage(after, LIBRARY).tier
    }
    assert next(step.screen for step in steps if is_flags(step)) == "first-checks"


def test_the_pain_numbers_are_asked_before_a_referral_is_shown() -> None:
    """A clot sign answered first must not hide the numbers that would make it more urgent."""
    runner = msgspec.structs.replace(hurting("calf"), pain={})

    steps, _ = walk(runner, dvt="yes")

    assert any("breathing-short" in step.questions for step in steps)
    within_week = msgspec.structs.replace(hurting("shin-anterior"), pain={}, since_days=2)
    steps, _ = walk(within_week, **{"acute-injury": "yes"})
    assert any(step.kind == "pain" for step in steps)


def test_a_detail_that_decides_is_asked_at_once() -> None:
    runner = msgspec.structs.replace(hurting("groin"), answers={"abdomen-groin": "yes"}, age=40)

    step = first_step(runner)

    assert step is not None
    assert (step.screen, step.questions) == ("details", ("testicle-or-pulsating",))


def test_the_weeks_of_a_pregnancy_are_asked() -> None:
    steps, _ = walk(hurting("knee-anterior", sex="female"), pregnant="yes")

    assert any("pregnancy-weeks" in step.questions for step in steps)


def test_leaving_a_question_open_hides_no_other() -> None:
    """Every sign of the ankle is left open in turn; all others are asked as before."""
    runner = hurting("ankle-medial", "arch")
    whole, _ = walk(runner)
    asked = [name for step in whole for name in step.questions if step.kind == "signs"]

    for name in asked:
        told, rest = Told(given=runner), set[str]()
        while (step := next_step(told, LIBRARY)) is not None:
            rest |= {*step.questions}
            told = answered(told, step)
            if name in step.questions:
                assert told.given is not None
                kept = {one: answer for one, answer in told.given.answers.items() if one != name}
                given = msgspec.structs.replace(told.given, answers=kept)
                told = msgspec.structs.replace(told, given=given, left=told.left | {name})
        assert {*asked} - {name} <= rest


def test_weak_on_both_sides_asks_for_tiredness() -> None:
    tested: dict[str, dict[object, Result]] = {
        "sl-heel-raise-reps": {"right": Result(value=9), "left": Result(value=9)}
    }
    runner = msgspec.structs.replace(hurting("calf"), tests=tested)

    steps, _ = walk(runner)

    assert any("fatigue" in step.questions for step in steps)


def test_a_screen_whose_condition_fails_has_no_questions() -> None:
    screen = LIBRARY.screens["birth-and-pelvis"]

    assert open_questions(screen, hurting("knee-anterior"), LIBRARY, frozenset()) == ()


# Laws of the order


@search(15, 40)
@example(runners(case_file=False), st.randoms(use_true_random=False))
def test_the_order_of_the_answers_never_matters(runner: Given, chance: object) -> None:
    items = list(runner.answers.items())
    shuffled = msgspec.structs.replace(
        runner,
        answers=dict(chance.sample(items, len(items))),  # type: ignore[attr-defined]
        pain_at=tuple(reversed(runner.pain_at)),
    )

    assert first_step(runner) == first_step(shuffled)


@search(15, 40)
@example(runners(case_file=False))
def test_a_mirror_asks_the_same(runner: Given) -> None:
    assert first_step(runner) == first_step(mirrored(runner))


@search(15, 40)
@example(runners(case_file=False), st.data())
def test_every_interview_ends_and_never_asks_twice(runner: Given, data: st.DataObject) -> None:
    told = Told(given=runner, aim="pain" if runner.pain_at else "prevent")
    asked: set[str] = set()
    while (step := next_step(told, LIBRARY)) is not None and step.kind != "where":
        new_names = {*step.questions} - runner.answers.keys()
        assert step.kind == "story" or not asked & new_names
        asked |= new_names
        assert told.given is not None
        names = [name for name in step.questions if name in LIBRARY.questions]
        new = {name: data.draw(st.sampled_from(possible(LIBRARY.questions[name]))) for name in names}
        given = msgspec.structs.replace(told.given, answers={**told.given.answers, **new})
        left = told.left | {step.screen, *step.questions} - {*names}
        told = msgspec.structs.replace(told, given=given, left=left)
    if step is not None:
        return  # pain without a place: where it hurts comes first
    assert told.given is not None
    disposition = triage(told.given, LIBRARY)
    more_urgent = {
        name
        for name in disposition.unasked
        if name in LIBRARY.red_flags
        and TIERS.index(most_urgent(LIBRARY.red_flags[name]).tier) < TIERS.index(disposition.tier)
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


@pytest.mark.parametrize("site", ["ankle-medial", "arch"])
def test_a_flatter_arch_is_asked_for_and_refers(site: str) -> None:
    """At the inner ankle it decides between a programme and somebody who looks at it; left open it is asked."""
    steps, told = walk(hurting(site))
    assert any("arch-dropping" in step.questions for step in steps)
    assert not triage(told, LIBRARY).refers

    for answer in ("left", "both", "yes", "unsure"):
        flatter = msgspec.structs.replace(told, answers={**told.answers, "arch-dropping": answer})
        found = triage(flatter, LIBRARY)
        assert (found.tier, found.allows) == (Tier.SEE_PROFESSIONAL, "restricted")
        assert "arch-coming-down" in found.guards
