"""Worried clinician: weeks in which danger hides behind calm days, half answers, or two tellings of one thing."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
import pytest

from tests.care.diarist import Diarist, on
from tests.training.session_rules import happen
from tests.training.session_state import begin
from tests.training.virtual_runners import ACHILLES, KNEE, WELL, World, unphased
from tests.written_diaries import phases_of
from weaklink.care.begin import assess
from weaklink.care.diary_views import running_document
from weaklink.care.entry_reader import EntryReader, read_entries
from weaklink.care.filing import put_together
from weaklink.care.folding import Diary
from weaklink.care.follow_up import WHERE
from weaklink.care.keeping_diary import KeptCourse, kept_entry
from weaklink.care.train import SessionRequest, Today, Trainee, plan_today, today
from weaklink.case.diary import AnyEntry, DiaryError, SetDone, entry_document
from weaklink.case.standing import standing
from weaklink.library.reading import Library
from weaklink.library.wording import shipped_wording
from weaklink.training.course.weeks import Weeks
from weaklink.training.dose.pain_profile import PROFILES

SHIN: dict[str, Any] = {
    "age": 27, "level": "regular", "since_days": 20, "pain_at": [{"site": "shin-medial", "side": "left"}],
    "pain": {"run": 3, "walk": 0}, "days": ["mon", "wed", "fri"], "minutes": 20,
    "answers": {"pain-spread": "strip", "pain-pattern": "warms-up"},
    "tests": {"bone-tap-self-check": {"both": "strip"}, "sl-heel-raise-reps": {"right": 22, "left": 14}},
}  # fmt: skip
BOY: dict[str, Any] = {**KNEE, "age": 13, "answers": {"guardian-agrees": "yes"}}
PREGNANT: dict[str, Any] = {
    **KNEE, "sex": "female", "answers": {"pregnant": "yes", "pregnancy-weeks": 12, "pregnancy-stop-signs": "no"},
}  # fmt: skip
READY_TO_RUN: dict[str, Any] = {
    **KNEE,
    "tests": {**KNEE["tests"], "sl-stance-30s": {"right": 30, "left": 30}, "one-leg-sts-30s": {"right": 12, "left": 12}},
}  # fmt: skip
WEEKDAYS = (0, 2, 4)


@pytest.fixture(scope="module")
def world(library: Library) -> World:
    return World(library, shipped_wording())


def weeks(runner: Diarist, count: int, **how: Any) -> None:
    """Every session of some weeks."""
    for week in range(count):
        runner.trains(*(7 * week + day for day in WEEKDAYS), **how)


def running(runner: Diarist, day: int, km: float | None = None) -> dict[str, Any]:
    """What the way back and a planned run come to on a day."""
    at = datetime.datetime.combine(on(day), datetime.time(20), datetime.UTC)
    kept = [kept_entry(entry, "episode-1", at) for entry in runner.entries]
    world = runner.world
    course = KeptCourse(
        given=runner.given, plan=runner.plan, told=Diary(days=put_together(kept)), library=world.library,
        today=on(day),
    )  # fmt: skip
    return running_document(course, world.wording, km)


def trainee_of(runner: Diarist) -> Trainee:
    """The same runner, as a day is asked for."""
    return Trainee(
        given=runner.given, plan=runner.plan, told=runner.diary,
        library=runner.world.library, wording=runner.world.wording, began=on(0), judge=runner.world.judge,
        screen=runner.world.screen,
    )  # fmt: skip


def around(runner: Diarist, day: int, when: Any = "before-run") -> Today:
    """The stretches round a run on a day."""
    return today(trainee_of(runner), on(day), SessionRequest(around=when))


def phases(runner: Diarist, until: int, profile: str = "joint", began: int = 0) -> list[str]:
    """Training and upkeep in turn, up to a day."""
    weeks = Weeks(
        given=runner.given, plan=runner.plan, library=runner.world.library, began=on(began), today=on(until)
    )
    return phases_of(weeks, runner.entries, PROFILES[profile])


# --- pain that calm days hide --------------------------------------------------------------------------------


def test_a_run_a_week_that_hurts_as_ever_is_no_improvement_however_green_the_sessions(world: World) -> None:
    runner, better = Diarist(world), Diarist(world)
    for week in range(5):
        for one, pain in ((runner, 4), (better, max(0, 4 - week))):
            one.trains(*(7 * week + day for day in WEEKDAYS), pain=0)
            one.tells("run-done", 7 * week + 6, km=6, pain=pain)
        if week == 3:
            assert runner.tier(27) == ("self-manage", "all")

    assert runner.tier(36) == ("see-professional", "restricted")
    assert better.tier(36)[0] == "self-manage"


def test_walks_that_hurt_more_count_in_the_trend(world: World) -> None:
    runner = Diarist(world, {**KNEE, "pain": {"run": 2}})
    runner.trains(0, 2, 4, 7, 9, pain=0)
    for day in (10, 13):
        runner.tells("walked", day, minutes=20, pain=5)

    assert runner.tier(13)[0] == "self-manage"
    assert runner.tier(14) == ("see-professional", "restricted")


def test_upkeep_does_not_begin_while_the_diary_of_the_week_still_hurts(world: World) -> None:
    runner, calm = Diarist(world, unphased(KNEE)), Diarist(world, unphased(KNEE))
    runner.tells("run-done", 22, km=5, pain=5)
    runner.tells("run-done", 27, km=5, pain=6)
    for one in (runner, calm):
        one.tells("reported", 28, 19, pain_worst=1, change=4)

    assert phases(runner, 29, began=-28) == ["training"]
    assert phases(calm, 29, began=-28) == ["training", "upkeep"]


@pytest.mark.parametrize(
    "told",
    [
        [("run-done", 33, {"km": 5, "pain": 5}), ("run-done", 40, {"km": 5, "pain": 6})],
        [("reported", 40, {"pain_worst": 5})],
        [("morning", 38, {"pain": 0, "stiff_min": 25}), ("morning", 41, {"pain": 0, "stiff_min": 20})],
    ],
    ids=["a run a week", "one report", "stiffness alone"],
)
def test_upkeep_ends_when_it_comes_back_in_whatever_way_it_is_told(
    world: World, told: list[tuple[str, int, dict[str, Any]]]
) -> None:
    runner = Diarist(world, unphased(KNEE))
    runner.tells("morning", 27, pain=0, stiff_min=5)
    runner.tells("reported", 28, 19, pain_worst=1, change=4)
    for day in (30, 32, 34, 36, 39):
        runner.tells("morning", day, pain=0, stiff_min=5)
    assert phases(runner, 42, began=-28) == ["training", "upkeep"]
    for kind, day, parts in told:
        runner.tells(kind, day, 19, **parts)

    assert phases(runner, 42, began=-28) == ["training", "upkeep", "training"]
    runner.entries = [e for e in runner.entries if (e.day - on(0)).days < 39]
    assert phases(runner, 42, began=-28) == ["training", "upkeep"]  # the first of two alone is no relapse


def test_stiffness_that_grows_a_little_with_each_session_leads_to_less(world: World) -> None:
    runner = Diarist(world, ACHILLES)
    runner.trains(1)
    runner.tells("morning", 3, pain=1, stiff_min=4)
    runner.trains(3)
    for day, stiff in ((4, 9), (5, 11)):
        runner.tells("morning", day, pain=1, stiff_min=stiff)
    runner.trains(5)
    runner.tells("morning", 6, pain=1, stiff_min=15)

    assert runner.rules(7) == {"bad-morning", "bad-morning-elsewhere"}


def test_a_red_morning_is_not_excused_by_a_bad_one_of_days_before(world: World) -> None:
    runner = Diarist(world)
    runner.mornings({0: 6})
    runner.trains(0, 4)
    runner.mornings({5: 5})

    assert runner.rules(6) == {"morning-red"}


# --- answers -------------------------------------------------------------------------------------------------


def test_three_sessions_that_pain_kept_away_still_count_when_a_fourth_one_is_told_with_them(
    world: World,
) -> None:
    runner = Diarist(world)
    last = runner.day(7).pack
    assert last is not None
    for day in WEEKDAYS:
        runner.tells("session-begun", day, session=f"session-{day:03}", pain_before=8)
        runner.tells("session-ended", day, 8, session=f"session-{day:03}", how="not-today")
    runner.session(last, 7, pain=1, rir=3)

    assert runner.tier(8) == ("see-professional", "restricted")


def test_stop_signs_of_a_pregnancy_are_asked_before_every_session(world: World) -> None:
    runner = Diarist(world, PREGNANT)
    runner.trains(0, 2)
    pack = runner.day(4).pack
    assert pack is not None
    asked = {question.id: question for question in pack.questions}

    assert pack.closings[asked["pregnancy-stop-signs"].unsure].closes
    state = begin(pack, "session-004", "a")
    for question in pack.questions:
        said = "unsure" if question.id == "pregnancy-stop-signs" else "no"
        state = happen(pack, state, {"type": "answer", "question": question.id, "answer": said}).state
    assert happen(pack, state, {"type": "start", "pain": 0}).state.phase == "closed"
    runner.tells("rescreened", 4, answers={"pregnancy-stop-signs": "unsure"})
    assert runner.tier(4) == ("same-day", "nothing")
    other = Diarist(world).day(0).pack
    assert other is not None
    assert "pregnancy-stop-signs" not in {question.id for question in other.questions}


def test_a_diary_answers_danger_signs_and_nothing_else(library: Library) -> None:
    whole = {"kind": "rescreened", "id": "rescreened-1", "at": "2026-11-03T08:00:00Z"}

    reader = EntryReader(library, datetime.datetime(2026, 11, 4, tzinfo=datetime.UTC))

    assert read_entries([{**whole, "answers": {"pregnancy-stop-signs": "yes"}}], reader)
    for name in ("osteoporosis", "guardian-agrees", "pain-spread"):
        with pytest.raises(DiaryError, match=r"^entries\[0\]\.answers"):
            read_entries([{**whole, "answers": {name: "no"}}], reader)


def test_a_sore_spot_of_bone_is_not_taken_back_by_a_later_look_at_it(world: World) -> None:
    runner = Diarist(world, SHIN)
    runner.trains(0)
    runner.tells("tested", 3, tests={"bone-tap-self-check": {"both": "strip"}})
    assert runner.day(3).pack is not None
    runner.tells("tested", 4, tests={"bone-tap-self-check": {"both": "focal"}})
    assert runner.tier(4) == ("within-week", "nothing")
    runner.tells("tested", 6, tests={"bone-tap-self-check": {"both": "none"}})

    assert runner.tier(7) == ("within-week", "nothing")


def test_pain_in_a_session_without_any_known_place_is_asked_about_first(world: World) -> None:
    told: tuple[tuple[str, dict[str, Any], bool], ...] = (
        ("set-done", {"set": 1, "pain": 6}, True),
        ("felt", {"set": 1, "pain": 5}, True),
        ("felt", {"set": 1, "pain": 1}, False),
        ("this-hurts", {}, True),
    )
    for kind, parts, asks in told:
        runner = Diarist(world, WELL)
        runner.trains(1, pain=0)
        runner.tells(
            kind, 1, 19, session="session-001", slot="glute-bridge", exercise="glute-bridge", **parts
        )
        found = runner.day(4)

        assert (WHERE in found.following.refused) == asks, kind
        assert (found.pack is None) == asks, kind


def test_a_boy_who_limps_without_any_known_place_is_asked_where_and_then_seen(world: World) -> None:
    runner = Diarist(world, {**WELL, "age": 13, "answers": {"guardian-agrees": "yes"}})
    runner.tells("run-done", 1, km=2, pain=0, limped=True)
    assert WHERE in runner.day(2).following.refused
    runner.tells("rescreened", 2, new_places=[["knee-anterior", "left"]])

    assert runner.tier(2) == ("same-day", "nothing")


def test_a_pregnancy_goes_on_while_the_plan_does(world: World) -> None:
    runner = Diarist(world, PREGNANT)
    for day in (0, 7, 14, 21, 28):
        runner.trains(day, pain=0)
    late = runner.day(30)

    assert "pregnancy-later" in late.following.disposition.guards
    assert late.following.given.answers["pregnancy-weeks"] == 12  # what was said stays what was said
    assert late.pack is not None
    for item in late.pack.items:
        for rung in item.rungs:
            assert "supine" not in world.library.exercises[rung.exercise].tags


# --- two tellings of one thing -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "one", "other", "both"),
    [
        ("run-done", {"km": 5, "pain": 4}, {"km": 5, "pain": 2, "limped": True}, {"pain": 4, "limped": True}),
        ("walked", {"minutes": 30, "pain": 3}, {"minutes": 30, "pain": 1, "limped": True}, {"pain": 3, "limped": True}),
        ("reported", {"pain_worst": 6, "change": 2}, {"pain_worst": 3, "change": -4}, {"pain_worst": 6, "change": -4}),
        ("felt", {"pain": 3, "rir": 4}, {"pain": 2, "spreads": True, "rir": 0}, {"pain": 3, "spreads": True, "rir": 0}),
        ("set-done", {"set": 1, "pain": 3}, {"set": 1, "pain": 2, "spreads": True}, {"pain": 3, "spreads": True}),
    ],
)  # fmt: skip
def test_the_worst_of_each_version_counts(
    world: World, kind: str, one: dict[str, Any], other: dict[str, Any], both: dict[str, Any]
) -> None:
    move = (
        {"session": "session-001", "slot": "plank", "exercise": "plank"}
        if kind in ("felt", "set-done")
        else {}
    )
    runner = Diarist(world)
    first = runner.tells(kind, 1, **move, **one)
    second = msgspec.structs.replace(runner.tells(kind, 1, **move, **other), id=first.id)
    found = standing([second, first])
    says = entry_document(found.entries[0])

    assert {name: says[name] for name in both} == both
    assert all(told in (found.entries[0], *found.clashes[0].others) for told in (first, second))


def test_a_boys_limp_is_not_lost_between_two_versions_of_a_run(world: World) -> None:
    runner = Diarist(world, BOY)
    first = runner.tells("run-done", 1, km=2, pain=3)
    again = runner.tells("run-done", 1, 8, km=2, pain=1, limped=True)
    versions: list[AnyEntry] = [first, msgspec.structs.replace(again, id=first.id)]
    runner.entries = versions

    assert runner.tier(2) == ("same-day", "nothing")


def test_a_clock_a_day_ahead_delays_nothing(world: World) -> None:
    runner = Diarist(world)
    runner.mornings({3: 1, 4: 3, 5: 5})
    assert runner.day(4).why_not == "closed"

    ahead = Diarist(world)
    pack = ahead.day(2).pack
    assert pack is not None
    ahead.session(pack, 3, pain=0, rir=3)
    assert (ahead.day(2).pack, ahead.day(2).due and ahead.day(2).due.why) == (None, "done-today")

    stretching = Diarist(world, unphased(ACHILLES))
    before = around(stretching, 2).pack
    assert before is not None
    slot = before.items[0].slot
    stretching.tells("session-begun", 3, session="session-003", around="before-run")
    stretching.tells("this-hurts", 3, 8, session="session-003", slot=slot, exercise=slot)
    after = around(stretching, 2).pack
    assert after is None or slot not in {item.slot for item in after.items}


# --- running -------------------------------------------------------------------------------------------------


def test_nothing_is_said_for_a_run_while_a_question_is_open(world: World) -> None:
    runner = Diarist(world, READY_TO_RUN)
    for day in (0, 1):
        runner.tells("walked", day, minutes=30, pain=0)
    runner.tells("run-done", 2, km=3, step=1, pain=0)
    assert running(runner, 3, 3.0)["return"]["open"]
    runner.tells("rescreened", 3, new_places=[["calf", "right"]])

    assert runner.day(3).why_not == "questions"
    assert running(runner, 3, 3.0) == {"closed": False, "return": None, "planned": None}


def test_a_red_run_beside_the_ladder_stops_the_ladder_and_what_leads_into_a_run(world: World) -> None:
    runner = Diarist(world, READY_TO_RUN)
    for day in (0, 1):
        runner.tells("walked", day, minutes=30, pain=0)
    for day in (2, 4):
        runner.tells("run-done", day, km=3, step=1, pain=0)
    assert running(runner, 6)["return"]["step"]["number"] == 2
    runner.tells("run-done", 6, km=5, pain=7)
    found = running(runner, 7)["return"]

    assert (found["open"], found["step"]) == (False, None)
    assert "walk" in found["because"].lower()
    runner.tells("walked", 8, minutes=30, pain=0)
    assert running(runner, 9)["return"]["open"]

    stretching = Diarist(world, unphased(ACHILLES))
    assert around(stretching, 2).pack is not None
    stretching.tells("run-done", 2, km=5, pain=8)
    assert (around(stretching, 3).pack, around(stretching, 3).why_not) == (None, "nothing-left")


def test_a_turn_without_a_word_on_pain_does_not_lead_on(world: World) -> None:
    silent, told = Diarist(world, READY_TO_RUN), Diarist(world, READY_TO_RUN)
    for runner, parts in ((silent, {}), (told, {"pain": 0})):
        for day in (0, 1):
            runner.tells("walked", day, minutes=30, pain=0)
        for day in (2, 4, 6):
            runner.tells("run-done", day, km=3, step=1, **parts)

    steps = [runner.way_back(8).step for runner in (silent, told)]
    assert [step.number if step else None for step in steps] == [1, 2]


def test_after_five_weeks_without_a_run_the_ladder_begins_anew(world: World) -> None:
    runner = Diarist(world, READY_TO_RUN)
    for day in (0, 1):
        runner.tells("walked", day, minutes=30, pain=0)
    for day, step in ((2, 1), (4, 1), (6, 2), (8, 2)):
        runner.tells("run-done", day, km=3, step=step, pain=0)
    steps = [runner.way_back(day).step for day in (10, 38, 39)]
    assert [step.number if step else None for step in steps] == [3, 3, 1]
    free = runner.tells("run-done", 30, km=3, pain=0)
    assert (goes_on := runner.way_back(39).step) is not None
    assert goes_on.number == 3
    runner.entries.remove(free)
    runner.tells("run-done", 44, km=3, step=1, pain=0)

    step = runner.way_back(46).step
    assert step is not None
    assert step.number == 1


# --- doses ---------------------------------------------------------------------------------------------------


def test_sessions_that_were_mostly_left_out_open_nothing(world: World) -> None:
    whole, scraps = Diarist(world), Diarist(world)
    for runner in (whole, scraps):
        for day in (0, 2, 4, 7, 9, 11):
            runner.trains(day, pain=0)
    first = min(entry.slot for entry in scraps.entries if isinstance(entry, SetDone))
    scraps.entries = [e for e in scraps.entries if getattr(e, "slot", first) == first]

    assert whole.day(14).following.course.unlocked
    assert not scraps.day(14).following.course.unlocked


def test_any_pain_where_a_bone_is_in_question_opens_nothing_and_sends_on(world: World) -> None:
    runner = Diarist(world, SHIN)
    runner.trains(0, pain=0, said={"bone-focal": "unsure"})
    before = runner.doses(2)
    runner.trains(2, pain=1)
    after = runner.doses(4)

    assert runner.day(2).following.setting.limits.profile.id == "bone"
    assert not runner.day(4).following.course.unlocked
    for slot, state in before.items():
        assert after[slot].exercise != state.exercise, slot
    assert runner.rules(4) <= {"pain-red", "easiest-painful"}


def test_the_plan_on_paper_says_what_the_session_says_after_a_move_that_hurt(world: World) -> None:
    runner = Diarist(world)
    made = assess(runner.given, world.library, "greedy").plan
    assert made is not None
    runner.trains(0)
    runner.trains(2, hurts=("straight-leg-raise",))
    trainee, now = trainee_of(runner), runner.day(4)
    assert now.pack is not None
    plan, number = plan_today(trainee, made, now, on(4))
    given = {
        item.id: (item.sets, item.reps)
        for session in plan.weeks[number - 1].sessions
        for item in session.items
    }
    wanted = {
        i.rungs[0].exercise: (i.rungs[0].sets, i.rungs[0].reps)
        for i in now.pack.items
        if i.kind == "exercise"
    }

    assert "straight-leg-raise" not in given
    assert wanted.items() <= given.items()
    changed = {reason.exercise for reason in now.following.course.reasons if reason.changes_dose}
    assert changed & set(wanted)


def test_low_energy_told_later_ends_every_increase_in_running(world: World) -> None:
    runner = Diarist(world, {**KNEE, "sex": "female"})
    runner.trains(0, 2, 4)
    said = {**runner.given.answers, "eating-low-energy": "unsure"}
    runner.given = msgspec.structs.replace(runner.given, answers=said)
    found = runner.day(7)

    assert runner.tier(7) == ("see-professional", "restricted")
    assert found.following.setting.limits.running in ("no-increase", "none")
    assert all(world.library.exercises[name].level <= 2 for name in runner.moves(7).values())


def test_from_no_to_unsure_in_a_session_about_the_good_side(world: World) -> None:
    runner = Diarist(world)
    runner.trains(0, 2)
    runner.tells("rescreened", 3, new_places=[["knee-anterior", "left"]])
    noes = dict.fromkeys(runner.day(3).following.disposition.unasked, "no")
    runner.tells("rescreened", 3, 9, answers=noes)
    pack = runner.day(4).pack
    assert pack is not None
    runner.session(pack, 4, pain=0, rir=4, said={"septic-joint": "unsure"})

    assert runner.tier(5) == ("same-day", "nothing")


def test_the_easiest_hurting_in_an_old_plan_and_in_the_new_one_is_twice(world: World) -> None:
    runner = Diarist(world)
    runner.trains(0, hurts=("straight-leg-raise", "quad-set"))
    _, other = world.beginning({**KNEE, "days": ["tue", "thu"], "minutes": 30})
    runner.plan = other
    runner.trains(3, hurts=("quad-set",))

    assert runner.tier(5) == ("see-professional", "nothing")


def test_a_boy_whose_knee_aches_at_rest_is_seen_first(world: World) -> None:
    runner = Diarist(world, BOY)
    runner.trains(0)
    runner.tells("morning", 3, pain=0, rest=2)

    assert runner.day(4).pack is None
    assert runner.tier(4)[1] == "nothing"


def test_a_red_morning_before_a_session_ends_it_before_the_first_set(world: World) -> None:
    runner = Diarist(world)
    pack = runner.day(0).pack
    assert pack is not None
    state = begin(pack, "session-000", "a")
    for question in pack.questions:
        state = happen(pack, state, {"type": "answer", "question": question.id, "answer": "no"}).state
    outcome = happen(pack, state, {"type": "start", "pain": 5})

    assert outcome.state.phase != "work"
    before = around(Diarist(world, unphased(ACHILLES)), 2).pack
    assert before is not None
    assert before.not_today.do == "stop"
