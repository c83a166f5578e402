"""The planning worker: the same plan as in process, ended when idle, and nothing lost when it dies."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from pathlib import Path

import pytest

from weaklink.care.begin import assess
from weaklink.case.case_file import read_given
from weaklink.case.given import Given
from weaklink.jobs.planning_worker import PlanningWorker
from weaklink.library.reading import Library

pytest.importorskip("ortools", reason="the extra `plan` is not installed: the exact planner is not tested")


@pytest.fixture
def given(library: Library) -> Given:
    table = {"age": 30, "pain_at": [{"site": "knee-anterior", "side": "left"}], "minutes": 20}
    return read_given(table, library, assume_unanswered_no=True)


@pytest.mark.slow
def test_the_worker_plans_as_the_process_itself_and_ends_when_idle(given: Given, library: Library) -> None:
    async def planned() -> tuple[object, bool]:
        worker = PlanningWorker(idle_s=0.2, wait_s=60)
        worker.prepare("en")
        found = await worker.assess(given, "en")
        await asyncio.sleep(0.6)
        ended = worker._pool is None
        worker.close()
        return found, ended

    found, ended = asyncio.run(planned())

    assert found == assess(given, library, "exact")
    assert ended


@pytest.mark.slow
def test_a_lost_worker_is_no_answer_and_the_next_one_works(given: Given) -> None:
    async def lost() -> tuple[object, object]:
        worker = PlanningWorker(wait_s=60)
        worker.prepare("en")
        pool = worker._pool
        assert pool is not None
        for process in (pool._processes or {}).values():
            process.kill()
        first = await worker.assess(given, "en")
        second = await worker.assess(given, "en")
        worker.close()
        return first, second

    first, second = asyncio.run(lost())

    assert first is None
    assert second is not None


def test_a_slow_worker_is_no_answer(given: Given) -> None:
    async def slow() -> object:
        worker = PlanningWorker(wait_s=0.001)
        found = await worker.assess(given, "en")
        worker.close()
        return found

    assert asyncio.run(slow()) is None


@pytest.mark.slow
def test_the_worker_goes_when_its_server_is_killed() -> None:
    code = (
        "import asyncio, time\n"
        "from weaklink.jobs.planning_worker import PlanningWorker\n"
        "async def main():\n"
        "    worker = PlanningWorker()\n"
        "    worker.prepare('en')\n"
        "    while not worker._pool._processes: await asyncio.sleep(0.05)\n"
        "    print(next(iter(worker._pool._processes)), flush=True)\n"
        "    await asyncio.sleep(60)\n"
        "if __name__ == '__main__': asyncio.run(main())\n"
    )
    server = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    worker = int(server.stdout.readline())
    time.sleep(4)  # it has started and watches by now
    server.kill()
    server.wait()

    end = time.monotonic() + 20
    while running(worker) and time.monotonic() < end:
        time.sleep(0.1)

    assert not running(worker)


def running(process: int) -> bool:
    """Whether a process is there and not merely waiting to be buried."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
