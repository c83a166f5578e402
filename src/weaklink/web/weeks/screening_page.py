"""Screening: the safety questions of a day on a page of their own, for training from the sheet."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Literal, get_args

import msgspec
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.care.train import check_on, screening
from weaklink.case.diary import Answer, Rescreened
from weaklink.quantities import TIERS
from weaklink.training.session.session_pack import Closing, PackCheck, PackQuestion, strictest_closing
from weaklink.web.course.followed import Followed, followed, keep_and_go_on
from weaklink.web.course.told_form import accepted_entries, stamp_of
from weaklink.web.visit.visit import form_of, show

PAGE = "/session/check"
ANSWERS: tuple[Answer, ...] = get_args(Answer)


class FlagLine(msgspec.Struct, frozen=True, kw_only=True):
    """One safety question; where yes and unsure lead (-1: training goes on), and what was said ("": not)."""

    id: str
    text: str
    help: str
    yes: int
    unsure: int
    known: bool
    said: str


class FlagGroup(msgspec.Struct, frozen=True):
    """The questions that lead to one tier."""

    tier: str
    questions: list[FlagLine]


class ScreeningPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows."""

    id: str
    episode: str
    alone: list[FlagLine]
    groups: list[FlagGroup]
    leads: list[str]
    done: bool = False
    closing: Closing | None = None
    check_says: str = ""
    why_list: str = ""
    wrong: str = ""


async def screening_page(request: Request) -> Response:
    """GET /session/check."""
    here = await followed(request)
    if isinstance(here, Response):
        return here
    if here.closed:
        return RedirectResponse("/referral", status_code=303)
    asked, check = here.seen.request.query_params, _check(here)
    says = here.seen.wording.word("check.says") if check.short and asked.get("list") != "1" else ""
    page = _page(here, {})
    return _show(
        here,
        msgspec.structs.replace(page, done=asked.get("done") == "1", check_says=says, why_list=check.says),
    )


async def keep_screening(request: Request) -> Response:
    """POST /session/check: every answer is written into the diary, each no as well.

    "Nothing new" is no answer to any of the questions. Where the tap is not offered any more, the list comes.
    """
    form = await form_of(request)
    here = await followed(request, str(form.get("episode", "")))
    if isinstance(here, Response):
        return here
    if form.get("short"):
        return await _keep_nothing_new(request, here, form)
    stamp, (closings, questions) = stamp_of(here, form), _asked(here)
    answers = {question.id: _answer(form, question) for question in questions}
    said = {question: answer for question, answer in answers.items() if answer != ""}
    if not (form.get("none") or form.get("some")) or said != answers:
        wrong = here.seen.wording.word("weeks.screening-wanted")
        return _show(here, msgspec.structs.replace(_page(here, answers), wrong=wrong))
    told = (Rescreened(id=stamp.id, at=stamp.at, answers=said),)
    entries = accepted_entries(told, here, form)
    kept = await keep_and_go_on(request, entries, f"{PAGE}?done=1")
    leads = strictest_closing(questions, dict(answers))
    if leads < 0 or closings[leads].closes:
        return kept
    # Gentler training is still allowed: whom to see stands here, and the plan is made anew.
    return _show(here, msgspec.structs.replace(_page(here, {}), closing=closings[leads]))


async def _keep_nothing_new(request: Request, here: Followed, form: FormData) -> Response:
    check, stamp = _check(here), stamp_of(here, form)
    if not check.short:
        return _show(here, msgspec.structs.replace(_page(here, {}), wrong=check.says))
    told = (Rescreened(id=stamp.id, at=stamp.at, nothing_new_since=check.listed),)
    return await keep_and_go_on(request, accepted_entries(told, here, form), f"{PAGE}?done=1")


def _check(here: Followed) -> PackCheck:
    """Whether one tap is enough today."""
    house = here.seen.house
    return check_on(here.following, _asked(here)[1], house.library, here.seen.wording, here.today)


def _asked(here: Followed) -> tuple[tuple[Closing, ...], tuple[PackQuestion, ...]]:
    seen = here.seen
    return screening(here.following.given, seen.house.library, seen.wording)


def _answer(form: FormData, question: PackQuestion) -> Answer | Literal[""]:
    """What was said to one question; empty where it was never answered and is not answered now."""
    how = str(form.get(f"how:{question.id}", ""))
    if not question.known:
        return next((answer for answer in ANSWERS if answer == how), "")
    if question.id not in form.getlist("new"):
        return "no"
    return "unsure" if how == "unsure" else "yes"


def _show(here: Followed, page: ScreeningPage) -> Response:
    return show(here.seen.request, "weeks/screening.html", page, 422 if page.wrong else 200)


def _page(here: Followed, said: Mapping[str, str]) -> ScreeningPage:
    """The questions, and what was said to them."""
    closings, questions = _asked(here)
    shown = [(_tier(one, closings), _line(one, said.get(one.id, ""))) for one in questions]
    order = [*TIERS, "known"]
    tiers = sorted({tier for tier, line in shown if line.known}, key=order.index)
    return ScreeningPage(
        id=str(uuid.uuid4()),
        episode=here.training.episode_id,
        alone=[line for _, line in shown if not line.known],
        groups=[FlagGroup(tier, [one for its, one in shown if its == tier and one.known]) for tier in tiers],
        leads=[closing.tier for closing in closings],
    )


def _tier(question: PackQuestion, closings: tuple[Closing, ...]) -> str:
    return closings[question.yes].tier if question.yes >= 0 else "known"


def _line(question: PackQuestion, said: str) -> FlagLine:
    return FlagLine(
        id=question.id,
        text=question.text,
        help=question.help,
        yes=question.yes,
        unsure=question.unsure,
        known=question.known,
        said=said,
    )
