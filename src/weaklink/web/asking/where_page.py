"""Where it hurts: the body to tap and the same places as a list."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.case.case_file import CaseError
from weaklink.library.records import Region
from weaklink.library.wording import spoken_name
from weaklink.web.drawing.body_map import VIEWS, regions_of
from weaklink.web.visit.changing import change
from weaklink.web.visit.forms import free_text, step_of, wanted
from weaklink.web.visit.trail import page_before, trail_with
from weaklink.web.visit.visit import Visit, form_of, show, visit

# From head to foot, as one looks at oneself.
FIGURE_REGIONS = (
    "neck", "back-upper", "back-lower", "hip-front", "hip-side", "buttock", "thigh-front", "thigh-back",
    "knee-front", "knee-back", "shin-front", "calf", "ankle-foot-front", "heel-foot",
)  # fmt: skip


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
    ticked = [str(value) for value in form.getlist("place")]
    story = free_text(form.get("story"))
    await _drawn(seen)
    if not ticked:
        return _page(seen, [], story, seen.wording.word("page.where.nothing"), 422)
    places = [dict(zip(("site", "side"), value.partition(":")[::2], strict=True)) for value in ticked]
    places = [place if place["side"] != "none" else {"site": place["site"]} for place in places]
    try:
        said = {"pain_at": places, "story": story}
        seen = await change(seen, lambda table: {**table, **said}, trail_with(seen, "/where"))
    except CaseError as error:
        return _page(seen, ticked, story, wanted(error, seen.wording), 422)
    return RedirectResponse(seen.leads_to, status_code=303)


async def _drawn(seen: Visit) -> None:
    """Have the bodies drawn before they are shown: after a change of the body that takes seconds, once."""
    for view in VIEWS:
        await run_in_threadpool(seen.house.figures.body_map, view, regions_of(view))


def _ticked(table: dict[str, Any]) -> list[str]:
    return [f"{place['site']}:{place.get('side', 'none')}" for place in table.get("pain_at", [])]


def _page(seen: Visit, ticked: list[str], story: str, error: str, status: int = 200) -> Response:
    context = {
        "groups": place_groups(seen, set(ticked)),
        "story": story,
        "error": error,
        "back": page_before(seen, "/where"),
        "step": step_of(seen, "where", "/where"),
    }
    return show(seen.request, "asking/where.html", context, status)


def place_groups(seen: Visit, ticked: set[str]) -> list[dict[str, Any]]:
    """Every place by the part of the body it belongs to, from head to foot."""
    groups = []
    for figure_region in FIGURE_REGIONS:
        regions = [r for r in seen.house.library.regions.values() if r.figure_region == figure_region]
        regions.sort(key=lambda region: region.order)
        sided = any(region.sided for region in regions)
        for side in ("right", "left") if sided else ("none",):
            groups.append(_group(seen, figure_region, side, regions, ticked))
    return groups


def _group(
    seen: Visit, figure_region: str, side: str, regions: list[Region], ticked: set[str]
) -> dict[str, Any]:
    places: list[dict[str, Any]] = []
    for region in regions:
        value = f"{region.id}:{side if region.sided else 'none'}"
        if not any(place["value"] == value for place in places):
            places.append({"value": value, "name": spoken_name(region), "checked": value in ticked})
    name = seen.wording.word(f"region.{figure_region}")
    side_word = seen.wording.word(f"word.{side}")
    return {
        "key": f"{figure_region}-{side}" if side != "none" else figure_region,
        "name": f"{side_word} {name}".strip().capitalize(),
        "places": places,
    }
