"""What a reader would expect in the plan and does not find, each with its reason."""

from __future__ import annotations

from weaklink.case.plan import Item, LeftOut
from weaklink.quantities import Message
from weaklink.training.dose.restrictions import LATER_FROM_WEEK, withheld
from weaklink.training.dose.setting import Setting

# Departures from an article for the runner's sake come first, practical reasons last.
REASONS = ("never", "prescribed", "later", "phase", "tag", "sore", "level", "equipment", "no", "retired")


def withheld_from_articles(plan: Setting) -> tuple[LeftOut, ...]:
    """Every move of the two articles that this runner is not given at the start (D5)."""
    found = (
        (exercise.id, withheld(exercise, plan.limits, plan.library, 1))
        for exercise in plan.library.exercises.values()
        if exercise.article
    )
    left = [LeftOut(id=name, because=why) for name, why in found if why is not None]
    return tuple(sorted(left, key=_weight))


def _weight(left: LeftOut) -> int:
    kind = left.because.id.removeprefix("training.withheld-").split("-")[0]
    return REASONS.index(kind)


def missing_kinds(plan: Setting, first: tuple[Item, ...], later: tuple[Item, ...]) -> tuple[LeftOut, ...]:
    """Why a plan holds no stretch or no drill, at first or from the third week, if it does not (S11)."""
    at_first, then = ({item.kind for item in items} for items in (first, later))
    allowed = {exercise.kind for exercise in plan.admitted(1)}
    return tuple(
        LeftOut(id=kind, because=_missing(kind, allowed=kind in allowed, later=kind in at_first))
        for kind in ("stretch", "drill")
        if kind not in at_first or kind not in then
    )


def _missing(kind: str, *, allowed: bool, later: bool) -> Message:
    if later:
        return Message(f"training.no-{kind}-later", {"week": LATER_FROM_WEEK})
    return Message(f"training.no-{kind}-{'time' if allowed else 'allowed'}")


def left_out(plan: Setting, first: tuple[Item, ...], later: tuple[Item, ...]) -> tuple[LeftOut, ...]:
    """Everything left out on purpose. `first`, `later`: what the first and the last week hold."""
    return (*missing_kinds(plan, first, later), *withheld_from_articles(plan))
