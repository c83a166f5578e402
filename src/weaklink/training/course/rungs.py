"""The rungs of a course: what this runner may use before the third week and from it, and how slots begin."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import msgspec

from weaklink.quantities import WEEKDAYS
from weaklink.training.course.course import Rules, StageRungs
from weaklink.training.course.doorway import guide_of
from weaklink.training.dose.phased import phased
from weaklink.training.dose.restrictions import LATER_FROM_WEEK
from weaklink.training.dose.setting import Setting
from weaklink.training.dose.training_state import Rung, SlotState
from weaklink.training.plan.plan_document import ItemDocument, PlanDocument
from weaklink.training.programme.phases import stages
from weaklink.training.progression.runner_ladder import rung

MOVES = ("exercise", "drill")  # what progresses; stretches stay as they are


class Rungs(msgspec.Struct, frozen=True, kw_only=True):
    """What one runner may use before what has to wait is open, and after."""

    early: Mapping[str, Rung]
    late: Mapping[str, Rung]
    stages: Mapping[str, StageRungs] = {}  # of the programme that is followed


def rungs_of(setting: Setting) -> Rungs:
    """All rungs of one runner as they are now."""
    late = rungs_in(setting, LATER_FROM_WEEK)
    return Rungs(early=held_back(rungs_in(setting, 1), late), late=late, stages=rungs_by_stage(setting))


def rungs_by_stage(setting: Setting) -> dict[str, StageRungs]:
    """The rungs of the moves of every stage there can be."""
    if setting.programme is None:
        return {}
    return {stage: _of_stage(phased(setting, at)) for stage, at in stages(setting.programme)}


def _of_stage(setting: Setting) -> StageRungs:
    names = sorted(setting.limits.in_phase)
    early, late = (
        {e.id: rung(e, setting, week) for e in setting.admitted(week) if e.id in names and e.kind in MOVES}
        for week in (1, LATER_FROM_WEEK)
    )
    return StageRungs(early=held_back(early, late), late=late)


def course_rules(
    plan: PlanDocument, setting: Setting, rungs: Rungs, began: datetime.date, bias: int = 0
) -> Rules:
    """Everything the fold of a course needs, for one runner as they are now.

    Args:
        bias: repetitions to add to what is said to be left.
    """
    return Rules(
        early=rungs.early,
        late=rungs.late,
        profile=setting.limits.profile,
        target=setting.limits.min_rir,
        began=began,
        days=training_days(plan),
        first_doses=first_doses(plan),
        bias=bias,
        guide=guide_of(setting),
        stages=rungs.stages,
        named={move.slot: move.named for move in setting.given.prescribed if move.named},
    )


def training_days(plan: PlanDocument) -> frozenset[int]:
    """The weekdays of a plan's sessions, Monday is 0."""
    return frozenset(WEEKDAYS.index(s.day) for week in plan.weeks for s in week.sessions)


def rungs_in(setting: Setting, week: int) -> dict[str, Rung]:
    """Every exercise and drill this runner may do in a week, by id."""
    return {e.id: rung(e, setting, week) for e in setting.admitted(week) if e.kind in MOVES}


def held_back(early: Mapping[str, Rung], late: Mapping[str, Rung]) -> dict[str, Rung]:
    """All rungs, but none leads up to what is not open yet: what was begun later can still be eased."""
    closed = {name: msgspec.structs.replace(found, harder="") for name, found in late.items()}
    return {**closed, **early}


def first_doses(plan: PlanDocument) -> dict[str, SlotState]:
    """How each slot begins: the numbers of the first week it stands in."""
    found: dict[str, SlotState] = {}
    for item in (i for week in plan.weeks for session in week.sessions for i in session.items):
        if item.kind in MOVES and item.id not in found:
            found[item.id] = first_dose(item)
    return found


def first_dose(item: ItemDocument) -> SlotState:
    """A plan's item as the state a slot begins in."""
    return SlotState(
        exercise=item.id, sets=item.sets or 1, reps=item.reps, hold_s=item.hold_s, load=item.load
    )
