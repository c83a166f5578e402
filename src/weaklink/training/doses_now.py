"""Doses now: a week of the plan with the doses its diary has led to, for paper."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from weaklink.case.plan import Item, Plan, Session
from weaklink.training.dose import prescribe, seconds_taken
from weaklink.training.items import side_of
from weaklink.training.restrictions import cap_of, easier_way, withheld
from weaklink.training.setting import Setting
from weaklink.training.training_state import State


def plan_now(plan: Plan, number: int, doses: Mapping[str, State], setting: Setting) -> Plan:
    """The plan with one week as it stands now; `number` counts the plan's weeks from 1.

    A move that may not be given any more is not on it.
    """
    weeks = list(plan.weeks)
    week = weeks[number - 1]
    sessions = tuple(session_now(session, doses, setting, number) for session in week.sessions)
    weeks[number - 1] = msgspec.structs.replace(week, sessions=sessions)
    return msgspec.structs.replace(plan, weeks=tuple(weeks))


def session_now(session: Session, doses: Mapping[str, State], setting: Setting, week: int) -> Session:
    """One session with its doses of now, each exercise once."""
    found: dict[str, Item] = {}
    for item in session.items:
        now = _item_now(item, doses.get(item.id), setting, week)
        if now is not None:
            found.setdefault(now.id, now)
    return msgspec.structs.replace(session, items=tuple(found.values()))


def _item_now(item: Item, state: State | None, setting: Setting, week: int) -> Item | None:
    library = setting.library
    exercise = library.exercises.get(state.exercise if state is not None else item.id)
    if exercise is None:
        return item if item.kind == "load-advice" else None
    if withheld(exercise, setting.limits, library, week) is not None:
        return None
    if state is None:
        return item
    gives = prescribe(exercise, library.doses[exercise.dose], setting.runner, state.sets)
    held = gives.hold_s if state.reps is not None else None
    hold_s = state.hold_s if state.hold_s is not None else held
    return msgspec.structs.replace(
        item,
        id=exercise.id,
        kind=exercise.kind,
        side=side_of(exercise),
        sets=state.sets,
        reps=state.reps,
        hold_s=hold_s,
        rest_s=gives.rest_s,
        easier=easier_way(exercise, setting.limits, library, week),
        cap=cap_of(exercise, setting.limits),
        areas=tuple(exercise.areas),
        seconds=seconds_taken(state.sets, state.reps, hold_s, gives.rest_s or 0, exercise),
    )
