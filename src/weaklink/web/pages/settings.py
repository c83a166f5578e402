"""Settings: country, units, theme, language, equipment; and erasing everything."""

from __future__ import annotations

from asyncio import wrap_future
from typing import Any, get_args

import msgspec
from anyio.to_thread import run_sync
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.library.emergency import shipped_emergency_numbers
from weaklink.library.records import ALWAYS_THERE, Equipment
from weaklink.library.wording import LOCALE
from weaklink.web.visit import Visit, change, form_of, show, visit

CHOICES = {"units": ("km", "mi"), "theme": ("", "light", "dark")}
A_YEAR = 31_536_000


async def settings_page(request: Request) -> Response:
    """GET /settings."""
    seen = visit(request)
    return show(request, "settings.html", _context(seen, saved=request.query_params.get("saved") == "1"))


async def keep_settings(request: Request) -> Response:
    """POST /settings."""
    form = await form_of(request)
    seen = visit(request)
    said = {key: str(form.get(key, "")) for key in ("country", "units", "theme", "language")}
    countries = {entry["id"] for entry in _countries(seen)}
    if said["country"] not in countries or any(said[key] not in known for key, known in CHOICES.items()):
        raise HTTPException(422, "One of the settings is not among its choices.")
    runner = msgspec.structs.replace(seen.runner, settings={**seen.runner.settings, **said})
    await wrap_future(seen.house.records.keep_runner(runner))
    if seen.episode is not None:
        equipment = [str(thing) for thing in form.getlist("equipment")]
        await change(seen, lambda table: {**table, "country": said["country"], "equipment": equipment})
    response = RedirectResponse("/settings?saved=1", status_code=303)
    response.set_cookie("theme", said["theme"], max_age=A_YEAR, httponly=True, samesite="lax")
    return response


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
        raise HTTPException(422, "Erasing needs its box to be ticked.")
    await wrap_future(seen.house.records.erase_runner(seen.runner.id))
    request.app.state.assessments.forget()
    # What an installed page keeps on this device goes, too: the session, its figures, what was not sent.
    return RedirectResponse("/", status_code=303, headers={"clear-site-data": '"cache", "storage"'})


def _context(seen: Visit, *, saved: bool) -> dict[str, Any]:
    settings = seen.runner.settings
    word = seen.wording.word
    languages = sorted(path.name for path in LOCALE.iterdir() if path.is_dir())
    return {
        "values": {
            "country": settings.get("country", ""),
            "units": settings.get("units", "km"),
            "theme": settings.get("theme", ""),
            "language": seen.house.settings.language,
            "equipment": seen.table.get("equipment", []),
        },
        "countries": _countries(seen),
        "languages": [{"id": name, "name": word(f"language.{name}")} for name in languages],
        "equipment": [
            {"id": thing, "name": word(f"equipment.{thing}")}
            for thing in get_args(Equipment)
            if thing not in ALWAYS_THERE
        ],
        "saved": saved,
        "data_at": str(seen.house.settings.folder),
    }


def _countries(seen: Visit) -> list[dict[str, str]]:
    numbers = shipped_emergency_numbers()
    word = seen.wording.word
    known = [
        {"id": code, "name": word(f"country.{code}"), "number": numbers.of(code)}
        for code in numbers.countries()
    ]
    return [{"id": "", "name": word("country.other"), "number": numbers.of("")}, *known]
