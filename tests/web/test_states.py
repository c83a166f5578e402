"""A state that is put there for a test is the state that the forms lead to."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.web.states import STATES, kept_by
from tests.web.visitor import Visitor, at_home

ITS_OWN = {"id", "runner_id", "episode_id", "created_at", "updated_at"}  # of each time it is put
PUT = [name for name, state in STATES.items() if hasattr(state, "__wrapped__")]


def told(visitor: Visitor) -> list[dict[str, Any]]:
    """All that is kept of a visitor, but the names and times of the rows."""
    assert visitor.house is not None
    runner, episode, plans = kept_by(visitor.house)
    rows = [msgspec.structs.asdict(row) for row in (runner, episode, *plans)]
    return [{name: part for name, part in row.items() if name not in ITS_OWN} for row in rows]


def test_there_are_states_that_are_put() -> None:
    interview = {"halfway", "sleepless", "ranked", "sprained", "referred", "hot_calf", "emergency"}
    assert interview | {"planned", "waiting", "prevention", "conflict"} == set(PUT)


@pytest.mark.parametrize("name", PUT)
def test_a_state_put_there_is_the_one_that_the_forms_lead_to(name: str, tmp_path: Path) -> None:
    with at_home(tmp_path / "by-hand") as visitor:
        inspect.unwrap(STATES[name])(visitor)
        said = told(visitor)
    with at_home(tmp_path / "first") as visitor:
        STATES[name](visitor)
    with at_home(tmp_path / "put") as visitor:
        STATES[name](visitor)

        assert told(visitor) == said
