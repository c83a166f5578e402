"""A day of training: the plan, where the runner stands, and what the day is like."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Mapping

import msgspec

from weaklink.case.load import Load
from weaklink.library.held_weights import HELD_WITH
from weaklink.library.records import Equipment, Exercise
from weaklink.quantities import Message
from weaklink.training.course.course import Course
from weaklink.training.course.reflow import Due
from weaklink.training.course.rungs import first_dose
from weaklink.training.course.session_record import KindOfDay
from weaklink.training.course.slot import after_a_break
from weaklink.training.course.upkeep import upkeep_sets
from weaklink.training.dose.restrictions import easier_way, withheld
from weaklink.training.dose.setting import Setting
from weaklink.training.dose.training_state import Rung, SlotState
from weaklink.training.dose.usable import is_heavy_for_legs
from weaklink.training.plan.plan_document import ItemDocument, PlanDocument
from weaklink.training.progression.lighter_week import KEPT
from weaklink.training.progression.next_dose import offered_again
from weaklink.training.progression.raising import at_bottom

Say = Callable[[Message], str]


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What a day is like: fewer minutes than planned, or away from one's things. None: as planned."""

    minutes: int | None = None
    equipment: frozenset[Equipment] | None = None
    before_hard_run: bool = False

    def has(self, load: Load | None) -> bool:
        """Whether a load can be put together with what is at hand."""
        if self.equipment is None or load is None or load.kind == "none":
            return True
        return any(load.kind in HELD_WITH.get(thing, ()) for thing in self.equipment)


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """What the training of a session is made from; what it asks first is not training."""

    plan: PlanDocument
    setting: Setting
    course: Course
    rungs: Mapping[str, Rung]
    due: Due
    began: datetime.date
    today: datetime.date
    episode: str
    wanted: Wanted
    upkeep: bool = False  # what was won is kept: fewer sets, nothing grows
    say: Say
    fever: bool = False  # there was one since the last session
    hurt_lately: frozenset[str] = frozenset()  # what hurt in the last week; a stretch then rests

    @property
    def number(self) -> int:
        """Days since the start of the plan."""
        return (self.today - self.began).days

    @property
    def kind_of_day(self) -> KindOfDay:
        """What kind of day it is, the most careful kind first."""
        if self.due.week in self.course.lighter:
            return "lighter"
        if self.wanted.equipment is not None:
            return "away"
        if self.upkeep:
            return "upkeep"
        planned = self.plan.weeks[self.due.plan_week - 1].sessions[self.due.number].minutes
        return "short" if self.wanted.minutes is not None and self.wanted.minutes < planned else "full"


def state_of(document: ItemDocument, day: Day) -> SlotState | None:
    """Where a slot stands today: what hurt is offered again when due, what may not be given is replaced."""
    state = day.course.doses.get(document.id, first_dose(document))
    last = day.course.last
    if last is not None and document.id in day.course.tried:
        back = after_a_break(state, (day.today - last.date).days, day.rungs, fever=day.fever)
        state = back.state if back is not None else state
    if offer_is_due(state, day):
        state = offered_again(state, dict(day.rungs)).state
    if day.kind_of_day == "lighter":
        state = msgspec.structs.replace(state, sets=max(1, math.floor(state.sets * KEPT)))
    elif day.upkeep:
        state = msgspec.structs.replace(state, sets=upkeep_sets(state.sets))
    found = _possible(state, day)
    if found is None or day.wanted.has(found.load):
        return found
    return msgspec.structs.replace(found, load=None)


def offer_is_due(state: SlotState, day: Day) -> bool:
    """Whether a move that hurt is offered again today: a week later, and only after a green session."""
    last = day.course.last
    calm = last is not None and day.course.last_colour == "green"
    due = state.offer_on_day is not None and day.number >= state.offer_on_day
    return due and calm and day.kind_of_day == "full" and state.set_aside in day.rungs


def _possible(state: SlotState, day: Day) -> SlotState | None:
    """The state, or its nearest easier exercise where its own may not be given today; None where none may."""
    exercise = day.setting.library.exercises.get(state.exercise)
    if exercise is None:
        return None
    if given_today(exercise, day):
        return state
    for name in _ways_round(exercise, day):
        easier = day.setting.library.exercises.get(name)
        if easier is not None and name in day.rungs and given_today(easier, day):
            return at_bottom(state, day.rungs, name)
    return None


def _ways_round(exercise: Exercise, day: Day) -> tuple[str, ...]:
    limits, library = day.setting.limits, day.setting.library
    return (*exercise.substitutes.values(), easier_way(exercise, limits, library, day.due.week))


def given_today(exercise: Exercise, day: Day) -> bool:
    """Whether an exercise may be given on this day, with what is at hand."""
    week = max(day.due.week, 1)
    limits = day.setting.limits
    if day.wanted.equipment is not None:
        limits = msgspec.structs.replace(limits, equipment=day.wanted.equipment)
    if day.wanted.before_hard_run and is_heavy_for_legs(exercise, day.setting):
        return False
    return withheld(exercise, limits, day.setting.library, week) is None
