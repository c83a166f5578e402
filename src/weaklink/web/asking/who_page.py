"""Who: age, sex, running, how long it has hurt."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.case.case_file import CaseError
from weaklink.case.values import in_range
from weaklink.web.visit.changing import change
from weaklink.web.visit.forms import field_errors, number_or_text, step_of
from weaklink.web.visit.preferences import km_per_unit, unit_of
from weaklink.web.visit.visit import Visit, form_of, show, visit

DAYS_IN = {"days": 1, "weeks": 7, "months": 30}
MOST_KM = 500


async def who_page(request: Request) -> Response:
    """GET /who."""
    seen = visit(request)
    if seen.episode is None:
        return RedirectResponse("/", status_code=303)
    return _page(seen, _values(seen.table, km_per_unit(seen.runner.settings)), {})


async def keep_who(request: Request) -> Response:
    """POST /who."""
    form = await form_of(request)
    seen = visit(request)
    said = _said(form, km_per_unit(seen.runner.settings))
    try:
        seen = await change(
            seen, lambda table: {**{k: v for k, v in table.items() if k not in FIELDS}, **said}
        )
    except CaseError as error:
        values = {key: str(form.get(key, "")) for key in (*FIELDS[:-1], "since", "since_unit")}
        errors = field_errors(error, seen.wording, {"since_days": "since"})
        if "km_per_week" in errors:
            most = int(MOST_KM / km_per_unit(seen.runner.settings))
            errors["km_per_week"] = seen.wording.say(in_range(0, most, whole=False))
        return _page(seen, values, errors, 422)
    return RedirectResponse(seen.leads_to, status_code=303)


FIELDS = ("age", "sex", "level", "km_per_week", "since_days")


def _said(form: FormData, km: float) -> dict[str, Any]:
    said: dict[str, Any] = {"age": number_or_text(form.get("age"))}
    for key in ("sex", "level"):
        if form.get(key):
            said[key] = str(form[key])
    if form.get("km_per_week"):
        far = number_or_text(form["km_per_week"])
        said["km_per_week"] = round(far * km, 4) if isinstance(far, int | float) else far
    if form.get("since"):
        since = number_or_text(form["since"])
        days = DAYS_IN.get(str(form.get("since_unit")), 7)
        said["since_days"] = since * days if isinstance(since, int) else since
    return said


def _values(table: dict[str, Any], km: float) -> dict[str, str]:
    days = table.get("since_days")
    unit = next((name for name in ("months", "weeks", "days") if days and days % DAYS_IN[name] == 0), "weeks")
    since = "" if days is None else str(days // DAYS_IN[unit])
    plain = {key: str(table.get(key, "")) for key in ("age", "sex", "level")}
    far = f"{round(table['km_per_week'] / km, 4):g}" if "km_per_week" in table else ""
    return {**plain, "km_per_week": far, "since": since, "since_unit": unit}


def _page(seen: Visit, values: dict[str, str], errors: dict[str, str], status: int = 200) -> Response:
    step = step_of(seen, "who", "/who")
    context = {"aim": seen.aim, "values": values, "errors": errors, "back": "/", "step": step,
               "unit": unit_of(seen.runner.settings)}  # fmt: skip
    return show(seen.request, "asking/who.html", context, status)
