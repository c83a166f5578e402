"""Session packs as they are really made: order, doses, what pain leads to, stretches, unusual days."""

from __future__ import annotations

import datetime
from typing import Any

import jsonschema_rs
import msgspec
import pytest

from tests.training.virtual_runners import ACHILLES, KNEE, START, WELL, World, unphased
from tests.written_diaries import diary_of
from weaklink.care.train import SessionRequest, Trainee, today
from weaklink.case.diary import AnyEntry, read_entry
from weaklink.library.reading import Library
from weaklink.library.records import ALWAYS_THERE
from weaklink.library.wording import shipped_wording
from weaklink.training.course.session_record import session_records
from weaklink.training.course.upkeep import upkeep_plan
from weaklink.training.dose.restrictions import easier_way, withheld
from weaklink.training.plan.plan_document import PlanDocument
from weaklink.training.session.session_pack import PackItem, SessionPack, pack_document, pack_schema, with_id

ARCH: dict[str, Any] = {
    "age": 33, "level": "regular", "since_days": 40, "pain_at": [{"site": "ankle-medial", "side": "left"}],
    "pain": {"run": 3}, "equipment": ["ball", "band"], "days": ["mon", "wed", "fri"], "minutes": 30,
    "tests": {
        "sl-heel-raise-reps": {"right": 24, "left": 12},
        "heel-raise-inversion-check": {"right": "able", "left": "able"},
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def world(library: Library) -> World:
    return World(library, shipped_wording())


def on(day: int) -> datetime.date:
    return START + datetime.timedelta(days=day)


def entry(kind: str, day: int, number: int = 0, **parts: Any) -> AnyEntry:
    at = datetime.datetime.combine(on(day), datetime.time(18, number), datetime.UTC)
    return read_entry({"kind": kind, "id": f"{kind}-{day}-{number}", "at": at.isoformat(), **parts})


def pack_on(
    world: World,
    day: int,
    *entries: AnyEntry,
    story: dict[str, Any] = KNEE,
    asked: SessionRequest | None = None,
) -> Any:
    given, plan = world.beginning(story)
    trainee = Trainee(
        given=given, plan=plan, told=diary_of(entries), library=world.library, wording=world.wording, began=START,
        judge=world.judge, screen=world.screen,
    )  # fmt: skip
    return today(trainee, on(day), asked or SessionRequest(anyway=True)).pack


def session(
    day: int, pack: SessionPack, pain: int = 0, rir: int = 3, hurt: str = "", **begun: Any
) -> list[AnyEntry]:
    """A whole session in short: one entry for each set, the first told with effort and pain."""
    name, found = f"session-{day:03}", list[AnyEntry]()
    found.append(entry("session-begun", day, session=name, **begun))
    for item in pack.items:
        rung = item.rungs[0]
        ids = {"session": name, "slot": item.slot, "exercise": rung.exercise}
        number = len(found)
        if rung.exercise == hurt:
            found.append(entry("this-hurts", day, number, **ids))
        elif item.kind != "stretch":
            found.append(entry("set-done", day, number, **ids, set=1, reps=rung.reps, rir=rir, pain=pain))
    return found


def slots(pack: SessionPack) -> list[str]:
    return [item.slot for item in pack.items]


def item_of(pack: SessionPack, slot: str) -> PackItem:
    return next(item for item in pack.items if item.slot == slot)


def test_a_pack_has_the_published_shape_and_a_name_of_its_own(world: World) -> None:
    pack = pack_on(world, 0)
    document = pack_document(pack)

    jsonschema_rs.validator_for(pack_schema()).validate(document)
    assert msgspec.convert(document, SessionPack) == pack
    assert with_id(pack) == pack
    assert with_id(msgspec.structs.replace(pack, minutes=99)).id != pack.id


def test_each_rung_leads_to_the_next_and_the_easiest_stops(world: World) -> None:
    rungs = item_of(pack_on(world, 0), "sit-to-stand").rungs

    assert [rung.exercise for rung in rungs] == ["sit-to-stand", "straight-leg-raise", "quad-set"]
    assert [(rung.red.do, rung.red.to) for rung in rungs] == [("swap", 1), ("swap", 2), ("stop", 0)]
    assert [rung.amber.do for rung in rungs] == ["go-on"] * 3
    assert "Straight leg raise" in rungs[0].hurts.says
    assert rungs[2].hurts.rule == "easiest-painful"


def test_after_one_painful_easiest_session_the_next_refers(world: World) -> None:
    easiest = entry(
        "this-hurts", 0, 1, session="session-000", slot="straight-leg-raise", exercise="quad-set", pain=6
    )
    down = entry(
        "this-hurts", 0, session="session-000", slot="straight-leg-raise", exercise="straight-leg-raise"
    )
    pack = pack_on(world, 2, down, easiest)

    assert {rung.red.do for item in pack.items if item.kind == "exercise" for rung in item.rungs[-1:]} == {
        "refer"
    }
    assert pack.closings[pack.twice].rule == "easiest-painful-twice"


def test_amber_in_the_last_session_makes_amber_swap_and_on_the_easiest_stop(world: World) -> None:
    first = pack_on(world, 0)
    amber = session(0, first, pain=3)
    found = pack_on(world, 2, *amber)

    assert item_of(found, "sit-to-stand").rungs[0].amber.rule == "pain-amber-twice"
    assert item_of(found, "sit-to-stand").rungs[0].amber.do == "swap"
    eased = session(0, first, hurt="straight-leg-raise")
    lower = pack_on(world, 2, *eased)
    again = pack_on(world, 4, *eased, *session(2, lower, pain=3))
    easiest = item_of(again, "straight-leg-raise").rungs
    assert [rung.exercise for rung in easiest] == ["quad-set"]
    assert (easiest[0].amber.do, easiest[0].amber.rule) == ("stop", "pain-amber-twice-less")


def test_the_stretch_follows_its_exercise_by_itself_for_thirty_seconds(world: World) -> None:
    given, plan = world.beginning(ARCH)
    named = {item.id for week in plan.weeks for s in week.sessions for item in s.items}
    pack = pack_on(world, 0, story=ARCH)
    place = slots(pack).index("tennis-ball-heel-raise")
    stretch = pack.items[place + 1]

    assert "tib-post-stretch" in named, given
    assert (stretch.slot, stretch.follows, stretch.rungs[0].hold_s) == ("tib-post-stretch", True, 30)
    assert slots(pack).count("tib-post-stretch") == 1


def test_a_stretch_that_hurt_rests_for_a_week_and_goes_with_its_exercise(world: World) -> None:
    hurt = entry("this-hurts", 0, session="session-000", slot="tib-post-stretch", exercise="tib-post-stretch")

    assert "tib-post-stretch" not in slots(pack_on(world, 2, hurt, story=ARCH))
    assert "tib-post-stretch" in slots(pack_on(world, 7, hurt, story=ARCH))
    eased = entry(
        "this-hurts",
        0,
        session="session-000",
        slot="tennis-ball-heel-raise",
        exercise="tennis-ball-heel-raise",
    )
    assert "tib-post-stretch" not in slots(pack_on(world, 2, eased, story=ARCH))


@pytest.mark.statement("S38")
def test_stretches_round_a_run_are_short_before_it_and_count_as_no_training(world: World) -> None:
    def around(when: str, day: int = 0, *told: AnyEntry) -> Any:
        return pack_on(world, day, *told, story=unphased(ACHILLES), asked=SessionRequest(around=when))  # type: ignore[arg-type]

    before, after = around("before-run"), around("after-run")
    held = [(item.slot, item.rungs[0].sets, item.rungs[0].hold_s) for item in (*before.items, *after.items)]

    assert held == [
        ("hamstring-stretch", 1, 30), ("quad-stretch", 1, 30),
        ("hamstring-stretch", 2, 30), ("quad-stretch", 2, 30),
    ]  # fmt: skip
    assert (before.around, after.around) == ("before-run", "after-run")
    assert (before.shape, before.minutes) == ("straight", 3)
    assert before.questions == after.questions == pack_on(world, 0, story=unphased(ACHILLES)).questions
    hurt = session(0, before, around="before-run", hurt="quad-stretch")
    assert session_records(hurt) == ()
    assert slots(around("after-run", 6, *hurt)) == ["hamstring-stretch"]
    assert slots(around("after-run", 7, *hurt)) == ["hamstring-stretch", "quad-stretch"]


def test_where_the_plan_has_no_stretches_round_runs_there_is_no_set_of_them(world: World) -> None:
    given, plan = world.beginning(KNEE)
    bare = [msgspec.structs.replace(week, run_day_stretches=[]) for week in plan.weeks]
    trainee = Trainee(
        given=given, plan=msgspec.structs.replace(plan, weeks=bare), told=diary_of(()), library=world.library,
        wording=world.wording, began=START, judge=world.judge, screen=world.screen,
    )  # fmt: skip

    found = today(trainee, on(0), SessionRequest(around="before-run"))
    assert (found.pack, found.why_not) == (None, "nothing-left")


def test_the_same_move_never_stands_twice_in_a_session(world: World) -> None:
    first = pack_on(world, 0)
    found = pack_on(world, 2, *session(0, first, hurt="sit-to-stand"))

    exercises = [item.rungs[0].exercise for item in found.items]
    assert len(exercises) == len(set(exercises))
    assert "sit-to-stand" not in slots(found)


def test_a_move_that_hurt_comes_back_on_the_seventh_day_after_a_green_session(world: World) -> None:
    first = pack_on(world, 0)
    hurt = session(0, first, hurt="sit-to-stand")
    green = session(4, pack_on(world, 4, *hurt))
    amber = session(4, pack_on(world, 4, *hurt), pain=3)

    assert "sit-to-stand" not in slots(pack_on(world, 6, *hurt, *green))
    back = item_of(pack_on(world, 7, *hurt, *green), "sit-to-stand")
    assert back.rungs[0].exercise == "sit-to-stand"
    assert any("offered again" in line for line in back.because)
    assert "sit-to-stand" not in slots(pack_on(world, 7, *hurt, *amber))


def test_after_a_break_it_starts_gentler(world: World) -> None:
    entries, day = list[AnyEntry](), 0
    for day in (0, 2, 4, 7, 9, 11):
        entries += session(day, pack_on(world, day, *entries, story=unphased(KNEE)), rir=5)
    before = item_of(pack_on(world, 14, *entries, story=unphased(KNEE)), "straight-leg-raise").rungs[0]
    after = item_of(pack_on(world, 21, *entries, story=unphased(KNEE)), "straight-leg-raise").rungs[0]

    assert (after.reps or 0) < (before.reps or 0)


def test_a_lighter_week_has_fewer_sets_and_says_so(world: World) -> None:
    entries = list[AnyEntry]()
    for day in (0, 2, 7, 9):
        entries += session(day, pack_on(world, day, *entries), pain=3)
    found = pack_on(world, 14, *entries)

    assert found.kind_of_day == "lighter"
    assert all(item.rungs[0].sets <= 2 for item in found.items)
    assert found.says[0].startswith("A lighter week")


def test_upkeep_has_two_sessions_and_fewer_sets(world: World) -> None:
    story = unphased(KNEE)
    _, plan = world.beginning(story)
    kept = upkeep_plan(plan)
    report = entry("reported", 56, pain_worst=0, change=5)
    found = pack_on(world, 56, *session(49, pack_on(world, 49, story=story)), report, story=story)

    assert (len(kept.weeks), len(kept.weeks[0].sessions)) == (1, 2)
    assert len(upkeep_plan(kept).weeks[0].sessions) == 2
    assert found.kind_of_day == "upkeep"
    assert item_of(found, "straight-leg-raise").rungs[0].sets == 2
    assert found.says[0].startswith("Upkeep")


def test_a_novice_without_pain_does_one_set_to_the_limit_the_second_time(world: World) -> None:
    first = pack_on(world, 1, story=WELL)
    second = pack_on(world, 4, *session(1, first), story=WELL)
    third = pack_on(world, 8, *session(1, first), *session(4, second), story=WELL)

    assert {item.to_the_limit for item in first.items} == {0}
    assert any(item.to_the_limit == item.rungs[0].sets for item in second.items)
    assert "no clean repetition" in second.says[-1]
    assert {item.to_the_limit for item in third.items} == {0}


def test_away_from_ones_things_a_move_is_replaced_by_one_that_needs_nothing(world: World) -> None:
    whole = pack_on(world, 1, story=ACHILLES)
    away = pack_on(world, 1, story=ACHILLES, asked=SessionRequest(anyway=True, equipment=ALWAYS_THERE))  # type: ignore[arg-type]
    needs = {
        name: set(world.library.exercises[name].needs)
        for item in whole.items
        for name in [item.rungs[0].exercise]
    }

    assert any(not found <= ALWAYS_THERE for found in needs.values())
    for item in away.items:
        assert set(world.library.exercises[item.rungs[0].exercise].needs) <= ALWAYS_THERE
    assert set(slots(away)) & {name for name, found in needs.items() if not found <= ALWAYS_THERE}


def with_item(plan: PlanDocument, old: str, new: str) -> PlanDocument:
    """A plan with one move in place of another."""
    weeks = [
        msgspec.structs.replace(week, sessions=[
            msgspec.structs.replace(s, items=[
                msgspec.structs.replace(i, id=new) if i.id == old else i for i in s.items
            ])
            for s in week.sessions
        ])
        for week in plan.weeks
    ]  # fmt: skip
    return msgspec.structs.replace(plan, weeks=weeks)


def planned(world: World, story: dict[str, Any], old: str, new: str, **changes: Any) -> Trainee:
    given, plan = world.beginning(story)
    return Trainee(
        given=msgspec.structs.replace(given, **changes), plan=with_item(plan, old, new), told=diary_of(()),
        library=world.library, wording=world.wording, began=START, judge=world.judge, screen=world.screen,
    )  # fmt: skip


SEASONED = {**WELL, "level": "seasoned", "equipment": ["weight", "band"], "days": ["mon", "thu"]}


def test_heavy_leg_moves_give_way_before_a_hard_run(world: World) -> None:
    _, plan = world.beginning(SEASONED)
    first = next(i.id for i in plan.weeks[0].sessions[0].items if i.kind == "exercise")
    heavy = planned(world, SEASONED, first, "single-leg-romanian-deadlift")
    easy, hard = (
        today(
            msgspec.structs.replace(heavy, given=msgspec.structs.replace(heavy.given, hard_runs=runs)), on(0)
        ).pack
        for runs in ((), ("wed",))
    )

    assert world.library.exercises["single-leg-romanian-deadlift"].level >= 4
    assert item_of(easy, "single-leg-romanian-deadlift").rungs[0].exercise == "single-leg-romanian-deadlift"
    for item in hard.items:
        assert world.library.exercises[item.rungs[0].exercise].level < 4


def test_a_move_without_any_way_round_is_left_out(world: World) -> None:
    trainee = planned(world, KNEE, "sit-to-stand", "sit-to-stand")
    limits = trainee.followed(on(0)).setting.limits
    hopeless = next(
        e.id for e in world.library.exercises.values()
        if e.kind == "exercise" and not e.substitutes and withheld(e, limits, world.library, 1) is not None
        and easier_way(e, limits, world.library, 1) == "stop"
    )  # fmt: skip
    found = today(planned(world, KNEE, "sit-to-stand", hopeless), on(0)).pack

    assert found is not None
    assert hopeless not in slots(found)


def test_on_a_rest_day_there_is_no_session_unless_it_is_wanted(world: World) -> None:
    entries = session(0, pack_on(world, 0))

    assert pack_on(world, 1, *entries, asked=SessionRequest()) is None
    assert pack_on(world, 1, *entries) is not None


def test_where_no_move_is_left_there_is_no_session(world: World) -> None:
    given, plan = world.beginning(KNEE)
    only_advice = [
        msgspec.structs.replace(week, sessions=[
            msgspec.structs.replace(s, items=[i for i in s.items if i.kind == "load-advice"]) for s in week.sessions
        ])
        for week in plan.weeks
    ]  # fmt: skip
    trainee = Trainee(
        given=given, plan=msgspec.structs.replace(plan, weeks=only_advice), told=diary_of(()), library=world.library,
        wording=world.wording, began=START, judge=world.judge,
    )  # fmt: skip

    found = today(trainee, on(0))
    assert (found.pack, found.why_not) == (None, "nothing-left")


def test_a_move_the_knowledge_no_longer_has_is_left_out(world: World) -> None:
    found = today(planned(world, KNEE, "sit-to-stand", "gone"), on(0)).pack

    assert found is not None
    assert "gone" not in slots(found)
    assert "straight-leg-raise" in slots(found)
