"""Ladders: from each exercise down to an easier one, until the lowest rung says stop, and up to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from weaklink.library.fault import Fault, file_of
from weaklink.library.records import Area, Exercise

STOP = ["stop"]
LEADS_BACK = 'does not lead back here by "easier"'
Exercises = Mapping[str, Exercise]
Ways = Callable[[Exercise], list[str]]


def ladder_problems(exercises: Exercises, areas: Mapping[str, Area]) -> Iterator[Fault]:
    """What is wrong with the ladders: no way down, "stop" too high, wrong steps, circles."""
    standing = {name: found for name, found in exercises.items() if found.status != "retired"}
    for exercise in standing.values():
        for message in _rung(exercise, standing):
            yield Fault(file_of("exercises", exercise.id), "easier", message)
        for field, message in _step_up(exercise, standing, areas):
            yield Fault(file_of("exercises", exercise.id), field, message)
    yield from _circles("easier", lambda exercise: exercise.easier, standing)
    yield from _circles("harder", lambda exercise: [exercise.harder], standing)


def _rung(exercise: Exercise, exercises: Exercises) -> Iterator[str]:
    if not exercise.easier:
        yield 'is empty; name an easier exercise, or "stop" on the lowest rung'
    if "stop" in exercise.easier and exercise.easier != STOP:
        yield '"stop" stands beside other exercises; it stands alone, on the lowest rung'
    if exercise.easier == STOP:
        lower = lower_rung(exercise, exercises)
        if lower:
            yield f'"stop" stands above the lowest rung; "{lower}" trains the same area at a lower level'
    for name in exercise.easier:
        below = exercises.get(name)
        if below is not None and below.level > exercise.level:
            yield f'"{name}" is at level {below.level}, above level {exercise.level}'


def _step_up(
    exercise: Exercise, exercises: Exercises, areas: Mapping[str, Area]
) -> Iterator[tuple[str, str]]:
    """What is wrong with the next rung of an exercise."""
    above = exercises.get(exercise.harder)
    if exercise.leave_at is not None and not exercise.harder:
        yield "leave_at", 'says when the next rung is offered, and "harder" names none'
    if above is None:
        return
    if above.level < exercise.level:
        yield "harder", f'"{above.id}" is at level {above.level}, below level {exercise.level}'
    if above.kind != exercise.kind:
        yield "harder", f'"{above.id}" is another kind of move: {above.kind}'
    if exercise.id not in ways_down(above, exercises):
        yield "harder", f'"{above.id}" {LEADS_BACK}'
    if not _train_alike(exercise, above, areas):
        yield "harder", f'"{above.id}" trains nothing of what this trains'


def _train_alike(one: Exercise, other: Exercise, areas: Mapping[str, Area]) -> bool:
    """Whether two exercises share an area or a prevention group; one that trains no area is like any."""
    first, second = _trained(one, areas), _trained(other, areas)
    return not first or not second or bool(first & second)


def _trained(exercise: Exercise, areas: Mapping[str, Area]) -> set[str]:
    groups = {areas[name].prevention_group for name in exercise.areas if name in areas}
    return {*exercise.areas, *(group for group in groups if group is not None)}


def ways_up(exercise: Exercise, exercises: Exercises) -> Iterator[str]:
    """The rungs above an exercise, the next one first; each once."""
    seen = {exercise.id}
    while (above := exercises.get(exercise.harder)) is not None and above.id not in seen:
        seen.add(above.id)
        yield above.id
        exercise = above


def ways_down(exercise: Exercise, exercises: Exercises) -> frozenset[str]:
    """Every exercise an exercise can fall back to."""
    found: set[str] = set()
    waiting = list(exercise.easier)
    while waiting:
        below = exercises.get(waiting.pop())
        if below is not None and below.id not in found:
            found.add(below.id)
            waiting.extend(below.easier)
    return frozenset(found)


def lower_rung(exercise: Exercise, exercises: Exercises) -> str:
    """An exercise for the same main area at a lower level, or nothing. Stretches and drills need none."""
    if exercise.kind != "exercise" or not exercise.areas:
        return ""
    lower = [
        other
        for other in exercises.values()
        if other.kind == "exercise" and other.areas[:1] == exercise.areas[:1] and other.level < exercise.level
    ]
    return min(lower, key=lambda other: (other.level, other.id)).id if lower else ""


def _circles(field: str, ways: Ways, exercises: Exercises) -> Iterator[Fault]:
    for circle in circles(ways, exercises):
        message = "goes in a circle: " + " -> ".join([*circle, circle[0]])
        yield Fault(file_of("exercises", circle[0]), field, message)


def circles(ways: Ways, exercises: Exercises) -> list[list[str]]:
    """Every circle of steps, each once, starting at its first id by the alphabet."""
    found: dict[frozenset[str], list[str]] = {}
    for start in sorted(exercises):
        path = _way_back(start, start, ways, exercises, [])
        if path and frozenset(path) not in found:
            found[frozenset(path)] = path
    return list(found.values())


def _way_back(goal: str, here: str, ways: Ways, exercises: Exercises, seen: list[str]) -> list[str]:
    for name in ways(exercises[here]) if here in exercises else ():
        if name == goal:
            return [*seen, here]
        if name not in seen and name != here:
            path = _way_back(goal, name, ways, exercises, [*seen, here])
            if path:
                return path
    return []
