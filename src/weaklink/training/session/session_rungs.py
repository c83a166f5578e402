"""One move of a session pack: its rungs, and what green, amber, red and "this hurts" lead to on each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from weaklink.case.load import NO_LOAD, Load
from weaklink.library.records import Exercise
from weaklink.quantities import Message, Side
from weaklink.training.dose.dose import merged, prescribe
from weaklink.training.dose.load_words import at_hand
from weaklink.training.dose.phased import rest_of_bouts
from weaklink.training.dose.setting import Setting
from weaklink.training.dose.training_state import Rung, SlotState
from weaklink.training.dose.weights import place_of
from weaklink.training.plan.items import focus_of
from weaklink.training.plan.plan_document import ItemDocument
from weaklink.training.progression.next_dose import AMBERS_TO_REGRESS
from weaklink.training.progression.raising import at_bottom
from weaklink.training.session.session_pack import Action, Do, PackItem, PackLoad
from weaklink.training.session.session_pack import PackRung as PackRung
from weaklink.training.session.training_day import Day, given_today

LOADS_NEAR = 12  # so many lighter and heavier ones can be chosen in the session
GO_ON = Action(do="go-on", rule="pain-green", says="")


def pack_rungs(document: ItemDocument, state: SlotState, day: Day) -> tuple[PackRung, ...]:
    """Today's exercise, its easier one, and the easiest: swap once, then the easiest (D1)."""
    lower = (at_bottom(state, day.rungs, name) for name in way_down(state.exercise, day.rungs))
    chain = (state, *lower)
    return tuple(_pack_rung(document, day, chain, place) for place in range(len(chain)))


def way_down(exercise: str, rungs: Mapping[str, Rung]) -> tuple[str, ...]:
    """The easier exercise and the easiest one; each once."""
    easier = rungs[exercise].easier if exercise in rungs else ""
    if not easier:
        return ()
    easiest = easier
    while rungs.get(easiest) is not None and rungs[easiest].easier:
        easiest = rungs[easiest].easier
    return (easier,) if easiest == easier else (easier, easiest)


def _pack_rung(document: ItemDocument, day: Day, chain: tuple[SlotState, ...], place: int) -> PackRung:
    state = chain[place]
    setting = day.setting
    exercise = setting.library.exercises[state.exercise]
    gives = prescribe(exercise, setting.library.doses[exercise.dose], setting.runner, state.sets)
    own = document if document.id == state.exercise else None
    loads = pack_loads(day, state)
    return PackRung(
        exercise=exercise.id,
        name=exercise.name,
        sides=sides_of(exercise, setting),
        sets=state.sets,
        reps=state.reps,
        hold_s=state.hold_s if state.hold_s is not None else gives.hold_s if state.reps is not None else None,
        tempo=gives.tempo,
        rest_s=rest_of_bouts(exercise.id, state.sets, setting) or gives.rest_s,
        rir=gives.rir,
        how_heavy=gives.how_heavy,
        asks=asked_after(exercise, gives.rir, state),
        loads=loads,
        held=place_in(loads, state.load),
        cap=own.cap if own is not None else "",
        steps=tuple(exercise.steps),
        cues=tuple(exercise.cues),
        stop_if=tuple(exercise.stop_if),
        **_actions(day, chain, place),
    )


def asked_after(exercise: Exercise, rir: int | None, state: SlotState) -> Literal["", "reserve", "left"]:
    """What is asked after a set of a move; a drill is asked for pain only."""
    if exercise.kind != "exercise":
        return ""
    if rir is not None:
        return "reserve"
    return "left" if state.reps is None and state.hold_s is not None else ""


def pack_loads(day: Day, state: SlotState) -> tuple[PackLoad, ...]:
    """The loads of a rung near the one of today, lightest first; with none, what is done without one."""
    rung = day.rungs.get(state.exercise)
    if rung is None or rung.rack is None:
        return ()
    rack = rung.rack
    there = (*((NO_LOAD,) if not rack.needs_one else ()), *rack.loads)
    loads = tuple(load for load in there if day.wanted.has(load))
    here = sum(place_of(load) < place_of(state.load) for load in loads)
    near = loads[max(0, here - LOADS_NEAR) : here + LOADS_NEAR + 1]
    bands = [load for load in loads if load.colour is not None]
    return tuple(PackLoad(load=load, says=at_hand(load, bands, day.say)) for load in near)


def place_in(loads: tuple[PackLoad, ...], load: Load | None) -> int:
    """Where a load stands among those of a pack; -1 where it is not there."""
    wanted = load if load is not None else NO_LOAD
    return next((place for place, one in enumerate(loads) if one.load == wanted), -1)


def sides_of(exercise: Exercise, setting: Setting) -> tuple[Side, ...]:
    """The sides in order, the weaker one first; one without a side where both work together."""
    if not exercise.sided:
        return ("none",)
    focus = focus_of(exercise, setting)
    return ("left", "right") if focus is not None and focus.side == "left" else ("right", "left")


def _actions(day: Day, chain: tuple[SlotState, ...], place: int) -> dict[str, Action]:
    """What pain leads to on one rung. On the easiest it stops the move; in a second session it refers."""
    name = chain[place].exercise
    twice = place == 0 and chain[place].ambers + 1 >= AMBERS_TO_REGRESS
    if place + 1 < len(chain):
        to = chain[place + 1].exercise
        swaps = {
            rule: action(day, "swap", rule, exercise=to, exercise2=name, place=place + 1)
            for rule in ("pain-red", "this-hurts", "pain-amber-twice")
        }
        red, hurts, amber = swaps["pain-red"], swaps["this-hurts"], swaps["pain-amber-twice"]
    else:
        again = bool(day.course.easiest_painful)
        rule = "easiest-painful-twice" if again else "easiest-painful"
        red = hurts = action(day, "refer" if again else "stop", rule, exercise=name)
        amber = action(day, "stop", "pain-amber-twice-less", exercise=name)
    if not twice:
        amber = action(day, "go-on", "pain-amber", exercise=name)
    return {"green": GO_ON, "amber": amber, "red": red, "hurts": hurts}


def action(day: Day, do: Do, rule: str, place: int = 0, **values: str | int | float) -> Action:
    """What to do by a rule, with its sentence."""
    return Action(do=do, rule=rule, says=day.say(Message(f"training.rule-{rule}", values)), to=place)


def stretch_item(document: ItemDocument, day: Day, *, follows: bool) -> PackItem | None:
    """A stretch of the plan as a move of the session; None where it is not for today."""
    exercise = day.setting.library.exercises.get(document.id)
    if exercise is None or not given_today(exercise, day) or document.id in day.hurt_lately:
        return None
    gives = merged(day.setting.library.doses[exercise.dose], exercise)
    stop = action(day, "stop", "stretch-hurts", exercise=document.id)
    held = PackRung(
        exercise=exercise.id,
        name=exercise.name,
        sides=sides_of(exercise, day.setting),
        sets=document.sets or 1,
        reps=None,
        hold_s=document.hold_s or (gives.hold_s or (30, 30))[0],
        tempo="",
        rest_s=document.rest_s or 0,
        rir=None,
        how_heavy="",
        asks="",
        loads=(),
        held=-1,
        cap=document.cap,
        steps=tuple(exercise.steps),
        cues=tuple(exercise.cues),
        stop_if=tuple(exercise.stop_if),
        green=GO_ON,
        amber=stop,
        red=stop,
        hurts=stop,
    )
    return PackItem(
        slot=document.id, kind="stretch", because=tuple(document.because), rungs=(held,), follows=follows
    )
