"""What progression works on: the rungs of a ladder, where a runner stands, a session as done, a decision."""

from __future__ import annotations

from typing import Literal

import msgspec

from weaklink.case.load import Load
from weaklink.library.programme_records import Bouts
from weaklink.quantities import Message
from weaklink.training.dose.dose import DEFAULT_RIR
from weaklink.training.dose.weights import Rack

Action = Literal["progress", "next-variant", "hold", "regress", "swap", "offer-again", "refer"]

MOST_SETS = 5


class Rung(msgspec.Struct, frozen=True, kw_only=True):
    """One exercise of a ladder as progression needs it. Ranges are [low, high]; empty neighbours are ends."""

    exercise: str
    easier: str = ""  # empty on the easiest variant
    harder: str = ""  # empty on the hardest this runner may do
    reps: tuple[int, int] | None = None
    hold_s: tuple[int, int] | None = None
    step: int = 1
    rack: Rack | None = None  # what it can be loaded with; None: nothing is held in it, or nothing is owned
    begin: Load | None = None  # the load of a first session
    reserve: int = DEFAULT_RIR  # repetitions to keep in reserve
    maximum: bool = False  # a set ends where no more is possible; that is how it is meant
    skips: bool = False  # may be left at once when it was far too easy
    sore: bool = False  # it works where it hurts: what is found rises in smaller steps
    apart: bool = False  # known to work away from what hurts: a bad morning takes nothing from it
    most_sets: int = MOST_SETS  # it grows to where nothing else can
    bouts: tuple[Bouts, ...] = ()  # it grows by these, and by nothing else


class Cut(msgspec.Struct, frozen=True, kw_only=True):
    """What stood before something was taken away, and how far it is given back.

    After a pause it comes back with the sessions, after pain with clean sessions only.
    """

    after: Literal["pain", "pause"]
    sets: int
    reps: int | None = None
    hold_s: int | None = None
    load: Load | None = None
    sessions: int = 0  # since it was taken
    clean: int = 0  # of those in a row without pain to speak of
    halved: bool = False  # half of what was taken from weight and repetitions is back
    lasts: int = 0  # after a pause: sessions until the sets are back


class SlotState(msgspec.Struct, frozen=True, kw_only=True):
    """Where a runner stands with one exercise, and what is remembered between sessions."""

    exercise: str
    sets: int
    reps: int | None = None
    hold_s: int | None = None
    load: Load | None = None  # None: without a weight, or with one nobody has named
    sought: int = 0  # sessions in which the first weight was looked for
    ambers: int = 0  # amber sessions in a row
    tops: int = 0  # sessions in a row at the top with effort to spare
    hard: int = 0  # sessions in a row that were too hard
    still: int = 0  # sessions in a row that brought nothing
    cut: Cut | None = None
    painful_on_easiest: int = 0
    set_aside: str = ""  # a harder move that hurt
    aside_load: Load | None = None  # what it was held with then
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
    stiffening: bool = False  # this whole week, against the least of four
    rir: int | None = None  # repetitions that were left, fewest of all sets; 6 is six or more
    left_s: int | None = None  # seconds a hold could have gone on, fewest of all sets
    load: Load | None = None  # what was held; None: not said
    reps: int | None = None  # fewest of all sets; None: not said
    pause_days: int = 0  # since the session before this one
    fever: bool = False  # there was one since then
    completed: float = 1.0  # share of the dose that was done
    faulty: float = 0.0  # share of repetitions with a form fault


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """The next dose, what kind of change it is, and why. `rule` is the id of the rule that decided."""

    state: SlotState
    action: Action
    rule: str
    because: Message
