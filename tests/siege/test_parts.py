"""Each part of the siege in small: it runs, tries what it says, and nothing is lost.

How long a page took meanwhile is for a quiet machine and `make siege`.
"""

from __future__ import annotations

import pytest

from tests.searches import REACH
from tests.siege.parts import PARTS, Part, held

FEW = {"fuzz": 60, "kill -9": 2, "damaged files": 9, "races": 5, "clock jumps": 2, "PostgreSQL restarts": 2}


@pytest.mark.skipif(REACH != "soak", reason="NOT TESTED HERE: parts of the siege run in `make soak`")
@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_a_part_in_small_is_held(part: Part) -> None:
    if why := part.missing():
        pytest.skip(f"NOT TESTED HERE: {why}")
    few = FEW.get(part.name, 3)
    row = held(part, 1.0, few)

    print(row)
    assert row.tried >= few
    assert (row.survived, row.lost, row.faults) == (row.tried, 0, 0)
    assert [why for why in row.broken if "(p99)" not in why] == []
