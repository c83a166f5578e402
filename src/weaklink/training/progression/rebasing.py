"""Rebasing: a dose in the numbers of another stage: the weight for its repetitions, within its ranges."""

from __future__ import annotations

import msgspec

from weaklink.training.dose.training_state import Rung, SlotState
from weaklink.training.dose.weights import found_by, place_of


def rebased(state: SlotState, rung: Rung, *, calm: bool = True) -> SlotState:
    """The same move by the ranges of a stage (rule P7).

    Fewer repetitions than before are worth more weight, more are worth less; the reserve stays as it is
    asked for. A dose that fits stays as it is.

    Args:
        calm: whether anything may rise; not after pain, nor while what pain took is not back.
    """
    if rung.reps is not None and state.reps is not None:
        found = _by_reps(state, rung, rung.reps)
        return found if calm and state.cut is None else _no_more(found, state)
    if rung.reps is None and rung.hold_s is not None:
        low, high = rung.hold_s
        held = low if state.hold_s is None else min(max(state.hold_s, low), high)
        sets = rung.bouts[0].sets if rung.bouts and state.hold_s is None else state.sets
        return msgspec.structs.replace(state, reps=None, hold_s=held, sets=sets)
    if rung.reps is not None:
        return msgspec.structs.replace(state, reps=rung.reps[0], hold_s=None)
    return state


def _no_more(found: SlotState, than: SlotState) -> SlotState:
    """A dose with neither more weight nor more repetitions than another."""
    load = min(found.load, than.load, key=place_of)
    return msgspec.structs.replace(found, load=load, reps=min(found.reps or 0, than.reps or 0))


def _by_reps(state: SlotState, rung: Rung, reps: tuple[int, int]) -> SlotState:
    was = state.reps or reps[0]
    now = min(max(was, reps[0]), reps[1])
    if now == was:
        return state
    load = state.load
    if rung.rack is not None and load is not None and load.kind != "none":
        load = found_by(rung.rack, load, (was, rung.reserve), (now, rung.reserve)) or load
    return msgspec.structs.replace(state, reps=now, load=load, tops=0, hard=0, still=0)
