"""Told sets: what a session asked for and what was told of it, set by set, to be looked at and corrected."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from weaklink.care.filing import entry_of
from weaklink.case.correcting import CORRECTABLE, Subject, ends_of, subject_of
from weaklink.case.diary import AnyEntry, Asked, Felt, SetDone
from weaklink.case.load import Load
from weaklink.case.standing import standing
from weaklink.quantities import Side
from weaklink.training.course.session_record import SessionRecord
from weaklink.training.dose.weights import place_of
from weaklink.web.course.training import Training

MOST_ROWS = 1000  # entries of the last days: those of two days are fewer


class ToldSet(msgspec.Struct, frozen=True, kw_only=True):
    """One set as it counts now; `asked` is what was asked for in it, None where it was swapped to."""

    slot: str
    exercise: str
    side: Side
    set: int
    asked: Asked | None = None
    done: bool = False
    reps: int | None = None
    hold_s: int | None = None
    load: Load | None = None
    rir: int | None = None
    left_s: int | None = None
    pain: int | None = None

    @property
    def about(self) -> tuple[str, str, str, int]:
        """What tells it from the other sets of its session."""
        return (self.slot, self.exercise, self.side, self.set)


def correctable(found: Training, now: datetime.datetime) -> list[SessionRecord]:
    """The sessions that ended in the last 48 hours, newest first."""
    since = (now - CORRECTABLE).date() - datetime.timedelta(days=1)
    lately = [one for one in found.told.past.sessions if one.trained and one.ended and one.date >= since]
    ends = ends_of(entries_lately(found)) if lately else {}
    in_time = [one for one in lately if one.session in ends and now <= ends[one.session] + CORRECTABLE]
    return sorted(in_time, key=lambda one: ends[one.session], reverse=True)


def entries_lately(found: Training) -> tuple[AnyEntry, ...]:
    """What was told in the last days, as it counts."""
    last = found.server_day() + datetime.timedelta(days=1)
    rows = found.house.records.newest(found.episode_id, MOST_ROWS, last)
    return standing(entry for entry in map(entry_of, rows) if entry is not None).entries


def told_sets(record: SessionRecord, entries: Iterable[AnyEntry]) -> list[ToldSet]:
    """Every set that was asked for or told, move by move."""
    mine = [e for e in entries if isinstance(e, SetDone | Felt) and e.session == record.session]
    done = {subject_of(entry): entry for entry in mine if isinstance(entry, SetDone)}
    asked = {subject: one for one in record.asked for subject in _subjects(record, one, done)}
    subjects = sorted({*asked, *done}, key=lambda one: _order(one, record.asked))
    return [_told(subject, asked.get(subject), mine) for subject in subjects]


def _subjects(record: SessionRecord, one: Asked, done: Iterable[Subject]) -> Iterator[Subject]:
    told = sorted(
        {side for _, slot, exercise, side, _ in done if (slot, exercise) == (one.slot, one.exercise)}
    )
    sides: Sequence[Side] = ("right", "left") if one.sides == 2 else (told or ["none"])[:1]
    for number in range(1, one.sets + 1):
        for side in sides:
            yield (record.session, one.slot, one.exercise, side, number)


def _order(subject: Subject, asked: tuple[Asked, ...]) -> tuple[object, ...]:
    """As they were asked for, then what was swapped to; the right side first."""
    _, slot, exercise, side, number = subject
    place = next((n for n, one in enumerate(asked) if one.slot == slot), len(asked))
    swapped = not any((one.slot, one.exercise) == (slot, exercise) for one in asked)
    return (place, swapped, exercise, number, side != "right")


def _told(subject: Subject, asked: Asked | None, mine: list[SetDone | Felt]) -> ToldSet:
    _, slot, exercise, side, number = subject
    said = [entry for entry in mine if subject_of(entry) == subject]
    one = next((entry for entry in said if isinstance(entry, SetDone)), None)
    return ToldSet(
        slot=slot,
        exercise=exercise,
        side=side,
        set=number,
        asked=asked,
        done=one is not None,
        reps=one.reps if one is not None else None,
        hold_s=one.hold_s if one is not None else None,
        load=min((e.load for e in said if e.load is not None), key=place_of, default=None),
        rir=min((e.rir for e in said if e.rir is not None), default=None),
        left_s=min((e.left_s for e in said if e.left_s is not None), default=None),
        pain=max((e.pain for e in said if e.pain is not None), default=None),
    )
