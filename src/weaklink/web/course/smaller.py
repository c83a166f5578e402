"""Smaller: the offer of fewer sessions a week on Today, and what follows from the answer to it."""

from __future__ import annotations

import datetime

from weaklink.care.follow_up import Following
from weaklink.case.values import Table
from weaklink.training.course.rungs import training_days
from weaklink.training.course.smaller_plan import LOOKED_AT_WEEKS, SmallerPlan, smaller_plan
from weaklink.training.progression.away import DAY
from weaklink.training.session.left_session import is_left
from weaklink.web.course.training import Training
from weaklink.web.visit.changing import change, note

KEPT = "kept_size"  # the step that says when the plan was wanted as it is
ASKED_AGAIN = LOOKED_AT_WEEKS * 7 * DAY


def offer_of(found: Training, following: Following, today: datetime.date) -> SmallerPlan | None:
    """What is offered on a day; None where nothing may be trained, or the plan was wanted as it is lately."""
    episode, plan = found.seen.episode, found.seen.kept_plan
    if following.refused or episode is None or plan is None or following.stage.phase == "upkeep":
        return None
    said = str(episode.steps.get(KEPT, ""))
    if said > (today - ASKED_AGAIN).isoformat():
        return None
    profile = following.setting.limits.profile
    trained = [s.date for s in following.course.sessions if s.trained and not is_left(s, profile)]
    began = max(plan.created_at.date(), following.past.first_session or today)
    return smaller_plan(trained, training_days(found.plan), following.past.away, began, today)


async def make_smaller(found: Training, offer: SmallerPlan) -> None:
    """The plan made anew for fewer days; everything that was told stays."""

    def fewer(table: Table) -> Table:
        return {**table, "days": list(offer.days)}

    await change(found.seen, fewer, because="week")


async def keep_size(found: Training, today: datetime.date) -> None:
    """Remember that the plan is wanted as it is."""
    await note(found.seen, {KEPT: today.isoformat()})
