"""Faults of the rules that made-up runners met, and that were mended."""

from __future__ import annotations

import pytest

from tests.rehearsal.stories import otherwise
from tests.rehearsal.virtual_courses import Runner, lived_strictly
from weaklink.rehearsal.events import Event

ACHILLES = "s03-achilles-50km"
CLOSED_BY_THE_NEW_PLAN = Runner(kind="painful", strength="average", things="gym", condition="gtps", seed=16)


def sure(holds: bool) -> None:
    """What the fault needs to show at all. Without it the test fails, whatever is expected."""
    if not holds:
        raise RuntimeError("the story no longer comes to where the fault showed")


@pytest.mark.slow
def test_a_stiff_tendon_takes_nothing_from_other_places() -> None:
    found = otherwise(ACHILLES, Event(kind="stiff", week=3, days=3, minutes=15), weeks=3)
    rules = [
        item["rule"]
        for s in found["weeks"][2]["sessions"]
        for item in s["items"]
        if item["kind"] == "exercise" and not ("raise" in item["slot"] or "calf" in item["slot"])
    ]
    sure(bool(rules))

    assert "bad-morning" not in rules


@pytest.mark.slow
def test_away_from_home_no_dumbbell_is_asked_for() -> None:
    found = otherwise(ACHILLES, Event(kind="travel", week=2, days=7), weeks=2)
    loads = [item["load"] or {} for s in found["weeks"][1]["sessions"] for item in s["items"]]
    sure(bool(loads))

    assert not any(load.get("kind", "").startswith("dumbbell") for load in loads)


@pytest.mark.slow
def test_a_day_on_which_the_plan_made_anew_is_closed_can_be_asked_for() -> None:
    """Six weeks of night pain and no better: the day's plan is made anew, and by its rungs it closes."""
    found = lived_strictly(CLOSED_BY_THE_NEW_PLAN)

    assert found.closed_week is not None
