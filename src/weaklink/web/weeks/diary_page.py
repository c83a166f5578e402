"""Diary: the morning, runs, walks, stretches, notes, and new places of pain, told in plain forms."""

from __future__ import annotations

import uuid

import msgspec
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.case.diary import Undone
from weaklink.running.return_to_running import STEPS
from weaklink.training.course.rungs import training_days
from weaklink.web.asking.where_page import PlaceGroup
from weaklink.web.course.followed import Followed, followed, keep_and_go_on
from weaklink.web.course.told_form import ToldForm, accepted_entries
from weaklink.web.visit.forms import Choice
from weaklink.web.visit.visit import form_of, show
from weaklink.web.weeks.diary_forms import FORMS, WHEN, stretches, untold_places
from weaklink.web.weeks.diary_words import (
    UNDOABLE,
    ClashLines,
    EntryLine,
    clash_lines,
    morning_says,
    newest_lines,
)

SHOWN = 30
PAGE = "/diary"


class DoneSoFar(msgspec.Struct, frozen=True, kw_only=True):
    """How often since the start: sessions, runs, stretches before and after runs, and after moves."""

    sessions: int
    runs: int
    before: int
    after: int
    moves: int


class DiaryPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows; `values` and `ticked` are what the form that is `opened` said."""

    opened: str
    told_today: bool
    errors: dict[str, str]
    values: dict[str, str]
    ticked: list[str]
    ids: dict[str, str]
    episode: str
    today: str
    unit: str
    steps: list[int]
    stretches: list[Choice]
    when: list[Choice]
    places: list[PlaceGroup]
    counts: DoneSoFar
    lines: list[EntryLine]
    clashes: list[ClashLines]
    closed: bool
    saved: bool
    morning: str


async def diary_page(request: Request) -> Response:
    """GET /diary."""
    here = await followed(request)
    return here if isinstance(here, Response) else _page(here)


async def keep_told(request: Request) -> Response:
    """POST /diary: one thing that happened, or one taken back."""
    form = await form_of(request)
    here = await followed(request, str(form.get("episode", "")))
    if isinstance(here, Response):
        return here
    does = str(form.get("does", ""))
    if does == "undo":
        return await _undo(request, here, form)
    if does not in FORMS:
        raise HTTPException(422, f"does: one of {', '.join(FORMS)}, undo.")
    told = FORMS[does](here, form)
    if told.read.errors:
        return _page(here, does, told, [str(name) for name in form.getlist("exercise")])
    entries = accepted_entries(told.entries, here, form)
    return await keep_and_go_on(request, entries, f"{PAGE}?saved=1")


async def _undo(request: Request, here: Followed, form: FormData) -> Response:
    target = str(form.get("undoes", ""))
    told = (e for days in here.looking_back() for day in days for e in day.entries)
    entry = next((e for e in told if e.id == target), None)
    if not isinstance(entry, UNDOABLE):
        # Taken back already, or told by a session: nothing changes.
        return RedirectResponse(PAGE, status_code=303)
    at = here.seen.house.clock.now().astimezone()
    undone = Undone(id=str(uuid.uuid5(uuid.NAMESPACE_OID, f"undo {target}")), at=at, undoes=target)
    entries = accepted_entries((undone,), here, form)
    return await keep_and_go_on(request, entries, f"{PAGE}?saved=1")


def _page(
    here: Followed, opened: str = "", refused: ToldForm | None = None, ticked: list[str] | None = None
) -> Response:
    told_today = here.today in here.past.mornings
    page = DiaryPage(
        opened=opened or ("" if told_today else "morning"),
        told_today=told_today,
        errors=refused.read.errors if refused is not None else {},
        values=refused.read.said if refused is not None else {},
        ticked=ticked or [],
        ids={name: str(uuid.uuid4()) for name in FORMS},
        episode=here.training.episode_id,
        today=here.today.isoformat(),
        unit=here.unit,
        steps=[] if here.closed else [step.number for step in STEPS],
        stretches=stretches(here),
        when=[Choice(name, here.seen.wording.word(f"weeks.when.{name}")) for name in WHEN],
        places=untold_places(here),
        counts=_counts(here),
        lines=newest_lines(here, SHOWN),
        clashes=clash_lines(here),
        closed=here.closed,
        saved=here.seen.request.query_params.get("saved") == "1",
        morning="" if here.closed else morning_says(here),
    )
    return show(here.seen.request, "weeks/diary.html", page, 200 if refused is None else 422)


def _counts(here: Followed) -> DoneSoFar:
    """Sessions and stretches since the start, counted apart (S38)."""
    done = here.past.counted.so_far(here.began, here.today, training_days(here.training.plan))
    return DoneSoFar(
        sessions=done.sessions_done,
        runs=done.runs,
        before=done.stretched_before_runs,
        after=done.stretched_after_runs,
        moves=done.stretches_after_moves,
    )
