"""Danger told: whatever a diary says that may be a danger sign leads on at once, in any order and at any time."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.training.virtual_runners import ACHILLES, HIP, KNEE, START, WELL, World
from tests.written_diaries import diary_of, past_of
from weaklink.care.as_told import as_told
from weaklink.care.follow_up import WHERE, Following, follow_up
from weaklink.case.case_file import read_given
from weaklink.case.diary import AnyEntry, read_entry
from weaklink.case.disposition import Disposition
from weaklink.case.given import Given
from weaklink.case.standing import standing
from weaklink.library.reading import Library
from weaklink.library.wording import shipped_wording
from weaklink.quantities import ALLOWS, TIERS
from weaklink.reasoning.triage import triage
from weaklink.training.course.weeks import Weeks
from weaklink.training.plan.plan_document import PlanDocument

DAYS = 12  # before the first check of the trend
SETTINGS = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
STORIES = {"knee": KNEE, "achilles": ACHILLES, "hip": HIP, "well": WELL}


@pytest.fixture(scope="module")
def world(library: Library) -> World:
    return World(library, shipped_wording())


def entry(kind: str, day: int, number: int, **parts: Any) -> AnyEntry:
    date = START + datetime.timedelta(days=day)
    at = datetime.datetime.combine(date, datetime.time(7, number % 60), datetime.UTC)
    dated = {"date": str(date)} if kind in ("morning", "run-done", "walked") else {}
    said = {"kind": kind, "id": f"{kind}-{day:03}-{number:03}", "at": at.isoformat(), **dated, **parts}
    return read_entry(said)


pain = st.integers(0, 10)
HARMLESS = st.one_of(
    st.builds(lambda day, n: entry("note", day, n, text="fine"), st.integers(-3, DAYS), st.integers(0, 9)),
    st.builds(lambda day, n: entry("morning", day, n, pain=0), st.integers(-3, DAYS), st.integers(0, 9)),
    st.builds(
        lambda day, n: entry("run-done", day, n, km=4.0, pain=0), st.integers(-3, DAYS), st.integers(0, 9)
    ),
    st.builds(
        lambda day, n: entry("session-begun", day, n, session=f"session-{day:03}"),
        st.integers(0, DAYS), st.integers(0, 9),
    ),
    st.builds(
        lambda day, n: entry("rescreened", day, n, answers={"night-rest-pain": "no"}),
        st.integers(-3, DAYS), st.integers(0, 9),
    ),
)  # fmt: skip
DIARY = st.lists(HARMLESS, max_size=6)
WHEN = st.integers(-3, DAYS + 1)  # before the first session, and in another time zone's tomorrow
STORY = st.sampled_from(sorted(STORIES))


def following(
    world: World, given: Given, plan: PlanDocument, entries: Iterable[AnyEntry], today: datetime.date
) -> Following:
    weeks = Weeks(given=given, plan=plan, library=world.library, began=START, today=today)
    return follow_up(weeks, diary_of(entries), world.judge)


def follows(world: World, story: str, entries: list[AnyEntry], **changes: Any) -> Following:
    given, plan = world.beginning(STORIES[story])
    said = msgspec.structs.replace(given, **changes)
    today = START + datetime.timedelta(days=DAYS)
    return following(world, said, plan, entries, today)


def at_least(found: Disposition, least: Disposition) -> bool:
    return TIERS.index(found.tier) <= TIERS.index(least.tier) and ALLOWS.index(found.allows) <= ALLOWS.index(
        least.allows
    )


@SETTINGS
@given(story=STORY, diary=DIARY, when=WHEN, night=st.integers(1, 10), data=st.data())
def test_new_pain_at_night_closes_the_plan_whatever_else_is_told(
    world: World, story: str, diary: list[AnyEntry], when: int, night: int, data: st.DataObject
) -> None:
    told = [*diary, entry("morning", when, 30, pain=0, night=night)]
    found = follows(world, story, data.draw(st.permutations(told)))

    assert found.closed
    assert found.disposition.tier in ("emergency", "same-day", "within-week")


@SETTINGS
@given(story=STORY, diary=DIARY, when=WHEN, rest=st.integers(1, 10), data=st.data())
def test_new_pain_at_rest_closes_the_plan_or_asks_before_anything_else(
    world: World, story: str, diary: list[AnyEntry], when: int, rest: int, data: st.DataObject
) -> None:
    told = data.draw(st.permutations([*diary, entry("morning", when, 30, pain=1, rest=rest)]))
    found = follows(world, story, told, assume_unanswered_no=False, answers=_all_no(world, story))

    assert found.refused
    if rest >= 4:
        assert found.closed
        assert found.disposition.tier in ("emergency", "same-day", "within-week")


def _all_no(world: World, story: str) -> dict[str, Any]:
    given, _ = world.beginning(STORIES[story])
    flags = {flag.id: "no" for flag in world.library.red_flags.values()}
    return {**given.answers, **flags}


@pytest.mark.parametrize("moment", ["night", "rest"])
def test_what_excused_an_old_pain_does_not_excuse_a_new_one(world: World, moment: str) -> None:
    excuses = {"night": "night-pain-positional", "rest": "rest-pain-mechanical"}
    said = {"answers": {excuses[moment]: "yes"}, "pain": {"run": 4, moment: 1}}
    same = follows(world, "knee", [entry("morning", 1, 1, pain=1, **{moment: 2})], **said)
    more = follows(world, "knee", [entry("morning", 1, 1, pain=1, **{moment: 3})], **said)
    never = follows(
        world, "knee", [entry("morning", 1, 1, pain=1, night=1)],
        answers={"night-pain-positional": "yes"}, pain={"run": 4},
    )  # fmt: skip

    assert not same.refused
    assert more.closed == (moment == "night")  # rest below 4 is asked about first; a case file asks nothing
    assert excuses[moment] not in more.given.answers
    assert never.closed


@SETTINGS
@given(story=STORY, diary=DIARY, when=WHEN, data=st.data())
def test_a_danger_sign_answered_yes_is_never_judged_milder_than_at_the_start(
    world: World, story: str, diary: list[AnyEntry], when: int, data: st.DataObject
) -> None:
    flag = data.draw(st.sampled_from(sorted(world.library.red_flags)))
    said = data.draw(st.sampled_from(["yes", "unsure"]))
    told = data.draw(st.permutations([*diary, entry("rescreened", when, 30, answers={flag: said})]))
    given, _ = world.beginning(STORIES[story])
    at_the_start = triage(
        msgspec.structs.replace(given, answers={**given.answers, flag: said}), world.library
    )

    assert at_least(follows(world, story, told).disposition, at_the_start)


@SETTINGS
@given(story=STORY, diary=DIARY, when=WHEN, data=st.data())
def test_a_new_place_asks_every_safety_question_of_that_place(
    world: World, story: str, diary: list[AnyEntry], when: int, data: st.DataObject
) -> None:
    site = data.draw(st.sampled_from(sorted(world.library.regions)))
    side = data.draw(st.sampled_from(["right", "left"]))
    told = data.draw(st.permutations([*diary, entry("rescreened", when, 30, new_places=[[site, side]])]))
    given, _ = world.beginning(STORIES[story])
    found = follows(world, story, told, assume_unanswered_no=False, answers=_all_no(world, story))
    known = {(place.site, place.side) for place in given.pain_at}
    of_the_place = {flag.id for flag in world.library.red_flags.values() if site in flag.sites}

    assert site in found.given.sites
    if (site, side) not in known and (site, "none") not in known and of_the_place:
        # An answer told after it, in the diary, is newer; all others are open again.
        again = {q for e in told if e.day.day >= 1 and hasattr(e, "answers") for q in e.answers}
        still = {name for name in of_the_place - again if found.given.answers.get(name) == "no"}
        assert still == set()
        assert found.refused or of_the_place - again <= set(found.given.answers)


def test_the_other_knee_is_a_new_place(world: World) -> None:
    both = [entry("rescreened", 1, 1, new_places=[["knee-anterior", "left"]])]
    found = follows(world, "knee", both, assume_unanswered_no=False, answers=_all_no(world, "knee"))

    assert found.refused
    assert "septic-joint" in found.disposition.unasked


@SETTINGS
@given(
    start=st.integers(0, 6), steps=st.tuples(st.integers(1, 3), st.integers(1, 3)), when=st.integers(-2, 8),
    diary=DIARY, story=st.sampled_from(["knee", "achilles", "hip"]), data=st.data(),
)  # fmt: skip
def test_three_mornings_that_rise_into_the_red_close_the_plan(
    world: World, start: int, steps: tuple[int, int], when: int, diary: list[AnyEntry], story: str,
    data: st.DataObject,
) -> None:  # fmt: skip
    levels = [start, start + steps[0], min(10, start + sum(steps))]
    rising = [entry("morning", when + n, 40, pain=level) for n, level in enumerate(levels)]
    others = [e for e in diary if not (e.id.startswith("morning"))]
    found = follows(world, story, data.draw(st.permutations([*others, *rising])))
    red = found.setting.limits.profile.colour(levels[-1]) == "red"

    if red:
        assert found.closed
        assert "rising-pain" in [rule.id for rule in found.disposition.rules]


@SETTINGS
@given(story=st.sampled_from(["knee", "achilles", "hip"]), kind=st.sampled_from(["run-done", "walked"]),
       felt=pain, when=WHEN, diary=DIARY, data=st.data())  # fmt: skip
def test_pain_of_a_run_or_a_walk_is_judged_as_if_it_had_been_said_at_the_start(
    world: World, story: str, kind: str, felt: int, when: int, diary: list[AnyEntry], data: st.DataObject
) -> None:
    parts = {"km": 5.0} if kind == "run-done" else {"minutes": 30}
    told = data.draw(st.permutations([*diary, entry(kind, when, 30, pain=felt, **parts)]))
    given, _ = world.beginning(STORIES[story])
    moment = "run" if kind == "run-done" else "walk"
    as_said = {**given.pain, moment: max(felt, given.pain.get(moment, 0))}  # type: ignore[call-overload]
    at_the_start = triage(msgspec.structs.replace(given, pain=as_said), world.library)

    assert at_least(follows(world, story, told).disposition, at_the_start)


def test_a_bone_that_hurts_in_walking_now_is_seen_within_a_week(world: World) -> None:
    heel = read_given(
        {"age": 30, "pain_at": [{"site": "heel-plantar", "side": "left"}], "pain": {"run": 2, "walk": 0},
         "answers": {"recent-load-increase": "yes"}},
        world.library, assume_unanswered_no=True,
    )  # fmt: skip
    _, plan = world.beginning(KNEE)
    walk = entry("walked", 3, 1, minutes=30, pain=4)
    day = START + datetime.timedelta(days=4)
    before = following(world, heel, plan, (), day)
    after = following(world, heel, plan, (walk,), day)

    assert not before.closed
    assert after.closed
    assert after.disposition.tier == "within-week"
    assert "bone-focal" in after.refused


@SETTINGS
@given(kind=st.sampled_from(["run-done", "walked", "morning", "reported"]), felt=pain, when=WHEN)
def test_pain_without_a_place_is_asked_about_before_anything_is_trained(
    world: World, kind: str, felt: int, when: int
) -> None:
    parts: dict[str, Any] = {"run-done": {"km": 4.0}, "walked": {"minutes": 20}}.get(kind, {})
    said = {"pain_worst": felt} if kind == "reported" else {"pain": felt}
    found = follows(world, "well", [entry(kind, when, 30, **parts, **said)])
    green = found.setting.limits.profile.green_to

    assert bool(found.refused) == (felt > green)
    assert (WHERE in found.refused) == (felt > green and not found.closed)


def test_a_limp_in_a_child_is_seen_the_same_day(library: Library, world: World) -> None:
    table = {"age": 13, "pain_at": [{"site": "knee-anterior", "side": "left"}], "pain": {"run": 2}}
    child = read_given({**table, "answers": {"guardian-agrees": "yes"}}, library, assume_unanswered_no=True)
    _, plan = world.beginning(KNEE)
    run = entry("run-done", 2, 1, km=2.0, pain=1, limped=True)
    day = START + datetime.timedelta(days=3)
    found = following(world, child, plan, (run,), day)
    grown = as_told(msgspec.structs.replace(child, age=30), past_of(run), library)

    assert (found.disposition.tier, found.closed) == ("same-day", True)
    assert "child-hip" not in grown.answers


def test_of_two_tellings_of_a_morning_no_night_is_lost() -> None:
    one = entry("morning", 1, 1, pain=5)
    other = entry("morning", 1, 2, pain=1, night=4, rest=2, stiff_min=30)
    found = standing([one, other])

    assert [(e.pain, e.night, e.rest, e.stiff_min) for e in found.entries] == [(5, 4, 2, 30)]  # type: ignore[union-attr]
    assert found.clashes[0].used == found.entries[0]


@pytest.mark.parametrize(
    ("kind", "careful", "other"),
    [
        ("run-done", {"km": 5, "pain": 1, "limped": True}, {"km": 5, "pain": 1}),
        ("walked", {"minutes": 30, "pain": 6}, {"minutes": 30, "pain": 0}),
        ("reported", {"pain_worst": 7}, {"pain_worst": 2}),
        ("reported", {"change": -4}, {"change": 3}),
    ],
)
def test_of_two_versions_of_one_entry_the_worse_counts(
    kind: str, careful: dict[str, Any], other: dict[str, Any]
) -> None:
    first = entry(kind, 1, 1, **careful)
    second = msgspec.structs.replace(entry(kind, 1, 2, **other), id=first.id)

    assert standing([second, first]).entries == (first,)


@SETTINGS
@given(story=STORY, diary=DIARY, more=st.data())
def test_telling_more_never_makes_it_milder(
    world: World, story: str, diary: list[AnyEntry], more: st.DataObject
) -> None:
    felt = more.draw(
        st.sampled_from([
            entry("morning", 4, 50, pain=6), entry("morning", 4, 50, pain=2, night=2),
            entry("run-done", 4, 50, km=3.0, pain=7), entry("walked", 4, 50, minutes=20, pain=6),
            entry("rescreened", 4, 50, answers={"pe": "yes"}),
            entry("rescreened", 4, 50, new_places=[["calf", "left"]]),
        ])
    )  # fmt: skip
    before, after = follows(world, story, diary), follows(world, story, [*diary, felt])

    assert at_least(after.disposition, before.disposition)
    assert not (before.refused and not after.refused)


def test_prevention_that_reports_pain_is_asked_where_and_not_called_unchanged(world: World) -> None:
    given: Given = world.beginning(WELL)[0]
    report = entry("reported", 5, 1, pain_worst=5)
    found = follows(world, "well", [report])

    assert given.pain == {}
    assert found.refused
