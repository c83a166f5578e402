"""The diary: entries in, once each; the trend, the reasons, the outcome and the running they lead to."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Annotated, Any

import anyio.to_thread
import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from weaklink.care.diary_views import (
    outcome_document,
    reasons_document,
    running_document,
    trend_document,
)
from weaklink.care.filing import entry_of
from weaklink.care.keeping_diary import Lead, where_it_leads
from weaklink.care.ports import KeptEntry
from weaklink.care.programme_now import programme_document, programme_now
from weaklink.case.diary import Corrected, Unkept, diary_schema, entry_document
from weaklink.case.standing import Standing, standing
from weaklink.web.api.problems import MEDIA_TYPE, ApiProblem, documented, problem
from weaklink.web.api.shapes import Document
from weaklink.web.course.dose_changes import Doses, dose_changes, doses_of
from weaklink.web.course.sent_entries import is_readable, keep_batch, reader_of
from weaklink.web.course.training import NO_PLAN, Training, training_for, training_of
from weaklink.web.visit.assessments import assessment_of
from weaklink.web.visit.visit import Visit, visit

router = APIRouter(prefix="/api/v1/diary")
MOST_ENTRIES = 200
REFUSED = "The answers so far allow no plan."


class DiaryBody(BaseModel):
    """Entries made where things happened, each with an id, a time and the episode it was written in."""

    model_config = ConfigDict(extra="forbid")
    entries: list[Any] = Field(min_length=1, max_length=MOST_ENTRIES)


class RefusedShape(BaseModel):
    """An entry that cannot be kept."""

    id: str = Field(description="empty where none can be read")
    index: int = Field(description="its place among those sent")
    why: str = Field(description="the key, and what would be right")
    reason: Unkept = Field(description="the kind, for whoever words it")


class ChangeShape(BaseModel):
    """A next dose that is another one now."""

    slot: str
    exercise: str
    says: str


class DiaryAnswer(BaseModel):
    """What became of every entry sent, by id, and where the present episode stands after it."""

    kept: list[str]
    known: list[str] = Field(description="kept before, with the same words")
    refused: list[RefusedShape]
    changes: list[ChangeShape] = Field(
        default=[], description="next doses that are others now because a session was corrected"
    )
    clashes: int = Field(description="how much of the diary was told in two ways")
    closed: bool = Field(description="whether triage has closed the plan")
    questions: bool = Field(description="whether safety questions are open")
    tier: str = Field(description="how urgent; empty while nothing can be judged")


@router.post("", response_model=DiaryAnswer, responses=documented(400, 403, 409, 413, 422, 507))
async def keep_entries(request: Request, body: DiaryBody) -> JSONResponse:
    """Keep entries, each judged alone: kept, known already, or refused. Sent again they change nothing.

    An entry names its `episode` and is filed there. 422 where all are refused.
    """
    seen = visit(request)
    if seen.episode is None:
        return problem(409, "Nothing is kept here", NO_PLAN, key="episode")
    batch = reader_of(seen).read(body.entries)
    corrects = any(isinstance(one.entry, Corrected) for one in batch.entries)
    before = await _doses(seen) if corrects else {}
    done = await keep_batch(seen, batch)
    refused = [msgspec.to_builtins(one) for one in done.refused]
    fates = {"kept": list(done.kept), "known": list(done.known), "refused": refused}
    if done.refused and (len(refused) == len(body.entries) or _is_an_older_page(request, body.entries)):
        return _refusal(done.refused[0].why, fates)
    after = await _doses(visit(request)) if corrects else {}
    changes = [msgspec.to_builtins(one) for one in dose_changes(before, after, seen.wording)]
    stands = await _where_it_stands(visit(request), done.present)
    return JSONResponse({**fates, "changes": changes, **stands})


async def _doses(seen: Visit) -> Doses:
    """The next doses of the present episode; none where there is no plan."""
    return await doses_of(await training_for(seen)) if is_readable(seen) else {}


def _is_an_older_page(request: Request, entries: list[Any]) -> bool:
    """Whether this comes from a page that was kept on a phone since before entries named their episode.

    It takes a 200 for all of them, and lets go of all. On a 422 it sends halves, and keeps the odd one.
    """
    from_a_page = "origin" in request.headers or "sec-fetch-site" in request.headers
    return from_a_page and not any(isinstance(one, dict) and "episode" in one for one in entries)


def _refusal(why: str, fates: Document) -> JSONResponse:
    """422 for entries of which the first that is refused is so for this reason; with the fate of each."""
    key = why.partition(":")[0]
    said = ApiProblem(title="An entry cannot be kept", status=422, detail=why, key=key)
    body = {**said.model_dump(exclude_none=True), **fates}
    return JSONResponse(body, status_code=422, media_type=MEDIA_TYPE)


async def _where_it_stands(seen: Visit, present: Lead | None) -> Document:
    """Where the present episode stands: what a device must know before the next session."""
    if present is not None:
        closed = present.leads.closed
        return {
            "clashes": present.clashes,
            # Only triage closes a plan; open questions wait for an answer.
            "closed": closed,
            "questions": bool(present.leads.refused) and not closed,
            "tier": present.leads.disposition.tier,
        }
    found = await assessment_of(seen) if is_readable(seen) else None
    if found is None:
        return {"clashes": 0, "closed": False, "questions": True, "tier": ""}
    judged = found.disposition
    return {"clashes": 0, "closed": judged.refers, "questions": bool(judged.unasked), "tier": judged.tier}


@router.get("", responses=documented(409, 422))
async def entries(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
    before: Annotated[str, Query(max_length=40, description="only entries before this time")] = "",
) -> JSONResponse:
    """The entries of the present episode that count, newest first, and what was told in two ways."""
    found = await training_of(request)
    if found is None:
        return refused()
    standing, shown = await anyio.to_thread.run_sync(_newest, found, limit, before)
    clashes = [
        {
            "about": clash.about,
            "used": entry_document(clash.used),
            "others": [entry_document(other) for other in clash.others],
        }
        for clash in standing.clashes
    ]
    return JSONResponse({"episode": found.episode_id, "entries": shown, "clashes": clashes})


def _newest(found: Training, limit: int, before: str) -> tuple[Standing, list[Document]]:
    """The newest entries, with what counts of the days they are from."""
    records, name = found.house.records, found.episode_id
    rows = records.newest(name, limit, _last_day(before)) if found.told.kept is not None else ()
    says, shown = _shown(rows, before)
    if len(shown) < limit and (not rows or len(rows) >= limit):  # some of them do not count
        says, shown = _shown(records.diary(name), before)
    return says, shown[:limit]


def _shown(rows: Iterable[KeptEntry], before: str) -> tuple[Standing, list[Document]]:
    says = standing(entry for entry in map(entry_of, rows) if entry is not None)
    shown = [entry_document(entry) for entry in reversed(says.entries)]
    return says, [entry for entry in shown if not before or entry["at"] < before]


def _last_day(before: str) -> datetime.date:
    """The last day an entry before a time can be filed under, whatever its offset; without one the last."""
    try:
        return datetime.date.fromisoformat(before[:10]) + datetime.timedelta(days=1)
    except (ValueError, OverflowError):
        return datetime.date.max


@router.get("/schema")
async def schema() -> Document:
    """The JSON Schema of one entry."""
    return diary_schema()


@router.get("/trend", responses=documented(409))
async def trend(request: Request) -> JSONResponse:
    """Pain by day, sessions and stretches counted apart, and running by week."""
    return await _view(request, lambda found, day: trend_document(found.course(day)))


@router.get("/reasons", responses=documented(409))
async def reasons(request: Request) -> JSONResponse:
    """Every change of dose: one sentence with its rule, oldest first. A closed plan shows none."""
    found = await training_of(request)
    if found is None:
        return refused()
    standing = found.house.records.standing(found.episode_id)
    return JSONResponse(reasons_document(standing, found.wording))


@router.get("/outcome", responses=documented(409))
async def outcome(request: Request) -> JSONResponse:
    """What the weeks did and what follows; `says` is null before the first report."""
    return await _view(
        request,
        lambda found, day: outcome_document(found.course(day), found.wording),
    )


@router.get("/running", responses=documented(409, 422))
async def running(
    request: Request,
    planned_km: Annotated[float | None, Query(gt=0, le=500, description="a run that is planned")] = None,
) -> JSONResponse:
    """The way back to running, and a warning before a run above 110 % of the longest in 30 days."""
    return await _view(
        request,
        lambda found, day: running_document(found.course(day), found.wording, planned_km),
    )


@router.get("/programme", responses=documented(409))
async def programme(request: Request) -> JSONResponse:
    """The phase one is in, what opens the next one, and what is asked for it; null where none is followed."""
    return await _view(request, _programme)


def _programme(found: Training, day: datetime.date) -> Document:
    course = found.course(day)
    return programme_document(programme_now(where_it_leads(course), course.began, day), found.wording)


async def _view(request: Request, view: Callable[[Training, datetime.date], Document]) -> JSONResponse:
    found = await training_of(request)
    if found is None:
        return refused()
    return JSONResponse(await anyio.to_thread.run_sync(view, found, found.server_day()))


def refused() -> JSONResponse:
    """409: no plan, so no diary of one."""
    return problem(409, "No plan is made here", REFUSED)
