"""A left session: one that was begun and not gone through, to go on with or to end as what it was."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from weaklink.training.course.session_record import SessionRecord
from weaklink.training.course.slot import colour_of_move
from weaklink.training.dose.pain_profile import PainProfile

GOES_ON_DAYS = 1  # one begun yesterday may be gone on with; design


def open_session(records: Iterable[SessionRecord], today: datetime.date) -> SessionRecord | None:
    """The newest session that was begun today or yesterday, has something done in it, and did not end."""
    lately = [
        one for one in records
        if one.trained and not one.ended and one.asked and 0 <= (today - one.date).days <= GOES_ON_DAYS
    ]  # fmt: skip
    return max(lately, key=lambda one: (one.date, one.session), default=None)


def is_left(record: SessionRecord, profile: PainProfile) -> bool:
    """Whether so little of a session was done that it counts as none of its week: less than half of its sets.

    One that was stopped because something hurt counts: nothing is done once more after pain.
    """
    hurt = any(move.swapped_to or colour_of_move(move, profile) == "red" for move in record.moves)
    return record.ended in ("", "stopped") and not hurt and 2 * record.sets_done < record.sets_asked
