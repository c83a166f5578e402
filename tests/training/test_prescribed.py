"""What holds for every plan with a physiotherapist's moves: whose doses, whose tissues, and what waits."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as runs
from hypothesis import strategies as st

from tests.searches import reach
from tests.training.making import (
    SELF_MANAGE,
    WAITING,
    differential,
    differentials,
    dispositions,
    runners,
    sore_knee,
)
from weaklink.case.disposition import Disposition
from weaklink.case.given import Given, PainPlace
from weaklink.case.hypothesis import Differential
from weaklink.case.plan import Plan
from weaklink.case.prescribed_move import PrescribedMove
from weaklink.case.prescription import tissues_prescribed
from weaklink.library.reading import Library, shipped_library
from weaklink.library.tissues import tissues_in, tissues_of
from weaklink.quantities import WEEKDAYS
from weaklink.reasoning.triage import triage
from weaklink.training.dose.phased import followed
from weaklink.training.plan.planning import make_plan
from weaklink.training.prescribed.held_back import held_back
from weaklink.training.prescribed.prescribed_week import seconds_of

SHIPPED = shipped_library()
HOPS = PrescribedMove(move="pogo-hop", sets=2, reps=10, days=("mon",))
OWN = PrescribedMove(named="Step down", areas=("quads",), jumps=False, sets=3, reps=8, days=("mon",))
NOBODY = differential()
wide = settings(max_examples=reach(12, 60), deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def prescriptions(draw: st.DrawFn) -> tuple[PrescribedMove, ...]:
    """Any plan of one to five moves, ours and own words."""
    names = draw(st.lists(st.sampled_from(sorted(SHIPPED.exercises)), min_size=0, max_size=3, unique=True))
    own = draw(st.lists(st.sampled_from(("drops", "bridge thing", "wobble")), max_size=2, unique=True))
    found = []
    for name in (*names, *own):
        days = draw(st.sets(st.sampled_from(WEEKDAYS), min_size=1, max_size=7))
        dose = {
            "sets": draw(st.integers(1, 6)),
            "reps": draw(st.integers(1, 40)),
            "hold_s": draw(st.none() | st.integers(1, 60)),
            "days": tuple(day for day in WEEKDAYS if day in days),
            "side": draw(st.sampled_from(("both", "none", "left"))),
        }
        if name in SHIPPED.exercises:
            found.append(PrescribedMove(move=name, **dose))
        else:
            areas = draw(st.sets(st.sampled_from(sorted(SHIPPED.areas)), max_size=3))
            jumps = draw(st.sampled_from((True, False, None)))
            found.append(PrescribedMove(named=name, areas=tuple(sorted(areas)), jumps=jumps, **dose))
    return tuple(found) or (HOPS,)


STORIES = st.tuples(
    runners(tuple(SHIPPED.regions)),
    dispositions(tuple(SHIPPED.guards)),
    differentials(tuple(SHIPPED.areas), tuple(SHIPPED.conditions)),
    prescriptions(),
)
Story = tuple[Given, Disposition, Differential, tuple[PrescribedMove, ...]]


def planned(story: Story) -> tuple[Given, Plan]:
    given, disposition, ranked, moves = story
    given = msgspec.structs.replace(given, prescribed=moves)
    plan = make_plan(given, SHIPPED, disposition, ranked, "greedy")
    assert isinstance(plan, Plan), "their plan is never in conflict"
    return given, plan


@pytest.mark.search
@wide
@runs(story=STORIES)
def test_nothing_of_ours_trains_what_theirs_does(story: Story) -> None:
    given, plan = planned(story)
    theirs = tissues_prescribed(given.prescribed, SHIPPED)
    areas = {area for move in given.prescribed for area in (*move.areas, *_areas(move.move))}

    for week in plan.weeks:
        ours = [item for session in week.sessions for item in session.items if item.kind != "load-advice"]
        for item in (*ours, *week.run_day_stretches):
            assert areas.isdisjoint(item.areas), item.id
            assert theirs.isdisjoint(tissues_of(SHIPPED.exercises[item.id], SHIPPED)), item.id


def _areas(name: str) -> list[str]:
    return SHIPPED.exercises[name].areas if name else []


@pytest.mark.search
@wide
@runs(story=STORIES)
def test_every_move_stands_on_its_days_first_and_as_it_was_given(story: Story) -> None:
    given, plan = planned(story)
    by_slot = {move.slot: move for move in given.prescribed}
    assert plan.weeks[0].sessions

    for week in plan.weeks:
        for session in week.sessions:
            wanted = [move.slot for move in given.prescribed if session.day in move.days]
            assert [item.slot for item in session.prescribed] == wanted
            for item in session.prescribed:
                move = by_slot[item.slot]
                assert (item.sets, item.reps, item.hold_s, item.side, item.load) == (
                    move.sets,
                    move.reps,
                    move.hold_s,
                    move.side,
                    move.load,
                )
        given_days = {
            d for move in given.prescribed for d in move.days if _is_given(move, story, week.number)
        }
        assert given_days <= {session.day for session in week.sessions}


def _is_given(move: PrescribedMove, story: Story, week: int) -> bool:
    given, disposition, ranked, moves = story
    setting = followed(msgspec.structs.replace(given, prescribed=moves), SHIPPED, disposition, ranked)
    return held_back(move, setting, week) is None


@pytest.mark.search
@wide
@runs(story=STORIES)
def test_ours_take_no_more_than_the_minutes_theirs_leave(story: Story) -> None:
    given, plan = planned(story)

    for week in plan.weeks:
        for session in week.sessions:
            theirs = seconds_of(session.prescribed)
            ours = sum(item.seconds for item in session.items if item.kind != "load-advice")
            assert ours == 0 or ours + theirs <= given.minutes * 60
            assert session.minutes == -(-(ours + theirs) // 60)


@pytest.mark.search
@wide
@runs(story=STORIES)
def test_what_of_ours_is_given_beside_theirs_may_be_given_without_them(story: Story) -> None:
    """Nothing of ours is let in by a prescription."""
    given, plan = planned(story)
    alone = followed(msgspec.structs.replace(given, prescribed=()), SHIPPED, story[1], story[2])
    allowed = {week: {one.id for one in alone.admitted(1 if week < 3 else 3)} for week in (1, 2, 3, 4)}

    for week in plan.weeks:
        ours = {i.id for session in week.sessions for i in session.items if i.kind != "load-advice"}
        assert ours <= allowed[week.number]


@pytest.mark.search
@wide
@runs(story=STORIES)
def test_triage_is_the_same_whatever_was_prescribed(story: Story) -> None:
    given, _, _, moves = story
    asked = msgspec.structs.replace(given, prescribed=moves)
    alarming = msgspec.structs.replace(given, answers={"night-rest-pain": "yes"})

    assert triage(asked, SHIPPED) == triage(given, SHIPPED)
    assert triage(msgspec.structs.replace(alarming, prescribed=moves), SHIPPED) == triage(alarming, SHIPPED)
    assert triage(asked, SHIPPED).guards == triage(given, SHIPPED).guards


def test_no_programme_is_followed_beside_theirs() -> None:
    ranked = differential(conditions={"patellofemoral-pain": "likely"})
    knee = sore_knee(tests={})
    alone, with_theirs = (
        followed(msgspec.structs.replace(knee, prescribed=moves), SHIPPED, SELF_MANAGE, ranked)
        for moves in ((), (OWN,))
    )

    assert alone.programme is not None
    assert with_theirs.programme is None


# --- what waits --------------------------------------------------------------------------------------------


def waits(
    move: PrescribedMove, disposition: Disposition = SELF_MANAGE, library: Library = SHIPPED, **given: object
):
    knee = sore_knee(prescribed=(move,), **given)
    return held_back(move, followed(knee, library, disposition, NOBODY), 1)


def test_what_was_agreed_counts_for_its_reason_alone() -> None:
    found = waits(HOPS)
    assert found is not None
    assert found.asks
    assert {one.split("-")[0] for one in found.about} == {"gate", "level"}

    some, all_of_it = (
        msgspec.structs.replace(HOPS, agreed=agreed) for agreed in (found.about[:1], found.about)
    )
    left = waits(some)
    assert left is not None
    assert left.about == found.about[1:]
    assert waits(all_of_it) is None
    elsewhere = msgspec.structs.replace(HOPS, agreed=("gate-another-gate", "level-prevention"))
    assert waits(elsewhere) == found


GUARDED = [
    Disposition(tier="self-manage", allows="all", guards=("osteoporosis",)),
    Disposition(tier="self-manage", allows="all", guards=("minor",)),
    Disposition(tier="self-manage", allows="all", guards=("pregnant",)),
    Disposition(tier="see-professional", allows="no-impact"),
    WAITING,
]


@pytest.mark.parametrize("disposition", GUARDED)
def test_with_a_guard_a_bone_in_question_or_a_referral_nobody_can_agree(disposition: Disposition) -> None:
    found = waits(HOPS, disposition)
    assert found is not None
    assert not found.asks

    agreed = msgspec.structs.replace(HOPS, agreed=("gate", *found.about))
    assert waits(agreed, disposition) is not None
    plan = make_plan(sore_knee(prescribed=(agreed,)), SHIPPED, disposition, NOBODY, "greedy")
    assert isinstance(plan, Plan)
    theirs = [item for session in plan.weeks[0].sessions for item in session.prescribed]
    assert all(item.waits and item.about == () for item in theirs)
    assert not any(session.minutes and not session.items for session in plan.weeks[0].sessions)


def test_a_bone_in_question_holds_back_hops_and_own_words() -> None:
    bone = next(name for name, one in SHIPPED.conditions.items() if one.pain_profile == "bone")
    ranked = differential(conditions={bone: "likely"})

    for move in (HOPS, OWN):
        agreed = msgspec.structs.replace(move, agreed=("waits-for-care", "gate", "tag-impact"))
        shin = sore_knee(prescribed=(agreed,), pain_at=(PainPlace("shin-medial", "left"),))
        found = held_back(agreed, followed(shin, SHIPPED, SELF_MANAGE, ranked), 1)
        assert found is not None
        assert not found.asks


def test_own_words_wait_wherever_care_is_asked_for() -> None:
    jumping, unsaid = (msgspec.structs.replace(OWN, jumps=jumps) for jumps in (True, None))
    osteoporosis = Disposition(tier="self-manage", allows="all", guards=("osteoporosis",))
    minor = Disposition(tier="self-manage", allows="all", guards=("minor",))

    assert waits(OWN) is None
    assert [waits(move).because[0].id for move in (jumping, unsaid)] == [
        "prescribed.waits-jumps",
        "prescribed.waits-unsaid",
    ]
    assert waits(OWN, WAITING).because[0].id == "prescribed.waits-to-be-seen"
    assert waits(OWN, minor).because[0].id == "prescribed.waits-for-care"
    assert waits(OWN, osteoporosis) is None
    assert not waits(unsaid, osteoporosis).asks


def test_without_pain_a_jump_in_own_words_is_theirs_to_know() -> None:
    assert waits(msgspec.structs.replace(OWN, jumps=True), pain_at=(), pain={}) is None


def test_a_stretch_of_theirs_is_the_same_tissue_as_our_exercise_for_it() -> None:
    stretch = PrescribedMove(move="hamstring-stretch", sets=1, hold_s=30, days=("mon",))
    theirs = tissues_prescribed((stretch,), SHIPPED)

    assert tissues_in(["hamstrings"], SHIPPED) <= theirs
    assert not theirs.isdisjoint(tissues_of(SHIPPED.exercises["nordic-hamstring"], SHIPPED))
    assert theirs.isdisjoint(tissues_of(SHIPPED.exercises["clamshell"], SHIPPED))
