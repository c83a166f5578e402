"""Settings: what a runner likes on pages, in sessions and in plans; all their data, and erasing them."""

from __future__ import annotations

from asyncio import wrap_future
from collections.abc import Mapping

import msgspec
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.library.emergency_numbers import shipped_emergency_numbers
from weaklink.library.language.language_folders import languages
from weaklink.store.database import NotErasedError
from weaklink.web.course.weights_form import (
    WeightsChoices,
    choices,
    keep_unit,
    kept_weights,
    read_weights_form,
)
from weaklink.web.home.pairing_page import DeviceLine, devices_of, pairing_of
from weaklink.web.settings.settings_form import SettingsValues, keep_week, read_settings, shown_again
from weaklink.web.visit.changing import change_settings
from weaklink.web.visit.forms import Choice, DayChoice, day_choices, thing_choices
from weaklink.web.visit.preferences import (
    HEARD,
    MINUTES,
    heard,
    liked_week,
    unit_of,
    with_heard,
    with_week,
)
from weaklink.web.visit.strangers import FROM_NETWORK
from weaklink.web.visit.typed_form import read_form
from weaklink.web.visit.visit import Visit, form_of, show, visit, visit_again


class EraseForm(msgspec.Struct, frozen=True, kw_only=True):
    """What the form of the last button says."""

    confirm: bool = False


class CountryChoice(msgspec.Struct, frozen=True, kw_only=True):
    """One country and its emergency number."""

    id: str
    name: str
    number: str


class SettingsPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows; `minutes`, `heard` and the like are what can be chosen."""

    values: SettingsValues
    countries: list[CountryChoice]
    languages: list[Choice]
    heard: list[Choice]
    minutes: list[int]
    weekdays: list[DayChoice]
    equipment: list[Choice]
    weight_choices: WeightsChoices
    begun: bool
    training: bool
    errors: Mapping[str, str]
    saved: bool
    data_at: str
    devices: list[DeviceLine]


async def settings_page(request: Request) -> Response:
    """GET /settings."""
    seen = visit(request)
    return _page(seen, _kept(seen), saved=request.query_params.get("saved") == "1")


async def keep_settings(request: Request) -> Response:
    """POST /settings."""
    form = await form_of(request)
    seen = visit(request)
    read, weights = read_settings(form, seen), read_weights_form(form, seen)
    found, errors = read.value, read.errors | weights.errors
    if found is not None and not errors:
        errors = await keep_week(found, weights, seen)
    if found is None or errors:
        return _page(seen, shown_again(form, _kept(seen), seen), errors)
    await keep_unit(weights, seen)
    ways = with_heard(found.heard, seen.house.clock.now()) if "heard" in found.asks else {}
    said = {**found.plain, **ways, **with_week(found.week)}
    await change_settings(seen, lambda old: {**old, **said})
    return RedirectResponse("/settings?saved=1", status_code=303)


async def my_data(request: Request) -> Response:
    """POST /settings/my-data: everything that is kept here, as a zip. A form: no link fetches it."""
    await form_of(request)
    seen = visit(request)
    edition = seen.house.library.edition
    packed = await run_sync(seen.house.records.archive, edition)
    named = f'attachment; filename="weaklink-{seen.house.clock.now():%Y-%m-%d}.zip"'
    return Response(packed, media_type="application/zip", headers={"content-disposition": named})


async def erase(request: Request) -> Response:
    """POST /settings/erase: everything of everybody who is kept here, for good."""
    form = await form_of(request)
    seen = visit(request)
    read = read_form(form, EraseForm, seen.wording)
    if read.value is None or not read.value.confirm:
        return _page(seen, _kept(seen), {"confirm": seen.wording.word("settings.confirm-wanted")})
    request.app.state.assessments.forget()
    try:
        await wrap_future(seen.house.records.erase_everybody())
    except NotErasedError:
        says = {"confirm": seen.wording.word("settings.not-erased-yet")}
        seen = visit(request)
        return _page(seen, _kept(seen), says, status=503)
    await run_sync(pairing_of(request).end)
    # What an installed page keeps on this device goes, too: the session, its figures, what was not sent.
    gone = {"clear-site-data": '"cache", "storage"'}
    if FROM_NETWORK not in request.scope:
        return RedirectResponse("/", status_code=303, headers=gone)
    visit_again(seen)
    last = show(request, "settings/erased.html", {})
    last.headers.update(gone)
    return last


def _page(
    seen: Visit,
    values: SettingsValues,
    errors: Mapping[str, str] | None = None,
    *,
    saved: bool = False,
    status: int = 422,
) -> Response:
    """The page; `status` is that of a page with errors."""
    word, minutes = seen.wording.word, values.week.minutes
    page = SettingsPage(
        values=values,
        countries=_countries(seen),
        languages=[Choice(name, word(f"language.{name}")) for name in languages()],
        heard=[Choice(way, word(f"settings.heard.{way}")) for way in HEARD],
        minutes=sorted({*MINUTES, minutes} if isinstance(minutes, int) else MINUTES),
        weekdays=day_choices(seen.wording),
        equipment=thing_choices(seen.wording, values.week.equipment, weights=seen.given is not None),
        weight_choices=choices(seen),
        begun=seen.given is not None,
        training="days" in seen.table,
        errors=errors or {},
        saved=saved,
        data_at=str(seen.house.settings.folder),
        devices=devices_of(seen.request),
    )
    return show(seen.request, "settings/settings.html", page, status if errors else 200)


def _kept(seen: Visit) -> SettingsValues:
    """What is kept."""
    settings = seen.runner.settings
    return SettingsValues(
        country=settings.get("country", ""),
        units=unit_of(settings),
        theme=settings.get("theme", ""),
        language=seen.house.settings.language,
        heard=tuple(heard(settings)),
        week=liked_week(settings, seen.table),
        weights=kept_weights(seen),
    )


def _countries(seen: Visit) -> list[CountryChoice]:
    numbers = shipped_emergency_numbers()
    word = seen.wording.word
    known = [
        CountryChoice(id=code, name=word(f"country.{code}"), number=numbers.of(code))
        for code in numbers.countries()
    ]
    return [CountryChoice(id="", name=word("country.other"), number=numbers.of("")), *known]
