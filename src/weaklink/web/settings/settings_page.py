"""Settings: what a runner likes on pages, in sessions and in plans; all their data, and erasing them."""

from __future__ import annotations

from asyncio import wrap_future
from collections.abc import Mapping
from typing import Any

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.library.emergency import shipped_emergency_numbers
from weaklink.library.language.places import languages
from weaklink.quantities import WEEKDAYS
from weaklink.store.database import NotErasedError
from weaklink.web.home.kept_file import forget_network
from weaklink.web.home.pairing_page import devices_of
from weaklink.web.settings.settings_form import Chosen, chosen, errors_in, keep_week
from weaklink.web.visit.changing import change_settings
from weaklink.web.visit.preferences import (
    HEARD,
    MINUTES,
    THINGS,
    heard,
    liked_week,
    unit_of,
    with_heard,
    with_week,
)
from weaklink.web.visit.visit import Visit, form_of, show, visit


async def settings_page(request: Request) -> Response:
    """GET /settings."""
    seen = visit(request)
    return _page(seen, saved=request.query_params.get("saved") == "1")


async def keep_settings(request: Request) -> Response:
    """POST /settings."""
    form = await form_of(request)
    seen = visit(request)
    found = chosen(form)
    errors = errors_in(found, seen) or await keep_week(found, seen)
    if errors:
        return _page(seen, found, errors)
    ways = {} if found.heard is None else with_heard(found.heard, seen.house.clock.now())
    said = {**found.plain, **ways, **with_week(found.week)}
    await change_settings(seen, lambda old: {**old, **said})
    return RedirectResponse("/settings?saved=1", status_code=303)


async def my_data(request: Request) -> Response:
    """POST /settings/my-data: everything about this runner, as a zip. A form: no link fetches it."""
    await form_of(request)
    seen = visit(request)
    edition = seen.house.library.edition
    packed = await run_sync(seen.house.records.archive, seen.runner.id, edition)
    named = f'attachment; filename="weaklink-{seen.house.clock.now():%Y-%m-%d}.zip"'
    return Response(packed, media_type="application/zip", headers={"content-disposition": named})


async def erase(request: Request) -> Response:
    """POST /settings/erase: everything of this runner, for good."""
    form = await form_of(request)
    seen = visit(request)
    if form.get("confirm") != "1":
        return _page(seen, errors={"confirm": seen.wording.word("settings.confirm-wanted")})
    await run_sync(forget_network, seen.house.settings.folder)
    request.app.state.assessments.forget()
    try:
        await wrap_future(seen.house.records.erase_runner(seen.runner.id))
    except NotErasedError:
        says = {"confirm": seen.wording.word("settings.not-erased-yet")}
        return _page(visit(request), errors=says, status=503)
    # What an installed page keeps on this device goes, too: the session, its figures, what was not sent.
    return RedirectResponse("/", status_code=303, headers={"clear-site-data": '"cache", "storage"'})


def _page(
    seen: Visit,
    said: Chosen | None = None,
    errors: Mapping[str, str] | None = None,
    *,
    saved: bool = False,
    status: int = 422,
) -> Response:
    """The page; `status` is that of a page with errors."""
    word, values = seen.wording.word, _values(seen, said)
    minutes = values["minutes"]
    context = {
        "values": values,
        "countries": _countries(seen),
        "languages": [{"id": name, "name": word(f"language.{name}")} for name in languages()],
        "heard": [{"id": way, "name": word(f"settings.heard.{way}")} for way in HEARD],
        "minutes": sorted({*MINUTES, minutes}) if isinstance(minutes, int) else MINUTES,
        "weekdays": [
            {"id": day, "name": word(f"word.{day}"), "short": word(f"word.{day}.short")} for day in WEEKDAYS
        ],
        "equipment": [{"id": thing, "name": word(f"equipment.{thing}")} for thing in THINGS],
        "training": "days" in seen.table,
        "errors": errors or {},
        "saved": saved,
        "data_at": str(seen.house.settings.folder),
        "devices": devices_of(seen.request),
    }
    return show(seen.request, "settings/settings.html", context, status if errors else 200)


def _values(seen: Visit, said: Chosen | None) -> dict[str, Any]:
    """What is kept, or what was just chosen where something of it was wrong."""
    settings = seen.runner.settings
    kept: dict[str, Any] = {
        "country": settings.get("country", ""),
        "units": unit_of(settings),
        "theme": settings.get("theme", ""),
        "language": seen.house.settings.language,
        "heard": heard(settings),
        **liked_week(settings, seen.table),
    }
    if said is None:
        return kept
    return kept | said.plain | said.week | ({} if said.heard is None else {"heard": said.heard})


def _countries(seen: Visit) -> list[dict[str, str]]:
    numbers = shipped_emergency_numbers()
    word = seen.wording.word
    known = [
        {"id": code, "name": word(f"country.{code}"), "number": numbers.of(code)}
        for code in numbers.countries()
    ]
    return [{"id": "", "name": word("country.other"), "number": numbers.of("")}, *known]
