"""Story: since when, how it began, what changed before it, when it hurts. One screen, always asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.care.screen_shown import change_words
from weaklink.case.case_file import CaseError
from weaklink.case.given import AnswerValue
from weaklink.case.values import Table
from weaklink.library.records import Option, Question, Screen
from weaklink.reasoning.hanging import SINCE
from weaklink.reasoning.interview import story_questions
from weaklink.reasoning.suspicion import is_change
from weaklink.web.visit.changing import change
from weaklink.web.visit.forms import IntakePlace, field_errors, step_of
from weaklink.web.visit.trail import page_before, trail_with
from weaklink.web.visit.typed_form import read_form
from weaklink.web.visit.visit import Visit, form_of, show, visit

DAYS_IN = {"days": 1, "weeks": 7, "months": 30}


class SinceForm(msgspec.Struct, frozen=True, kw_only=True):
    """How long it has hurt, and what was ticked of what changed."""

    since: Annotated[int, msgspec.Meta(ge=0, le=36_500)] | None = None
    since_unit: Literal["days", "weeks", "months"] = "weeks"
    yes: tuple[str, ...] = ()
    none: str = ""


class StoryLine(msgspec.Struct, frozen=True, kw_only=True):
    """One question of the story with its answers; `answer` is empty where there is none yet."""

    id: str
    text: str
    help: str
    options: tuple[Option, ...]
    answer: str


class ChangeBox(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that may have changed in the month before."""

    id: str
    text: str
    checked: bool


class StoryPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows."""

    title: str
    since: str
    since_unit: str
    lines: list[StoryLine]
    changes: list[ChangeBox]
    nothing: bool  # that nothing changed was said before
    errors: dict[str, str]
    back: str
    step: IntakePlace


async def story_page(request: Request) -> Response:
    """GET /story."""
    seen = visit(request)
    if not _asked(seen):
        return RedirectResponse(seen.leads_to, status_code=303)
    return _page(seen, _since(seen.table), seen.table.get("answers", {}), {})


async def keep_story(request: Request) -> Response:
    """POST /story. What is left open is not said; nothing else waits for it."""
    form = await form_of(request)
    seen = visit(request)
    asked = _asked(seen)
    if not asked:
        return RedirectResponse(seen.leads_to, status_code=303)
    read = read_form(form, SinceForm, seen.wording)
    typed = (read.said.get("since", ""), read.said.get("since_unit", ""))
    said = _said(form, asked)
    if read.value is None:
        return _page(seen, typed, said, read.errors, 422)
    days = None if read.value.since is None else read.value.since * DAYS_IN[read.value.since_unit]
    answered = {question: value for question, value in said.items() if value}
    heard = {*answered, *([SINCE] if days is not None else [])}
    names = {SINCE, *(question.id for question in asked)}
    kept = trail_with(seen, "/story", left={*(names - heard), _screen(seen).id}, said=heard)
    try:
        seen = await change(seen, lambda table: _told(table, days, names, answered), kept)
    except CaseError as error:
        errors = field_errors(error, seen.wording, {"since_days": "since"})
        return _page(seen, typed, said, errors, 422)
    return RedirectResponse(seen.leads_to, status_code=303)


def _screen(seen: Visit) -> Screen:
    screen = seen.house.library.story
    assert screen is not None, "what asks has a screen"
    return screen


def _asked(seen: Visit) -> list[Question]:
    if seen.given is None:
        return []
    library = seen.house.library
    names = story_questions(seen.given, library, frozenset())
    return [library.questions[name] for name in names if name in library.questions]


def _said(form: FormData, asked: list[Question]) -> dict[str, AnswerValue]:
    """By question what was said. Of what changed only "nothing" says no; what was not ticked is not said."""
    ticked = {str(value) for value in form.getlist("yes")}
    changes = [question.id for question in asked if is_change(question)]
    said: dict[str, AnswerValue] = {name: "yes" for name in changes if name in ticked}
    if form.get("none") and not said:
        said = dict.fromkeys(changes, "no")
    singles = (question.id for question in asked if not is_change(question))
    return said | {name: text for name in singles if (text := str(form.get(name, "")))}


def _told(table: Table, days: int | None, names: set[str], said: Mapping[str, AnswerValue]) -> Table:
    answers = {key: value for key, value in table.get("answers", {}).items() if key not in names}
    rest = {key: value for key, value in table.items() if key != "since_days"}
    since = {} if days is None else {"since_days": days}
    return {**rest, **since, "answers": {**answers, **said}}


def _since(table: Table) -> tuple[str, str]:
    days = table.get("since_days")
    if days is None:
        return "", ""
    unit = next((name for name in ("months", "weeks") if days and days % DAYS_IN[name] == 0), "days")
    return str(days // DAYS_IN[unit]), unit


def _page(
    seen: Visit,
    since: tuple[str, str],
    answers: Mapping[str, AnswerValue],
    errors: dict[str, str],
    status: int = 200,
) -> Response:
    asked = _asked(seen)
    changes = [question for question in asked if is_change(question)]
    page = StoryPage(
        title=_screen(seen).title,
        since=since[0],
        since_unit=since[1],
        lines=[_line(question, answers, seen) for question in asked if not is_change(question)],
        changes=[
            ChangeBox(id=question.id, text=change_words(question), checked=answers.get(question.id) == "yes")
            for question in changes
        ],
        nothing=bool(changes) and all(answers.get(question.id) == "no" for question in changes),
        errors=errors,
        back=page_before(seen, "/story"),
        step=step_of(seen, "story", "/story"),
    )
    return show(seen.request, "asking/story.html", page, status)


def _line(question: Question, answers: Mapping[str, AnswerValue], seen: Visit) -> StoryLine:
    word = seen.wording.word
    options = tuple(question.options) or (
        Option(id="yes", text=word("answer.yes").capitalize()),
        Option(id="no", text=word("answer.no").capitalize()),
    )
    said = answers.get(question.id)
    return StoryLine(
        id=question.id,
        text=question.text,
        help=question.help,
        options=options,
        answer="" if said is None else str(said),
    )
