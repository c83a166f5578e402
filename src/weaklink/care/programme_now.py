"""The programme now: where a runner stands in it, what opens the next phase, and what is asked for that."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from weaklink.care.follow_up import Following
from weaklink.library.programme_records import Programme, ProgrammePhase
from weaklink.library.wording import Wording
from weaklink.quantities import Message
from weaklink.training.course.pain_trend import WEEK
from weaklink.training.course.past import ReviewedSoFar
from weaklink.training.dose.phased import programme_of
from weaklink.training.programme.doors import Passage, SeenDoor, passage
from weaklink.training.programme.phases import in_order, phase_of

FIRST_DAYS, AGAIN_DAYS = 7, 14  # of a course until the doors are asked about, and between two askings; design
TOLD_ELSEWHERE = frozenset({"night", "rest"})  # every morning asks them


class AskedNow(msgspec.Struct, frozen=True, kw_only=True):
    """A question of a door: yes, no or unsure, or a pain 0..10 in a moment; `said` what was said last."""

    name: str
    says: str
    moment: bool = False
    said: str = ""


class ProgrammeNow(msgspec.Struct, frozen=True, kw_only=True):
    """Where a runner stands: the phase, its week, the way on (None: the last phase), what is asked.

    `due`: it is time to ask.
    """

    programme: Programme
    phases: tuple[ProgrammePhase, ...]
    phase: ProgrammePhase
    week: int  # of the phase, from 1
    of_course: int
    ahead: Passage | None
    asked: tuple[AskedNow, ...]
    due: bool


def programme_now(found: Following, began: datetime.date, today: datetime.date) -> ProgrammeNow | None:
    """Where a runner stands in the programme they follow; None where none is followed now, or in upkeep."""
    programme, foothold, known = found.setting.programme, found.setting.foothold, found.course.known
    if programme is None or foothold is None or known is None or found.refused:
        return None
    if found.stage.phase == "upkeep":
        return None
    ahead = passage(programme, foothold, known, found.setting.library.gates)
    doors = () if ahead is None else ahead.seen
    asked = tuple(_asked(doors, found.past.reviewed))
    return ProgrammeNow(
        programme=programme,
        phases=in_order(programme),
        phase=phase_of(programme, foothold.phase),
        week=foothold.weeks_in,
        of_course=foothold.week,
        ahead=ahead,
        asked=asked,
        due=bool(asked) and _is_due(found.past.reviewed, ahead, began, today),
    )


def offered(found: Following) -> Programme | None:
    """The programme a runner might follow and does not; None where there is none, or one is followed."""
    setting = found.setting
    if setting.programme is not None or found.refused or not setting.unguarded or found.given.prescribed:
        return None
    return programme_of(found.given, setting.library, found.disposition, found.differential)


def _shut(doors: Iterable[SeenDoor]) -> Iterator[SeenDoor]:
    """Every way through a door that is not open."""
    for door in doors:
        if door.met != "met":
            yield door
            yield from door.others


def _asked(doors: Iterable[SeenDoor], told: ReviewedSoFar) -> Iterator[AskedNow]:
    seen: set[str] = set()
    for way in _shut(doors):
        name = way.asked or (way.moment if way.moment not in TOLD_ELSEWHERE else "")
        if not name or name in seen:
            continue
        seen.add(name)
        said = told.pains.get(name) if way.moment else told.answers.get(name)
        last = "" if said is None else str(said[1])
        yield AskedNow(name=name, says=way.says, moment=bool(way.moment), said=last)


def last_reviewed(told: ReviewedSoFar) -> datetime.date | None:
    """The day on which a door was asked about last."""
    times = [order[0] for order, _ in (*told.answers.values(), *told.pains.values())]
    return datetime.datetime.fromtimestamp(max(times), datetime.UTC).date() if times else None


def _is_due(told: ReviewedSoFar, ahead: Passage | None, began: datetime.date, today: datetime.date) -> bool:
    """Two weeks after the last time, and not while the next phase could not begin within a week."""
    days, last = (today - began).days, last_reviewed(told)
    if ahead is None or days < max(FIRST_DAYS, WEEK * (ahead.earliest_week - 2)):
        return False
    return last is None or (today - last).days >= AGAIN_DAYS


def programme_document(now: ProgrammeNow | None, wording: Wording) -> dict[str, Any]:
    """The same as JSON values; `programme` is None where none is followed."""
    if now is None:
        return {"programme": None}
    ahead = now.ahead
    return {
        "programme": {"id": now.programme.id, "name": now.programme.name, "status": now.programme.status},
        "phase": {"id": now.phase.id, "name": now.phase.name, "week": now.week},
        "phases": [
            {"id": one.id, "name": one.name, "earliest_week": one.earliest_week} for one in now.phases
        ],
        "next": None
        if ahead is None
        else {
            "id": ahead.phase.id,
            "name": ahead.phase.name,
            "earliest_week": ahead.earliest_week,
            "doors": [_door_document(door) for door in ahead.seen],
        },
        "asked": [
            {
                "name": one.name,
                "says": one.says,
                "kind": "pain" if one.moment else "question",
                "said": one.said,
            }
            for one in now.asked
        ],
        "due": now.due,
        "says": wording.say(Message("programme.stands", {"phase": now.phase.name})),
    }


def _door_document(door: SeenDoor) -> dict[str, Any]:
    others = [_door_document(one) for one in door.others]
    counted = {"done": door.done, "times": door.times} if door.times else {}
    return {"says": door.says, "met": door.met, **counted, **({"or": others} if others else {})}
