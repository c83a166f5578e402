"""Plan now: the plan as the diary has moved it on, for page and sheet; as it was made before any session."""

from __future__ import annotations

import datetime

import anyio.to_thread
import msgspec

from weaklink.care.kept_plan import plan_kept
from weaklink.care.programme_now import offered
from weaklink.care.train import plan_today
from weaklink.care.train import today as train_today
from weaklink.case.assessment import Assessment
from weaklink.case.plan import Plan
from weaklink.quantities import Message
from weaklink.training.course.course import Course, Reason
from weaklink.training.session.doses_now import with_limits_of
from weaklink.web.course.day_wishes import wish_of
from weaklink.web.course.training import Training, trainee_of, training_for
from weaklink.web.visit.visit import Visit


class PlanNow(msgspec.Struct, frozen=True, kw_only=True):
    """A plan, the week of it that counts now, and the week of the course, both from 1."""

    plan: Plan
    plan_week: int = 1
    week: int = 1
    closed: bool = False  # nothing may be trained now, and neither page nor paper says otherwise
    begun: bool = False
    upkeep: bool = False
    due: bool = False  # a session is due today
    offered: bool = False  # a programme of phases might be followed, and is not
    today: datetime.date | None = None
    says: tuple[Message, ...] = ()  # what is different in this week
    reasons: dict[str, Reason] = {}  # the last change of each dose, by the exercise that is given now


async def plan_of_now(seen: Visit, plan: Plan) -> PlanNow:
    """The plan with the doses of now."""
    training = await training_for(seen)
    if training is None:
        return PlanNow(plan=plan, closed=True)
    return await anyio.to_thread.run_sync(_plan_now, seen, training, plan)


def plan_followed(seen: Visit, found: Assessment) -> Plan | None:
    """The plan as it is kept; what would be made now where nobody decided yet."""
    return plan_kept(seen.kept_plan, seen.house.library) or found.plan


def _plan_now(seen: Visit, training: Training, plan: Plan) -> PlanNow:
    day = training.server_day()
    trainee = trainee_of(training, day)
    today = train_today(trainee, day, wish_of(seen, day).asked(training.episode_id))
    if today.following.refused:
        return PlanNow(plan=plan, closed=True)
    plan = with_limits_of(today.made or plan, today.following.setting)
    due, offer = today.pack is not None, offered(today.following) is not None
    if training.told.past.first_session is None or today.due is None:
        return PlanNow(plan=plan, due=due, offered=offer, today=day)
    made, number = plan_today(trainee, plan, today, day)
    course, upkeep = today.following.course, today.following.stage.phase == "upkeep"
    kind = "lighter" if today.due.week in course.lighter else "upkeep" if upkeep else ""
    return PlanNow(
        plan=made,
        plan_week=number,
        week=today.due.week,
        begun=True,
        upkeep=upkeep,
        due=due,
        offered=offer and not upkeep,
        today=day,
        says=(Message(f"training.day-{kind}"),) if kind else (),
        reasons=_last_changes(course),
    )


def _last_changes(course: Course) -> dict[str, Reason]:
    """What a session changed last, by exercise; a lighter week is over with its week."""
    return dict(course.last_change)
