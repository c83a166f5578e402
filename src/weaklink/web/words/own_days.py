"""Own days: a day of one's own routine with our moves before and after it, as pages show it."""

from __future__ import annotations

import math
from typing import Any

from weaklink.library.reading import Library
from weaklink.library.wording import Wording
from weaklink.training.plan.plan_document import ItemDocument, OwnItemDocument, SessionDocument
from weaklink.web.words.dose_words import dose_words


def own_day(session: SessionDocument, library: Library, wording: Wording) -> dict[str, Any] | None:
    """What comes before one's own moves, those themselves, and what comes after; None on other days."""
    if not session.own:
        return None
    before, after = session.items[: session.own_place], session.items[session.own_place :]
    own_s = sum(item.seconds for item in session.own if not item.leave_out)
    return {
        "day": wording.word(f"word.{session.day}"),
        "before": ours(before, library, wording),
        "own": [own_line(item, wording) for item in session.own],
        "after": ours(after, library, wording),
        "minutes": session.minutes,
        "own_minutes": math.ceil(own_s / 60),
        "total": session.minutes + math.ceil(own_s / 60),
    }


def ours(items: list[ItemDocument], library: Library, wording: Wording) -> list[dict[str, Any]]:
    """Our moves, each with its dose; load advice is no move."""
    return [
        {"id": item.id, "name": library.exercises[item.id].name, "dose": dose_words(item, wording)}
        for item in items
        if item.id in library.exercises
    ]


def own_line(item: OwnItemDocument, wording: Wording) -> dict[str, Any]:
    """One of one's own moves, and what is said about it."""
    amount = (
        f"{item.sets} × {item.reps}"
        if item.reps
        else f"{item.sets} × {item.hold_s} {wording.word('dose.seconds')}"
    )
    if item.reps is None and item.hold_s is None:
        amount = wording.word("routine.sets", sets=item.sets)
    return {"name": item.name, "dose": amount, "says": list(item.because), "leave_out": item.leave_out}
