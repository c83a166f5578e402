"""Assessments and judgements for pages: made off the event loop, kept while nothing said has changed."""

from __future__ import annotations

import threading
from collections import OrderedDict

import anyio.to_thread
import msgspec

from weaklink.care.begin import assess
from weaklink.care.follow_up import Judged, judge_given
from weaklink.case.assessment import Assessment
from weaklink.case.given import Given
from weaklink.jobs.planning_worker import PlanningWorker
from weaklink.library.reading import Library
from weaklink.web.visit.visit import Visit

KEPT = 64


class KeptAssessments:
    """The last assessments and judgements, by what was given, language and edition.

    An assessment goes by whether the best plan was wanted as well.
    """

    def __init__(self, worker: PlanningWorker) -> None:
        self._kept: OrderedDict[tuple[bytes, str, str, bool], Assessment] = OrderedDict()
        self._judged: OrderedDict[tuple[bytes, str, str], Judged] = OrderedDict()
        self._judging = threading.Lock()  # threads judge, the event loop forgets
        self._worker = worker

    async def of(self, given: Given, library: Library, *, best_plan: bool = False) -> Assessment:
        """The assessment of what is given; its plan is the exact planner's only where that is wanted."""
        said = msgspec.json.encode(given, order="deterministic")
        key = (said, library.language, library.edition, best_plan)
        found = self._kept.get(key)
        if found is None:
            found = await self._made(given, library, best_plan)
            self._kept[key] = found
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return found

    async def _made(self, given: Given, library: Library, best_plan: bool) -> Assessment:
        exact = await self._worker.assess(given, library.language) if best_plan else None
        if exact is not None:
            return exact
        return await anyio.to_thread.run_sync(assess, given, library, "greedy")

    def judge(self, given: Given, library: Library) -> Judged:
        """What is said, judged; several threads may ask at once."""
        key = (msgspec.json.encode(given, order="deterministic"), library.language, library.edition)
        with self._judging:
            found = self._judged.get(key)
        if found is None:
            found = judge_given(given, library)
            with self._judging:
                self._judged[key] = found
                if len(self._judged) > KEPT:
                    self._judged.popitem(last=False)
        return found

    def prepare_plan(self, language: str) -> None:
        """A plan will be wanted soon, in a language."""
        self._worker.prepare(language)

    def forget(self) -> None:
        """Drop everything kept, after an erasure."""
        self._kept.clear()
        with self._judging:
            self._judged.clear()


async def assessment_of(seen: Visit, *, best_plan: bool = False) -> Assessment | None:
    """The assessment of a visit; None until the age is known."""
    given = seen.given
    if given is None:
        return None
    kept: KeptAssessments = seen.request.app.state.assessments
    return await kept.of(given, seen.house.library, best_plan=best_plan)
