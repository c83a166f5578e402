"""The diary: entries in, once each; the trend, the reasons, the outcome and the running they lead to."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
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
from weaklink.care.filing import entry_of
from weaklink.care.keeping_diary import read_entries
from weaklink.care.ports import KeptEntry
from weaklink.case.diary import DiaryError, diary_schema, entry_document
from weaklink.case.standing import Standing, standing
from weaklink.web.api.problems import documented, problem
from weaklink.web.api.shapes import Document
from weaklink.web.course.training import Training, keep, training_of

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
    lead = (await keep(found, entries)).lead
    answer = {
        "kept": sum(lead.new),
        "known": len(lead.new) - sum(lead.new),
        "clashes": lead.clashes,
        # Only triage closes a plan; open questions wait for an answer.
        "closed": lead.leads.closed,
        "questions": bool(lead.leads.refused) and not lead.leads.closed,
        "tier": lead.leads.disposition.tier,
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
    standing, shown = await anyio.to_thread.run_sync(_newest, found, limit, before)
    clashes = [
        {
            "about": clash.about,
            "used": entry_document(clash.used),
            "others": [entry_document(other) for other in clash.others],
        }
        for clash in standing.clashes
    ]
    return JSONResponse({"entries": shown, "clashes": clashes})


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


async def _view(request: Request, view: Callable[[Training, datetime.date], Document]) -> JSONResponse:
    found = await training_of(request)
    if found is None:
        return refused()
    return JSONResponse(await anyio.to_thread.run_sync(view, found, found.server_day()))


def refused() -> JSONResponse:
    """409: no plan, so no diary of one."""
    return problem(409, "No plan is made here", REFUSED)
