"""From the exercises a runner may do to the problem of one session: candidates, their worth, the wants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from weaklink.library.records import Exercise
from weaklink.quantities import Level, Verdict
from weaklink.training.dose import merged, set_choices, times_a_week
from weaklink.training.first_moves import first_move
from weaklink.training.focus import Focus
from weaklink.training.problem import (
    COST_OF_A_MOVE,
    Candidate,
    Problem,
    Want,
    cheapest_by_group,
    pruned,
    seconds_of,
)
from weaklink.training.restrictions import LATER_FROM_WEEK, STARTER_LEVEL, first_week, level_for
from weaklink.training.session_days import DayKind
from weaklink.training.setting import Setting

# Worths are design: they only order what goes in first when time is short (D3).
FIRST_MOVE_WORTH = 4000
LEADING_WORTHS = (1000, 600)
FOCUS_WORTHS: dict[Verdict, int] = {"likely": 300, "possible": 200, "cannot-tell": 50}
GROUP_WORTH_IN_PREVENTION = 500
GROUP_WORTH = 45
OTHER_KIND_WORTH = 60  # S11: a stretch and a drill belong to a full plan
HEAVY_LEVEL = 4
CIRCUIT_ROUNDS = 2  # article B: two to three rounds; the start is the lower number
RUN_STRETCHES = ("hamstring-stretch", "quad-stretch")  # S38
BROUGHT_SETS = 1  # S46: a stretch that follows an exercise is held once on each side
LEG_GROUPS = frozenset({"gluteals", "quadriceps", "hamstrings", "calf", "tibialis-posterior"})
AIMS: dict[Level, int] = {"planning": 1, "novice": 1, "regular": 2, "seasoned": 3}


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
    days = plan.days.days
    sessions = len(days) if kind == "light" else sum(day.kind != "light" for day in days)
    return times_a_week(exercise, plan.library.doses[exercise.dose]) >= sessions


def is_too_gentle(exercise: Exercise, plan: Setting) -> bool:
    """Whether it is a bed exercise for someone without pain, who can start with real movements."""
    healthy = plan.limits.heading == "prevention" and plan.limits.start_level > STARTER_LEVEL
    return healthy and exercise.kind == "exercise" and exercise.level == 0


def usable(plan: Setting, week: int, kind: DayKind) -> tuple[Exercise, ...]:
    """The exercises for a kind of session in a week."""
    return tuple(
        exercise
        for exercise in plan.admitted(week)
        if not is_too_gentle(exercise, plan)
        and often_enough(exercise, plan, kind)
        and not (kind != "full" and is_heavy_for_legs(exercise, plan))
    )


def falls_back(exercise: Exercise, plan: Setting, kept: Mapping[str, int]) -> bool:
    """Whether an earlier week held a harder move for the same area."""
    if exercise.id in kept or exercise.kind != "exercise":
        return False
    earlier = (plan.library.exercises[name] for name in kept)
    return any(e.areas[:1] == exercise.areas[:1] and e.level > exercise.level for e in earlier)


def is_due(exercise: Exercise, plan: Setting, week: int) -> bool:
    """Whether an article's move for the first area to train may be offered from this week on (S37)."""
    first = [focus.area for focus in plan.focuses[:1]]
    return (
        bool(exercise.article)
        and exercise.areas[:1] == first
        and first_week(exercise, plan.limits) == week > 1
    )


def weight_of_level(exercise: Exercise, plan: Setting) -> int:
    """How much it matters that a move is near the level to aim at: most for the first area to train."""
    place = next((n for n, focus in enumerate(plan.focuses) if exercise.areas[:1] == [focus.area]), None)
    if place is None or plan.focuses[place].verdict == "cannot-tell":
        return 4
    return 25 if place == 0 else 8


def quality(exercise: Exercise, plan: Setting, week: int, kept: Mapping[str, int]) -> int:
    """How well it suits: near the level to aim at, an article's move, one clear area, continuity."""
    aim = AIMS[plan.given.level] + (week >= LATER_FROM_WEEK)
    distance = abs(exercise.level - min(aim, level_for(exercise, plan.limits, week)))
    liked = 3 * bool(exercise.article) + (len(exercise.areas) == 1) + 8 * (exercise.id in kept)
    due = 40 * is_due(exercise, plan, week)
    off = weight_of_level(exercise, plan) * distance
    return 10 - off + liked + due - 12 * falls_back(exercise, plan, kept)


def quality_of_stretch(exercise: Exercise, plan: Setting) -> int:
    """How well a stretch suits: best for what is trained, then those the articles give to every runner."""
    trained = {focus.area for focus in plan.focuses}
    muscles = {m for area in trained if area in plan.library.areas for m in plan.library.areas[area].muscles}
    return 10 * bool((trained | muscles).intersection(exercise.stretches)) + 5 * (
        exercise.id in RUN_STRETCHES
    )


def bonus_of_sets(sets: int, choices: tuple[int, ...], usual: int, leading: bool) -> int:
    """A little more for an extra set, most for the leading area; less for fewer than usual."""
    if sets < usual:
        return -6
    return (3 if leading else 1) * choices.index(sets) if len(choices) > 1 else 0


def leading_area(plan: Setting, usable_now: Iterable[Exercise]) -> str:
    """The first area to train that has an exercise at all; empty if none has."""
    exercises = tuple(usable_now)
    return next((f.area for f in plan.focuses if exercises_for(f, exercises)), "")


def exercises_for(focus: Focus, exercises: Iterable[Exercise]) -> frozenset[str]:
    """Exercises that train an area: those with it as main area, else those that train it as well."""
    moves = [exercise for exercise in exercises if exercise.kind == "exercise"]
    main = frozenset(e.id for e in moves if e.areas[:1] == [focus.area])
    return main or frozenset(e.id for e in moves if focus.area in e.areas)


def focus_wants(plan: Setting, exercises: tuple[Exercise, ...]) -> list[Want]:
    """One want for each area to train: two moves for the leading area, one for every other."""
    leading, wants = leading_area(plan, exercises), []
    for place, focus in enumerate(plan.focuses):
        worth = FOCUS_WORTHS[focus.verdict]
        worths = LEADING_WORTHS if focus.area == leading else (max(worth - 10 * place, worth // 2),)
        wants.append(Want(name=f"area:{focus.area}", ids=exercises_for(focus, exercises), worths=worths))
    return wants


def group_wants(plan: Setting, exercises: tuple[Exercise, ...]) -> list[Want]:
    """One want for each prevention group."""
    worth = GROUP_WORTH_IN_PREVENTION if plan.limits.heading == "prevention" else GROUP_WORTH
    by_group: dict[str, set[str]] = {}
    for exercise in exercises:
        if exercise.kind == "exercise" and (group := group_of(exercise, plan)):
            by_group.setdefault(group, set()).add(exercise.id)
    return [
        Want(name=f"group:{group}", ids=frozenset(ids), worths=(worth,))
        for group, ids in sorted(by_group.items())
    ]


def wants(plan: Setting, exercises: tuple[Exercise, ...]) -> tuple[Want, ...]:
    """Everything worth having in a session."""
    kinds = [
        Want(
            name=f"kind:{kind}",
            ids=frozenset(e.id for e in exercises if e.kind == kind),
            worths=(OTHER_KIND_WORTH,),
        )
        for kind in ("drill", "stretch")
    ]
    first = Want(name="first-move", ids=frozenset({first_move(plan.given)}), worths=(FIRST_MOVE_WORTH,))
    return (first, *focus_wants(plan, exercises), *group_wants(plan, exercises), *kinds)


def started_in(exercise_id: str, week: int, kept: Mapping[str, int]) -> int:
    """The week an exercise first stood in the plan."""
    return kept.get(exercise_id, week)


def brought(exercise: Exercise, exercises: Iterable[Exercise]) -> Exercise | None:
    """The stretch that follows it, if that may be given."""
    return next((e for e in exercises if e.id == exercise.followed_by), None)


def candidates_of(
    exercise: Exercise,
    plan: Setting,
    weeks: tuple[int, ...],
    kept: Mapping[str, int],
    rounds: int | None,
    after: Exercise | None,
) -> list[Candidate]:
    """One candidate for each number of sets; its time is that of the longest week."""
    gives = merged(plan.library.doses[exercise.dose], exercise)
    is_move = exercise.kind == "exercise"
    choices = set_choices(gives, rounds) if is_move else set_choices(gives)[:1]
    usual = min((gives.sets or (1, 1))[0], choices[-1])
    grown_by = weeks[-1] - started_in(exercise.id, weeks[0], kept)
    extra = plan.prescribed(after, BROUGHT_SETS, 0).seconds if after is not None else 0
    stretch = exercise.kind == "stretch"
    suits = quality_of_stretch(exercise, plan) if stretch else quality(exercise, plan, weeks[0], kept)
    leading = bool(plan.focuses) and plan.focuses[0].area in exercise.areas
    return [
        Candidate(
            id=exercise.id,
            sets=sets,
            kind=exercise.kind,
            seconds=plan.prescribed(exercise, sets, grown_by).seconds + extra,
            quality=min(COST_OF_A_MOVE - 1, suits + bonus_of_sets(sets, choices, usual, leading)),
            group=group_of(exercise, plan) if is_move else "",
            brings=after.id if after is not None else "",
        )
        for sets in choices
    ]


def all_candidates(
    plan: Setting,
    exercises: tuple[Exercise, ...],
    weeks: tuple[int, ...],
    kept: Mapping[str, int],
    rounds: int | None,
) -> tuple[Candidate, ...]:
    """Every exercise with every number of sets, in id order."""
    found = (
        candidate
        for exercise in exercises
        for candidate in candidates_of(exercise, plan, weeks, kept, rounds, brought(exercise, exercises))
    )
    return tuple(sorted(found))


def fitting_candidates(
    plan: Setting, exercises: tuple[Exercise, ...], weeks: tuple[int, ...], kept: Mapping[str, int]
) -> tuple[Candidate, ...]:
    """The candidates with the wished rounds; in a circuit with two, or one where time is too short for two.

    Every area once comes before a second round (article B: at least one move for each area).
    """
    wish = plan.given.wish
    rounds = wish.rounds if wish is not None else None
    if rounds is not None or not plan.runner.circuit:
        return all_candidates(plan, exercises, weeks, kept, rounds)
    two = all_candidates(plan, exercises, weeks, kept, CIRCUIT_ROUNDS)
    if seconds_of(cheapest_by_group(two).values()) <= plan.seconds:
        return two
    return all_candidates(plan, exercises, weeks, kept, 1)


def session_problem(plan: Setting, weeks: tuple[int, ...], kind: DayKind, kept: Mapping[str, int]) -> Problem:
    """What to choose from in the sessions of one kind in some weeks.

    Args:
        weeks: the weeks that share one choice; what is allowed is decided by the first.
        kept: exercises of earlier weeks with the week each began.
    """
    exercises = usable(plan, weeks[0], kind)
    wish = plan.given.wish
    least = wish.areas or 0 if wish is not None and kind != "light" else 0
    return pruned(
        Problem(
            candidates=fitting_candidates(plan, exercises, weeks, kept),
            wants=wants(plan, exercises),
            seconds=plan.seconds,
            least_groups=least,
        )
    )
