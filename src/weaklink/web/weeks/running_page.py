"""Running: the way back in turns of walking and running, and a planned run held against the last 30 days."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from weaklink.care.diary_views import return_of
from weaklink.case.diary import RunDone
from weaklink.quantities import Message
from weaklink.running.longest_run import DAYS, Planned, Run, planned_run
from weaklink.running.return_to_running import STEPS, Return, Step, runs_and_walks_min
from weaklink.training.course.pain_trend import after_a_red_run
from weaklink.training.plan.running_advice import no_running_because
from weaklink.web.course.followed import Followed, followed
from weaklink.web.visit.posted import Posted
from weaklink.web.visit.visit import form_of, show
from weaklink.web.weeks.diary_words import day_words

MOST_KM = 500


async def running_page(request: Request) -> Response:
    """GET /running."""
    here = await followed(request)
    return here if isinstance(here, Response) else _page(here)


async def hold_plan(request: Request) -> Response:
    """POST /running: how far a run is planned; nothing is kept."""
    form = await form_of(request)
    here = await followed(request)
    if isinstance(here, Response):
        return here
    posted = Posted(form, here.seen.wording)
    far = posted.number("distance", 0.1, MOST_KM / here.km_per_unit, whole=False, needed=True)
    if far is None:
        return _page(here, posted, status=422)
    return _page(here, posted, asked_km=far * here.km_per_unit)


def held_against(here: Followed, km: float) -> Planned:
    """A planned run held against the runs of the last 30 days."""
    runs = [Run(date=e.date, km=e.km) for e in here.entries if isinstance(e, RunDone)]
    load = here.following.given.load
    known = load.longest_run_30d_km if load is not None else None
    first = min((entry.day for entry in here.entries), default=here.today)
    return planned_run(km, runs, here.today, known, first)


def _page(
    here: Followed, posted: Posted | None = None, asked_km: float | None = None, status: int = 200
) -> Response:
    library = here.training.house.library
    back = None if here.closed else return_of(here.following, here.entries, library, here.today)
    context = {
        "closed": here.closed,
        "unit": here.unit,
        "distance": str(posted.form.get("distance", "")) if posted is not None else "",
        "errors": posted.errors if posted is not None else {},
        "held": None if asked_km is None or here.closed else _held(here, asked_km),
        "no_running": "" if here.closed else _no_running(here),
        "way": None if back is None else _way(here, back),
        "longest": _longest(here),
        "run_sets": [] if here.closed or _no_running(here) else run_sets(here),
        "runs_now": any(
            isinstance(e, RunDone) and not e.step and (here.today - e.date).days <= DAYS for e in here.entries
        ),
    }
    return show(here.seen.request, "weeks/running.html", context, status)


def run_sets(here: Followed) -> list[str]:
    """Whether there are stretches before and after runs in the plan: "before-run", "after-run"."""
    items = (item for week in here.training.plan.weeks for item in week.run_day_stretches)
    return list(dict.fromkeys(item.when for item in items))


def _way(here: Followed, back: Return) -> dict[str, Any]:
    say = here.seen.wording.say
    due = back.step.number if back.step is not None and not _no_running(here) else 0
    return {
        "open": bool(due),
        "stop": back.stop,
        "because": say(back.because),
        "criteria": [{"met": one.met, "says": say(one.because)} for one in back.criteria],
        "steps": [_step(step, due) for step in STEPS[:-1]],
        "number": due,
        "at_the_top": due == len(STEPS),
        "from_day": day_words(here, back.not_before)
        if back.not_before is not None and back.not_before > here.today
        else "",
    }


def _step(step: Step, due: int) -> dict[str, Any]:
    return {**msgspec.to_builtins(step), "here": step.number == due, "minutes": runs_and_walks_min(step)}


def _no_running(here: Followed) -> str:
    """Why not to run now; empty where running is allowed."""
    if here.following.setting.limits.running != "none":
        red = after_a_red_run(here.entries, here.following.setting.limits.profile, here.today)
        return here.seen.wording.word("weeks.run-after-red") if red else ""
    return here.seen.wording.say(no_running_because(here.following.setting))


def _held(here: Followed, km: float) -> dict[str, str]:
    """The answer to a planned distance. What the plan forbids outranks what the last 30 days allow."""
    none = _no_running(here)
    if none:
        return {"kind": "none", "says": none}
    held, kept = held_against(here, km), here.following.setting.limits.running == "no-increase"
    values: dict[str, str | int | float] = {"most": held.most_km}
    if held.longest_km is None or held.percent is None:
        key = f"{held.says}-after-a-break"
    else:
        values |= {"percent": held.percent, "longest": held.longest_km}
        longer = kept and km > held.longest_km
        key = "too-long-kept" if longer else f"{held.says}-known"
        key = "fine-kept" if kept and not longer else key
    says = here.seen.wording.say(Message(f"weeks.run-{key}", values, held.because.sources))
    return {"kind": "too-long" if key == "too-long-kept" else held.says, "says": says}


def _longest(here: Followed) -> str:
    held = held_against(here, 1.0)
    return "" if held.longest_km is None else here.seen.wording.amount(held.longest_km, "distance")
