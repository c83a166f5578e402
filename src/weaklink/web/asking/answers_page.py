"""Answers: everything said so far, each with a way to change it."""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.care.referral import history
from weaklink.case.given import AnswerValue
from weaklink.case.routine import OWN_ROUTINE
from weaklink.library.records import Question
from weaklink.web.visit.visit import Visit, show, visit


class AnswerLine(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was said; `plain` is a mere no, which is folded away."""

    term: str
    says: str
    plain: bool


class AnswerGroup(msgspec.Struct, frozen=True, kw_only=True):
    """What was said on one page, and the page that changes it."""

    name: str
    url: str
    lines: list[AnswerLine]


class AnswersPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows."""

    back: str
    groups: list[AnswerGroup]


async def answers_page(request: Request) -> Response:
    """GET /answers."""
    seen = visit(request)
    if seen.given is None:
        return RedirectResponse(seen.leads_to, status_code=303)
    groups = [group for group in (*_about(seen), *_asked(seen)) if group.lines]
    return show(request, "asking/answers.html", AnswersPage(back=seen.leads_to, groups=groups))


def _about(seen: Visit) -> list[AnswerGroup]:
    assert seen.given is not None
    pages = {
        "/who": ("letter.age",),
        "/where": ("letter.where", "letter.story"),
        "/pain": ("letter.pain",),
    }
    return [
        AnswerGroup(
            name=seen.wording.word(f"answers{page.replace('/', '.')}"), url=page, lines=_told(seen, *terms)
        )
        for page, terms in pages.items()
    ]


def _told(seen: Visit, *terms: str) -> list[AnswerLine]:
    """Lines of what a professional would be told, by their terms."""
    assert seen.given is not None
    wanted = {*map(seen.wording.word, terms)}
    lines = history(seen.given, seen.house.library, seen.wording)
    return [AnswerLine(term=line.term, says=line.says, plain=False) for line in lines if line.term in wanted]


def _asked(seen: Visit) -> list[AnswerGroup]:
    library = seen.house.library
    groups = []
    left = dict(sorted(seen.table.get("answers", {}).items()))
    for screen in sorted(library.screens.values(), key=lambda screen: screen.order):
        asked = [library.questions[name] for name in screen.questions if name in left]
        # How long it has hurt is asked with the story, and changed there.
        story = screen.kind == "story"
        since = _told(seen, "letter.since") if story else []
        told = [(question, left.pop(question.id)) for question in asked]
        lines = [*since, *_changed(told, seen), *(_line(*one, seen) for one in told if not one[0].tick)]
        if lines:
            url = "/story" if story else f"/q/{screen.id}"
            groups.append(AnswerGroup(name=screen.title, url=url, lines=lines))
    for name, value in left.items():
        if name != OWN_ROUTINE:
            question = library.questions[name]
            line = msgspec.structs.replace(
                _line(question, value, seen), term=seen.wording.word("answers.said")
            )
            groups.append(AnswerGroup(name=question.text, url=f"/q/{name}", lines=[line]))
    return groups


def _changed(told: list[tuple[Question, AnswerValue]], seen: Visit) -> list[AnswerLine]:
    """What was ticked of what may have changed, in the words it was ticked by."""
    of_change = [(question, value) for question, value in told if question.tick]
    if not of_change:
        return []
    word = seen.wording.word
    ticked = [question.tick for question, value in of_change if value == "yes"]
    none = all(value == "no" for _, value in of_change)
    says = "; ".join(ticked) or word("ask.story.nothing" if none else "answer.unsure")
    return [AnswerLine(term=word("ask.story.changes"), says=says, plain=False)]


def _line(question: Question, value: AnswerValue, seen: Visit) -> AnswerLine:
    return AnswerLine(term=question.text, says=_said(question, value, seen), plain=value == "no")


def _said(question: Question, value: AnswerValue, seen: Visit) -> str:
    if isinstance(value, int | float):
        return f"{seen.wording.number(value)} {seen.wording.unit(question.unit, value)}"
    option = next((option.text for option in question.options if option.id == value), None)
    said = option or seen.wording.word(f"answer.{value}")
    return said[:1].upper() + said[1:]
