"""Notes that stand with a plan: what kind it is, how hard to work, what was not possible, what comes next."""

from __future__ import annotations

import math
from collections.abc import Iterator

from weaklink.case.plan import Item
from weaklink.quantities import LEVELS, Message
from weaklink.reasoning.safety_net import safety_net
from weaklink.training.dose.restrictions import LATER_FROM_WEEK, MINOR_BELOW_AGE
from weaklink.training.dose.session_days import later_day
from weaklink.training.dose.setting import PHASES, Setting
from weaklink.training.dose.usable import usable
from weaklink.training.plan.candidates import session_problem
from weaklink.training.plan.session_problem import MOST, Candidate, SessionProblem, cheapest_by_group
from weaklink.training.plan.wants import leading_area

AIM_PER_AREA = 3  # article B: the goal is two to three moves for each area
PREVENTION_TRIALS = ("leppanen-2024", "toresdahl-2020", "wu-2024")


def puts_first(plan: Setting, items: tuple[Item, ...]) -> str:
    """The word of the weak link that the very first move is for; empty where it is for something else."""
    row, first = plan.differential.weak_link, next(iter(items), None)
    if row is None or first is None or not first.because:
        return ""
    why = first.because[0]
    return (
        row.verdict
        if (why.id, why.values.get("area")) == (f"training.because-{row.verdict}", row.area)
        else ""
    )


def about_the_plan(plan: Setting, items: tuple[Item, ...]) -> Iterator[Message]:
    """What kind of plan this is."""
    if plan.limits.heading == "prevention" and plan.programme is not None:
        yield Message("training.note-strength", {"taught": f"{plan.programme.id}/evidence"})
    else:
        sources = PREVENTION_TRIALS if plan.limits.heading == "prevention" else ()
        word = puts_first(plan, items) if plan.limits.heading == "full" else ""
        yield Message(f"training.note-{plan.limits.heading}{f'-{word}' if word else ''}", {}, sources)
    if plan.differential.no_deficit:
        yield Message("training.note-no-deficit")
    for question in plan.library.questions.values():
        if question.plan_note and plan.given.answers.get(question.id) == "yes":
            yield Message(f"training.note-{question.plan_note}")


def about_effort(plan: Setting) -> Iterator[Message]:
    """How hard to work, and what pain is all right."""
    values: dict[str, str | int | float] = {"rir": plan.runner.min_rir}
    yield Message("training.note-effort", values)
    if plan.given.age < MINOR_BELOW_AGE:
        yield Message("training.note-minor")
    elif LEVELS.index(plan.given.level) <= LEVELS.index("novice") and not plan.given.pain_at:
        yield Message("training.note-calibrate", {}, ("halperin-2022",))
    profile = plan.limits.profile
    limits: dict[str, str | int | float] = {"green": profile.green_to, "amber": profile.amber_to}
    kind = "bone" if profile.id == "bone" else "pain"
    yield Message(f"training.note-{kind}-limit", limits if kind == "pain" else {})
    yield Message("training.note-if-it-hurts")


def about_days(plan: Setting) -> Iterator[Message]:
    """What the hard runs changed."""
    for day in plan.days.dropped:
        yield Message("training.note-day-left-free", {"day": day, "next": later_day(day, 1)}, ("doma-2019",))
    wished = plan.given.days if isinstance(plan.given.days, int) else 0
    if len(plan.days.days) < wished:
        yield Message("training.note-fewer-days", {"wished": wished, "count": len(plan.days.days)})
    for session in plan.days.days:
        if session.after_run:
            yield Message("training.note-after-run", {"day": session.day}, ("doma-2013",))
        if session.kind != "full":
            yield Message(f"training.note-{session.kind}", {"day": session.day}, ("doma-2019",))


def shortest_moves(problem: SessionProblem, group: str) -> list[int]:
    """Seconds of each move of a group with its fewest sets, shortest first."""
    by_id: dict[str, Candidate] = {}
    for candidate in problem.candidates:
        if candidate.group == group:
            known = by_id.setdefault(candidate.id, candidate)
            by_id[candidate.id] = min(known, candidate, key=lambda c: c.seconds)
    return sorted(candidate.seconds for candidate in by_id.values())


def price_of_more(plan: Setting, problem: SessionProblem) -> Iterator[Message]:
    """What one, two and three moves for each area would take (D3)."""
    groups = sorted(cheapest_by_group(problem.candidates))
    shortest = [seconds for group in groups if (seconds := shortest_moves(problem, group))]
    values: dict[str, str | int | float] = {"areas": len(groups), "minutes": plan.given.minutes}
    for moves, name in ((1, "one"), (2, "two"), (AIM_PER_AREA, "three")):
        total = sum(sum(seconds[i % len(seconds)] for i in range(moves)) for seconds in shortest)
        values[name] = math.ceil(total / 60)
    if groups:
        yield Message("training.note-price-of-more", {**values, "most": MOST["exercise"]})


def groups_without_move(problem: SessionProblem, items: tuple[Item, ...]) -> Iterator[Message]:
    """Areas of the prevention circuit that found no place in the time."""
    there = {item.id for item in items}
    covered = {c.group for c in problem.candidates if c.id in there}
    missing = set(cheapest_by_group(problem.candidates)) - covered
    if missing:
        yield Message("training.note-areas-without-time", {"count": len(missing)})


def about_areas(plan: Setting, items: tuple[Item, ...]) -> Iterator[Message]:
    """Weak links nothing could be given for, and what covering more would cost."""
    leading = leading_area(plan, usable(plan, 1, "full"))
    if plan.focuses and plan.focuses[0].area != leading:
        yield Message("training.note-nothing-for-area", {"area": plan.focuses[0].area})
    if plan.limits.heading == "prevention" and not plan.moves:
        problem = session_problem(plan, PHASES[0], "full", {})
        yield from groups_without_move(problem, items)
        yield from price_of_more(plan, problem)


def about_weeks() -> Iterator[Message]:
    """What changes from week to week, and when to test again."""
    yield Message("training.note-weeks-grow")
    yield Message("training.note-from-week", {"week": LATER_FROM_WEEK})
    yield Message("training.note-retest")


def about_programme(plan: Setting) -> Iterator[Message]:
    """What the programme that is followed tells beside the training."""
    if plan.programme is not None:
        sources = tuple(cited.cite for cited in plan.programme.sources)
        for place, _ in enumerate(plan.programme.teaches):
            yield Message("training.note-beside", {"taught": f"{plan.programme.id}/{place}"}, sources)


def about_being_seen(plan: Setting) -> tuple[Message, ...]:
    """What would mean to stop and be seen."""
    return safety_net(plan.differential, plan.library)


def notes(plan: Setting, items: tuple[Item, ...]) -> tuple[Message, ...]:
    """All notes of a plan, in reading order."""
    if not items and not plan.given.prescribed:
        nothing = Message("training.note-nothing-to-give")
        return (*about_the_plan(plan, ()), nothing, *about_being_seen(plan), *about_days(plan))
    return (
        *about_the_plan(plan, items),
        *about_effort(plan),
        *about_being_seen(plan),
        *about_days(plan),
        *about_areas(plan, items),
        *about_programme(plan),
        *about_weeks(),
    )
