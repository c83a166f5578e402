"""The plan: one open, versioned document of weeks, sessions and items."""

from __future__ import annotations

from typing import Literal

import msgspec

from weaklink.case.load import Load
from weaklink.quantities import Message, Side, Weekday
from weaklink.reader import Reader

FORMAT = "weaklink-plan/1"
ItemKind = Literal["exercise", "stretch", "drill", "load-advice"]


class Item(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One prescription. Unneeded parts of a dose are absent. Times in seconds."""

    kind: ItemKind
    id: str
    side: Side = "none"
    sets: int | None = None
    reps: int | None = None
    hold_s: int | None = None
    tempo: str = ""
    rir: int | None = None
    rest_s: int | None = None
    load: Load | None = None  # what to hold; None: nothing, or nobody knows what there is
    how_heavy: str = ""  # what the dose says of the weight, in words
    easier: str = ""  # exercise id, or "stop" on the lowest rung
    because: tuple[Message, ...] = ()
    source: str = ""  # dose or record id the numbers come from
    seconds: int = 0  # time it takes, both sides, rests included
    cap: str = ""  # a stated limit, e.g. knee bend
    when: Literal["", "before-run", "after-run"] = ""
    areas: tuple[str, ...] = ()
    programme: str = ""  # it belongs to this programme
    phase: str = ""  # and to this phase of it


class OwnItem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One move of the runner's own routine. `exercise` is empty for one that nobody here can judge."""

    name: str
    exercise: str = ""
    sets: int
    reps: int | None = None
    hold_s: int | None = None
    seconds: int = 0  # about what it takes
    leave_out: bool = False  # withheld now, like any of ours
    because: tuple[Message, ...] = ()


class PrescribedItem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One move of the runner's physiotherapist with its dose as it was given, first in its session.

    `exercise` is empty for a move in own words. `waits`: it is not given for now; `about` names what is to be
    asked, and is empty where asking is not enough.
    """

    slot: str
    name: str
    exercise: str = ""
    side: Side = "none"
    sets: int
    reps: int | None = None
    hold_s: int | None = None
    rest_s: int | None = None
    load: Load | None = None
    seconds: int = 0
    areas: tuple[str, ...] = ()
    waits: bool = False
    about: tuple[str, ...] = ()
    because: tuple[Message, ...] = ()


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """One day of training."""

    day: Weekday
    minutes: int  # what it takes, rounded up; above the budget only where theirs alone take more
    items: tuple[Item, ...]
    own: tuple[OwnItem, ...] = ()  # the runner's own routine of that day; not part of the minutes
    own_place: int = 0  # so many of the items are done before it
    prescribed: tuple[PrescribedItem, ...] = ()  # the physiotherapist's moves, before everything else


class Week(msgspec.Struct, frozen=True, kw_only=True):
    """One week: its sessions, and the stretches around runs."""

    number: int  # 1-based
    sessions: tuple[Session, ...]
    run_day_stretches: tuple[Item, ...] = ()  # before and after runs, counted apart from the budget


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """Something a reader would expect that is not in the plan, with its reason."""

    id: str
    because: Message


class Follows(msgspec.Struct, frozen=True, kw_only=True):
    """The programme a plan follows and the stage it was made for; `week` of the course, from 1."""

    programme: str
    phase: str
    stage: str  # phase, its step, how far a move may go, and open gates: another one is another plan
    week: int = 1


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What to do, week by week, stamped with the edition of the knowledge it came from."""

    format: str
    edition: str
    heading: Literal["full", "before-your-tests", "while-you-wait", "prevention"]
    weeks: tuple[Week, ...]
    planner: Literal["exact", "greedy"]
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[Message, ...] = ()
    pain_profile: str = "joint"
    tissues: tuple[str, ...] = ()  # pain profiles of the conditions it is for; the slowest says how long
    areas: tuple[str, ...] = ()  # areas to train, most important first
    follows: Follows | None = None  # the programme


PLANS = Reader(Plan)


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """A wish that cannot be met: what is in conflict and the nearest plans that work."""

    conflicts: tuple[Message, ...]
    nearest: tuple[Message, ...]
