"""Week: minutes, days, hard runs, equipment, and a wish if there is one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import msgspec
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.case.case_file import CaseError
from weaklink.case.routine import FOLLOWS_PHYSIO, OWN_ROUTINE
from weaklink.case.values import Table
from weaklink.library.records import Equipment
from weaklink.quantities import Message, Weekday
from weaklink.web.course.weights_form import (
    WeightsChoices,
    WeightsReading,
    WeightsValues,
    choices,
    keep_unit,
    kept_weights,
    read_weights_form,
    sent_weights,
)
from weaklink.web.visit.changing import change
from weaklink.web.visit.forms import Choice, DayChoice, day_choices, field_errors, thing_choices
from weaklink.web.visit.preferences import DEFAULT_MINUTES, MINUTES, liked_week
from weaklink.web.visit.typed_form import FieldRule, plain_number, read_form
from weaklink.web.visit.visit import Visit, form_of, show, visit

SOME_DAY = FieldRule(Message("week.days-wanted"), bool)


class WeekForm(msgspec.Struct, frozen=True, kw_only=True):
    """What the form says; areas and rounds are a wish."""

    minutes: Annotated[int, msgspec.Meta(ge=5, le=90)] = DEFAULT_MINUTES
    days: tuple[Weekday, ...]
    hard_runs: tuple[Weekday, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    areas: Annotated[int, msgspec.Meta(ge=1, le=20)] | None = None
    rounds: Annotated[int, msgspec.Meta(ge=1, le=20)] | None = None
    own_routine: bool = False
    follows_physio: bool = False


class WeekValues(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the form."""

    minutes: int | str
    days: Sequence[str]
    equipment: Sequence[str]
    hard_runs: Sequence[str]
    areas: str
    rounds: str
    own_routine: bool
    follows_physio: bool


class WeekPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows; `minutes` are the choices."""

    back: str = "/result"
    minutes: list[int]
    values: WeekValues
    weekdays: list[DayChoice]
    equipment: list[Choice]
    weights: WeightsValues
    weight_choices: WeightsChoices
    own_routine: bool
    prescribed: bool
    errors: dict[str, str]


async def week_page(request: Request) -> Response:
    """GET /week."""
    seen = visit(request)
    if seen.given is None or seen.leads_to != "/result":
        return RedirectResponse(seen.leads_to, status_code=303)
    request.app.state.assessments.prepare_plan(seen.house.library.language)
    return _page(seen, _kept(seen), kept_weights(seen), {})


async def keep_week(request: Request) -> Response:
    """POST /week."""
    form = await form_of(request)
    seen = visit(request)
    read = read_form(form, WeekForm, seen.wording, {"days": SOME_DAY})
    said, weights = read.value, read_weights_form(form, seen)
    if said is None or weights.errors:
        return _page(seen, _sent(form), sent_weights(form, seen), read.errors | weights.errors)
    try:
        after = await change(seen, lambda table: _with_week(table, said, weights), because="week")
    except CaseError as error:
        return _page(seen, _sent(form), sent_weights(form, seen), field_errors(error, seen.wording))
    await keep_unit(weights, after)
    return RedirectResponse(_next(said, seen), status_code=303)


def _next(said: WeekForm, seen: Visit) -> str:
    """What was ticked and nobody entered yet comes next, the physiotherapist's plan first; else the plan."""
    if said.follows_physio and not seen.table.get("prescribed"):
        return "/prescribed"
    return "/routine" if said.own_routine and not seen.table.get("routine") else "/plan"


def _with_week(table: Table, said: WeekForm, weights: WeightsReading) -> Table:
    own, before = said.own_routine, weights.onto(table)
    kept = {key: value for key, value in before.items() if key != "wish" and (own or key != "routine")}
    wish = {name: n for name, n in (("areas", said.areas), ("rounds", said.rounds)) if n is not None}
    week = {
        "minutes": said.minutes,
        "days": list(said.days),
        "hard_runs": list(said.hard_runs),
        "equipment": list(said.equipment),
    }
    physio = "yes" if said.follows_physio else "no"
    answers = {**table.get("answers", {}), OWN_ROUTINE: "yes" if own else "no", FOLLOWS_PHYSIO: physio}
    return {**kept, **week, **({"wish": wish} if wish else {}), "answers": answers}


def _kept(seen: Visit) -> WeekValues:
    """What was said before, else what the runner likes."""
    liked, wish = liked_week(seen.runner.settings, seen.table), seen.table.get("wish", {})
    answers = seen.table.get("answers", {})
    return WeekValues(
        minutes=liked.minutes,
        days=liked.days,
        equipment=liked.equipment,
        hard_runs=seen.table.get("hard_runs", []),
        areas=str(wish.get("areas", "")),
        rounds=str(wish.get("rounds", "")),
        own_routine=answers.get(OWN_ROUTINE) == "yes",
        follows_physio=answers.get(FOLLOWS_PHYSIO) == "yes",
    )


def _sent(form: FormData) -> WeekValues:
    """What a form said, as it was sent, where something of it was wrong."""
    minutes = str(form.get("minutes") or DEFAULT_MINUTES)
    number = plain_number(minutes)
    return WeekValues(
        minutes=int(number) if number.isdecimal() and len(number) < 4 else minutes,
        days=[str(day) for day in form.getlist("days")],
        equipment=[str(thing) for thing in form.getlist("equipment")],
        hard_runs=[str(day) for day in form.getlist("hard_runs")],
        areas=str(form.get("areas", "")),
        rounds=str(form.get("rounds", "")),
        own_routine="own_routine" in form,
        follows_physio="follows_physio" in form,
    )


def _page(seen: Visit, values: WeekValues, weights: WeightsValues, errors: dict[str, str]) -> Response:
    # A number that came with a nearest plan stands among the choices as well.
    others = {values.minutes} if isinstance(values.minutes, int) else set()
    answers = seen.table.get("answers", {})
    page = WeekPage(
        minutes=sorted({*MINUTES, *others}),
        values=values,
        weekdays=day_choices(seen.wording),
        equipment=thing_choices(seen.wording, values.equipment, weights=True),
        weights=weights,
        weight_choices=choices(seen),
        own_routine=answers.get(OWN_ROUTINE) == "yes",
        prescribed=answers.get(FOLLOWS_PHYSIO) == "yes" or bool(seen.table.get("prescribed")),
        errors=errors,
    )
    return show(seen.request, "plan/week.html", page, 422 if errors else 200)
