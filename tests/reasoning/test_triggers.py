"""Triggers: each key of a trigger holds exactly when what is given meets it."""

from __future__ import annotations

import pytest

from weaklink.case.given import Given, PainPlace, Result
from weaklink.library.records import Trigger
from weaklink.quantities import Side
from weaklink.reasoning.triggers import any_holds, holds, hurts

RUNNER = Given(
    age=30,
    sex="female",
    level="novice",
    since_days=10,
    pain_at=(PainPlace("calf", "right"),),
    pain={"run": 4, "rest": 1},
    answers={"dvt": "no", "pain-onset": "sudden", "pregnancy-weeks": 15},
    tests={
        "sl-heel-raise-reps": {"right": Result(value=9), "left": Result(value=24)},
        "heel-raise-inversion-check": {"right": Result(option="unable")},
    },
)


def test_an_empty_trigger_always_holds() -> None:
    assert holds(Trigger(), RUNNER)


def test_no_trigger_never_holds() -> None:
    assert not any_holds([], RUNNER)


@pytest.mark.parametrize(
    ("trigger", "expected"),
    [
        (Trigger(sites=["calf", "groin"]), True),
        (Trigger(sites=["groin"]), False),
        (Trigger(pain_free=False), True),
        (Trigger(pain_free=True), False),
        (Trigger(pain={"run": 4}), True),
        (Trigger(pain={"run": 5}), False),
        (Trigger(pain={"night": 1}), False),
        (Trigger(pain_below={"rest": 2}), True),
        (Trigger(pain_below={"rest": 1}), False),
        (Trigger(pain_below={"night": 1}), False),
        (Trigger(answers={"pain-onset": ["sudden"]}), True),
        (Trigger(answers={"pain-onset": ["gradual"]}), False),
        (Trigger(answers={"fatigue": ["yes"]}), False),
        (Trigger(not_answers={"fatigue": ["yes"]}), True),
        (Trigger(not_answers={"dvt": ["no"]}), False),
        (Trigger(tests={"heel-raise-inversion-check": ["unable"]}), True),
        (Trigger(tests={"heel-raise-inversion-check": ["able"]}), False),
        (Trigger(tests={"straight-leg-raise-lag": ["yes"]}), False),
        (Trigger(tests_missing=["bone-tap-self-check"]), True),
        (Trigger(tests_missing=["sl-heel-raise-reps"]), False),
        (Trigger(side_differences={"sl-heel-raise-reps": 60}), True),
        (Trigger(side_differences={"sl-heel-raise-reps": 63}), False),
        (Trigger(side_differences={"side-plank-hold": 1}), False),
        (Trigger(both_below={"sl-heel-raise-reps": 30}), False),
        (Trigger(any_below={"sl-heel-raise-reps": 10}), True),
        (Trigger(any_below={"sl-heel-raise-reps": 9}), False),
        (Trigger(age_min=30, age_max=30), True),
        (Trigger(age_min=31), False),
        (Trigger(age_max=29), False),
        (Trigger(sex=["female"]), True),
        (Trigger(sex=["male"]), False),
        (Trigger(levels=["novice"]), True),
        (Trigger(levels=["seasoned"]), False),
        (Trigger(since_days_max=10), True),
        (Trigger(since_days_max=9), False),
        (Trigger(since_days_min=10), True),
        (Trigger(since_days_min=11), False),
        (Trigger(unless_below={"pregnancy-weeks": 16}), False),
        (Trigger(unless_below={"pregnancy-weeks": 15}), True),
        (Trigger(unless_below={"postpartum-weeks": 12}), True),
        (Trigger(unless_from={"pregnancy-weeks": 15}), False),
        (Trigger(unless_from={"pregnancy-weeks": 16}), True),
        (Trigger(unless_from={"postpartum-weeks": 12}), True),
        (Trigger(guards=["pregnant"]), False),
        (Trigger(sites=["calf"], age_min=31), False),
    ],
)
def test_a_key_holds_when_what_is_given_meets_it(trigger: Trigger, expected: bool) -> None:
    found = holds(trigger, RUNNER)

    assert expected == found


@pytest.mark.parametrize(
    ("side", "expected"), [("right", True), ("left", True), ("not-said", True), ("both", False)]
)
def test_one_sided_is_not_on_both_sides(side: Side, expected: bool) -> None:
    sore = Given(age=30, pain_at=(PainPlace("thigh-anterior", side),))

    assert holds(Trigger(one_sided=["thigh-anterior"]), sore) == expected
    assert not holds(Trigger(one_sided=["calf"]), sore)


@pytest.mark.parametrize(
    ("since", "expected"), [(None, True), (7, False), (8, True), (179, True), (180, False)]
)
def test_only_a_time_that_was_said_excuses(since: int | None, expected: bool) -> None:
    trigger = Trigger(unless_since_to=7, unless_since_from=180)

    assert holds(trigger, Given(age=30, since_days=since)) == expected


@pytest.mark.parametrize(
    ("side", "found", "expected"),
    [
        ("right", {}, True),
        ("right", {"right": Result(option="none")}, False),
        ("right", {"right": Result(option="focal")}, True),
        ("right", {"left": Result(option="none")}, True),
        ("right", {"right": Result(option="none"), "left": Result(option="focal")}, True),
        ("both", {"right": Result(option="none")}, True),
        ("both", {"right": Result(option="none"), "left": Result(option="none")}, False),
        ("both", {"both": Result(option="none")}, False),
        ("not-said", {"right": Result(option="none")}, True),
    ],
)
def test_a_test_excuses_only_where_every_sore_side_was_tested(
    side: Side, found: dict[Side, Result], expected: bool
) -> None:
    trigger = Trigger(unless_tests={"bone-tap-self-check": ["none"]})
    given = Given(age=30, pain_at=(PainPlace("forefoot", side),), tests={"bone-tap-self-check": found})

    assert holds(trigger, given) == expected


def test_a_guard_is_met_by_any_of_the_guards_named() -> None:
    assert holds(Trigger(guards=["pregnant", "minor"]), RUNNER, frozenset({"minor"}))


def test_a_time_is_not_met_when_nothing_is_known_of_it() -> None:
    assert not holds(Trigger(since_days_max=10), Given(age=30))


def test_a_number_that_was_answered_in_words_excuses_nothing() -> None:
    unsure = Given(age=30, answers={"postpartum-weeks": "unsure"})

    assert holds(Trigger(unless_from={"postpartum-weeks": 12}, unless_below={"postpartum-weeks": 1}), unsure)


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ((PainPlace("leg-whole", "both"),), True),
        ((PainPlace("leg-whole", "right"), PainPlace("leg-whole", "left")), True),
        ((PainPlace("leg-whole", "right"),), False),
        ((PainPlace("calf", "both"),), False),
    ],
)
def test_both_sides_are_one_place_on_both_or_two_places(
    places: tuple[PainPlace, ...], expected: bool
) -> None:
    found = holds(Trigger(both_sides=["leg-whole"]), Given(age=30, pain_at=places))

    assert expected == found


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ({"right": Result(value=12), "left": Result(value=14)}, True),
        ({"right": Result(value=10), "left": Result(value=18)}, False),
        ({"right": Result(value=12), "left": Result(value=20)}, False),
        ({"right": Result(value=12)}, False),
        ({"none": Result(value=12)}, True),
        ({"both": Result(value=12)}, True),
        # At the limit, and a quarter less on the worse side: below ends there, even still holds.
        ({"right": Result(value=20), "left": Result(value=20)}, False),
        ({"none": Result(value=20)}, False),
        ({"right": Result(value=9), "left": Result(value=12)}, True),
        ({"right": Result(option="x"), "left": Result(option="x")}, False),
        ({"right": Result(value=0), "left": Result(value=0)}, True),
    ],
)
def test_weak_on_both_sides_means_below_and_even(results: dict[str, Result], expected: bool) -> None:
    tested = Given(age=30, tests={"sl-heel-raise-reps": results})  # type: ignore[dict-item]

    assert holds(Trigger(both_below={"sl-heel-raise-reps": 20}), tested) == expected


def test_sides_without_a_number_do_not_differ() -> None:
    nothing = Given(age=30, tests={"side-plank-hold": {"right": Result(value=0), "left": Result(value=0)}})

    assert not holds(Trigger(side_differences={"side-plank-hold": 10}), nothing)


def test_a_pain_number_without_a_site_hurts() -> None:
    assert hurts(Given(age=30, pain={"run": 1}))
    assert not hurts(Given(age=30, pain={"run": 0}))
