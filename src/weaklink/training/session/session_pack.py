"""The session pack: one session as data, with everything that may happen in it decided beforehand.

A page without a connection, and the tests in Python, follow it with the same small interpreter
(`session_rules.py` and the browser's `rules.js`). Times in seconds, pain 0..10.
"""

from __future__ import annotations

import datetime
import hashlib
from typing import Any, Literal

import msgspec

from weaklink.case.diary import Asked
from weaklink.case.load import Load
from weaklink.quantities import Allows, Side, Tier

FORMAT = "weaklink-session/1"
SCHEMA_ID = f"https://weaklink.invalid/schema/{FORMAT}"  # a name, not an address: nothing is fetched
Do = Literal["go-on", "swap", "stop", "refer"]
Colour = Literal["green", "amber", "red"]
Before = Literal["prepare", "rest", "switch", "round"]
Around = Literal["", "before-run", "after-run"]


class PackPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of the pack; every key is always there, so that two languages read the same."""


class Action(PackPart, frozen=True, kw_only=True):
    """What to do, by which rule, and the sentence to show. `to` is a rung of the item, for swaps."""

    do: Do
    rule: str
    says: str
    to: int = 0


class PackLoad(PackPart, frozen=True, kw_only=True):
    """One load, with the words for it."""

    load: Load
    says: str


class PackRung(PackPart, frozen=True, kw_only=True):
    """One exercise an item can be done with, and what follows from pain in it."""

    exercise: str
    name: str
    sides: tuple[Side, ...]
    sets: int
    reps: int | None
    hold_s: int | None
    tempo: str
    rest_s: int
    rir: int | None  # repetitions to keep in reserve; None: effort is not asked
    how_heavy: str
    asks: Literal["", "reserve", "left"]  # what is asked after a set: repetitions or seconds that were left
    loads: tuple[PackLoad, ...]  # what it can be loaded with, lightest first; empty: it is not asked
    held: int  # the place of today's load among them, -1 for none
    cap: str
    steps: tuple[str, ...]
    cues: tuple[str, ...]
    stop_if: tuple[str, ...]
    green: Action
    amber: Action
    red: Action
    hurts: Action


class PackItem(PackPart, frozen=True, kw_only=True):
    """One move of the session. `rungs` runs from today's exercise down to its easiest."""

    slot: str
    kind: Literal["exercise", "stretch", "drill"]
    because: tuple[str, ...]
    rungs: tuple[PackRung, ...]
    follows: bool = False  # a stretch that starts by itself right after the item before it
    to_the_limit: int = 0  # this set (1-based) is done to the limit once, to learn what is in reserve


class Station(PackPart, frozen=True, kw_only=True):
    """One set of one item, in the order they are done."""

    item: int
    set: int
    round: int  # of a circuit; 1 in straight sets


class Closing(PackPart, frozen=True, kw_only=True):
    """What is shown when the session, or the plan, ends here. Never an exercise."""

    rule: str
    tier: Tier
    allows: Allows
    closes: bool  # nothing is allowed any more; else the plan is only made anew
    leading: str
    see: tuple[str, ...]
    meanwhile: tuple[str, ...]
    tell: tuple[str, ...]
    emergency: str


class PackQuestion(PackPart, frozen=True, kw_only=True):
    """One safety question asked again at the start, with what yes and unsure lead to.

    `yes` and `unsure` are places in the pack's closings, -1 where the session goes on. `known`: it was
    answered before; one that never was is asked by itself and "none of these" says nothing about it.
    """

    id: str
    text: str
    help: str
    yes: int
    unsure: int
    known: bool


class PackCheck(PackPart, frozen=True, kw_only=True):
    """Whether one tap, "nothing new", may stand for the whole list of questions, as it was when it was made.

    `why` names what opens the list, `says` is its sentence; both empty where the tap is offered. From the day
    `until` on the list is due. `listed` is the runner's day of the last whole list.
    """

    short: bool
    why: str
    says: str
    until: datetime.date
    listed: datetime.date | None


class SafetyQuestions(msgspec.Struct, frozen=True, kw_only=True):
    """What every session asks first, and what the answers lead to, most urgent first."""

    questions: tuple[PackQuestion, ...]
    closings: tuple[Closing, ...]
    twice: int  # the closing for pain on the easiest variant in two sessions
    check: PackCheck


class SessionPack(PackPart, frozen=True, kw_only=True):
    """Everything one session needs without a connection."""

    format: Literal["weaklink-session/1"]
    id: str  # a digest of everything else
    edition: str
    episode: str
    date: datetime.date
    week: int
    shape: Literal["circuit", "straight"]
    rounds: int
    kind_of_day: Literal["full", "short", "away", "lighter", "upkeep"]
    around: Around  # stretches before or after a run; empty: the day's training
    minutes: int
    green_to: int
    amber_to: int
    questions: tuple[PackQuestion, ...]
    check: PackCheck
    closings: tuple[Closing, ...]
    twice: int  # the closing for pain on the easiest variant in two sessions
    not_today: Action  # when pain is red before anything was done
    items: tuple[PackItem, ...]
    stations: tuple[Station, ...]
    before_s: dict[Before, int]
    says: tuple[str, ...]  # sentences for the first screen: what changed and why


def with_id(pack: SessionPack) -> SessionPack:
    """The pack named by a digest of what it holds."""
    blank = msgspec.structs.replace(pack, id="")
    digest = hashlib.sha256(msgspec.json.encode(blank, order="deterministic")).hexdigest()
    return msgspec.structs.replace(pack, id=digest[:32])


def asked_of(pack: SessionPack) -> tuple[Asked, ...]:
    """What a session of the pack asks for, as its first entry tells it."""
    return tuple(_asked(item) for item in pack.items if item.kind != "stretch")


def _asked(item: PackItem) -> Asked:
    rung = item.rungs[0]
    return Asked(
        slot=item.slot,
        exercise=rung.exercise,
        sides=len(rung.sides),
        sets=rung.sets,
        reps=rung.reps,
        hold_s=rung.hold_s,
        load=rung.loads[rung.held].load if 0 <= rung.held < len(rung.loads) else None,
    )


def pack_document(pack: SessionPack) -> dict[str, Any]:
    """The pack as JSON values."""
    found: dict[str, Any] = msgspec.to_builtins(pack)
    return found


def pack_schema() -> dict[str, Any]:
    """The JSON Schema of a session pack."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID}
    return {**head, "title": "weaklink session pack", **msgspec.json.schema(SessionPack)}


def strictest_closing(questions: tuple[PackQuestion, ...], answers: dict[str, str]) -> int:
    """The place of the most urgent closing an answer leads to; -1 for none. Closings stand in that order."""
    found = -1
    for question in questions:
        said = answers.get(question.id, "no")
        leads = {"yes": question.yes, "unsure": question.unsure}.get(said, -1)
        if leads >= 0 and (found < 0 or leads < found):
            found = leads
    return found
