"""The weeks after, for API and pages: who trains what since when, and what their diary says."""

from __future__ import annotations

import datetime
import uuid
from asyncio import wrap_future
from collections.abc import Sequence
from typing import Any

import anyio.to_thread
import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request

from weaklink.bootstrap import House
from weaklink.care.follow_up import Following
from weaklink.care.keeping_diary import (
    began_on,
    kept_entry,
    kept_standing,
    told,
    where_it_leads,
    with_noticed,
)
from weaklink.care.ports import Episode, KeptEntry, KeptPlan
from weaklink.care.train import Asked, Today, Trainee
from weaklink.care.train import today as train_today
from weaklink.case.diary import AnyEntry
from weaklink.case.given import Given
from weaklink.case.standing import Standing
from weaklink.library.wording import Wording, shipped_wording
from weaklink.training.plan.plan_document import PlanDocument, plan_document
from weaklink.web.visit.assessments import Kept
from weaklink.web.visit.visit import Visit, visit

NO_PLAN = "There is no plan yet: answer the questions and choose your days first."


class Training(msgspec.Struct, frozen=True, kw_only=True):
    """Someone in training: what they said, their plan, their diary as kept."""

    house: House
    episode_id: str
    given: Given
    plan: PlanDocument
    kept: tuple[KeptEntry, ...]
    leads: Following | None = None  # where the diary leads; known once `keep_standing` has worked it out

    @property
    def wording(self) -> Wording:
        """Sentences in the runner's language."""
        return shipped_wording(self.house.settings.language)

    @property
    def standing(self) -> Standing:
        """What the diary says."""
        return told(self.kept)

    def server_day(self) -> datetime.date:
        """The day where the server stands."""
        return self.house.clock.now().astimezone().date()


async def training_of(request: Request) -> Training | None:
    """The runner's training; None while a plan is refused and none was ever made.

    Raises: HTTPException 409 before anything was said or chosen.
    """
    return await training_for(request, visit(request))


async def training_for(request: Request, seen: Visit) -> Training | None:
    """The same for a visit that is known already."""
    if seen.episode is None or seen.given is None:
        raise HTTPException(409, NO_PLAN)
    document = await _plan_of(request, seen)
    if document is None:
        return None
    return Training(
        house=seen.house,
        episode_id=seen.episode.id,
        given=seen.given,
        plan=msgspec.convert(document, PlanDocument),
        kept=seen.house.records.diary(seen.episode.id),
    )


async def _plan_of(request: Request, seen: Visit) -> dict[str, Any] | None:
    """The plan as it was kept; made and kept now where nobody has looked at it yet. None: refused."""
    assert seen.episode is not None
    assert seen.given is not None
    records = seen.house.records
    plan = records.plan(seen.episode.id)
    if plan is not None:
        return plan.document
    kept: Kept = request.app.state.assessments
    found = await kept.of(seen.given, seen.house.library, best_plan=True)
    if found.plan is None:
        return None
    made = KeptPlan(
        id=str(uuid.uuid4()),
        episode_id=seen.episode.id,
        document=plan_document(found.plan, seen.wording.say),
        edition=found.plan.edition,
        created_at=seen.house.clock.now(),
    )
    await wrap_future(records.keep_plan(made))
    return made.document


async def session_today(found: Training, date: datetime.date, asked: Asked) -> Today:
    """Today's session or why there is none, worked out off the event loop."""

    return await anyio.to_thread.run_sync(lambda: train_today(trainee_of(found, date), date, asked))


def trainee_of(found: Training, date: datetime.date) -> Trainee:
    """Who trains, as the rules see them."""
    entries = found.standing.entries
    return Trainee(
        given=found.given,
        plan=found.plan,
        entries=entries,
        library=found.house.library,
        wording=found.wording,
        began=began_on(entries, date),
    )


async def keep(found: Training, entries: Sequence[AnyEntry]) -> tuple[bool, ...]:
    """Keep entries, each version once; durable when it returns."""
    now = found.house.clock.now()
    rows = tuple(kept_entry(entry, found.episode_id, now) for entry in entries)
    return await wrap_future(found.house.records.keep_entries(rows))


async def keep_standing(found: Training) -> Training:
    """Work out where the whole diary leads, and keep it: the standing, and what every page has to know."""
    records, now = found.house.records, found.house.clock.now()
    kept = records.diary(found.episode_id)

    def work() -> Following:
        # East of here it may be tomorrow already.
        day = found.server_day() + datetime.timedelta(days=1)
        return where_it_leads(found.given, found.plan, kept, found.house.library, day)[1]

    leads = await anyio.to_thread.run_sync(work)
    await wrap_future(records.keep_standing(kept_standing(leads, found.episode_id, len(kept), now)))

    def changed(old: Episode) -> Episode:
        table = with_noticed(old.given, leads.given, found.given)
        return msgspec.structs.replace(old, given=table, updated_at=now)

    if with_noticed({}, leads.given, found.given):
        await wrap_future(records.change_episode(found.episode_id, changed))
    return msgspec.structs.replace(found, kept=kept, leads=leads)
