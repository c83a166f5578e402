"""Screening: the safety questions of a day on a page of their own, for training from the sheet."""

from __future__ import annotations

import uuid
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.care.keeping_diary import read_entries
from weaklink.care.train import screening
from weaklink.quantities import TIERS
from weaklink.training.session.session_pack import Closing, Question, strictest_closing
from weaklink.web.course.followed import Followed, followed, keep_and_go_on
from weaklink.web.visit.posted import Posted
from weaklink.web.visit.visit import form_of, show

PAGE = "/session/check"
ANSWERS = ("no", "yes", "unsure")


async def screening_page(request: Request) -> Response:
    """GET /session/check."""
    here = await followed(request)
    if isinstance(here, Response):
        return here
    if here.closed:
        return RedirectResponse("/referral", status_code=303)
    return _page(here, done=here.seen.request.query_params.get("done") == "1")


async def keep_screening(request: Request) -> Response:
    """POST /session/check: every answer is written into the diary, each no as well."""
    form = await form_of(request)
    here = await followed(request)
    if isinstance(here, Response):
        return here
    posted = Posted(form, here.seen.wording)
    closings, questions = _asked(here)
    answers = {question.id: _answer(form, question) for question in questions}
    if not (form.get("none") or form.get("some")) or "" in answers.values():
        return _page(here, said=answers, wrong=here.seen.wording.word("weeks.screening-wanted"), status=422)
    known = {entry.id: entry.at for entry in here.training.kept}
    at = known.get(posted.id, here.seen.house.clock.now().astimezone())
    told = {"kind": "rescreened", "id": posted.id, "at": at.isoformat(), "answers": answers}
    kept = await keep_and_go_on(
        request, here, read_entries([told], here.seen.house.library), f"{PAGE}?done=1"
    )
    leads = strictest_closing(questions, answers)
    # Gentler training is still allowed: whom to see stands here, and the plan is made anew.
    return kept if leads < 0 or closings[leads].closes else _page(here, closing=closings[leads])


def _asked(here: Followed) -> tuple[tuple[Closing, ...], tuple[Question, ...]]:
    seen = here.seen
    return screening(here.following.given, seen.house.library, seen.wording)


def _answer(form: FormData, question: Question) -> str:
    """What was said to one question; empty where it was never answered and is not answered now."""
    how = str(form.get(f"how:{question.id}", ""))
    if not question.known:
        return how if how in ANSWERS else ""
    if question.id not in form.getlist("new"):
        return "no"
    return "unsure" if how == "unsure" else "yes"


def _page(
    here: Followed,
    *,
    said: dict[str, str] | None = None,
    done: bool = False,
    closing: Closing | None = None,
    wrong: str = "",
    status: int = 200,
) -> Response:
    closings, questions = _asked(here)
    said = said or {}
    shown = [
        (_tier(question, closings), _question(question, said.get(question.id, ""))) for question in questions
    ]
    order = [*TIERS, "known"]
    tiers = sorted({tier for tier, question in shown if question["known"]}, key=order.index)
    context = {
        "id": str(uuid.uuid4()),
        "alone": [question for _, question in shown if not question["known"]],
        "groups": [
            {"tier": tier, "questions": [q for its, q in shown if its == tier and q["known"]]}
            for tier in tiers
        ],
        "leads": [closing.tier for closing in closings],
        "done": done,
        "closing": closing,
        "wrong": wrong,
    }
    return show(here.seen.request, "weeks/screening.html", context, status)


def _tier(question: Question, closings: tuple[Closing, ...]) -> str:
    return closings[question.yes].tier if question.yes >= 0 else "known"


def _question(question: Question, said: str) -> dict[str, Any]:
    return {
        "id": question.id,
        "text": question.text,
        "help": question.help,
        "yes": question.yes,
        "unsure": question.unsure,
        "known": question.known,
        "said": said,
    }
