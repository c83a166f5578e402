"""Sessions: the pack of a day, or why there is no session."""

from __future__ import annotations

import datetime
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from weaklink.care.answer import disposition_document
from weaklink.care.going_on import GoingOn
from weaklink.care.referral import closing_document
from weaklink.care.train import Today
from weaklink.case.diary import entry_document
from weaklink.training.session.session_pack import Around, pack_document, pack_schema
from weaklink.web.api.problems import documented, problem
from weaklink.web.api.shapes import Document
from weaklink.web.course.day_wishes import DayWish, wish_of
from weaklink.web.course.open_session import session_going_on
from weaklink.web.course.training import NO_PLAN, Training, session_today, training_for, training_of
from weaklink.web.visit.visit import visit

router = APIRouter(prefix="/api/v1/sessions")
MOST_DAYS_OFF = 2  # a phone's calendar day may differ from the server's by the time zone, and a little more


class DayQuery(BaseModel):
    """Which day, and how it is to be fitted; without a word on it, as said on Today."""

    date: datetime.date | None = Field(default=None, description="the runner's own day")
    minutes: int | None = Field(
        default=None, ge=5, le=90, description="less time than planned; as said on Today without it"
    )
    away: bool | None = Field(default=None, description="away from one's things; as said on Today without it")
    anyway: bool = Field(default=False, description="on a rest day too")
    around: Around = Field(default="", description="the stretches before or after a run instead")


@router.get("/today", responses=documented(409, 422))
async def todays_session(request: Request, query: Annotated[DayQuery, Query()]) -> JSONResponse:
    """The session pack of a day; without one, why not. A closed plan names no exercise."""
    seen = visit(request)
    if seen.episode is None:
        # Erased, or never there: a device that was away then forgets what it kept.
        return problem(409, "Nothing is kept here", NO_PLAN, key="episode")
    found = await training_for(seen)
    if found is None:
        return problem(409, "No plan is made here", "The answers so far allow no plan.")
    day = query.date or found.server_day()
    if abs((day - found.server_day()).days) > MOST_DAYS_OFF:
        return problem(409, "The day is too far off", f"query.date: {day} is not today", key="query.date")
    said = wish_of(seen, found.server_day())
    wish = DayWish(
        minutes=said.minutes if query.minutes is None else query.minutes,
        away=said.away if query.away is None else query.away,
    )
    asked = msgspec.structs.replace(wish.asked(found.episode_id, anyway=query.anyway), around=query.around)
    return JSONResponse(today_document(await session_today(found, day, asked), found))


@router.get("/open", responses=documented(409, 422))
async def session_to_go_on_with(
    request: Request,
    session: Annotated[str, Query(max_length=64, description="one that a device has, to learn its end")] = "",
) -> JSONResponse:
    """The session that was begun on some device and not ended, with everything another one needs to go on.

    `pack` is null where it cannot be gone on with; `ended` tells of the one that was named.
    """
    found = await training_of(request)
    if found is None:
        return problem(409, "No plan is made here", "The answers so far allow no plan.")
    going = await session_going_on(found)
    ended = any(one.session == session and one.ended for one in found.told.past.sessions)
    return JSONResponse({"open": _open_document(going), "ended": ended})


def _open_document(going: GoingOn | None) -> Document | None:
    if going is None:
        return None
    return {
        "session": going.record.session,
        "date": going.record.date.isoformat(),
        "sets_done": going.record.sets_done,
        "sets_asked": going.record.sets_asked,
        "pack": pack_document(going.pack) if going.pack is not None else None,
        "entries": [entry_document(entry) for entry in going.entries],
    }


@router.get("/schema")
async def schema() -> Document:
    """The JSON Schema of a session pack."""
    return pack_schema()


def today_document(today: Today, found: Training) -> Document:
    """A day as JSON values."""
    disposition, plan = today.following.disposition, found.seen.kept_plan
    said = () if today.following.closed else today.following.course.last_session
    return {
        "why_not": today.why_not,
        "due": due_document(today),
        "away": _away_document(today),
        "pack": pack_document(today.pack) if today.pack is not None else None,
        "stage": today.following.stage.phase,
        "plan_remade": today.made is not None or (plan is not None and plan.because == "course"),
        "disposition": disposition_document(disposition, found.wording),
        "questions": list(disposition.unasked),
        "closing": closing_document(today.following, found.house.library, found.wording)
        if today.following.closed
        else None,
        "changes": [{"rule": r.rule, "slot": r.slot, "says": found.wording.say(r.because)} for r in said],
    }


def _away_document(today: Today) -> Document | None:
    """What is in the way on the day."""
    away = today.away
    return None if away is None else {"why": away.why, "until": away.until and away.until.isoformat()}


def due_document(today: Today) -> Document | None:
    """Whether a session is due, and when the next one is."""
    if today.due is None:
        return None
    due = today.due
    return {"due": due.due, "why": due.why, "week": due.week, "next_date": due.next_date.isoformat()}
