"""The physiotherapist's week: their moves first on their days, ours in the time and the places they leave."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import msgspec

from weaklink.case.plan import Item, Plan, PrescribedItem, Session, Week
from weaklink.case.prescribed_move import PrescribedMove
from weaklink.quantities import WEEKDAYS, Message, Weekday
from weaklink.training.dose.dose import IN_AND_OUT_S, SETTING_UP_S, prescribe, seconds_of_side
from weaklink.training.dose.setting import Setting
from weaklink.training.prescribed.held_back import Waits, held_back

UNKNOWN_REP_S = 4  # of a move in own words; design
USUAL_REST_S = 60  # where nobody said one; design
# What is not true where the physiotherapist's moves are the session.
OVERTAKEN = frozenset({"training.note-nothing-for-area", "training.note-follows-physio"})


def prescribed_items(day: Weekday, setting: Setting, week: int) -> tuple[PrescribedItem, ...]:
    """The physiotherapist's moves of a day in their order, each as it was given or with why it waits."""
    return tuple(
        prescribed_item(move, setting, week) for move in setting.given.prescribed if day in move.days
    )


def seconds_of(items: Iterable[PrescribedItem]) -> int:
    """The time of those that are given."""
    return sum(item.seconds for item in items if not item.waits)


def beside_prescribed(plan: Setting) -> Setting:
    """The setting for our moves: no more time than theirs leave on any day; a wish for areas waits."""
    ours = [prescribed_items(day.day, plan, 1) for day in plan.days.days]
    return msgspec.structs.replace(
        plan,
        given=msgspec.structs.replace(plan.given, wish=None),
        taken_s=min(map(seconds_of, ours), default=0),
    )


def with_prescribed(plan: Plan, setting: Setting, advice: Item) -> Plan:
    """The plan with their moves first in the sessions of their days, and a session on each of these.

    Args:
        advice: on running, which stands in every session.
    """
    weeks = tuple(_week(week, setting, advice) for week in plan.weeks)
    notes = (note for note in plan.notes if note.id not in OVERTAKEN)
    theirs = {move.move for move in setting.given.prescribed}
    return msgspec.structs.replace(
        plan,
        weeks=weeks,
        left_out=tuple(left for left in plan.left_out if left.id not in theirs),
        notes=(*_about(weeks[0], setting), *notes),
    )


def as_judged(session: Session, setting: Setting, week: int) -> Session:
    """A session with their moves as they are judged now."""
    if not session.prescribed and not setting.given.prescribed:
        return session
    now = prescribed_items(session.day, setting, week)
    return msgspec.structs.replace(session, prescribed=now, minutes=_minutes(session.items, now))


# --- one move ----------------------------------------------------------------------------------------------


def prescribed_item(move: PrescribedMove, setting: Setting, week: int) -> PrescribedItem:
    """One of the physiotherapist's moves as it was given, and why it waits where it does."""
    exercise = setting.library.exercises.get(move.move)
    waits = held_back(move, setting, week)
    return PrescribedItem(
        slot=move.slot,
        name=exercise.name if exercise is not None else move.named,
        exercise=exercise.id if exercise is not None else "",
        side=move.side,
        sets=move.sets,
        reps=move.reps,
        hold_s=move.hold_s,
        rest_s=_rest(move, setting),
        load=move.load,
        seconds=_seconds(move, setting),
        areas=tuple(exercise.areas) if exercise is not None else move.areas,
        waits=waits is not None,
        about=waits.about if waits is not None and waits.asks else (),
        because=tuple(_because(move, waits)),
    )


def _because(move: PrescribedMove, waits: Waits | None) -> Iterator[Message]:
    if move.by:
        yield Message("prescribed.from-named", {"by": move.by})
    else:
        yield Message("prescribed.from")
    if waits is not None:
        yield from waits.because
        yield Message("prescribed.ask" if waits.asks else "prescribed.ask-first")


def _rest(move: PrescribedMove, setting: Setting) -> int:
    """The rest that was given; where none was, that of the exercise, or the usual one."""
    if move.rest_s is not None:
        return move.rest_s
    exercise = setting.library.exercises.get(move.move)
    if exercise is None:
        return USUAL_REST_S
    return prescribe(exercise, setting.library.doses[exercise.dose], setting.runner, move.sets).rest_s


def _seconds(move: PrescribedMove, setting: Setting) -> int:
    exercise = setting.library.exercises.get(move.move)
    if exercise is not None:
        each = seconds_of_side(move.reps, move.hold_s, exercise)
    else:
        held = move.hold_s + IN_AND_OUT_S if move.hold_s is not None else UNKNOWN_REP_S
        each = (move.reps or 1) * held
    sides = 2 if move.side == "both" else 1
    return math.ceil(move.sets * sides * each + (move.sets - 1) * _rest(move, setting) + SETTING_UP_S)


# --- the week ----------------------------------------------------------------------------------------------


def _week(week: Week, setting: Setting, advice: Item) -> Week:
    ours = {session.day: session for session in week.sessions}
    theirs = {day: prescribed_items(day, setting, week.number) for day in WEEKDAYS}
    days = [day for day in WEEKDAYS if day in ours or seconds_of(theirs[day])]
    # Where nothing at all may be given yet, their days still say what waits.
    days = days or [day for day in WEEKDAYS if theirs[day]]
    alone = {day: Session(day=day, minutes=0, items=(advice,)) for day in days}
    sessions = (_session(ours.get(day, alone[day]), theirs[day], setting) for day in days)
    return msgspec.structs.replace(week, sessions=tuple(sessions))


def _session(session: Session, theirs: tuple[PrescribedItem, ...], setting: Setting) -> Session:
    left = setting.given.minutes * 60 - seconds_of(theirs)
    items = _in_time(session.items, left) if theirs else session.items
    return msgspec.structs.replace(
        session,
        items=items,
        minutes=_minutes(items, theirs),
        own_place=min(session.own_place, len(items)),
        prescribed=theirs,
    )


def _in_time(items: tuple[Item, ...], seconds: int) -> tuple[Item, ...]:
    """Our moves without the last ones, until the rest fits; the advice on running stays."""
    moves = [item for item in items if item.kind != "load-advice"]
    while moves and sum(item.seconds for item in moves) > max(0, seconds):
        moves.pop()
    return tuple(item for item in items if item.kind == "load-advice" or item in moves)


def _minutes(items: Iterable[Item], theirs: Iterable[PrescribedItem]) -> int:
    ours = sum(item.seconds for item in items if item.kind != "load-advice")
    return math.ceil((ours + seconds_of(theirs)) / 60)


def _about(week: Week, setting: Setting) -> Iterator[Message]:
    """What stands with a plan that holds their moves."""
    yield Message("prescribed.note-first")
    yield Message("prescribed.note-gap")
    yield Message("prescribed.note-hurts")
    theirs = [item for session in week.sessions for item in session.prescribed]
    waiting = {item.slot for item in theirs if item.waits}
    if waiting:
        yield Message("prescribed.note-waits", {"count": len(waiting)})
    longest = max((seconds_of(session.prescribed) for session in week.sessions), default=0)
    if longest > setting.given.minutes * 60:
        yield Message("prescribed.note-time", {"minutes": setting.given.minutes})
