"""Visited: that a professional was seen, and what they allow. Only that ends a referral."""

from __future__ import annotations

import uuid
from typing import Annotated

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.case.diary import MOST_TEXT, AllowedBy, SeenBy, Visited
from weaklink.web.course.followed import Followed, followed, keep_and_go_on
from weaklink.web.course.told_form import accepted_entries, stamp_of
from weaklink.web.visit.typed_form import FormReading, read_form
from weaklink.web.visit.visit import form_of, show

TODAY = "/today"
FIELDS = ("by", "allowed", "ruled_out")


class VisitForm(msgspec.Struct, frozen=True, kw_only=True):
    """Whom somebody saw, what is allowed now, and what was ruled out in their words."""

    by: SeenBy
    allowed: AllowedBy
    ruled_out: Annotated[str, msgspec.Meta(max_length=MOST_TEXT)] = ""


class VisitedPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows: the form, with what was sent where something of it is wrong."""

    id: str
    episode: str
    values: dict[str, str]
    errors: dict[str, str]


async def visited_page(request: Request) -> Response:
    """GET /visited: the form, for whoever is sent on; anybody else goes on with today."""
    here = await followed(request)
    if isinstance(here, Response):
        return here
    return _page(here) if here.is_sent_on else RedirectResponse(TODAY, status_code=303)


async def keep_visit(request: Request) -> Response:
    """POST /visited."""
    form = await form_of(request)
    here = await followed(request, str(form.get("episode", "")))
    if isinstance(here, Response):
        return here
    read, stamp = read_form(form, VisitForm, here.seen.wording), stamp_of(here, form)
    if read.value is None:
        return _page(here, read)
    said = read.value
    entry = Visited(id=stamp.id, at=stamp.at, by=said.by, allowed=said.allowed, ruled_out=said.ruled_out)
    return await keep_and_go_on(request, accepted_entries((entry,), here, form), TODAY)


def _page(here: Followed, refused: FormReading[VisitForm] | None = None) -> Response:
    page = VisitedPage(
        id=str(uuid.uuid4()),
        episode=here.training.episode_id,
        values=dict.fromkeys(FIELDS, "") | (refused.said if refused is not None else {}),
        errors=refused.errors if refused is not None else {},
    )
    return show(here.seen.request, "weeks/visited.html", page, 422 if page.errors else 200)
