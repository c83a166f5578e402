"""Pain: a number for each moment worth asking about."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.case.case_file import CaseError
from weaklink.case.values import Table
from weaklink.library.records import PainSituation
from weaklink.reasoning.interview import PAINS, Told, asking, pain_moments
from weaklink.web.visit.changing import change
from weaklink.web.visit.forms import IntakePlace, field_errors, step_of
from weaklink.web.visit.pain_places import place_words
from weaklink.web.visit.trail import page_before, trail_with
from weaklink.web.visit.typed_form import Pain, number_or_said, read_form
from weaklink.web.visit.visit import Visit, form_of, show, visit


class PainForm(msgspec.Struct, frozen=True, kw_only=True):
    """What the form says: a number for each situation; empty is not tried."""

    run: Pain | None = None
    walk: Pain | None = None
    stairs: Pain | None = None
    sit: Pain | None = None
    night: Pain | None = None
    rest: Pain | None = None
    morning: Pain | None = None
    jump: Pain | None = None
    others: str = ""  # every moment without a number is without pain


class PainLine(msgspec.Struct, frozen=True, kw_only=True):
    """One situation and its number; what is no number stands as it was typed, so that nothing is ticked."""

    id: PainSituation
    name: str
    help: str
    value: int | float | str | None


class PainPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows."""

    place: str
    situations: list[PainLine]
    errors: dict[str, str]
    back: str
    step: IntakePlace


async def pain_page(request: Request) -> Response:
    """GET /pain."""
    seen = visit(request)
    if seen.given is None or not seen.given.pain_at:
        return RedirectResponse(seen.leads_to, status_code=303)
    return _page(seen, seen.table.get("pain", {}), {})


async def keep_pain(request: Request) -> Response:
    """POST /pain."""
    form = await form_of(request)
    seen = visit(request)
    read = read_form(form, PainForm, seen.wording)
    typed = {name: number_or_said(text) for name, text in read.said.items() if text}
    if read.value is None:
        return _page(seen, typed, read.errors, 422)
    said = _numbers(seen, read.value)
    if not said:
        return _page(seen, {}, {"run": seen.wording.word("page.pain.nothing")}, 422)
    kept = trail_with(seen, "/pain", left=[PAINS])
    try:
        seen = await change(seen, lambda table: _with_pain(table, said), kept)
    except CaseError as error:
        return _page(seen, typed, field_errors(error, seen.wording), 422)
    return RedirectResponse(seen.leads_to, status_code=303)


def _numbers(seen: Visit, form: PainForm) -> dict[PainSituation, int]:
    """What was said, of the situations that are asked."""
    numbers = {name: getattr(form, name) for name in _asked(seen)}
    rest = 0 if form.others else None
    return {
        name: number
        for name, said in numbers.items()
        if (number := rest if said is None else said) is not None
    }


def _asked(seen: Visit) -> tuple[PainSituation, ...]:
    """The moments this runner is asked about, and those a number was said for."""
    if seen.given is None:
        return ()
    told = Told(given=seen.given, aim=seen.aim, left=seen.left - {PAINS})
    # What was said before is asked again: without it, the same rules wait for the same numbers.
    without = msgspec.structs.replace(seen.given, pain={})
    return pain_moments(asking(told, without, seen.house.library))


def _with_pain(table: Table, said: dict[PainSituation, int]) -> Table:
    """What was said anew is what a course is compared with."""
    return {**{name: kept for name, kept in table.items() if name != "pain_at_start"}, "pain": said}


def _page(
    seen: Visit, said: Mapping[str, int | float | str], errors: dict[str, str], status: int = 200
) -> Response:
    page = PainPage(
        place=place_words(seen),
        situations=[_line(seen, name, said.get(name)) for name in _asked(seen)],
        errors=errors,
        back=page_before(seen, "/pain"),
        step=step_of(seen, "pain", "/pain"),
    )
    return show(seen.request, "asking/pain.html", page, status)


def _line(seen: Visit, name: PainSituation, value: int | float | str | None) -> PainLine:
    words, key = seen.wording.word, f"pain.{name}.help"
    helped = words(key)
    return PainLine(id=name, name=words(f"pain.{name}"), help=helped if helped != key else "", value=value)
