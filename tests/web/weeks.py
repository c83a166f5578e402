"""Weeks: a diary told backwards from today, through the API as an installed page would send it."""

from __future__ import annotations

import datetime
from typing import Any

from tests.web.visitor import Visitor

SESSION_DAYS = (0, 2, 4)


def entry(kind: str, days_ago: float, **said: Any) -> dict[str, Any]:
    """One entry so many days before now, with an id of its own that is the same each time."""
    at = datetime.datetime.now().astimezone() - datetime.timedelta(days=days_ago)
    name = f"{kind}-{days_ago:g}-{said.get('session', '')}{said.get('slot', '')}{said.get('set', '')}{said.get('side', '')}"
    dated = {"date": at.date().isoformat()} if kind in ("morning", "run-done", "walked") else {}
    return {"kind": kind, "id": f"{name.replace('.', '-'):-<12}"[:64], "at": at.isoformat(), **dated, **said}


def session(days_ago: int, exercise: str = "straight-leg-raise", pain: int = 1) -> list[dict[str, Any]]:
    """A whole session of one move, both sides, three sets."""
    name = f"session-{days_ago:03d}"
    move = {"slot": exercise, "exercise": exercise}
    asked = [{**move, "sides": 2, "sets": 3, "reps": 10}]
    sets = [
        entry("set-done", days_ago - 0.001 * (3 * n + k), session=name, set=n, side=side, reps=10, rir=4,
              pain=pain, **move)
        for n in (1, 2, 3)
        for k, side in enumerate(("right", "left"))
    ]  # fmt: skip
    begun = entry("session-begun", days_ago, session=name, moves=asked)
    return [begun, *sets, entry("session-ended", days_ago - 0.02, session=name, minutes=14)]


def tell(visitor: Visitor, entries: list[dict[str, Any]]) -> None:
    """Send entries; they have to be taken."""
    for start in range(0, len(entries), 100):
        response = visitor.client.post("/api/v1/diary", json={"entries": entries[start : start + 100]})
        assert response.status_code == 200, response.text


def some_weeks(visitor: Visitor, weeks: int = 5) -> None:
    """Three sessions a week, two runs with a stretch before, mornings that get better, and a test done again."""
    told: list[dict[str, Any]] = []
    for week in range(weeks):
        first = 7 * (weeks - week) - 1
        for day in SESSION_DAYS[: 2 if week == 1 else 3]:
            told += session(first - day)
        pain = max(1, 4 - week)
        told += [entry("morning", first - 1, pain=pain, stiff_min=5), entry("morning", first - 3, pain=pain)]
        told += [
            entry(
                "run-done",
                first - day,
                km=4.0 + 0.3 * week + (1.5 if week == 3 and day == 5 else 0),
                minutes=30,
                pain=pain,
            )
            for day in (3, 5)
        ]
        told.append(entry("stretched", first - 3, exercise="quad-stretch", when="before-run"))
    told.append(entry("tested", 8, tests={"straight-leg-raise-reps": {"right": 15, "left": 17}}))
    told.append(entry("tested", 2, tests={"straight-leg-raise-reps": {"right": 17, "left": 17}}))
    tell(visitor, told)
