"""Going on: a session that was begun on one device, made ready for any other.

Its pack is made anew from the diary without it. Only one that asks for the very same is gone on with.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from weaklink.care.folding import Diary
from weaklink.care.train import SessionRequest, Trainee, today
from weaklink.case.diary import AnyEntry
from weaklink.training.course.day_told import DayTold
from weaklink.training.course.session_record import SessionRecord
from weaklink.training.session.session_pack import SessionPack, asked_of


class GoingOn(msgspec.Struct, frozen=True, kw_only=True):
    """A session that did not end, what was told in it, and its pack where it can be gone on with."""

    record: SessionRecord
    pack: SessionPack | None
    entries: tuple[AnyEntry, ...]


def pack_to_go_on(
    trainee: Trainee, record: SessionRecord, asked: Iterable[SessionRequest]
) -> SessionPack | None:
    """The pack a session was begun with; None where nothing may be trained now, or another would be made.

    Args:
        asked: what it may have been asked with; the first that comes to the same counts.
    """
    if trainee.followed(record.date).refused:  # with the session: what it told of danger counts
        return None
    before = msgspec.structs.replace(trainee, told=Diary(days=_without(trainee.told.days_from(), record)))
    for one in asked:
        pack = today(before, record.date, msgspec.structs.replace(one, anyway=True)).pack
        if pack is not None and asked_of(pack) == record.asked:
            return pack
    return None


def _without(days: Sequence[DayTold], record: SessionRecord) -> list[DayTold]:
    """The days as if a session had not been; what hurt in it stays told."""
    return [
        msgspec.structs.replace(
            day, sessions=tuple(one for one in day.sessions if one.session != record.session)
        )
        for day in days
    ]
