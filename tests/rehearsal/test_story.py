"""Stories: a case file with [course]; what cannot be read is named by its field."""

from __future__ import annotations

import pytest

from weaklink.case.lifting import Lifting
from weaklink.case.values import CaseError
from weaklink.library.reading import Library
from weaklink.rehearsal.events import ALSO, EVENT_KINDS, USUAL_DAYS
from weaklink.rehearsal.story import read_story

GIVEN = "[given]\nage = 40\nsex = 'female'\n"


def test_course_fills_what_was_not_given(library: Library) -> None:
    found = read_story(
        GIVEN + "[course]\nresponder = 'slow'\nmass_kg = 62\nowns = [{kind = 'kettlebell', kg = [8, 12]}]\n",
        library,
    )

    assert (found.responder, found.given.mass_kg) == ("slow", 62.0)
    assert found.given.owns is not None
    assert found.given.owns[0].kg == (8.0, 12.0)


def test_a_case_without_a_course_responds_well(library: Library) -> None:
    found = read_story(GIVEN, library)

    assert (found.responder, found.lifting, found.low_bone, found.events) == ("good", Lifting(), "no", ())


def test_lifts_are_a_habit_or_kilograms(library: Library) -> None:
    habit = read_story(GIVEN + "[course]\nlifts = 'weekly'\n", library)
    much = read_story(GIVEN + "[course]\nlifts = {legs = 'twice-a-week', squat_kg = 120}\n", library)
    listed = read_story(GIVEN + "[course]\nlifts = [{kind = 'squat', kg = 120, reps = 5}]\n", library)

    assert habit.lifting == Lifting(legs="weekly")
    assert much.lifting == Lifting(legs="twice-a-week", squat_kg=120.0)
    assert listed.lifting == Lifting(squat_kg=120.0)


def test_low_bone_counts_as_cleared_only_by_that_word(library: Library) -> None:
    found = [read_story(GIVEN + f"[course]\nlow_bone = {said}\n", library) for said in ("true", "'cleared'")]

    assert [one.low_bone for one in found] == ["yes", "cleared"]
    assert [one.given.answers for one in found] == [{"osteoporosis": "yes"}, {}]


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("responder = 'fine'", "course.responder: unknown responder"),
        ("owned = []", "course: unknown key"),
        ("mass_kg = 3", "course.mass_kg: found 3"),
        ("owns = [{kind = 'anvil'}]", "course.owns[0].kind: unknown kind"),
        ("lifts = 'seldom'", "course.lifts: unknown habit"),
        ("lifts = {bench_kg = 50}", "course.lifts: unknown key"),
        ("lifts = [{kind = 'bench', kg = 50}]", "course.lifts[0].kind: unknown lift"),
        ("lifts = [{kind = 'squat', kg = 50, reps = 1}]", "course.lifts[0].reps: found 1"),
        ("low_bone = 'a little'", "course.low_bone: found"),
        ("stiff_min = -1", "course.stiff_min: found -1"),
        ("events = 'flare'", "course.events: found"),
        ("events = [{week = 2, kind = 'earthquake'}]", "course.events[0].kind: unknown event"),
        ("events = [{kind = 'flare'}]", "course.events[0].week: missing"),
        ("events = [{week = 0, kind = 'flare'}]", "course.events[0].week: found 0"),
        ("events = [{week = 2, kind = 'flare', km = 3}]", "course.events[0]: unknown key"),
        ("events = [{week = 2, kind = 'test'}]", "course.events[0].tests: missing"),
        (
            "events = [{week = 2, kind = 'test', tests = {hop = 3}}]",
            "course.events[0].tests.hop: unknown test",
        ),
        ("events = [{week = 2, kind = 'said'}]", "course.events[0].answers: missing"),
        (
            "events = [{week = 2, kind = 'said', answers = {x = 'yes'}}]",
            "course.events[0].answers.x: unknown",
        ),
        ("events = [{week = 2, kind = 'illness', fever = 1}]", "course.events[0].fever: found 1"),
    ],
)
def test_what_cannot_be_read_is_named(line: str, field: str, library: Library) -> None:
    with pytest.raises(CaseError) as error:
        read_story(f"{GIVEN}[course]\n{line}\n", library)

    assert str(error.value).startswith(field)


def test_said_twice_and_differently_is_refused(library: Library) -> None:
    with pytest.raises(CaseError, match=r"course\.mass_kg: differs from given\.mass_kg"):
        read_story("[given]\nage = 40\nmass_kg = 60\n[course]\nmass_kg = 70\n", library)


def test_every_kind_of_event_can_be_told(library: Library) -> None:
    more = {"test": ", tests = {sl-heel-raise-reps = {right = 9}}", "said": ", answers = {dvt = 'no'}"}
    told = ", ".join(f"{{week = 3, kind = '{kind}'{more.get(kind, '')}}}" for kind in EVENT_KINDS)

    found = read_story(f"{GIVEN}[course]\nevents = [{told}]\n", library).events

    assert {event.kind for event in found} == set(EVENT_KINDS)
    assert all(event.first == 14 and event.days == USUAL_DAYS.get(event.kind, 1) for event in found)


@pytest.mark.parametrize("word", list(ALSO))
def test_other_words_say_the_same(word: str, library: Library) -> None:
    kind, besides = ALSO[word]

    found = read_story(f"{GIVEN}[course]\nevents = [{{week = 3, kind = '{word}'}}]\n", library).events[0]

    assert found.kind == kind
    assert {name: getattr(found, name) for name in besides} == besides


def test_a_pause_may_be_told_in_weeks(library: Library) -> None:
    found = read_story(GIVEN + "[course]\nevents = [{week = 3, kind = 'pause', weeks = 2}]\n", library).events

    assert [found[0].is_on(day) for day in (13, 14, 27, 28)] == [False, True, True, False]
