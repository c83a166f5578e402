"""Before: a pain that was there already is compared with last time, and first asked: is it the same?"""

from __future__ import annotations

from typing import Literal

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.web.asking.earlier import RETURNS, EpisodeLine, came_back, episode_line
from weaklink.web.visit.changing import note
from weaklink.web.visit.typed_form import accepted, read_form
from weaklink.web.visit.visit import form_of, show, visit


class BeforeForm(msgspec.Struct, frozen=True, kw_only=True):
    """Whether it is the same as before."""

    same: Literal["yes", "no", "unsure"]


class BeforePage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows."""

    before: EpisodeLine


async def before_page(request: Request) -> Response:
    """GET /before."""
    seen = visit(request)
    found = came_back(seen)
    if found is None:
        return RedirectResponse(seen.leads_to, status_code=303)
    return show(request, "asking/before.html", BeforePage(before=episode_line(seen, found)))


async def keep_before(request: Request) -> Response:
    """POST /before: asked once. The same leads to the list, to go on with that plan."""
    form = await form_of(request)
    seen = visit(request)
    said = accepted(read_form(form, BeforeForm, seen.wording)).same
    found = came_back(seen)
    if found is None:
        return RedirectResponse(seen.leads_to, status_code=303)
    seen = await note(seen, {RETURNS: {"episode": found.id, "same": said}})
    return RedirectResponse("/episodes" if said == "yes" else seen.leads_to, status_code=303)
