"""Assessments for pages: made off the event loop, kept while nothing that was said has changed."""

from __future__ import annotations

from collections import OrderedDict

import anyio.to_thread
import msgspec

from weaklink.care.begin import assess
from weaklink.case.assessment import Assessment
from weaklink.case.given import Given
from weaklink.library.reading import Library
from weaklink.web.visit import Visit

KEPT = 64


class Kept:
    """The last assessments, by exactly what was given."""

    def __init__(self) -> None:
        self._kept: OrderedDict[bytes, Assessment] = OrderedDict()

    async def of(self, given: Given, library: Library) -> Assessment:
        """The assessment of what is given."""
        key = msgspec.json.encode(given, order="deterministic")
        found = self._kept.get(key)
        if found is None:
            found = await anyio.to_thread.run_sync(assess, given, library)
            self._kept[key] = found
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return found

    def forget(self) -> None:
        """Drop everything kept, after an erasure."""
        self._kept.clear()


async def assessment_of(seen: Visit) -> Assessment | None:
    """The assessment of a visit; None until the age is known."""
    given = seen.given
    if given is None:
        return None
    kept: Kept = seen.request.app.state.assessments
    return await kept.of(given, seen.house.library)
