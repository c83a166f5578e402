"""Planning: from what is known of a runner to four weeks of sessions, or what is in conflict."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal

import msgspec

from weaklink.case.disposition import Disposition
from weaklink.case.given import Given
from weaklink.case.hypothesis import Differential
from weaklink.case.plan import FORMAT, Conflict, Item, Plan, Session, Week
from weaklink.library.reading import Library
from weaklink.quantities import WeaklinkError
from weaklink.training.dose.phased import at_the_start, followed, follows
from weaklink.training.dose.session_days import DayKind
from weaklink.training.dose.setting import PHASES, Setting
from weaklink.training.plan import exact, greedy
from weaklink.training.plan.candidates import filler_problem, session_problem
from weaklink.training.plan.items import items_of, ordered
from weaklink.training.plan.left_out import left_out
from weaklink.training.plan.notes import notes
from weaklink.training.plan.own_routine import woven
from weaklink.training.plan.phase_week import PhaseWeek, rests_on_some_days
from weaklink.training.plan.running_advice import load_advice, run_day_stretches
from weaklink.training.plan.session_problem import Choice, SessionProblem
from weaklink.training.plan.wishes import conflict_of_days, conflict_of_minutes, conflict_of_wish
from weaklink.training.prescribed.prescribed_week import beside_prescribed, with_prescribed

Planner = Literal["greedy", "exact", "auto"]
Choose = Callable[[SessionProblem], Choice | None]


class PlanRefusedError(WeaklinkError):
    """A plan was asked for where none may be given; `rules` names why."""

    def __init__(self, rules: tuple[str, ...]) -> None:
        super().__init__(f"no plan may be given: {', '.join(rules)}")
        self.rules = rules


class PlanPhase(msgspec.Struct, frozen=True, kw_only=True):
    """The weeks that share one choice of moves for each kind of session. `began`: week a move first stood.

    `fillers`: what else a day holds on which the moves of a programme's phase do not come.
    """

    weeks: tuple[int, ...]
    choices: dict[DayKind, Choice]
    began: dict[str, int]
    fillers: dict[DayKind, Choice] = {}


def refusing_rules(disposition: Disposition) -> tuple[str, ...]:
    """Ids of the rules that forbid a plan, and of red flags still to be answered; empty if it may be made."""
    fired = tuple(rule.id for rule in disposition.rules if rule.allows == "nothing")
    if disposition.refers:
        return (*fired, *disposition.unasked) or (disposition.tier,)
    return disposition.unasked


def planner_used(planner: Planner) -> Literal["greedy", "exact"]:
    """The planner that will work: "auto" is the exact one where OR-tools is installed."""
    if planner == "auto":
        return "exact" if exact.is_available() else "greedy"
    return planner


def choices_for(
    plan: Setting, weeks: tuple[int, ...], kept: dict[str, int], choose: Choose
) -> dict[DayKind, Choice | None]:
    """The moves for each kind of day, None where the wished areas do not fit.

    Equal problems are solved once.
    """
    solved: dict[SessionProblem, Choice | None] = {}
    choices: dict[DayKind, Choice | None] = {}
    for kind in sorted({day.kind for day in plan.days.days}):
        problem = session_problem(plan, weeks, kind, kept)
        if problem not in solved:
            solved[problem] = choose(problem)
        choices[kind] = solved[problem]
    return choices


def plan_phase(plan: Setting, weeks: tuple[int, ...], kept: dict[str, int], choose: Choose) -> PlanPhase:
    """The moves of some weeks.

    Where the grown numbers of earlier weeks no longer fit the wish, every move starts from the bottom again;
    a day on which heavy legs are not allowed may hold fewer areas than wished.
    """
    choices = choices_for(plan, weeks, kept, choose)
    if None in choices.values():
        kept, choices = {}, choices_for(plan, weeks, {}, choose)
    if None in choices.values():
        choices |= {
            kind: choose(msgspec.structs.replace(session_problem(plan, weeks, kind, {}), least_groups=0))
            for kind, choice in choices.items()
            if choice is None
        }
    found = {kind: choice or () for kind, choice in choices.items()}
    fillers = (
        {kind: choose(filler_problem(plan, weeks, kind, choice)) or () for kind, choice in found.items()}
        if rests_on_some_days(plan.moves, len(plan.days.days))
        else {}
    )
    chosen = (c for choice in (*found.values(), *fillers.values()) for c in choice)
    began = {c.id: kept.get(c.id, weeks[0]) for c in chosen}
    return PlanPhase(weeks=weeks, choices=found, began={**kept, **began}, fillers=fillers)


def plan_phases(plan: Setting, choose: Choose) -> tuple[PlanPhase, ...]:
    """All phases; a later one knows which moves are kept from an earlier one."""
    phases: list[PlanPhase] = []
    kept: dict[str, int] = {}
    for weeks in PHASES:
        phase = plan_phase(plan, weeks, kept, choose)
        phases.append(phase)
        kept = phase.began
    return tuple(phases)


def session_items(plan: Setting, phase: PlanPhase, choice: Choice, week: int) -> tuple[Item, ...]:
    """The moves of one session in order, with the numbers of the week."""
    moves = ordered(choice, plan, phase.weeks[0])
    return tuple(item for move in moves for item in items_of(move, plan, week, phase.began[move.id]))


def make_week(plan: Setting, phase: PlanPhase, number: int) -> Week:
    """One week of sessions and the stretches of its run days."""
    advice, sessions, trained = load_advice(plan), [], set[str]()
    by_kind = {kind: session_items(plan, phase, choice, number) for kind, choice in phase.choices.items()}
    others = {kind: session_items(plan, phase, choice, number) for kind, choice in phase.fillers.items()}
    week = PhaseWeek(plan.moves)
    for day in plan.days.days:
        items = week.on(day.day, by_kind[day.kind], others.get(day.kind, ()))
        if day.kind == "light" and not items:
            continue
        minutes = math.ceil(sum(item.seconds for item in items) / 60)
        trained.update(area for item in items for area in item.areas)
        sessions.append(Session(day=day.day, minutes=minutes, items=(advice, *items)))
    stretches = run_day_stretches(plan, phase.weeks[0], frozenset(trained))
    return Week(number=number, sessions=tuple(sessions), run_day_stretches=stretches)


def assembled(plan: Setting, phases: tuple[PlanPhase, ...], planner: Literal["greedy", "exact"]) -> Plan:
    """The whole plan document from the chosen moves."""
    weeks = tuple(make_week(plan, phase, number) for phase in phases for number in phase.weeks)
    first, last = _moves_of(weeks[0]), _moves_of(weeks[-1])
    return Plan(
        format=FORMAT,
        edition=plan.library.edition,
        heading=plan.limits.heading,
        weeks=weeks,
        planner=planner,
        left_out=left_out(plan, (*first, *weeks[0].run_day_stretches), (*last, *weeks[-1].run_day_stretches)),
        notes=notes(plan, first),
        pain_profile=plan.limits.profile.id,
        tissues=plan.limits.tissues,
        areas=tuple(focus.area for focus in plan.focuses),
        follows=follows(plan),
    )


def _moves_of(week: Week) -> tuple[Item, ...]:
    return tuple(i for s in week.sessions for i in s.items if i.kind != "load-advice")


def conflict_before(plan: Setting) -> Conflict | None:
    """What is in conflict before any move is chosen."""
    if not plan.days.days:
        return conflict_of_days(plan)
    return conflict_of_wish(plan)


def make_plan(
    given: Given,
    library: Library,
    disposition: Disposition,
    differential: Differential,
    planner: Planner = "auto",
) -> Plan | Conflict:
    """Four weeks of sessions for this runner, or what makes the wish impossible and the nearest plans.

    A programme that is followed is at its start. The same input always gives the same plan; the order of
    answers and days does not matter.
    Raises: PlanRefusedError where the disposition allows nothing or red flags are unanswered;
        ImportError for planner "exact" without OR-tools.
    """
    if rules := refusing_rules(disposition):
        raise PlanRefusedError(rules)
    return plan_from(at_the_start(followed(given, library, disposition, differential)), planner)


def plan_from(plan: Setting, planner: Planner = "auto") -> Plan | Conflict:
    """The same for a setting that is known already, in whatever phase of a programme it is.

    Raises: PlanRefusedError, ImportError as `make_plan`.
    """
    if rules := refusing_rules(plan.disposition):
        raise PlanRefusedError(rules)
    used = planner_used(planner)
    if plan.given.prescribed:
        return _around_prescribed(beside_prescribed(plan), used)
    if conflict := conflict_before(plan):
        return conflict
    phases = plan_phases(plan, exact.choose if used == "exact" else greedy.choose)
    found = any(choice for phase in phases for choice in phase.choices.values())
    if not found and any(exercise.kind == "exercise" for exercise in plan.admitted(1)):
        return conflict_of_minutes(plan)
    return _with_routine(assembled(plan, phases, used), plan)


def _around_prescribed(plan: Setting, used: Literal["greedy", "exact"]) -> Plan:
    """The physiotherapist's moves with ours in what is left: never in conflict, for theirs is the plan."""
    phases = plan_phases(plan, exact.choose if used == "exact" else greedy.choose)
    made = _with_routine(assembled(plan, phases, used), plan)
    return with_prescribed(made, plan, load_advice(plan))


def _with_routine(made: Plan, plan: Setting) -> Plan:
    return woven(made, plan) if plan.given.routine else made
