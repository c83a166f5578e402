"""Open session: the one that was begun on some device and not ended, to go on with or to end."""

from __future__ import annotations

import anyio.to_thread

from weaklink.care.filing import entry_of
from weaklink.care.going_on import GoingOn, pack_to_go_on
from weaklink.care.train import SessionRequest
from weaklink.case.diary import AnyEntry
from weaklink.case.standing import standing
from weaklink.training.course.session_record import SessionRecord
from weaklink.training.session.left_session import open_session
from weaklink.web.course.day_wishes import wish_of
from weaklink.web.course.training import Training, trainee_of


def open_of(found: Training) -> SessionRecord | None:
    """The session that did not end, by what was told of it."""
    return open_session(found.told.past.sessions, found.server_day())


async def session_going_on(found: Training) -> GoingOn | None:
    """The same with its pack and its entries."""
    record = open_of(found)
    return await anyio.to_thread.run_sync(_going_on, found, record) if record is not None else None


def _going_on(found: Training, record: SessionRecord) -> GoingOn:
    wish = wish_of(found.seen, record.date).asked(found.episode_id)
    asked = (wish, SessionRequest(episode=found.episode_id))
    pack = pack_to_go_on(trainee_of(found, record.date), record, asked)
    return GoingOn(record=record, pack=pack, entries=_entries(found, record))


def _entries(found: Training, record: SessionRecord) -> tuple[AnyEntry, ...]:
    rows = found.house.records.newest(found.episode_id, 1, found.server_day())
    entries = standing(entry for entry in map(entry_of, rows) if entry is not None).entries
    return tuple(entry for entry in entries if getattr(entry, "session", "") == record.session)
