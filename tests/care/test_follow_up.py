"""Follow-up: what the diary adds is judged by triage, never softened; and what a day then holds."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
import pytest

from tests.training.virtual_runners import KNEE, START, WELL, World, unphased
from tests.written_diaries import diary_of, past_of, phases_of
from weaklink.care.as_told import as_told, with_pain_in_motion
from weaklink.care.diary_views import last_outcome
from weaklink.care.finish import read_tests, start_of
from weaklink.care.follow_up import follow_up, trends
from weaklink.care.keeping_diary import with_noticed
from weaklink.care.train import SessionRequest, Trainee, asked_again, screening, today
from weaklink.care.watch import DAY, Watch, watch_from
from weaklink.case.case_file import CaseError
from weaklink.case.diary import AnyEntry, read_entry
from weaklink.case.given import Given, PainPlace
from weaklink.library.reading import Library
from weaklink.library.records import ALWAYS_THERE
from weaklink.library.wording import shipped_wording
from weaklink.quantities import TIERS
from weaklink.training.course.pain_trend import baseline
from weaklink.training.course.reflow import SoFar, due_on
from weaklink.training.course.weeks import Weeks
from weaklink.training.dose.pain_profile import PROFILES
from weaklink.training.plan.plan_document import PlanDocument
from weaklink.training.session.session_pack import SessionPack


@pytest.fixture(scope="module")
def world(library: Library) -> World:
    return World(library, shipped_wording())


def entry(kind: str, day: int = 0, number: int = 0, **parts: Any) -> AnyEntry:
    at = datetime.datetime.combine(
        START + datetime.timedelta(days=day), datetime.time(8, number), datetime.UTC
    )
    return read_entry({"kind": kind, "id": f"{kind}-{day}-{number}", "at": at.isoformat(), **parts})


def trainee(world: World, *entries: AnyEntry, story: dict[str, Any] = KNEE, **changes: Any) -> Trainee:
    given, plan = world.beginning(story)
    return Trainee(
        given=msgspec.structs.replace(given, **changes), plan=plan, told=diary_of(entries), library=world.library,
        wording=world.wording, began=START, judge=world.judge, screen=world.screen,
    )  # fmt: skip


def on(day: int) -> datetime.date:
    return START + datetime.timedelta(days=day)


# --- as told -----------------------------------------------------------------------------------------------


def weeks(given: Given, plan: PlanDocument, world: World, day: int) -> Weeks:
    return Weeks(given=given, plan=plan, library=world.library, began=START, today=on(day))


def test_the_stricter_answer_stands_whatever_comes_later(library: Library) -> None:
    given = Given(age=30, answers={"dvt": "no", "pain-spread": 3})
    told = [entry("rescreened", n, answers={"dvt": said}) for n, said in enumerate(("unsure", "yes", "no"))]

    assert as_told(given, past_of(*told[:1]), library).answers["dvt"] == "unsure"
    assert as_told(given, past_of(*told), library).answers["dvt"] == "yes"
    assert as_told(given, past_of(entry("rescreened", answers={"pe": "no"})), library).answers["pe"] == "no"


def test_a_yes_said_twice_is_one(library: Library) -> None:
    told = [entry("rescreened", n, answers={"dvt": said}) for n, said in enumerate(("yes", "yes", "unsure"))]

    assert as_told(Given(age=30), past_of(*told), library).answers == {"dvt": "yes"}


def test_runs_that_a_clock_puts_into_tomorrow_count(world: World) -> None:
    runs = [entry("run-done", 7, n, date=str(on(n + 6)), km=3, pain=7, limped=True) for n in (0, 1, 2)]
    now = today(trainee(world, *runs), on(7)).following

    assert "not-improving" in [rule.id for rule in now.disposition.rules] or now.closed
    assert trends(watch_of(world, runs, 7), now.course, now.past, world.library)


def watch_of(world: World, entries: list[AnyEntry], day: int) -> Watch:
    given, plan = world.beginning(KNEE)
    course, past = weeks(given, plan, world, day), past_of(*entries)
    watch = watch_from(course)
    past.count(course.today + DAY)
    watch.finish(course, PROFILES["joint"], past)
    return watch


def test_pain_at_night_and_at_rest_stays_told(library: Library) -> None:
    told = [
        entry("morning", n, date="2026-11-03", pain=1, night=night, rest=2) for n, night in ((1, 4), (2, 0))
    ]
    found = as_told(Given(age=30, pain={"night": 1, "run": 3}), past_of(*told), library)

    assert found.pain == {"night": 4, "run": 3, "rest": 2}


def test_a_new_place_opens_its_questions_again_once(library: Library) -> None:
    given = Given(age=30, answers={"dvt": "no", "chest-exertional": "no"})
    place = entry("rescreened", 1, new_places=[["calf", "left"]], answers={"dvt": "no"})
    found = as_told(given, past_of(place), library)

    assert found.pain_at == (PainPlace("calf", "left"),)
    assert "dvt" not in found.answers
    assert found.answers["chest-exertional"] == "no"
    assert (
        as_told(given, past_of(place, entry("rescreened", 2, answers={"dvt": "no"})), library).answers["dvt"]
        == "no"
    )
    known = msgspec.structs.replace(given, pain_at=found.pain_at)
    assert as_told(known, past_of(place), library).answers["dvt"] == "no"


def test_sides_of_new_places_are_as_the_region_has_them(library: Library) -> None:
    told = entry("rescreened", new_places=[["back-lower", "left"], ["calf", "none"]])

    assert as_told(Given(age=30), past_of(told), library).pain_at == (
        PainPlace("back-lower", "none"),
        PainPlace("calf", "not-said"),
    )


def test_what_the_diary_added_is_put_where_every_page_looks(library: Library) -> None:
    before = Given(age=30, answers={"dvt": "no"})
    told = [
        entry("rescreened", 1, new_places=[["calf", "left"], ["back-lower", "none"]]),
        entry("rescreened", 2, answers={"pe": "yes"}),
        entry("morning", 3, date="2026-11-05", pain=1, night=4),
    ]
    after = as_told(before, past_of(*told), library)
    table = with_noticed({"age": 30, "answers": {"dvt": "no"}}, after, before)

    assert table == {
        "age": 30, "answers": {"pe": "yes"}, "pain": {"night": 4}, "pain_at_start": {},
        "pain_at": [{"site": "back-lower"}, {"site": "calf", "side": "left"}],
    }  # fmt: skip
    assert with_noticed({"age": 30}, before, before) == {"age": 30}


def test_worse_pain_on_the_way_makes_the_start_no_worse(library: Library) -> None:
    before = Given(age=30, pain={"run": 3}, pain_at=(PainPlace("knee-anterior", "left"),))
    table: dict[str, Any] = {"age": 30, "pain": {"run": 3}}
    for day, felt in ((1, 6), (8, 7)):
        run = entry("run-done", day, date=on(day).isoformat(), km=5, pain=felt)
        after = with_pain_in_motion(before, past_of(run).motion, 2)
        table = with_noticed(table, after, before)
        before = msgspec.structs.replace(before, pain=table["pain"], pain_at_start=table["pain_at_start"])

    assert table == {"age": 30, "pain": {"run": 7}, "pain_at_start": {"run": 3}}
    assert baseline(before) == 3
    assert start_of(before, [], START).pain == 3


def test_pain_of_an_asked_moment_makes_it_stricter_and_never_looser(library: Library) -> None:
    before = Given(age=30, pain={"stairs": 3}, pain_at=(PainPlace("knee-anterior", "left"),))
    told = [entry("reviewed", day, answers={}, pains={"stairs": felt}) for day, felt in ((1, 7), (2, 1))]
    told.append(entry("reviewed", 3, answers={}, pains={"night": 5, "rest": 4}))

    found = with_pain_in_motion(as_told(before, past_of(*told), library), past_of(*told).motion, 2)

    assert found.pain == {"stairs": 7, "night": 5, "rest": 4}


def test_tests_done_again_are_read_strictly(library: Library) -> None:
    assert (
        read_tests({"sl-heel-raise-reps": {"right": 12}}, library)["sl-heel-raise-reps"]["right"].value == 12
    )
    for wrong in ({"nobody": 1}, {"sl-heel-raise-reps": {"right": "many"}}):
        with pytest.raises(CaseError, match=r"^tests\."):
            read_tests(wrong, library)


# --- trends ------------------------------------------------------------------------------------------------


def kept_away(day: int) -> list[AnyEntry]:
    session = f"session-{day:03}"
    begun = entry("session-begun", day, session=session, pain_before=8)
    return [begun, entry("session-ended", day, session=session, how="not-today")]


def test_pain_that_keeps_someone_from_three_sessions_in_a_row_refers(world: World) -> None:
    two = [e for day in (0, 2) for e in kept_away(day)]
    three = [*two, *kept_away(4)]

    assert today(trainee(world, *two), on(4)).following.disposition.tier == "self-manage"
    found = today(trainee(world, *three), on(7)).following
    assert found.disposition.tier == "see-professional"
    assert "not-improving" in [rule.id for rule in found.disposition.rules]


def test_a_report_that_it_is_worse_refers_at_once(world: World) -> None:
    found = today(trainee(world, entry("reported", 9, pain_worst=7, change=-3)), on(9)).following

    assert found.disposition.tier == "see-professional"


def test_without_anything_to_notice_nothing_is_answered(world: World) -> None:
    one = trainee(world)
    found = one.followed(on(0))

    assert (
        trends(watch_from(weeks(one.given, one.plan, world, 0)), found.course, found.past, world.library)
        == {}
    )


def test_rising_mornings_and_the_easiest_twice_close_by_triage(world: World) -> None:
    rising = [entry("morning", n, date=str(on(n)), pain=1 + 2 * n) for n in range(3)]
    found = today(trainee(world, *rising), on(3))

    assert (found.why_not, found.pack) == ("closed", None)
    assert found.following.closed
    assert found.following.refused == ("rising-pain",)


# --- what is asked again -----------------------------------------------------------------------------------


def test_every_urgent_question_that_may_have_begun_is_asked_again(world: World) -> None:
    given, _ = world.beginning(KNEE)
    flags = {flag.id for flag in asked_again(given, world.library)}

    assert {"night-rest-pain", "dvt", "septic-joint", "motor-loss", "acute-injury", "pe"} <= flags
    once = {flag.id for flag in world.library.red_flags.values() if flag.asked_once}
    assert "cancer-history" in once
    assert not flags & once


def test_what_an_answer_leads_to_is_what_triage_says(world: World) -> None:
    given, _ = world.beginning(KNEE)
    closings, questions = screening(given, world.library, world.wording)
    by_id = {question.id: question for question in questions}
    night = closings[by_id["night-rest-pain"].yes]

    assert (night.tier, night.closes) == ("within-week", True)
    unsure = closings[by_id["night-rest-pain"].unsure]
    assert (unsure.tier, unsure.closes) == ("see-professional", False)
    assert closings[by_id["pe"].yes].emergency == "112"
    assert [TIERS.index(c.tier) for c in closings] == sorted(TIERS.index(c.tier) for c in closings)
    for closing in closings:
        assert closing.see
        assert not [name for name in world.library.exercises if name in msgspec.json.encode(closing).decode()]


# --- days --------------------------------------------------------------------------------------------------


def exercises_of(pack: SessionPack | None) -> list[str]:
    assert pack is not None
    return [item.rungs[0].exercise for item in pack.items]


def test_a_restricted_plan_is_made_anew(world: World) -> None:
    found = today(
        trainee(world, entry("rescreened", answers={"heart-lung": "no", "inflammatory": "yes"})), on(0)
    )

    assert (found.made is not None, found.plan.heading) == (True, "while-you-wait")
    assert all(world.library.exercises[name].level <= 2 for name in exercises_of(found.pack))


def test_a_plan_that_cannot_be_made_anew_keeps_its_moves_within_what_is_allowed(world: World) -> None:
    yes = entry("rescreened", answers={"inflammatory": "yes"})
    found = today(trainee(world, yes, hard_runs=("tue", "thu", "sat")), on(0))

    assert found.made is None
    for item in found.pack.items if found.pack is not None else ():
        assert world.library.exercises[item.rungs[0].exercise].level <= 2


def test_open_questions_come_before_any_session(world: World) -> None:
    found = today(trainee(world, assume_unanswered_no=False), on(0))

    assert (found.why_not, found.pack) == ("questions", None)


def test_a_short_day_holds_the_weak_link_first_and_an_away_day_needs_nothing(world: World) -> None:
    whole = today(trainee(world), on(0))
    short = today(trainee(world), on(0), SessionRequest(minutes=5))
    away = today(trainee(world), on(0), SessionRequest(equipment=ALWAYS_THERE))  # type: ignore[arg-type]

    assert exercises_of(short.pack)[0] == exercises_of(whole.pack)[0]
    assert len(exercises_of(short.pack)) < len(exercises_of(whole.pack))
    for name in exercises_of(away.pack):
        assert set(world.library.exercises[name].needs) <= ALWAYS_THERE


def test_nothing_heavy_stands_before_a_hard_run(world: World) -> None:
    found = today(trainee(world, hard_runs=("wed",)), on(0), SessionRequest(anyway=True))

    for name in exercises_of(found.pack):
        exercise = world.library.exercises[name]
        assert exercise.level < 4
        assert "impact" not in exercise.tags


def test_the_circuit_goes_round_by_round_two_or_three_times(world: World) -> None:
    pack = today(trainee(world, story=WELL), on(1)).pack
    assert pack is not None

    assert pack.shape == "circuit"
    assert pack.rounds in (2, 3)
    rounds = [station.round for station in pack.stations]
    assert rounds == sorted(rounds)
    assert set(rounds) >= {1, 2}


@pytest.mark.parametrize(
    ("day", "done", "hard", "why"),
    [
        (0, (), (), "planned"),
        (1, (), (), "moved"),
        (1, (), ("wed",), "before-hard-run"),
        (1, (0,), (), "rest-day"),
        (0, (0,), (), "done-today"),
        (3, (0,), (), "moved"),
        (5, (0, 2, 4), (), "week-done"),
        (5, (0, 4), (), "day-after"),
        (6, (0, 4), (), "moved"),
        (9, (0, 2, 4, 7), (), "planned"),
    ],
)
def test_a_missed_session_moves_and_nothing_piles_up(
    world: World, day: int, done: tuple[int, ...], hard: tuple[Any, ...], why: str
) -> None:
    _, plan = world.beginning(KNEE)
    found = due_on(plan, SoFar(began=START, done=[on(n) for n in done], hard_runs=hard), on(day))

    assert found.why == why
    assert found.due == (why in ("planned", "moved"))
    assert found.next_date > on(day)


def test_the_moves_of_the_third_week_wait_until_they_are_open(world: World) -> None:
    _, plan = world.beginning(KNEE)

    assert due_on(plan, SoFar(began=START), on(21)).plan_week == 2
    assert due_on(plan, SoFar(began=START, unlocked=True), on(21)).plan_week == 4
    assert due_on(plan, SoFar(began=START, unlocked=True), on(90)).plan_week == 4


# --- finish ------------------------------------------------------------------------------------------------


def test_upkeep_begins_with_the_report_that_was_better_and_ends_with_a_relapse(world: World) -> None:
    better = entry("reported", 28, pain_worst=1, change=4)
    again = entry("reported", 35, pain_worst=1, change=4)
    sore = [entry("morning", day, date=str(on(day)), pain=5) for day in (40, 42)]
    too_soon, back = (entry("reported", day, pain_worst=1, change=4) for day in (60, 74))

    def phases(*entries: AnyEntry) -> list[str]:
        course = weeks(*world.beginning(unphased(KNEE)), world, 80)
        begun = msgspec.structs.replace(course, began=on(-28))  # its eighth week is full on day 28
        return phases_of(begun, entries, PROFILES["joint"])

    assert phases() == ["training"]
    assert phases(better, again) == ["training", "upkeep"]
    assert phases(better, *sore) == ["training", "upkeep", "training"]
    assert phases(better, *sore, too_soon) == ["training", "upkeep", "training"]  # four calm weeks first
    assert phases(better, *sore, back) == ["training", "upkeep", "training", "upkeep"]
    assert phases(entry("reported", 28, pain_worst=3, change=4)) == ["training"]
    assert phases(entry("reported", 28, change=4)) == ["training"]
    assert phases(entry("reported", 7, pain_worst=0, change=4)) == ["training"]


def test_the_newest_report_is_the_outcome_with_the_tests_up_to_it(world: World) -> None:
    given, plan = world.beginning(KNEE)
    first = entry("reported", 3, pain_worst=4, activities={"stairs": 3})
    tested = entry("tested", 27, tests={"sl-heel-raise-reps": {"right": 25}})
    last = entry("reported", 28, pain_worst=4, change=0, activities={"stairs": 8})
    course = weeks(given, plan, world, 30)

    assert last_outcome(course, follow_up(course, diary_of([]), world.judge)) is None
    found = last_outcome(course, follow_up(course, diary_of([first, tested, last]), world.judge))
    assert found is not None
    assert (found[0], found[1].says) == (last, "better")
    assert [(change.side, change.says) for change in found[1].tests] == [("right", "better")]
