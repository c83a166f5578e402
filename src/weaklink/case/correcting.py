"""Correcting: a session as it was told, with what was said of its sets afterwards.

For 48 hours after its end numbers and effort are those of the newest correction. Pain is not corrected away:
the most that was ever said of a set counts, whenever it was said, and so does pain that spreads.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import msgspec

from weaklink.case.diary import (
    AnyEntry,
    Corrected,
    Felt,
    Hurt,
    SessionBegun,
    SessionEnded,
    SetDone,
    Skipped,
    digest_of,
)
from weaklink.quantities import Side

CORRECTABLE = datetime.timedelta(hours=48)  # design: long enough to notice, short enough to remember
Subject = tuple[str, str, str, Side, int]  # session, slot, exercise, side and number of one set
TOLD = (SessionBegun, SetDone, Felt, Hurt, Skipped, SessionEnded)


def corrected(entries: Iterable[AnyEntry]) -> list[AnyEntry]:
    """The entries with every correction worked in; none is left. Their order makes no difference."""
    told = list(entries)
    corrections: dict[Subject, list[Corrected]] = {}
    for entry in told:
        if isinstance(entry, Corrected):
            corrections.setdefault(subject_of(entry), []).append(entry)
    if not corrections:  # nearly always
        return told
    ends = ends_of(told)
    newest = {about: _in_force(said, ends) for about, said in corrections.items()}
    found = [one for e in told for one in _as_corrected(e, newest)]
    there = {subject_of(entry) for entry in found if isinstance(entry, SetDone)}
    added = [_set(one, ends) for about, one in newest.items() if one is not None and about not in there]
    pains = [_pain(one, ends) for said in corrections.values() for one in said]
    return [*found, *(one for one in (*added, *pains) if one is not None)]


def ends_of(entries: Iterable[AnyEntry]) -> dict[str, datetime.datetime]:
    """When each session ended; of one that was left, the time of the last that was told of it."""
    ends: dict[str, datetime.datetime] = {}
    last: dict[str, datetime.datetime] = {}
    for entry in entries:
        if isinstance(entry, TOLD):
            last[entry.session] = max(entry.at, last.get(entry.session, entry.at))
        if isinstance(entry, SessionEnded):
            ends[entry.session] = max(entry.at, ends.get(entry.session, entry.at))
    return last | ends


def subject_of(entry: SetDone | Felt | Corrected) -> Subject:
    """The set an entry is about."""
    return (entry.session, entry.slot, entry.exercise, entry.side, entry.set)


def _in_force(said: list[Corrected], ends: dict[str, datetime.datetime]) -> Corrected | None:
    """The newest of the corrections of one set that came in time."""
    in_time = [one for one in said if one.session in ends and one.at <= ends[one.session] + CORRECTABLE]
    return max(in_time, key=lambda one: (one.at.timestamp(), one.id, digest_of(one)), default=None)


def _as_corrected(entry: AnyEntry, newest: dict[Subject, Corrected | None]) -> list[AnyEntry]:
    if isinstance(entry, Corrected):
        return []
    change = newest.get(subject_of(entry)) if isinstance(entry, SetDone | Felt) else None
    if change is None:
        return [entry]
    if isinstance(entry, Felt):
        return [msgspec.structs.replace(entry, load=None, rir=None, left_s=None)]
    assert isinstance(entry, SetDone)
    if change.done:
        return [
            msgspec.structs.replace(
                entry, reps=change.reps, hold_s=change.hold_s, load=change.load, rir=change.rir,
                left_s=change.left_s,
            )
        ]  # fmt: skip
    # The set was not done; what hurt did hurt.
    hurt = _felt(entry, entry.at)
    return [hurt] if hurt is not None else []


def _set(one: Corrected, ends: dict[str, datetime.datetime]) -> SetDone | None:
    """A set that was done and never told."""
    if not one.done:
        return None
    return SetDone(
        id=f"{one.id}-set"[-64:], at=_at(one, ends), session=one.session, slot=one.slot,
        exercise=one.exercise, side=one.side, set=one.set, reps=one.reps, hold_s=one.hold_s, load=one.load,
        rir=one.rir, left_s=one.left_s,
    )  # fmt: skip


def _pain(one: Corrected, ends: dict[str, datetime.datetime]) -> Felt | None:
    return _felt(one, _at(one, ends))


def _at(one: Corrected, ends: dict[str, datetime.datetime]) -> datetime.datetime:
    """The time of what a correction tells: within its session, whenever it was told."""
    return min(one.at, ends.get(one.session, one.at))


def _felt(entry: SetDone | Corrected, at: datetime.datetime) -> Felt | None:
    if entry.pain is None and not entry.spreads:
        return None
    return Felt(
        id=f"{entry.id}-felt"[-64:], at=at, session=entry.session, slot=entry.slot, exercise=entry.exercise,
        side=entry.side, set=entry.set, pain=entry.pain, spreads=entry.spreads,
    )  # fmt: skip
