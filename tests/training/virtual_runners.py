"""Virtual runners: twelve weeks of somebody's pain and habits, trained by the real rules, day by day.

A runner is a curve of pain, a diligence and a strength; seeds fix every number. What they are given, and
whether they are stopped, comes from `care.train.today` and the session interpreter alone.
"""

from __future__ import annotations

import datetime
import functools
import random
from collections.abc import Callable
from typing import Any, Literal

import msgspec

from tests.training.session_rules import happen
from tests.training.session_state import begin, step_of
from tests.written_diaries import diary_of
from weaklink.care.begin import assess
from weaklink.care.follow_up import judge_given
from weaklink.care.train import SessionRequest, Trainee, screening, today
from weaklink.case.case_file import read_given
from weaklink.case.diary import AnyEntry, Hurt, Morning, Reported, SetDone, read_entry
from weaklink.case.given import Given
from weaklink.library.reading import Library
from weaklink.library.wording import Wording
from weaklink.training.dose.training_state import SlotState
from weaklink.training.plan.plan_document import PlanDocument, plan_document
from weaklink.training.session.session_pack import SessionPack

Kind = Literal["compliant", "lazy", "painful", "improving", "worsening", "flaring", "non-responding"]
KINDS: tuple[Kind, ...] = (
    "compliant", "lazy", "painful", "improving", "worsening", "flaring", "non-responding",
)  # fmt: skip
START = datetime.date(2026, 11, 2)
WEEKS = 12
REPORT_WEEKS = (4, 6, 8, 10, 12)
DILIGENCE = {"lazy": 0.35, "painful": 0.95, "improving": 0.95, "compliant": 1.0}

KNEE: dict[str, Any] = {
    "age": 31, "level": "novice", "since_days": 30, "pain_at": [{"site": "knee-anterior", "side": "right"}],
    "pain": {"run": 4, "stairs": 3}, "days": ["mon", "wed", "fri"], "minutes": 20,
    "tests": {"sl-heel-raise-reps": {"right": 15, "left": 18}, "straight-leg-raise-reps": {"right": 9, "left": 16}},
}  # fmt: skip
ACHILLES: dict[str, Any] = {
    "age": 44, "level": "regular", "since_days": 60, "pain_at": [{"site": "achilles-mid", "side": "left"}],
    "pain": {"run": 4, "morning": 3}, "days": ["tue", "thu", "sat"], "minutes": 25, "equipment": ["band", "weight"],
    "tests": {"sl-heel-raise-reps": {"right": 22, "left": 12}},
}  # fmt: skip
HIP: dict[str, Any] = {
    "age": 52, "level": "regular", "since_days": 45, "pain_at": [{"site": "knee-lateral", "side": "left"}],
    "pain": {"run": 4}, "days": ["mon", "thu"], "minutes": 20, "equipment": ["band"],
    "tests": {"sidelying-hip-abduction-hold-or-reps": {"right": 20, "left": 12}},
}  # fmt: skip
WELL: dict[str, Any] = {"age": 29, "level": "planning", "days": ["tue", "fri"], "minutes": 25}
STORIES = (KNEE, ACHILLES, HIP)


def unphased(story: dict[str, Any]) -> dict[str, Any]:
    """The same runner, who trains without the phases of a programme."""
    return {**story, "programme": False}


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """One trained session of a course: the doses before and after, and the worst pain in it."""

    day: int
    worst: int
    amber_to: int
    before: dict[str, SlotState]
    after: dict[str, SlotState]


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a virtual runner."""

    kind: Kind
    seed: int
    referred_on: int | None  # the first day that asked for a professional, whatever was still allowed
    closed_on: int | None  # the first day on which nothing was allowed any more
    rules: tuple[str, ...]
    upkeep_on: int | None
    sessions: tuple[Seen, ...]
    worst_by_day: dict[int, int]
    start_pain: int
    green_to: int
    phased: bool  # it followed a programme, if only for a while


def remembered(function: Callable[[Given, Library], Any]) -> Callable[[Given, Library], Any]:
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
    """What all runners share: library, words, first plans, and remembered answers."""

    def __init__(self, library: Library, wording: Wording) -> None:
        self.library, self.wording = library, wording
        self.judge, self.screen = remembered(judge_given), remembered(screening)
        self._plans: dict[bytes, PlanDocument] = {}

    def beginning(self, story: dict[str, Any]) -> tuple[Given, PlanDocument]:
        """What was said, and the plan made from it."""
        given = read_given(story, self.library, assume_unanswered_no=True)
        key = msgspec.json.encode(given, order="deterministic")
        if key not in self._plans:
            plan = assess(given, self.library, "greedy").plan
            assert plan is not None
            self._plans[key] = msgspec.convert(plan_document(plan, self.wording.say), PlanDocument)
        return given, self._plans[key]


def pain_curve(kind: Kind, rng: random.Random) -> Callable[[int], float]:
    """Latent pain 0..10 by day."""
    start = rng.uniform(3.0, 4.4)
    if kind == "compliant":
        return lambda day: 0.0
    if kind == "painful":
        level = rng.uniform(5.0, 8.0)
        return lambda day: level
    if kind == "worsening":
        slope = rng.uniform(0.5, 1.6)
        return lambda day: start + slope * day / 7
    if kind == "non-responding":
        return lambda day: start
    if kind == "flaring":
        every, length = rng.randint(16, 28), rng.randint(1, 2)
        slope = rng.uniform(0.45, 0.7)
        return lambda day: (
            max(0.0, 3.0 - slope * day / 7) + (2.0 if day % every in range(8, 8 + length) else 0.0)
        )
    slope = rng.uniform(0.45, 0.9) if kind == "improving" else rng.uniform(0.3, 0.6)
    return lambda day: max(0.0, start - slope * day / 7)


class Runner:
    """One virtual runner on the way through twelve weeks."""

    def __init__(self, kind: Kind, seed: int, world: World) -> None:
        self.kind, self.seed, self.world = kind, seed, world
        self.rng = random.Random(f"{kind}-{seed}")
        story = WELL if kind == "compliant" else self.rng.choice(STORIES)
        # Every second one trains without the phases of a programme, which is anybody's choice.
        self.given, self.plan = world.beginning({**story, "programme": seed % 2 == 0})
        self.pain = pain_curve(kind, self.rng)
        self.entries: list[AnyEntry] = []
        self.worst: dict[int, int] = {}
        self.strength: dict[str, float] = {}

    def felt(self, day: int, extra: float = 0.0) -> int:
        """Pain as it is said on a day: what strains most is felt most."""
        said = self.pain(day) + extra + self.rng.gauss(0, 0.3)
        found = max(0, min(10, round(said)))
        self.worst[day] = max(found, self.worst.get(day, 0))
        return found

    def writes(self, day: int, hour: int, **entry: Any) -> None:
        """An entry into the diary."""
        at = datetime.datetime.combine(
            START + datetime.timedelta(days=day), datetime.time(hour), datetime.UTC
        )
        named = {"id": f"{entry['kind']}-{day}-{len(self.entries)}", "at": at.isoformat(), **entry}
        self.entries.append(read_entry(named))

    def trainee(self) -> Trainee:
        """As the rules see them."""
        return Trainee(
            given=self.given, plan=self.plan, told=diary_of(self.entries), library=self.world.library,
            wording=self.world.wording, began=START, judge=self.world.judge, screen=self.world.screen,
        )  # fmt: skip

    def trains(self, day: int, pack: SessionPack) -> None:
        """A session, set by set, honestly told."""
        state = begin(pack, f"session-{day:03}", "a")
        written: list[dict[str, Any]] = []

        def event(**what: Any) -> None:
            nonlocal state
            outcome = happen(pack, state, what)
            state = outcome.state
            written.extend(e["entry"] for e in outcome.effects if e["do"] == "keep")

        for question in pack.questions:
            event(type="answer", question=question.id, answer="no")
        event(type="start", pain=max(0, min(10, round(self.pain(day) - 4))))
        while (step := step_of(pack, state)) is not None:
            level = self.world.library.exercises[step.exercise].level
            hurts = self.felt(day, extra=0.4 * (level - 1) - 1.0 if self.kind != "painful" else 0.0)
            if hurts > pack.amber_to and self.rng.random() < 0.5:
                event(type="hurts", rep=2, pain=hurts)
                continue
            event(type="set-done", reps=step.reps, hold_s=step.hold_s)
            event(type="effort", rir=self.rng.choice((2, 3, 3, 4)))
            event(type="pain", pain=hurts)
        event(type="finish", minutes=15)
        for entry in written:
            self.writes(day, 18, **entry)

    def lives(self, day: int) -> None:
        """What a day holds beside the session: the morning, a run on some days, a report in some weeks."""
        self.writes(
            day, 7, kind="morning", date=str(START + datetime.timedelta(days=day)), pain=self.felt(day, -1.5)
        )
        if day % 2 == 1 and self.kind != "compliant":
            date = str(START + datetime.timedelta(days=day))
            self.writes(day, 9, kind="run-done", date=date, km=5.0, minutes=30, pain=self.felt(day))
        if day % 7 == 0 and day // 7 in REPORT_WEEKS:
            now = max(self.worst.get(d, 0) for d in range(day - 6, day + 1))
            rating = max(-5, min(5, round(4.0 - self.pain(day)))) if self.kind != "compliant" else 0
            self.writes(day, 10, kind="reported", pain_worst=now, change=rating)


def live(kind: Kind, seed: int, world: World) -> Course:
    """Twelve weeks of one runner."""
    runner, sessions = Runner(kind, seed, world), list[Seen]()
    upkeep_on = referred_on = None
    rules: tuple[str, ...] = ()
    before: dict[str, SlotState] = {}
    limits, phased = None, False
    for day in range(7 * WEEKS + 1):
        runner.lives(day)
        date = START + datetime.timedelta(days=day)
        planned = date.weekday() in {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5}.values()
        diligent = runner.rng.random() < DILIGENCE.get(kind, 0.9)
        if not planned or (not diligent and day % 7):
            continue
        found = today(runner.trainee(), date, SessionRequest())
        phased |= found.following.setting.programme is not None
        limits = limits or found.following.setting.limits.profile
        tier = found.following.disposition.tier
        if referred_on is None and tier not in ("self-manage", "prevention"):
            referred_on, rules = day, tuple(rule.id for rule in found.following.disposition.rules)
        if upkeep_on is None and found.following.stage.phase == "upkeep":
            upkeep_on = day
        if sessions:
            # A closed plan gives no dose at all.
            given = {} if found.following.closed else found.following.course.doses
            sessions[-1] = msgspec.structs.replace(sessions[-1], after=given)
        if found.why_not == "closed" or (referred_on is not None and kind != "painful"):
            closed_on = day if found.why_not == "closed" else None
            return made(runner, (referred_on, closed_on, upkeep_on), rules, sessions, phased=phased)
        before = found.following.course.doses
        if found.pack is not None and diligent:
            count = len(runner.entries)
            runner.trains(day, found.pack)
            worst = max((getattr(e, "pain", None) or 0 for e in runner.entries[count:]), default=0)
            if not any(isinstance(e, SetDone | Hurt) for e in runner.entries[count:]):
                continue  # it never began: pain was red before
            sessions.append(
                Seen(day=day, worst=worst, amber_to=found.pack.amber_to, before=before, after=before)
            )
    return made(runner, (referred_on, None, upkeep_on), rules, sessions, phased=phased)


def made(
    runner: Runner,
    days: tuple[int | None, int | None, int | None],
    rules: tuple[str, ...],
    sessions: list[Seen],
    *,
    phased: bool,
) -> Course:
    """The course of a runner, in one value. `days`: when referred, when closed, when upkeep began."""
    referred_on, closed_on, upkeep_on = days
    limits = runner.trainee().followed(START).setting.limits.profile
    start = max([v for k, v in runner.given.pain.items() if k not in ("night", "rest")], default=0)
    return Course(
        kind=runner.kind, seed=runner.seed, referred_on=referred_on, closed_on=closed_on, rules=rules,
        upkeep_on=upkeep_on, sessions=tuple(sessions), worst_by_day=worst_told(runner), start_pain=start,
        green_to=limits.green_to, phased=phased,
    )  # fmt: skip


def worst_told(runner: Runner) -> dict[int, int]:
    """The worst pain written down on each day."""
    found: dict[int, int] = {}
    for entry in runner.entries:
        pain = entry.pain_worst if isinstance(entry, Reported) else getattr(entry, "pain", None)
        if pain is not None:
            day = ((entry.date if isinstance(entry, Morning) else entry.day) - START).days
            found[day] = max(pain, found.get(day, 0))
    return found
