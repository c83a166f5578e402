"""The hard rules: what may be given to this runner at all, in which week, and with which limit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from weaklink.case.disposition import Disposition
from weaklink.case.given import Given
from weaklink.case.hypothesis import Differential
from weaklink.case.prescription import tissues_prescribed
from weaklink.library.reading import Library
from weaklink.library.records import ALWAYS_THERE, Condition, Exercise, Guard, Runs
from weaklink.library.tissues import tissues_of
from weaklink.quantities import Level, Message
from weaklink.training.dose.dose import DEFAULT_RIR
from weaklink.training.dose.pain_profile import (
    PROFILES,
    PainProfile,
    bone_flagged,
    bone_in_question,
    is_bone,
    leading_conditions,
    leading_tissues,
    possible_conditions,
    strictest_profile,
)

Heading = Literal["full", "before-your-tests", "while-you-wait", "prevention"]
# Most careful first: none; turns of walking and running after the signs; no more than now; as before.
Running = Literal["none", "turns", "no-increase", "easy"]
RUNNING: dict[Runs, Running] = {"not": "none", "turns": "turns", "kept": "no-increase", "on": "easy"}

STARTER_LEVEL = 1  # before any test with a guard, or while a bone is not ruled out (D9)
WAITING_LEVEL = 2  # while waiting for a professional
LEVEL_BEFORE_TESTS = 2  # before any test, where nothing asks for more care (S4); one more from week 3
SORE_LEVEL = 1  # an area whose own test hurt
LEVELS_BY_RUNNER: dict[Level, int] = {"planning": 2, "novice": 2, "regular": 3, "seasoned": 4}
LIFTER_LEVEL = 3  # at the least, for who trains the legs with weights every week; design
LATER_FROM_WEEK = 3
OLDER_FROM_AGE = 65
MINOR_BELOW_AGE = 18
MINOR_RIR = 3
JUMP_LEVEL = 6


class Restrictions(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that limits a plan. `active` holds ids of conditions, guards and sites that count now."""

    heading: Heading
    active: frozenset[str]
    running: Running
    profile: PainProfile
    tissues: tuple[str, ...] = ()  # pain profiles of the conditions that lead
    start_level: int
    top_level: int  # from week 3, after two green sessions
    sore_areas: frozenset[str]  # areas whose test hurt
    forbids_tags: frozenset[str]
    min_rir: int
    to_maximum: bool = False  # a dose that means as many as possible may mean it for this runner
    equipment: frozenset[str]
    gated: bool = False  # in pain: what waits for a gate is not given before it is open
    strong_areas: frozenset[str] = (
        frozenset()
    )  # by a test or by what is lifted; read where a phase is followed
    in_phase: frozenset[str] = frozenset()  # given by the phase of a programme: its level is no question
    ahead: frozenset[str] = frozenset()  # moves of later phases: nobody climbs to them before
    spoken_for: frozenset[str] = frozenset()  # what the physiotherapist's moves train

    def level_in(self, week: int) -> int:
        """The highest level given in a week."""
        return self.start_level if week < LATER_FROM_WEEK else self.top_level


def heading_of(given: Given, disposition: Disposition) -> Heading:
    """What kind of plan this is, the most careful kind first."""
    if disposition.allows in ("restricted", "no-impact"):
        return "while-you-wait"
    if not given.pain_at:
        return "prevention"
    return "full" if given.tests else "before-your-tests"


def true_guards(disposition: Disposition, library: Library) -> tuple[Guard, ...]:
    """The records of the guards that hold."""
    return tuple(library.guards[i] for i in sorted(disposition.guards) if i in library.guards)


def sore_areas(given: Given, library: Library, profile: PainProfile) -> frozenset[str]:
    """Areas whose own test hurt more than the green of the profile."""
    return frozenset(
        area
        for test, sides in given.tests.items()
        if test in library.clinical_tests
        and any(profile.colour(result.worst_pain) != "green" for result in sides.values())
        for area in library.clinical_tests[test].areas
    )


def level_limits(given: Given, guards: Iterable[Guard], *, waits: bool, careful: bool) -> tuple[int, int]:
    """The highest level at the start, and from the third week.

    Args:
        waits: a professional has to see the runner first.
        careful: a guard holds, or a bone under stress is not ruled out.
    """
    lifts = given.lifting is not None and given.lifting.is_regular and not (careful or waits)
    # How much somebody runs says little of how strong they are.
    base = max(LEVELS_BY_RUNNER[given.level], LIFTER_LEVEL * lifts) - (given.age >= OLDER_FROM_AGE)
    ceilings = [guard.max_level for guard in guards if guard.max_level is not None]
    if waits:
        ceilings.append(WAITING_LEVEL)
    first, later = base, min(base + 1, JUMP_LEVEL - 1)
    if given.pain_at and not given.tests:
        if careful or waits:
            ceilings.append(STARTER_LEVEL)
        most = LEVEL_BEFORE_TESTS + lifts
        first, later = min(first, most), min(later, most + 1)
    return min([first, *ceilings]), min([later, *ceilings])


def advising_condition(library: Library, differential: Differential) -> Condition | None:
    """Whose advice on running counts: the most careful of those that lead, the first among equals."""
    known = (library.conditions.get(name) for name in leading_conditions(differential))
    told = [condition for condition in known if condition is not None and condition.running]
    return min(told, key=lambda condition: tuple(RUNNING).index(condition.runs), default=None)


def running_allowed(
    disposition: Disposition, guards: Iterable[Guard], profile: PainProfile, in_question: bool, advised: Runs
) -> Running:
    """Whether to run, the most careful of everything that speaks of it.

    `in_question`: a bone under stress is possible behind something likely, so nothing grows.
    `advised`: what the advice of the leading condition comes to.
    """
    bone = profile.id == "bone"
    if disposition.allows == "no-impact" or bone or any(guard.forbids_running for guard in guards):
        return "none"
    kept: Runs = "kept" if disposition.allows == "restricted" or in_question else "on"
    return RUNNING[min(kept, advised, key=tuple(RUNNING).index)]


def forbidden_tags(guards: Iterable[Guard], running: Running, in_question: bool) -> frozenset[str]:
    """Tags no given exercise may carry. Nobody jumps who does not run yet."""
    tags = {tag for guard in guards for tag in guard.forbids_tags}
    if running in ("none", "turns") or in_question:
        tags.add("impact")
    return frozenset(tags)


def least_reserve(given: Given, guards: Iterable[Guard]) -> int:
    """The fewest repetitions to keep in reserve."""
    floors = [guard.min_rir for guard in guards if guard.min_rir is not None]
    if given.age < MINOR_BELOW_AGE:
        floors.append(MINOR_RIR)
    return max([DEFAULT_RIR, *floors])


def is_careful(heading: Heading, profile: PainProfile, in_question: bool) -> bool:
    """Whether no set may go to the last repetition: seen by nobody yet, not tested, or a bone in question."""
    return heading not in ("full", "prevention") or profile.id == "bone" or in_question


def restrict(
    given: Given, library: Library, disposition: Disposition, differential: Differential
) -> Restrictions:
    """All limits that hold for this runner."""
    guards = true_guards(disposition, library)
    heading = heading_of(given, disposition)
    profile = strictest_profile(library, differential, restricted=heading == "while-you-wait")
    if bone_flagged(given, library, disposition):
        profile = PROFILES["bone"]
    in_question = bone_in_question(library, differential)
    bones = any(is_bone(library, one.id) for one in differential.conditions if one.verdict != "unlikely")
    start_level, top_level = level_limits(
        given,
        guards,
        waits=heading == "while-you-wait",
        careful=bool(guards) or bones or profile.id == "bone",
    )
    advising = advising_condition(library, differential)
    advised: Runs = "on" if advising is None else advising.runs
    running = running_allowed(disposition, guards, profile, in_question, advised)
    return Restrictions(
        heading=heading,
        active=given.sites | frozenset(disposition.guards) | frozenset(possible_conditions(differential)),
        running=running,
        profile=profile,
        tissues=leading_tissues(library, differential),
        start_level=start_level,
        top_level=top_level,
        sore_areas=sore_areas(given, library, profile),
        forbids_tags=forbidden_tags(guards, running, in_question),
        min_rir=least_reserve(given, guards),
        to_maximum=not guards
        and given.age >= MINOR_BELOW_AGE
        and not is_careful(heading, profile, in_question),
        equipment=given.things | ALWAYS_THERE,
        gated=bool(given.pain_at),
        spoken_for=tissues_prescribed(given.prescribed, library),
    )


def level_for(exercise: Exercise, limits: Restrictions, week: int) -> int:
    """The highest level this exercise may have in a week: lower where an area's own test hurt."""
    level = limits.level_in(week)
    if limits.sore_areas.intersection(exercise.areas):
        sore = SORE_LEVEL if week < LATER_FROM_WEEK else SORE_LEVEL + 1
        return min(level, sore)
    return level


def level_in_phase(exercise: Exercise, limits: Restrictions, week: int) -> int:
    """The highest level of a phase's moves: the phase is the limit.

    Nothing hard comes before the tests, but for an area that is strong by what is lifted; nor in the first
    two weeks where an area's own test hurt.
    """
    early = week < LATER_FROM_WEEK
    if early and limits.sore_areas.intersection(exercise.areas):
        return SORE_LEVEL
    if limits.heading == "before-your-tests" and limits.strong_areas.isdisjoint(exercise.areas[:1]):
        return LEVEL_BEFORE_TESTS if early else LEVEL_BEFORE_TESTS + 1
    return JUMP_LEVEL


def first_week(exercise: Exercise, limits: Restrictions) -> int:
    """The week from which temporal contraindications let it in; 1 if none holds."""
    return max((later.from_week for later in exercise.later_in if later.when in limits.active), default=1)


def is_for_elsewhere(exercise: Exercise, limits: Restrictions) -> bool:
    """Whether it is made for sore places of which none hurts."""
    return bool(exercise.for_sites) and limits.active.isdisjoint(exercise.for_sites)


def cap_of(exercise: Exercise, limits: Restrictions) -> str:
    """The stated limits it is given with, e.g. a knee bend; empty if none."""
    caps = (later.cap for later in exercise.later_in if later.when in limits.active)
    return "; ".join(dict.fromkeys(cap for cap in caps if cap))


def _because(kind: str, exercise: Exercise, **values: str | int) -> Message:
    return Message(f"training.withheld-{kind}", {"exercise": exercise.id, **values})


def _kind_of(active_id: str, library: Library) -> str:
    kinds = {"condition": library.conditions, "guard": library.guards, "site": library.regions}
    return next((kind for kind, records in kinds.items() if active_id in records), "condition")


def never(exercise: Exercise, limits: Restrictions, library: Library) -> Message | None:
    """Why it is never given to this runner: a contraindication or a forbidden tag."""
    for named in exercise.never_in:
        if named in limits.active:
            kind = _kind_of(named, library)
            return _because(f"never-{kind}", exercise, **{kind: named})
    tags = sorted(limits.forbids_tags.intersection(exercise.tags))
    return _because("tag", exercise, tag=tags[0]) if tags else None


def behind_gate(exercise: Exercise, limits: Restrictions) -> Message | None:
    """Why it waits: its gate is not open. Nobody in pain is given it before that."""
    if exercise.gate and limits.gated:
        return _because("gate", exercise, gate=exercise.gate)
    return None


def of_later_phase(exercise: Exercise, limits: Restrictions) -> Message | None:
    """Why it waits: it belongs to a later phase of the programme that is followed."""
    return _because("phase", exercise) if exercise.id in limits.ahead else None


def too_early(exercise: Exercise, limits: Restrictions, library: Library, week: int) -> Message | None:
    """Why it is not given yet in this week."""
    for later in exercise.later_in:
        if later.when in limits.active and week < later.from_week:
            kind = _kind_of(later.when, library)
            return _because(f"later-{kind}", exercise, week=later.from_week, **{kind: later.when})
    return None


def too_hard(exercise: Exercise, limits: Restrictions, week: int) -> Message | None:
    """Why its level is too high in this week."""
    level = level_for(exercise, limits, week)
    if exercise.id in limits.in_phase:
        level = max(level, level_in_phase(exercise, limits, week))
    if exercise.level <= level:
        return None
    kind = "sore" if level < limits.level_in(week) else f"level-{limits.heading}"
    return _because(kind, exercise, level=exercise.level, highest=level)


def trained_by_another(exercise: Exercise, limits: Restrictions, library: Library) -> Message | None:
    """Why it is not given: a move of the physiotherapist trains the same already."""
    if limits.spoken_for and not limits.spoken_for.isdisjoint(tissues_of(exercise, library)):
        return _because("prescribed", exercise)
    return None


def without_equipment(exercise: Exercise, limits: Restrictions) -> Message | None:
    """Why it cannot be done with what is at hand; names the exercise to do instead, if there is one."""
    missing = sorted(need for need in exercise.needs if need not in limits.equipment)
    if not missing:
        return None
    instead = exercise.substitutes.get(missing[0])
    if instead is None:
        return _because("equipment", exercise, equipment=missing[0])
    return _because("equipment-instead", exercise, equipment=missing[0], exercise2=instead)


def withheld(exercise: Exercise, limits: Restrictions, library: Library, week: int) -> Message | None:
    """Why an exercise may not be given in a week, or None if it may: the one place that decides it."""
    if exercise.status == "retired":
        return _because("retired", exercise)
    if not exercise.easier:
        return _because("no-easier", exercise)
    return (
        never(exercise, limits, library)
        or trained_by_another(exercise, limits, library)
        or behind_gate(exercise, limits)
        or of_later_phase(exercise, limits)
        or too_early(exercise, limits, library, week)
        or too_hard(exercise, limits, week)
        or without_equipment(exercise, limits)
    )


def easier_way(exercise: Exercise, limits: Restrictions, library: Library, week: int) -> str:
    """The nearest easier exercise this runner may do, or "stop" where the ladder ends."""
    seen, rungs = {exercise.id}, list(exercise.easier)
    while rungs:
        rung = rungs.pop(0)
        candidate = library.exercises.get(rung)
        if candidate is None or rung in seen:
            continue
        if withheld(candidate, limits, library, week) is None and not is_for_elsewhere(candidate, limits):
            return rung
        seen.add(rung)
        rungs.extend(candidate.easier)
    return "stop"
