"""Episodes: the list of them, going on with one, and a new one only beside a question."""

from __future__ import annotations

from asyncio import wrap_future
from typing import Literal

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.care.episodes import going_on_with
from weaklink.care.ports import GONE_ON_WITH, Episode
from weaklink.web.asking.earlier import EpisodeLine, episode_line, episodes_so_far
from weaklink.web.visit.assessments import assessment_of
from weaklink.web.visit.changing import change_settings
from weaklink.web.visit.visit import Visit, form_of, show, visit, visit_again

PAGE = "/episodes"


class EpisodesPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows; `aim` is that of a new one, where one was asked for.

    `waits`: somebody has to be seen first, and no other plan takes the place of that.
    """

    here: EpisodeLine | None
    earlier: list[EpisodeLine]
    leads_to: str
    aim: Literal["pain", "prevent", ""]
    waits: bool


async def episodes_page(request: Request) -> Response:
    """GET /episodes; with ?aim=pain or prevent it asks first whether it is something new."""
    seen = visit(request)
    if seen.episode is None:
        return RedirectResponse("/", status_code=303)
    lines = [episode_line(seen, one) for one in episodes_so_far(seen)]
    aim = request.query_params.get("aim", "")
    page = EpisodesPage(
        here=next((one for one in lines if one.here), None),
        earlier=[one for one in lines if not one.here and one.planned],
        leads_to="/today" if seen.kept_plan is not None and seen.leads_to == "/result" else seen.leads_to,
        aim="prevent" if aim == "prevent" else "pain" if aim == "pain" else "",
        waits=await _waits(seen),
    )
    return show(request, "asking/episodes.html", page)


async def go_on(request: Request) -> Response:
    """POST /episodes: go on with an earlier one. Its danger signs are asked again before anything is trained.

    While somebody has to be seen first, that stays.
    """
    form = await form_of(request)
    seen = visit(request)
    wanted = str(form.get("episode", ""))
    if seen.episode is None or wanted == seen.episode.id:
        return RedirectResponse(seen.leads_to, status_code=303)
    if wanted not in {one.id for one in seen.house.records.episodes(seen.runner.id)}:
        return RedirectResponse(PAGE, status_code=303)  # erased meanwhile
    if await _waits(seen):
        return RedirectResponse("/referral", status_code=303)
    await _reopen(seen, wanted, seen.episode)
    await change_settings(seen, lambda old: {**old, GONE_ON_WITH: wanted})
    return RedirectResponse(visit_again(seen).leads_to, status_code=303)


async def _waits(seen: Visit) -> bool:
    """Whether the answers of now end at a professional."""
    found = await assessment_of(seen) if seen.given is not None else None
    return found is not None and found.disposition.refers


async def _reopen(seen: Visit, wanted: str, left: Episode) -> None:
    now, library = seen.house.clock.now(), seen.house.library

    def reopened(kept: Episode) -> Episode:
        old = seen.house.episode_as_read(kept)
        table = going_on_with(old.given, left.given, library)
        return msgspec.structs.replace(old, given=table, updated_at=now)

    await wrap_future(seen.house.records.change_episode(wanted, reopened))
