"""One voice: heading, picture and ranking of a result say the same, for many runners."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.cases.running import FOLDER, read
from tests.reasoning.truths import LIBRARY
from tests.searches import reach
from tests.web.test_three_faces import by_page, walked
from tests.web.visitor import at_home
from weaklink.care.begin import assess
from weaklink.case.given import Given, PainPlace
from weaklink.reasoning.observed import BOTH

SAYS = {
    "likely": ("Most likely", "Not strength first"),
    "possible": ("A possible weak link", "Possibly"),
    "cannot-tell": ("We cannot tell yet", "Nothing hurts", "No weak link was found"),
    "unlikely": ("We cannot tell yet", "Nothing hurts", "No weak link was found"),
}


def benign(count: int) -> Iterator[Given]:
    """Stories of harmless pain, each side a place as it is tapped."""
    for path in sorted((FOLDER / "benign").glob("*.toml"))[:count]:
        given = read(path, LIBRARY).given
        places = {
            PainPlace(place.site, side)
            for place in given.pain_at
            for side in (
                BOTH if place.side == "both" else ("right" if place.side == "not-said" else place.side,)
            )
        }
        yield msgspec.structs.replace(given, pain_at=tuple(sorted(places)), tests={})


@pytest.mark.search
def test_heading_picture_and_ranking_say_the_same(tmp_path: Path) -> None:
    seen = dict.fromkeys(SAYS, 0)
    with at_home(tmp_path) as visitor:
        for truth in benign(reach(10, 123)):
            walk = walked(truth)
            _, where = by_page(visitor, walk)
            if where != "/result":
                continue
            given = msgspec.structs.replace(walk.given, assume_unanswered_no=False)
            rows = assess(given, LIBRARY, "greedy").differential.hypotheses
            verdict = rows[0].verdict if rows else "cannot-tell"
            page = visitor.get("/result").text
            heading = re.sub(r"\s+", " ", page.partition("<h1>")[2].partition("</h1>")[0]).strip()
            seen[verdict] += 1

            assert heading.startswith(SAYS[verdict]), (heading, verdict)
            drawn = "weak link</text>" in re.sub(r"\s*\n\s*", "", page)
            assert not drawn or verdict in ("likely", "possible"), heading
    print(f"one voice: {seen}")

    assert sum(seen.values()) >= 5
