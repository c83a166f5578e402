"""What to do about running: the first item of every session, and the stretches around runs."""

from __future__ import annotations

from typing import Literal

from weaklink.case.plan import Item
from weaklink.library.records import Exercise
from weaklink.quantities import Message
from weaklink.reasoning.facts import facts_told
from weaklink.training.dose.dose import set_choices
from weaklink.training.dose.restrictions import advising_condition, cap_of
from weaklink.training.dose.setting import Setting

RunningAdvice = Literal["no-running", "turns-first", "first-runs", "no-increase-in-running", "easy-running"]
MOST_LONGER = 1.10  # frandsen-2025: injuries rose with single runs above 110 % of the longest in 30 days
SETS_BEFORE_RUN = 1  # design: short before a run; no study read here found fewer injuries from more
LOAD_SOURCE = "frandsen-2025"


def advice_id(plan: Setting) -> RunningAdvice:
    """The kind of load advice."""
    if plan.limits.running == "none":
        return "no-running"
    if plan.limits.running == "turns":
        return "turns-first"
    if plan.limits.running == "no-increase":
        return "no-increase-in-running"
    return "first-runs" if plan.given.level == "planning" else "easy-running"


def waits_for_signs(plan: Setting) -> bool:
    """Whether running begins with turns of walking and running, once the signs for them are there."""
    return advice_id(plan) in ("turns-first", "first-runs")


def no_running_because(plan: Setting) -> Message:
    """Why not to run."""
    forbidding = [i for i in plan.disposition.guards if i in plan.library.guards]
    guards = [i for i in forbidding if plan.library.guards[i].forbids_running]
    if guards:
        return Message("training.load-none-guard", {"guard": guards[0]})
    advising = advising_condition(plan.library, plan.differential)
    if advising is not None and advising.runs == "not" and plan.limits.profile.id != "bone":
        return Message("training.load-condition", {"condition": advising.id})
    if plan.disposition.allows == "all":
        return Message("training.load-none-open")
    kind = "bone" if plan.limits.profile.id == "bone" else "impact"
    return Message(f"training.load-none-{kind}")


def longest_run(plan: Setting) -> Message:
    """The longest single run to do now: a tenth above the longest of the last 30 days, or not above it."""
    growing = plan.limits.running == "easy"
    longest = plan.given.load.longest_run_30d_km if plan.given.load is not None else None
    kind = "longest-run" if growing else "longest-run-kept"
    if not longest:
        return Message(f"training.load-{kind}-unknown", {}, (LOAD_SOURCE,))
    km = round(longest * MOST_LONGER, 1) if growing else longest
    return Message(f"training.load-{kind}", {"km": km, "longest": longest}, (LOAD_SOURCE,))


def pain_limit(plan: Setting) -> Message:
    """How much pain is all right while running."""
    profile = plan.limits.profile
    values: dict[str, str | int | float] = {"green": profile.green_to, "amber": profile.amber_to}
    return Message(f"training.load-pain-{profile.settles}", values)


def spike(plan: Setting) -> tuple[Message, ...]:
    """That one run was much longer than those before it, if one was."""
    percent = plan.given.load.spike_percent if plan.given.load is not None else None
    if percent is None or percent <= (MOST_LONGER - 1) * 100:
        return ()
    return (Message("training.load-spike", {"percent": round(percent)}, (LOAD_SOURCE,)),)


def from_conditions(plan: Setting) -> tuple[Message, ...]:
    """The advice of the condition that counts, if one does."""
    advising = advising_condition(plan.library, plan.differential)
    if advising is None:
        return ()
    return (Message("training.load-condition", {"condition": advising.id}),)


def running_sentences(plan: Setting) -> tuple[Message, ...]:
    """Whether to run at all, and how: what plan and running page both say first.

    A condition's own advice takes the place of the general sentence where both allow the same.
    """
    kind, own = advice_id(plan), from_conditions(plan)
    general = Message(f"training.load-{kind}")
    if kind == "no-running":
        return (general, no_running_because(plan))
    if kind == "turns-first":
        return (*own, general)
    if kind == "first-runs":
        return (general,)  # "easy runs may go on" is not for who has not begun
    return own if own and kind == "easy-running" else (general, *own)


def load_advice(plan: Setting) -> Item:
    """The advice about running as an item of its own (D6)."""
    kind, reasons = advice_id(plan), running_sentences(plan)
    if kind != "no-running":
        limit = (pain_limit(plan),) if plan.given.pain_at else ()
        reasons = (*reasons, longest_run(plan), *spike(plan), *limit)
    fact = next((fact.id for fact in facts_told("load-advice", plan.library)), "")
    return Item(kind="load-advice", id=kind, because=reasons, source=fact)


def run_stretch(exercise: Exercise, plan: Setting, when: str) -> Item:
    """One stretch before or after a run."""
    fewest = set_choices(plan.library.doses[exercise.dose].gives)[0]
    gives = plan.prescribed(exercise, SETS_BEFORE_RUN if when == "before-run" else fewest, 0)
    return Item(
        kind="stretch",
        id=exercise.id,
        side="both" if exercise.sided else "none",
        sets=gives.sets,
        hold_s=gives.hold_s,
        rest_s=gives.rest_s,
        easier="stop",
        because=(Message(f"training.because-stretch-{when}", {}, ("article-a",)),),
        source=gives.source,
        seconds=gives.seconds,
        cap=cap_of(exercise, plan.limits),
        when="before-run" if when == "before-run" else "after-run",
    )


def run_day_stretches(plan: Setting, week: int, trained: frozenset[str]) -> tuple[Item, ...]:
    """The stretches the knowledge puts round runs, while what they go with is strengthened (S38).

    Short before a run, longer after it. Those withheld for this runner are not in it; without running there
    are none.
    """
    if plan.limits.running == "none":
        return ()
    allowed = sorted(plan.admitted(week), key=lambda exercise: exercise.id)
    return tuple(
        run_stretch(exercise, plan, when)
        for when in ("before-run", "after-run")
        for exercise in allowed
        if when in exercise.around_runs and _goes_with(exercise, trained)
    )


def _goes_with(exercise: Exercise, trained: frozenset[str]) -> bool:
    return not exercise.around_runs_with or not trained.isdisjoint(exercise.around_runs_with)
