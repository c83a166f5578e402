"""Remark: what a runner thinks of a rule or an exercise, kept on this machine (S76)."""

from __future__ import annotations

import uuid
from asyncio import wrap_future
from typing import Annotated, Literal

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.care.ports import Remark
from weaklink.web.visit.changing import settle
from weaklink.web.visit.typed_form import accepted, read_form
from weaklink.web.visit.visit import Visit, form_of, visit

LONGEST = 2000
AGREES = {"yes": True, "partly": None, "no": False}
# What can be remarked on: the form's word, the folder of the knowledge, the page it returns to.
KINDS = {
    "exercise": ("exercises", "/exercises/{id}"),
    "weak-link": ("weak-links", "/evidence/{id}"),
    "test": ("clinical-tests", "/tests/{id}"),
    "red-flag": ("red-flags", "/about"),
}


class RemarkForm(msgspec.Struct, frozen=True, kw_only=True):
    """What the form says: what it is about, and what somebody thinks of it."""

    about: Literal["exercise", "weak-link", "test", "red-flag"]
    id: str
    agrees: Literal["yes", "partly", "no"]
    text: Annotated[str, msgspec.Meta(max_length=LONGEST)] = ""


class RemarkPart(msgspec.Struct, frozen=True, kw_only=True):
    """What the part of a page about remarks shows; `issue` is the kept one as lines for an issue."""

    about: str
    id: str
    kept: bool
    issue: str


def remark_of(seen: Visit, about: str, record_id: str) -> RemarkPart:
    """What the part of a page about remarks needs: whether one is kept, and its words for an issue."""
    kind = KINDS[about][0]
    mine = (r for r in seen.house.records.remarks(seen.runner.id) if r.record_kind == kind)
    newest = next((remark for remark in mine if remark.record_id == record_id), None)
    return RemarkPart(
        about=about,
        id=record_id,
        kept=newest is not None,
        issue="" if newest is None else issue_text(newest, seen.house.library.edition),
    )


def issue_text(remark: Remark, edition: str) -> str:
    """A remark as lines for an issue about the content: what it is about and no word on the runner."""
    agrees = next(word for word, value in AGREES.items() if value is remark.agrees)
    lines = [f"{remark.record_kind}/{remark.record_id}", f"edition: {edition}", f"agrees: {agrees}"]
    return "\n".join([*lines, remark.text] if remark.text else lines)


async def keep_remark(request: Request) -> Response:
    """POST /remarks."""
    form = await form_of(request)
    seen = visit(request)
    said = accepted(read_form(form, RemarkForm, seen.wording))
    kind, page = KINDS[said.about]
    if said.id not in seen.house.library.of_kind(kind):
        raise HTTPException(422, "There is nothing of that name to remark on.")
    remark = Remark(
        id=str(uuid.uuid4()),
        runner_id=seen.runner.id,
        record_kind=kind,
        record_id=said.id,
        agrees=AGREES[said.agrees],
        text=said.text.strip(),
        created_at=seen.house.clock.now(),
    )
    await settle(seen)
    await wrap_future(seen.house.records.keep_remark(remark))
    return RedirectResponse(page.format(id=said.id) + "#remark", status_code=303)
