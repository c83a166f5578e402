"""Hand on: a calendar that reads itself and a link to the plan, both without an account, both revocable."""

from __future__ import annotations

import datetime
import re
import secrets
import uuid
from asyncio import wrap_future
from typing import Any, Literal, cast

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.bootstrap import House
from weaklink.care.keeping_diary import began_on
from weaklink.care.ports import Address
from weaklink.care.train import Asked
from weaklink.exchange.calendar import CalendarWords, PlannedSession, calendar_of, planned_sessions
from weaklink.web.course.plan_now import PlanNow, plan_followed, plan_of_now
from weaklink.web.course.training import Training, session_today, training_for
from weaklink.web.home.pairing_page import pairing_of
from weaklink.web.plan.plan_page import plan_context
from weaklink.web.visit.assessments import assessment_of
from weaklink.web.visit.changing import change_settings, settle
from weaklink.web.visit.visit import Visit, form_of, house_for, show, visit, visiting

Purpose = Literal["calendar", "plan", "group"]
PURPOSES: tuple[Purpose, ...] = ("calendar", "plan", "group")
MOST_OF_A_GROUP = 100
HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
SECRET_BYTES = 32
KNOWN = "one of make, revoke, group, revoke-one, hour"
LOCAL_NAMES = ("127.0.0.1", "localhost", "::1")


async def handing_on_page(request: Request) -> Response:
    """GET /hand-on."""
    return show(request, "plan/hand_on.html", _context(visit(request)))


async def keep_address(request: Request) -> Response:
    """POST /hand-on: make or revoke an address, or say at what hour sessions are."""
    form = await form_of(request)
    seen, does = visit(request), str(form.get("does"))
    await settle(seen)
    if does == "hour":
        await _keep_hour(seen, str(form.get("hour", "")))
    elif does == "group":
        await _make_group(seen, str(form.get("count", "")))
        return RedirectResponse("/hand-on/slips", status_code=303)
    elif does == "revoke-one":
        await _revoke_one(seen, str(form.get("address", "")))
        return RedirectResponse("/hand-on/slips", status_code=303)
    elif does in ("make", "revoke") and form.get("purpose") in PURPOSES:
        purpose = cast(Purpose, form["purpose"])
        await _revoke(seen, purpose)
        if does == "make":
            await _make(seen, purpose)
    else:
        raise HTTPException(422, f"does: {KNOWN}; purpose: one of {', '.join(PURPOSES)}.")
    return RedirectResponse("/hand-on", status_code=303)


async def slips_page(request: Request) -> Response:
    """GET /hand-on/slips: an address for each of a group, to print, cut and hand out."""
    seen = visit(request)
    found = _of_group(seen)
    if not found:
        return RedirectResponse("/hand-on", status_code=303)
    base = _base(seen)
    slips = [{"id": one.id, "url": f"{base}/shared/{one.secret}"} for one in found]
    return show(request, "plan/slips.html", {"back": "/hand-on", "slips": slips})


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
        return show(request, "plan/shared_closed.html", {})
    # The days are chosen last; before, nobody asked for a plan.
    now = await plan_of_now(seen, plan) if "days" in seen.table else PlanNow(plan=plan)
    if now.closed:
        return show(request, "plan/shared_closed.html", {})
    context = plan_context(seen, found, now) | {"week_number": now.week}
    return show(request, "plan/sheet.html", context | {"shared": True, "name": ""})


def _context(seen: Visit) -> dict[str, Any]:
    kept = {address.purpose: address for address in seen.addresses}
    here, served = seen.request.url.hostname in LOCAL_NAMES, pairing_of(seen.request).served()
    base = _base(seen)
    return {
        "back": "/plan",
        "calendar": f"{base}/calendar/{kept['calendar'].secret}.ics" if "calendar" in kept else "",
        "plan": f"{base}/shared/{kept['plan'].secret}" if "plan" in kept else "",
        "group": len(_of_group(seen)),
        "most": MOST_OF_A_GROUP,
        "hour": seen.runner.settings.get("session_hour", ""),
        "local": here and served is None,
        "certificate": served.certificate if served else "",
    }


def _base(seen: Visit) -> str:
    """Where addresses open. What is handed on should open where others are: at home, once that is served."""
    here, served = seen.request.url.hostname in LOCAL_NAMES, pairing_of(seen.request).served()
    return (served.pages[0] if here and served else str(seen.request.base_url)).rstrip("/")


async def _keep_hour(seen: Visit, hour: str) -> None:
    if hour and not HOUR.fullmatch(hour):
        raise HTTPException(422, "hour: a time of day such as 18:30, or nothing.")
    await change_settings(seen, lambda old: {**old, "session_hour": hour})


async def _revoke(seen: Visit, purpose: Purpose) -> None:
    for address in seen.addresses:
        if address.purpose == purpose:
            await wrap_future(seen.house.records.drop_address(address.id))


async def _revoke_one(seen: Visit, address_id: str) -> None:
    if address_id in {one.id for one in _of_group(seen)}:
        await wrap_future(seen.house.records.drop_address(address_id))


async def _make_group(seen: Visit, said: str) -> None:
    """So many addresses in place of those of an earlier group."""
    count = int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 0
    if not 1 <= count <= MOST_OF_A_GROUP:
        raise HTTPException(422, f"count: a whole number from 1 to {MOST_OF_A_GROUP}.")
    await _revoke(seen, "group")
    for _ in range(count):
        await _make(seen, "group")


async def _make(seen: Visit, purpose: Purpose) -> None:
    made = Address(
        id=str(uuid.uuid4()),
        runner_id=seen.runner.id,
        purpose=purpose,
        secret=secrets.token_urlsafe(SECRET_BYTES),
        created_at=seen.house.clock.now(),
    )
    await wrap_future(seen.house.records.keep_address(made))


def _opened(request: Request, *purposes: Purpose) -> Visit:
    """The visit of whoever made an address; the visitor may be anybody who knows it."""
    house: House = request.app.state.house
    address = house.records.address(request.path_params["secret"])
    if address is None or address.purpose not in purposes:
        raise HTTPException(404, "This address does not open anything (any more).")
    runner = next(one for one in house.records.runners() if one.id == address.runner_id)
    return visiting(request, house_for(house, runner), runner, house.records.episode(runner.id))


async def _training(seen: Visit) -> Training | None:
    # The days are chosen last; before, nobody asked for a plan.
    return await training_for(seen) if "days" in seen.table else None


async def _today(found: Training) -> Any:
    return await session_today(found, found.server_day(), Asked(episode=found.episode_id))


async def _sessions(seen: Visit) -> list[PlannedSession]:
    found = await _training(seen)
    if found is None:
        return []
    today = await _today(found)
    if today.following.refused:
        return []
    day = found.server_day()
    weeks = [[(session.day, session.minutes) for session in week.sessions] for week in today.plan.weeks]
    done = [session.date for session in today.following.course.sessions if session.trained]
    return list(planned_sessions(weeks, began_on(found.standing.entries, day), done, day))


def _words(seen: Visit) -> CalendarWords:
    word = seen.wording.word
    return CalendarWords(
        name="weaklink",
        planned=lambda minutes: word("calendar.planned", minutes=minutes),
        done=word("calendar.done"),
        note=word("calendar.note"),
    )


def _hour(seen: Visit) -> datetime.time | None:
    hour = seen.runner.settings.get("session_hour", "")
    return datetime.time.fromisoformat(hour) if hour else None
