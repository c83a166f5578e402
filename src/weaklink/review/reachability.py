"""Reachability: whether every question is asked, every outcome can be met and every exercise be chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import get_args

from weaklink.library.checking import triggers_of
from weaklink.library.fault import Fault, file_of
from weaklink.library.reading import KINDS, Library
from weaklink.library.records import ALWAYS_THERE, Exercise, Guard, PreventionGroup, Sign
from weaklink.training.dose.dose import merged
from weaklink.training.dose.restrictions import JUMP_LEVEL

HOME_LEVEL = 2  # a starter without equipment exists for every prevention group
MOST_REPS = (
    25  # more is endurance; a longer range leads on before it (iversen-2021: 6 to 15, else to failure)
)


def check_reachability(library: Library) -> tuple[Fault, ...]:
    """Every question, outcome, test, dose and exercise that nothing leads to."""
    found: list[Fault] = []
    for look in LOOKS:
        found += [Fault(file_of(kind, name), field, text) for kind, name, field, text in look(library)]
    return tuple(sorted(found))


Found = Iterator[tuple[str, str, str, str]]  # kind, id, field, message


def unasked_questions(library: Library) -> Found:
    """Questions on no screen that are neither a detail nor a finding that changes anything.

    Findings are asked one at a time, whichever settles most; one that no sign, trigger or area uses never is.
    """
    shown = {name for screen in library.screens.values() for name in screen.questions}
    shown |= {flag.id for flag in library.red_flags.values() if flag.asked == "never"}  # by the weeks after
    used = set(_used_findings(library))
    for question in library.questions.values():
        if question.status == "retired" or question.id in shown or question.detail_of:
            continue
        if question.decides != "finding":
            yield "questions", question.id, "id", "stands on no screen and is no detail of a red flag"
        elif not (question.id in used or question.areas or question.kind_of_link):
            yield (
                "questions",
                question.id,
                "id",
                "no sign, trigger or area uses its answer, so it is never asked",
            )


def _used_findings(library: Library) -> Iterator[str]:
    for sign in _signs(library):
        yield sign.finding.partition("=")[0]
    for kind in KINDS:
        for record in library.of_kind(kind).values():
            for _, trigger in triggers_of(record):
                yield from (
                    *trigger.answers,
                    *trigger.not_answers,
                    *trigger.unless_below,
                    *trigger.unless_from,
                )


def signs_never_asked(library: Library) -> Found:
    """Signs of a condition whose question is not asked at any place where the condition hurts."""
    for condition in library.conditions.values():
        places = {*condition.sites, *condition.other_sites}
        for field in ("signs", "against"):
            for sign in getattr(condition, field):
                question = library.questions.get(sign.finding.partition("=")[0])
                if question is not None and places and question.sites and places.isdisjoint(question.sites):
                    text = f'"{question.id}" is not asked at any place where this hurts'
                    yield "conditions", condition.id, field, text


def flags_without_question(library: Library) -> Found:
    """Red flags nobody is asked about, and safety questions without a flag or a guard."""
    for flag in library.red_flags.values():
        question = library.questions.get(flag.id)
        if flag.status == "retired" or flag.asked == "never":
            continue
        if question is None:
            yield "red-flags", flag.id, "asked", f'has no question "{flag.id}"'
        elif question.decides != "red-flag":
            yield "questions", flag.id, "decides", f'is "{question.decides}" although a red flag has this id'
    for question in library.questions.values():
        if question.decides == "red-flag" and question.id not in library.red_flags:
            yield "questions", question.id, "decides", "is red-flag, but no red flag has this id"


def guards_without_trigger(library: Library) -> Found:
    """Guards that restrict something and can never hold. A rule for everyone restricts nothing here."""
    for guard in library.guards.values():
        if guard.status != "retired" and restricts(guard) and not guard.true_when:
            yield "guards", guard.id, "true_when", "is empty; nothing makes this guard hold"


def restricts(guard: Guard) -> bool:
    """Whether a guard limits a plan or raises how urgent it is."""
    limits = guard.tier or guard.max_level is not None or guard.min_rir is not None
    return bool(limits or guard.allows != "all" or guard.forbids_tags or guard.forbids_running)


def conditions_without_way(library: Library) -> Found:
    """Conditions that no site, sign, test or red flag leads to."""
    suggested = {name for flag in library.red_flags.values() for name in flag.suggests}
    tested = {sign.finding for test in library.clinical_tests.values() for sign in test.finds_pain_of}
    for condition in library.conditions.values():
        if condition.status == "retired" or condition.tier == "prevention":
            continue
        if condition.share == "only-with-flag" and condition.id not in suggested:
            yield "conditions", condition.id, "share", "is only-with-flag, but no red flag suggests it"
        elif not (condition.sites or condition.signs or condition.id in suggested | tested):
            yield "conditions", condition.id, "sites", "nothing leads here: no site, sign, test or red flag"


def sites_without_condition(library: Library) -> Found:
    """Painful sites that end in no condition at all."""
    met = {site for one in library.conditions.values() for site in (*one.sites, *one.other_sites)}
    for region in library.regions.values():
        if region.status != "retired" and region.id not in met:
            yield "regions", region.id, "id", "no condition hurts here"


def exercises_without_way(library: Library) -> Found:
    """Exercises that no area, stretch, follow-up, substitute, ladder or programme leads to."""
    led_to = set(_led_to(library))
    for exercise in library.exercises.values():
        if exercise.status == "retired" or exercise.id in led_to:
            continue
        if not exercise.areas and not exercise.stretches and exercise.kind != "drill":
            yield "exercises", exercise.id, "areas", "nothing leads here: no area, ladder or programme"


def _led_to(library: Library) -> Iterator[str]:
    for exercise in library.exercises.values():
        yield from exercise.easier
        yield from exercise.substitutes.values()
        yield exercise.followed_by
    for circuit in library.circuits.values():
        yield from circuit.exercises
    for programme in library.programmes.values():
        yield from (
            name for phase in programme.phases for m in phase.moves for name in (m.exercise, *m.instead)
        )


def ladders_that_end(library: Library) -> Found:
    """Exercises after which nothing comes: no next rung, no weight, and no hold that can grow."""
    for exercise in _strengthening(library):
        gives = merged(library.doses[exercise.dose], exercise)
        low, high = gives.hold_s or (0, 0)
        grows = (gives.reps is None and low < high) or "impact" in exercise.tags  # by bouts
        if not (exercise.harder or exercise.weighted or grows):
            yield (
                "exercises",
                exercise.id,
                "harder",
                "nothing comes after this: name the next rung, or a weight",
            )


def endless_ranges(library: Library) -> Found:
    """Exercises that ask for endurance in place of strength, or lead on where their range does not reach."""
    for exercise in _strengthening(library):
        low, high = merged(library.doses[exercise.dose], exercise).reps or (0, 0)
        leave_at = exercise.leave_at
        if leave_at is not None and not low < leave_at <= high:
            yield (
                "exercises",
                exercise.id,
                "leave_at",
                f"is {leave_at}; expected more than {low}, up to {high}",
            )
        if (high if leave_at is None else leave_at) > MOST_REPS:
            text = f"asks for more than {MOST_REPS} repetitions; say where it leads on"
            yield "exercises", exercise.id, "leave_at", text


def _strengthening(library: Library) -> Iterator[Exercise]:
    standing = (
        one for one in library.exercises.values() if one.status != "retired" and one.kind == "exercise"
    )
    return (exercise for exercise in standing if exercise.level < JUMP_LEVEL)


def groups_without_starter(library: Library) -> Found:
    """Prevention groups that cannot be trained at home without any equipment."""
    for group in get_args(PreventionGroup):
        members = {area.id for area in library.areas.values() if area.prevention_group == group}
        if members and not any(_is_starter(one, members) for one in library.exercises.values()):
            text = f'no exercise for "{group}" at level {HOME_LEVEL} or below without equipment'
            yield "areas", min(members), "prevention_group", text


def _is_starter(exercise: Exercise, areas: set[str]) -> bool:
    at_home = set(exercise.needs) <= ALWAYS_THERE and exercise.level <= HOME_LEVEL
    return exercise.kind == "exercise" and bool(areas.intersection(exercise.areas)) and at_home


def areas_without_exercise(library: Library) -> Found:
    """Areas that could be named as the weak link with nothing to train them."""
    trained = {area for one in library.exercises.values() if one.kind == "exercise" for area in one.areas}
    for area in library.areas.values():
        if area.status != "retired" and area.id not in trained:
            yield "areas", area.id, "id", "no exercise trains this area"


def unused_doses(library: Library) -> Found:
    """Doses that no exercise takes."""
    used = {exercise.dose for exercise in library.exercises.values()}
    for dose in library.doses.values():
        if dose.status != "retired" and dose.id not in used:
            yield "doses", dose.id, "id", "no exercise takes this dose"


def tests_without_use(library: Library) -> Found:
    """Tests whose result speaks for no area and no condition."""
    for test in library.clinical_tests.values():
        if test.status == "retired":
            continue
        named = any(sign.finding.startswith(f"{test.id}=") for sign in _signs(library))
        stops = any(option.meaning == "stop" for option in test.options)
        other = test.kind_of_link != "strength"  # stiffness or balance is a weak link of its own
        if not (test.areas or test.finds_pain_of or named or stops or other):
            yield "clinical-tests", test.id, "areas", "its result speaks for no area and no condition"


def _signs(library: Library) -> Iterator[Sign]:
    for condition in library.conditions.values():
        yield from condition.signs
        yield from condition.against


LOOKS: tuple[Callable[[Library], Found], ...] = (
    unasked_questions,
    signs_never_asked,
    flags_without_question,
    guards_without_trigger,
    conditions_without_way,
    sites_without_condition,
    exercises_without_way,
    ladders_that_end,
    endless_ranges,
    groups_without_starter,
    areas_without_exercise,
    unused_doses,
    tests_without_use,
)
