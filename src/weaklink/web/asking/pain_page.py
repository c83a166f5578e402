"""Pain: a number for each moment worth asking about."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.care.situations import situations
from weaklink.case.case_file import CaseError
from weaklink.web.visit.changing import change
from weaklink.web.visit.forms import field_errors, number_or_text, step_of
from weaklink.web.visit.places import place_words
from weaklink.web.visit.trail import page_before, trail_with
from weaklink.web.visit.visit import Visit, form_of, show, visit


async def pain_page(request: Request) -> Response:
    """GET /pain."""
    seen = visit(request)
    if seen.given is None or not seen.given.pain_at:
        return RedirectResponse(seen.leads_to, status_code=303)
    return _page(seen, seen.table.get("pain", {}), {})


async def keep_pain(request: Request) -> Response:
    """POST /pain."""
    form = await form_of(request)
    seen = visit(request)
    asked = situations(seen.given.sites) if seen.given else ()
    said: dict[str, Any] = {
        name: number_or_text(form[name]) for name in asked if form.get(name) not in (None, "")
    }
    if not said:
        return _page(seen, {}, {"run": seen.wording.word("page.pain.nothing")}, 422)
    try:
        seen = await change(seen, lambda table: _with_pain(table, said), trail_with(seen, "/pain"))
    except CaseError as error:
        return _page(seen, said, field_errors(error, seen.wording), 422)
    return RedirectResponse(seen.leads_to, status_code=303)


def _with_pain(table: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """What was said anew is what a course is compared with."""
    return {**{name: kept for name, kept in table.items() if name != "pain_at_start"}, "pain": said}


def _page(seen: Visit, said: dict[str, Any], errors: dict[str, str], status: int = 200) -> Response:
    sites = seen.given.sites if seen.given else frozenset()
    words = seen.wording.word
    entries = [
        {
            "id": name,
            "name": words(f"pain.{name}"),
            "help": words(f"pain.{name}.help") if words(f"pain.{name}.help") != f"pain.{name}.help" else "",
            "value": said.get(name),
        }
        for name in situations(sites)
    ]
    context = {
        "place": place_words(seen),
        "situations": entries,
        "errors": errors,
        "back": page_before(seen, "/pain"),
        "step": step_of(seen, "pain", "/pain"),
    }
    return show(seen.request, "asking/pain.html", context, status)
