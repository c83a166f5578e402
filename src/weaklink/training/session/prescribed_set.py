"""The physiotherapist's moves in a session: as they were given, first, and stopped by pain like any other."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import msgspec

from weaklink.case.load import Load
from weaklink.case.plan import PrescribedItem
from weaklink.quantities import WEEKDAYS, Message, Side, Weekday
from weaklink.training.course.slot import colour_of_move
from weaklink.training.dose.load_words import load_message
from weaklink.training.dose.pain_profile import Colour
from weaklink.training.prescribed.prescribed_week import prescribed_items, seconds_of
from weaklink.training.session.session_pack import Action, PackItem, PackLoad, PackRung
from weaklink.training.session.session_rungs import GO_ON, action, sides_of
from weaklink.training.session.training_day import Day

REST_AFTER_PAIN_DAYS = 7  # design: a dose that hurt is not ours to lower, so it rests


class PrescribedSet(msgspec.Struct, frozen=True, kw_only=True):
    """Their moves of a day, the seconds these take, and what is said about those that do not come."""

    items: tuple[PackItem, ...] = ()
    seconds: int = 0
    says: tuple[str, ...] = ()


def prescribed_set(day: Day) -> PrescribedSet:
    """The physiotherapist's moves of today. None is shortened; one that waits or rests is named."""
    found, says = list[PrescribedItem](), list[Message]()
    for item in _of_today(day):
        why = tuple(_why_not(item, day))
        says.extend(why)
        if not why:
            found.append(item)
    return PrescribedSet(
        items=tuple(_pack_item(item, day) for item in found),
        seconds=seconds_of(found),
        says=tuple(day.say(message) for message in says),
    )


def seconds_prescribed(slot: str, day: Day) -> int:
    """What one of their moves takes today."""
    return next((item.seconds for item in _of_today(day) if item.slot == slot), 0)


def _of_today(day: Day) -> tuple[PrescribedItem, ...]:
    """Their moves of this weekday; on one without any, as after a missed session, of the day that is due."""
    week = max(day.due.week, 1)
    found = prescribed_items(WEEKDAYS[day.today.weekday()], day.setting, week)
    return found or prescribed_items(_day_due(day), day.setting, week)


def _day_due(day: Day) -> Weekday:
    return day.plan.weeks[day.due.plan_week - 1].sessions[day.due.number].day


# --- what does not come today ------------------------------------------------------------------------------


def _why_not(item: PrescribedItem, day: Day) -> Iterator[Message]:
    name = item.exercise or item.name
    if item.waits:
        yield from item.because[1:]
    elif (until := _rests_until(item.slot, day)) is not None:
        yield Message("prescribed.rests", {"exercise": name, "days": (until - day.today).days})
    elif not _at_hand(item, day):
        yield Message("prescribed.not-at-hand", {"exercise": name})


def _rests_until(slot: str, day: Day) -> datetime.date | None:
    """The day a move that hurt is offered again; None where it may come today."""
    profile = day.setting.limits.profile
    painful = [
        record.date
        for record in day.course.sessions
        for move in record.moves
        if move.slot == slot and colour_of_move(move, profile) == "red"
    ]
    until = max(painful) + datetime.timedelta(days=REST_AFTER_PAIN_DAYS) if painful else day.today
    return until if until > day.today else None


def _at_hand(item: PrescribedItem, day: Day) -> bool:
    exercise = day.setting.library.exercises.get(item.exercise)
    if day.wanted.equipment is None or exercise is None:
        return True
    return set(exercise.needs) <= day.wanted.equipment and day.wanted.has(item.load)


# --- the move in the pack ----------------------------------------------------------------------------------


def _pack_item(item: PrescribedItem, day: Day) -> PackItem:
    because = tuple(day.say(message) for message in item.because)
    return PackItem(slot=item.slot, kind="exercise", because=because, rungs=(_rung(item, day, because[0]),))


def _rung(item: PrescribedItem, day: Day, whose: str) -> PackRung:
    exercise = day.setting.library.exercises.get(item.exercise)
    loads = _loads(item.load, day)
    as_shown, stop_if = (day.say(Message(f"prescribed.{name}")) for name in ("as-shown", "stop-if"))
    return PackRung(
        exercise=item.exercise or item.slot,
        name=item.name,
        sides=_sides(item, day),
        sets=item.sets,
        reps=item.reps,
        hold_s=item.hold_s,
        tempo="",
        rest_s=item.rest_s or 0,
        rir=None,
        how_heavy="",
        asks="",
        loads=loads,
        held=len(loads) - 1,
        cap="",
        steps=(as_shown,) if exercise is None else (*exercise.steps, *exercise.cues),
        cues=(whose,),  # said with every set, so that nobody takes it for ours
        stop_if=tuple(exercise.stop_if) if exercise is not None else (stop_if,),
        **_actions(item, day),
    )


def _loads(load: Load | None, day: Day) -> tuple[PackLoad, ...]:
    """The one load that was given; none where nobody named one."""
    return () if load is None else (PackLoad(load=load, says=day.say(load_message(load))),)


def _sides(item: PrescribedItem, day: Day) -> tuple[Side, ...]:
    if item.side != "both":
        return (item.side,)
    exercise = day.setting.library.exercises.get(item.exercise)
    return sides_of(exercise, day.setting) if exercise is not None and exercise.sided else ("right", "left")


def _actions(item: PrescribedItem, day: Day) -> dict[str, Action]:
    """What pain leads to. There is no easier way of ours: red stops it, and in a second session refers.

    Amber goes on once; twice in a row it stops for the day.
    """
    again = bool(day.course.easiest_painful)
    rule, name = ("prescribed-painful-twice" if again else "prescribed-painful"), item.exercise or item.name
    red = action(day, "refer" if again else "stop", rule, exercise=name)
    twice = _last_colour(item.slot, day) == "amber"
    amber = action(
        day,
        "stop" if twice else "go-on",
        "prescribed-amber-twice" if twice else "prescribed-amber",
        exercise=name,
    )
    return {"green": GO_ON, "amber": amber, "red": red, "hurts": red}


def _last_colour(slot: str, day: Day) -> Colour:
    """The colour of a move in the last session that held it."""
    profile = day.setting.limits.profile
    colours = [
        colour_of_move(move, profile)
        for record in day.course.sessions
        for move in record.moves
        if move.slot == slot
    ]
    return colours[-1] if colours else "green"
