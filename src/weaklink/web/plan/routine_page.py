"""Routine: the runner's own strength routine, entered move by move, and the week with ours woven in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.care.follow_up import judge_given
from weaklink.case.assessment import Assessment
from weaklink.case.own_move import OwnMove, Routine
from weaklink.case.plan import OwnItem
from weaklink.case.routine import LIMITS, MOST_MOVES, MOST_NAME, OWN_ROUTINE, names_of, plain, routine_table
from weaklink.case.values import Table
from weaklink.quantities import WEEKDAYS, Message, Weekday
from weaklink.training.plan.own_routine import own_items
from weaklink.training.plan.plan_document import SessionDocument, own_item_document, session_document
from weaklink.web.visit.assessments import assessment_of
from weaklink.web.visit.changing import change
from weaklink.web.visit.forms import DayChoice, day_choices
from weaklink.web.visit.typed_form import FieldRule, FormReading, read_form
from weaklink.web.visit.visit import Visit, form_of, show, visit
from weaklink.web.words.own_days import OwnMoveLine, WovenDay, own_day, own_line

PAGE = "/routine"


class OwnMoveForm(msgspec.Struct, frozen=True, kw_only=True):
    """One move of one's own routine, and the days it is done on."""

    name: Annotated[str, msgspec.Meta(max_length=MOST_NAME)] = ""
    sets: Annotated[int, msgspec.Meta(ge=LIMITS["sets"][0], le=LIMITS["sets"][1])]
    reps: Annotated[int, msgspec.Meta(ge=LIMITS["reps"][0], le=LIMITS["reps"][1])] | None = None
    hold_s: Annotated[int, msgspec.Meta(ge=LIMITS["hold_s"][0], le=LIMITS["hold_s"][1])] | None = None
    days: tuple[Weekday, ...] = ()


class RoutineDay(msgspec.Struct, frozen=True, kw_only=True):
    """One day of the routine as it was entered."""

    id: Weekday
    name: str
    moves: list[OwnMoveLine]


class RoutinePage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows; `values` and `chosen` are what a refused form said."""

    back: str = "/week"
    days: list[RoutineDay]
    woven: list[WovenDay]
    notes: list[str]
    planned: bool
    values: dict[str, str]
    chosen: list[Weekday]
    errors: dict[str, str]
    names: list[str]
    weekdays: list[DayChoice]


async def routine_page(request: Request) -> Response:
    """GET /routine."""
    seen = visit(request)
    found = await assessment_of(seen, best_plan=True)
    if found is None or found.plan_refused or seen.leads_to != "/result":
        return RedirectResponse(seen.leads_to, status_code=303)
    return await _page(seen, found)


async def keep_routine(request: Request) -> Response:
    """POST /routine: one move more, or one less, or none any more."""
    form = await form_of(request)
    seen = visit(request)
    if seen.given is None or seen.leads_to != "/result":
        return RedirectResponse(seen.leads_to, status_code=303)
    does = str(form.get("does", ""))
    if does == "add":
        read = _read_move(seen, form)
        if read.value is None:
            found = await assessment_of(seen, best_plan=True)
            assert found is not None
            return await _page(seen, found, read, _days(form))
        routine = _with_move(seen, read.value)
    elif does == "drop":
        routine = _without(seen.given.routine, form)
    elif does == "clear":
        routine = {}
    else:
        raise HTTPException(422, "does: one of add, drop, clear.")
    # The next session follows the new plan, whether anyone looks at its page or not.
    await change(seen, lambda table: _with_routine(table, routine), because="routine")
    return RedirectResponse(f"{PAGE}#mine", status_code=303)


def _with_routine(table: Table, routine: Routine) -> Table:
    kept = {key: value for key, value in table.items() if key != "routine"}
    answers = {**table.get("answers", {}), OWN_ROUTINE: "yes" if routine else "no"}
    return {**kept, "answers": answers} | ({"routine": routine_table(routine)} if routine else {})


def _read_move(seen: Visit, form: FormData) -> FormReading[OwnMoveForm]:
    """The move that is added; what is wrong with its name, its dose and its days stands beside them."""
    rules = {"days": FieldRule(Message("routine.days-wanted"), bool)}
    read, word = read_form(form, OwnMoveForm, seen.wording, rules), seen.wording.word
    name, wrong = read.said.get("name", "").strip(), {}
    if not name or not name.isprintable():
        wrong["name"] = word("routine.name-wanted")
    both = [read.said.get(field, "").strip() for field in ("reps", "hold_s")]
    if all(both) and not read.errors.keys() & {"reps", "hold_s"}:
        wrong["hold_s"] = word("routine.either")
    if any(len(_routine(seen).get(day, ())) >= MOST_MOVES for day in _days(form)):
        wrong["days"] = word("routine.too-many")
    return read.but(wrong)


def _routine(seen: Visit) -> Routine:
    return seen.given.routine if seen.given is not None else {}


def _with_move(seen: Visit, said: OwnMoveForm) -> Routine:
    """The routine with one move more; a name that we know is ours."""
    library, routine, name = seen.house.library, _routine(seen), said.name.strip()
    exercise = names_of(library).get(plain(name), "")
    known = library.exercises[exercise].name if exercise else name
    move = OwnMove(name=known, exercise=exercise, sets=said.sets, reps=said.reps, hold_s=said.hold_s)
    more = {day: (*routine.get(day, ()), move) for day in said.days}
    return {day: moves for day in WEEKDAYS if (moves := (routine | more).get(day, ()))}


def _without(routine: Routine, form: FormData) -> Routine:
    """Without one move; one that is gone already changes nothing."""
    day, raw = str(form.get("day", "")), str(form.get("number", ""))
    number = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 3 else -1
    left = {
        name: tuple(move for n, move in enumerate(moves) if (name, n) != (day, number))
        for name, moves in routine.items()
    }
    return {name: moves for name, moves in left.items() if moves}


def _days(form: FormData) -> list[Weekday]:
    said = {str(day) for day in form.getlist("days")}
    return [day for day in WEEKDAYS if day in said]


# --- the page ----------------------------------------------------------------------------------------------


async def _page(
    seen: Visit,
    found: Assessment,
    refused: FormReading[OwnMoveForm] | None = None,
    chosen: list[Weekday] | None = None,
) -> Response:
    notes = found.plan.notes if found.plan else ()
    page = RoutinePage(
        days=_own_days(seen),
        woven=await run_in_threadpool(_woven, seen, found),
        notes=[seen.wording.say(note) for note in notes if note.id.startswith("routine.")],
        planned="days" in seen.table,
        values=refused.said if refused is not None else {},
        chosen=chosen or [],
        errors=refused.errors if refused is not None else {},
        names=sorted(exercise.name for exercise in seen.house.library.exercises.values()),
        weekdays=day_choices(seen.wording),
    )
    return show(seen.request, "plan/routine.html", page, 200 if refused is None else 422)


def _own_days(seen: Visit) -> list[RoutineDay]:
    """The routine as it was entered, with what is said about each move."""
    assert seen.given is not None
    limits = judge_given(seen.given, seen.house.library).setting
    return [_own_day(seen, day, own_items(day, limits, 1)) for day in seen.given.routine]


def _own_day(seen: Visit, day: Weekday, items: Sequence[OwnItem]) -> RoutineDay:
    wording = seen.wording
    moves = [own_line(own_item_document(item, wording.say), wording) for item in items]
    return RoutineDay(id=day, name=wording.word(f"word.{day}"), moves=moves)


def _woven(seen: Visit, found: Assessment) -> list[WovenDay]:
    """The days of the first week on which ours and theirs meet, and ours alone."""
    if found.plan is None:
        return []
    library, wording = seen.house.library, seen.wording
    documents: list[SessionDocument] = [
        session_document(session, wording.say) for session in found.plan.weeks[0].sessions
    ]
    days = [own_day(document, library, wording) for document in documents]
    return [day for day in days if day is not None]
