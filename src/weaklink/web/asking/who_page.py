"""Who: age, sex, running."""

from __future__ import annotations

from typing import Annotated

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.case.case_file import CaseError
from weaklink.case.given import Sex
from weaklink.case.values import Table, in_range
from weaklink.quantities import Level
from weaklink.web.visit.changing import change
from weaklink.web.visit.forms import IntakePlace, field_errors, step_of
from weaklink.web.visit.preferences import km_per_unit, unit_of
from weaklink.web.visit.typed_form import read_form
from weaklink.web.visit.visit import Visit, form_of, show, visit

FIELDS = ("age", "sex", "level", "km_per_week")
MOST_KM = 500


class WhoForm(msgspec.Struct, frozen=True, kw_only=True):
    """What the form says; distance in the runner's own unit."""

    age: Annotated[int, msgspec.Meta(ge=10, le=100)]
    sex: Sex | None = None
    level: Level | None = None
    km_per_week: Annotated[float, msgspec.Meta(ge=0, le=MOST_KM)] | None = None


class WhoPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows."""

    values: dict[str, str]
    errors: dict[str, str]
    back: str
    step: IntakePlace
    unit: str


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
    read = read_form(form, WhoForm, seen.wording)
    if read.value is None:
        return _page(seen, read.said, _in_unit(read.errors, seen), 422)
    said = _said(read.value, km_per_unit(seen.runner.settings))
    try:
        seen = await change(seen, lambda table: _without(table) | said)
    except CaseError as error:
        errors = field_errors(error, seen.wording)
        return _page(seen, read.said, _in_unit(errors, seen), 422)
    return RedirectResponse(seen.leads_to, status_code=303)


def _without(table: Table) -> Table:
    return {key: value for key, value in table.items() if key not in FIELDS}


def _in_unit(errors: dict[str, str], seen: Visit) -> dict[str, str]:
    """The errors, that of the distance in the unit it was asked in."""
    if "km_per_week" not in errors:
        return errors
    most = int(MOST_KM / km_per_unit(seen.runner.settings))
    return {**errors, "km_per_week": seen.wording.say(in_range(0, most, whole=False))}


def _said(form: WhoForm, km: float) -> Table:
    far = form.km_per_week
    found = {
        "age": form.age,
        "sex": form.sex,
        "level": form.level,
        "km_per_week": None if far is None else round(far * km, 4),
    }
    return {key: value for key, value in found.items() if value is not None}


def _values(table: Table, km: float) -> dict[str, str]:
    plain = {key: str(table.get(key, "")) for key in ("age", "sex", "level")}
    far = f"{round(table['km_per_week'] / km, 4):g}" if "km_per_week" in table else ""
    return {**plain, "km_per_week": far}


def _page(seen: Visit, values: dict[str, str], errors: dict[str, str], status: int = 200) -> Response:
    blank = dict.fromkeys(FIELDS, "")
    page = WhoPage(
        values=blank | values,
        errors=errors,
        back="/",
        step=step_of(seen, "who", "/who"),
        unit=unit_of(seen.runner.settings),
    )
    return show(seen.request, "asking/who.html", page, status)
