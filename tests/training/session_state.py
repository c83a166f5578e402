"""The state of a session being done: where it is, and which place comes next. Plain values throughout."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from weaklink.training.session.session_pack import Before, Colour, PackRung, SessionPack

Phase = Literal["questions", "work", "ending", "done", "not-today", "closed"]


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where in the session: station, side of its rung, and what comes before the work."""

    station: int = 0
    side: int = 0
    before: Before = "prepare"


class Last(msgspec.Struct, frozen=True, kw_only=True):
    """A set: the item, the rung it was done on, its number and side."""

    item: int
    rung: int
    set: int
    side: int


class Past(msgspec.Struct, frozen=True, kw_only=True):
    """The way back: an entry that was written, and how things stood before it."""

    entry: str
    place: Place
    rungs: tuple[int, ...]
    stopped: tuple[bool, ...]
    loads: tuple[int, ...]


class State(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the interpreter remembers.

    `session` is the session's id, `by` a word for this page, `refs` how many entries were written.
    """

    session: str
    by: str
    phase: Phase = "questions"
    place: Place = Place()
    rungs: tuple[int, ...] = ()
    stopped: tuple[bool, ...] = ()
    loads: tuple[int, ...] = ()  # of each item, the place of its load among those of its rung
    answers: dict[str, str] = {}
    short: bool = False  # "nothing new" was said instead of the list
    closing: int = -1
    refs: int = 0
    last: Last | None = None
    past: tuple[Past, ...] = ()


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """What to show now."""

    item: int
    rung: int
    exercise: str
    side: str
    set: int
    sets: int
    round: int
    reps: int | None
    hold_s: int | None
    to_the_limit: bool
    before: Before
    before_s: int
    then: str  # the exercise after this step, empty at the end


def begin(pack: SessionPack, session: str, by: str) -> State:
    """The state before anything was said."""
    count = len(pack.items)
    loads = tuple(item.rungs[0].held for item in pack.items)
    return State(session=session, by=by, rungs=(0,) * count, stopped=(False,) * count, loads=loads)


def with_parts(state: State, **parts: Any) -> State:
    """The state with some parts replaced."""
    return msgspec.structs.replace(state, **parts)


def rung_of(pack: SessionPack, state: State, item: int) -> PackRung:
    """The exercise an item is done with now."""
    return pack.items[item].rungs[state.rungs[item]]


def set_now(pack: SessionPack, state: State) -> Last:
    """The set being done; while ending the one done last, or the session's last station."""
    if state.place.station >= len(pack.stations):
        item = pack.stations[-1].item
        return state.last or Last(item=item, rung=state.rungs[item], set=pack.stations[-1].set, side=0)
    station = pack.stations[state.place.station]
    return Last(item=station.item, rung=state.rungs[station.item], set=station.set, side=state.place.side)


def next_open(pack: SessionPack, state: State, place: Place) -> Place:
    """The first station from here on whose item was not stopped and has that many sets."""
    for number in range(place.station, len(pack.stations)):
        station = pack.stations[number]
        fits = station.set <= rung_of(pack, state, station.item).sets
        if fits and not state.stopped[station.item]:
            return place if number == place.station else Place(station=number)
    return Place(station=len(pack.stations))


def after(pack: SessionPack, state: State, place: Place) -> Place:
    """The place after the set at this one: the other side, else the next open station after a rest."""
    station = pack.stations[place.station]
    if place.side + 1 < len(rung_of(pack, state, station.item).sides):
        return Place(station=place.station, side=place.side + 1, before="switch")
    following = next_open(pack, state, Place(station=place.station + 1))
    if following.station >= len(pack.stations):
        return following
    return Place(station=following.station, before=_pause(pack, place.station, following.station))


def _pause(pack: SessionPack, here: int, there: int) -> Before:
    before, ahead = pack.stations[here], pack.stations[there]
    if pack.items[ahead.item].follows:
        return "prepare"
    if ahead.round != before.round:
        return "round"
    return "rest" if ahead.item == before.item or pack.shape == "circuit" else "prepare"


def step_of(pack: SessionPack, state: State) -> Step | None:
    """What to show now; None while asking and at an end."""
    if state.phase != "work":
        return None
    place = state.place
    station = pack.stations[place.station]
    item, rung = pack.items[station.item], rung_of(pack, state, station.item)
    return Step(
        item=station.item,
        rung=state.rungs[station.item],
        exercise=rung.exercise,
        side=rung.sides[place.side],
        set=station.set,
        sets=rung.sets,
        round=station.round,
        reps=rung.reps,
        hold_s=rung.hold_s,
        to_the_limit=station.set == item.to_the_limit and state.rungs[station.item] == 0,
        before=place.before,
        before_s=rung.rest_s if place.before == "rest" else pack.before_s[place.before],
        then=_then(pack, state),
    )


def _then(pack: SessionPack, state: State) -> str:
    following = after(pack, state, state.place)
    if following.station >= len(pack.stations):
        return ""
    return rung_of(pack, state, pack.stations[following.station].item).exercise


def colour_of(pack: SessionPack, pain: int, spreads: bool = False) -> Colour:
    """The colour of pain by the pack's limits; pain that spreads is red."""
    if spreads or pain > pack.amber_to:
        return "red"
    return "green" if pain <= pack.green_to else "amber"
