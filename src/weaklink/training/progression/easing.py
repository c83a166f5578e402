"""Easing: what is taken away after pain or a pause, and how it comes back. Nothing stays cut for ever.

What was taken is remembered. After pain two clean sessions give the sets back, the next the half of what was
taken from weight and repetitions, the next the rest.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from weaklink.case.load import Load
from weaklink.training.dose.training_state import Cut, Rung, SlotState
from weaklink.training.dose.weights import Rack, place_of, stepped_down

CUT_LOAD = 0.10  # of what is moved; design
CUT = 0.6  # of the repetitions or seconds where there is no weight: a cut of 30 to 50 %; design
CLEAN_TO_RESTORE = 2  # design
LONGEST_CUT_SESSIONS = 4  # after so many one clean session is enough for the sets; design


class Pause(NamedTuple):
    """From so many days without a session on: what the first one does.

    `fewer` repetitions (None: from the bottom), a `share` of what is moved less, `lasts` sessions with a set
    fewer.
    """

    days: int
    fewer: int | None
    share: float
    lasts: int


# Design; strength holds for about three weeks (yang-2022).
PAUSES = (
    Pause(days=85, fewer=None, share=0.30, lasts=3),
    Pause(days=35, fewer=None, share=0.20, lasts=3),
    Pause(days=21, fewer=4, share=0.10, lasts=2),
    Pause(days=10, fewer=2, share=0.0, lasts=1),
)


def lowered(state: SlotState, rung: Rung, share: float = CUT_LOAD) -> SlotState:
    """Less of the same move: weight first, else repetitions or seconds, else a set; what it was is kept.

    Args:
        share: of what is moved, for a weight.
    """
    less = _less(state, rung, share)
    before = state.cut if state.cut is not None and state.cut.after == "pain" else None
    cut = before or Cut(
        after="pain", sets=_full(state), reps=state.reps, hold_s=state.hold_s, load=state.load
    )
    fresh = msgspec.structs.replace(cut, sessions=0, clean=0, halved=False)
    return msgspec.structs.replace(less, cut=fresh, tops=0, ambers=0, hard=0, still=0)


def _full(state: SlotState) -> int:
    """The sets without what is taken."""
    return max(state.sets, state.cut.sets if state.cut is not None else 0)


def _less(state: SlotState, rung: Rung, share: float) -> SlotState:
    if state.load is not None and rung.rack is not None and state.load.kind != "none":
        lighter = stepped_down(rung.rack, state.load, share)
        if lighter is not None or not rung.rack.needs_one:
            return msgspec.structs.replace(state, load=lighter)
    reps, hold_s = _cut(state.reps, rung.reps), _cut(state.hold_s, rung.hold_s)
    sets = max(1, state.sets - 1) if (reps, hold_s) == (state.reps, state.hold_s) else state.sets
    return msgspec.structs.replace(state, reps=reps, hold_s=hold_s, sets=sets)


def _cut(now: int | None, bounds: tuple[int, int] | None) -> int | None:
    """A number cut to the usual part of it, not below its range and never more than it was."""
    return None if now is None else min(now, max((bounds or (1, 1))[0], int(now * CUT)))


def paused(state: SlotState, days: int, rung: Rung, *, fever: bool = False) -> SlotState | None:
    """The gentler start after so many days without a session; None where nothing is lost.

    Args:
        fever: one step further down than the days alone.
    """
    place = next((n for n, one in enumerate(PAUSES) if days >= one.days), len(PAUSES)) - int(fever)
    pause = PAUSES[max(0, place)] if place < len(PAUSES) else None
    if pause is None:
        return None
    bottom = rung.reps[0] if rung.reps else 1
    reps = state.reps and min(
        state.reps, bottom if pause.fewer is None else max(bottom, state.reps - pause.fewer)
    )
    hold_s = state.hold_s and min(state.hold_s, (rung.hold_s or (state.hold_s, 0))[0])
    load = state.load
    if pause.share and rung.rack is not None and load is not None:
        lighter = stepped_down(rung.rack, load, pause.share)
        load = lighter if lighter is not None or not rung.rack.needs_one else load
    cut = Cut(after="pause", sets=_full(state), lasts=pause.lasts)
    return msgspec.structs.replace(
        state, reps=reps, hold_s=hold_s, load=load, sets=max(1, _full(state) - 1), cut=cut, tops=0, still=0
    )


def after_clean(state: SlotState, rung: Rung) -> SlotState | None:
    """The dose with what a clean session gives back of a cut; None where nothing is cut."""
    if state.cut is None:
        return None
    cut = msgspec.structs.replace(state.cut, sessions=state.cut.sessions + 1, clean=state.cut.clean + 1)
    if cut.after == "pause":
        if cut.sessions < cut.lasts:
            return msgspec.structs.replace(state, cut=cut)
        return msgspec.structs.replace(state, sets=cut.sets, cut=None)
    long = cut.sessions >= LONGEST_CUT_SESSIONS and state.sets < cut.sets
    if cut.clean < CLEAN_TO_RESTORE and not long:
        return msgspec.structs.replace(state, cut=cut)
    if state.sets < cut.sets:
        return _settled(msgspec.structs.replace(state, sets=cut.sets, cut=cut), cut)
    halved = msgspec.structs.replace(cut, halved=True)
    back = _given_back(msgspec.structs.replace(state, cut=halved), cut, rung.rack, half=not cut.halved)
    return _settled(back, cut)


def after_unclean(state: SlotState) -> SlotState:
    """A session that hurt a little: the count of clean ones starts again."""
    if state.cut is None:
        return state
    cut = msgspec.structs.replace(state.cut, sessions=state.cut.sessions + 1, clean=0)
    return msgspec.structs.replace(state, cut=cut)


def _given_back(state: SlotState, cut: Cut, rack: Rack | None, *, half: bool) -> SlotState:
    reps = _towards(state.reps, cut.reps, half=half)
    hold_s = _towards(state.hold_s, cut.hold_s, half=half)
    load = _load_back(state.load, cut.load, rack, half=half)
    return msgspec.structs.replace(state, reps=reps, hold_s=hold_s, load=load)


def _towards(now: int | None, full: int | None, *, half: bool) -> int | None:
    if now is None or full is None or now >= full:
        return now
    return full if not half else now + (full - now + 1) // 2


def _load_back(now: Load | None, full: Load | None, rack: Rack | None, *, half: bool) -> Load | None:
    if full is None or rack is None or place_of(now) >= place_of(full):
        return now
    if not half or full.kind == "band":
        return full
    held = now.total_kg if now is not None else 0.0
    return rack.up_to(held + (full.total_kg - held) / 2) or now


def _settled(state: SlotState, cut: Cut) -> SlotState:
    """The dose without its memory of a cut, once all of it is back."""
    back = (
        state.sets >= cut.sets
        and (cut.reps is None or (state.reps or 0) >= cut.reps)
        and (cut.hold_s is None or (state.hold_s or 0) >= cut.hold_s)
        and place_of(state.load) >= place_of(cut.load)
    )
    return msgspec.structs.replace(state, cut=None) if back else state
