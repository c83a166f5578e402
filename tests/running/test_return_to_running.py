"""The way back to running: who may begin, which step is due, and the run that would be too long."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given as runs
from hypothesis import strategies as st

from weaklink.case.given import Result
from weaklink.library.wording import shipped_wording
from weaklink.running.longest_run import FLOOR_KM, Run, longest_km, planned_run
from weaklink.running.return_to_running import (
    STEPS,
    Recovery,
    Return,
    RunWalkTurn,
    Walk,
    entry_criteria,
    is_clean,
    is_flare,
    ladder_step,
    runs_and_walks_min,
    way_back,
)

DAY = datetime.date(2026, 11, 2)


def on(number: int) -> datetime.date:
    return DAY + datetime.timedelta(days=number)


def both(value: float, pain: int = 0) -> dict[str, Result]:
    return {side: Result(value=value, pain=pain) for side in ("right", "left")}


WALKS = [Walk(date=on(n), minutes=30, pain=0) for n in (0, 2)]
TESTS = {"stance": both(30), "squat": both(12), "heel-raise": both(24)}


def met(tissue="other", walks=WALKS, tests=TESTS, **more):
    asked = {"calm": True, "cleared": False} | more
    return {one.id: one.met for one in entry_criteria(tissue, walks, tests, **asked)}


def back(tissue: Any, walks: Any, tests: Any, turns: Any, **more: Any) -> Return:
    return way_back(Recovery(tissue=tissue, walks=walks, tests=tests, turns=turns, **more))


def test_everything_met_opens_the_first_step():
    found = back("tendon", WALKS, TESTS, [], calm=True)

    assert (found.open, found.step, found.not_before) == (True, STEPS[0], None)
    assert found.because.id == "running.return-start"


def test_each_missing_sign_keeps_it_closed():
    painful = [Walk(date=on(n), minutes=30, pain=2) for n in (0, 2)]
    limping = [Walk(date=on(n), minutes=30, pain=0, limped=True) for n in (0, 2)]
    short = [Walk(date=on(n), minutes=20, pain=0) for n in (0, 2)]

    for walks in (painful, limping, short, WALKS[:1], [WALKS[0], WALKS[0]]):
        assert met(walks=walks)["walk"] is False
    assert met(calm=False)["calm"] is False
    assert met(tests={})["stance"] is None
    assert met(tests={"stance": {"right": Result(value=30)}})["stance"] is None
    assert met(tests={"stance": both(29)})["stance"] is False
    assert met(tests={"squat": both(12, pain=3)})["squat"] is False
    assert not back("other", WALKS[:1], TESTS, [], calm=True).open


def test_heel_raises_count_for_a_tendon_by_number_or_by_evenness():
    def raises(right, left):
        return met("tendon", tests={"heel-raise": {"right": Result(value=right), "left": Result(value=left)}})

    assert raises(20, 25)["heel-raise"] is True
    assert raises(18, 19)["heel-raise"] is True
    assert raises(12, 18)["heel-raise"] is False
    assert raises(0, 0)["heel-raise"] is False
    assert met("tendon", tests={})["heel-raise"] is None
    assert "heel-raise" not in met("other")


def test_a_bone_needs_painless_walks_and_a_professional():
    walks = [Walk(date=on(n), minutes=30, pain=1) for n in (0, 2)]

    assert met("bone", walks=walks)["walk"] is False
    assert met("bone") == {"walk": True, "calm": True, "stance": True, "cleared": False}
    assert back("bone", WALKS, TESTS, [], calm=True, cleared=True).open


def test_any_pain_where_a_bone_is_in_question_stops_running():
    turns = [RunWalkTurn(date=on(4), step=1, pain=1)]
    found = back("bone", WALKS, TESTS, turns, calm=True, cleared=True)

    assert (found.open, found.stop, found.step) == (False, True, None)


def test_two_clean_turns_lead_on_and_every_other_day_at_most():
    turns = [RunWalkTurn(date=on(2 * n), step=1 + n // 2) for n in range(4)]
    found = back("other", WALKS, TESTS, turns, calm=True)

    assert (found.step, found.not_before) == (STEPS[2], on(8))


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        ([], (1, "start")),
        ([(1, 0)], (1, "again")),
        ([(1, 0), (1, 0)], (2, "next")),
        ([(1, 3), (1, 0), (1, 0)], (2, "next")),
        ([(1, 0), (1, 3), (1, 0)], (1, "again")),
        ([(1, 0), (1, 0), (2, 5)], (1, "flare")),
        ([(1, 5)], (1, "flare-first")),
        ([(1, 0), (1, 0), (1, 0), (1, 0)], (2, "again")),
    ],
)
def test_the_ladder_goes_up_after_two_and_back_after_a_flare(turns, expected):
    told = [RunWalkTurn(date=on(2 * n), step=step, pain=pain) for n, (step, pain) in enumerate(turns)]

    assert ladder_step(told, "other", 2, 3) == expected


def test_a_second_flare_leads_two_steps_back():
    clean = [RunWalkTurn(date=on(n), step=1 + n // 2) for n in range(8)]
    flares = [RunWalkTurn(date=on(10 + n), step=5, pain=6) for n in range(2)]

    assert ladder_step(clean, "other", 2, 3)[0] == 5
    assert ladder_step([*clean, flares[0]], "other", 2, 3)[0] == 4
    assert ladder_step([*clean, *flares], "other", 2, 3)[0] == 2


def test_two_flares_in_a_row_on_the_first_step_lead_back_to_walking():
    red = [RunWalkTurn(date=on(40 + 2 * n), step=1, pain=6) for n in range(2)]
    again = [Walk(date=on(50 + n), minutes=30, pain=0) for n in range(2)]

    assert back("other", WALKS, TESTS, red[:1], calm=True).open
    closed = back("other", WALKS, TESTS, red, calm=True)
    assert (closed.open, closed.because.id) == (False, "running.return-walk-again")
    assert back("other", [*WALKS, *again], TESTS, red, calm=True).step == STEPS[0]


def test_a_walk_that_hurt_or_ended_in_a_limp_starts_the_walks_anew():
    for bad in (Walk(date=on(8), minutes=30, pain=5), Walk(date=on(8), minutes=30, pain=0, limped=True)):
        after = [Walk(date=on(9 + n), minutes=30, pain=0) for n in range(2)]

        assert not back("other", [*WALKS, bad], TESTS, [], calm=True).open
        assert not back("other", [*WALKS, bad, after[0]], TESTS, [], calm=True).open
        assert back("other", [*WALKS, bad, *after], TESTS, [], calm=True).open


def test_bone_pain_in_a_run_stops_running_before_anything_else_is_said():
    found = back("bone", [], {}, [RunWalkTurn(date=DAY, step=1, pain=1)], calm=False)

    assert (found.stop, found.open, found.because.id) == (True, False, "running.return-bone-pain")


def test_a_limp_or_a_clearly_worse_morning_is_a_flare():
    assert is_flare(RunWalkTurn(date=DAY, step=1, limped=True), 3)
    assert is_flare(RunWalkTurn(date=DAY, step=1, morning_after=2), 3)
    assert not is_flare(RunWalkTurn(date=DAY, step=1, morning_before=1, morning_after=2), 3)
    assert not is_clean(RunWalkTurn(date=DAY, step=1, morning_after=1), 2)
    assert is_clean(RunWalkTurn(date=DAY, step=1, pain=2, morning_before=1, morning_after=1), 2)


@runs(st.lists(st.builds(RunWalkTurn, date=st.dates(DAY, on(60)), step=st.integers(1, 8), pain=st.integers(0, 10)), max_size=12),
      st.integers(0, 11), st.integers(1, 10))  # fmt: skip
def test_more_pain_in_one_turn_never_leads_further(turns, number, more):
    if not turns:
        return
    place = number % len(turns)
    worse = [*turns]
    worse[place] = RunWalkTurn(
        date=turns[place].date, step=turns[place].step, pain=min(10, turns[place].pain + more)
    )

    assert ladder_step(worse, "other", 2, 3)[0] <= ladder_step(turns, "other", 2, 3)[0]


def test_the_steps_are_those_of_the_programme():
    assert [(s.run_min, s.walk_min, s.times) for s in STEPS[:5]] == [(1, 4, 6), (2, 3, 6), (3, 2, 6), (4, 1, 6), (20, 0, 1)]  # fmt: skip
    assert runs_and_walks_min(STEPS[0]) == 30


# --- the longest run ---------------------------------------------------------------------------------------

RUNS = [Run(date=on(n), km=km) for n, km in ((0, 12.0), (10, 8.0), (20, 10.0))]


def test_only_the_last_thirty_days_count_and_not_the_day_itself():
    assert longest_km(RUNS, on(30)) == 12.0
    assert longest_km(RUNS, on(31)) == 10.0
    assert longest_km([Run(date=on(5), km=9.0)], on(5)) is None
    assert longest_km([Run(date=on(4), km=0.0)], on(5)) is None


def test_a_run_above_110_percent_is_told_and_at_110_it_is_not():
    assert planned_run(13.2, RUNS, on(30)).says == "fine"
    found = planned_run(13.3, RUNS, on(30))
    assert (found.says, found.percent, found.most_km) == ("too-long", 111, 13.2)
    assert "frandsen-2025" in found.because.sources


def test_what_was_said_at_the_start_counts_beside_the_runs():
    assert planned_run(15.0, RUNS, on(30), known_km=14.0).says == "fine"


def test_what_was_said_at_the_start_is_forgotten_after_thirty_days():
    assert planned_run(12.0, [], on(30), known_km=20.0, known_on=DAY).says == "fine"
    assert planned_run(12.0, [], on(31), known_km=20.0, known_on=DAY).says == "nothing-to-compare"


def test_after_a_break_a_floor_holds_and_short_runs_stay_free():
    assert planned_run(FLOOR_KM, [], DAY).says == "fine"
    assert planned_run(8.0, [], DAY).says == "nothing-to-compare"
    assert planned_run(2.9, [Run(date=on(0), km=1.0)], on(2)).says == "fine"


def test_every_sentence_of_the_way_back_can_be_said():
    wording = shipped_wording()
    held = [planned_run(km, runs_, on(30)) for km in (1.0, 40.0) for runs_ in (RUNS, [])]
    for message in [*(one.because for one in held), *(c.because for c in entry_criteria("tendon", [], {}, calm=True, cleared=False))]:  # fmt: skip
        assert wording.say(message).endswith(".")
    for why in ("not-yet", "bone-pain", "start", "again", "next", "flare", "flare-first", "walk-again"):
        assert wording.word(f"running.return-{why}") != f"running.return-{why}"
