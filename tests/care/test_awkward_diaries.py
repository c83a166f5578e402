"""Awkward diaries: weeks as a worried physiotherapist fears them, and what must come out of each."""

from __future__ import annotations

import random
from typing import Any

import msgspec
import pytest

from tests.care.diarist import Diarist, on
from tests.training.virtual_runners import ACHILLES, KNEE, WELL, World, unphased
from weaklink.case.diary import Felt, Hurt
from weaklink.library.reading import Library
from weaklink.library.wording import shipped_wording
from weaklink.training.course.pain_trend import after_a_red_run
from weaklink.training.dose.training_state import SlotState

SHIN: dict[str, Any] = {
    "age": 27, "level": "regular", "since_days": 20, "pain_at": [{"site": "shin-medial", "side": "left"}],
    "pain": {"run": 3, "walk": 0}, "days": ["mon", "wed", "fri"], "minutes": 20,
    "answers": {"pain-spread": "strip", "pain-pattern": "warms-up"},
    "tests": {"bone-tap-self-check": {"both": "strip"}, "sl-heel-raise-reps": {"right": 22, "left": 14}},
}  # fmt: skip
BACK: dict[str, Any] = {
    "age": 38, "level": "regular", "since_days": 60, "pain_at": ["back-lower"], "pain": {"run": 3},
    "days": ["mon", "wed", "fri"], "minutes": 20, "answers": {"pain-spread": "palm", "leg-tingling": "no"},
    "tests": {"prone-plank-hold": 30},
}  # fmt: skip
BOY: dict[str, Any] = {**KNEE, "age": 13, "answers": {"guardian-agrees": "yes"}}
READY_TO_RUN: dict[str, Any] = {
    **KNEE,
    "tests": {**KNEE["tests"], "sl-stance-30s": {"right": 30, "left": 30}, "one-leg-sts-30s": {"right": 12, "left": 12}},
}  # fmt: skip
TWO_WEEKS = (0, 2, 4, 7, 9, 11, 14)


@pytest.fixture(scope="module")
def world(library: Library) -> World:
    return World(library, shipped_wording())


# --- danger signs that come later ------------------------------------------------------------------------


@pytest.mark.parametrize("story", [KNEE, ACHILLES, WELL], ids=["knee", "achilles", "well"])
def test_a_calf_that_swells_in_the_third_week_is_for_today(world: World, story: dict[str, Any]) -> None:
    runner = Diarist(world, story)
    runner.trains(1, 4, 8)
    runner.tells("rescreened", 15, answers={"dvt": "yes"})

    assert runner.tier(15) == ("same-day", "nothing")
    assert runner.moves(15) == {}


def test_a_new_place_is_asked_about_before_anything_is_trained(world: World) -> None:
    for places in ([["calf", "right"]], [["knee-anterior", "left"]]):  # elsewhere, and on the good side
        runner = Diarist(world)
        runner.trains(*TWO_WEEKS)
        runner.tells("rescreened", 16, new_places=places)
        found = runner.day(16)

        assert found.why_not == "questions"
        assert {"night-rest-pain", "dvt", "bone-focal"} <= set(found.following.disposition.unasked)
        noes = dict.fromkeys(found.following.disposition.unasked, "no")
        runner.tells("rescreened", 16, 9, answers=noes)
        assert runner.day(16).pack is not None


@pytest.mark.parametrize(
    ("flag", "tier"),
    [
        ("cauda-equina", "emergency"),
        ("limb-ischaemia", "emergency"),
        ("pe", "emergency"),
        ("motor-loss", "same-day"),
        ("septic-joint", "same-day"),
        ("femoral-neck", "same-day"),
    ],
)
def test_not_being_sure_of_a_danger_sign_in_the_second_week_counts_as_yes(
    world: World, flag: str, tier: str
) -> None:
    runner = Diarist(world)
    runner.trains(0, 2, 4)
    runner.tells("rescreened", 7, answers={flag: "unsure"})

    assert runner.tier(7) == (tier, "nothing")


def test_not_being_sure_of_a_sore_bone_in_session_five_ends_running_and_impact(world: World) -> None:
    runner = Diarist(world, SHIN)
    runner.trains(0, 2, 4, 7)
    runner.trains(9, said={"bone-focal": "unsure"})
    found = runner.day(11)

    assert runner.tier(11) == ("see-professional", "no-impact")
    assert found.following.setting.limits.running == "none"
    assert found.plan.heading == "while-you-wait"
    assert all(world.library.exercises[name].level <= 2 for name in runner.moves(11).values())


def test_pain_on_two_nights_closes_the_plan(world: World) -> None:
    runner = Diarist(world)
    runner.trains(0, 2, 4)
    for day, night in ((5, 2), (6, 3)):
        runner.tells("morning", day, pain=1, night=night)

    assert runner.tier(7) == ("within-week", "nothing")


def test_numbness_with_weakness_told_later_is_looked_at_first(world: World) -> None:
    runner = Diarist(world, BACK)
    runner.trains(0, 2)
    said = {**runner.given.answers, "leg-tingling": "yes", "painless-weakness": "yes"}
    runner.given = msgspec.structs.replace(runner.given, answers=said)

    assert runner.tier(4) == ("see-professional", "nothing")


def test_pregnancy_told_later_takes_what_lies_on_the_back_away(world: World) -> None:
    runner = Diarist(world, {**KNEE, "sex": "female"})
    runner.trains(0, 2, 4)
    said = {**runner.given.answers, "pregnant": "yes", "pregnancy-weeks": 22}
    runner.given = msgspec.structs.replace(runner.given, answers=said)
    moves = runner.moves(7)

    assert moves
    for name in moves.values():
        assert not {"supine", "prone", "impact"} & set(world.library.exercises[name].tags)


def test_a_boy_who_limps_after_a_run_is_for_today(world: World) -> None:
    runner = Diarist(world, BOY)
    runner.trains(0, 2)
    runner.tells("run-done", 3, km=2, pain=0, limped=True)

    assert runner.tier(4) == ("same-day", "nothing")


def level_of(world: World, state: SlotState) -> int:
    return world.library.exercises[state.exercise].level


def test_at_sixteen_nothing_opens_and_at_sixty_five_the_moves_are_gentler(world: World) -> None:
    for before, after in ((15, 16), (64, 65)):
        story = {**KNEE, "age": before, **({"answers": BOY["answers"]} if before < 18 else {})}
        runner = Diarist(world, story)
        runner.trains(0, 2, 4)
        tier, doses = runner.tier(7), runner.doses(7)
        moves = runner.moves(7)
        runner.given = msgspec.structs.replace(runner.given, age=after)

        assert runner.tier(7) == tier
        assert set(runner.moves(7)) <= set(moves)
        levels = {slot: level_of(world, state) for slot, state in doses.items()}
        for slot, state in runner.doses(7).items():
            assert level_of(world, state) <= levels[slot], slot
            assert state.exercise != doses[slot].exercise or state.reps == doses[slot].reps, slot


# --- pain that creeps --------------------------------------------------------------------------------------


def test_pain_only_on_the_next_morning_never_lets_a_dose_grow(world: World) -> None:
    runner = Diarist(world)
    runner.trains(0, pain=0)
    runner.mornings({1: 5})
    after_one = runner.doses(2)
    runner.trains(2, pain=0)
    runner.mornings({3: 6})

    assert runner.rules(4) == {"morning-red"}
    for slot, state in runner.doses(4).items():
        assert (state.reps or 0) <= (after_one[slot].reps or 0), slot


def test_a_red_morning_that_is_less_than_the_one_before_lets_it_grow(world: World) -> None:
    runner = Diarist(world)
    runner.mornings({0: 6})
    runner.trains(0, pain=0)
    runner.mornings({1: 4})

    assert runner.rules(2) == {"more-in-range"}


def test_nothing_waits_open_behind_red_mornings(world: World) -> None:
    runner = Diarist(world)
    for day in (0, 2, 4, 7, 9, 11):
        runner.mornings({day: 4})
        runner.trains(day, pain=0)
        runner.mornings({day + 1: 4})

    assert not runner.day(14).following.course.unlocked
    assert "wall-squat" not in runner.moves(14).values()


@pytest.mark.parametrize(
    ("story", "row", "closes"),
    [
        (KNEE, {0: 2, 1: 3, 2: 4}, True),
        (KNEE, {0: 2, 2: 4, 4: 6}, True),  # every other morning written down
        (KNEE, {0: 0, 1: 1, 2: 2}, False),  # green still
        (ACHILLES, {0: 2, 1: 3, 2: 4, 3: 5}, False),  # amber for a tendon
        (ACHILLES, {0: 4, 1: 5, 2: 6}, True),
        (SHIN, {0: 1, 1: 2, 2: 4}, True),
    ],
)
def test_pain_that_rises_each_morning_closes_once_it_is_red(
    world: World, story: dict[str, Any], row: dict[int, int], closes: bool
) -> None:
    runner = Diarist(world, story)
    runner.mornings(row)

    assert (runner.day(max(row) + 1).why_not == "closed") == closes


def test_stiffness_that_grows_each_morning_leads_to_less(world: World) -> None:
    runner = Diarist(world, unphased(ACHILLES))
    first = runner.moves(1)
    for day in (1, 3, 5, 8):
        runner.tells("morning", day, pain=1, stiff_min=5)
        runner.trains(day)
        runner.tells("morning", day + 1, pain=1, stiff_min=5 + 12 * day)

    assert runner.rules(10) == {"bad-morning", "bad-morning-elsewhere"}
    assert runner.moves(10) == first


def test_pain_that_moves_down_the_leg_is_red_at_any_number(world: World) -> None:
    runner = Diarist(world, BACK)
    runner.trains(0)
    begun = runner.moves(2)
    runner.trains(2)
    runner.tells(
        "felt", 2, 19, session="session-002", slot="plank", exercise="plank", set=1, pain=2, spreads=True
    )

    assert begun["plank"] == "plank"
    assert runner.moves(4)["plank"] != "plank"


def test_three_bad_runs_in_a_row_send_to_somebody(world: World) -> None:
    limping, hurting, as_before = Diarist(world), Diarist(world), Diarist(world)
    for day in (0, 2, 4):
        assert limping.tier(day)[0] == hurting.tier(day)[0] == "self-manage"
        limping.tells("run-done", day, km=5, pain=1, limped=True)
        hurting.tells("run-done", day, km=5 + day, pain=7)
        as_before.tells("run-done", day, km=5, pain=4)

    assert limping.tier(5) == hurting.tier(5) == ("see-professional", "restricted")
    assert as_before.tier(5)[0] == "self-manage"


def test_worse_in_ones_own_words_counts_whatever_the_number(world: World) -> None:
    runner = Diarist(world)
    runner.trains(*TWO_WEEKS)
    runner.tells("reported", 14, 19, pain_worst=2, change=-4)

    assert runner.tier(16) == ("see-professional", "restricted")


# --- sessions that hurt ------------------------------------------------------------------------------------


def test_the_easiest_move_hurting_in_two_sessions_ends_it(world: World) -> None:
    runner = Diarist(world)
    runner.trains(0, hurts=("straight-leg-raise", "quad-set"))
    assert runner.tier(2)[1] == "all"
    runner.trains(2, hurts=("quad-set",))

    assert runner.tier(4) == ("see-professional", "nothing")


def test_a_red_session_taken_back_weeks_later_gives_no_more_than_before_it(world: World) -> None:
    runner = Diarist(world)
    runner.trains(0, 2)
    before = runner.doses(4)["straight-leg-raise"]
    runner.trains(4, hurts=("straight-leg-raise",))
    hurt = next(e for e in runner.entries if isinstance(e, Hurt))
    runner.tells("undone", 9, undoes=hurt.id)
    after = runner.doses(9)["straight-leg-raise"]

    assert (after.exercise, after.reps) == (before.exercise, before.reps)


def test_a_number_edited_down_later_changes_nothing(world: World) -> None:
    runner = Diarist(world)
    runner.trains(0, painful={"straight-leg-raise": 8})
    before = runner.doses(9)
    said = [e for e in runner.entries if isinstance(e, Felt) and e.pain == 8]
    runner.entries += [msgspec.structs.replace(e, pain=0) for e in said]

    assert said
    assert runner.doses(9) == before


def test_going_on_after_a_referral_brings_no_dose(world: World) -> None:
    runner = Diarist(world)
    runner.trains(0, 2, 4)
    pack = runner.day(7).pack
    assert pack is not None
    runner.mornings({5: 2, 6: 4, 7: 6})
    runner.session(pack, 8, pain=0, rir=6)  # with the session that was on the phone already
    found = runner.day(9)

    assert (found.why_not, found.pack) == ("closed", None)
    assert runner.tier(30) == ("see-professional", "nothing")


def test_a_diary_that_goes_on_behind_a_closed_plan_can_only_make_it_more_urgent(world: World) -> None:
    runner = Diarist(world)
    runner.trains(0)
    runner.tells("rescreened", 1, answers={"bone-focal": "yes"})
    runner.mornings({2: 0, 3: 0, 4: 0})
    runner.tells("rescreened", 4, answers={"bone-focal": "no"})
    assert runner.tier(5) == ("within-week", "nothing")
    runner.tells("rescreened", 6, answers={"motor-loss": "yes"})

    assert runner.tier(6) == ("same-day", "nothing")


# --- time --------------------------------------------------------------------------------------------------


def test_three_weeks_away_come_back_gentler_and_with_nothing_new(world: World) -> None:
    runner = Diarist(world, unphased(KNEE))
    first = runner.moves(0)
    runner.trains(0, 2)

    assert runner.moves(25) == first
    runner.trains(25, 28)
    assert "wall-squat" in runner.moves(30).values()  # and two green sessions later it opens


def test_a_slot_that_was_new_after_the_pause_is_not_cut_for_it(world: World) -> None:
    runner = Diarist(world)
    runner.trains(0, 2, 25)

    assert "after-a-pause" in runner.rules(28)  # of what was trained before the pause
    runner.trains(28)
    assert "after-a-pause" not in runner.rules(30)


def test_a_clock_that_was_set_back_takes_no_pain_away(world: World) -> None:
    runner = Diarist(world)
    runner.trains(0, 2)
    runner.trains(4, hurts=("straight-leg-raise",))
    after = runner.doses(5)

    assert runner.doses(2) == after
    runner.tells("rescreened", 5, answers={"dvt": "yes"})
    assert runner.tier(2) == ("same-day", "nothing")


def test_the_order_of_arrival_changes_nothing(world: World) -> None:
    runner = Diarist(world)
    runner.trains(0, 2, 4, 7)
    runner.trains(9, hurts=("straight-leg-raise",))
    runner.mornings({3: 1, 10: 2})
    before = (runner.doses(14), runner.tier(14))
    for seed in range(5):
        random.Random(seed).shuffle(runner.entries)
        assert (runner.doses(14), runner.tier(14)) == before


def test_a_red_session_that_arrives_late_takes_the_dose_down(world: World) -> None:
    offline = Diarist(world)
    offline.trains(0, 2)
    online = [*offline.entries]
    offline.trains(4, painful={"straight-leg-raise": 8, "sit-to-stand": 8})
    late, offline.entries = offline.entries, online
    before = offline.doses(5)
    offline.entries = late

    for slot in ("straight-leg-raise", "sit-to-stand"):
        assert world.library.exercises[offline.doses(5)[slot].exercise].level < max(
            1, world.library.exercises[before[slot].exercise].level
        )


# --- running -----------------------------------------------------------------------------------------------


def test_the_way_back_that_begins_with_red_pain_leads_back_to_walking(world: World) -> None:
    runner = Diarist(world, READY_TO_RUN)
    for day in (0, 1):
        runner.tells("walked", day, minutes=30, pain=0)
    runner.tells("run-done", 2, km=2, step=1, pain=6)
    first = runner.way_back(3)
    assert (first.step and first.step.number, first.because.id) == (1, "running.return-flare-first")
    runner.tells("run-done", 4, km=2, step=1, pain=7)

    assert (runner.way_back(5).open, runner.way_back(5).because.id) == (False, "running.return-walk-again")


def test_walks_that_went_wrong_close_the_way_back(world: World) -> None:
    runner = Diarist(world, READY_TO_RUN)
    for day in (0, 1):
        runner.tells("walked", day, minutes=30, pain=0)
    assert runner.way_back(2).open
    runner.tells("walked", 2, minutes=30, pain=6, limped=True)

    assert not runner.way_back(3).open


def test_after_a_red_run_the_next_one_waits_for_a_calm_walk(world: World) -> None:
    runner = Diarist(world)
    profile = runner.day(0).following.setting.limits.profile

    def waits(day: int) -> bool:
        return after_a_red_run(runner.entries, profile, on(day))

    runner.tells("run-done", 0, km=5, pain=2)
    assert not waits(1)
    runner.tells("run-done", 1, km=5, pain=1, limped=True)
    assert (waits(2), waits(9)) == (True, False)
    runner.tells("walked", 3, minutes=30, pain=4)
    assert waits(4)
    runner.tells("walked", 4, minutes=30, pain=0)
    assert not waits(5)


# --- the re-test -------------------------------------------------------------------------------------------


def test_a_re_test_that_is_worse_on_the_good_side_trains_that_side_first(world: World) -> None:
    runner = Diarist(world)
    runner.trains(0, 2, 4)
    runner.tells("tested", 28, tests={"straight-leg-raise-reps": {"right": 16, "left": 8}})
    found = runner.day(28)
    front = [h for h in found.following.differential.hypotheses if h.area == "quads"]

    assert {h.side for h in front if h.verdict in ("likely", "possible")} == {"left"}
    assert runner.tier(28)[1] == "all"
