"""Making a session pack: today's moves with their doses, and what follows from pain in each of them."""

from __future__ import annotations

import math

import msgspec

from weaklink.case.prescribed_move import is_prescribed
from weaklink.quantities import Message
from weaklink.training.dose.calibration import may_calibrate
from weaklink.training.dose.dose import seconds_taken
from weaklink.training.dose.training_state import SlotState
from weaklink.training.plan.plan_document import ItemDocument
from weaklink.training.session.prescribed_set import prescribed_set, seconds_prescribed
from weaklink.training.session.session_pack import (
    Around,
    Before,
    PackItem,
    SafetyQuestions,
    SessionPack,
    Station,
    with_id,
)
from weaklink.training.session.session_rungs import action, pack_rungs, stretch_item
from weaklink.training.session.short_day import Shortened, shortened
from weaklink.training.session.training_day import Day, offer_is_due, state_of

# Design; a rest is the move's own.
BEFORE_S: dict[Before, int] = {"prepare": 10, "switch": 5, "rest": 60, "round": 60}


def make_pack(day: Day, asks: SafetyQuestions) -> SessionPack | None:
    """The pack of today's session; None where nothing is left that may be done."""
    theirs = prescribed_set(day)
    planned = _items(day)
    found = _in_time(day, planned, theirs.seconds)
    items = (*theirs.items, *found.items)
    if not any(item.kind != "stretch" for item in items):
        return None
    says = (*theirs.says, *_says(day, found.items), *_says_of_the_rest(day, planned, found.left_out))
    return _pack(day, items, asks, says)


def make_run_set(day: Day, around: Around, asks: SafetyQuestions) -> SessionPack | None:
    """The stretches before or after a run, guided the same way; None where none may be given (S38)."""
    week = day.plan.weeks[day.due.plan_week - 1]
    found = (stretch_item(i, day, follows=False) for i in week.run_day_stretches if i.when == around)
    items = tuple(item for item in found if item is not None)
    return _pack(day, items, asks, around=around) if items else None


def _pack(
    day: Day,
    items: tuple[PackItem, ...],
    asks: SafetyQuestions,
    says: tuple[str, ...] = (),
    around: Around = "",
) -> SessionPack:
    circuit = day.setting.runner.circuit and not around and not any(is_prescribed(i.slot) for i in items)
    counted = (item.rungs[0].sets for item in items if item.kind == "exercise" or not circuit)
    rounds = max(counted, default=1)
    profile = day.setting.limits.profile
    return with_id(
        SessionPack(
            format="weaklink-session/1",
            id="",
            edition=day.setting.library.edition,
            episode=day.episode,
            date=day.today,
            week=day.due.week,
            shape="circuit" if circuit else "straight",
            rounds=rounds if circuit else 1,
            kind_of_day=day.kind_of_day,
            around=around,
            minutes=math.ceil(sum(_seconds(item, day) for item in items) / 60),
            green_to=profile.green_to,
            amber_to=profile.amber_to,
            questions=asks.questions,
            check=asks.check,
            closings=asks.closings,
            twice=asks.twice,
            not_today=action(day, "stop", "pain-red-before"),
            items=items,
            stations=stations(items, circuit=circuit),
            before_s=BEFORE_S,
            says=says,
        )
    )


# --- which moves -------------------------------------------------------------------------------------------


def _items(day: Day) -> tuple[PackItem, ...]:
    """The day's moves in order: one for each slot, none twice, a stretch right after what brings it."""
    session = day.plan.weeks[day.due.plan_week - 1].sessions[day.due.number]
    found: list[PackItem] = []
    for document in session.items:
        item = _item(document, day, {i.rungs[0].exercise for i in found})
        if item is None:
            continue
        found.append(item)
        stretch = _brought(item, day, session.items)
        if stretch is not None:
            found.append(stretch)
    return tuple(found)


def _item(document: ItemDocument, day: Day, there: set[str]) -> PackItem | None:
    if document.kind == "load-advice":
        return None
    if document.kind == "stretch":
        return None if _is_brought(document.id, day) else stretch_item(document, day, follows=False)
    state = state_of(document, day)
    if state is None or state.exercise in there:
        return None
    kind = day.setting.library.exercises[state.exercise].kind
    limit = _limit_set(document, state, day) if kind == "exercise" else 0
    return PackItem(
        slot=document.id,
        kind=kind,
        because=_because(document, state, day),
        rungs=pack_rungs(document, state, day),
        to_the_limit=limit,
    )


# --- order and time ----------------------------------------------------------------------------------------


def stations(items: tuple[PackItem, ...], *, circuit: bool) -> tuple[Station, ...]:
    """The sets in the order they are done: round by round in a circuit, else move by move.

    An item has as many stations as the most sets any of its rungs may take.
    """
    most = [max(rung.sets for rung in item.rungs) for item in items]
    if not circuit:
        return tuple(
            Station(item=n, set=k, round=1) for n, count in enumerate(most) for k in range(1, count + 1)
        )
    return tuple(
        Station(item=n, set=k, round=k)
        for k in range(1, max(most, default=0) + 1)
        for n, count in enumerate(most)
        if k <= count
    )


def _in_time(day: Day, items: tuple[PackItem, ...], taken: int) -> Shortened:
    """What of ours fits into a shorter day; at least one move, the weak link first.

    Args:
        taken: seconds of the physiotherapist's moves, which come before; none of ours where they fill it.
    """
    if day.wanted.minutes is None:
        return Shortened(items=items)
    left = day.wanted.minutes * 60 - taken
    found = shortened(items, left, lambda item: _seconds(item, day))
    # One of ours stays whatever it takes only where it is the session.
    if taken and sum(_seconds(item, day) for item in found.items) > left:
        return Shortened(items=(), left_out=items)
    return found


def _seconds(item: PackItem, day: Day) -> int:
    rung = item.rungs[0]
    if is_prescribed(item.slot):
        return seconds_prescribed(item.slot, day)
    exercise = day.setting.library.exercises[rung.exercise]
    return seconds_taken(rung.sets, rung.reps, rung.hold_s, rung.rest_s, exercise)


def _says(day: Day, items: tuple[PackItem, ...]) -> tuple[str, ...]:
    """What is different today, for the first screen."""
    found = []
    if day.kind_of_day != "full":
        found.append(Message(f"training.day-{day.kind_of_day}"))
    if any(item.to_the_limit for item in items):
        found.append(Message("training.day-to-the-limit"))
    return tuple(day.say(message) for message in found)


def _says_of_the_rest(
    day: Day, planned: tuple[PackItem, ...], left_out: tuple[PackItem, ...]
) -> tuple[str, ...]:
    """What is left out today for want of time or things, and what is done instead."""
    names = [item.rungs[0].name for item in left_out if not item.follows]
    found = []
    if day.wanted.equipment is not None:
        exercises, done = day.setting.library.exercises, {i.slot: i.rungs[0].exercise for i in planned}
        for document, state in _wanted_of(day):
            instead = done.get(document.id)
            if instead is None:
                names.append(exercises[state.exercise].name)
            elif instead != state.exercise and document.id not in {item.slot for item in left_out}:
                values: dict[str, str | int | float] = {"exercise": state.exercise, "exercise2": instead}
                found.append(Message("training.day-instead", values))
    if names:
        found.append(Message("training.day-left-out", {"moves": ", ".join(dict.fromkeys(names))}))
    return tuple(day.say(message) for message in found)


def _wanted_of(day: Day) -> list[tuple[ItemDocument, SlotState]]:
    """The slots of the day that hold a move with everything at hand, each with where it stands."""
    home = msgspec.structs.replace(day, wanted=msgspec.structs.replace(day.wanted, equipment=None))
    session = day.plan.weeks[day.due.plan_week - 1].sessions[day.due.number]
    found = ((i, state_of(i, home)) for i in session.items if i.kind not in ("load-advice", "stretch"))
    return [(document, state) for document, state in found if state is not None]


def _because(document: ItemDocument, state: SlotState, day: Day) -> tuple[str, ...]:
    """Why this move, and why this dose: the plan's reasons, then the last change of the slot."""
    last = day.course.last_reason.get(document.id)
    if offer_is_due(day.course.doses.get(document.id, state), day):
        again = Message("training.rule-offered-again", {"exercise": state.exercise})
        return (*document.because, day.say(again))
    return (*document.because, *([day.say(last.because)] if last is not None else []))


def _limit_set(document: ItemDocument, state: SlotState, day: Day) -> int:
    """The set done to the limit once: the last of at least two, in a slot's second session; 0 for none."""
    tried = day.course.tried.get(document.id, 0)
    wanted = may_calibrate(day.setting.given, day.due.week) and tried == 1
    return state.sets if wanted and state.sets > 1 and state.reps is not None else 0


def _is_brought(stretch: str, day: Day) -> bool:
    """Whether a stretch comes by itself after one of the plan's moves."""
    items = [i for s in day.plan.weeks[day.due.plan_week - 1].sessions for i in s.items]
    exercises = day.setting.library.exercises
    return any(i.id in exercises and exercises[i.id].followed_by == stretch for i in items)


def _brought(item: PackItem, day: Day, documents: list[ItemDocument]) -> PackItem | None:
    """The stretch that starts by itself after a move, where it may be given (S46)."""
    name = day.setting.library.exercises[item.rungs[0].exercise].followed_by
    document = next((d for d in documents if d.id == name), None)
    return stretch_item(document, day, follows=True) if name and document is not None else None
