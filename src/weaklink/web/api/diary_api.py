"""The diary: entries in, once each; the trend, the reasons, the outcome and the running they lead to."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from weaklink.care.diary_views import (
    outcome_document,
    reasons_document,
    running_document,
    trend_document,
)
from weaklink.care.keeping_diary import read_entries
from weaklink.case.diary import DiaryError, diary_schema, entry_document
from weaklink.web.api.problems import documented, problem
from weaklink.web.api.shapes import Document
from weaklink.web.course.training import Training, keep, keep_standing, training_of

router = APIRouter(prefix="/api/v1/diary")
MOST_ENTRIES = 200
REFUSED = "The answers so far allow no plan."


class DiaryBody(BaseModel):
    """Entries made where things happened, each with its own id and time."""

    model_config = ConfigDict(extra="forbid")
    entries: list[Document] = Field(min_length=1, max_length=MOST_ENTRIES)


@router.post("", responses=documented(400, 403, 409, 413, 422, 507))
async def keep_entries(request: Request, body: DiaryBody) -> JSONResponse:
    """Keep entries. Sent again they change nothing; all of a batch is kept, or nothing of it."""
    found = await training_of(request)
    if found is None:
        return refused()
    try:
        entries = read_entries(body.entries, found.house.library)
    except DiaryError as error:
        key = str(error).partition(":")[0]
        return problem(422, "An entry cannot be read", str(error), key=key)
    new = await keep(found, entries)
    found = await keep_standing(found)
    assert found.leads is not None
    clashes, disposition = len(found.standing.clashes), found.leads.disposition
    answer = {
        "kept": sum(new),
        "known": len(new) - sum(new),
        "clashes": clashes,
        # Only triage closes a plan; open questions wait for an answer.
        "closed": found.leads.closed,
        "questions": bool(found.leads.refused) and not found.leads.closed,
        "tier": disposition.tier,
    }
    return JSONResponse(answer)


@router.get("", responses=documented(409, 422))
async def entries(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
    before: Annotated[str, Query(max_length=40, description="only entries before this time")] = "",
) -> JSONResponse:
    """The entries that count, newest first, and what was told in two ways."""
    found = await training_of(request)
    if found is None:
        return refused()
    standing = found.standing
    shown = [entry_document(entry) for entry in reversed(standing.entries)]
    if before:
        shown = [entry for entry in shown if entry["at"] < before]
    clashes = [
        {
            "about": clash.about,
            "used": entry_document(clash.used),
            "others": [entry_document(other) for other in clash.others],
        }
        for clash in standing.clashes
    ]
    return JSONResponse({"entries": shown[:limit], "clashes": clashes})


@router.get("/schema")
async def schema() -> Document:
    """The JSON Schema of one entry."""
    return diary_schema()


@router.get("/trend", responses=documented(409))
async def trend(request: Request) -> JSONResponse:
    """Pain by day, sessions and stretches counted apart, and running by week."""
    return await _view(request, lambda found, day: trend_document(found.course(day).weeks()))


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
        lambda found, day: outcome_document(found.course(day).weeks(), found.wording),
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


async def _view(request: Request, view: Callable[[Training, datetime.date], Document]) -> JSONResponse:
    found = await training_of(request)
    if found is None:
        return refused()
    return JSONResponse(await anyio.to_thread.run_sync(view, found, found.server_day()))


def refused() -> JSONResponse:
    """409: no plan, so no diary of one."""
    return problem(409, "No plan is made here", REFUSED)
