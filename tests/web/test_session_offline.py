"""The session without a connection: 200 random courses of kills, cuts and two pages, against the real server.

The modules are the browser's own (guide, rules, clock, outbox), driven by node with a disk in memory; the server is
the real application on a real port. `tests/journeys/test_session_offline.py` does the same in Chromium, fewer times.
"""

from __future__ import annotations

import datetime
import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.api.runner_in_training import RunnerInTraining, in_training, novice_with_a_sore_kneecap
from tests.in_process import at_a_port
from tests.searches import reach
from weaklink.care.ports import Episode, KeptPlan

NODE = shutil.which("node")
HERE = Path(__file__).parent
MODULES = HERE.parents[1] / "src" / "weaklink" / "web" / "static" / "weeks" / "session"
AT_ONCE = 8
COURSES = reach(200, 80)  # alone 200, in `make test-all` 80, in `make soak` 800
pytestmark = pytest.mark.load
NO_NODE = "node is not installed: the session without a connection is NOT TESTED here"


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunnerInTraining]:
    if NODE is None:
        pytest.skip(NO_NODE)
    with in_training(tmp_path_factory.mktemp("data"), datetime.datetime.now().astimezone().date()) as found:
        found.says(novice_with_a_sore_kneecap(found.house.library), episode="episode-0")
        yield found


@pytest.fixture(scope="module")
def address(runner: RunnerInTraining) -> Iterator[str]:
    """The application of this process on a port."""
    with at_a_port(runner.house) as found:
        yield found


def new_episode(runner: RunnerInTraining, number: int) -> str:
    """The same runner with the same plan and an empty diary, so that the diary of one does not grow for ever."""
    records, now = runner.house.records, runner.clock.now() + datetime.timedelta(seconds=number)
    plan = records.plan("episode-0")
    assert plan is not None
    name = f"episode-{number}"
    episode = Episode(
        id=name, runner_id=runner.house.present()[0].id, given=novice_with_a_sore_kneecap(runner.house.library),
        edition=runner.house.library.edition, created_at=now, updated_at=now,
    )  # fmt: skip
    records.keep_episode(episode).result(5)
    kept = msgspec.structs.replace(plan, id=f"plan-{number}", episode_id=name, created_at=now)
    assert isinstance(kept, KeptPlan)
    records.keep_plan(kept).result(5)
    return name


def courses(address: str, seed: int, count: int) -> list[dict[str, Any]]:
    command = [
        str(NODE),
        str(HERE / "session_offline_runner.mjs"),
        str(MODULES),
        address,
        str(seed),
        str(count),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def all_courses(runner: RunnerInTraining, address: str) -> list[dict[str, Any]]:
    """Every course with the rows the server has of it."""
    found = []
    for number in range(COURSES // AT_ONCE):
        episode = new_episode(runner, number + 1)
        batch = courses(address, 1000 * number, AT_ONCE)
        rows = [msgspec.json.decode(msgspec.json.encode(row)) for row in runner.house.records.diary(episode)]
        for course in batch:
            mine = {entry["id"] for entry in course["kept"]}
            there = [row["id"] for row in rows if row["id"] in mine]
            found.append(course | {"there": there})
        everything = {entry["id"] for course in batch for entry in course["kept"]}
        assert {row["id"] for row in rows} == everything
    return found


def test_nothing_is_lost_and_nothing_is_there_twice(all_courses: list[dict[str, Any]]) -> None:
    assert len(all_courses) == COURSES >= 80
    for course in all_courses:
        ids = [entry["id"] for entry in course["kept"]]
        assert course["left"] == [], course["seed"]
        assert len(set(ids)) == len(ids), course["seed"]
        assert Counter(course["there"]) == Counter(ids), course["seed"]


def test_the_courses_had_kills_lost_answers_and_stale_pages(all_courses: list[dict[str, Any]]) -> None:
    total = Counter[str]()
    for course in all_courses:
        total.update({name: course[name] for name in ("kills", "stale", "posts", "lostAnswers")})

    assert total["kills"] > COURSES
    assert total["lostAnswers"] > COURSES
    assert total["stale"] > COURSES
    phases = Counter(course["phase"] for course in all_courses)
    assert {"done", "work"} & set(phases)
