"""One's own strength routine with our moves woven in: same days, no muscle worked twice over, order, time.

Their moves stay theirs. One that we know and that is withheld now is named, to be left out for now; one that
we do not know is shown and never judged.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from weaklink.case.own_move import OwnMove
from weaklink.case.plan import Item, LeftOut, OwnItem, Plan, Session, Week
from weaklink.library.records import Exercise
from weaklink.quantities import Message, Weekday
from weaklink.training.dose.dose import prescribe, seconds_taken
from weaklink.training.dose.restrictions import never, too_early, too_hard
from weaklink.training.dose.setting import Setting
from weaklink.training.dose.usable import HEAVY_LEVEL, is_heavy_for_legs

# Design: enough to get stronger, and little enough to recover from by the next session.
MOST_SETS_A_DAY = 6  # of one area
MOST_SETS_A_WEEK = 16
LIGHT_LEVEL = 2  # tires nothing that has to hold a weight afterwards
UNKNOWN_SET_S, UNKNOWN_REST_S, UNKNOWN_SETTING_UP_S = 40, 90, 30


def woven(plan: Plan, setting: Setting) -> Plan:
    """The plan with one's own routine on its days: our sets trimmed, our moves before or after."""
    left_out: dict[str, LeftOut] = {}
    weeks = tuple(_woven_week(week, setting, left_out) for week in plan.weeks)
    notes = tuple(note for note in plan.notes if note.id != "training.note-weave-in")
    known = {left.id for left in plan.left_out}
    more = tuple(left for name, left in left_out.items() if name not in known)
    return msgspec.structs.replace(
        plan, weeks=weeks, left_out=(*plan.left_out, *more), notes=(*notes, *about_routine(plan, setting))
    )


def own_items(day: Weekday, setting: Setting, week: int) -> tuple[OwnItem, ...]:
    """One's own moves of a day: what they take, and which of them to leave out for now."""
    return tuple(_own_item(move, setting, week) for move in setting.given.routine.get(day, ()))


def own_sets(items: Iterable[OwnItem], setting: Setting) -> Counter[str]:
    """The sets of each area that one's own moves ask for; what is left out, or unknown, asks for none."""
    found: Counter[str] = Counter()
    for item in items:
        if item.exercise and not item.leave_out:
            for area in setting.library.exercises[item.exercise].areas:
                found[area] += item.sets
    return found


def about_routine(plan: Plan, setting: Setting) -> Iterator[Message]:
    """What was moved, and why."""
    ours = [session.day for session in plan.weeks[0].sessions]
    shared = [day for day in ours if day in setting.given.routine]
    if shared:
        yield Message("routine.note-days", {"count": len(shared)})
    for day in ours:
        if day not in setting.given.routine:
            yield Message("routine.note-extra-day", {"day": day})
    wished = setting.given.days
    if not isinstance(wished, int) and len(ours) < len(set(wished)):
        yield Message("routine.note-fewer-days", {"wished": len(set(wished)), "count": len(ours)})
    yield Message("routine.note-order")
    if any(not move.exercise for moves in setting.given.routine.values() for move in moves):
        yield Message("routine.note-unknown")


# --- their moves -------------------------------------------------------------------------------------------


def _own_item(move: OwnMove, setting: Setting, week: int) -> OwnItem:
    exercise = setting.library.exercises.get(move.exercise)
    why = _withheld(exercise, setting, week) if exercise is not None else None
    if exercise is None:
        because: tuple[Message, ...] = (Message("routine.unknown"),)
    else:
        because = (Message("routine.leave-out", {"exercise": exercise.id}), why) if why is not None else ()
    return OwnItem(
        name=move.name,
        exercise=move.exercise,
        sets=move.sets,
        reps=move.reps,
        hold_s=move.hold_s,
        seconds=_seconds(move, exercise, setting),
        leave_out=why is not None,
        because=because,
    )


def _withheld(exercise: Exercise, setting: Setting, week: int) -> Message | None:
    """Why a move of one's own is left out for now. What one lacks at hand, or no easier way, is no reason.

    Without pain, somebody's own level is theirs to know.
    """
    limits, library = setting.limits, setting.library
    found = never(exercise, limits, library) or too_early(exercise, limits, library, week)
    if found is None and limits.heading != "prevention":
        found = too_hard(exercise, limits, week)
    return found


def _seconds(move: OwnMove, exercise: Exercise | None, setting: Setting) -> int:
    if exercise is None:
        each = move.hold_s or UNKNOWN_SET_S
        return UNKNOWN_SETTING_UP_S + move.sets * each + (move.sets - 1) * UNKNOWN_REST_S
    gives = prescribe(exercise, setting.library.doses[exercise.dose], setting.runner, move.sets)
    told = move.reps is not None or move.hold_s is not None
    reps, hold_s = (move.reps, move.hold_s) if told else (gives.reps, gives.hold_s)
    return seconds_taken(move.sets, reps, hold_s, gives.rest_s, exercise)


# --- our moves beside them ---------------------------------------------------------------------------------


def _woven_week(week: Week, setting: Setting, left_out: dict[str, LeftOut]) -> Week:
    used: Counter[str] = Counter()
    for day in setting.given.routine:
        used += own_sets(own_items(day, setting, week.number), setting)
    own_areas, sessions = frozenset(used), []
    for session in week.sessions:
        own = own_items(session.day, setting, week.number)
        counted = _Sets(own_sets(own, setting), used, own_areas)
        kept = []
        for item in session.items:
            found = _trimmed(item, own, counted, setting)
            if isinstance(found, LeftOut):
                left_out.setdefault(item.id, found)
                continue
            kept.append(found)
        sessions.append(_in_order(session, tuple(kept), own, setting))
    return msgspec.structs.replace(week, sessions=tuple(sessions))


class _Sets(NamedTuple):
    """Sets of each area, counted on: of the day and of the week. `own_areas` are those one trains oneself."""

    today: Counter[str]
    used: Counter[str]
    own_areas: frozenset[str]


def _trimmed(item: Item, own: tuple[OwnItem, ...], sets_of: _Sets, setting: Setting) -> Item | LeftOut:
    """One of our moves with as many sets as the caps leave beside one's own; counted into both sums."""
    exercise = setting.library.exercises.get(item.id)
    if exercise is None or item.kind != "exercise" or not exercise.areas:
        return item
    if any(one.exercise == item.id and not one.leave_out for one in own):
        return LeftOut(id=item.id, because=Message("routine.same-move", {"exercise": item.id}))
    area, sets = exercise.areas[0], item.sets or 1
    if area in sets_of.own_areas:
        room = min(MOST_SETS_A_DAY - sets_of.today[area], MOST_SETS_A_WEEK - sets_of.used[area])
        if room <= 0:
            because = Message("routine.enough", {"exercise": item.id, "area": area})
            return LeftOut(id=item.id, because=because)
        sets = min(sets, room)
    sets_of.today[area] += sets
    sets_of.used[area] += sets
    if sets == item.sets or item.sets is None:
        return item
    why = Message("routine.fewer-sets", {"area": area, "sets": sets, "planned": item.sets})
    seconds = seconds_taken(sets, item.reps, item.hold_s, item.rest_s or 0, exercise)
    return msgspec.structs.replace(item, sets=sets, seconds=seconds, because=(*item.because, why))


def _in_order(
    session: Session, items: tuple[Item, ...], own: tuple[OwnItem, ...], setting: Setting
) -> Session:
    """Ours before and after one's own: the weak link first, what would tire the lift after."""
    if not own:
        return _timed(session, items, own, 0)
    before, after = list[Item](), list[Item]()
    for n, item in enumerate(items):
        brought = n > 0 and _brings(items[n - 1], item, setting)
        group = (before if items[n - 1] in before else after) if brought else None
        (group if group is not None else before if _goes_first(item, own, setting) else after).append(item)
    return _timed(session, (*before, *after), own, len(before))


def _timed(session: Session, items: tuple[Item, ...], own: tuple[OwnItem, ...], place: int) -> Session:
    minutes = math.ceil(sum(item.seconds for item in items if item.kind != "load-advice") / 60)
    return msgspec.structs.replace(session, items=items, minutes=minutes, own=own, own_place=place)


def _brings(first: Item, then: Item, setting: Setting) -> bool:
    exercise = setting.library.exercises.get(first.id)
    return exercise is not None and exercise.followed_by == then.id


def _goes_first(item: Item, own: tuple[OwnItem, ...], setting: Setting) -> bool:
    if item.kind in ("load-advice", "drill"):
        return True
    exercise = setting.library.exercises.get(item.id)
    if exercise is None or item.kind == "stretch":
        return False
    leading = [focus.area for focus in setting.focuses[:1]]
    return exercise.areas[:1] == leading and not _would_tire(exercise, own, setting)


def _would_tire(exercise: Exercise, own: tuple[OwnItem, ...], setting: Setting) -> bool:
    """Whether doing it first could tire what holds a weight in one's own moves."""
    if exercise.level <= LIGHT_LEVEL:
        return False
    theirs = [setting.library.exercises[one.exercise] for one in own if one.exercise and not one.leave_out]
    unknown = any(not one.exercise for one in own)
    heavy = (e for e in theirs if e.level >= HEAVY_LEVEL or is_heavy_for_legs(e, setting))
    return unknown or any(set(e.areas).intersection(exercise.areas) for e in heavy)
