"""The weeks after, for API and pages: who trains what since when, and what their diary says."""

from __future__ import annotations

import datetime
import functools
from asyncio import wrap_future
from collections.abc import Sequence

import anyio.to_thread
import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request

from weaklink.bootstrap import House
from weaklink.care.folding import Diary
from weaklink.care.follow_up import Following, Judge
from weaklink.care.keeping_diary import KeptCourse, Lead, keep_and_follow, kept_entry
from weaklink.care.kept_plan import document_in_words, made_anew, plan_kept, planned
from weaklink.care.ports import KeptPlan
from weaklink.care.train import SessionRequest, Today, Trainee, plan_for, stands
from weaklink.care.train import today as train_today
from weaklink.case.diary import AnyEntry
from weaklink.case.given import Given
from weaklink.case.plan import Conflict, Plan
from weaklink.library.wording import Wording
from weaklink.training.plan.plan_document import PlanDocument
from weaklink.web.visit.assessments import KeptAssessments, assessment_of
from weaklink.web.visit.visit import Visit, visit, visit_again

NO_PLAN = "There is no plan yet: answer the questions and choose your days first."


class Training(msgspec.Struct, frozen=True, kw_only=True):
    """Someone in training: what they said, their plan, their diary as kept."""

    seen: Visit
    episode_id: str
    given: Given
    plan: PlanDocument
    told: Diary

    @property
    def house(self) -> House:
        """The house that speaks the runner's language."""
        return self.seen.house

    @property
    def wording(self) -> Wording:
        """Sentences in the runner's language and units."""
        return self.seen.wording

    @property
    def judge(self) -> Judge:
        """Judges what is said, and remembers it."""
        kept: KeptAssessments = self.seen.request.app.state.assessments
        return kept.judge

    def course(self, day: datetime.date) -> KeptCourse:
        """The course as it is kept, up to a day."""
        return KeptCourse(
            given=self.given,
            plan=self.plan,
            told=self.told,
            library=self.house.library,
            today=day,
            judge=self.judge,
            as_read=self.house.episode_as_read,
        )

    def server_day(self) -> datetime.date:
        """The day where the server stands."""
        return self.seen.today


async def training_of(request: Request) -> Training | None:
    """The runner's training; None while a plan is refused and none was ever made.

    Raises: HTTPException 409 before anything was said or chosen.
    """
    return await training_for(visit(request))


async def training_for(seen: Visit) -> Training | None:
    """The same for a visit that is known already."""
    if seen.episode is None or seen.given is None:
        raise HTTPException(409, NO_PLAN)
    plan = await plan_in_words(seen)
    if plan is None:
        return None
    return Training(seen=seen, episode_id=seen.episode.id, given=seen.given, plan=plan, told=seen.diary)


async def plan_in_words(seen: Visit) -> PlanDocument | None:
    """The plan that is followed, in the runner's words; None where none was made and none may be."""
    plan = plan_kept(seen.kept_plan, seen.house.library)
    if plan is None:
        # Nobody decided yet: what would be made now is shown, and kept with the next thing that is told.
        found = await assessment_of(seen, best_plan=True)
        plan = found.plan if found is not None else None
    return document_in_words(plan, seen.wording) if plan is not None else None


async def session_today(found: Training, date: datetime.date, asked: SessionRequest) -> Today:
    """Today's session or why there is none, worked out off the event loop."""

    return await anyio.to_thread.run_sync(lambda: train_today(trainee_of(found, date), date, asked))


def trainee_of(found: Training, date: datetime.date) -> Trainee:
    """Who trains, as the rules see them."""
    return Trainee(
        given=found.given,
        plan=found.plan,
        told=found.told,
        library=found.house.library,
        wording=found.wording,
        began=found.course(date).began,
        judge=found.judge,
    )


async def keep(found: Training, entries: Sequence[AnyEntry]) -> Lead:
    """Keep entries, each version once, and where they lead; durable when it returns.

    A plan that nobody kept yet is kept then, and one of another kind than is allowed now is made anew.
    """
    records, now = found.house.records, found.house.clock.now()
    rows = tuple(kept_entry(entry, found.episode_id, now) for entry in entries)
    # East of here it may be tomorrow already.
    day = found.server_day() + datetime.timedelta(days=1)

    def course(told: Diary) -> KeptCourse:
        return msgspec.structs.replace(found, told=told).course(day)

    name = found.episode_id
    change = functools.partial(keep_and_follow, entries=rows, episode_id=name, course=course, now=now)
    lead = await wrap_future(records.change_diary(name, change))
    plan = await _plan_after(found, lead.leads)
    if plan is not None:
        await wrap_future(records.keep_plan(plan))
    visit_again(found.seen)
    return lead


async def _plan_after(found: Training, leads: Following) -> KeptPlan | None:
    """The plan to keep with what was told: the first one, or one of another kind or of another phase."""
    before = found.seen.kept_plan
    another = not stands(found.plan, leads)
    if leads.refused or (before is not None and not another):
        return None
    made: Plan | Conflict | None
    if another:
        made = await anyio.to_thread.run_sync(plan_for, leads, "greedy")
    else:
        kept: KeptAssessments = found.seen.request.app.state.assessments
        made = (await kept.of(found.given, found.house.library, best_plan=True)).plan
    if not isinstance(made, Plan):
        return None
    return made_anew(
        before, planned(made, "course", found.episode_id, found.wording, found.house.clock.now())
    )
