"""Plan keeping: a plan as a document, kept when it is new; every page and session follows the newest."""

from __future__ import annotations

import uuid
from asyncio import wrap_future

from weaklink.care.ports import KeptPlan
from weaklink.case.plan import Plan
from weaklink.training.plan.plan_document import plan_document
from weaklink.web.visit.visit import Visit


async def keep_plan(seen: Visit, plan: Plan) -> None:
    """Keep a plan for who is here; diary and earlier plans stay. The same one again changes nothing."""
    assert seen.episode is not None
    document = plan_document(plan, seen.wording.say)
    kept = seen.house.records.plan(seen.episode.id)
    if kept is not None and kept.document == document:
        return
    made = KeptPlan(
        id=str(uuid.uuid4()),
        episode_id=seen.episode.id,
        document=document,
        edition=plan.edition,
        created_at=seen.house.clock.now(),
    )
    await wrap_future(seen.house.records.keep_plan(made))
