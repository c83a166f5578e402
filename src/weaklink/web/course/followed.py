"""Followed: the weeks' pages' visitor, with the plan, the diary, and where both have led."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

import anyio.to_thread
import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.care.entry_reader import ReadBatch
from weaklink.care.follow_up import Following
from weaklink.care.keeping_diary import where_it_leads
from weaklink.care.ports import EpisodeId
from weaklink.training.course.day_told import DayTold
from weaklink.training.course.past import Past
from weaklink.training.course.weeks import Weeks
from weaklink.web.course.sent_entries import at_episode, keep_batch
from weaklink.web.course.training import Training, training_for
from weaklink.web.visit.preferences import km_per_unit, unit_of
from weaklink.web.visit.visit import Visit, visit

LOOK_BACK = (datetime.timedelta(days=40), datetime.timedelta(days=400))
GONE = "This page is of a plan that is no longer here."


class Followed(msgspec.Struct, frozen=True, kw_only=True):
    """Someone in training on a day: what the diary says and where it leads."""

    seen: Visit
    training: Training
    following: Following
    today: datetime.date

    @property
    def past(self) -> Past:
        """What the diary said so far."""
        return self.following.past

    @property
    def began(self) -> datetime.date:
        """The first day of the course."""
        return self.past.first_session or self.today

    @property
    def weeks(self) -> Weeks:
        """The weeks of the course up to today."""
        return self.training.course(self.today).weeks()

    def days_from(self, since: datetime.date | None) -> Sequence[DayTold]:
        """What the diary says day by day, from a day on."""
        return self.training.told.days_from(since)

    def looking_back(self) -> Iterator[Sequence[DayTold]]:
        """The days of the diary, ever more of them: what is looked for is nearly always recent."""
        for far in LOOK_BACK:
            yield self.days_from(self.today - far)
        yield self.days_from(None)

    @property
    def is_sent_on(self) -> bool:
        """Whether somebody should be seen, with or without training meanwhile."""
        return self.following.is_sent_on

    @property
    def closed(self) -> bool:
        """Whether nothing may be trained: then no page names an exercise."""
        return bool(self.following.refused)

    @property
    def unit(self) -> str:
        """km or mi, as the runner chose."""
        return unit_of(self.seen.runner.settings)

    @property
    def km_per_unit(self) -> float:
        """Kilometres of one unit of distance."""
        return km_per_unit(self.seen.runner.settings)


async def followed(request: Request, episode: EpisodeId = "") -> Followed | Response:
    """Who is here with their weeks; before a plan, the page that comes next instead.

    Args:
        episode: the one a form was shown in, where it may be another than the present one by now.
    Raises: HTTPException 409 for an episode that is no longer here.
    """
    seen = _visit_in(visit(request), episode)
    training = await training_for(seen) if seen.given and "days" in seen.table else None
    if training is None:
        return RedirectResponse(seen.leads_to, status_code=303)
    day = training.server_day()
    following = await anyio.to_thread.run_sync(where_it_leads, training.course(day))
    return Followed(seen=seen, training=training, following=following, today=day)


def _visit_in(seen: Visit, episode: EpisodeId) -> Visit:
    if episode in ("", seen.episode.id if seen.episode is not None else ""):
        return seen
    for one in seen.house.records.episodes(seen.runner.id):
        if one.id == episode:
            return at_episode(seen, one)
    raise HTTPException(409, GONE)


async def keep_and_go_on(request: Request, entries: ReadBatch, back: str) -> Response:
    """Keep entries, and go where they lead: back to a page, to open questions, or to whom to see.

    Raises: HTTPException 409 for entries of an episode that is no longer here.
    """
    if (await keep_batch(visit(request), entries)).refused:
        raise HTTPException(409, GONE)
    leads = visit(request).leads_to
    return RedirectResponse(back if leads == "/result" else leads, status_code=303)
