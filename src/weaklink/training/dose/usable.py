"""Which of the admitted exercises suit a kind of session: weekday, frequency, heavy legs, healthy runners."""

from __future__ import annotations

from weaklink.library.records import Exercise
from weaklink.training.dose.dose import times_a_week
from weaklink.training.dose.first_moves import first_move
from weaklink.training.dose.restrictions import STARTER_LEVEL
from weaklink.training.dose.session_days import DayKind
from weaklink.training.dose.setting import Setting
from weaklink.training.dose.suitability import is_idle_stretch

HEAVY_LEVEL = 4
GENTLE_FOR_A_LIFTER = 1
LEG_GROUPS = frozenset({"gluteals", "quadriceps", "hamstrings", "calf", "tibialis-posterior"})


def group_of(exercise: Exercise, plan: Setting) -> str:
    """The prevention group of the first area it trains that belongs to one; empty if none does."""
    areas = (plan.library.areas.get(name) for name in exercise.areas)
    return next((area.prevention_group for area in areas if area and area.prevention_group), "")


def is_heavy_for_legs(exercise: Exercise, plan: Setting) -> bool:
    """Whether it tires the legs for two days: single-leg strength or harder, or jumping."""
    hard = exercise.level >= HEAVY_LEVEL or "impact" in exercise.tags
    return hard and group_of(exercise, plan) in {*LEG_GROUPS, ""}


def often_enough(exercise: Exercise, plan: Setting, kind: DayKind) -> bool:
    """Whether its dose allows it on every session of this kind in a week."""
    if exercise.id in plan.limits.in_phase and kind != "light":
        return True  # the week is filled by how often the phase wants it
    days = plan.days.days
    sessions = len(days) if kind == "light" else sum(day.kind != "light" for day in days)
    return times_a_week(exercise, plan.library.doses[exercise.dose]) >= sessions


def is_too_gentle(exercise: Exercise, plan: Setting) -> bool:
    """Whether it is a bed exercise for someone without pain, or a first step for someone who lifts.

    What a phase gives, the first move of a statement, and what an area gets whose test hurt are as they are.
    """
    if exercise.kind != "exercise" or exercise.id in plan.limits.in_phase:
        return False
    healthy = plan.limits.heading == "prevention" and plan.limits.start_level > STARTER_LEVEL
    if healthy and exercise.level == 0:
        return True
    if not plan.lifts or exercise.level > GENTLE_FOR_A_LIFTER:
        return False
    sore = not plan.limits.sore_areas.isdisjoint(exercise.areas)
    return not sore and exercise.id != first_move(plan.given, plan.library)


def usable(plan: Setting, week: int, kind: DayKind) -> tuple[Exercise, ...]:
    """The exercises for a kind of session in a week."""
    brought = {exercise.followed_by for exercise in plan.admitted(week)}
    return tuple(
        exercise
        for exercise in plan.admitted(week)
        if not is_too_gentle(exercise, plan)
        and not (is_idle_stretch(exercise, plan) and exercise.id not in brought)
        and often_enough(exercise, plan, kind)
        and not (kind != "full" and is_heavy_for_legs(exercise, plan))
    )
