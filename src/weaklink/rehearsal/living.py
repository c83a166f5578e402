"""The course: a story lived through the real rules, each day asked for as a page asks for it."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable
from typing import Any

import msgspec

from weaklink.care.begin import assess
from weaklink.care.follow_up import judge_given, runs_wait
from weaklink.care.train import SessionRequest, Today, Trainee, screening, today
from weaklink.case.given import Given
from weaklink.library.reading import Library
from weaklink.library.records import ALWAYS_THERE
from weaklink.library.wording import Wording
from weaklink.quantities import Tier
from weaklink.rehearsal.runner import MadeUpRunner
from weaklink.rehearsal.story import Story
from weaklink.rehearsal.trained_session import TrainedSession, trained_session
from weaklink.training.plan.plan_document import PLAN_DOCUMENTS, PlanDocument, plan_document

BEGAN = datetime.date(2026, 11, 2)  # a Monday
CALM = frozenset({Tier.SELF_MANAGE, Tier.PREVENTION})


class LivedWeek(msgspec.Struct, kw_only=True):
    """One week as it went. Pain 0..10, stiffness in minutes, each at its worst."""

    number: int
    sessions: list[TrainedSession] = []
    pain: int = 0
    stiff_min: int = 0
    km: float = 0.0
    upkeep: bool = False
    events: list[dict[str, Any]] = []


class LivedCourse(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a story. `refused` names the rules that refused a plan, at the start or later."""

    weeks: tuple[LivedWeek, ...]
    refused: tuple[str, ...]
    runner: MadeUpRunner
    first: PlanDocument | None = None  # the plan it began with


def remembered(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same function; an answer it gave before is not worked out again."""
    known: dict[bytes, Any] = {}

    @functools.wraps(function)
    def answer(given: Given, library: Library, *more: Any) -> Any:
        key = msgspec.json.encode(given, order="deterministic")
        if key not in known:
            known[key] = function(given, library, *more)
        return known[key]

    return answer


class World:
    """What all stories share: library, words, and answers that were worked out before."""

    def __init__(self, library: Library, wording: Wording) -> None:
        self.library, self.wording = library, wording
        self.judge, self.screen = remembered(judge_given), remembered(screening)
        self.assess = remembered(lambda given, library: assess(given, library, "greedy"))


def live(story: Story, world: World, weeks: int) -> LivedCourse:
    """A story lived for some weeks."""
    found = world.assess(story.given, world.library)
    runner = MadeUpRunner(story, world.library, BEGAN)
    if found.plan is None:
        conflict = ("wishes-in-conflict",) if found.conflict is not None else ()
        return LivedCourse(weeks=(), refused=found.plan_refused or conflict, runner=runner)
    plan = PLAN_DOCUMENTS.of(plan_document(found.plan, world.wording.say))
    lived = _Life(runner, world, plan, weeks)
    for day in range(7 * weeks):
        lived.day(day)
    return LivedCourse(weeks=tuple(lived.weeks), refused=lived.refused, runner=runner, first=plan)


class _Life:
    def __init__(self, runner: MadeUpRunner, world: World, plan: PlanDocument, weeks: int) -> None:
        self.runner, self.world, self.plan = runner, world, plan
        self.weeks = [LivedWeek(number=number) for number in range(1, weeks + 1)]
        for event in runner.story.events:
            if event.week <= weeks:
                self.weeks[event.week - 1].events.append(msgspec.to_builtins(event))
        self.refused: tuple[str, ...] = ()
        self.last: Today | None = None
        self.told = ("", "training", "")
        self.next_asked = 0

    def day(self, day: int) -> None:
        """One day: the morning, what is told, the run, and the session if there is one."""
        runner, week = self.runner, self.weeks[day // 7]
        runner.wakes(day)
        runner.tells()
        runner.runs(may=self.last is None or not runs_wait(self.last.following, runner.date))
        if day % 7 == 0 or (runner.is_free and day >= self.next_asked):
            self._asks(week)
        week.pain = max(week.pain, runner.worst.get(day, 0))
        week.stiff_min = max(week.stiff_min, runner.stiff.get(day, 0))
        week.km = round(week.km + runner.km.get(day, 0.0), 1)
        week.upkeep = self.last is not None and self.last.following.stage.phase == "upkeep"

    def _asks(self, week: LivedWeek) -> None:
        runner = self.runner
        things = ALWAYS_THERE if runner.is_away else None
        now = today(self._trainee(), runner.date, SessionRequest(equipment=things))
        self.last, self.refused = now, now.following.refused
        if now.made is not None:
            self.plan = self._made_anew(now)
        self._notes(now, week)
        if now.pack is not None and not runner.is_free:
            return  # what is told is judged all the same
        if now.pack is not None and runner.leaves_out:
            runner.left_out.append(runner.day)
        elif now.pack is not None:
            played = runner.trains(now.pack)
            week.sessions.append(trained_session(now, now.pack, played, runner.date))
            if played.how != "finished":
                week.events.append({"kind": "session-ended", "how": played.how})
        elif now.due is not None:
            self.next_asked = runner.day + max(1, (now.due.next_date - runner.date).days)

    def _made_anew(self, now: Today) -> PlanDocument:
        """The plan that is kept from now on; in upkeep what is trained is only a part of it."""
        if now.following.stage.phase != "upkeep" or now.made is None:
            return now.plan
        return PLAN_DOCUMENTS.of(plan_document(now.made, self.world.wording.say))

    def _notes(self, now: Today, week: LivedWeek) -> None:
        """What the rules did that day, once each."""
        found, before = now.following, self.told
        tier = "" if found.disposition.tier in CALM else str(found.disposition.tier)
        shut = "closed" if found.closed else "questions" if found.refused else ""
        self.told = (tier, found.stage.phase, shut)
        rules = [rule.id for rule in found.disposition.rules]
        if tier and tier != before[0]:
            week.events.append({"kind": "referred", "tier": tier, "rules": rules})
        if found.stage.phase != before[1]:
            week.events.append({"kind": "upkeep" if found.stage.phase == "upkeep" else "relapse"})
        if shut and shut != before[2]:
            week.events.append({"kind": shut, "rules": list(found.refused)})
        if now.made is not None:
            week.events.append({"kind": "plan-made-anew", "heading": now.plan.heading})

    def _trainee(self) -> Trainee:
        return Trainee(
            given=self.runner.story.given, plan=self.plan, told=self.runner.diary.read(),
            library=self.world.library, wording=self.world.wording, began=BEGAN, judge=self.world.judge,
            screen=self.world.screen,
        )  # fmt: skip
