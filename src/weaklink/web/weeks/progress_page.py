"""Progress: the result as a sentence, the weeks as small multiples, why doses changed, and what follows."""

from __future__ import annotations

import uuid
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from weaklink.care.keeping_diary import read_entries
from weaklink.case.diary import DiaryError, Tested
from weaklink.library.wording import spoken_name
from weaklink.training.course.course import Reason, week_of
from weaklink.web.course.followed import Followed, followed, keep_and_go_on
from weaklink.web.course.retest import read_report, read_retest, report_fields, retest_fields
from weaklink.web.drawing.charts import Weeks
from weaklink.web.visit.posted import Posted
from weaklink.web.visit.visit import form_of, show
from weaklink.web.weeks.diary_words import day_words, newest_lines
from weaklink.web.weeks.progress_charts import panels, weeks_of
from weaklink.web.weeks.progress_words import headline, outcome_words, report_is_due
from weaklink.web.weeks.score_form import read_score, score_fields

PAGE = "/progress"
FORMS = {"report": read_report, "tests": read_retest, "score": read_score}


async def progress_page(request: Request) -> Response:
    """GET /progress."""
    here = await followed(request)
    return here if isinstance(here, Response) else _page(here)


async def keep_progress(request: Request) -> Response:
    """POST /progress: how it is now, tests done again, or the total of a questionnaire."""
    form = await form_of(request)
    here = await followed(request)
    if isinstance(here, Response):
        return here
    does = str(form.get("does", ""))
    if does not in FORMS:
        raise HTTPException(422, f"does: one of {', '.join(FORMS)}.")
    posted = Posted(form, here.seen.wording)
    said = FORMS[does](here, posted)
    if posted.errors:
        return _page(here, does, posted, 422)
    known = {entry.id: entry.at for entry in here.training.kept}
    at = known.get(posted.id, here.seen.house.clock.now().astimezone())
    try:
        entries = read_entries([{**said, "at": at.isoformat()}], here.seen.house.library)
    except DiaryError as error:
        raise HTTPException(422, str(error)) from error
    return await keep_and_go_on(request, here, entries, PAGE)


def _page(here: Followed, opened: str = "", posted: Posted | None = None, status: int = 200) -> Response:
    weeks = weeks_of(here)
    changes = _changes(here, weeks)
    empty = not newest_lines(here, 1)
    context = {
        "closed": here.closed,
        "empty": empty,
        **headline(here),
        "figure": None if here.closed else _figure(here),
        "panels": [] if empty else panels(here, [(n, x) for n, x, _ in changes]),
        "changes": [row for *_, row in changes],
        "outcome": outcome_words(here),
        "due": report_is_due(here),
        "week": week_of(here.today, here.began),
        "opened": opened,
        "errors": posted.errors if posted is not None else {},
        "ids": {name: str(uuid.uuid4()) for name in FORMS},
        "report": report_fields(here, posted if opened == "report" else None),
        "tests": [] if here.closed else retest_fields(here, posted if opened == "tests" else None),
        "score": score_fields(here, posted if opened == "score" else None),
        "tested": any(isinstance(e, Tested) for e in here.entries),
        "unit": here.unit,
    }
    return show(here.seen.request, "weeks/progress.html", context, status)


def _figure(here: Followed) -> dict[str, str] | None:
    """The likely weak link, lit in the colour of getting stronger."""
    plan, library = here.training.plan, here.seen.house.library
    area = library.areas.get(plan.areas[0]) if plan.areas else None
    if area is None:
        return None
    rows = here.following.differential.hypotheses
    side = next((row.side for row in rows if row.area == area.id), "left")
    return {"area": area.id, "side": side, "described": spoken_name(area)}


def _changes(here: Followed, weeks: Weeks) -> list[tuple[int, float, dict[str, Any]]]:
    """Changes of dose, a mark for each week: number, x, sentences. None once closed: they name exercises."""
    if here.closed:
        return []
    by_week: dict[int, list[Reason]] = {}
    for reason in here.following.course.reasons:
        if reason.changes_dose:
            by_week.setdefault(week_of(reason.date, here.began), []).append(reason)
    found = []
    for number, (week, reasons) in enumerate(sorted(by_week.items()), 1):
        title = here.seen.wording.word("weeks.change-title", week=week)
        first = min(reason.date for reason in reasons)
        row = {"number": number, "title": title, "says": _by_day(here, reasons)}
        found.append((number, weeks.day((first - here.began).days), row))
    return found


def _by_day(here: Followed, reasons: list[Reason]) -> list[dict[str, str]]:
    say = here.seen.wording.say
    days = {(reason.date, say(reason.because)): reason.rule for reason in reasons}
    return [
        {"day": day_words(here, date), "says": says, "rule": rule}
        for (date, says), rule in sorted(days.items())
    ]
