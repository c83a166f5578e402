"""The safety records themselves: plain questions, reachable flags, tests that are never asked for."""

from __future__ import annotations

import msgspec
import pytest

from weaklink.case.given import Given, PainPlace, Result
from weaklink.library.reading import Library
from weaklink.library.records import ClinicalTest
from weaklink.quantities import TIERS
from weaklink.reasoning.guards import true_guards
from weaklink.reasoning.triggers import any_holds

LONGEST_QUESTION = 34  # words; most have fewer than twenty


def refused(test: ClinicalTest, given: Given, library: Library) -> bool:
    return any_holds(test.not_when, given, true_guards(given, library))


def test_every_red_flag_has_a_yes_no_question_of_its_own(library: Library) -> None:
    kinds = {
        flag: (library.questions[flag].kind, library.questions[flag].decides) for flag in library.red_flags
    }

    assert set(kinds.values()) == {("yes-no", "red-flag")}


def test_every_flag_that_is_asked_stands_on_a_screen(library: Library) -> None:
    shown = {name for screen in library.screens.values() for name in screen.questions}

    missing = {flag.id for flag in library.red_flags.values() if flag.asked != "never"} - shown

    assert missing == set()


def test_every_guard_question_stands_on_a_screen(library: Library) -> None:
    shown = {name for screen in library.screens.values() for name in screen.questions}

    assert {q.id for q in library.questions.values() if q.decides == "guard"} <= shown


def test_safety_questions_are_short_and_plain(library: Library) -> None:
    for question in library.questions.values():
        assert question.text.endswith(("?", "."))
        assert question.text.count("?") == 1
        assert len(question.text.split()) <= LONGEST_QUESTION
        assert question.why


def test_the_urgent_tiers_allow_nothing(library: Library) -> None:
    urgent = [f for f in library.red_flags.values() if f.tier in ("emergency", "same-day", "within-week")]

    assert {flag.allows for flag in urgent} == {"nothing"}


def test_no_upgrade_lowers(library: Library) -> None:
    for flag in library.red_flags.values():
        assert all(TIERS.index(upgrade.tier) <= TIERS.index(flag.tier) for upgrade in flag.upgrades)


@pytest.mark.parametrize(
    "given",
    [
        Given(age=30, pain_at=(PainPlace("groin", "right"),)),
        Given(age=30, pain_at=(PainPlace("shin-anterior", "right"),)),
        Given(age=30, pain_at=(PainPlace("shin-medial", "right"),), pain={"walk": 1}),
        Given(age=30, pain_at=(PainPlace("shin-medial", "right"),), pain={"night": 1}),
        Given(age=30, pain_at=(PainPlace("forefoot", "right"),), answers={"pain-spread": "one-finger"}),
        Given(age=30, tests={"bone-tap-self-check": {"right": Result(option="focal")}}),
        Given(age=30, answers={"bone-focal": "unsure"}),
        Given(age=30, answers={"pregnant": "yes"}),
    ],
)
def test_a_hop_is_never_asked_for_where_it_can_break_a_bone(given: Given, library: Library) -> None:
    assert refused(library.clinical_tests["gentle-hop-screen"], given, library)


def test_a_hop_may_be_asked_for_once_the_bones_were_felt_and_nothing_speaks_against_it(
    library: Library,
) -> None:
    unfelt = Given(age=30, pain_at=(PainPlace("achilles-mid", "right"),), pain={"run": 2})
    felt = msgspec.structs.replace(unfelt, tests={"bone-tap-self-check": {"right": Result(option="none")}})

    assert refused(library.clinical_tests["gentle-hop-screen"], unfelt, library)
    assert not refused(library.clinical_tests["gentle-hop-screen"], felt, library)


@pytest.mark.parametrize(
    "test_id", ["sl-heel-raise-reps", "sl-bridge-hold", "side-plank-hold", "copenhagen-hold"]
)
@pytest.mark.parametrize(
    "answers",
    [
        {"pregnant": "yes", "pelvic-girdle-pain": "yes"},
        {"acute-injury": "unsure"},
        {"bone-focal": "unsure"},
        {"painless-weakness": "yes"},
    ],
)
def test_a_maximum_test_is_not_asked_for_when_something_is_unclear(
    test_id: str, answers: dict[str, str], library: Library
) -> None:
    assert refused(library.clinical_tests[test_id], Given(age=30, answers={**answers}), library)


def test_published_limits_name_what_was_published(library: Library) -> None:
    for test in library.clinical_tests.values():
        for criterion in test.criteria:
            assert criterion.basis == "published" or criterion.source == "design-decisions"
        assert test.error
        assert test.stop
