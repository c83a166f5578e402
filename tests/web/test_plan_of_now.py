"""The plan page shows what the next session asks for, and why it is not what the plan began with."""

from __future__ import annotations

import datetime
import random
import re
from pathlib import Path
from typing import Any

import pytest

from tests.api.runner_in_training import MONDAY, RunnerInTraining, in_training, novice_with_a_sore_kneecap
from tests.searches import reach
from tests.web.visitor import tight
from weaklink.library.reading import Library

MOVE = re.compile(
    r'<h3><a href="/exercises/([a-z0-9-]+)">[^<]*</a></h3><p class="dose">(.*?)<span', re.DOTALL
)
LEFT_OUT = re.compile(r'<b><a href="/exercises/([a-z0-9-]+)">')
HEADING = re.compile(r"<h1>(.*?)</h1>")


def on_page(her: RunnerInTraining, query: str = "") -> tuple[dict[str, str], str, str]:
    """Each move with its dose, the heading, and the whole page."""
    page = tight(her.client.get(f"/plan{query}").text)
    heading = HEADING.search(page)
    assert heading is not None, page[:2000]
    return dict(MOVE.findall(page)), heading[1], page


def in_pack(pack: dict[str, Any]) -> dict[str, str]:
    """Each move of a session with the beginning of its dose; a stretch that follows stands on no plan."""
    rungs = [item["rungs"][0] for item in pack["items"] if not item["follows"]]
    return {rung["exercise"]: f"{rung['sets']} × {rung['reps'] or rung['hold_s']}" for rung in rungs}


def agrees(her: RunnerInTraining, pack: dict[str, Any]) -> None:
    """The page names the moves of the session with their doses and its minutes."""
    shown, heading, page = on_page(her)
    wanted = in_pack(pack)
    assert not set(LEFT_OUT.findall(page)) & set(shown), "a move that is given does not wait"
    for name, dose in wanted.items():
        assert shown.get(name, f"no {name}").startswith(dose), (her.clock.day, name, dose, shown)
    assert f"of {pack['minutes']} minutes" in heading or len(shown) != len(wanted)
    if pack["kind_of_day"] in ("lighter", "upkeep"):
        assert pack["says"][0] in page


@pytest.mark.search
@pytest.mark.parametrize("seed", range(min(reach(1, 2), 2)))
def test_the_page_shows_what_the_session_asks_for(tmp_path: Path, library: Library, seed: int) -> None:
    dice, compared, changed = random.Random(seed), 0, 0
    with in_training(tmp_path) as her:
        her.says(novice_with_a_sore_kneecap(library))
        for number in range(min(reach(20, 35), 35)):
            day = MONDAY + datetime.timedelta(days=number)
            if dice.random() < 0.4:
                continue
            found = her.today(day)
            if found["pack"] is None:
                continue
            agrees(her, found["pack"])
            compared += 1
            changed += "changed-line" in on_page(her)[2]
            moves = list(in_pack(found["pack"]))
            hurt = dice.choice(moves) if dice.random() < 0.2 else ""
            her.train(day, hurt=hurt, pain=dice.choice([0, 0, 1, 2, 3]), rir=dice.choice([0, 2, 4, 6]))

    assert compared > 4
    assert changed > 1


def test_a_change_stands_at_its_move_with_day_and_rule(tmp_path: Path, library: Library) -> None:
    with in_training(tmp_path) as her:
        her.says(novice_with_a_sore_kneecap(library))
        before, _, page = on_page(her)
        assert "changed-line" not in page
        for number in (0, 2, 4):
            her.train(MONDAY + datetime.timedelta(days=number), rir=3)
        her.clock.day = MONDAY + datetime.timedelta(days=5)
        after, _, page = on_page(her)
        reasons = her.client.get("/api/v1/diary/reasons").json()["reasons"]
        other, heading, later = on_page(her, "?week=2")
        exercise = her.client.get("/exercises/straight-leg-raise").text

    assert before["straight-leg-raise"] != after["straight-leg-raise"]
    assert after["straight-leg-raise"] in exercise
    last = [reason for reason in reasons if reason["exercise"] == "straight-leg-raise"][-1]
    assert f"{last['says']}<small>Yesterday</small>" in page
    assert 'href="/progress">Every change, with its reason' in page
    assert heading.startswith("Week 2:")
    assert "the doses the plan began with" in later
    assert "changed-line" not in later
    assert other


@pytest.mark.slow
def test_upkeep_shows_two_sessions_and_no_other_week(tmp_path: Path, library: Library) -> None:
    with in_training(tmp_path) as her:
        her.says(novice_with_a_sore_kneecap(library, programme=False))
        for week in (0, 7):
            for number in (0, 2, 4):
                her.train(MONDAY + datetime.timedelta(days=7 * week + number))
        her.clock.day = MONDAY + datetime.timedelta(days=56)
        her.keep({"kind": "reported", "id": "report-01", "at": her.at(), "pain_worst": 1, "change": 4})
        found = her.today(her.clock.day)
        assert found["stage"] == "upkeep"
        agrees(her, found["pack"])
        _, heading, page = on_page(her)

    assert heading.startswith("This week: 2 sessions")
    assert "Upkeep: about" in page
    assert "week-steps" not in page
