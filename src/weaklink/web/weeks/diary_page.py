"""Diary: the morning, runs, walks, stretches, notes, and new places of pain, told in plain forms."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.care.keeping_diary import read_entries
from weaklink.case.diary import MOST_TEXT, AnyEntry, DiaryError, Morning, Undone
from weaklink.running.return_to_running import STEPS
from weaklink.training.course.adherence import adherence
from weaklink.training.course.rungs import training_days
from weaklink.training.course.session_record import session_records
from weaklink.web.asking.where_page import place_groups
from weaklink.web.course.followed import Followed, followed, keep_and_go_on
from weaklink.web.visit.posted import Posted
from weaklink.web.visit.visit import form_of, show
from weaklink.web.weeks.diary_words import UNDOABLE, clash_lines, newest_lines

SHOWN = 30
WHEN = ("before-run", "after-run", "after-exercise")
PAGE = "/diary"


async def diary_page(request: Request) -> Response:
    """GET /diary."""
    here = await followed(request)
    return here if isinstance(here, Response) else _page(here)


async def keep_told(request: Request) -> Response:
    """POST /diary: one thing that happened, or one taken back."""
    form = await form_of(request)
    here = await followed(request)
    if isinstance(here, Response):
        return here
    does = str(form.get("does", ""))
    if does == "undo":
        return await _undo(request, here, str(form.get("undoes", "")))
    if does not in FORMS:
        raise HTTPException(422, f"does: one of {', '.join(FORMS)}, undo.")
    posted = Posted(form, here.seen.wording)
    told = FORMS[does](here, posted)
    if posted.errors:
        return _page(here, does, posted, 422)
    return await keep_and_go_on(request, here, _entries(here, told), f"{PAGE}?saved=1")


def _entries(here: Followed, told: list[dict[str, Any]]) -> tuple[AnyEntry, ...]:
    """Entries from what a form said. One that was sent before keeps the time of the first sending."""
    known = {entry.id: entry.at for entry in here.training.kept}
    now = here.seen.house.clock.now().astimezone()
    said = [{**one, "at": known.get(one["id"], now).isoformat()} for one in told]
    try:
        return read_entries(said, here.seen.house.library)
    except DiaryError as error:
        raise HTTPException(422, str(error)) from error


async def _undo(request: Request, here: Followed, target: str) -> Response:
    entry = next((e for e in here.entries if e.id == target), None)
    if not isinstance(entry, UNDOABLE):
        # Taken back already, or told by a session: nothing changes.
        return RedirectResponse(PAGE, status_code=303)
    at = here.seen.house.clock.now().astimezone()
    undone = Undone(id=str(uuid.uuid5(uuid.NAMESPACE_OID, f"undo {target}")), at=at, undoes=target)
    return await keep_and_go_on(request, here, (undone,), f"{PAGE}?saved=1")


# --- the forms ---------------------------------------------------------------------------------------------


def _morning(here: Followed, posted: Posted) -> list[dict[str, Any]]:
    said = {
        "pain": posted.whole("pain", 0, 10, needed=True),
        "stiff_min": posted.whole("stiff_min", 0, 600) or 0,
        "night": posted.whole("night", 0, 10),
        "rest": posted.whole("rest", 0, 10),
    }
    date = posted.date("date", here.today).isoformat()
    return [{"kind": "morning", "id": posted.id, "date": date, **_said(said)}]


def _run(here: Followed, posted: Posted) -> list[dict[str, Any]]:
    far = posted.number("distance", 0.1, 500 / here.km_per_unit, whole=False, needed=True)
    said = {
        "km": round((far or 0) * here.km_per_unit, 3),
        "minutes": posted.number("minutes", 0, 6000, whole=False),
        "pain": posted.whole("pain", 0, 10),
        "step": posted.whole("step", 0, len(STEPS)) or 0,
        "limped": posted.ticked("limped"),
    }
    date = posted.date("date", here.today).isoformat()
    run = {"kind": "run-done", "id": posted.id, "date": date, **_said(said)}
    text = posted.text("text", MOST_TEXT)
    return [run, {"kind": "note", "id": posted.id_for("note"), "text": text}] if text else [run]


def _walk(here: Followed, posted: Posted) -> list[dict[str, Any]]:
    said = {
        "minutes": posted.number("minutes", 1, 6000, whole=False, needed=True),
        "pain": posted.whole("pain", 0, 10, needed=True),
        "limped": posted.ticked("limped"),
    }
    date = posted.date("date", here.today).isoformat()
    return [{"kind": "walked", "id": posted.id, "date": date, **_said(said)}]


def _stretch(here: Followed, posted: Posted) -> list[dict[str, Any]]:
    known = {stretch["id"] for stretch in stretches(here)}
    ticked = [name for name in dict.fromkeys(posted.form.getlist("exercise")) if name in known]
    when = posted.form.get("when")
    if not ticked:
        posted.errors["exercise"] = here.seen.wording.word("weeks.stretch-wanted")
    if when not in WHEN:
        posted.errors["when"] = here.seen.wording.word("weeks.when-wanted")
    return [
        {"kind": "stretched", "id": posted.id_for(str(name)), "exercise": name, "when": when}
        for name in ticked
    ]


def _note(here: Followed, posted: Posted) -> list[dict[str, Any]]:
    text = posted.text("text", MOST_TEXT)
    if not text:
        posted.errors["text"] = here.seen.wording.word("weeks.note-wanted")
    return [{"kind": "note", "id": posted.id, "text": text}]


def _place(here: Followed, posted: Posted) -> list[dict[str, Any]]:
    said = str(posted.form.get("place", ""))
    known = {place["value"] for group in _places(here) for place in group["places"]}
    if said not in known:
        posted.errors["place"] = here.seen.wording.word("weeks.place-wanted")
    return [{"kind": "rescreened", "id": posted.id, "new_places": [said.partition(":")[::2]]}]


FORMS: dict[str, Callable[[Followed, Posted], list[dict[str, Any]]]] = {
    "morning": _morning,
    "run": _run,
    "walk": _walk,
    "stretch": _stretch,
    "place": _place,
    "note": _note,
}


def _said(found: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if value is not None}


# --- the page ----------------------------------------------------------------------------------------------


def stretches(here: Followed) -> list[dict[str, str]]:
    """Every stretch of the plan, around runs and after moves, each once; none once it is closed."""
    if here.closed:
        return []
    weeks = here.training.plan.weeks
    after_moves = [i for week in weeks for s in week.sessions for i in s.items if i.kind == "stretch"]
    around_runs = [item for week in weeks for item in week.run_day_stretches]
    exercises = here.seen.house.library.exercises
    names = dict.fromkeys(item.id for item in (*around_runs, *after_moves))
    return [{"id": name, "name": exercises[name].name} for name in names]


def _places(here: Followed) -> list[dict[str, Any]]:
    """Places by body part that were not told yet."""
    told = {f"{place.site}:{place.side}" for place in here.following.given.pain_at}
    groups = [
        {"name": g.name, "places": [p for p in g.places if p.value not in told]}
        for g in place_groups(here.seen, set())
    ]
    return [group for group in groups if group["places"]]


def _page(here: Followed, opened: str = "", posted: Posted | None = None, status: int = 200) -> Response:
    told_today = any(isinstance(e, Morning) and e.date == here.today for e in here.entries)
    values: dict[str, Any] = {}
    if posted is not None:
        values = {name: str(posted.form.get(name, "")) for name in posted.form}
        values["exercises"] = [str(name) for name in posted.form.getlist("exercise")]
    context = {
        "opened": opened or ("" if told_today else "morning"),
        "told_today": told_today,
        "errors": posted.errors if posted is not None else {},
        "values": values,
        "ids": {name: str(uuid.uuid4()) for name in FORMS},
        "today": here.today.isoformat(),
        "unit": here.unit,
        "steps": [] if here.closed else [step.number for step in STEPS],
        "stretches": stretches(here),
        "when": [{"id": name, "name": here.seen.wording.word(f"weeks.when.{name}")} for name in WHEN],
        "places": _places(here),
        "counts": _counts(here),
        "lines": newest_lines(here, SHOWN),
        "clashes": clash_lines(here),
        "closed": here.closed,
        "saved": here.seen.request.query_params.get("saved") == "1",
    }
    return show(here.seen.request, "weeks/diary.html", context, status)


def _counts(here: Followed) -> dict[str, int]:
    """Sessions and stretches since the start, counted apart (S38)."""
    records = session_records(here.entries)
    done = adherence(here.entries, records, here.began, here.today, training_days(here.training.plan))
    return {
        "sessions": done.sessions_done,
        "runs": done.runs,
        "before": done.stretched_before_runs,
        "after": done.stretched_after_runs,
        "moves": done.stretches_after_moves,
    }
