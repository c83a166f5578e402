"""Plan: the week, the running first, then the moves; or what is in conflict in a wish."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.care.kept_plan import changes_of, is_older
from weaklink.case.assessment import Assessment
from weaklink.case.values import Table
from weaklink.web.course.plan_now import plan_followed, plan_of_now
from weaklink.web.plan.plan_shown import plan_shown
from weaklink.web.visit.assessments import assessment_of
from weaklink.web.visit.changing import change
from weaklink.web.visit.visit import Visit, form_of, show, visit
from weaklink.web.words.day_words import said_day
from weaklink.web.words.plan_change_words import MadeAnew, change_lines


class NearestPlan(msgspec.Struct, frozen=True):
    """A plan that works near a wish that does not, and what is sent to have it."""

    says: str
    values: Mapping[str, str | int | float]


class ConflictPage(msgspec.Struct, frozen=True, kw_only=True):
    """What is in conflict in a wish, the nearest plans that work, and what was wished."""

    back: str = "/week"
    conflicts: list[str]
    nearest: list[NearestPlan]
    values: Table


async def plan_page(request: Request) -> Response:
    """GET /plan."""
    return await _answer(request, "plan/plan.html")


async def sheet_page(request: Request) -> Response:
    """GET /plan/print."""
    return await _answer(request, "plan/sheet.html")


async def make_anew(request: Request) -> Response:
    """POST /plan: the plan made anew from what is said now and today's knowledge."""
    await form_of(request)
    await change(visit(request), dict, because="knowledge")
    return RedirectResponse("/plan", status_code=303)


async def _answer(request: Request, template: str) -> Response:
    seen = visit(request)
    found = await assessment_of(seen, best_plan=True)
    if found is None or found.plan_refused:
        return RedirectResponse(seen.leads_to, status_code=303)
    if "days" not in seen.table:
        return RedirectResponse("/week", status_code=303)
    plan = plan_followed(seen, found)
    if plan is None or found.plan is None:
        return show(request, "plan/conflict.html", _conflict(seen, found))
    now = await plan_of_now(seen, plan)
    if now.closed:
        return RedirectResponse(seen.leads_to, status_code=303)
    shown = plan_shown(seen, found, now)
    if template == "plan/sheet.html":
        # Of the course: paper has a box for each of its weeks.
        shown = msgspec.structs.replace(shown, week_number=now.week)
    return show(request, template, msgspec.structs.replace(shown, made_anew=_made_anew(seen)))


def _made_anew(seen: Visit) -> MadeAnew:
    """Why the plan that is kept was made, what that changed, and whether there is newer knowledge."""
    kept = seen.kept_plan
    if kept is None or seen.episode is None:
        return MadeAnew()
    word = seen.wording.word
    offer = MadeAnew(
        older=is_older(kept, seen.house.library),
        older_says=word("plan.older"),
        older_button=word("plan.older.make"),
    )
    if kept.because in ("", "first"):
        return offer
    plans = seen.house.records.plans(seen.episode.id)
    changes = changes_of(plans[1] if len(plans) > 1 else None, kept)
    return msgspec.structs.replace(
        offer,
        because=word(f"plan.because.{kept.because}"),
        day=said_day(kept.created_at.astimezone().date(), seen.today, seen.wording),
        lines=change_lines(changes, seen.house.library, seen.wording),
    )


def _conflict(seen: Visit, found: Assessment) -> ConflictPage:
    assert found.conflict is not None
    say = seen.wording.say
    return ConflictPage(
        conflicts=[say(message) for message in found.conflict.conflicts],
        nearest=[NearestPlan(say(message), message.values) for message in found.conflict.nearest],
        values=seen.table,
    )
