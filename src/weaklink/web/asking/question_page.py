"""Question: one screen of the intake, a group of safety questions or a single one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.care.screen_shown import names_place, parts_shown
from weaklink.case.case_file import CaseError
from weaklink.case.given import AnswerValue
from weaklink.case.values import Table
from weaklink.library.reading import Library
from weaklink.library.records import Option, Question, Screen
from weaklink.reasoning.interview import DETAILS, SIGNS
from weaklink.reasoning.triggers import any_holds
from weaklink.web.visit.changing import change
from weaklink.web.visit.forms import IntakePlace, field_errors, step_of
from weaklink.web.visit.pain_places import place_pairs, place_words
from weaklink.web.visit.trail import page_before, trail_with
from weaklink.web.visit.typed_form import accepted, number_or_said, read_form
from weaklink.web.visit.visit import Visit, form_of, show, visit

# The screens whose questions the interview gathers anew each time.
GATHERED = (DETAILS, SIGNS)


class FlagsForm(msgspec.Struct, frozen=True, kw_only=True):
    """What a group of safety questions says: ids that were ticked, or that none was."""

    yes: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    none: str = ""


class ShownScreen(msgspec.Struct, frozen=True):
    """One screen as it is shown: its questions, and whether they are ticked in one go."""

    id: str
    title: str
    why: str
    flags: bool
    questions: tuple[Question, ...]


class ScreenHead(msgspec.Struct, frozen=True, kw_only=True):
    """What stands above the questions."""

    id: str
    kind: Literal["flags", "single"]
    title: str
    why: str


class QuestionShown(msgspec.Struct, frozen=True, kw_only=True):
    """One question with its answer as it stands in the form; empty is not yet."""

    id: str
    kind: Literal["yes-no", "choice", "number"]
    sided: bool
    text: str
    help: str
    unsure: str
    answer: str
    options: tuple[Option, ...]
    unit: str
    low: float | None
    high: float | None


class PartShown(msgspec.Struct, frozen=True, kw_only=True):
    """Some questions under one heading; the heading may be empty."""

    heading: str
    questions: list[QuestionShown]


class QuestionPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows."""

    screen: ScreenHead
    gathered: bool
    place: str
    described: str
    places: list[tuple[str, str]]
    questions: list[QuestionShown]
    parts: list[PartShown]  # the same of a list, as they stand together
    errors: dict[str, str]
    back: str
    step: IntakePlace


async def question_page(request: Request) -> Response:
    """GET /q/{screen}."""
    seen = visit(request)
    if seen.given is None:
        return RedirectResponse(seen.leads_to, status_code=303)
    screen = _screen(seen)
    if not screen.questions:
        return RedirectResponse(seen.leads_to, status_code=303)
    return _page(seen, screen, seen.table.get("answers", {}), {})


async def keep_answers(request: Request) -> Response:
    """POST /q/{screen}. Of several single questions, what is left open is not said."""
    form = await form_of(request)
    seen = visit(request)
    screen = _screen(seen, [str(name) for name in form.getlist("asked")])
    said = _flags(form, screen, seen) if screen.flags else _singles(form, screen)
    if not said and screen.id not in GATHERED:
        errors = {"screen": seen.wording.word("page.question.nothing")}
        return _page(seen, screen, {}, errors, 422)
    asked = {question.id for question in screen.questions}
    left = asked - {*said} if screen.id in GATHERED else []
    kept = {"screen": screen.id, **trail_with(seen, f"/q/{screen.id}", left=left, said=said)}
    try:
        seen = await change(seen, lambda table: _with_answers(table, asked, said), kept)
    except CaseError as error:
        return _page(seen, screen, said, field_errors(error, seen.wording), 422)
    return RedirectResponse(seen.leads_to, status_code=303)


def _with_answers(table: Table, asked: set[str], said: dict[str, AnswerValue]) -> Table:
    kept = {key: value for key, value in table.get("answers", {}).items() if key not in asked}
    return {**table, "answers": {**kept, **said}}


def _flags(form: FormData, screen: ShownScreen, seen: Visit) -> dict[str, AnswerValue]:
    ticked = accepted(read_form(form, FlagsForm, seen.wording))
    if not ticked.yes and not ticked.unsure and not ticked.none:
        return {}
    # A box ticked as well as "none of these" counts: the stricter answer wins.
    return {
        question.id: "yes"
        if question.id in ticked.yes
        else "unsure"
        if question.id in ticked.unsure
        else "no"
        for question in screen.questions
    }


def _singles(form: FormData, screen: ShownScreen) -> dict[str, AnswerValue]:
    """By question what was sent: which questions a screen has, and what they take, the knowledge says."""
    return {
        question.id: number_or_said(text) if question.kind == "number" else text
        for question in screen.questions
        if (text := str(form.get(question.id, "")))
    }


def _screen(seen: Visit, asked: Iterable[str] = ()) -> ShownScreen:
    """The screen of the address. `asked`: the questions a posted form says it showed."""
    wanted = seen.request.path_params["screen"]
    library = seen.house.library
    if wanted in GATHERED:
        return _gathered(seen, wanted, asked)
    screen = library.screens.get(wanted)
    if screen is None:
        return _single(wanted, library)
    names = _shown_of(screen, seen, asked)
    questions = tuple(library.questions[name] for name in names if _relevant(name, seen, library))
    several = screen.kind == "flags" and len(screen.questions) > 1
    flags = several and all(question.kind == "yes-no" for question in questions)
    return ShownScreen(screen.id, screen.title, screen.why, flags, questions)


def _shown_of(screen: Screen, seen: Visit, asked: Iterable[str]) -> list[str]:
    """The questions of a list that are shown: what the interview still has open, else all of it to look over.

    A list that comes again for one line must not ask the others anew: what was said there stands.
    """
    shown = {*asked}
    if not shown and seen.step is not None and seen.step.screen == screen.id:
        shown = {*seen.step.questions}
    return [name for name in screen.questions if not shown or name in shown]


def _gathered(seen: Visit, wanted: str, asked: Iterable[str]) -> ShownScreen:
    """The questions the interview has put on one screen by now, or those a form showed."""
    step, library = seen.step, seen.house.library
    by_now = step.questions if step is not None and step.screen == wanted else ()
    names = [*asked] or by_now
    found = tuple(library.questions[name] for name in names if name in library.questions)
    word = seen.wording.word
    return ShownScreen(wanted, word(f"ask.{wanted}.title"), "", False, found)


def _single(wanted: str, library: Library) -> ShownScreen:
    question = library.questions.get(wanted)
    if question is None:
        raise HTTPException(404, "There is no such question.")
    return ShownScreen(question.id, question.text, question.why, False, (question,))


def _relevant(name: str, seen: Visit, library: Library) -> bool:
    given = seen.given
    question = library.questions[name]
    if given is None:
        return False
    flag = library.red_flags.get(name)
    sites = flag.sites if flag is not None and flag.asked == "sites" else question.sites
    when = [*question.when, *(flag.when if flag is not None else [])]
    return (not sites or bool(set(sites) & given.sites)) and (not when or any_holds(when, given))


def _page(
    seen: Visit,
    screen: ShownScreen,
    answers: Mapping[str, AnswerValue],
    errors: dict[str, str],
    status: int = 200,
) -> Response:
    alone = len(screen.questions) == 1 and not screen.flags
    title = screen.questions[0].text if alone else screen.title
    questions = [_question(question, answers.get(question.id), seen) for question in screen.questions]
    page = QuestionPage(
        gathered=screen.id in GATHERED,
        screen=ScreenHead(
            id=screen.id,
            kind="flags" if screen.flags else "single",
            title=title,
            why=screen.why or (screen.questions[0].why if alone else ""),
        ),
        place=place_words(seen) if names_place(screen.id, seen.house.library) else "",
        described=place_words(seen),
        places=place_pairs(seen),
        questions=questions,
        parts=_parts(seen, screen, questions),
        errors=errors,
        back=page_before(seen, f"/q/{screen.id}"),
        step=step_of(seen, "safety" if screen.flags else "story", f"/q/{screen.id}"),
    )
    return show(seen.request, "asking/question.html", page, status)


def _parts(seen: Visit, screen: ShownScreen, questions: list[QuestionShown]) -> list[PartShown]:
    record = seen.house.library.screens.get(screen.id)
    if record is None or not screen.flags:
        return []
    by_id = {question.id: question for question in questions}
    return [
        PartShown(heading=heading, questions=[by_id[name] for name in held])
        for heading, held in parts_shown(record, list(by_id))
    ]


def _question(question: Question, answer: AnswerValue | None, seen: Visit) -> QuestionShown:
    unsure = "page.question.unsure-flag" if question.decides == "red-flag" else "page.question.unsure"
    return QuestionShown(
        id=question.id,
        kind=question.kind,
        sided=question.sided,
        text=question.text,
        help=question.help,
        unsure=seen.wording.word(unsure),
        answer=f"{answer:g}" if isinstance(answer, int | float) else answer or "",
        options=tuple(question.options),
        unit=seen.wording.unit(question.unit),
        low=question.min,
        high=question.max,
    )
