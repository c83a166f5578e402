"""Doses now: the week of the plan that counts, as the diary has moved it on, for page and paper."""

from __future__ import annotations

import math
from collections.abc import Mapping

import msgspec

from weaklink.case.plan import Item, Plan, Session
from weaklink.training.course.upkeep import upkeep_days
from weaklink.training.dose.dose import prescribe, seconds_taken
from weaklink.training.dose.phased import rest_of_bouts
from weaklink.training.dose.restrictions import cap_of, easier_way
from weaklink.training.dose.setting import Setting
from weaklink.training.dose.training_state import SlotState
from weaklink.training.plan.items import side_of
from weaklink.training.plan.plan_document import ItemDocument
from weaklink.training.prescribed.prescribed_week import as_judged
from weaklink.training.session.session_rungs import stretch_item
from weaklink.training.session.training_day import Day, given_today, state_of


def plan_now(plan: Plan, day: Day) -> tuple[Plan, int]:
    """The plan with the week that counts as it stands on a day, and its number; in upkeep it is alone.

    A move that may not be given any more is not on it.
    """
    number = len(plan.weeks) if day.upkeep else min(day.due.plan_week, len(plan.weeks))
    week = plan.weeks[number - 1]
    documents = {i.id: i for s in day.plan.weeks[day.due.plan_week - 1].sessions for i in s.items}
    kept = upkeep_days(week.sessions) if day.upkeep else week.sessions
    sessions = tuple(_session_now(session, documents, day) for session in kept)
    if day.upkeep:
        alone = msgspec.structs.replace(week, number=1, sessions=sessions)
        return msgspec.structs.replace(plan, weeks=(alone,)), 1
    now = msgspec.structs.replace(week, sessions=sessions)
    weeks = (*plan.weeks[: number - 1], now, *plan.weeks[number:])
    return msgspec.structs.replace(plan, weeks=weeks), number


def with_limits_of(plan: Plan, setting: Setting) -> Plan:
    """The plan with the limits of every move as they are said now, in the words of the setting's library."""

    def limited(item: Item) -> Item:
        exercise = setting.library.exercises.get(item.id)
        return (
            item if exercise is None else msgspec.structs.replace(item, cap=cap_of(exercise, setting.limits))
        )

    weeks = (
        msgspec.structs.replace(
            week,
            sessions=tuple(
                as_judged(
                    msgspec.structs.replace(one, items=tuple(limited(item) for item in one.items)),
                    setting,
                    week.number,
                )
                for one in week.sessions
            ),
        )
        for week in plan.weeks
    )
    return msgspec.structs.replace(plan, weeks=tuple(weeks))


def _session_now(session: Session, documents: Mapping[str, ItemDocument], day: Day) -> Session:
    """One session with its doses of now, each exercise once; a stretch only after the move that brings it."""
    exercises = day.setting.library.exercises
    found: dict[str, Item] = {}
    for item in session.items:
        now = _item_now(item, documents.get(item.id), day)
        if now is not None:
            found.setdefault(now.id, now)
    brought = {exercises[name].followed_by for name in documents if name in exercises}
    missing = brought - {exercises[name].followed_by for name in found if name in exercises}
    items = tuple(item for item in found.values() if item.id not in missing)
    minutes = math.ceil(sum(item.seconds for item in items) / 60)
    left = msgspec.structs.replace(session, minutes=minutes, items=items)
    return as_judged(left, day.setting, max(day.due.week, 1))


def _item_now(item: Item, document: ItemDocument | None, day: Day) -> Item | None:
    if item.kind == "load-advice":
        return item
    if document is None:  # the plan was made anew since
        return item if given_today(day.setting.library.exercises[item.id], day) else None
    if item.kind == "stretch":
        rests = stretch_item(document, day, follows=False) is None
        return None if rests else msgspec.structs.replace(item, sets=document.sets)
    state = state_of(document, day)
    return None if state is None else _given(item, state, day)


def _given(item: Item, state: SlotState, day: Day) -> Item:
    library, limits = day.setting.library, day.setting.limits
    exercise = library.exercises[state.exercise]
    gives = prescribe(exercise, library.doses[exercise.dose], day.setting.runner, state.sets)
    rest_s = rest_of_bouts(exercise.id, state.sets, day.setting) or gives.rest_s
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
        load=state.load,
        rest_s=rest_s,
        easier=easier_way(exercise, limits, library, max(day.due.week, 1)),
        cap=cap_of(exercise, limits),
        areas=tuple(exercise.areas),
        seconds=seconds_taken(state.sets, state.reps, hold_s, rest_s or 0, exercise),
    )
