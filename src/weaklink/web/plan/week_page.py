"""Week: minutes, days, hard runs, equipment, and a wish if there is one."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.case.case_file import CaseError
from weaklink.quantities import WEEKDAYS
from weaklink.web.visit.changing import change
from weaklink.web.visit.forms import field_errors, number_or_text
from weaklink.web.visit.preferences import DEFAULT_DAYS, DEFAULT_MINUTES, MINUTES, THINGS, liked_week
from weaklink.web.visit.visit import Visit, form_of, show, visit


async def week_page(request: Request) -> Response:
    """GET /week."""
    seen = visit(request)
    if seen.given is None or seen.leads_to != "/result":
        return RedirectResponse(seen.leads_to, status_code=303)
    request.app.state.assessments.prepare_plan(seen.house.library.language)
    return _page(seen, seen.table, {})


async def keep_week(request: Request) -> Response:
    """POST /week."""
    form = await form_of(request)
    seen = visit(request)
    said = _said(form)
    try:
        await change(
            seen, lambda table: _with_week(table, said, own=bool(form.get("own_routine"))), because="week"
        )
    except CaseError as error:
        return _page(seen, said, field_errors(error, seen.wording), 422)
    entered = bool(seen.table.get("routine"))
    asks = bool(form.get("own_routine")) and not entered
    return RedirectResponse("/routine" if asks else "/plan", status_code=303)


def _with_week(table: dict[str, Any], said: dict[str, Any], *, own: bool) -> dict[str, Any]:
    answers = {**table.get("answers", {}), "own-routine": "yes" if own else "no"}
    kept = {key: value for key, value in table.items() if key != "wish" and (own or key != "routine")}
    return {**kept, **said, "answers": answers}


def _said(form: FormData) -> dict[str, Any]:
    said: dict[str, Any] = {
        "minutes": number_or_text(form.get("minutes") or DEFAULT_MINUTES),
        "days": [str(day) for day in form.getlist("days")] or list(DEFAULT_DAYS),
        "hard_runs": [str(day) for day in form.getlist("hard_runs")],
        "equipment": [str(thing) for thing in form.getlist("equipment")],
    }
    wish = {key: number_or_text(form[key]) for key in ("areas", "rounds") if form.get(key)}
    return {**said, "wish": wish} if wish else said


def _page(seen: Visit, table: dict[str, Any], errors: dict[str, str], status: int = 200) -> Response:
    word = seen.wording.word
    wish = table.get("wish", {})
    liked = liked_week(seen.runner.settings, table)
    minutes = liked.minutes
    context = {
        "back": "/result",
        # A number that came with a nearest plan stands among the choices as well.
        "minutes": sorted({*MINUTES, minutes}) if isinstance(minutes, int) else MINUTES,
        "values": {
            "minutes": minutes,
            "days": liked.days,
            "equipment": liked.equipment,
            "hard_runs": table.get("hard_runs", []),
            "areas": str(wish.get("areas", "")),
            "rounds": str(wish.get("rounds", "")),
        },
        "weekdays": [
            {"id": day, "name": word(f"word.{day}"), "short": word(f"word.{day}.short")} for day in WEEKDAYS
        ],
        "equipment": [{"id": thing, "name": word(f"equipment.{thing}")} for thing in THINGS],
        "own_routine": seen.table.get("answers", {}).get("own-routine") == "yes",
        "errors": errors,
    }
    return show(seen.request, "plan/week.html", context, status)
