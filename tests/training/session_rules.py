"""The interpreter of session packs: pack, state and event in; the next state and what to do out.

The browser's `rules.js` is the same in JavaScript; a test runs both over thousands of states.
Nothing here decides anything about the body: every decision stands in the pack.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from tests.training.session_state import (
    Last,
    Past,
    Place,
    State,
    after,
    colour_of,
    next_open,
    rung_of,
    set_now,
    with_parts,
)
from weaklink.training.session.session_pack import Action, PackRung, SessionPack, strictest_closing

Event = dict[str, Any]
Effect = dict[str, Any]


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """The next state, and what the player has to do, in order."""

    state: State
    effects: tuple[Effect, ...] = ()


def happen(pack: SessionPack, state: State, event: Event) -> Outcome:
    """What an event leads to. An event that makes no sense now changes nothing."""
    kind = str(event.get("type"))
    if kind == "resumed":
        return Outcome(state=with_parts(state, by=str(event["by"])))
    handlers = {"questions": ASKING, "work": WORKING, "ending": ENDING}.get(state.phase, {})
    handler = handlers.get(kind)
    return handler(pack, state, event) if handler is not None else Outcome(state=state)


# --- questions ---------------------------------------------------------------------------------------------


def _answer(pack: SessionPack, state: State, event: Event) -> Outcome:
    known = any(question.id == event["question"] for question in pack.questions)
    if not known:
        return Outcome(state=state)
    answers = {**state.answers, event["question"]: str(event["answer"])}
    return Outcome(state=with_parts(state, answers=answers, short=False))


def _none_of_these(pack: SessionPack, state: State, event: Event) -> Outcome:
    """No to everything that was answered before and not now. What was never answered stays open."""
    noes = {q.id: "no" for q in pack.questions if q.known and q.id not in state.answers}
    return Outcome(state=with_parts(state, answers={**state.answers, **noes}, short=False))


def _nothing_new(pack: SessionPack, state: State, event: Event) -> Outcome:
    """One tap for the whole list: no answer to any single question. Where it may not be, the list is asked."""
    if state.answers or not may_be_short(pack, str(event.get("date")), list(event.get("told") or [])):
        return Outcome(state=with_parts(state, short=False), effects=({"do": "ask", "what": "questions"},))
    return Outcome(state=with_parts(state, short=True))


def may_be_short(pack: SessionPack, date: str, told: list[Effect]) -> bool:
    """Whether one tap is enough on a day of this device, which tells what it was told since the pack."""
    check = pack.check
    in_time = pack.date.isoformat() <= date < check.until.isoformat()
    known = all(question.known for question in pack.questions)
    return check.short and in_time and known and not any(is_danger(pack, entry) for entry in told)


def is_danger(pack: SessionPack, entry: Effect) -> bool:
    """Whether an entry opens the whole list."""
    pains = [entry.get(name) or 0 for name in ("pain", "pain_before", "pain_worst")]
    if any(colour_of(pack, pain) == "red" for pain in pains):
        return True
    if any(entry.get(name) for name in ("spreads", "limped", "night", "rest", "new_places")):
        return True
    if entry.get("kind") == "this-hurts" or entry.get("how") in ("not-today", "referred"):
        return True
    return (entry.get("change") or 0) < 0 or any(a != "no" for a in (entry.get("answers") or {}).values())


def _start(pack: SessionPack, state: State, event: Event) -> Outcome:
    """Begin, once every question is answered; `pain` is how much it hurts now, `places` what is new."""
    if not state.short and any(question.id not in state.answers for question in pack.questions):
        return Outcome(state=state, effects=({"do": "ask", "what": "questions"},))
    pain, places = int(event.get("pain") or 0), list(event.get("places") or [])
    now, begun = _written(state, {**_begun(pack), "pain_before": pain})
    checked = {"kind": "rescreened", "answers": dict(state.answers), "new_places": places}
    if state.short:
        listed = pack.check.listed
        checked["nothing_new_since"] = listed.isoformat() if listed is not None else None
    now, asked = _written(now, checked)
    effects = [begun, asked]
    closing = strictest_closing(pack.questions, state.answers)
    if closing >= 0 or places:
        return _closed(pack, now, closing, effects)
    if colour_of(pack, pain) == "red":
        now, ended = _written(now, {"kind": "session-ended", "how": "not-today"})
        return Outcome(
            state=with_parts(now, phase="not-today"), effects=(*effects, _said(pack.not_today), ended)
        )
    return _arrived(pack, now, next_open(pack, now, Place()), effects)


def _closed(pack: SessionPack, state: State, closing: int, effects: list[Effect]) -> Outcome:
    """The session ends here. -1: a new place hurts, and its questions come before any session."""
    closes = closing >= 0 and pack.closings[closing].closes
    now, ended = _written(state, {"kind": "session-ended", "how": "referred" if closes else "not-today"})
    forget: list[Effect] = [{"do": "forget"}] if closes else []
    return Outcome(
        state=with_parts(now, phase="closed" if closes else "not-today", closing=closing, past=(), last=None),
        effects=(*effects, ended, *forget, {"do": "show", "closing": closing}),
    )


def _begun(pack: SessionPack) -> Effect:
    moves = [
        {
            "slot": item.slot,
            "exercise": item.rungs[0].exercise,
            "sides": len(item.rungs[0].sides),
            "sets": item.rungs[0].sets,
            "reps": item.rungs[0].reps,
            "hold_s": item.rungs[0].hold_s,
            **_held(item.rungs[0], item.rungs[0].held),
        }
        for item in pack.items
        if item.kind != "stretch"
    ]
    begun = {"kind": "session-begun", "pack": pack.id, "moves": moves, "kind_of_day": pack.kind_of_day}
    return {**begun, "around": pack.around} if pack.around else begun


# --- work --------------------------------------------------------------------------------------------------


def _set_done(pack: SessionPack, state: State, event: Event) -> Outcome:
    done = set_now(pack, state)
    rung = rung_of(pack, state, done.item)
    entry = _entry_of_set(pack, state, done, event)
    now, kept = _remembered(with_parts(state, last=done), entry)
    unsaid = rung.asks and "rir" not in entry
    effects = [kept, {"do": "ask", "what": "effort"}] if unsaid else [kept]
    return _arrived(pack, now, after(pack, state, state.place), effects)


def _entry_of_set(pack: SessionPack, state: State, done: Last, event: Event) -> Effect:
    item = pack.items[done.item]
    rung = item.rungs[done.rung]
    if item.kind == "stretch":
        when = pack.around or "after-exercise"
        return {"kind": "stretched", "exercise": rung.exercise, "when": when}
    return {
        "kind": "set-done",
        "slot": item.slot,
        "exercise": rung.exercise,
        "side": rung.sides[done.side],
        "set": done.set,
        "reps": event.get("reps"),
        "hold_s": event.get("hold_s"),
        "to_the_limit": done.set == item.to_the_limit and done.rung == 0,
        **_held(rung, state.loads[done.item]),
        **_reserve_in(rung, event),
    }


def _reserve_in(rung: PackRung, event: Event) -> Effect:
    """What was left in reserve, where it was said with the set. Not said stays not said."""
    said = event.get("rir")
    return {"rir": said} if rung.asks == "reserve" and said is not None else {}


def _held(rung: PackRung, place: int) -> Effect:
    """The load of a set as an entry says it; nothing where it is not known."""
    return {"load": msgspec.to_builtins(rung.loads[place].load)} if 0 <= place < len(rung.loads) else {}


def _load(pack: SessionPack, state: State, event: Event) -> Outcome:
    """Another load for the move being done, from this set on."""
    item = set_now(pack, state).item
    place = int(event["place"])
    if not 0 <= place < len(rung_of(pack, state, item).loads):
        return Outcome(state=state)
    return Outcome(state=with_parts(state, loads=_replaced(state.loads, item, place)))


def _effort(pack: SessionPack, state: State, event: Event) -> Outcome:
    """How many more were possible in the set just done, or how much longer."""
    if state.last is None or pack.items[state.last.item].kind == "stretch":
        return Outcome(state=state)
    said = "left_s" if "left_s" in event else "rir"
    now, kept = _remembered(state, {**_felt(pack, state.last), said: int(event[said])})
    return Outcome(state=now, effects=(kept,))


def _pain(pack: SessionPack, state: State, event: Event) -> Outcome:
    """Pain 0..10 of the set just done, or (`of` = "now") of the one being done."""
    during = event.get("of") == "now" or state.last is None
    about = set_now(pack, state) if during or state.last is None else state.last
    pain, spreads = int(event["pain"]), bool(event.get("spreads", False))
    entry = {**_felt(pack, about), "set": 0 if during else about.set, "pain": pain, "spreads": spreads}
    now, kept = _remembered(state, entry)
    if about.rung != state.rungs[about.item] or state.stopped[about.item]:
        return Outcome(state=now, effects=(kept,))  # it was eased or stopped already
    rung = pack.items[about.item].rungs[about.rung]
    actions = {"green": rung.green, "amber": rung.amber, "red": rung.red}
    return _acted(pack, now, about.item, actions[colour_of(pack, pain, spreads)], [kept])


def _hurts(pack: SessionPack, state: State, event: Event) -> Outcome:
    """ "This hurts", one tap: the move being done is eased or stopped at once."""
    item = set_now(pack, state).item
    rung = rung_of(pack, state, item)
    swaps = rung.hurts.do == "swap"
    entry = {
        "kind": "this-hurts",
        "slot": pack.items[item].slot,
        "exercise": rung.exercise,
        "rep": int(event.get("rep") or 0),
        "pain": event.get("pain"),
        "swapped_to": pack.items[item].rungs[rung.hurts.to].exercise if swaps else "",
    }
    now, kept = _remembered(state, entry)
    return _acted(pack, now, item, rung.hurts, [kept])


def _acted(pack: SessionPack, state: State, item: int, action: Action, effects: list[Effect]) -> Outcome:
    effects = [*effects, _said(action)] if action.says else effects
    if action.do == "go-on":
        return Outcome(state=state, effects=tuple(effects))
    if action.do == "refer":
        return _closed(pack, state, pack.twice, effects)
    if action.do == "swap":
        eased = with_parts(
            state,
            rungs=_replaced(state.rungs, item, action.to),
            loads=_replaced(state.loads, item, pack.items[item].rungs[action.to].held),
        )
        effects = [*effects, {"do": "swap", "item": item, "to": rung_of(pack, eased, item).exercise}]
    else:
        eased = with_parts(state, stopped=_replaced(state.stopped, item, True))
        effects = [*effects, {"do": "stop", "item": item}]
    place = state.place
    here = place.station < len(pack.stations) and pack.stations[place.station].item == item
    return _arrived(
        pack, eased, next_open(pack, eased, Place(station=place.station) if here else place), effects
    )


def _skip(pack: SessionPack, state: State, event: Event) -> Outcome:
    here = set_now(pack, state)
    what = "move" if event.get("what") == "move" else "set"
    rung = rung_of(pack, state, here.item)
    slot = pack.items[here.item].slot
    entry = {"kind": "skipped", "slot": slot, "exercise": rung.exercise, "what": what}
    now, kept = _remembered(with_parts(state, last=None), entry)
    if what == "move":
        now = with_parts(now, stopped=_replaced(now.stopped, here.item, True))
    return _arrived(pack, now, next_open(pack, now, Place(station=state.place.station + 1)), [kept])


def _undo(pack: SessionPack, state: State, event: Event) -> Outcome:
    if not state.past:
        return Outcome(state=state)
    gone = state.past[-1]
    now, kept = _written(state, {"kind": "undone", "undoes": gone.entry})
    return Outcome(
        state=with_parts(
            now,
            phase="work" if gone.place.station < len(pack.stations) else "ending",
            place=gone.place,
            rungs=gone.rungs,
            stopped=gone.stopped,
            loads=gone.loads,
            past=state.past[:-1],
            last=None,
        ),
        effects=(kept,),
    )


def _finish(pack: SessionPack, state: State, event: Event) -> Outcome:
    how = "finished" if state.phase == "ending" else "stopped"
    now, kept = _written(state, {"kind": "session-ended", "how": how, "minutes": event.get("minutes")})
    return Outcome(
        state=with_parts(now, phase="done", past=(), last=None), effects=(kept, {"do": "show", "closing": -1})
    )


def _arrived(pack: SessionPack, state: State, place: Place, effects: list[Effect]) -> Outcome:
    """At the next place; after the last station effort and pain of the last set can still be said."""
    ends = place.station >= len(pack.stations)
    asks: list[Effect] = [{"do": "ask", "what": "end"}] if ends and state.phase != "ending" else []
    return Outcome(
        state=with_parts(state, phase="ending" if ends else "work", place=place), effects=(*effects, *asks)
    )


def _felt(pack: SessionPack, about: Last) -> Effect:
    rung = pack.items[about.item].rungs[about.rung]
    return {
        "kind": "felt",
        "slot": pack.items[about.item].slot,
        "exercise": rung.exercise,
        "side": rung.sides[about.side],
        "set": about.set,
    }


def _written(state: State, entry: Effect) -> tuple[State, Effect]:
    """One more entry, named by session, page and number; the player only adds the time."""
    named = {"id": f"{state.session}-{state.by}-{state.refs}", **entry}
    if entry["kind"] != "undone":
        named["session"] = state.session
    return with_parts(state, refs=state.refs + 1), {"do": "keep", "entry": named}


def _remembered(state: State, entry: Effect) -> tuple[State, Effect]:
    """The same, with the way back to before it."""
    now, kept = _written(state, entry)
    way_back = Past(
        entry=kept["entry"]["id"],
        place=state.place,
        rungs=state.rungs,
        stopped=state.stopped,
        loads=state.loads,
    )
    return with_parts(now, past=(*state.past, way_back)), kept


def _replaced(values: tuple[Any, ...], place: int, value: Any) -> tuple[Any, ...]:
    return (*values[:place], value, *values[place + 1 :])


def _said(action: Action) -> Effect:
    return {"do": "say", "rule": action.rule, "says": action.says}


Handler = Callable[[SessionPack, State, Event], Outcome]
ASKING: dict[str, Handler] = {
    "answer": _answer,
    "none-of-these": _none_of_these,
    "nothing-new": _nothing_new,
    "start": _start,
}
ENDING: dict[str, Handler] = {
    "effort": _effort,
    "pain": _pain,
    "hurts": _hurts,
    "undo": _undo,
    "finish": _finish,
}
WORKING: dict[str, Handler] = {**ENDING, "set-done": _set_done, "skip": _skip, "load": _load}
