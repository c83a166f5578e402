"""Correcting: the sets of a session that is over, as they really were, and what changes by it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import msgspec
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.case.diary import Corrected
from weaklink.training.course.session_record import SessionRecord
from weaklink.web.course.dose_changes import Doses, dose_changes, doses_of
from weaklink.web.course.followed import Followed, followed
from weaklink.web.course.sent_entries import keep_batch
from weaklink.web.course.told_form import accepted_entries, stamp_of
from weaklink.web.course.told_sets import ToldSet, correctable, entries_lately, told_sets
from weaklink.web.visit.visit import form_of, show, visit
from weaklink.web.weeks.correcting_rows import MoveRows, corrected, is_changed, key_of, move_rows, read_row
from weaklink.web.weeks.diary_words import day_words

DIARY = "/diary"


class CorrectingPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows; once it is `saved`, only what came of it.

    `higher`: a lower pain was said, and the higher one still counts. `closed`: nothing may be trained now.
    """

    session: str
    episode: str
    id: str
    day: str
    moves: list[MoveRows]
    errors: dict[str, str] = {}
    saved: bool = False
    changes: list[str] = []
    higher: bool = False
    closed: bool = False


async def correcting_page(request: Request) -> Response:
    """GET /diary/session: the newest session that can be corrected, or the one that is named."""
    here = await followed(request)
    if isinstance(here, Response):
        return here
    record = _record(here, request.query_params.get("session", ""))
    if record is None:
        return RedirectResponse(DIARY, status_code=303)
    return _page(here, record, told_sets(record, entries_lately(here.training)))


async def keep_correction(request: Request) -> Response:
    """POST /diary/session."""
    form = await form_of(request)
    here = await followed(request, str(form.get("episode", "")))
    if isinstance(here, Response):
        return here
    record = _record(here, str(form.get("session", "")))
    if record is None:
        return RedirectResponse(DIARY, status_code=303)
    told = told_sets(record, entries_lately(here.training))
    changed = [one for one in told if is_changed(form, one)]
    read = [read_row(here, form, one) for one in changed]
    errors = {name: says for one in read for name, says in one.errors.items()}
    if errors:
        return _page(here, record, told, form, errors)
    stamp = stamp_of(here, form)
    entries = [
        corrected(record.session, one, said.value, stamp.part(key_of(one)))
        for one, said in zip(changed, read, strict=True)
        if said.value is not None
    ]
    return await _keep(request, here, record, form, entries) if entries else _page(here, record, told)


async def _keep(
    request: Request, here: Followed, record: SessionRecord, form: FormData, entries: Sequence[Corrected]
) -> Response:
    before = await doses_of(here.training)
    worst = _pains(told_sets(record, entries_lately(here.training)))
    await keep_batch(visit(request), accepted_entries(entries, here, form))
    said = {(e.slot, e.exercise, e.side, e.set): e.pain or 0 for e in entries}
    lower = any(pain < worst.get(about, 0) for about, pain in said.items())
    return await _saved(request, record, before, higher=lower)


def _pains(told: Sequence[ToldSet]) -> dict[tuple[str, str, str, int], int]:
    return {one.about: one.pain for one in told if one.pain is not None}


async def _saved(request: Request, record: SessionRecord, before: Doses, *, higher: bool) -> Response:
    """What came of it."""
    here = await followed(request)
    if isinstance(here, Response):
        return here
    changes = dose_changes(before, await doses_of(here.training), here.seen.wording)
    page = CorrectingPage(
        session=record.session,
        episode=here.training.episode_id,
        id="",
        day=day_words(here, record.date),
        moves=[],
        saved=True,
        changes=[one.says for one in changes],
        higher=higher,
        closed=here.closed,
    )
    return show(request, "weeks/correcting.html", page)


def _record(here: Followed, session: str) -> SessionRecord | None:
    """The session to correct. None once training is not the next step: then no page names an exercise."""
    if here.closed:
        return None
    found = correctable(here.training, here.seen.house.clock.now())
    return next((one for one in found if session in ("", one.session)), None)


def _page(
    here: Followed,
    record: SessionRecord,
    told: list[ToldSet],
    form: FormData | None = None,
    errors: dict[str, str] | None = None,
) -> Response:
    page = CorrectingPage(
        session=record.session,
        episode=here.training.episode_id,
        id=str(form["id"]) if form is not None and "id" in form else str(uuid.uuid4()),
        day=day_words(here, record.date),
        moves=move_rows(here, told, form),
        errors=errors or {},
    )
    return show(here.seen.request, "weeks/correcting.html", page, 422 if errors else 200)
