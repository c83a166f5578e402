"""One's own routine: same days, no muscle worked twice over, nothing withheld is recommended, all is said."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.training.violations import violations
from tests.training.virtual_runners import ACHILLES, HIP, KNEE, WELL
from weaklink.case.case_file import CaseError, read_given
from weaklink.case.given import Given
from weaklink.case.plan import Plan, Session
from weaklink.case.routine import plain, read_routine, routine_table
from weaklink.library.reading import Library
from weaklink.library.wording import shipped_wording
from weaklink.quantities import WEEKDAYS
from weaklink.reasoning.urgency import judged
from weaklink.training.dose.restrictions import never, too_early, too_hard
from weaklink.training.dose.session_days import later_day
from weaklink.training.dose.setting import Setting, setting
from weaklink.training.plan.own_routine import MOST_SETS_A_DAY, MOST_SETS_A_WEEK, own_sets
from weaklink.training.plan.plan_document import plan_document
from weaklink.training.plan.planning import make_plan

SETTINGS = settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
STORIES = {"knee": KNEE, "achilles": ACHILLES, "hip": HIP, "well": WELL}
NAMES = ("Bench press", "Kettlebell swing", "Pull-up", "Wall squats", "goblet squat", "Nordic curl")


def planned(
    story: str, routine: dict[str, Any], hard: tuple[str, ...], library: Library
) -> tuple[Given, Setting, Plan]:
    table: dict[str, Any] = {**STORIES[story], "hard_runs": list(hard), "routine": routine}
    said = read_given(table, library, assume_unanswered_no=True)
    disposition, ranked = judged(said, library)
    plan = make_plan(said, library, disposition, ranked, "greedy")
    assert isinstance(plan, Plan)
    assert violations(plan, said, library, disposition, ranked) == ()
    return said, setting(said, library, disposition, ranked), plan


def moves(library: Library) -> st.SearchStrategy[dict[str, Any]]:
    known = st.fixed_dictionaries(
        {"exercise": st.sampled_from(sorted(library.exercises)), "sets": st.integers(1, 8)}
    )
    free = st.fixed_dictionaries({"name": st.sampled_from(NAMES), "sets": st.integers(1, 8)})
    return st.one_of(known, free)


def routines(library: Library) -> st.SearchStrategy[dict[str, Any]]:
    days = st.lists(moves(library), min_size=1, max_size=4)
    return st.dictionaries(st.sampled_from(WEEKDAYS), days, min_size=1, max_size=4)


def sessions(plan: Plan) -> list[tuple[int, Session]]:
    return [(week.number, session) for week in plan.weeks for session in week.sessions]


@SETTINGS
@given(
    data=st.data(),
    story=st.sampled_from(sorted(STORIES)),
    hard=st.sampled_from([(), ("tue",), ("sun", "wed")]),
)
def test_the_limits_hold_whatever_somebody_does_already(
    library: Library, data: st.DataObject, story: str, hard: tuple[str, ...]
) -> None:
    routine = data.draw(routines(library))
    said, limits, plan = planned(story, routine, hard, library)
    for number, session in sessions(plan):
        own = own_sets(session.own, limits)
        ours = [item for item in session.items if item.kind == "exercise"]
        assert session.minutes <= said.minutes
        assert (
            math.ceil(sum(i.seconds for i in session.items if i.kind != "load-advice") / 60)
            == session.minutes
        )
        for area in own:
            added = sum(item.sets or 0 for item in ours if item.areas[:1] == (area,))
            assert own[area] + added <= max(MOST_SETS_A_DAY, own[area])
            assert added == 0 or own[area] < MOST_SETS_A_DAY
        done = {one.exercise for one in session.own if one.exercise and not one.leave_out}
        assert done.isdisjoint({item.id for item in ours})
        assert 0 <= session.own_place <= len(session.items)
        # Everything they wrote down for the day is shown, in their order.
        assert [one.name for one in session.own] == [m.name for m in said.routine.get(session.day, ())]
        _nothing_withheld_is_recommended(session, number, limits, library)


def _nothing_withheld_is_recommended(session: Session, week: int, limits: Setting, library: Library) -> None:
    for one in session.own:
        ids = [message.id for message in one.because]
        if not one.exercise:
            assert (one.leave_out, ids) == (False, ["routine.unknown"])
            continue
        exercise = library.exercises[one.exercise]
        why = never(exercise, limits.limits, library) or too_early(exercise, limits.limits, library, week)
        if limits.limits.heading != "prevention":
            why = why or too_hard(exercise, limits.limits, week)
        assert one.leave_out == (why is not None)
        assert ids == (["routine.leave-out", why.id] if why is not None else [])


@SETTINGS
@given(data=st.data(), story=st.sampled_from(sorted(STORIES)))
def test_no_area_passes_its_week_because_of_us(library: Library, data: st.DataObject, story: str) -> None:
    routine = data.draw(routines(library))
    _, limits, plan = planned(story, routine, (), library)
    from weaklink.training.plan.own_routine import own_items

    for week in plan.weeks:
        own = sum(
            (own_sets(own_items(day, limits, week.number), limits) for day in limits.given.routine),
            start=own_sets((), limits),
        )
        for area in own:
            added = sum(
                item.sets or 0 for session in week.sessions for item in session.items
                if item.kind == "exercise" and item.areas[:1] == (area,)
            )  # fmt: skip
            assert own[area] + added <= max(MOST_SETS_A_WEEK, own[area])


@SETTINGS
@given(data=st.data(), story=st.sampled_from(sorted(STORIES)), hard=st.sampled_from([(), ("tue",), ("sat",)]))
def test_days_are_theirs_where_recovery_allows(
    library: Library, data: st.DataObject, story: str, hard: tuple[str, ...]
) -> None:
    routine = data.draw(routines(library))
    said, _, plan = planned(story, routine, hard, library)
    days = [session.day for session in plan.weeks[0].sessions]
    free = [day for day in said.routine if later_day(day, 1) not in hard]

    for day in days:
        assert later_day(day, 1) not in hard
        if day not in free and free:
            assert not {later_day(day, 1), later_day(day, -1)} & set(said.routine) - {
                d for d in said.routine if d not in free
            }
    wished = said.days if isinstance(said.days, int) else len(said.days)
    places = sorted(WEEKDAYS.index(day) for day in days)
    gaps = [(b - a) % 7 or 7 for a, b in zip(places, [*places[1:], places[0]], strict=True)]

    assert len(days) <= wished
    assert not free or ([day for day in days if day in free] and min(gaps) >= 2)


def test_sentences_exist_for_everything_that_is_said(library: Library) -> None:
    routine = {
        "mon": [{"name": "Goblet squats", "sets": 5, "reps": 8}, {"name": "Bench press", "sets": 4}],
        "thu": [
            {"exercise": "romanian-deadlift", "sets": 6, "reps": 8},
            {"exercise": "clamshell", "sets": 4},
        ],
    }
    _, _, plan = planned("knee", routine, (), library)
    document = plan_document(plan, shipped_wording().say)
    monday = next(s for s in document["weeks"][0]["sessions"] if s["day"] == "mon")

    assert [one["name"] for one in monday["own"]] == ["Goblet squat", "Bench press"]
    assert monday["own"][0]["because"][0] == "Leave this out for now: Goblet squat."
    assert "not know this move" in monday["own"][1]["because"][0]
    assert any("days on which you lift already" in note for note in document["notes"])
    assert not any(note.startswith("You already do strength work") for note in document["notes"])


def test_the_weak_link_comes_before_ones_own_and_load_advice_first(library: Library) -> None:
    routine = {"mon": [{"name": "Pull-up", "sets": 3}]}
    _, limits, plan = planned("knee", routine, (), library)
    monday = next(session for _, session in sessions(plan) if session.day == "mon")
    before, after = monday.items[: monday.own_place], monday.items[monday.own_place :]
    leading = limits.focuses[0].area

    assert before[0].kind == "load-advice"
    assert all(item.areas[:1] == (leading,) or item.kind != "exercise" for item in before)
    # An unknown move may be heavy: what would tire for it comes after.
    assert all(library.exercises[i.id].level <= 2 for i in before if i.kind == "exercise")
    assert [i for i in after if i.kind == "exercise"]


def test_without_a_routine_nothing_changes(library: Library) -> None:
    said, _, plan = planned("knee", {}, (), library)

    assert said.routine == {}
    assert all(session.own == () for _, session in sessions(plan))
    assert "own" not in plan_document(plan, shipped_wording().say)["weeks"][0]["sessions"][0]


@pytest.mark.parametrize(
    ("routine", "says"),
    [
        ([], "given.routine: found []; expected a table"),
        ({"someday": []}, 'given.routine: unknown day "someday"'),
        ({"mon": {}}, "given.routine.mon: found {}"),
        ({"mon": [{"sets": 3}]}, "given.routine.mon[0].name"),
        ({"mon": [{"name": "x" * 61}]}, "given.routine.mon[0].name"),
        ({"mon": [{"name": "Row", "sets": 0}]}, "given.routine.mon[0].sets: found 0; expected a whole number from 1 to 20"),
        ({"mon": [{"name": "Row", "reps": 5, "hold_s": 5}]}, "given.routine.mon[0]: reps and hold_s"),
        ({"mon": [{"exercise": "goblet-squad"}]}, 'given.routine.mon[0].exercise: unknown exercise "goblet-squad"; nearest: goblet-squat'),
        ({"mon": [{"name": "Row", "weight": 5}]}, 'given.routine.mon[0]: unknown key "weight"'),
        ({"mon": [{"name": "Row"}] * 13}, "given.routine.mon: found"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(library: Library, routine: Any, says: str) -> None:
    with pytest.raises(CaseError) as found:
        read_given({"age": 30, "routine": routine}, library, assume_unanswered_no=True)

    assert says in str(found.value)
    assert "\n" not in str(found.value)


def test_names_that_we_know_become_ours_and_it_is_written_down_again(library: Library) -> None:
    table = {"tue": [{"name": " wall-squats", "sets": 2, "hold_s": 5}, {"name": "Bench press"}]}
    found = read_routine(table, library)

    assert found["tue"][0].exercise == "wall-squat"
    assert (found["tue"][1].exercise, found["tue"][1].sets) == ("", 3)
    assert read_routine(routine_table(found), library) == found
    assert plain("Wall-Squats ") == plain("wall squat")
