"""Start: what it is, for whom, its limits, one button."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.web.visit.changing import begin
from weaklink.web.visit.visit import form_of, show, visit


async def start_page(request: Request) -> Response:
    """GET /."""
    seen = visit(request)
    resume = None
    if seen.episode is not None and seen.given is not None:
        resume = {"url": seen.leads_to, "words": seen.wording.word("page.resume")}
    return show(request, "asking/start.html", {"resume": resume})


async def begin_episode(request: Request) -> Response:
    """POST /start: a new episode, for pain or for prevention."""
    form = await form_of(request)
    await begin(visit(request), "prevent" if form.get("aim") == "prevent" else "pain")
    return RedirectResponse("/who", status_code=303)
