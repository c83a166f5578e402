"""Doors of programmes: met by what was said, done and measured, never by silence, never by the calendar alone."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.written_diaries import past_of
from weaklink.case.diary import Away, RunDone, read_entry
from weaklink.case.given import Given, PainPlace, Result
from weaklink.case.load import Load
from weaklink.case.standing import standing
from weaklink.library.programme_records import Milestone, Programme, ProgrammePhase
from weaklink.library.reading import shipped_library
from weaklink.training.course.day_told import days_told
from weaklink.training.course.doorway import Doorway, Guide, WeekBegun, bare_reps, is_enough
from weaklink.training.course.outcome import weeks_of_programme
from weaklink.training.course.past import Past
from weaklink.training.course.session_record import MoveRecord
from weaklink.training.programme.doors import (
    Met,
    beginning,
    doors_ahead,
    every_door,
    gates_behind,
    gates_open,
    met,
    moved_back,
    moved_on,
    passage,
    skipped,
    through,
    watched,
)
from weaklink.training.programme.evidence import DoorEvidence, MoveShown, Ways, Whose, key_of, shows, whose
from weaklink.training.programme.foothold import Foothold
from weaklink.training.programme.phases import in_order, phase_of

LIBRARY = shipped_library()
GATES = LIBRARY.gates
PROGRAMMES = [p for p in LIBRARY.programmes.values() if p.status != "retired"]
ACHILLES = LIBRARY.programmes["achilles-mid"]
LEFT = Whose(age=40, sex="male", mass_kg=80, sides=frozenset({"left"}))
LIMIT = 3


def wants(**parts: Any) -> Milestone:
    return Milestone(says="something", **parts)


def knows(**parts: Any) -> DoorEvidence:
    return DoorEvidence(**{"whose": LEFT, **parts})


def raises(left: Result | None, right: Result | None = None) -> DoorEvidence:
    sides = {"left": left, "right": right}
    found = {side: result for side, result in sides.items() if result is not None}
    return knows(tests={"sl-heel-raise-reps": found})


TEST = {"test": "sl-heel-raise-reps"}
SAID: list[tuple[Milestone, DoorEvidence, Met]] = [
    (wants(**TEST, least=20), knows(), "not-said"),
    (wants(**TEST, least=20), raises(None, Result(value=30)), "not-said"),
    (wants(**TEST, least=20), raises(Result(value=20)), "met"),
    (wants(**TEST, least=20), raises(Result(value=19), Result(value=30)), "not-yet"),
    (wants(**TEST, least=20), raises(Result(pain=1)), "not-said"),
    (wants(**TEST, of_other_side=0.9), raises(Result(value=18)), "not-said"),
    (wants(**TEST, of_other_side=0.9), raises(Result(value=18), Result(value=20)), "met"),
    (wants(**TEST, of_other_side=0.9), raises(Result(value=17), Result(value=20)), "not-yet"),
    (wants(**TEST, pain_most=2), raises(Result(value=5)), "not-said"),
    (wants(**TEST, pain_most=2), raises(Result(value=5, pain=2)), "met"),
    (wants(**TEST, pain_most=2), raises(Result(value=5, pain_at={"deg-45": 3})), "not-yet"),
    (wants(**TEST, option="fine"), raises(Result(option="fine")), "met"),
    (wants(**TEST, option="fine"), raises(Result(option="poor")), "not-yet"),
    (wants(pain="stairs"), knows(), "not-said"),
    (wants(lifts_much=True), knows(), "not-said"),
    (wants(lifts_much=True), knows(whose=msgspec.structs.replace(LEFT, lifts_much=False)), "not-yet"),
    (wants(lifts_much=True), knows(whose=msgspec.structs.replace(LEFT, lifts_much=True)), "met"),
    (wants(pain="stairs"), knows(pains={"stairs": 3}), "met"),
    (wants(pain="stairs", pain_most=2), knows(pains={"stairs": 3}), "not-yet"),
    (wants(settled_weeks=2), knows(), "not-said"),
    (wants(settled_weeks=2), knows(settled=1), "not-yet"),
    (wants(settled_weeks=2), knows(settled=2), "met"),
    (wants(weeks=2), knows(weeks_in=2), "not-yet"),
    (wants(weeks=2), knows(weeks_in=3), "met"),
    (wants(asked="nights"), knows(), "not-said"),
    (wants(asked="nights"), knows(answers={"nights": "unsure"}), "not-yet"),
    (wants(asked="nights"), knows(answers={"nights": "yes"}), "met"),
    (wants(gate="nowhere"), knows(), "not-said"),
    (wants(gate="plyo-1"), knows(), "not-said"),
    (wants(gate="plyo-1"), knows(open=frozenset({"plyo-1"})), "met"),
    (wants(exercise="bridge-double", reps=12), knows(), "not-yet"),
    (wants(asked="a", any_of=[wants(asked="b")]), knows(answers={"b": "yes"}), "met"),
    (wants(asked="a", any_of=[wants(asked="b")]), knows(answers={"b": "no"}), "not-said"),
]


@pytest.mark.parametrize(("one", "known", "found"), SAID)
def test_a_milestone_is_met_not_yet_or_not_said(one: Milestone, known: DoorEvidence, found: Met) -> None:
    assert met(one, known, GATES, LIMIT) == found


def test_what_was_counted_in_a_test_hurt_no_more_than_the_test_lets_it() -> None:
    one = wants(test="t", least=10, pain_most=5)
    silent, told = {"left": Result(value=12)}, {"left": Result(value=12, pain=6)}
    unable = {"left": Result(value=None)}

    assert met(one, knows(tests={"t": silent}), GATES, LIMIT) == "not-said"
    assert met(one, knows(tests={"t": silent}, stops={"t": 6}), GATES, LIMIT) == "not-said"
    assert met(one, knows(tests={"t": silent}, stops={"t": 5}), GATES, LIMIT) == "met"
    assert met(one, knows(tests={"t": told}, stops={"t": 5}), GATES, LIMIT) == "not-yet"
    assert met(one, knows(tests={"t": unable}, stops={"t": 5}), GATES, LIMIT) == "not-said"


def test_a_harder_way_of_a_move_shows_it_as_well() -> None:
    ways = Ways(harder={"e": frozenset({"f"})})
    one = wants(exercise="e", reps=8, held=0.25, pain_most=3)
    harder = MoveShown(exercise="f", sets=3, whole=True, reps=8, pain=3)

    def shown(**parts: Any) -> bool:
        return shows(one, msgspec.structs.replace(harder, **parts), ways, LEFT, LIMIT)

    assert shown()
    assert not shown(pain=4)
    assert not shown(pain=None)
    assert shown(reps=6)  # two thirds of them are enough in a harder way
    assert not shown(reps=5)
    assert not shown(exercise="g")
    assert not shown(exercise="e")  # the move itself wants its weight


def test_both_sides_count_where_both_or_none_hurt() -> None:
    both = {"left": Result(value=21), "right": Result(value=14)}
    anywhere = msgspec.structs.replace(LEFT, sides=frozenset())
    for sides in (frozenset(), frozenset({"left", "right"})):
        known = DoorEvidence(whose=msgspec.structs.replace(LEFT, sides=sides), tests={"t": both})
        assert met(wants(test="t", least=20), known, GATES, LIMIT) == "not-yet"
        assert met(wants(test="t", of_other_side=0.8), known, GATES, LIMIT) == "not-yet"
    alone = DoorEvidence(whose=LEFT, tests={"t": {"none": Result(value=25)}})
    assert met(wants(test="t", least=20), alone, GATES, LIMIT) == "met"
    assert met(wants(test="t", least=20), DoorEvidence(whose=anywhere), GATES, LIMIT) == "not-said"


def test_age_and_sex_choose_the_mark() -> None:
    one = wants(test="t", least=20, least_older=15)
    for age, found in ((59, "not-yet"), (60, "met")):
        known = DoorEvidence(
            whose=msgspec.structs.replace(LEFT, age=age), tests={"t": {"left": Result(value=15)}}
        )
        assert met(one, known, GATES, LIMIT) == found
    heavy = wants(exercise="e", held=0.25, held_young_man=0.4)
    done = MoveShown(exercise="e", sets=3, whole=True, reps=8, kg=24, pain=0)
    for sex, age, enough in (
        ("male", 40, False),
        ("not-said", 40, False),
        ("female", 40, True),
        ("male", 50, True),
    ):
        who = msgspec.structs.replace(LEFT, sex=sex, age=age)
        assert shows(heavy, done, Ways(), who, LIMIT) == enough


def test_of_hops_every_bout_counts_however_short_the_session() -> None:
    bouts = wants(exercise="pogo-hop", sets=10, hold_s=10)
    gated = Ways(gated=frozenset({"pogo-hop"}))
    five, ten = (MoveShown(exercise="pogo-hop", sets=n, whole=True, hold_s=10, pain=0) for n in (5, 10))

    assert not shows(bouts, five, gated, LEFT, LIMIT)
    assert shows(bouts, ten, gated, LEFT, LIMIT)
    assert shows(bouts, five, Ways(), LEFT, LIMIT)  # of any other move a short session is whole as it is


def test_what_is_shown_is_whole_painless_enough_and_told() -> None:
    one = wants(exercise="e", sets=3, reps=12)
    done = MoveShown(exercise="e", sets=3, whole=True, reps=12, pain=3)

    def holds(milestone: Milestone = one, **parts: Any) -> bool:
        return shows(
            milestone, msgspec.structs.replace(done, **parts), Ways(main=frozenset({"main"})), LEFT, LIMIT
        )

    assert holds()
    assert holds(sets=2)  # a short session asked for two, and both were done
    assert not holds(sets=1)
    assert not holds(sets=2, whole=False)
    assert not holds(reps=11)
    assert not holds(reps=None)
    assert holds(reps=8, bare_reps=15)
    assert not holds(pain=None)
    assert not holds(pain=4)
    assert not holds(exercise="other")
    assert holds(wants(main_move=True, reps=12), exercise="main")
    assert not holds(wants(exercise="e", hold_s=30))
    assert holds(wants(exercise="e", hold_s=30), hold_s=30, reps=None)
    assert not holds(wants(exercise="e", held=0.1))
    assert holds(wants(exercise="e", held=0.1), kg=8)
    assert not shows(wants(exercise="e", held=0.1), done, Ways(), Whose(age=40), LIMIT)


def test_the_start_says_who_it_is() -> None:
    said = Given(age=61, sex="female", mass_kg=60, pain_at=(PainPlace("a", "left"), PainPlace("b", "none")))
    found = whose(msgspec.structs.replace(said, pain={"run": 3}))

    assert (found.age, found.sides, found.pains) == (61, {"left"}, {"run": 3})


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda one: one.id)
def test_silence_and_time_alone_open_nothing(programme: Programme) -> None:
    known = DoorEvidence(whose=Whose(age=40), weeks_in=52)
    foothold = beginning(programme, DoorEvidence(whose=Whose(age=40)), GATES)
    for phase in in_order(programme):
        there = msgspec.structs.replace(foothold, phase=phase.id, week=52)
        ahead = passage(programme, there, known, GATES)
        doors = [one for one in (ahead.seen if ahead else ()) if one.says]
        waited = [one for one in every_door(programme, GATES) if one.weeks is None]
        if ahead is not None and any(one.says == seen.says for one in waited for seen in doors):
            assert moved_on(programme, there, known, GATES) is None, phase.id
    assert gates_open(programme, known, GATES) == ()


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda one: one.id)
def test_every_phase_can_be_reached_and_left_backwards(programme: Programme) -> None:
    everything = DoorEvidence(
        whose=LEFT, weeks_in=200, settled=200,
        shown={key_of(one): 99 for one in watched(programme, GATES)},
        answers={one.asked: "yes" for d in every_door(programme, GATES) for one in (d, *d.any_of) if one.asked},
        pains=dict.fromkeys(("run", "walk", "stairs", "sit", "night", "rest", "morning", "jump"), 0),
        tests={
            one.test: {side: Result(value=10_000, option=one.option or None, pain=0) for side in ("left", "right")}
            for d in every_door(programme, GATES) for one in (d, *d.any_of) if one.test
        },
        open=frozenset(gate.id for gate in gates_behind(programme, GATES)),
    )  # fmt: skip
    foothold: Foothold | None = Foothold(programme=programme.id, phase=programme.phases[0].id, week=200)
    seen: list[str] = []
    while foothold is not None:
        seen.append(foothold.phase)
        last = foothold
        foothold = moved_on(programme, foothold, everything, GATES)
    assert seen == [phase.id for phase in in_order(programme)]
    for _ in seen[1:]:
        back = moved_back(programme, last)
        assert back is not None
        assert back.open == ()
        last = back
    assert moved_back(programme, last) is None


@given(pain=st.integers(0, 10), more=st.integers(0, 10), reps=st.integers(0, 30), fewer=st.integers(0, 30))
def test_more_pain_or_less_done_never_opens_a_door(pain: int, more: int, reps: int, fewer: int) -> None:
    one = wants(exercise="e", sets=3, reps=12)

    def holds(pain: int, reps: int) -> bool:
        done = MoveShown(exercise="e", sets=3, whole=True, reps=reps, pain=pain)
        return shows(one, done, Ways(), LEFT, LIMIT)

    assert holds(max(pain, more), min(reps, fewer)) <= holds(pain, reps)


def test_a_phase_that_is_not_needed_is_left_out_only_by_what_was_said() -> None:
    first = ACHILLES.phases[0]
    assert not skipped(first, DoorEvidence(whose=LEFT), GATES, 5)
    done = DoorEvidence(whose=LEFT, tests={"sl-heel-raise-reps": {"left": Result(value=18, pain=3)}})
    assert skipped(first, done, GATES, 5)
    assert beginning(ACHILLES, done, GATES).phase == "load"
    assert beginning(ACHILLES, DoorEvidence(whose=LEFT), GATES).phase == "start"


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda one: one.id)
def test_after_the_last_phase_nothing_is_asked_for(programme: Programme) -> None:
    *before, last = in_order(programme)
    here = Foothold(programme=programme.id, phase=last.id)

    assert doors_ahead(programme, here, GATES) == []
    assert passage(programme, here, DoorEvidence(whose=LEFT), GATES) is None
    for phase in before:
        assert passage(
            programme, msgspec.structs.replace(here, phase=phase.id), DoorEvidence(whose=LEFT), GATES
        )


def test_what_is_next_waits_for_its_week_and_not_behind_a_gate_at_the_start() -> None:
    ready = Programme(
        id="p", status="draft", last_checked=ACHILLES.last_checked, sources=[], name="P", pain_most=3,
        settles="next-morning", evidence="", running="",
        phases=[
            ProgrammePhase(id="a", name="A", skip_if=[wants(weeks=0)], leave=[wants(weeks=0)]),
            ProgrammePhase(id="b", name="B", earliest_week=4),
        ],
    )  # fmt: skip
    known = DoorEvidence(whose=LEFT, weeks_in=3)
    start = beginning(ready, known, {})
    assert start.phase == "a"
    assert moved_on(ready, msgspec.structs.replace(start, week=3), known, {}) is None
    then = moved_on(ready, msgspec.structs.replace(start, week=4), known, {})
    assert then is not None
    assert (then.phase, then.since, then.weeks_in) == ("b", 4, 1)
    assert phase_of(ready, "gone").id == "a"
    first = msgspec.structs.replace(ready.phases[0], next_at_once=True)
    assert beginning(msgspec.structs.replace(ready, phases=[first, ready.phases[1]]), known, {}).phase == "b"


def fold_weeks(programme: Programme, weeks: int, **week: Any) -> tuple[Doorway, list[bool]]:
    """A doorway that saw so many weeks of nothing but these."""
    guide = Guide(programme=programme, gates=GATES, whose=LEFT)
    began = datetime.date(2026, 11, 2)
    found = Doorway()
    found.begin(guide)
    stages = [
        found.pass_week(
            guide,
            Past(),
            WeekBegun(
                number=number,
                begins=began + datetime.timedelta(days=7 * (number - 1)),
                course_began=began,
                **week,
            ),
        )
        for number in range(2, weeks + 2)
    ]
    return found, stages


def test_a_programme_is_through_before_its_gates_once_the_tests_of_its_phase_are_passed() -> None:
    even = raises(Result(value=19), Result(value=20))
    found = {
        phase.id: through(ACHILLES, Foothold(programme="achilles-mid", phase=phase.id), even, GATES)
        for phase in in_order(ACHILLES)
    }

    assert found == {"start": False, "load": False, "heavy-slow": True, "keep": True}
    heavy = Foothold(programme="achilles-mid", phase="heavy-slow")
    assert not through(ACHILLES, heavy, raises(Result(value=17), Result(value=20)), GATES)
    assert not through(ACHILLES, heavy, knows(), GATES)  # nobody measured it


def test_a_step_of_repetitions_is_another_stage_and_a_week_alone_is_none() -> None:
    heavy = msgspec.structs.replace(
        ACHILLES, phases=[phase for phase in ACHILLES.phases if phase.id == "heavy-slow"]
    )
    _, stages = fold_weeks(heavy, 9)

    assert [number for number, other in enumerate(stages, 2) if other] == [2, 4, 6, 9]


def test_bad_weeks_lead_one_phase_back_and_not_two_at_once() -> None:
    order = in_order(ACHILLES)
    guide = Guide(programme=ACHILLES, gates=GATES, whose=LEFT)
    door = Doorway(foothold=Foothold(programme=ACHILLES.id, phase=order[2].id, since=1, week=3))
    seen = []
    for number in range(4, 9):
        door.pass_week(
            guide,
            Past(),
            WeekBegun(
                number=number,
                begins=datetime.date(2026, 11, 2) + datetime.timedelta(days=7 * (number - 1)),
                course_began=datetime.date(2026, 11, 2),
                bad_weeks=number - 1,
            ),
        )
        assert door.foothold is not None
        seen.append(door.foothold.phase)

    assert seen == [order[1].id, order[1].id, order[0].id, order[0].id, order[0].id]


def test_green_weeks_widen_what_a_move_may_do() -> None:
    calm, _ = fold_weeks(ACHILLES, 4, green=True)
    still, _ = fold_weeks(ACHILLES, 4)

    assert calm.foothold is not None
    assert still.foothold is not None
    assert (calm.foothold.wide, still.foothold.wide) == (5, 1)


def told(*entries: Any) -> Past:
    return past_of(*(read_entry(entry) for entry in entries))


def morning(day: int, pain: int, stiff: int = 0, **more: Any) -> dict[str, Any]:
    date = datetime.date(2026, 11, 2) + datetime.timedelta(days=day)
    at = f"{date}T07:00:00+00:00"
    return {"kind": "morning", "id": f"morning-{day:03}", "at": at, "date": str(date), "pain": pain,
            "stiff_min": stiff, **more}  # fmt: skip


def week_begun(number: int, **more: Any) -> WeekBegun:
    began = datetime.date(2026, 11, 2)
    begins = began + datetime.timedelta(days=7 * (number - 1))
    return WeekBegun(number=number, begins=begins, course_began=began, **more)


def test_weeks_are_settled_against_the_first_mornings_and_only_when_told() -> None:
    guide = Guide(programme=ACHILLES, gates=GATES, whose=LEFT)
    past = told(
        *(morning(day, 2, 10) for day in (0, 2, 4, 7, 9, 11)),
        *(morning(day, 3, 15) for day in (14, 16, 18)),
        morning(21, 2, 10), morning(22, 2, 10), morning(23, 4, 10), morning(28, 2, 10),
    )  # fmt: skip
    door, seen = Doorway(), []
    for number in range(2, 7):
        door.pass_week(guide, past, week_begun(number))
        seen.append(door.settled)

    assert seen == [1, 2, 3, 0, None]
    late = Doorway()
    for number in range(2, 6):
        late.pass_week(guide, told(*(morning(day, 5, 60) for day in (21, 22, 23))), week_begun(number))
    assert late.settled == 1  # nobody knows what was usual


def test_nights_count_for_two_weeks() -> None:
    guide = Guide(programme=ACHILLES, gates=GATES, whose=LEFT)
    past = told(morning(0, 1, night=4, rest=2), morning(10, 1, night=1))
    foothold = Foothold(programme=ACHILLES.id, phase="start")
    door = Doorway(foothold=foothold)

    def pains(day: int) -> dict[str, int]:
        date = datetime.date(2026, 11, 2) + datetime.timedelta(days=day)
        return dict(door.evidence(guide, past, date, foothold).pains)

    assert pains(12) == {"night": 4, "rest": 2}
    assert pains(20) == {"night": 1}
    assert pains(40) == {}


def test_a_set_with_a_weight_is_worth_more_repetitions_without() -> None:
    guide = Guide(programme=ACHILLES, gates=GATES, whose=LEFT, shares={"sit-to-stand": 0.85})
    heavy = MoveRecord(slot="a", exercise="sit-to-stand", reps=8, load=Load(kind="rucksack", kg=17), pain=1)

    assert bare_reps(heavy, guide) == 17  # (68 + 17) x (1 + 8/30) / 68, less one, times 30
    assert bare_reps(msgspec.structs.replace(heavy, load=None), guide) is None
    assert bare_reps(msgspec.structs.replace(heavy, reps=25), guide) is None
    assert bare_reps(msgspec.structs.replace(heavy, exercise="plank"), guide) is None


def test_runs_count_when_long_calm_and_without_a_limp() -> None:
    run = {"kind": "run-done", "at": "2026-11-03T07:00:00+00:00", "date": "2026-11-03", "km": 5}
    one = wants(pain="run", minutes=30, without_limp=True)

    def counts(milestone: Milestone = one, **parts: Any) -> bool:
        entry = read_entry({**run, "id": "run-00001", **{"minutes": 30, "pain": 2, **parts}})
        assert isinstance(entry, RunDone)
        return is_enough(milestone, entry, ACHILLES)

    assert counts()
    assert not counts(minutes=29)
    assert not counts(minutes=None)
    assert not counts(pain=None)
    assert not counts(pain=6)
    assert not counts(limped=True)
    assert not counts(wants(pain="run", pain_most=1))


def test_the_newest_test_counts_and_one_that_cannot_be_read_is_none() -> None:
    raises_test = LIBRARY.clinical_tests["sl-heel-raise-reps"]
    guide = Guide(programme=ACHILLES, gates=GATES, whose=LEFT, tests={raises_test.id: raises_test})
    again = {"kind": "tested", "id": "tested-0001", "at": "2026-11-20T07:00:00+00:00"}
    foothold = Foothold(programme=ACHILLES.id, phase="start")

    def left(said: Any) -> Any:
        past = told({**again, "tests": {raises_test.id: {"left": said}}})
        known = Doorway().evidence(guide, past, datetime.date(2026, 11, 21), foothold)
        return known.tests.get(raises_test.id)

    assert left(14) == {"left": Result(value=14)}
    assert left("many") is None


def test_the_last_answer_and_the_last_pain_of_a_moment_stand_whatever_came_in_first() -> None:
    def reviewed(day: int, said: str, pain: int) -> dict[str, Any]:
        return {"kind": "reviewed", "id": f"reviewed-{day:02}", "at": f"2026-11-{day:02}T07:00:00+00:00",
                "answers": {"nights": said}, "pains": {"stairs": pain}}  # fmt: skip

    one, two, three = reviewed(3, "no", 5), reviewed(9, "yes", 2), reviewed(6, "unsure", 4)
    for order in ((one, two, three), (three, two, one), (two, one, three)):
        found = Past()
        for entry in order:
            for day in days_told([read_entry(entry)]):
                found.take(day)
        assert found.reviewed.answers["nights"][1] == "yes"
        assert found.reviewed.pains["stairs"][1] == 2


def test_a_programme_lasts_its_weeks_and_only_where_it_was_done() -> None:
    assert weeks_of_programme(["tendon"], 0.7) == weeks_of_programme(["bone"], 1.0) == 12
    assert weeks_of_programme(["joint"], 0.9) == weeks_of_programme(["spine", "joint"], 0.7) == 8
    assert weeks_of_programme(["joint", "tendon"], 0.9) == 12
    assert weeks_of_programme(["joint"], 0.69) > 1000


def test_of_two_tellings_of_what_is_in_the_way_the_fever_counts() -> None:
    def away(why: str, hour: int) -> dict[str, Any]:
        return {"kind": "away", "id": "away-00001", "at": f"2026-11-03T{hour:02}:00:00+00:00", "why": why}

    for first, then in (("fever", "travel"), ("travel", "fever")):
        told_twice = [read_entry(away(first, 7)), read_entry(away(then, 9))]
        assert [entry.why for entry in standing(told_twice).entries if isinstance(entry, Away)] == ["fever"]
