"""What changed between two versions of a plan, move by move."""

from __future__ import annotations

from typing import Literal

import msgspec

from weaklink.case.plan import Item, Plan, PrescribedItem
from weaklink.quantities import Weekday
from weaklink.training.plan.plan_document import ItemDocument, PlanDocument, PrescribedItemDocument

FIELDS = (
    "side",
    "sets",
    "reps",
    "hold_s",
    "tempo",
    "rir",
    "rest_s",
    "load",
    "how_heavy",
    "easier",
    "cap",
    "when",
    "waits",
)
Key = tuple[int, Weekday, str]
Move = Item | ItemDocument | PrescribedItem | PrescribedItemDocument


class PlanChange(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One difference. `field` is empty for a move that came or went; values are as text, empty if absent."""

    week: int
    day: Weekday
    what: Literal["added", "removed", "changed"]
    id: str
    field: str = ""
    before: str = ""
    after: str = ""


def _moves(plan: Plan | PlanDocument) -> dict[Key, Move]:
    sessions = [(week.number, session) for week in plan.weeks for session in week.sessions]
    ours = {(week, session.day, item.id): item for week, session in sessions for item in session.items}
    theirs = {(week, session.day, one.slot): one for week, session in sessions for one in session.prescribed}
    return {**ours, **theirs}


def _as_text(value: object) -> str:
    return "" if value is None else str(value)


def _changed(key: Key, before: Move, after: Move) -> list[PlanChange]:
    week, day, name = key
    fields = [field for field in FIELDS if hasattr(before, field)]
    pairs = [(field, _as_text(getattr(before, field)), _as_text(getattr(after, field))) for field in fields]
    return [
        PlanChange(week=week, day=day, what="changed", id=name, field=field, before=old, after=new)
        for field, old, new in pairs
        if old != new
    ]


def plan_changes(before: Plan | PlanDocument, after: Plan | PlanDocument) -> tuple[PlanChange, ...]:
    """Every move that came, went or has other numbers, by week and day; empty for equal plans."""
    old, new = _moves(before), _moves(after)
    gone = [PlanChange(week=w, day=d, what="removed", id=i) for w, d, i in old.keys() - new.keys()]
    come = [PlanChange(week=w, day=d, what="added", id=i) for w, d, i in new.keys() - old.keys()]
    kept = [change for key in old.keys() & new.keys() for change in _changed(key, old[key], new[key])]
    return tuple(sorted([*gone, *come, *kept]))
