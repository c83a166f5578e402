"""One session a week, taken with effort to spare, grows: B3, one session a week never progressed."""

from __future__ import annotations

import pytest

from tests.care.diarist import Diarist
from tests.training.virtual_runners import KNEE, World
from weaklink.library.reading import Library
from weaklink.library.wording import shipped_wording


@pytest.fixture(scope="module")
def world(library: Library) -> World:
    return World(library, shipped_wording())


def test_one_session_a_week_grows(world: World) -> None:
    her = Diarist(world, {**KNEE, "days": ["wed"]})
    raised: set[str] = set()
    for week in range(5):
        her.trains(7 * week, pain=0, rir=4)
        reasons = her.day(7 * week + 1).following.course.last_session
        raised |= {one.slot for one in reasons if one.action in ("progress", "next-variant")}

    assert len(her.plan.weeks[0].sessions) == 1
    assert len(raised) >= 2
