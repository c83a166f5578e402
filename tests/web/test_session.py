"""The pages of the session: today in each state, what an installed page is given, and the modules' own laws."""

from __future__ import annotations

import datetime
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.web.states import begun, fresh, planned, ranked, referred
from tests.web.visitor import Visitor
from weaklink.quantities import WEEKDAYS
from weaklink.web.visit.languages import STATIC_FOLDER

NODE = shutil.which("node")
HERE = Path(__file__).parent
MODULES = STATIC_FOLDER / "weeks" / "session"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("laws", "at_least"), [("session_clock", 10), ("session_outbox", 10), ("session_alarms", 2)]
)
def test_the_clock_the_outbox_and_the_alarms_keep_their_laws(laws: str, at_least: int) -> None:
    assert laws_kept(laws) >= at_least


@pytest.mark.slow
def test_the_end_counts_sets_for_the_move_they_were_done_of() -> None:
    assert laws_kept("session_done") == 6


def laws_kept(laws: str) -> int:
    """How many laws of a file hold; all of them have to."""
    if NODE is None:
        pytest.skip(f"node is not installed: {laws} is NOT TESTED here")
    command = [str(NODE), "--test", "--test-reporter=tap", str(HERE / f"{laws}.test.mjs")]
    environment = {**os.environ, "SESSION_MODULES": str(MODULES)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=120)

    assert done.returncode == 0, done.stdout
    return int(re.findall(r"^# pass (\d+)", done.stdout, re.M)[0])


def test_before_a_plan_today_and_the_session_lead_to_the_questions(visitor: Visitor) -> None:
    fresh(visitor)
    assert visitor.get("/today").headers["location"] == "/"
    begun(visitor)
    for path in ("/today", "/session"):
        assert visitor.get(path).headers["location"] == "/who"


def test_a_referral_leaves_no_session_and_no_exercise(visitor: Visitor) -> None:
    referred(visitor)
    page = visitor.get("/today")

    assert page.status_code in (303, 200)
    assert page.headers.get("location", "/referral") == "/referral"
    assert "exercises/" not in page.text
    assert visitor.get("/session").headers["location"] == "/referral"


def test_without_days_the_session_leads_to_the_result(visitor: Visitor) -> None:
    ranked(visitor)
    assert visitor.get("/session").headers["location"] == "/result"


def test_today_and_the_plan_lead_to_the_session(visitor: Visitor) -> None:
    planned(visitor)
    today, plan = visitor.get("/today"), visitor.get("/plan")
    due = visitor.client.get("/api/v1/sessions/today").json()["pack"] is not None

    assert today.status_code == 200
    assert ("Start session" in today.text) is due
    assert ('href="/session"' in plan.text) is due
    assert due or 'href="/today"' in plan.text


def docked(page: str) -> list[tuple[str, str]]:
    """Where the docked button leads, and what it says."""
    return re.findall(r'class="dock">.*?<a class="button" href="([^"]+)">([^<]+)</a>', page, re.S)


def test_on_a_rest_day_each_docked_button_is_the_next_thing_to_do(visitor: Visitor) -> None:
    planned(visitor)
    tomorrow = datetime.datetime.now().astimezone() + datetime.timedelta(days=1)
    visitor.post("/week", minutes="15", days=[WEEKDAYS[tomorrow.weekday()]])
    today = visitor.get("/today").text

    assert "A rest day." in today
    assert docked(today) == [("/session?anyway=1", "Train today anyway")]
    assert docked(visitor.get("/plan").text) == [("/today", "Go to today")]


def test_the_page_of_the_session_holds_nothing_about_the_runner(visitor: Visitor) -> None:
    planned(visitor)
    page = visitor.get("/session")
    plan = visitor.get("/plan").text
    moves = set(re.findall(r'href="/exercises/([a-z0-9-]+)"', plan))

    assert page.status_code == 200
    assert moves
    assert [move for move in moves if move in page.text] == []


def test_the_figures_of_moves_are_named_with_their_pace(visitor: Visitor) -> None:
    answer = visitor.get("/session/figures?moves=straight-leg-raise,nothing-known").json()
    move = answer["moves"]["straight-leg-raise"]

    assert set(answer["moves"]) == {"straight-leg-raise"}
    assert 0 < move["reached_s"] <= move["left_s"] < move["duration_s"]
    for side in move["sides"].values():
        assert visitor.get(side["movement"]).status_code == 200
    many = ",".join(f"m{n}" for n in range(61))
    assert visitor.get(f"/session/figures?moves={many}").status_code == 422


def test_the_service_worker_lists_files_that_are_there_and_changes_with_them(visitor: Visitor) -> None:
    planned(visitor)
    found = visitor.get("/service-worker.js")
    listed = json.loads(re.findall(r"const FILES = (\[.*?\]);", found.text)[0])

    assert found.headers["content-type"].startswith("text/javascript")
    assert re.search(r"const EDITION = '[0-9a-f]{12}'", found.text)
    assert [file for file in listed if visitor.get(file).status_code != 200] == []
    for module in MODULES.glob("*.js"):
        assert module.name == "service_worker.js" or f"/static/weeks/session/{module.name}" in listed
    assert not any(file.startswith(("/api/", "/today", "/plan")) for file in listed)


def test_the_manifest_makes_it_installable(visitor: Visitor) -> None:
    found = visitor.get("/manifest.webmanifest")
    said = found.json()

    assert found.headers["content-type"].startswith("application/manifest+json")
    assert {icon["sizes"] for icon in said["icons"]} == {"192x192", "512x512"}
    assert any(icon["purpose"] == "maskable" for icon in said["icons"])
    assert [icon for icon in said["icons"] if visitor.get(icon["src"]).status_code != 200] == []


def test_the_policy_stays_strict_and_erasing_clears_the_device(visitor: Visitor) -> None:
    policy = visitor.get("/session").headers["content-security-policy"]

    assert "worker-src 'self'" in policy
    assert "unsafe" not in policy
    erased = visitor.post("/settings/erase", confirm="1")
    assert erased.headers["clear-site-data"] == '"cache", "storage"'
