"""Raising: what a session without trouble brings: repetitions, seconds, a weight, the next rung.

Reserve as asked for is progress, not a reason to stay. Numbers without a source are our own choice
(docs/science/dose.md).
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from weaklink.case.load import Load
from weaklink.training.dose.training_state import Performed, Rung, SlotState
from weaklink.training.dose.weights import (
    MOST_FOUND,
    MOST_FOUND_SORE,
    found_by,
    reps_for_a_big_step,
    stepped_up,
)

MOST_TRIES = 3  # sessions in which the first weight is looked for
FAR_TOO_EASY = 5  # repetitions left in every set
MOST_SKIPPED = 0.20  # of what is moved, when it was far too easy
MOST_REPS = 20  # where no heavier weight is owned (plotkin-2022, iversen-2021)
LITTLE_MORE_S, MORE_S = 5, 10  # seconds a hold grows by
LEFT_TO_GROW_S, LEFT_TO_GROW_MORE_S = 10, 20  # seconds that were left
STILL_TO_ADD_A_SET = 3  # sessions without a gain
SETS_AFTER_BOUTS = 3  # of what comes in place of bouts; design


def at_bottom(state: SlotState, rungs: Mapping[str, Rung], exercise: str) -> SlotState:
    """The start of another rung: its lowest numbers and first load; what was set aside is remembered."""
    rung = rungs[exercise]
    sets = max(state.sets, state.cut.sets if state.cut is not None else 0)
    if state.exercise in rungs and rungs[state.exercise].bouts:
        sets = min(sets, SETS_AFTER_BOUTS)  # many short bouts are not as many sets of something else
    if rung.bouts:
        sets = rung.bouts[0].sets
    return SlotState(
        exercise=exercise,
        sets=sets,
        reps=rung.reps[0] if rung.reps else None,
        hold_s=rung.hold_s[0] if rung.hold_s else None,
        load=rung.begin,
        painful_on_easiest=state.painful_on_easiest,
        set_aside=state.set_aside,
        aside_load=state.aside_load,
        offer_on_day=state.offer_on_day,
        setbacks=state.setbacks,
    )


def top_of(state: SlotState, rung: Rung) -> int | None:
    """The most repetitions before something else grows: more of them where the next weight is far."""
    if rung.reps is None or state.reps is None:
        return None
    if rung.rack is None or state.load is None or rung.maximum or stepped_up(rung.rack, state.load):
        return rung.reps[1]
    heavier = rung.rack.heavier(state.load)
    now, low = rung.rack.moved_kg(state.load), rung.reps[0]
    if not heavier or not now:
        return max(rung.reps[1], MOST_REPS) if not rung.harder else rung.reps[1]
    next_kg = rung.rack.moved_kg(heavier[0])
    worth = reps_for_a_big_step(now, next_kg or now, low, 2)
    return max(rung.reps[1], min(worth, MOST_REPS))


def is_at_top(state: SlotState, rung: Rung) -> bool:
    """Whether the range is used up."""
    top = top_of(state, rung)
    if top is not None and state.reps is not None:
        return state.reps >= top
    return rung.hold_s is None or state.hold_s is None or state.hold_s >= rung.hold_s[1]


def next_bout(state: SlotState, rung: Rung) -> SlotState | None:
    """The next step of bouts; None on the last one."""
    found = next((bout for bout in rung.bouts if bout.sets > state.sets), None)
    return None if found is None else _moved(state, sets=found.sets)


def raised(state: SlotState, rung: Rung, session: Performed, target: int) -> SlotState:
    """A little more within the range: repetitions, or seconds of a pure hold."""
    top = top_of(state, rung)
    if top is not None and state.reps is not None:
        return _moved(state, reps=min(top, state.reps + max(rung.step, more_reps(session, target))))
    seconds = more_seconds(state, session)
    longest = rung.hold_s[1] if rung.hold_s else 0
    if not seconds:
        return msgspec.structs.replace(state, still=state.still + 1)
    return _moved(state, hold_s=min(longest, (state.hold_s or 0) + seconds))


def more_reps(session: Performed, target: int) -> int:
    """Repetitions more next time: one at the reserve that was asked for, two or three with more to spare."""
    spare = 0 if session.rir is None else session.rir - target
    return 1 if spare <= 0 else 2 if spare < 3 else 3


def more_seconds(state: SlotState, session: Performed) -> int:
    """Seconds more next time, by what was left of a hold; a little where nobody said, as it was held out."""
    left = session.left_s
    if left is None:
        return LITTLE_MORE_S
    if left >= LEFT_TO_GROW_MORE_S:
        return MORE_S
    if left >= LEFT_TO_GROW_S:
        return LITTLE_MORE_S
    return LITTLE_MORE_S if left >= LITTLE_MORE_S and state.still >= 1 else 0


def _moved(state: SlotState, **to: int) -> SlotState:
    return msgspec.structs.replace(state, tops=0, hard=0, still=0, **to)


# --- the weight --------------------------------------------------------------------------------------------


def looks_for_a_weight(state: SlotState, rung: Rung, session: Performed, target: int) -> Load | None:
    """The weight of the next session while the first one is looked for; None where it stays.

    It is looked for as long as more is left than was asked for, at most in three sessions.
    """
    if rung.rack is None or state.sought >= MOST_TRIES or session.rir is None or state.reps is None:
        return None
    held = session.load if session.load is not None else state.load
    if not rung.rack.loads or (held is None and not rung.rack.needs_one):
        return None
    if session.rir <= target:
        return None
    done = (session.reps or state.reps, session.rir)
    most = MOST_FOUND_SORE if rung.sore else MOST_FOUND
    found = found_by(rung.rack, held, done, (state.reps, target), most)
    return found if found is not None and found in rung.rack.heavier(held) else None


def far_too_easy(state: SlotState, rung: Rung, session: Performed) -> bool:
    """Whether the next rung may come at once: five or more left in all sets, nothing hurt lately."""
    calm = state.cut is None and not state.ambers and not state.set_aside
    return rung.skips and calm and session.rir is not None and session.rir >= FAR_TOO_EASY


def leap_of_weight(state: SlotState, rung: Rung, session: Performed, target: int) -> Load | None:
    """A larger step of the weight, when it was far too easy."""
    if rung.rack is None or state.load is None or state.reps is None or session.rir is None:
        return None
    done = (session.reps or state.reps, session.rir)
    found = found_by(rung.rack, state.load, done, (state.reps, target), MOST_SKIPPED)
    return found if found in rung.rack.heavier(state.load) else None


def next_weight(state: SlotState, rung: Rung) -> Load | None:
    """The next weight at the top of a range: a small step, or a big one that was paid for in repetitions."""
    if rung.rack is None:
        return None
    small = stepped_up(rung.rack, state.load)
    if small is not None:
        return small
    heavier = rung.rack.heavier(state.load)
    now = rung.rack.moved_kg(state.load)
    if not heavier or not now or rung.reps is None or state.reps is None:
        return None
    next_kg = rung.rack.moved_kg(heavier[0]) or now
    return heavier[0] if state.reps >= reps_for_a_big_step(now, next_kg, rung.reps[0], 2) else None
