"""Looking for a move of the library by words somebody uses for it; works without a script."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from weaklink.case.routine import plain
from weaklink.library.reading import Library
from weaklink.library.records import Exercise
from weaklink.library.wording import spoken_name

MOST_FOUND = 12
NOT_FOUND = 3


class FoundMove(msgspec.Struct, frozen=True):
    """A move that was found, and what it trains."""

    id: str
    name: str
    trains: str


def found_moves(words: str, library: Library) -> list[FoundMove]:
    """The moves whose names and areas hold every word, those named by the words first."""
    wanted = [one for one in map(plain, words.split()) if one]
    if not wanted:
        return []
    known = (one for one in library.exercises.values() if one.status != "retired")
    ranks = ((_rank(one, wanted, library), one.name, one.id) for one in known)
    ranked = sorted((rank, name, known_as) for rank, name, known_as in ranks if rank < NOT_FOUND)
    return [_found(library.exercises[known_as], library) for _, _, known_as in ranked[:MOST_FOUND]]


def _rank(exercise: Exercise, wanted: list[str], library: Library) -> int:
    """0 where a name begins with the words, 1 where one holds them all, 2 where areas help."""
    names = [plain(name) for name in (exercise.name, *exercise.common_names)]
    if any(name.startswith("".join(wanted)) for name in names):
        return 0
    if any(all(one in name for one in wanted) for name in names):
        return 1
    around = "".join((*names, *map(plain, _areas(exercise, library))))
    return 2 if all(one in around for one in wanted) else NOT_FOUND


def _areas(exercise: Exercise, library: Library) -> Iterator[str]:
    for name in (*exercise.areas, *exercise.stretches):
        if name in library.areas:
            area = library.areas[name]
            yield from (area.name, *area.common_names)


def _found(exercise: Exercise, library: Library) -> FoundMove:
    areas = [library.areas[name] for name in exercise.areas if name in library.areas]
    return FoundMove(exercise.id, exercise.name, ", ".join(map(spoken_name, areas)))
