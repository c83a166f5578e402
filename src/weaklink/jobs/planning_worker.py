"""Planning: assessments by the exact planner in a short-lived process, so that the server stays small."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from weaklink.care.begin import assess
from weaklink.case.assessment import Assessment
from weaklink.case.given import Given
from weaklink.library.reading import shipped_library
from weaklink.training.plan import exact

IDLE_S = 120.0
LONGEST_WAIT_S = 3.0  # then the greedy plan is good enough: nobody should wait for a slightly better one
log = logging.getLogger("weaklink")


def exact_assessment(given: Given, language: str) -> Assessment:
    """The assessment with the exact planner; runs in the worker, which reads the library once."""
    return assess(given, shipped_library(language), "exact")


def warm_up(language: str) -> None:
    """Read the library and load the solver, before the first plan is asked for."""
    shipped_library(language)
    __import__("ortools.sat.python.cp_model")


def end_with_parent() -> None:
    """Let the worker go when the server goes, even if the server is killed. It says nothing by itself.

    What fails in it is told by the server, without the words: those may hold what a runner said.
    """
    sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115 - for as long as the worker lives
    threading.Thread(target=_watch_parent, daemon=True).start()


def _watch_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


class PlanningWorker:
    """One worker process, started when it is first needed and ended when it was idle for a while.

    The solver and what it brings along weigh more than the rest of weaklink together, so the server itself
    never loads it. Without the solver, or when the worker is lost or slow, the answer is None and the caller
    plans by the greedy planner.
    """

    def __init__(self, idle_s: float = IDLE_S, wait_s: float = LONGEST_WAIT_S) -> None:
        self._idle_s = idle_s
        self._wait_s = wait_s
        self._pool: ProcessPoolExecutor | None = None
        self._ending: asyncio.TimerHandle | None = None
        self._busy = 0

    async def assess(self, given: Given, language: str) -> Assessment | None:
        """The assessment by the exact planner, its texts in a language; None where it cannot be had."""
        if not exact.is_available():
            return None
        self._busy += 1
        try:
            working = self._started().submit(exact_assessment, given, language)
            return await asyncio.wait_for(asyncio.wrap_future(working), self._wait_s)
        except TimeoutError:
            return None
        except (BrokenProcessPool, OSError) as error:
            log.error("the planning process was lost (%s); planning without it", error)
            self.close()
            return None
        finally:
            self._busy -= 1
            self._end_later()

    def prepare(self, language: str) -> None:
        """Start the worker now, because a plan will be wanted soon, in a language."""
        if exact.is_available() and self._pool is None:
            self._started().submit(warm_up, language)
            self._end_later()

    def close(self) -> None:
        """End the worker."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # Spawned, not forked: the server has threads.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=end_with_parent)
        return self._pool

    def _end_later(self) -> None:
        if self._ending is not None:
            self._ending.cancel()
        self._ending = asyncio.get_running_loop().call_later(self._idle_s, self._end_if_idle)

    def _end_if_idle(self) -> None:
        if self._busy == 0:
            self.close()
