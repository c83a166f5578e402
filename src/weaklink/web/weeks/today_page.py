"""Today: what to do today, in one screen."""

from __future__ import annotations

import datetime
import math
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.care.follow_up import runs_wait
from weaklink.care.referral import closing_document
from weaklink.care.train import Asked, Today
from weaklink.quantities import WEEKDAYS
from weaklink.training.plan.own_routine import own_items
from weaklink.training.plan.plan_document import ItemDocument, own_item_document
from weaklink.web.course.day_wishes import MINUTES, DayWish, keep_wish, read_wish, wish_of
from weaklink.web.course.training import Training, session_today, training_for
from weaklink.web.visit.visit import Visit, form_of, show, visit
from weaklink.web.words.dose_words import dose_words
from weaklink.web.words.own_days import own_line

AROUND_RUNS = ("before-run", "after-run")


async def today_page(request: Request) -> Response:
    """GET /today."""
    seen = visit(request)
    try:
        found = await training_for(seen)
    except HTTPException:
        return RedirectResponse(seen.leads_to, status_code=303)
    if found is None:
        return RedirectResponse("/referral", status_code=303)
    day = found.server_day()
    wish = wish_of(seen, day)
    today = await session_today(found, day, wish.asked(found.episode_id))
    planned = today if wish == DayWish() else await session_today(found, day, Asked(episode=found.episode_id))
    context = {**_context(seen, found, today, day), "wish": _wish(wish, planned)}
    return show(request, "weeks/today.html", context)


async def fit_today(request: Request) -> Response:
    """POST /today: less time today, or nothing at hand."""
    form = await form_of(request)
    seen = visit(request)
    if seen.episode is None:
        return RedirectResponse(seen.leads_to, status_code=303)
    day = seen.house.clock.now().astimezone().date()
    await keep_wish(seen, read_wish(form), day)
    return RedirectResponse("/today", status_code=303)


def _wish(wish: DayWish, planned: Today) -> dict[str, Any] | None:
    """What today may be fitted to: the shorter times, and nothing at hand; None without a session."""
    if planned.pack is None:
        return None
    minutes = planned.pack.minutes
    choices = [choice for choice in MINUTES if choice < minutes or choice == wish.minutes]
    return {"minutes": wish.minutes, "away": wish.away, "planned": minutes, "choices": choices}


def _context(seen: Visit, found: Training, today: Today, day: datetime.date) -> dict[str, Any]:
    closed = today.following.closed
    return {
        "kind": "closed" if closed else "due" if today.pack is not None else (today.why_not or "rest-day"),
        "why": today.due.why if today.due else "",
        "day": seen.wording.word(f"word.{WEEKDAYS[day.weekday()]}"),
        "next_in": (today.due.next_date - day).days if today.due else 0,
        "next_day": seen.wording.word(f"word.{WEEKDAYS[today.due.next_date.weekday()]}") if today.due else "",
        "pack": _pack(today),
        "closing": closing_document(today.following, found.house.library, found.wording) if closed else None,
        "run_sets": [] if today.following.refused else _run_sets(seen, found, today, day),
        "own": [] if today.following.refused else _own(seen, today, day),
        "upkeep": today.following.stage.phase == "upkeep",
        "ask_url": seen.leads_to,
    }


def _own(seen: Visit, today: Today, day: datetime.date) -> list[dict[str, Any]]:
    """The moves of one's own routine on this weekday, with what to leave out for now."""
    week = today.due.plan_week if today.due is not None else 1
    items = own_items(WEEKDAYS[day.weekday()], today.following.setting, week)
    return [own_line(own_item_document(item, seen.wording.say), seen.wording) for item in items]


def _pack(today: Today) -> dict[str, Any] | None:
    pack = today.pack
    if pack is None:
        return None
    strength = [item for item in pack.items if item.kind != "stretch"]
    moves = [
        {
            "id": item.rungs[0].exercise,
            "name": item.rungs[0].name,
            "sets": item.rungs[0].sets,
            "reps": item.rungs[0].reps,
            "hold_s": item.rungs[0].hold_s,
            "both": len(item.rungs[0].sides) > 1,
        }
        for item in strength
    ]
    return {
        "minutes": pack.minutes,
        "moves": moves,
        "says": list(pack.says),
        "kind_of_day": pack.kind_of_day,
    }


def _run_sets(seen: Visit, found: Training, today: Today, day: datetime.date) -> list[dict[str, Any]]:
    """The stretches before and after a run, of the week that counts now, each set with its minutes.

    None while a run had better wait.
    """
    if runs_wait(today.following, found.standing.entries, day):
        return []
    number = today.due.plan_week if today.due is not None else 1
    weeks = today.plan.weeks
    stretches = weeks[min(number, len(weeks)) - 1].run_day_stretches if weeks else []
    sets = {when: [item for item in stretches if item.when == when] for when in AROUND_RUNS}
    return [_run_set(seen, when, items) for when, items in sets.items() if items]


def _run_set(seen: Visit, when: str, items: list[ItemDocument]) -> dict[str, Any]:
    exercises = seen.house.library.exercises
    return {
        "when": when,
        "minutes": math.ceil(sum(item.seconds for item in items) / 60),
        "moves": [
            {"id": item.id, "name": exercises[item.id].name, "dose": dose_words(item, seen.wording)}
            for item in items
        ],
    }
