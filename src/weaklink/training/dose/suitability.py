"""How well an exercise suits this runner: near the level to aim at, from an article, kept from before."""

from __future__ import annotations

from collections.abc import Mapping

from weaklink.library.records import Exercise
from weaklink.quantities import Level
from weaklink.training.dose.restrictions import LATER_FROM_WEEK, first_week, level_for
from weaklink.training.dose.setting import Setting

AIMS: dict[Level, int] = {"planning": 1, "novice": 1, "regular": 2, "seasoned": 3}
FEWER_OF_MAIN = -310  # for each set less of a main move of a phase: more than any further move is worth
HELD, HEAVY_KG = 24, 12  # who lifts trains with weights where there are any, rather with heavy ones
RELATED = 10  # the least worth of a stretch for something trained or stiff


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
    liked += worth_of_weight(exercise, plan, week)
    return 10 - off + liked + due - 12 * falls_back(exercise, plan, kept)


def worth_of_weight(exercise: Exercise, plan: Setting, week: int) -> int:
    """What it is worth to somebody who lifts every week that a move begins with kilograms in it."""
    if not plan.lifts:
        return 0
    load = plan.first_load(exercise, plan.rack_of(exercise, week))
    return HELD + min(HEAVY_KG, round(load.total_kg)) if load is not None and load.kg else 0


def quality_of_stretch(exercise: Exercise, plan: Setting) -> int:
    """How well a stretch suits: best for what is trained first or said to be stiff with this pain.

    An area nobody could tell about is no reason to stretch it.
    """
    places = [
        place
        for place, focus in enumerate(plan.focuses)
        if focus.verdict != "cannot-tell" and _lengthens(exercise, focus.area, plan)
    ]
    trained = max(18 - 4 * places[0], 10) if places else 0
    stiff = 20 * any(_lengthens(exercise, area, plan, 1) for area in _stiff_areas(plan))
    return max(trained, stiff) + 5 * bool(exercise.around_runs)


def is_idle_stretch(exercise: Exercise, plan: Setting) -> bool:
    """Whether it is a stretch that has nothing to do with the pain or with what is trained.

    Those around runs stay where the record says so, and for runners without pain.
    """
    if exercise.kind != "stretch" or quality_of_stretch(exercise, plan) >= RELATED:
        return False
    here = not plan.given.sites.isdisjoint(exercise.around_runs_sites)
    return not (exercise.around_runs and (here or not plan.given.pain_at))


def _stiff_areas(plan: Setting) -> set[str]:
    """Areas a claim of the knowledge calls short or stiff where it hurts."""
    claims = plan.library.weak_links.values()
    return {claim.area for claim in claims if claim.kind == "mobility" and claim.site in plan.given.sites}


def _lengthens(exercise: Exercise, area: str, plan: Setting, most: int | None = None) -> bool:
    """Whether its main stretch is the area or one of its muscles, the first `most` of them."""
    muscles = plan.library.areas[area].muscles if area in plan.library.areas else []
    return not {area, *muscles[:most]}.isdisjoint(exercise.stretches[:1])


def bonus_of_sets(sets: int, choices: tuple[int, ...], usual: int, leading: bool, main: bool = False) -> int:
    """A little more for an extra set, most for the leading area; less for fewer than usual.

    The main moves of a phase keep their sets rather than make room for one more move.
    """
    if sets < usual:
        return FEWER_OF_MAIN * (usual - sets) if main else -6
    return (3 if leading else 1) * choices.index(sets) if len(choices) > 1 else 0
