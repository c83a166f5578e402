"""One slot after one session: the rules of progression applied to what was done, pain before all else."""

from __future__ import annotations

from collections.abc import Mapping, Set

import msgspec

from weaklink.case.diary import Asked
from weaklink.quantities import Message
from weaklink.training.course.session_record import KindOfDay, MoveRecord
from weaklink.training.dose.pain_profile import Colour, PainProfile
from weaklink.training.dose.training_state import Action, Cut, Decision, Performed, Rung, SlotState
from weaklink.training.dose.weights import place_of
from weaklink.training.progression.easing import paused
from weaklink.training.progression.next_dose import after_pain, colour_of, next_dose, offered_again
from weaklink.training.progression.raising import at_bottom

UP: tuple[Action, ...] = ("progress", "next-variant", "offer-again")
Change = Decision


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """What a session means for every slot of it."""

    rungs: Mapping[str, Rung]
    profile: PainProfile
    target: int
    kind_of_day: KindOfDay
    red_session: bool  # pain was red anywhere: then no dose rises
    named: Mapping[str, str] = {}  # by slot, a move of the physiotherapist in own words


def colour_of_move(move: MoveRecord, profile: PainProfile) -> Colour:
    """The colour of one move; "this hurts" is red whatever number was said, pain not said is green."""
    return "red" if move.hurt else profile.colour(move.pain or 0, move.spreads)


def after_session(
    state: SlotState, done: list[Performed], moves: list[MoveRecord], asking: Asking
) -> list[Change]:
    """The changes of one slot, in order: of the move that was planned, then of what it was swapped to."""
    changes: list[Change] = []
    for number, (session, move) in enumerate(zip(done, moves, strict=True)):
        change = _first(state, session, move, asking) if number == 0 else _eased(state, session, move, asking)
        if change is not None:
            changes.append(change)
            state = change.state
    return changes


def of_prescribed(moves: list[MoveRecord], asking: Asking) -> list[Change]:
    """What is said after a move of the physiotherapist: pain alone, for its dose never changes here."""
    colours = {colour_of_move(move, asking.profile) for move in moves}
    rule = "prescribed-painful" if "red" in colours else "prescribed-amber" if "amber" in colours else ""
    if not rule:
        return []
    name = asking.named.get(moves[0].slot, moves[0].exercise)
    because = Message(f"training.rule-{rule}", {"exercise": name})
    return [
        Decision(
            state=SlotState(exercise=moves[0].exercise, sets=1), action="hold", rule=rule, because=because
        )
    ]


def _first(state: SlotState, session: Performed, move: MoveRecord, asking: Asking) -> Change | None:
    """The change by the move a session began the slot with."""
    painful = is_painful(session, asking.profile)
    if move.exercise == state.set_aside and move.exercise in asking.rungs:
        if asking.red_session and not painful:
            # Something else hurt: the offer does not count as taken, and comes once more.
            return _held(state, "red-elsewhere")
        state = offered_again(state, dict(asking.rungs)).state
    if move.exercise != state.exercise:
        return _stand_in(state, session, move, asking, painful)
    if move.exercise not in asking.rungs:
        return None
    change = next_dose(state, session, dict(asking.rungs), asking.profile, asking.target)
    change = _down_to(change, move, asking.rungs)
    return calmed(state, change, asking)


def beside_others(exercise: str, others: Set[str], rungs: Mapping[str, Rung]) -> Mapping[str, Rung]:
    """The rungs for one slot: the way up from an exercise passes over what other slots hold already.

    Two slots on one move would be one, and the session shorter by the other.
    """
    here = rungs.get(exercise)
    if here is None or here.harder not in others:
        return rungs
    above, seen = here.harder, {exercise}
    while above in others and above not in seen:
        seen.add(above)
        above = rungs[above].harder if above in rungs else ""
    free = above if above and above not in seen else ""
    return {**rungs, exercise: msgspec.structs.replace(here, harder=free)}


def leading_back(exercise: str, home: str, rungs: Mapping[str, Rung]) -> Mapping[str, Rung]:
    """The rungs for one slot: where the way up ends, or leads elsewhere, it leads back to what was planned.

    Args:
        home: the move the slot was planned with.
    """
    above = home
    if not is_below(home, exercise, rungs) or _leads_up(exercise, home, rungs):
        return rungs
    while rungs[above].easier != exercise:
        above = rungs[above].easier
    return {**rungs, exercise: msgspec.structs.replace(rungs[exercise], harder=above)}


def after_a_break(
    state: SlotState, days: int, rungs: Mapping[str, Rung], *, fever: bool = False
) -> Change | None:
    """The gentler start after so many days without a session, or after a fever; None where they were few.

    It is the whole consequence: what goes well in that session counts as always.
    """
    rung = rungs.get(state.exercise)
    less = paused(state, days, rung, fever=fever) if rung is not None else None
    if less is None:
        return None
    rule = "after-a-fever" if fever else "after-a-pause"
    because = Message(f"training.rule-{rule}", {"exercise": state.exercise, "days": days})
    return Decision(state=less, action="regress", rule=rule, because=because)


def calmed(state: SlotState, change: Change, asking: Asking) -> Change:
    """The change, or the same dose again where nothing may rise: a red or short session, a lighter week."""
    if change.action not in UP:
        return change
    rule = "red-elsewhere" if asking.red_session else f"stays-{asking.kind_of_day}"
    # What pain took is no gain when it comes back; upkeep keeps what was won.
    given_back = change.rule == "given-back" and rule == "stays-upkeep"
    if rule == "stays-full" or given_back:
        return change
    return _held(state, rule)


def _held(state: SlotState, rule: str) -> Change:
    because = Message(f"training.rule-{rule}", {"exercise": state.exercise})
    return Decision(state=msgspec.structs.replace(state, tops=0), action="hold", rule=rule, because=because)


def as_last_asked(state: SlotState, asked: Asked, rungs: Mapping[str, Rung]) -> Change | None:
    """The dose put back to what a session really asked for last; None where it does not stand above that.

    A diary is read anew with what is allowed today, so a slot can stand higher than anything that was shown.
    """
    here = rungs.get(state.exercise)
    if state.exercise == asked.exercise:
        if not asks_for_more(state, asked):
            return None
        state = the_less_of(state, asked)
    elif is_below(asked.exercise, state.exercise, rungs):
        if state.sets <= asked.sets:
            return None
        # An easier move makes up for no set more; it comes back as what pain takes does.
        cut = Cut(after="pain", sets=state.sets, reps=state.reps, hold_s=state.hold_s, load=state.load)
        state = msgspec.structs.replace(state, sets=asked.sets, cut=state.cut or cut)
    elif is_below(state.exercise, asked.exercise, rungs) or _leads_up(asked.exercise, state.exercise, rungs):
        state = the_less_of(at_bottom(state, rungs, asked.exercise), asked)
    elif asked.exercise not in rungs and here is not None and here.easier:
        # Nobody can say which of the two is harder: what was asked for is not allowed any more.
        state = at_bottom(state, rungs, here.easier)
    else:
        return None
    return _held(state, "red-elsewhere")


def the_less_of(state: SlotState, asked: Asked | SlotState) -> SlotState:
    """The dose with the lesser of each of its numbers: on red no weight is traded for repetitions."""
    lighter = place_of(state.load) <= place_of(asked.load)
    return msgspec.structs.replace(
        state,
        sets=min(state.sets, asked.sets),
        reps=_least(state.reps, asked.reps),
        hold_s=_least(state.hold_s, asked.hold_s),
        load=state.load if lighter else asked.load,
    )


def _least(now: int | None, then: int | None) -> int | None:
    return then if now is None or then is None else min(now, then)


def asks_for_more(state: SlotState, asked: Asked) -> bool:
    """Whether a dose of the same move holds more sets by repetitions by seconds, or more weight.

    Other units never do.
    """
    if place_of(state.load) > place_of(asked.load):
        return True
    now, then = (state.reps, state.hold_s), (asked.reps, asked.hold_s)
    if [n is None for n in now] != [n is None for n in then]:
        return False
    return state.sets * (now[0] or 1) * (now[1] or 1) > asked.sets * (then[0] or 1) * (then[1] or 1)


def _stand_in(
    state: SlotState, session: Performed, move: MoveRecord, asking: Asking, painful: bool
) -> Change | None:
    """Another exercise than the plan's, on a short day, away, or from an older session: only pain counts."""
    return _eased(state, session, move, asking) if painful else None


def _eased(state: SlotState, session: Performed, move: MoveRecord, asking: Asking) -> Change | None:
    """After a swap only more pain changes anything: never up on the day of a swap.

    Pain in something that is not on the way down eases the planned move by one step.
    """
    if not is_painful(session, asking.profile):
        return None
    if is_below(state.exercise, move.exercise, asking.rungs):
        state = at_bottom(state, asking.rungs, move.exercise)
    if state.exercise not in asking.rungs:
        return None
    return _down_to(after_pain(state, session, dict(asking.rungs)), move, asking.rungs)


def _down_to(change: Change, move: MoveRecord, rungs: Mapping[str, Rung]) -> Change:
    """The change, down to what the session really went on with if that was lower still."""
    target = move.swapped_to
    if not target or target not in rungs or not is_below(change.state.exercise, target, rungs):
        return change
    lower = at_bottom(change.state, rungs, target)
    values = {**change.because.values, "exercise": target}
    return msgspec.structs.replace(
        change, state=lower, because=Message(change.because.id, values, change.because.sources)
    )


def is_painful(session: Performed, profile: PainProfile) -> bool:
    """Whether a move was red or "this hurts" was tapped."""
    return session.this_hurts or colour_of(session, profile) == "red"


def hurt_at_its_easiest(session: Performed, move: MoveRecord, asking: Asking) -> bool:
    """Whether a move was red for which there is no easier way, by what was done alone.

    Where the slot stands does not count: limits that narrow later lead the same diary another way.
    """
    rung = asking.rungs.get(move.exercise)
    return rung is not None and not rung.easier and is_painful(session, asking.profile)


def _leads_up(start: str, target: str, rungs: Mapping[str, Rung]) -> bool:
    """Whether one exercise is a harder way of another, at any distance.

    A stage may end the way down between them.
    """
    here, seen = rungs.get(start), {start}
    while here is not None and here.harder and here.harder not in seen:
        if here.harder == target:
            return True
        seen.add(here.harder)
        here = rungs.get(here.harder)
    return False


def is_below(start: str, target: str, rungs: Mapping[str, Rung]) -> bool:
    """Whether one exercise is an easier way of another, at any distance."""
    here = rungs.get(start)
    while here is not None and here.easier:
        if here.easier == target:
            return True
        here = rungs.get(here.easier)
    return False
