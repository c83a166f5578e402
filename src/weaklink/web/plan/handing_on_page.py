"""Hand on: a calendar that reads itself and a link to the plan, both without an account, both revocable."""

from __future__ import annotations

import datetime
import re
import secrets
import uuid
from asyncio import wrap_future
from typing import Annotated, Literal, get_args

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.bootstrap import House
from weaklink.care.ports import Address, Purpose
from weaklink.care.train import SessionRequest, Today
from weaklink.case.values import in_range
from weaklink.exchange.calendar import CalendarWords, PlannedSession, calendar_of, planned_sessions
from weaklink.quantities import Message
from weaklink.web.course.plan_now import PlanNow, plan_followed, plan_of_now
from weaklink.web.course.training import Training, session_today, training_for
from weaklink.web.home.pairing_page import pairing_of
from weaklink.web.plan.plan_shown import plan_shown
from weaklink.web.visit.assessments import assessment_of
from weaklink.web.visit.changing import change_settings, settle
from weaklink.web.visit.typed_form import FieldRule, read_form
from weaklink.web.visit.visit import Visit, form_of, house_for, show, visit, visiting

MOST_OF_A_GROUP = 100
HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
SECRET_BYTES = 32
KNOWN = "one of make, revoke, group, revoke-one, hour"
LOCAL_NAMES = ("127.0.0.1", "localhost", "::1")


class HandOnForm(msgspec.Struct, frozen=True, kw_only=True):
    """What to do, and to what: an hour "18:30", how many of a group, the purpose or the id of an address."""

    does: Literal["make", "revoke", "group", "revoke-one", "hour"]
    purpose: Purpose | None = None
    hour: str = ""
    count: Annotated[int, msgspec.Meta(ge=1, le=MOST_OF_A_GROUP)] | None = None
    address: str = ""


class HandOnPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows; `certificate`: where devices get what they have to trust."""

    back: str = "/plan"
    calendar: str
    plan: str
    group: int
    most: int = MOST_OF_A_GROUP
    hour: str
    local: bool
    certificate: str
    errors: dict[str, str]


class Slip(msgspec.Struct, frozen=True):
    """One address of a group."""

    id: str
    url: str


class SlipsPage(msgspec.Struct, frozen=True, kw_only=True):
    """The addresses of a group."""

    back: str = "/hand-on"
    slips: list[Slip]


class ClosedPlanPage(msgspec.Struct, frozen=True):
    """A shared plan of which nothing is shown."""


async def handing_on_page(request: Request) -> Response:
    """GET /hand-on."""
    seen = visit(request)
    hour = str(seen.runner.settings.get("session_hour", ""))
    return show(request, "plan/hand_on.html", _page(seen, hour, {}))


async def keep_address(request: Request) -> Response:
    """POST /hand-on: make or revoke an address, or say at what hour sessions are."""
    form = await form_of(request)
    seen = visit(request)
    rules = {"hour": FieldRule(Message("form.hour"), lambda hour: bool(HOUR.fullmatch(hour)))}
    read = read_form(form, HandOnForm, seen.wording, rules)
    if form.get("does") == "group" and not form.get("count"):
        read = read.but({"count": seen.wording.say(in_range(1, MOST_OF_A_GROUP, whole=True))})
    said = read.value
    if said is None and read.errors.keys() <= {"hour", "count"}:
        return show(request, "plan/hand_on.html", _page(seen, read.said.get("hour", ""), read.errors), 422)
    if said is None or (said.does in ("make", "revoke") and said.purpose is None):
        raise HTTPException(422, f"does: {KNOWN}; purpose: one of {', '.join(get_args(Purpose))}.")
    await settle(seen)
    await _do(seen, said)
    of_group = said.does in ("group", "revoke-one")
    return RedirectResponse("/hand-on/slips" if of_group else "/hand-on", status_code=303)


async def _do(seen: Visit, said: HandOnForm) -> None:
    if said.does == "hour":
        await change_settings(seen, lambda old: {**old, "session_hour": said.hour})
    elif said.does == "revoke-one":
        await _revoke_one(seen, said.address)
    elif said.does == "group" and said.count is not None:
        await _replace(seen, "group", said.count)
    elif said.purpose is not None:
        await _replace(seen, said.purpose, int(said.does == "make"))


async def slips_page(request: Request) -> Response:
    """GET /hand-on/slips: an address for each of a group, to print, cut and hand out."""
    seen = visit(request)
    found = _of_group(seen)
    if not found:
        return RedirectResponse("/hand-on", status_code=303)
    base = _base(seen)
    slips = [Slip(one.id, f"{base}/shared/{one.secret}") for one in found]
    return show(request, "plan/slips.html", SlipsPage(slips=slips))


def _of_group(seen: Visit) -> list[Address]:
    found = [one for one in seen.addresses if one.purpose == "group"]
    return sorted(found, key=lambda one: (one.created_at, one.id))


async def calendar_file(request: Request) -> Response:
    """GET /calendar/{secret}.ics: sessions, when and how long. Empty while no training is allowed."""
    seen = _opened(request, "calendar")
    content = calendar_of(
        await _sessions(seen),
        seen.episode.id if seen.episode else seen.runner.id,
        _words(seen),
        seen.house.clock.now(),
        _hour(seen),
    )
    return Response(content, media_type="text/calendar; charset=utf-8")


async def shared_plan(request: Request) -> Response:
    """GET /shared/{secret}: the plan as one sheet, to read only."""
    seen = _opened(request, "plan", "group")
    found = await assessment_of(seen, best_plan=True)
    plan = plan_followed(seen, found) if found is not None and found.plan is not None else None
    if found is None or found.plan_refused or plan is None:
        return show(request, "plan/shared_closed.html", ClosedPlanPage())
    # The days are chosen last; before, nobody asked for a plan.
    now = await plan_of_now(seen, plan) if "days" in seen.table else PlanNow(plan=plan)
    if now.closed:
        return show(request, "plan/shared_closed.html", ClosedPlanPage())
    page = plan_shown(seen, found, now)
    sheet = msgspec.structs.replace(page, week_number=now.week, shared=True, name="")
    return show(request, "plan/sheet.html", sheet)


def _page(seen: Visit, hour: str, errors: dict[str, str]) -> HandOnPage:
    kept = {address.purpose: address for address in seen.addresses}
    here, served = seen.request.url.hostname in LOCAL_NAMES, pairing_of(seen.request).served()
    base = _base(seen)
    return HandOnPage(
        calendar=f"{base}/calendar/{kept['calendar'].secret}.ics" if "calendar" in kept else "",
        plan=f"{base}/shared/{kept['plan'].secret}" if "plan" in kept else "",
        group=len(_of_group(seen)),
        hour=hour,
        errors=errors,
        local=here and served is None,
        certificate=served.certificate if served else "",
    )


def _base(seen: Visit) -> str:
    """Where addresses open. What is handed on should open where others are: at home, once that is served."""
    here, served = seen.request.url.hostname in LOCAL_NAMES, pairing_of(seen.request).served()
    return (served.pages[0] if here and served else str(seen.request.base_url)).rstrip("/")


async def _revoke_one(seen: Visit, address_id: str) -> None:
    if address_id in {one.id for one in _of_group(seen)}:
        await wrap_future(seen.house.records.drop_address(address_id))


async def _replace(seen: Visit, purpose: Purpose, count: int) -> None:
    """So many addresses in place of all that were made before: of six who make one at once, one stays."""
    made = tuple(_made(seen, purpose) for _ in range(count))
    await wrap_future(seen.house.records.replace_addresses(seen.runner.id, purpose, made))


def _made(seen: Visit, purpose: Purpose) -> Address:
    return Address(
        id=str(uuid.uuid4()),
        runner_id=seen.runner.id,
        purpose=purpose,
        secret=secrets.token_urlsafe(SECRET_BYTES),
        created_at=seen.house.clock.now(),
    )


def _opened(request: Request, *purposes: Purpose) -> Visit:
    """The visit of whoever made an address; the visitor may be anybody who knows it."""
    house: House = request.app.state.house
    opened = house.records.opened(request.path_params["secret"])
    if opened is None or opened[0].purpose not in purposes:
        raise HTTPException(404, "This address does not open anything (any more).")
    runner, episode = house.as_read(*house.gone_on(*opened[1:]))
    return visiting(request, house_for(house, runner), runner, episode)


async def _training(seen: Visit) -> Training | None:
    # The days are chosen last; before, nobody asked for a plan.
    return await training_for(seen) if "days" in seen.table else None


async def _today(found: Training) -> Today:
    return await session_today(found, found.server_day(), SessionRequest(episode=found.episode_id))


async def _sessions(seen: Visit) -> list[PlannedSession]:
    found = await _training(seen)
    if found is None:
        return []
    today = await _today(found)
    if today.following.refused:
        return []
    day = found.server_day()
    weeks = [[(session.day, session.minutes) for session in week.sessions] for week in today.plan.weeks]
    began = found.course(day).began
    ends = began + datetime.timedelta(weeks=len(weeks))
    told = found.told.days_from(None, ends)
    done = [session.date for one in told for session in one.sessions if session.trained]
    return list(planned_sessions(weeks, began, done, day))


def _words(seen: Visit) -> CalendarWords:
    word = seen.wording.word
    return CalendarWords(
        name="weaklink",
        planned=lambda minutes: word("calendar.planned", minutes=minutes),
        done=word("calendar.done"),
        note=word("calendar.note"),
    )


def _hour(seen: Visit) -> datetime.time | None:
    hour = str(seen.runner.settings.get("session_hour", ""))
    return datetime.time.fromisoformat(hour) if HOUR.fullmatch(hour) else None
