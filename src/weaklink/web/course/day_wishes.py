"""Day wishes: fewer minutes, or nothing at hand; remembered for the day on which it was said."""

from __future__ import annotations

import datetime

import msgspec
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from weaklink.care.train import SessionRequest
from weaklink.library.records import ALWAYS_THERE
from weaklink.web.visit.changing import note
from weaklink.web.visit.visit import Visit

STEP = "today"
MINUTES = (10, 15, 20)


class DayWish(msgspec.Struct, frozen=True, kw_only=True):
    """What a day allows. `minutes` None: as long as planned. `away`: nothing but what is always there."""

    minutes: int | None = None
    away: bool = False

    def asked(self, episode: str, *, anyway: bool = False) -> SessionRequest:
        """The session asked for with it."""
        at_hand = ALWAYS_THERE if self.away else None
        return SessionRequest(minutes=self.minutes, equipment=at_hand, anyway=anyway, episode=episode)


def wish_of(seen: Visit, day: datetime.date) -> DayWish:
    """What was said for a day; as planned where nothing was."""
    kept = seen.episode.steps.get(STEP) if seen.episode is not None else None
    if not isinstance(kept, dict) or kept.get("date") != day.isoformat():
        return DayWish()
    minutes = kept.get("minutes")
    return DayWish(minutes=minutes if minutes in MINUTES else None, away=kept.get("away") is True)


def read_wish(form: FormData) -> DayWish:
    """What a form says.

    Raises: HTTPException 422 for minutes that are no choice.
    """
    said = str(form.get("minutes", ""))
    if said and said not in {str(choice) for choice in MINUTES}:
        raise HTTPException(422, f"minutes: one of {', '.join(map(str, MINUTES))}, or empty.")
    return DayWish(minutes=int(said) if said else None, away=form.get("away") == "1")


async def keep_wish(seen: Visit, wish: DayWish, day: datetime.date) -> None:
    """Remember it for the day."""
    await note(seen, {STEP: {"date": day.isoformat(), "minutes": wish.minutes, "away": wish.away}})
