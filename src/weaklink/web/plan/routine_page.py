"""Routine: the runner's own strength routine, entered move by move, and the week with ours woven in."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.care.follow_up import judge_given
from weaklink.case.assessment import Assessment
from weaklink.case.own_move import OwnMove, Routine
from weaklink.case.routine import LIMITS, MOST_MOVES, MOST_NAME, names_of, plain, routine_table
from weaklink.quantities import WEEKDAYS, Weekday
from weaklink.training.plan.own_routine import own_items
from weaklink.training.plan.plan_document import SessionDocument, own_item_document, session_document
from weaklink.web.visit.assessments import assessment_of
from weaklink.web.visit.changing import change
from weaklink.web.visit.posted import Posted
from weaklink.web.visit.visit import Visit, form_of, show, visit
from weaklink.web.words.own_days import own_day, own_line

PAGE = "/routine"


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
    posted = Posted(form, seen.wording)
    routine = _changed(seen, form, posted)
    if posted.errors:
        found = await assessment_of(seen, best_plan=True)
        assert found is not None
        return await _page(seen, found, posted, 422)
    # The next session follows the new plan, whether anyone looks at its page or not.
    await change(seen, lambda table: _with_routine(table, routine), because="routine")
    return RedirectResponse(f"{PAGE}#mine", status_code=303)


def _with_routine(table: dict[str, Any], routine: Routine) -> dict[str, Any]:
    kept = {key: value for key, value in table.items() if key != "routine"}
    answers = {**table.get("answers", {}), "own-routine": "yes" if routine else "no"}
    return {**kept, "answers": answers} | ({"routine": routine_table(routine)} if routine else {})


def _changed(seen: Visit, form: FormData, posted: Posted) -> Routine:
    """The routine after what the form says; what would be right is noted in `posted`."""
    assert seen.given is not None
    routine = dict(seen.given.routine)
    does = str(form.get("does", ""))
    if does == "clear":
        return {}
    if does == "drop":
        return _without(routine, form)
    if does != "add":
        raise HTTPException(422, "does: one of add, drop, clear.")
    move, days = _move(seen, posted), _days(form)
    if not days:
        posted.errors["days"] = seen.wording.word("routine.days-wanted")
    if any(len(routine.get(day, ())) >= MOST_MOVES for day in days):
        posted.errors["days"] = seen.wording.word("routine.too-many")
    more = {day: (*routine.get(day, ()), move) for day in days}
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


def _move(seen: Visit, posted: Posted) -> OwnMove:
    word = seen.wording.word
    name = posted.text("name", MOST_NAME)
    if not name or not name.isprintable():
        posted.errors["name"] = word("routine.name-wanted")
    sets = posted.whole("sets", *LIMITS["sets"], needed=True)
    reps, hold_s = posted.whole("reps", *LIMITS["reps"]), posted.whole("hold_s", *LIMITS["hold_s"])
    if reps is not None and hold_s is not None:
        posted.errors["hold_s"] = word("routine.either")
    library = seen.house.library
    exercise = names_of(library).get(plain(name), "")
    known = library.exercises[exercise].name if exercise else name
    return OwnMove(name=known, exercise=exercise, sets=sets or 1, reps=reps, hold_s=hold_s)


# --- the page ----------------------------------------------------------------------------------------------


async def _page(seen: Visit, found: Assessment, posted: Posted | None = None, status: int = 200) -> Response:
    assert seen.given is not None
    word = seen.wording.word
    values = {name: str(posted.form.get(name, "")) for name in posted.form} if posted is not None else {}
    woven = await run_in_threadpool(_woven, seen, found)
    context = {
        "back": "/week",
        "days": _own_days(seen),
        "woven": woven,
        "notes": [seen.wording.say(note) for note in found.plan.notes if note.id.startswith("routine.")]
        if found.plan
        else [],
        "planned": "days" in seen.table,
        "values": values,
        "chosen": _days(posted.form) if posted is not None else [],
        "errors": posted.errors if posted is not None else {},
        "names": sorted(exercise.name for exercise in seen.house.library.exercises.values()),
        "weekdays": [
            {"id": day, "name": word(f"word.{day}"), "short": word(f"word.{day}.short")} for day in WEEKDAYS
        ],
    }
    return show(seen.request, "plan/routine.html", context, status)


def _own_days(seen: Visit) -> list[dict[str, Any]]:
    """The routine as it was entered, with what is said about each move."""
    assert seen.given is not None
    limits = judge_given(seen.given, seen.house.library).setting
    say, word = seen.wording.say, seen.wording.word
    return [
        {
            "id": day,
            "name": word(f"word.{day}"),
            "moves": [
                own_line(own_item_document(item, say), seen.wording) for item in own_items(day, limits, 1)
            ],
        }
        for day in seen.given.routine
    ]


def _woven(seen: Visit, found: Assessment) -> list[dict[str, Any]]:
    """The days of the first week on which ours and theirs meet, and ours alone."""
    if found.plan is None:
        return []
    library, wording = seen.house.library, seen.wording
    documents: list[SessionDocument] = [
        session_document(session, wording.say) for session in found.plan.weeks[0].sessions
    ]
    days = [own_day(document, library, wording) for document in documents]
    return [day for day in days if day is not None]
