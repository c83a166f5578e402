"""Progress: the result as a sentence, the weeks as small multiples, why doses changed, and what follows."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable

import msgspec
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from weaklink.care.keeping_diary import reason_of
from weaklink.case.diary import Tested
from weaklink.library.wording import spoken_name
from weaklink.training.course.course import Reason, week_of
from weaklink.web.course.followed import Followed, followed, keep_and_go_on
from weaklink.web.course.retest import (
    ReportFields,
    RetestFields,
    read_report,
    read_retest,
    report_fields,
    retest_fields,
)
from weaklink.web.course.told_form import ToldForm, accepted_entries
from weaklink.web.course.week_panels import told_by_week
from weaklink.web.drawing.body_figures import LitArea
from weaklink.web.drawing.charts import ChartPanel, ChartWeeks
from weaklink.web.visit.visit import form_of, show
from weaklink.web.weeks.diary_words import day_words, newest_lines
from weaklink.web.weeks.progress_charts import panels
from weaklink.web.weeks.progress_words import OutcomeWords, headline, outcome_words, report_is_due
from weaklink.web.weeks.score_form import ScoreFields, read_score, score_fields

PAGE = "/progress"
FORMS: dict[str, Callable[[Followed, FormData], ToldForm]] = {
    "report": read_report,
    "tests": read_retest,
    "score": read_score,
}


class DatedReason(msgspec.Struct, frozen=True, kw_only=True):
    """Why a dose changed, on which day, by which rule."""

    day: str
    says: str
    rule: str


class WeekOfChanges(msgspec.Struct, frozen=True, kw_only=True):
    """The changes of dose of one week, numbered as on the charts."""

    number: int
    title: str
    says: list[DatedReason]


class ProgressPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows; `errors` are those of the form that is `opened`."""

    closed: bool
    empty: bool
    sentence: str
    lede: list[str]
    figure: LitArea | None
    panels: list[ChartPanel]
    changes: list[WeekOfChanges]
    outcome: OutcomeWords | None
    due: bool
    week: int
    opened: str
    errors: dict[str, str]
    ids: dict[str, str]
    episode: str
    report: ReportFields
    tests: list[RetestFields]
    score: ScoreFields
    tested: bool
    unit: str


async def progress_page(request: Request) -> Response:
    """GET /progress."""
    here = await followed(request)
    return here if isinstance(here, Response) else _page(here)


async def keep_progress(request: Request) -> Response:
    """POST /progress: how it is now, tests done again, or the total of a questionnaire."""
    form = await form_of(request)
    here = await followed(request, str(form.get("episode", "")))
    if isinstance(here, Response):
        return here
    does = str(form.get("does", ""))
    if does not in FORMS:
        raise HTTPException(422, f"does: one of {', '.join(FORMS)}.")
    told = FORMS[does](here, form)
    if told.read.errors:
        return _page(here, does, told)
    entries = accepted_entries(told.entries, here, form)
    return await keep_and_go_on(request, entries, PAGE)


def _page(here: Followed, opened: str = "", refused: ToldForm | None = None) -> Response:
    by_week = told_by_week(here)
    changes = _changes(here, by_week.weeks)
    empty = not newest_lines(here, 1)
    head, said = headline(here, by_week), refused.read.said if refused is not None else {}
    page = ProgressPage(
        closed=here.closed,
        empty=empty,
        sentence=head.sentence,
        lede=head.lede,
        figure=None if here.closed else _figure(here),
        panels=[] if empty else panels(here, by_week, [(row.number, x) for x, row in changes]),
        changes=[row for _, row in changes],
        outcome=outcome_words(here),
        due=report_is_due(here),
        week=week_of(here.today, here.began),
        opened=opened,
        errors=refused.read.errors if refused is not None else {},
        ids={name: str(uuid.uuid4()) for name in FORMS},
        episode=here.training.episode_id,
        report=report_fields(here, said if opened == "report" else None),
        tests=[] if here.closed else retest_fields(here, said if opened == "tests" else {}),
        score=score_fields(here, said if opened == "score" else {}),
        tested=any(isinstance(e, Tested) for e in here.past.outcomes),
        unit=here.unit,
    )
    return show(here.seen.request, "weeks/progress.html", page, 200 if refused is None else 422)


def _figure(here: Followed) -> LitArea | None:
    """The likely weak link, lit in the colour of getting stronger."""
    plan, library = here.training.plan, here.seen.house.library
    area = library.areas.get(plan.areas[0]) if plan.areas else None
    if area is None:
        return None
    rows = here.following.differential.hypotheses
    side = next((row.side for row in rows if row.area == area.id), "left")
    return LitArea(area=area.id, side=side, described=spoken_name(area))


def _changes(here: Followed, weeks: ChartWeeks) -> list[tuple[float, WeekOfChanges]]:
    """Changes of dose by week, each with the x of its mark. None once closed: they name exercises."""
    if here.closed:
        return []
    by_week: dict[int, list[Reason]] = {}
    since = here.began + datetime.timedelta(weeks=weeks.first - 1)
    for reason in reasons_since(here, since):
        if reason.changes_dose:
            by_week.setdefault(week_of(reason.date, here.began), []).append(reason)
    found = []
    for number, (week, reasons) in enumerate(sorted(by_week.items()), 1):
        title = here.seen.wording.word("weeks.change-title", week=week)
        first = min(reason.date for reason in reasons)
        row = WeekOfChanges(number=number, title=title, says=_by_day(here, reasons))
        found.append((weeks.day((first - here.began).days), row))
    return found


def reasons_since(here: Followed, since: datetime.date) -> list[Reason]:
    """Why doses changed from a day on: as it was kept, and what the days since then add."""
    course, records = here.following.course, here.seen.house.records
    kept = records.reasons(here.training.episode_id, since.isoformat(), course.reasons_before)
    told = [found for found in map(reason_of, kept) if found is not None and found.date <= here.seen.today]
    return [*told, *(reason for reason in course.reasons if reason.date >= since)]


def _by_day(here: Followed, reasons: list[Reason]) -> list[DatedReason]:
    """What was said of each day; what differs only in the move it names is said once for all of them."""
    say = here.seen.wording.say
    named: dict[tuple[datetime.date, str, str], list[str]] = {}
    for reason in sorted(reasons, key=lambda reason: (reason.date, say(reason.because))):
        head, _, name = say(reason.because).rpartition(": ")
        names = named.setdefault((reason.date, head, reason.rule), [])
        names += [name] if name not in names else []
    return [
        DatedReason(day=day_words(here, date), says=said_together(head, names), rule=rule)
        for (date, head, rule), names in named.items()
    ]


def said_together(head: str, names: list[str]) -> str:
    """One sentence for several moves: "A little more comes next: Clamshell, Straight leg raise." """
    listed = ", ".join([*(name.rstrip(".") for name in names[:-1]), names[-1]])
    return f"{head}: {listed}" if head else " ".join(names)
