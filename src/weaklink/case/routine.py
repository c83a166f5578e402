"""The runner's own strength routine as it is written down: what they do on which days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from weaklink.case.own_move import OwnMove, Routine
from weaklink.case.results import whole_number
from weaklink.case.shown_value import shown
from weaklink.library.reading import Library, nearest
from weaklink.quantities import WEEKDAYS, Weekday

FOLLOWS_PHYSIO = "follows-physio"  # the question whose answer the week holds
OWN_ROUTINE = "own-routine"  # the question that a written routine answers
MOST_MOVES = 12  # a day
MOST_NAME = 60
LIMITS = {"sets": (1, 20), "reps": (1, 100), "hold_s": (1, 600)}
KEYS = ("exercise", "name", "sets", "reps", "hold_s")


def read_routine(found: Any, library: Library) -> Routine:
    """The routine by day, in the order of the week; a name that we know becomes its exercise.

    Raises: ValueError whose text continues a key: ".mon[0].sets: found ...; expected ...".
    """
    if not isinstance(found, dict):
        raise ValueError(
            f": found {shown(found)}; expected a table such as {{mon = [{{name = ..., sets = 3}}]}}"
        )
    for day in found:
        if day not in WEEKDAYS:
            raise ValueError(f": unknown day {shown(day)}; known days: {', '.join(WEEKDAYS)}")
    known = names_of(library)
    read = {day: _moves(f".{day}", found[day], library, known) for day in WEEKDAYS if day in found}
    return {day: moves for day, moves in read.items() if moves}


def routine_table(routine: Mapping[Weekday, tuple[OwnMove, ...]]) -> dict[str, list[dict[str, Any]]]:
    """The same in the shape of a case file."""
    return {day: [_told(move) for move in moves] for day, moves in routine.items() if moves}


def _told(move: OwnMove) -> dict[str, Any]:
    said: dict[str, Any] = msgspec.to_builtins(move)
    kept = {name: value for name, value in said.items() if name != ("name" if move.exercise else "exercise")}
    return {**kept, "sets": move.sets}


def names_of(library: Library) -> dict[str, str]:
    """The id of each exercise by its names, written plainly."""
    found: dict[str, str] = {}
    for exercise in library.exercises.values():
        for name in (exercise.id, exercise.name, *exercise.common_names):
            found.setdefault(plain(name), exercise.id)
    return found


def plain(name: str) -> str:
    """A name without case, spaces and signs, so that "Wall-Squat " is "wallsquat"."""
    letters = "".join(letter for letter in name.casefold() if letter.isalnum())
    return letters.removesuffix("s")


def _moves(key: str, found: Any, library: Library, known: Mapping[str, str]) -> tuple[OwnMove, ...]:
    if not isinstance(found, list) or len(found) > MOST_MOVES:
        raise ValueError(f"{key}: found {shown(found)}; expected a list of at most {MOST_MOVES} moves")
    return tuple(_move(f"{key}[{number}]", one, library, known) for number, one in enumerate(found))


def _move(key: str, found: Any, library: Library, known: Mapping[str, str]) -> OwnMove:
    if not isinstance(found, dict):
        raise ValueError(f"{key}: found {shown(found)}; expected a table such as {{name = ..., sets = 3}}")
    for part in found:
        if part not in KEYS:
            raise ValueError(
                f"{key}: unknown key {shown(part)}; nearest known keys: {nearest(part, list(KEYS))}"
            )
    name, exercise = _named(key, found, library, known)
    numbers = {part: _number(f"{key}.{part}", found[part], *LIMITS[part]) for part in LIMITS if part in found}
    if "reps" in numbers and "hold_s" in numbers:
        raise ValueError(f"{key}: reps and hold_s; expected one of the two")
    return OwnMove(name=name, exercise=exercise, **numbers)


def _named(key: str, found: dict[str, Any], library: Library, known: Mapping[str, str]) -> tuple[str, str]:
    if "exercise" in found:
        exercise = library.exercises.get(found["exercise"]) if isinstance(found["exercise"], str) else None
        if exercise is None:
            near = nearest(found["exercise"], list(library.exercises))
            raise ValueError(f"{key}.exercise: unknown exercise {shown(found['exercise'])}; nearest: {near}")
        return exercise.name, exercise.id
    name = found.get("name")
    if not isinstance(name, str) or not 1 <= len(name.strip()) <= MOST_NAME or not name.isprintable():
        raise ValueError(f"{key}.name: found {shown(name)}; expected a name of 1 to {MOST_NAME} characters")
    same = known.get(plain(name), "")
    return (library.exercises[same].name if same else name.strip()), same


def _number(key: str, found: Any, low: int, high: int) -> int:
    number = whole_number(found)
    if number is None or not low <= number <= high:
        raise ValueError(f"{key}: found {shown(found)}; expected a whole number from {low} to {high}")
    return number
