"""Where it hurts: the body to tap and the same places as a list."""

from __future__ import annotations

from typing import Annotated

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.case.case_file import CaseError
from weaklink.case.values import MAX_STORY, Table
from weaklink.library.records import Region
from weaklink.library.wording import spoken_name
from weaklink.web.asking.earlier import came_back
from weaklink.web.drawing.body_map import VIEWS, regions_of
from weaklink.web.visit.changing import change
from weaklink.web.visit.forms import IntakePlace, step_of, wanted
from weaklink.web.visit.trail import page_before, trail_with
from weaklink.web.visit.typed_form import read_form
from weaklink.web.visit.visit import Visit, form_of, show, visit

BEFORE = "/before"
# From head to foot, as one looks at oneself.
FIGURE_REGIONS = (
    "neck", "back-upper", "back-lower", "hip-front", "hip-side", "buttock", "thigh-front", "thigh-back",
    "knee-front", "knee-back", "shin-front", "calf", "ankle-foot-front", "heel-foot",
)  # fmt: skip


class WhereForm(msgspec.Struct, frozen=True, kw_only=True):
    """What the form says: places as "site:side"."""

    place: tuple[str, ...] = ()
    story: Annotated[str, msgspec.Meta(max_length=MAX_STORY)] = ""


class PlaceBox(msgspec.Struct, frozen=True, kw_only=True):
    """One place to tick."""

    value: str
    name: str
    checked: bool


class PlaceGroup(msgspec.Struct, frozen=True, kw_only=True):
    """The places of one part of the body, on one side."""

    key: str
    name: str
    places: tuple[PlaceBox, ...]


class WherePage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows."""

    groups: list[PlaceGroup]
    story: str
    error: str
    back: str
    step: IntakePlace


async def where_page(request: Request) -> Response:
    """GET /where."""
    seen = visit(request)
    if seen.given is None:
        return RedirectResponse("/who" if seen.episode else "/", status_code=303)
    await _drawn(seen)
    return _page(seen, _ticked(seen.table), str(seen.table.get("story", "")), "")


async def keep_where(request: Request) -> Response:
    """POST /where."""
    form = await form_of(request)
    seen = visit(request)
    read = read_form(form, WhereForm, seen.wording)
    ticked, story = [str(value) for value in form.getlist("place")], read.said.get("story", "")
    await _drawn(seen)
    if read.value is None:
        return _page(seen, ticked, story, " ".join(read.errors.values()), 422)
    if not ticked:
        return _page(seen, [], story, seen.wording.word("page.where.nothing"), 422)
    try:
        said = {"pain_at": [_place(value) for value in ticked], "story": read.value.story}
        seen = await change(seen, lambda table: {**table, **said}, trail_with(seen, "/where"))
    except CaseError as error:
        return _page(seen, ticked, story, wanted(error, seen.wording), 422)
    return RedirectResponse(BEFORE if came_back(seen) is not None else seen.leads_to, status_code=303)


async def _drawn(seen: Visit) -> None:
    """Have the bodies drawn before they are shown: after a change of the body that takes seconds, once."""
    for view in VIEWS:
        await run_in_threadpool(seen.house.figures.body_map, view, regions_of(view))


def _place(value: str) -> dict[str, str]:
    site, _, side = value.partition(":")
    return {"site": site} if side == "none" else {"site": site, "side": side}


def _ticked(table: Table) -> list[str]:
    return [f"{place['site']}:{place.get('side', 'none')}" for place in table.get("pain_at", [])]


def _page(seen: Visit, ticked: list[str], story: str, error: str, status: int = 200) -> Response:
    page = WherePage(
        groups=place_groups(seen, set(ticked)),
        story=story,
        error=error,
        back=page_before(seen, "/where"),
        step=step_of(seen, "where", "/where"),
    )
    return show(seen.request, "asking/where.html", page, status)


def place_groups(seen: Visit, ticked: set[str]) -> list[PlaceGroup]:
    """Every place by the part of the body it belongs to, from head to foot."""
    groups = []
    for figure_region in FIGURE_REGIONS:
        regions = [r for r in seen.house.library.regions.values() if r.figure_region == figure_region]
        regions.sort(key=lambda region: region.order)
        sided = any(region.sided for region in regions)
        for side in ("right", "left") if sided else ("none",):
            groups.append(_group(seen, figure_region, side, regions, ticked))
    return groups


def _group(seen: Visit, figure_region: str, side: str, regions: list[Region], ticked: set[str]) -> PlaceGroup:
    places: dict[str, PlaceBox] = {}
    for region in regions:
        value = f"{region.id}:{side if region.sided else 'none'}"
        places.setdefault(value, PlaceBox(value=value, name=spoken_name(region), checked=value in ticked))
    name = seen.wording.word(f"region.{figure_region}")
    side_word = seen.wording.word(f"word.{side}")
    return PlaceGroup(
        key=f"{figure_region}-{side}" if side != "none" else figure_region,
        name=f"{side_word} {name}".strip().capitalize(),
        places=tuple(places.values()),
    )
