"""Laws over virtual courses: a fixed sample here, more than two thousand under `load`."""

from __future__ import annotations

import datetime
from collections import Counter

import msgspec
import pytest

from tests.rehearsal.laws import LAWS, Law, report
from tests.rehearsal.virtual_courses import (
    KINDS,
    Kind,
    Lived,
    distribution,
    live_all,
    lived,
    runners,
    story_of,
    world,
)
from tests.searches import REACH, reach
from weaklink.rehearsal.living import live
from weaklink.rehearsal.trained_session import TrainedSession

QUICK: tuple[Kind, ...] = ("compliant", "improving", "worsening", "non-responding")  # about four seconds
SAMPLE = KINDS if reach(0, 1) else QUICK
# About a second each, so all of them live in `make soak` only.
MANY = {"sample": 14, "whole": 28, "soak": 2016}[REACH]


@pytest.fixture(scope="module")
def sample() -> list[Lived]:
    return [lived(runner) for runner in runners(len(KINDS)) if runner.kind in SAMPLE]


@pytest.mark.search
def test_the_sample_is_one_of_each_of_its_kinds(sample: list[Lived]) -> None:
    assert Counter(course.runner.kind for course in sample) == dict.fromkeys(SAMPLE, 1)
    assert all(course.sessions for course in sample)


@pytest.mark.search
@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.id)
def test_law(law: Law, sample: list[Lived]) -> None:
    assert law.broken(sample) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("condition", "weeks", "first", "last"),
    [("patellar-tendinopathy", 16, 13, 14), ("low-back-pain", 20, 9, 18)],
)
def test_who_gets_better_comes_into_upkeep_in_time(condition: str, weeks: int, first: int, last: int) -> None:
    runner = next(r for r in runners(168) if r.kind == "improving" and r.condition == condition)
    course = live(story_of(runner, world()), world(), weeks)

    week = next((one.number for one in course.weeks if one.upkeep), None)

    assert week is not None
    assert first <= week <= last


def test_every_combination_is_met_in_the_whole_search() -> None:
    found = runners(2016)
    by_kind = {kind: [r for r in found if r.kind == kind] for kind in KINDS}

    assert len(set(found)) == 2016
    assert {len(some) for some in by_kind.values()} == {288}
    for kind, some in by_kind.items():
        places = 1 if kind == "compliant" else 6
        assert len({(r.strength, r.things, r.condition) for r in some}) == 3 * 4 * places


@pytest.mark.slow
def test_a_seed_is_one_course() -> None:
    runner = runners(7)[5]

    assert lived(runner) == lived(runner)


@pytest.mark.load
def test_many_courses(capsys: pytest.CaptureFixture[str]) -> None:
    courses = live_all(MANY)

    with capsys.disabled():
        print("", *distribution(courses), *report(courses), sep="\n")
    assert len(courses) == MANY
    assert {law.id: law.broken(courses)[:3] for law in LAWS if law.broken(courses)} == {}


# --- the laws see what breaks them -------------------------------------------------------------------------


def changed(course: Lived, **item: object) -> Lived:
    """The same course with something of every item of its last session changed."""
    last = course.sessions[-1]
    items = tuple({**one, **item} for one in last.items)
    return msgspec.structs.replace(
        course, sessions=(*course.sessions[:-1], msgspec.structs.replace(last, items=items))
    )


def law(name: str) -> Law:
    return next(one for one in LAWS if one.id == name)


@pytest.mark.search
def test_a_load_that_rises_on_red_is_seen(sample: list[Lived]) -> None:
    course = next(one for one in sample if one.runner.kind == "compliant")
    before = course.sessions[-2]
    red = tuple({**one, "done": {**one["done"], "pain": 9}} for one in before.items)
    sessions = (*course.sessions[:-2], msgspec.structs.replace(before, items=red), course.sessions[-1])

    broken = changed(
        msgspec.structs.replace(course, sessions=sessions), load={"kind": "dumbbell", "kg": 99.0}
    )

    assert law("red").broken([broken])


@pytest.mark.search
def test_early_upkeep_late_referral_and_a_session_after_the_end_are_seen(sample: list[Lived]) -> None:
    course = next(one for one in sample if one.runner.kind == "worsening")
    replaced = msgspec.structs.replace

    assert law("upkeep").broken([replaced(course, upkeep_week=5)])
    assert law("worse").broken([replaced(course, referred_week=None)])
    assert law("closed").broken([replaced(course, closed_week=course.week_of[0] - 1)])
    assert law("days").broken([replaced(course, fell="StopIteration in today")])


@pytest.mark.search
def test_progress_of_who_does_not_respond_is_seen(sample: list[Lived]) -> None:
    course = next(one for one in sample if one.runner.kind == "non-responding")

    assert law("no-gain").broken([msgspec.structs.replace(course, gain=1.02)])
    assert law("no-gain").broken([msgspec.structs.replace(course, upkeep_week=6)])
    assert law("seen").broken([msgspec.structs.replace(course, referred_week=None)])


@pytest.mark.search
@pytest.mark.parametrize("name", ["restored", "loads-restored"])
def test_what_stays_away_is_seen(name: str, sample: list[Lived]) -> None:
    course = next(one for one in sample if one.runner.kind == "compliant")
    usual = course.sessions[0]

    def week(number: int, sets: int, kg: float, rule: str) -> TrainedSession:
        load = {"kind": "dumbbell", "kg": kg}
        done = {"pain": 0, "rir": 3, "sets": sets}
        changed = {"sets": sets, "planned_sets": 3, "load": load, "rule": rule}
        items = tuple({**one, **changed, "done": {**one["done"], **done}} for one in usual.items)
        return msgspec.structs.replace(usual, date=usual.date + datetime.timedelta(weeks=number), items=items)

    fallen = (week(0, 3, 20.0, ""), *(week(number, 2, 10.0, "bad-morning") for number in range(1, 8)))
    back = (*fallen[:3], *(week(number, 3, 20.0, "given-back") for number in range(3, 8)))

    assert law(name).broken([msgspec.structs.replace(course, sessions=fallen)])
    assert not law(name).broken([msgspec.structs.replace(course, sessions=back)])
