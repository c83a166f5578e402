"""What the diary says of each session: move by move, sets and what was felt put together."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from typing import Literal, get_args

import msgspec

from weaklink.case.diary import (
    AnyEntry,
    Asked,
    Felt,
    Hurt,
    OfSession,
    SessionBegun,
    SessionEnded,
    SetDone,
    Skipped,
)
from weaklink.case.load import Load
from weaklink.training.dose.weights import place_of

OF_SESSION: tuple[type[OfSession], ...] = get_args(OfSession)
KindOfDay = Literal["full", "short", "away", "lighter", "upkeep"]


class MoveRecord(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One exercise of one slot as it was done in a session.

    `pain` is None where nobody said it. `completed` and `faulty` are shares 0..1.
    """

    slot: str
    exercise: str
    pain: int | None = None
    spreads: bool = False
    hurt: bool = False
    swapped_to: str = ""
    rir: int | None = None
    left_s: int | None = None
    load: Load | None = None  # the lightest of its sets, as none may have been meant for more
    reps: int | None = None
    completed: float = 0.0
    faulty: float = 0.0


class SessionRecord(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One session: its day, its moves in the order they were begun, how it ended (empty: not yet)."""

    session: str
    date: datetime.date
    at: datetime.datetime | None = None  # when the first of it was told
    kind_of_day: KindOfDay = "full"
    pain_before: int | None = None
    asked: tuple[Asked, ...] = ()
    moves: tuple[MoveRecord, ...] = ()
    ended: Literal["", "finished", "stopped", "referred", "not-today"] = ""
    sets_done: int = 0  # of those asked for, each side counted; what a move was swapped to counts as well

    @property
    def sets_asked(self) -> int:
        """The sets it asked for, each side counted; 0 where nobody said."""
        return sum(one.sets * one.sides for one in self.asked)

    @property
    def trained(self) -> bool:
        """Whether anything was done or tried."""
        return bool(self.moves)


def session_records(entries: Iterable[AnyEntry]) -> tuple[SessionRecord, ...]:
    """Every training session of a diary's standing entries, oldest first.

    Stretches round runs are none (S38).
    """
    by_session: dict[str, list[OfSession]] = {}
    for entry in entries:
        if isinstance(entry, OF_SESSION):
            by_session.setdefault(entry.session, []).append(entry)
    training = {name: told for name, told in by_session.items() if not _is_round_a_run(told)}
    found = (_record(name, told) for name, told in training.items())
    return tuple(sorted(found, key=lambda record: (record.date, record.session)))


def _is_round_a_run(told: list[OfSession]) -> bool:
    return any(isinstance(entry, SessionBegun) and entry.around for entry in told)


def _record(session: str, entries: list[OfSession]) -> SessionRecord:
    begun = next((e for e in entries if isinstance(e, SessionBegun)), None)
    ends = [e.how for e in entries if isinstance(e, SessionEnded)]
    asked = begun.moves if begun is not None else ()
    return SessionRecord(
        session=session,
        date=(begun or entries[0]).day,
        at=entries[0].at,
        kind_of_day=begun.kind_of_day if begun is not None else "full",
        pain_before=begun.pain_before if begun is not None else None,
        asked=asked,
        moves=_moves(entries, {one.slot: one for one in asked}),
        ended=ends[-1] if ends else "",
        sets_done=_sets_done(entries, asked),
    )


def _sets_done(entries: list[OfSession], asked: tuple[Asked, ...]) -> int:
    done = Counter(entry.slot for entry in entries if isinstance(entry, SetDone))
    return sum(min(done[one.slot], one.sets * one.sides) for one in asked)


def _moves(entries: list[OfSession], asked: dict[str, Asked]) -> tuple[MoveRecord, ...]:
    by_move: dict[tuple[str, str], list[SetDone | Felt | Hurt]] = {}
    for entry in entries:
        if isinstance(entry, SetDone | Felt | Hurt):
            by_move.setdefault((entry.slot, entry.exercise), []).append(entry)
    left_out = {e.slot for e in entries if isinstance(e, Skipped)}
    return tuple(
        _move(slot, exercise, told, asked.get(slot), slot in left_out)
        for (slot, exercise), told in by_move.items()
    )


def _move(
    slot: str, exercise: str, told: list[SetDone | Felt | Hurt], asked: Asked | None, left_out: bool
) -> MoveRecord:
    sets = [e for e in told if isinstance(e, SetDone)]
    hurts = [e for e in told if isinstance(e, Hurt)]
    said = [e for e in told if not isinstance(e, Hurt)]
    reps = sum(e.reps or 0 for e in sets)
    share = completed(sets, asked) if asked is not None and asked.exercise == exercise else float(bool(sets))
    return MoveRecord(
        slot=slot,
        exercise=exercise,
        pain=max((e.pain for e in told if e.pain is not None), default=None),
        spreads=any(e.spreads for e in said),
        hurt=bool(hurts),
        swapped_to=hurts[-1].swapped_to if hurts else "",
        rir=_least_in_reserve(said, sets),
        left_s=min((e.left_s for e in said if e.left_s is not None), default=None),
        load=min((e.load for e in said if e.load is not None), key=place_of, default=None),
        reps=min((e.reps for e in sets if e.reps is not None), default=None),
        completed=min(share, 0.99) if left_out else share,
        faulty=sum(e.faulty for e in sets) / reps if reps else 0.0,
    )


def _least_in_reserve(said: list[SetDone | Felt], sets: list[SetDone]) -> int | None:
    """Repetitions in reserve of the hardest set; sets that were meant to go to the limit say nothing."""
    limited = {(e.side, e.set) for e in sets if e.to_the_limit}
    return min((e.rir for e in said if e.rir is not None and (e.side, e.set) not in limited), default=None)


def completed(sets: list[SetDone], asked: Asked) -> float:
    """The share 0..1 of the asked dose that was done; a number that was not said counts as done."""
    parts = 0.0
    for one in sets:
        by_reps = 1.0 if not asked.reps or one.reps is None else min(1.0, one.reps / asked.reps)
        by_hold = 1.0 if not asked.hold_s or one.hold_s is None else min(1.0, one.hold_s / asked.hold_s)
        parts += min(by_reps, by_hold)
    return min(1.0, parts / (asked.sets * asked.sides))
