"""Doors: whether what has to be so before a phase or a gate is so, is not yet, or was not said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from weaklink.case.given import Result
from weaklink.library.programme_records import GateRecord, Milestone, Programme, ProgrammePhase
from weaklink.quantities import Side
from weaklink.training.programme.evidence import OLDER_FROM, DoorEvidence, key_of
from weaklink.training.programme.foothold import Foothold
from weaklink.training.programme.phases import in_order, phase_of

Met = Literal["met", "not-yet", "not-said"]
Gates = Mapping[str, GateRecord]
LATE = 11  # a test that names no pain may have been done in any


class SeenDoor(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that has to be so, and whether it is; one of `others` is enough in its place."""

    says: str
    met: Met
    asked: str = ""  # the question it is, where it is one
    test: str = ""
    moment: str = ""  # of pain, where a number is asked for
    by: Literal["", "run", "walk"] = ""  # what shows it, where it is gone
    done: int = 0  # how often it was done so far, of `times`; 0 of 0: it is not counted
    times: int = 0
    others: tuple[SeenDoor, ...] = ()


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """The way to the next phase: its name, what has to be so, and the first week it may begin."""

    phase: ProgrammePhase
    seen: tuple[SeenDoor, ...]
    earliest_week: int

    @property
    def open(self) -> bool:
        """Whether everything is met; the week is another question."""
        return all(one.met == "met" for one in self.seen)


def met(one: Milestone, known: DoorEvidence, gates: Gates, limit: int) -> Met:
    """Whether one milestone is met; of several ways one that is met is enough.

    Args:
        limit: the pain 0..10 the programme allows, where the milestone says none.
    """
    ways = [_met(way, known, gates, limit) for way in (one, *one.any_of)]
    return "met" if "met" in ways else ways[0]


def _met(one: Milestone, known: DoorEvidence, gates: Gates, limit: int) -> Met:
    if one.test:
        return _test(one, known)
    if one.exercise or one.main_move or one.minutes is not None or one.without_limp or one.pain == "run":
        return "met" if known.shown.get(key_of(one), 0) >= one.sessions else "not-yet"
    if one.pain is not None:
        return _below(known.pains.get(one.pain), limit if one.pain_most is None else one.pain_most)
    if one.settled_weeks is not None:
        return "not-said" if known.settled is None else _said(known.settled >= one.settled_weeks)
    if one.weeks is not None:
        return _said(known.weeks_in > one.weeks)
    if one.lifts_much:
        lifts = known.whose.lifts_much
        return "not-said" if lifts is None else _said(lifts)
    if one.gate:
        return _gate(one.gate, known, gates, limit)
    answer = known.answers.get(one.asked)
    return "not-said" if answer is None else _said(answer == "yes")


def _said(holds: bool) -> Met:
    return "met" if holds else "not-yet"


def _below(pain: int | None, most: int) -> Met:
    return "not-said" if pain is None else _said(pain <= most)


def _gate(name: str, known: DoorEvidence, gates: Gates, limit: int) -> Met:
    if name in known.open:
        return "met"
    record = gates.get(name)
    found = (
        {met(one, known, gates, limit) for one in record.milestones} if record is not None else {"not-said"}
    )
    return "met" if found == {"met"} else "not-said" if "not-said" in found else "not-yet"


# --- tests --------------------------------------------------------------------------------------------------


def _test(one: Milestone, known: DoorEvidence) -> Met:
    results = known.tests.get(one.test, {})
    sore = _sore(results, known.whose.sides)
    if not sore:
        return "not-said"
    parts = [_measured(one, sore, known), _beside_other(one, results, known), _painless(one, sore, known)]
    if one.option:
        parts.append(_said(all(result.option == one.option for result in sore)))
    return "not-said" if "not-said" in parts else _said(set(parts) == {"met"})


def _sore(results: Mapping[Side, Result], sides: frozenset[Side]) -> list[Result]:
    """The results that count: of each side that hurts; of every side where none or both do."""
    wanted = sides or frozenset(results)
    found = [results[side] for side in sorted(wanted) if side in results]
    if len(found) == len(wanted):
        return found
    # Told without a side it counts as it is; the other side says nothing of the sore one.
    return [result for side, result in results.items() if side not in ("left", "right")]


def _measured(one: Milestone, sore: list[Result], known: DoorEvidence) -> Met:
    older = known.whose.age >= OLDER_FROM and one.least_older is not None
    least = one.least_older if older else one.least
    if least is None:
        return "met"
    values = [result.value for result in sore]
    if any(value is None for value in values):
        return "not-said"
    return _said(all(value is not None and value >= least for value in values))


def _beside_other(one: Milestone, results: Mapping[Side, Result], known: DoorEvidence) -> Met:
    if one.of_other_side is None:
        return "met"
    left, right = (results[side].value if side in results else None for side in ("left", "right"))
    if left is None or right is None:
        return "not-said"
    sore, other = (left, right) if known.whose.sides == {"left"} else (right, left)
    if len(known.whose.sides) != 1:
        sore, other = min(left, right), max(left, right)
    return _said(sore >= one.of_other_side * other)


def _painless(one: Milestone, sore: list[Result], known: DoorEvidence) -> Met:
    """By the pain that was told; without a word, what was counted hurt no more than the test lets it."""
    if one.pain_most is None:
        return "met"
    most = one.pain_most
    told = [result for result in sore if result.pain is not None or result.pain_at]
    if not all(result.worst_pain <= most for result in told):
        return "not-yet"
    within = known.stops.get(one.test, LATE) <= most
    silent = [result for result in sore if result not in told]
    return "met" if all(within and result.value is not None for result in silent) else "not-said"


# --- phases ------------------------------------------------------------------------------------------------


def seen(one: Milestone, known: DoorEvidence, gates: Gates, limit: int) -> SeenDoor:
    """A milestone with whether it, or one of the ways in its place, is met."""
    by_going = one.pain == "run" or one.minutes is not None or one.without_limp
    counted = bool(one.exercise or one.main_move or by_going)
    return SeenDoor(
        says=one.says,
        met=met(one, known, gates, limit),
        asked=one.asked,
        test=one.test,
        moment="" if by_going else one.pain or "",
        by=one.pain if by_going and one.pain in ("run", "walk") else "",
        done=min(known.shown.get(key_of(one), 0), one.sessions) if counted else 0,
        times=one.sessions if counted else 0,
        others=tuple(seen(way, known, gates, limit) for way in one.any_of),
    )


def _after(programme: Programme, foothold: Foothold) -> tuple[ProgrammePhase, ...]:
    """The phases that come after where a runner stands."""
    order, here = in_order(programme), phase_of(programme, foothold.phase)
    return order[order.index(here) + 1 :] if here in order else ()


def doors_ahead(programme: Programme, foothold: Foothold, gates: Gates) -> list[Milestone]:
    """What the next phase asks for, and what its gate does; nothing in the last phase."""
    here, after = phase_of(programme, foothold.phase), _after(programme, foothold)
    if not after:
        return []
    record = gates.get(after[0].gate)
    behind = record.milestones if record is not None and after[0].gate not in foothold.open else []
    return [*here.leave, *after[0].enter, *behind]


def passage(programme: Programme, foothold: Foothold, known: DoorEvidence, gates: Gates) -> Passage | None:
    """The way on from where a runner stands; None in the last phase."""
    after = _after(programme, foothold)
    if not after:
        return None
    wanted = doors_ahead(programme, foothold, gates)
    limit = programme.pain_most
    return Passage(
        phase=after[0],
        seen=tuple({one.says: seen(one, known, gates, limit) for one in wanted}.values()),
        earliest_week=max(after[0].earliest_week, 1 + -(-after[0].earliest_day // 7)),
    )


def gates_open(programme: Programme, known: DoorEvidence, gates: Gates) -> tuple[str, ...]:
    """The gates of a programme that everything is met for, those that were open before included."""
    named = [gate for phase in programme.phases for gate in (phase.gate, *(m.gate for m in phase.moves))]
    named += sorted(known.open)
    limit = programme.pain_most
    return tuple(name for name in dict.fromkeys(named) if name and _gate(name, known, gates, limit) == "met")


def skipped(phase: ProgrammePhase, known: DoorEvidence, gates: Gates, limit: int) -> bool:
    """Whether a phase is not needed: what it is for is there already."""
    return bool(phase.skip_if) and all(met(one, known, gates, limit) == "met" for one in phase.skip_if)


def beginning(programme: Programme, known: DoorEvidence, gates: Gates) -> Foothold:
    """Where a course begins: in the first phase, or in the second where the first is not needed."""
    order = in_order(programme)
    place = 0
    while place + 1 < len(order) and skipped(order[place], known, gates, programme.pain_most):
        here, following = order[place], order[place + 1]
        waits = (following.earliest_week > 1 or following.earliest_day) and not here.next_at_once
        if following.gate or waits:
            break
        place += 1
    return Foothold(programme=programme.id, phase=order[place].id)


def moved_on(programme: Programme, foothold: Foothold, known: DoorEvidence, gates: Gates) -> Foothold | None:
    """The foothold in the next phase, where its door is open in this week; None: it stays."""
    ahead = passage(programme, foothold, known, gates)
    if ahead is None or not ahead.open or foothold.week < ahead.earliest_week:
        return None
    opened = (*foothold.open, *([ahead.phase.gate] if ahead.phase.gate else []))
    week = foothold.week
    return msgspec.structs.replace(
        foothold, phase=ahead.phase.id, since=week, wide=1, open=tuple(dict.fromkeys(opened))
    )


def through(programme: Programme, foothold: Foothold, known: DoorEvidence, gates: Gates) -> bool:
    """Whether the tests that end the phase are passed, and what is ahead waits for a gate or only keeps."""
    here, after = phase_of(programme, foothold.phase), _after(programme, foothold)
    if after and after[0].moves and not after[0].gate:
        return False
    return all(met(one, known, gates, programme.pain_most) == "met" for one in here.leave if one.test)


def moved_back(programme: Programme, foothold: Foothold) -> Foothold | None:
    """The foothold one phase earlier, its gates closed again; None in the first phase."""
    order = in_order(programme)
    place = order.index(phase_of(programme, foothold.phase))
    if place == 0:
        return None
    return msgspec.structs.replace(foothold, phase=order[place - 1].id, since=foothold.week, wide=1, open=())


def watched(programme: Programme, gates: Gates) -> tuple[Milestone, ...]:
    """Every milestone of a programme and of its gates that is met by doing something some times."""
    ways = [way for one in every_door(programme, gates) for way in (one, *one.any_of)]
    by_doing = [way for way in ways if way.exercise or way.main_move or way.pain in ("run", "walk")]
    return tuple({key_of(way): way for way in by_doing}.values())


def every_door(programme: Programme, gates: Gates) -> list[Milestone]:
    """Every milestone of a programme and of the gates behind it."""
    doors = [one for phase in programme.phases for one in (*phase.skip_if, *phase.enter, *phase.leave)]
    return [*doors, *(one for record in gates_behind(programme, gates) for one in record.milestones)]


def gates_behind(programme: Programme, gates: Gates) -> Iterable[GateRecord]:
    """The gates a programme names, and those they wait for."""
    wanted = [gate for phase in programme.phases for gate in (phase.gate, *(m.gate for m in phase.moves))]
    seen_so_far: dict[str, GateRecord] = {}
    while wanted:
        name = wanted.pop()
        if name in gates and name not in seen_so_far:
            seen_so_far[name] = gates[name]
            wanted += [one.gate for one in gates[name].milestones if one.gate]
    return seen_so_far.values()
