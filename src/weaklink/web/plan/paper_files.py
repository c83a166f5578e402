"""Paper: the plan sheet and the referral letter as one-page PDF, where the extra `pdf` is installed."""

from __future__ import annotations

from collections.abc import Callable

import anyio.to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.care.kept_plan import document_kept
from weaklink.care.referral import referral
from weaklink.exchange.letter_sheet import letter_sheet
from weaklink.exchange.paper import NoPaperError, Size
from weaklink.exchange.plan_sheet import plan_sheet
from weaklink.web.course.plan_now import plan_followed, plan_of_now
from weaklink.web.plan.paper_sheets import Addressee, done_lines, letter_of, pain_chart, sheet_of
from weaklink.web.visit.assessments import assessment_of
from weaklink.web.visit.visit import Visit, visit

LETTER_COUNTRIES = ("US", "CA")  # where paper is US letter


async def plan_pdf(request: Request) -> Response:
    """GET /plan/sheet.pdf: the plan on one page. A closed plan gives none."""
    seen = visit(request)
    found = await assessment_of(seen, best_plan=True)
    if found is None or found.plan_refused:
        return RedirectResponse(seen.leads_to, status_code=303)
    plan = plan_followed(seen, found)
    if "days" not in seen.table or plan is None or found.plan is None:
        return RedirectResponse("/plan", status_code=303)
    now = await plan_of_now(seen, plan)
    if now.closed:
        return RedirectResponse("/referral", status_code=303)
    to, figures = _addressee(seen), seen.house.figures

    def work() -> bytes:
        return plan_sheet(sheet_of(found, now, to, figures), _size(seen))

    return await _pdf(work, "weaklink-sheet.pdf")


async def letter_pdf(request: Request) -> Response:
    """GET /referral/letter.pdf: the letter on one page, with what the diary says."""
    seen = visit(request)
    found = await assessment_of(seen)
    if found is None or found.disposition.tier in ("self-manage", "prevention"):
        return RedirectResponse(seen.leads_to, status_code=303)
    assert seen.episode is not None
    to = _addressee(seen)
    made = referral(found.given, found.disposition, to.library, to.wording)

    def work() -> bytes:
        diary, plan = seen.diary, document_kept(seen.kept_plan)
        done = done_lines(diary, plan, to.date, to.wording) if plan is not None else ()
        return letter_sheet(letter_of(made, to, done, pain_chart(diary, to.wording)), _size(seen))

    return await _pdf(work, "weaklink-letter.pdf")


def _addressee(seen: Visit) -> Addressee:
    return Addressee(
        library=seen.house.library,
        wording=seen.wording,
        date=seen.today,
        name=seen.runner.name,
        language=seen.house.settings.language,
    )


def _size(seen: Visit) -> Size:
    return "us-letter" if seen.table.get("country") in LETTER_COUNTRIES else "a4"


async def _pdf(work: Callable[[], bytes], name: str) -> Response:
    try:
        content = await anyio.to_thread.run_sync(work)
    except NoPaperError as error:
        raise HTTPException(404, f"{error}. Print from the browser instead.") from error
    # The name says nothing of health; a browser keeps it in its list of downloads.
    headers = {"content-disposition": f'inline; filename="{name}"', "cache-control": "no-store"}
    return Response(content, media_type="application/pdf", headers=headers)
