"""What progression works on: the rungs of a ladder, where a runner stands, a session as done, a decision."""

from __future__ import annotations

from typing import Literal

import msgspec

from weaklink.quantities import Message

Action = Literal["progress", "next-variant", "hold", "regress", "swap", "offer-again", "refer"]


class Rung(msgspec.Struct, frozen=True, kw_only=True):
    """One exercise of a ladder as progression needs it. Ranges are [low, high]; empty neighbours are ends."""

    exercise: str
    easier: str = ""  # empty on the easiest variant
    harder: str = ""  # empty on the hardest this runner may do
    reps: tuple[int, int] | None = None
    hold_s: tuple[int, int] | None = None
    step: int = 1
    loaded: bool = False  # it is done with a weight that can grow


class SlotState(msgspec.Struct, frozen=True, kw_only=True):
    """Where a runner stands with one exercise, and what is remembered between sessions."""

    exercise: str
    sets: int
    reps: int | None = None
    hold_s: int | None = None
    load_percent: int = 0  # weight added since the start, in percent of it
    ambers: int = 0  # amber sessions in a row
    tops: int = 0  # sessions in a row at the top with effort to spare
    painful_on_easiest: int = 0
    set_aside: str = ""  # a harder move that hurt
    offer_on_day: int | None = None  # the day it is offered again
    setbacks: int = 0  # how often a harder move hurt; each doubles the wait before the next offer


class Performed(msgspec.Struct, frozen=True, kw_only=True):
    """One session as it was done. `day` counts from the start of the plan; pain 0..10."""

    day: int
    pain: int = 0
    spreads: bool = False  # pain ran further down the leg
    this_hurts: bool = False  # the button was tapped
    pain_before: int = 0  # the morning of the session
    pain_next_morning: int | None = None
    stiffer_next_morning: bool = False
    rir: int | None = None  # repetitions that were left, fewest of all sets
    completed: float = 1.0  # share of the dose that was done
    faulty: float = 0.0  # share of repetitions with a form fault
    missed_before: int = 0  # sessions missed in a row before this one


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """The next dose, what kind of change it is, and why. `rule` is the id of the rule that decided."""

    state: SlotState
    action: Action
    rule: str
    because: Message
