"""The week of a phase: how often, and how far apart, its moves come."""

from __future__ import annotations

from collections.abc import Iterable

from weaklink.case.plan import Item
from weaklink.quantities import WEEKDAYS, Weekday
from weaklink.training.programme.phases import PhaseMove

DAYS_OF_WEEK = 7


def rests_on_some_days(moves: Iterable[PhaseMove], sessions: int) -> bool:
    """Whether any move of a phase may not come in every one of so many sessions a week."""
    return any(
        (move.gives.per_week is not None and move.gives.per_week[1] < sessions) or (move.every_days or 1) > 1
        for move in moves
    )


def _sets(items: Iterable[Item]) -> int:
    return sum(item.sets or 0 for item in items if item.kind == "exercise")


class PhaseWeek:
    """The days of one week as they fill: a move comes no more often than its phase wants it."""

    def __init__(self, moves: Iterable[PhaseMove]) -> None:
        self._moves = {move.ways[0]: move for move in moves}
        self._days: dict[str, list[int]] = {}

    def on(self, day: Weekday, items: tuple[Item, ...], others: tuple[Item, ...] = ()) -> tuple[Item, ...]:
        """The items of a day without those that came often enough, or on too near a day.

        Where that leaves less than half of the sets, the others come in their place.
        """
        number = WEEKDAYS.index(day)
        kept = tuple(item for item in items if self._may_come(item.id, number))
        for item in kept:
            self._days.setdefault(item.id, []).append(number)
        if 2 * _sets(kept) >= _sets(items):
            return kept
        strength = tuple(item for item in kept if item.kind == "exercise")
        return (*strength, *others, *(item for item in kept if item.kind != "exercise"))

    def _may_come(self, name: str, day: int) -> bool:
        move, came = self._moves.get(name), self._days.get(name, [])
        if move is None or not came:
            return True
        most = move.gives.per_week[1] if move.gives.per_week is not None else DAYS_OF_WEEK
        apart = move.every_days or 1
        round_the_week = came[0] + DAYS_OF_WEEK - day
        return len(came) < most and day - came[-1] >= apart and round_the_week >= apart
