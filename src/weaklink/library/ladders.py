"""Ladders: from each exercise down to an easier one, until the lowest rung says stop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from weaklink.library.fault import Fault, file_of
from weaklink.library.records import Exercise

STOP = ["stop"]


def ladder_problems(exercises: Mapping[str, Exercise]) -> Iterator[Fault]:
    """What is wrong with the ladders: no way down, "stop" too high, steps upwards, circles."""
    standing = {name: found for name, found in exercises.items() if found.status != "retired"}
    for exercise in standing.values():
        for message in _rung(exercise, standing):
            yield Fault(file_of("exercises", exercise.id), "easier", message)
    for circle in circles(standing):
        message = "goes in a circle: " + " -> ".join([*circle, circle[0]])
        yield Fault(file_of("exercises", circle[0]), "easier", message)


def _rung(exercise: Exercise, exercises: Mapping[str, Exercise]) -> Iterator[str]:
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


def lower_rung(exercise: Exercise, exercises: Mapping[str, Exercise]) -> str:
    """An exercise for the same main area at a lower level, or nothing. Stretches and drills need none."""
    if exercise.kind != "exercise" or not exercise.areas:
        return ""
    lower = [
        other
        for other in exercises.values()
        if other.kind == "exercise" and other.areas[:1] == exercise.areas[:1] and other.level < exercise.level
    ]
    return min(lower, key=lambda other: (other.level, other.id)).id if lower else ""


def circles(exercises: Mapping[str, Exercise]) -> list[list[str]]:
    """Every circle of easier steps, each once, starting at its first id by the alphabet."""
    found: dict[frozenset[str], list[str]] = {}
    for start in sorted(exercises):
        path = _way_back(start, start, exercises, [])
        if path and frozenset(path) not in found:
            found[frozenset(path)] = path
    return list(found.values())


def _way_back(goal: str, here: str, exercises: Mapping[str, Exercise], seen: list[str]) -> list[str]:
    for below in exercises[here].easier if here in exercises else ():
        if below == goal:
            return [*seen, here]
        if below not in seen and below != here:
            path = _way_back(goal, below, exercises, [*seen, here])
            if path:
                return path
    return []
