"""The strength of a made-up runner: what trials say of gains holds for it, and nothing is won for nothing."""

from __future__ import annotations

import pytest

from weaklink.case.given import Given, PainPlace, Result
from weaklink.case.lifting import Lifting
from weaklink.library.reading import Library
from weaklink.rehearsal.trained_body import RESPONSE, TrainedBody, body_of, shown_in

MAN = Given(age=35, sex="male", mass_kg=78)


def body(library: Library, given: Given = MAN, response: float = 1.0, **lifting: object) -> TrainedBody:
    return body_of(given, Lifting(**lifting), response, frozenset(), library)  # type: ignore[arg-type]


def train(who: TrainedBody, library: Library, weeks: int, sessions: int, sets: int, spare: int = 2) -> float:
    """By how much the squat's area is stronger after some weeks."""
    squat = library.exercises["back-squat"]
    before = who.areas["quads"].factor
    for day in range(7 * weeks):
        who.rest(day)
        if day % 7 in range(0, 2 * sessions, 2):
            who.begin_session()
            for _ in range(sets):
                who.did(day, squat, 8 + spare, spare)
    return who.areas["quads"].factor / before - 1


def test_two_sessions_a_week_make_about_a_fifth_in_eight_weeks(library: Library) -> None:
    # plotkin-2022: 1RM + 19 to 22 kg in 8 weeks, from about 100
    assert 0.14 <= train(body(library, legs="now-and-then"), library, 8, 2, 4) <= 0.26


def test_more_sets_make_more_and_each_further_one_less(library: Library) -> None:
    one, four, eight = (train(body(library), library, 8, 2, sets) for sets in (1, 4, 8))

    assert 0 < one < four < eight
    assert four - one > eight - four


def test_sets_far_from_failure_make_little(library: Library) -> None:
    assert train(body(library), library, 8, 2, 4, spare=10) < 0.3 * train(
        body(library), library, 8, 2, 4, spare=2
    )


def test_it_comes_to_a_plateau(library: Library) -> None:
    who = body(library, legs="twice-a-week")
    first = train(who, library, 12, 3, 4)
    later = [train(who, library, 26, 3, 4) for _ in range(3)][-1]

    assert later < first / 3
    assert who.areas["quads"].factor <= who.areas["quads"].began * (1 + who.headroom)


@pytest.mark.parametrize("responder", ["none", "worse"])
def test_who_does_not_respond_gains_nothing(responder: str, library: Library) -> None:
    assert train(body(library, response=RESPONSE[responder]), library, 12, 3, 4) == 0.0


def test_strength_stays_three_weeks_and_then_goes_slowly(library: Library) -> None:
    who = body(library)
    train(who, library, 12, 2, 4)
    factors = []
    for day in range(84, 84 + 60):
        who.rest(day)
        factors.append(who.areas["quads"].factor)

    assert factors[15] == factors[0]
    assert 0.9 * factors[0] < factors[-1] < factors[0]


def test_what_is_lifted_and_measured_is_what_the_body_can(library: Library) -> None:
    lifter = body(library, legs="twice-a-week", squat_kg=120.0)
    tested = Given(
        age=35, sex="male", mass_kg=78, pain_at=(PainPlace("achilles-mid", "left"),),
        tests={"sl-heel-raise-reps": {"left": Result(value=18), "right": Result(value=26)}},
    )  # fmt: skip
    runner = body(library, tested)

    assert lifter.reps_possible(library.exercises["back-squat"], 120) == 6
    shown = shown_in(library.clinical_tests["sl-heel-raise-reps"], tested, runner)
    assert shown == {"right": pytest.approx(26, abs=1), "left": pytest.approx(18, abs=1)}


def test_heavier_is_fewer_and_sets_tire(library: Library) -> None:
    who, squat = body(library), library.exercises["goblet-squat"]
    light, heavy = who.reps_possible(squat, 8), who.reps_possible(squat, 24)
    for _ in range(4):
        who.did(0, squat, light, 2)

    assert heavy < light
    assert who.reps_possible(squat, 8) < light


def test_every_exercise_can_be_tried(library: Library) -> None:
    who = body(library)
    for exercise in library.exercises.values():
        if exercise.kind == "exercise":
            assert who.reps_possible(exercise, 0) >= 1, exercise.id
            assert who.seconds_possible(exercise, 0) >= 5, exercise.id
