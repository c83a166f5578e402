"""Start: what it is, for whom, its limits, one button."""

from __future__ import annotations

from typing import Literal

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.web.visit.changing import begin
from weaklink.web.visit.typed_form import accepted, read_form
from weaklink.web.visit.visit import form_of, show, visit


class StartForm(msgspec.Struct, frozen=True, kw_only=True):
    """What the form says: what it is for."""

    aim: Literal["pain", "prevent"] = "pain"


class Resume(msgspec.Struct, frozen=True, kw_only=True):
    """Where somebody left off."""

    url: str
    words: str


class StartPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows."""

    resume: Resume | None


async def start_page(request: Request) -> Response:
    """GET /."""
    seen = visit(request)
    resume = None
    if seen.episode is not None and seen.given is not None:
        resume = Resume(url=seen.leads_to, words=seen.wording.word("page.resume"))
    return show(request, "asking/start.html", StartPage(resume=resume))


async def begin_episode(request: Request) -> Response:
    """POST /start: a new episode, for pain or for prevention."""
    form = await form_of(request)
    seen = visit(request)
    await begin(seen, accepted(read_form(form, StartForm, seen.wording)).aim)
    return RedirectResponse("/who", status_code=303)
