"""A course with the physiotherapist's moves: they lead, their doses stay, pain stops them like any other."""

from __future__ import annotations

import random
from typing import Any

import pytest

from tests.care.diarist import Diarist
from tests.training.virtual_runners import ACHILLES, KNEE, World
from weaklink.care.train import SessionRequest
from weaklink.case.prescribed_move import is_prescribed
from weaklink.library.reading import Library
from weaklink.library.wording import shipped_wording
from weaklink.training.session.session_pack import SessionPack

CLAM = {"move": "clamshell", "sets": 3, "reps": 13, "days": ["mon", "wed", "fri"], "by": "Anna"}
DROPS = {
    "named": "Heel drops on the stairs", "areas": ["calf-soleus", "calf-gastroc"], "jumps": False, "side": "left",
    "sets": 4, "hold_s": 47, "rest_s": 90, "load": {"kind": "kettlebell", "kg": 9}, "days": ["mon", "tue", "fri"],
}  # fmt: skip
SLOTS = ("physio-clamshell", "physio-heel-drops-on-the-stairs")


@pytest.fixture(scope="module")
def world(library: Library) -> World:
    return World(library, shipped_wording())


def with_physio(world: World, *moves: dict[str, Any], story: dict[str, Any] = KNEE, **more: Any) -> Diarist:
    return Diarist(world, {**story, "prescribed": list(moves), **more})


def doses(pack: SessionPack) -> dict[str, tuple[Any, ...]]:
    """Theirs in a session: sides, sets, repetitions, hold, rest and load, by slot."""
    return {
        item.slot: (r.sides, r.sets, r.reps, r.hold_s, r.loads[r.held].load.kg if r.loads else None)
        for item in pack.items
        for r in item.rungs
        if is_prescribed(item.slot)
    }


def pack_of(runner: Diarist, day: int, **asked: Any) -> SessionPack:
    pack = runner.day(day, SessionRequest(anyway=True, **asked)).pack
    assert pack is not None
    return pack


def test_their_moves_come_first_as_they_were_given_and_on_their_days(world: World) -> None:
    runner = with_physio(world, CLAM, DROPS)
    monday, tuesday, wednesday = (pack_of(runner, day) for day in (0, 1, 2))

    assert [item.slot for item in monday.items[:2]] == list(SLOTS)
    assert doses(monday) == {
        SLOTS[0]: (("right", "left"), 3, 13, None, None),
        SLOTS[1]: (("left",), 4, None, 47, 9),
    }
    assert list(doses(tuesday)) == [SLOTS[1]]
    assert list(doses(wednesday)) == [SLOTS[0]]
    assert monday.items[1].rungs[0].rest_s == 90
    assert monday.items[0].because == ("From Anna, your physiotherapist.",)
    assert monday.items[1].rungs[0].name == "Heel drops on the stairs"
    assert all(len(item.rungs) == 1 for item in monday.items[:2])


def test_a_dose_of_theirs_is_the_same_after_six_weeks_however_easy_or_hard(world: World) -> None:
    for rir in (0, 6):
        runner = with_physio(world, CLAM, DROPS)
        first = doses(pack_of(runner, 0))
        for week in range(6):
            runner.trains(7 * week, 7 * week + 2, 7 * week + 4, pain=0, rir=rir)
        found = runner.day(42)

        assert found.pack is not None
        assert doses(found.pack) == first
        assert not [r for r in found.following.course.reasons if is_prescribed(r.slot)]
        assert found.following.course.foothold is None


def test_what_is_theirs_is_kept_by_the_diary(world: World) -> None:
    runner = with_physio(world, CLAM, DROPS)
    runner.trains(0)
    (record,) = runner.day(1).following.course.sessions
    done = {move.slot: move for move in record.moves}

    assert {one.slot for one in record.asked} >= set(SLOTS)
    assert done[SLOTS[0]].exercise == "clamshell"
    assert done[SLOTS[1]].completed == 1
    assert done[SLOTS[1]].load is not None
    assert done[SLOTS[1]].load.kg == 9


@pytest.mark.parametrize("slot", SLOTS)
def test_pain_stops_a_move_of_theirs_it_rests_a_week_and_hurting_again_refers(
    world: World, slot: str
) -> None:
    name = "clamshell" if slot == SLOTS[0] else slot
    runner = with_physio(world, CLAM, DROPS)
    runner.trains(0, hurts=(name,))
    resting = pack_of(runner, 4)
    back = pack_of(runner, 7)
    rung = next(item.rungs[0] for item in back.items if item.slot == slot)

    assert "prescribed-painful" in runner.rules(0)
    assert slot not in doses(resting)
    assert any("rests for 3 more days" in line for line in resting.says)
    assert doses(back)[slot] == doses(pack_of(with_physio(world, CLAM, DROPS), 0))[slot]
    assert (rung.hurts.do, rung.red.do) == ("refer", "refer")

    runner.trains(7, hurts=(name,))
    assert runner.tier(8)[1] == "nothing"
    assert runner.day(8).pack is None


def test_a_number_that_is_red_stops_it_as_the_button_does(world: World) -> None:
    runner = with_physio(world, CLAM, DROPS)
    runner.trains(0, painful={"clamshell": 5})

    assert "prescribed-painful" in runner.rules(1)
    assert SLOTS[0] not in doses(pack_of(runner, 2))
    assert SLOTS[0] in doses(pack_of(runner, 7))


def test_amber_twice_in_a_row_stops_it_for_the_day_and_changes_nothing(world: World) -> None:
    runner = with_physio(world, CLAM)
    amber = pack_of(runner, 0).green_to + 1
    once = pack_of(runner, 0).items[0].rungs[0].amber
    runner.trains(0, painful={"clamshell": amber})
    pack = pack_of(runner, 2)

    assert (once.do, once.rule) == ("go-on", "prescribed-amber")
    assert (pack.items[0].rungs[0].amber.do, pack.items[0].rungs[0].amber.rule) == (
        "stop",
        "prescribed-amber-twice",
    )
    assert doses(pack) == doses(pack_of(with_physio(world, CLAM), 0))


def test_red_in_a_move_of_theirs_lets_no_move_of_ours_rise(world: World) -> None:
    runner = with_physio(world, CLAM)
    runner.trains(0, 2, rir=4)
    before = runner.doses(4)
    runner.trains(4, rir=6, painful={"clamshell": 9})
    after = runner.doses(7)

    assert before
    for slot, state in after.items():
        assert state.sets <= before[slot].sets
        assert (state.reps or 0) <= (before[slot].reps or 0)
        assert (state.hold_s or 0) <= (before[slot].hold_s or 0)


def test_less_time_leaves_theirs_whole_and_takes_from_ours(world: World) -> None:
    runner = with_physio(world, CLAM)
    short = pack_of(runner, 0, minutes=8)
    tiny = pack_of(runner, 0, minutes=5)

    assert doses(short) == doses(pack_of(runner, 0)) == doses(tiny)
    assert len(tiny.items) == 1
    assert short.minutes <= 8
    assert pack_of(runner, 0).minutes > 8


def test_five_weeks_that_go_well_leave_theirs_as_they_are(world: World) -> None:
    runner = with_physio(world, CLAM, story=ACHILLES)
    first = doses(pack_of(runner, 0))
    for week in range(5):
        runner.trains(7 * week + 1, 7 * week + 3, 7 * week + 5, pain=0, rir=3)
        runner.mornings({7 * week + 6: 0})

    assert doses(pack_of(runner, 35)) == first


def test_where_nothing_may_be_trained_theirs_is_not_shown(world: World) -> None:
    runner = with_physio(world, CLAM, DROPS)
    runner.tells("rescreened", 0, answers={"night-rest-pain": "yes"})
    today = runner.day(1)

    assert today.pack is None
    assert today.following.closed


def test_one_that_waits_is_named_in_the_session_with_its_reason(world: World) -> None:
    runner = with_physio(world, CLAM, {"move": "pogo-hop", "sets": 2, "reps": 10, "days": ["mon"]})
    pack = pack_of(runner, 0)

    assert list(doses(pack)) == [SLOTS[0]]
    assert "pogo-hop" not in {rung.exercise for item in pack.items for rung in item.rungs}
    assert any("until its gate is open" in line for line in pack.says)
    assert any(line.startswith("It waits here.") for line in pack.says)


def test_any_way_a_course_goes_their_doses_are_the_given_ones(world: World) -> None:
    for seed in range(12):
        rng = random.Random(seed)
        runner = with_physio(world, CLAM, DROPS, story=rng.choice([KNEE, ACHILLES]))
        given = dict.fromkeys(SLOTS) | doses(pack_of(with_physio(world, CLAM, DROPS), 0))
        for day in range(0, 35):
            if rng.random() < 0.45:
                continue
            today = runner.day(day)
            if today.pack is None:
                continue
            for slot, dose in doses(today.pack).items():
                assert dose[1:] == given[slot][1:], (seed, day, slot)
            hurts = ("clamshell",) if rng.random() < 0.04 else ()
            pain = rng.choice([0, 0, 1, 2, 3])
            runner.session(today.pack, day, pain=pain, rir=rng.randint(0, 6), hurts=hurts)


def test_what_is_said_of_a_move_in_own_words_is_said_in_these(world: World) -> None:
    runner = with_physio(world, DROPS)
    runner.trains(0, painful={SLOTS[1]: 5})
    course = runner.day(1).following.course
    says = [world.wording.say(r.because) for r in course.reasons if r.slot == SLOTS[1]]

    assert says
    assert says[0].startswith("Heel drops on the stairs hurt")
