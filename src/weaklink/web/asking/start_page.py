"""Start: what it is, for whom, its limits, one button."""

from __future__ import annotations

from typing import Literal

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.web.visit.changing import begin
from weaklink.web.visit.typed_form import accepted, read_form
from weaklink.web.visit.visit import form_of, show, visit

EPISODES = "/episodes"


class StartForm(msgspec.Struct, frozen=True, kw_only=True):
    """What the form says: what it is for, and whether it is `new` beside a plan there is."""

    aim: Literal["pain", "prevent"] = "pain"
    new: bool = False


class Resume(msgspec.Struct, frozen=True, kw_only=True):
    """Where somebody left off."""

    url: str
    words: str


class StartPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows; `episodes`: whether there is a list of earlier ones."""

    resume: Resume | None
    episodes: bool = False


async def start_page(request: Request) -> Response:
    """GET /."""
    seen = visit(request)
    resume = None
    if seen.episode is not None and seen.given is not None:
        words = "page.resume-referral" if seen.leads_to == "/referral" else "page.resume"
        resume = Resume(url=seen.leads_to, words=seen.wording.word(words))
    page = StartPage(resume=resume, episodes=seen.episode is not None)
    return show(request, "asking/start.html", page)


async def begin_episode(request: Request) -> Response:
    """POST /start: a new episode, for pain or for prevention. Beside a plan one tap begins none (B8)."""
    form = await form_of(request)
    seen = visit(request)
    said = accepted(read_form(form, StartForm, seen.wording))
    if seen.kept_plan is not None and not said.new:
        return RedirectResponse(f"{EPISODES}?aim={said.aim}", status_code=303)
    await begin(seen, said.aim)
    return RedirectResponse("/who", status_code=303)
