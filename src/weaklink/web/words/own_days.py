"""Own days: a day of one's own routine with our moves before and after it, as pages show it."""

from __future__ import annotations

import math

import msgspec

from weaklink.library.reading import Library
from weaklink.library.wording import Wording
from weaklink.training.plan.plan_document import ItemDocument, OwnItemDocument, SessionDocument
from weaklink.web.words.dose_words import dose_words


class OwnMoveLine(msgspec.Struct, frozen=True, kw_only=True):
    """One of one's own moves, and what is said about it; `leave_out`: not for now."""

    name: str
    dose: str
    says: list[str]
    leave_out: bool


class OurMoveLine(msgspec.Struct, frozen=True, kw_only=True):
    """One of our moves with its dose."""

    id: str
    name: str
    dose: str


class WovenDay(msgspec.Struct, frozen=True, kw_only=True):
    """A day of one's own routine with ours before and after it; minutes of ours, of one's own, of both."""

    day: str
    before: list[OurMoveLine]
    own: list[OwnMoveLine]
    after: list[OurMoveLine]
    minutes: int
    own_minutes: int
    total: int


def own_day(session: SessionDocument, library: Library, wording: Wording) -> WovenDay | None:
    """What comes before one's own moves, those themselves, and what comes after; None on other days."""
    if not session.own:
        return None
    before, after = session.items[: session.own_place], session.items[session.own_place :]
    own_minutes = math.ceil(sum(item.seconds for item in session.own if not item.leave_out) / 60)
    return WovenDay(
        day=wording.word(f"word.{session.day}"),
        before=ours(before, library, wording),
        own=[own_line(item, wording) for item in session.own],
        after=ours(after, library, wording),
        minutes=session.minutes,
        own_minutes=own_minutes,
        total=session.minutes + own_minutes,
    )


def ours(items: list[ItemDocument], library: Library, wording: Wording) -> list[OurMoveLine]:
    """Our moves, each with its dose; load advice is no move."""
    return [
        OurMoveLine(id=item.id, name=library.exercises[item.id].name, dose=dose_words(item, wording))
        for item in items
        if item.id in library.exercises
    ]


def own_line(item: OwnItemDocument, wording: Wording) -> OwnMoveLine:
    """One of one's own moves, and what is said about it."""
    amount = (
        f"{item.sets} × {item.reps}"
        if item.reps
        else f"{item.sets} × {item.hold_s} {wording.word('dose.seconds')}"
    )
    if item.reps is None and item.hold_s is None:
        amount = wording.word("routine.sets", sets=item.sets)
    return OwnMoveLine(name=item.name, dose=amount, says=list(item.because), leave_out=item.leave_out)
