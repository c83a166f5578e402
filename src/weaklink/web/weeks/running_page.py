"""Running: the way back in turns of walking and running, and a planned run held against the last 30 days."""

from __future__ import annotations

from typing import Literal

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from weaklink.care.diary_views import planned_of, return_of, turns_come_first
from weaklink.case.diary import RunDone
from weaklink.quantities import Message
from weaklink.running.longest_run import DAYS
from weaklink.running.return_to_running import STEPS, Return, RunWalkStep, runs_and_walks_min
from weaklink.training.course.pain_trend import after_a_red_run
from weaklink.training.plan.running_advice import (
    RunningAdvice,
    advice_id,
    no_running_because,
    running_sentences,
    waits_for_signs,
)
from weaklink.web.course.followed import Followed, followed
from weaklink.web.course.told_form import MOST_KM, between
from weaklink.web.visit.typed_form import FormReading, read_form
from weaklink.web.visit.visit import form_of, show
from weaklink.web.weeks.diary_words import day_words


class PlannedRunForm(msgspec.Struct, frozen=True):
    """How far a run is planned, in the runner's own unit."""

    distance: float


class HeldRun(msgspec.Struct, frozen=True):
    """What is said about a planned run."""

    kind: Literal["fine", "too-long", "nothing-to-compare", "no-running", "none"]
    says: str


class RunningSign(msgspec.Struct, frozen=True):
    """One thing that comes before running; `met` None: not known yet."""

    met: bool | None
    says: str


class TurnsStep(msgspec.Struct, frozen=True, kw_only=True):
    """One step of walking and running in turns, with its minutes; `here`: it is due."""

    number: int
    run_min: int
    walk_min: int
    times: int
    here: bool
    minutes: int


class WayBack(msgspec.Struct, frozen=True, kw_only=True):
    """The way back to running; `number` is the step that is due (0: none), `from_day` when at the soonest."""

    open: bool
    stop: bool
    because: str
    criteria: list[RunningSign]
    steps: list[TurnsStep]
    number: int
    at_the_top: bool
    from_day: str


class RunningAdvised(msgspec.Struct, frozen=True, kw_only=True):
    """What the plan says of running: its kind, and its sentences as the plan has them.

    `on_the_way`: turns of walking and running are on, so the way back leads.
    """

    kind: RunningAdvice
    says: list[str]
    on_the_way: bool


class RunningPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows."""

    closed: bool
    unit: str
    distance: str
    errors: dict[str, str]
    held: HeldRun | None
    no_running: str
    advice: RunningAdvised
    way: WayBack | None
    longest: str
    run_sets: list[str]
    runs_now: bool


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
    rules = {"distance": between(0.1, MOST_KM / here.km_per_unit)}
    return _page(here, read_form(form, PlannedRunForm, here.seen.wording, rules))


def _page(here: Followed, read: FormReading[PlannedRunForm] | None = None) -> Response:
    library = here.training.house.library
    back = None if here.closed else return_of(here.following, library, here.today)
    asked = read.value if read is not None else None
    page = RunningPage(
        closed=here.closed,
        unit=here.unit,
        distance=read.said.get("distance", "") if read is not None else "",
        errors=read.errors if read is not None else {},
        held=None if asked is None or here.closed else _held(here, asked.distance * here.km_per_unit),
        no_running="" if here.closed else _no_running(here),
        advice=_advice(here),
        way=None if back is None else _way(here, back),
        longest=_longest(here),
        run_sets=[] if here.closed or _no_running(here) else run_sets(here),
        runs_now=not waits_for_signs(here.following.setting)
        and any(
            isinstance(e, RunDone) and not e.step and (here.today - e.date).days <= DAYS
            for e in here.past.recent
        ),
    )
    return show(here.seen.request, "weeks/running.html", page, 422 if page.errors else 200)


def _advice(here: Followed) -> RunningAdvised:
    setting = here.following.setting
    return RunningAdvised(
        kind=advice_id(setting),
        says=[here.seen.wording.say(message) for message in running_sentences(setting)],
        on_the_way=waits_for_signs(setting) or bool(here.past.all_turns),
    )


def run_sets(here: Followed) -> list[str]:
    """Whether there are stretches before and after runs in the plan: "before-run", "after-run"."""
    items = (item for week in here.training.plan.weeks for item in week.run_day_stretches)
    return list(dict.fromkeys(item.when for item in items))


def _way(here: Followed, back: Return) -> WayBack:
    say = here.seen.wording.say
    due = back.step.number if back.step is not None and not _no_running(here) else 0
    later = back.not_before if back.not_before is not None and back.not_before > here.today else None
    return WayBack(
        open=bool(due),
        stop=back.stop,
        because=say(back.because),
        criteria=[RunningSign(one.met, say(one.because)) for one in back.criteria],
        steps=[_step(step, due) for step in STEPS[:-1]],
        number=due,
        at_the_top=due == len(STEPS),
        from_day=day_words(here, later) if later is not None else "",
    )


def _step(step: RunWalkStep, due: int) -> TurnsStep:
    return TurnsStep(
        number=step.number,
        run_min=step.run_min,
        walk_min=step.walk_min,
        times=step.times,
        here=step.number == due,
        minutes=runs_and_walks_min(step),
    )


def _no_running(here: Followed) -> str:
    """Why not to run now; empty where running is allowed."""
    if here.following.setting.limits.running != "none":
        red = after_a_red_run(here.past.recent, here.following.setting.limits.profile, here.today)
        return here.seen.wording.word("weeks.run-after-red") if red else ""
    return here.seen.wording.say(no_running_because(here.following.setting))


def _held(here: Followed, km: float) -> HeldRun:
    """The answer to a planned distance. What the plan forbids outranks what the last 30 days allow."""
    none = _no_running(here)
    if none:
        return HeldRun("none", none)
    if turns_come_first(here.following, here.training.house.library, here.today):
        return HeldRun("none", here.seen.wording.word("weeks.run-turns-first"))
    held, kept = (
        planned_of(km, here.following, here.today),
        here.following.setting.limits.running == "no-increase",
    )
    values: dict[str, str | int | float] = {"most": held.most_km}
    if held.longest_km is None or held.percent is None:
        key = f"{held.says}-after-a-break"
    else:
        values |= {"percent": held.percent, "longest": held.longest_km}
        longer = kept and km > held.longest_km
        key = "too-long-kept" if longer else f"{held.says}-known"
        key = "fine-kept" if kept and not longer else key
    says = here.seen.wording.say(Message(f"weeks.run-{key}", values, held.because.sources))
    return HeldRun("too-long" if key == "too-long-kept" else held.says, says)


def _longest(here: Followed) -> str:
    held = planned_of(1.0, here.following, here.today)
    return "" if held.longest_km is None else here.seen.wording.amount(held.longest_km, "distance")
