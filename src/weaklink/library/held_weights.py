"""Held weights: whether an exercise says truly how it takes a weight, and with which things."""

from __future__ import annotations

from collections.abc import Iterator

from weaklink.library.records import Equipment, Exercise, Weighted
from weaklink.quantities import LoadKind

# What "weight" among the equipment means; an ankle weight is a thing of its own.
FREE: frozenset[LoadKind] = frozenset(
    {"rucksack", "dumbbell", "dumbbell-each", "kettlebell", "barbell-total"}
)
HELD_WITH: dict[Equipment, frozenset[LoadKind]] = {
    "weight": FREE,
    "machine": frozenset({"machine-stack"}),
    "band": frozenset({"band"}),
}
TAG = "loaded"


def weight_problems(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """What is wrong with the weight of an exercise, as field and message."""
    if TAG in exercise.tags:
        yield "tags", f'"{TAG}" is not said; "weighted" says that and how a weight is held'
    if exercise.weighted is None:
        if "weight" in exercise.needs:
            yield "weighted", 'is missing although it needs "weight"; say how it is held'
        return
    yield from (("weighted.held", text) for text in _held(exercise, exercise.weighted))
    yield from _numbers(exercise.weighted)


def _held(exercise: Exercise, weighted: Weighted) -> Iterator[str]:
    if not weighted.held or len(set(weighted.held)) < len(weighted.held):
        yield "is empty or names something twice; name each way to hold it once, the usual one first"
        return
    for need in exercise.needs:
        if need in HELD_WITH and HELD_WITH[need].isdisjoint(weighted.held):
            yield f'names nothing that goes with "{need}", which it needs'
    if weighted.held[0] == "machine-stack" and "machine" not in exercise.needs:
        yield 'begins with "machine-stack", but it does not need a machine'


def _numbers(weighted: Weighted) -> Iterator[tuple[str, str]]:
    weak, average, strong = weighted.begin
    if not 0 <= weighted.body_share <= 1:
        yield "weighted.body_share", f"is {weighted.body_share:g}; expected 0 to 1"
    if not 0 <= weak <= average <= strong:
        yield "weighted.begin", "falls or is below 0; expected weak, average, strong in rising order"
    if weighted.known_by is not None and not 0 < weighted.known_by.share <= 1:
        yield "weighted.known_by.share", f"is {weighted.known_by.share:g}; expected above 0, 1 at most"
    if weighted.most is not None and weighted.most < strong:
        yield "weighted.most", f"is {weighted.most:g}, below what a strong runner begins with, {strong:g}"
