"""The short check: where one tap may stand for the whole list of safety questions, and everything that opens it."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.training.virtual_runners import KNEE, START, World
from tests.written_diaries import diary_of, past_of
from weaklink.care.follow_up import Following
from weaklink.care.short_check import EVERY_TIME, Known, ShortCheck, known_of, last_list, may_be_short
from weaklink.care.train import SessionRequest, Trainee, today
from weaklink.case.diary import AnyEntry, Rescreened, read_entry
from weaklink.library.reading import Library
from weaklink.library.wording import shipped_wording
from weaklink.training.dose.pain_profile import PROFILES
from weaklink.training.session.session_pack import PackCheck, PackQuestion

MONDAY = datetime.date(2026, 9, 7)
DAY = datetime.timedelta(days=1)
ASKED = ("dvt", "pe")
NOES = {"dvt": "no", "pe": "no"}
CALM = Known(
    every_time="", answers=NOES, asked=ASKED, unanswered=False, noticed=frozenset({"rising-pain"}),
    profile=PROFILES["joint"],
)  # fmt: skip
DATED = ("morning", "run-done", "walked")


def told(kind: str, day: int, hour: int = 12, **parts: Any) -> AnyEntry:
    date = MONDAY + day * DAY
    dated = {"date": str(date)} if kind in DATED else {}
    name = f"{kind}-{day:03}-{hour:02}-{len(parts)}"
    return read_entry({"kind": kind, "id": name, "at": f"{date}T{hour:02}:00:00+00:00", **dated, **parts})


def whole_list(day: int, **more: Any) -> AnyEntry:
    return told("rescreened", day, 10, answers=NOES, **more)


def session(day: int, pain: int = 1, how: str = "finished", **begun: Any) -> list[AnyEntry]:
    name, move = {"session": f"session-{day:03}"}, {"slot": "legs", "exercise": "raise", "set": 1}
    return [
        told("session-begun", day, 10, **name, **begun),
        told("set-done", day, 11, **name, **move, reps=10, pain=pain),
        told("session-ended", day, 12, **name, how=how),
    ]


def check(*entries: AnyEntry, on: int, known: Known = CALM) -> ShortCheck:
    return may_be_short(known, past_of(*entries), MONDAY + on * DAY)


def why(*entries: AnyEntry, on: int, **known: Any) -> str:
    return check(*entries, on=on, known=msgspec.structs.replace(CALM, **known)).why


# --- the list, and the tap ---------------------------------------------------------------------------------


def test_the_first_time_it_is_the_list_then_one_tap_for_a_week() -> None:
    calm = [whole_list(0), *session(0), *session(3)]

    assert why(on=0) == "first"
    assert [why(*calm, on=day) for day in range(9)] == [""] * 7 + ["week", "week"]
    found = check(*calm, on=3)
    assert (found.short, found.until, found.listed) == (True, MONDAY + 7 * DAY, MONDAY)
    assert check(on=3) == ShortCheck(why="first", until=MONDAY + 3 * DAY, listed=None)


def test_a_list_of_a_wrong_clock_is_none() -> None:
    assert [why(whole_list(9), on=day) for day in (7, 8)] == ["week", ""]


def test_who_read_the_list_but_did_not_train_for_a_week_reads_it_again() -> None:
    assert why(*session(0), whole_list(4), on=6) == ""
    assert why(*session(0), whole_list(4), on=7) == "gap"
    assert why(whole_list(4), on=7) == ""  # who trains from the sheet tells of no session


def test_a_tap_is_no_list_and_no_answer_to_any_question() -> None:
    tap = told("rescreened", 5, nothing_new_since=str(MONDAY))
    with_noes = told("rescreened", 5, 9, answers=NOES, nothing_new_since=str(MONDAY))

    assert why(whole_list(0), tap, with_noes, on=7) == "week"
    assert past_of(tap, with_noes).screened.noes == {}
    said = told("rescreened", 5, answers={"dvt": "yes"}, nothing_new_since=str(MONDAY))
    assert past_of(said).screened.strictest == {"dvt": "yes"}


def test_a_list_is_as_old_as_the_oldest_of_its_noes() -> None:
    half = told("rescreened", 4, answers={"dvt": "no"})

    assert last_list(ASKED, past_of(half)) is None
    assert last_list((), past_of(half)) is None
    found = last_list(ASKED, past_of(whole_list(0), half))
    assert found is not None
    assert found.day == MONDAY
    assert why(whole_list(0), half, on=7) == "week"


def test_the_runners_own_day_counts() -> None:
    late = Rescreened(id="late-list", at=datetime.datetime.fromisoformat("2026-09-07T23:30:00-09:00"), answers=dict(NOES))  # type: ignore[arg-type]  # fmt: skip

    assert check(late, on=1).listed == MONDAY


def test_entries_from_before_there_was_a_tap_are_still_read() -> None:
    assert read_entry({"kind": "rescreened", "id": "old-entry-1", "at": "2026-09-07T10:00:00+00:00"}) == Rescreened(
        id="old-entry-1", at=datetime.datetime(2026, 9, 7, 10, tzinfo=datetime.UTC)
    )  # fmt: skip


# --- who always gets the list ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        *(({"every_time": why}, why) for why in EVERY_TIME),
        ({"unanswered": True}, "open"),
        ({"answers": {"dvt": "no"}}, "open"),
        ({"answers": {"dvt": "no", "pe": "unsure"}}, "open"),
        ({"answers": {"dvt": "yes", "pe": "no"}}, "open"),
        ({"answers": {**NOES, "rising-pain": "yes"}}, "trend"),
        ({"answers": {**NOES, "rising-pain": "no"}}, ""),
    ],
)
def test_who_always_gets_the_list(known: dict[str, Any], reason: str) -> None:
    assert why(whole_list(0), *session(0), on=2, **known) == reason


# --- what the diary tells since the list -------------------------------------------------------------------

DANGERS: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("morning", {"pain": 1, "night": 1}, "night"),
    ("morning", {"pain": 1, "rest": 1}, "night"),
    ("morning", {"pain": 4}, "red"),
    ("run-done", {"km": 3.0, "pain": 4}, "red"),
    ("run-done", {"km": 3.0, "pain": 0, "limped": True}, "red"),
    ("walked", {"minutes": 9.0, "pain": 4}, "red"),
    ("walked", {"minutes": 9.0, "pain": 0, "limped": True}, "red"),
    ("reported", {"pain_worst": 4}, "red"),
    ("reported", {"change": -1}, "red"),
    ("rescreened", {"new_places": [["calf", "left"]]}, "place"),
    ("set-done", {"session": "danger-01", "slot": "a", "exercise": "b", "set": 1, "pain": 4}, "red"),
    ("felt", {"session": "danger-02", "slot": "a", "exercise": "b", "pain": 4}, "red"),
    ("felt", {"session": "danger-03", "slot": "a", "exercise": "b", "pain": 0, "spreads": True}, "red"),
    ("this-hurts", {"session": "danger-04", "slot": "a", "exercise": "b"}, "red"),
    ("session-begun", {"session": "danger-05", "pain_before": 4}, "red"),
    ("session-ended", {"session": "danger-06", "how": "not-today"}, "red"),
    ("session-ended", {"session": "danger-07", "how": "referred"}, "red"),
)


@pytest.mark.parametrize(("kind", "parts", "reason"), DANGERS)
def test_any_danger_since_the_list_opens_it_and_the_next_list_closes_it(
    kind: str, parts: dict[str, Any], reason: str
) -> None:
    calm = [whole_list(0), *session(0)]

    assert why(*calm, told(kind, 2, **parts), on=4) == reason
    assert why(*calm, told(kind, 0, 18, **parts), on=4) == reason  # the day of the list itself
    assert why(*calm, told(kind, 2, **parts), *session(3), whole_list(3), on=4) == ""


def test_what_is_green_or_amber_leaves_the_tap() -> None:
    calm = [
        told("morning", 1, pain=3, night=0, rest=0), told("run-done", 1, km=3.0), told("walked", 1, minutes=9.0, pain=2),
        told("reported", 1, pain_worst=3, change=1), told("note", 1, text="chest pain"),
    ]  # fmt: skip
    assert why(whole_list(0), *session(0, pain=3, pain_before=2), *calm, on=2) == ""


def test_what_is_told_later_of_an_earlier_day_counts() -> None:
    late = told("morning", 2, pain=0, night=3)
    assert isinstance(late, AnyEntry)
    before = msgspec.structs.replace(late, date=MONDAY - 2 * DAY)

    assert why(whole_list(0), before, on=3) == "night"


def test_stretches_round_a_run_that_hurt_open_the_list() -> None:
    name = {"session": "run-set-01"}
    hurt = [
        told("session-begun", 2, 9, **name, around="after-run"),
        told("this-hurts", 2, 10, **name, slot="calf-stretch", exercise="calf-stretch"),
    ]

    assert why(whole_list(0), *session(0), *hurt, on=3) == "red"


def random_diary(dice: random.Random) -> Iterator[AnyEntry]:
    """Two weeks of lists, sessions, and this and that."""
    for day in range(dice.randint(1, 14)):
        if dice.random() < 0.4:
            yield whole_list(day)
        if dice.random() < 0.4:
            yield from session(day, pain=dice.choice((0, 1, 1, 3, 5)))
        for kind, parts, _ in dice.sample(DANGERS, k=int(dice.random() < 0.1)):
            yield told(kind, day, 14, **parts)


@settings(max_examples=400, deadline=None)
@given(
    seed=st.integers(0, 10**6), which=st.sampled_from(DANGERS), day=st.integers(0, 15), on=st.integers(0, 16)
)
def test_no_danger_that_is_added_ever_turns_the_list_into_the_tap(
    seed: int, which: tuple[str, dict[str, Any], str], day: int, on: int
) -> None:
    entries = tuple(random_diary(random.Random(seed)))
    kind, parts, _ = which
    listed = last_list(ASKED, past_of(*entries))
    if "session" in parts and listed is not None and MONDAY + day * DAY < listed.day:
        return  # one more session from before the list may end a gap without one
    before, after = check(*entries, on=on), check(*entries, told(kind, day, 15, **parts), on=on)

    assert before.short or not after.short
    if listed is not None and MONDAY + day * DAY >= listed.day:
        assert not after.short
    assert after.until <= before.until or listed is None


# --- from the plan to the pack -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def world(library: Library) -> World:
    return World(library, shipped_wording())


def pack_check(world: World, *entries: AnyEntry, day: datetime.date, **changes: Any) -> PackCheck:
    beginning, plan = world.beginning(KNEE)
    answers = dict.fromkeys((*world.library.red_flags, "guardian-agrees"), "no") | dict(beginning.answers)
    given = msgspec.structs.replace(beginning, answers=answers, **changes)
    trainee = Trainee(
        given=given, plan=plan, told=diary_of(entries), library=world.library, wording=world.wording, began=START,
        judge=world.judge, screen=world.screen,
    )  # fmt: skip
    pack = today(trainee, day, SessionRequest(anyway=True)).pack
    assert pack is not None
    return pack.check


def noes_of(world: World, day: datetime.date) -> AnyEntry:
    noes = dict.fromkeys(world.library.red_flags, "no")
    return read_entry(
        {"kind": "rescreened", "id": "whole-list", "at": f"{day}T08:00:00+00:00", "answers": noes}
    )


def test_the_pack_carries_it(world: World) -> None:
    first = pack_check(world, day=START)
    second = pack_check(world, noes_of(world, START), day=START + 2 * DAY)

    assert (first.short, first.why, first.until, first.listed) == (False, "first", START, None)
    assert first.says == world.wording.word("check.first")
    assert second == PackCheck(short=True, why="", says="", until=START + 7 * DAY, listed=START)


ASKED_FOR_THE_FIRST_TIME = PackQuestion(id="dvt", text="", help="", yes=0, unsure=0, known=False)


def standing(world: World, story: dict[str, Any], **changes: Any) -> Following:
    beginning, plan = world.beginning(story)
    given = msgspec.structs.replace(beginning, **changes)
    trainee = Trainee(
        given=given, plan=plan, told=diary_of(()), library=world.library, wording=world.wording, began=START,
        judge=world.judge,
    )  # fmt: skip
    return trainee.followed(START)


def test_what_is_known_of_a_runner_leads_to_it(world: World) -> None:
    known = known_of(standing(world, KNEE), (ASKED_FOR_THE_FIRST_TIME,), world.library)

    assert (known.asked, known.unanswered, known.every_time) == (("dvt",), True, "")
    assert {"rising-pain", "not-improving", "easiest-painful-twice"} <= known.noticed


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"age": 17}, "minor"),
        ({"age": 9}, "minor"),
        ({"age": 18}, ""),
        ({"answers": {"pregnant": "unsure"}}, "pregnancy"),
        ({"answers": {"postpartum": "yes"}}, "birth"),
        ({"answers": {"postpartum": "yes", "postpartum-weeks": 40}}, "birth"),  # the guard itself ends at 12
        ({"answers": {"postpartum": "no"}}, ""),
        ({"answers": {"osteoporosis": "yes"}}, "bone"),
        ({"answers": {"bone-focal": "unsure"}}, "bone"),
        ({"answers": {"high-risk-bone": "yes"}}, "bone"),
        ({"answers": {"eating-low-energy": "unsure"}}, "bone"),
        ({"answers": {"reds": "yes"}}, "bone"),
        ({"answers": {"dvt": "no"}}, ""),
    ],
)
def test_circumstances_and_bones_keep_the_list(world: World, changes: dict[str, Any], why: str) -> None:
    said = {"sex": "female", **changes}

    assert known_of(standing(world, KNEE, **said), (), world.library).every_time == why


def test_a_bone_that_may_be_behind_it_keeps_the_list(world: World) -> None:
    found = standing(world, KNEE)
    limits = msgspec.structs.replace(found.setting.limits, profile=PROFILES["bone"])
    bony = msgspec.structs.replace(found, setting=msgspec.structs.replace(found.setting, limits=limits))

    assert known_of(bony, (), world.library).every_time == "bone"


def test_every_reason_has_its_sentence_and_the_short_one_names_the_worst() -> None:
    word = shipped_wording().word
    for reason in WHY:
        assert word(f"check.{reason}") != f"check.{reason}", reason
    for sign in ("chest pain", "blackout", "numbness between the legs", "hot or swollen calf"):
        assert sign in word("check.says")


WHY = (
    "minor",
    "pregnancy",
    "birth",
    "bone",
    "open",
    "trend",
    "first",
    "week",
    "gap",
    "place",
    "night",
    "red",
    "device",
)
