"""Answers: everything said so far, each with a way to change it."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.care.referral import history
from weaklink.library.records import Question
from weaklink.web.visit.visit import Visit, show, visit


async def answers_page(request: Request) -> Response:
    """GET /answers."""
    seen = visit(request)
    if seen.given is None:
        return RedirectResponse(seen.leads_to, status_code=303)
    groups = [*_about(seen), *_asked(seen)]
    return show(
        request,
        "asking/answers.html",
        {"back": seen.leads_to, "groups": [g for g in groups if g["lines"]]},
    )


def _about(seen: Visit) -> list[dict[str, Any]]:
    assert seen.given is not None
    word = seen.wording.word
    pages = {
        "/who": ("letter.age", "letter.since"),
        "/where": ("letter.where", "letter.story"),
        "/pain": ("letter.pain",),
    }
    lines = history(seen.given, seen.house.library, seen.wording)
    return [
        {
            "name": word(f"answers{page.replace('/', '.')}"),
            "url": page,
            "lines": [
                {"term": line.term, "says": line.says, "plain": False}
                for line in lines
                if line.term in map(word, terms)
            ],
        }
        for page, terms in pages.items()
    ]


def _asked(seen: Visit) -> list[dict[str, Any]]:
    library = seen.house.library
    groups = []
    left = dict(sorted(seen.table.get("answers", {}).items()))
    for screen in sorted(library.screens.values(), key=lambda screen: screen.order):
        asked = [library.questions[name] for name in screen.questions if name in left]
        lines = [_line(question, left.pop(question.id), seen) for question in asked]
        if lines:
            groups.append({"name": screen.title, "url": f"/q/{screen.id}", "lines": lines})
    for name, value in left.items():
        if name != "own-routine":
            question = library.questions[name]
            line = _line(question, value, seen) | {"term": seen.wording.word("answers.said")}
            groups.append({"name": question.text, "url": f"/q/{name}", "lines": [line]})
    return groups


def _line(question: Question, value: Any, seen: Visit) -> dict[str, Any]:
    return {"term": question.text, "says": _said(question, value, seen), "plain": value == "no"}


def _said(question: Question, value: Any, seen: Visit) -> str:
    if isinstance(value, int | float):
        return f"{seen.wording.number(value)} {seen.wording.unit(question.unit, value)}"
    option = next((option.text for option in question.options if option.id == value), None)
    said = option or seen.wording.word(f"answer.{value}")
    return said[:1].upper() + said[1:]
