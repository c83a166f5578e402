"""Plan now: the plan as the diary has moved it on, for the sheet; as it was made before any session."""

from __future__ import annotations

import msgspec
from starlette.requests import Request

from weaklink.care.train import Asked
from weaklink.case.diary import SessionBegun
from weaklink.case.plan import Plan
from weaklink.training.doses_now import plan_now
from weaklink.web.visit import Visit
from weaklink.web.weeks import session_today, training_for


class PlanNow(msgspec.Struct, frozen=True, kw_only=True):
    """A plan, the week of it that counts now, and the week of the course, both from 1."""

    plan: Plan
    plan_week: int = 1
    week: int = 1
    closed: bool = False  # nothing may be trained now, and no paper says otherwise


async def plan_of_now(request: Request, seen: Visit, plan: Plan) -> PlanNow:
    """The plan with the doses of now."""
    training = await training_for(request, seen)
    if training is None:
        return PlanNow(plan=plan, closed=True)
    today = await session_today(training, training.server_day(), Asked(episode=training.episode_id))
    following = today.following
    if following.refused:
        return PlanNow(plan=plan, closed=True)
    begun = any(isinstance(entry, SessionBegun) for entry in training.standing.entries)
    if not begun or today.due is None:
        return PlanNow(plan=plan)
    number = min(today.due.plan_week, len(plan.weeks))
    now = plan_now(plan, number, following.course.doses, following.setting)
    return PlanNow(plan=now, plan_week=number, week=today.due.week)
