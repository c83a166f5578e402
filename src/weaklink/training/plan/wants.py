"""What is worth having in a session: the first move, the weak links, every area, a drill and a stretch."""

from __future__ import annotations

from collections.abc import Iterable

from weaklink.library.records import Exercise
from weaklink.quantities import Verdict
from weaklink.training.dose.first_moves import first_move
from weaklink.training.dose.focus import Focus
from weaklink.training.dose.setting import Setting
from weaklink.training.dose.suitability import is_idle_stretch
from weaklink.training.dose.usable import group_of
from weaklink.training.plan.session_problem import Want

# Worths are design: they only order what goes in first when time is short (D3).
FIRST_MOVE_WORTH = 4000
LEADING_WORTHS = (1000, 600)
FOCUS_WORTHS: dict[Verdict, int] = {"likely": 300, "possible": 200, "cannot-tell": 50}
GROUP_WORTH_IN_PREVENTION = 500
GROUP_WORTH = 45
OTHER_KIND_WORTH = 60  # S11: a stretch and a drill belong to a full plan


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
            ids=frozenset(e.id for e in exercises if e.kind == kind and not is_idle_stretch(e, plan)),
            worths=(OTHER_KIND_WORTH,),
        )
        for kind in ("drill", "stretch")
    ]
    first = Want(
        name="first-move", ids=frozenset({first_move(plan.given, plan.library)}), worths=(FIRST_MOVE_WORTH,)
    )
    return (first, *focus_wants(plan, exercises), *group_wants(plan, exercises), *kinds)
