"""Working muscles: which muscles a picture of an exercise, stretch or test lights, and how."""

from __future__ import annotations

from collections.abc import Iterator

from weaklink.figure.shown import Lit, Tone
from weaklink.library.reading import Library
from weaklink.movement.format import Side

SIDES: dict[Side, tuple[str, ...]] = {"right": ("right",), "left": ("left",), "both": ("right", "left")}


def working_muscles(record_id: str, library: Library, side: Side) -> Lit:
    """The muscles of the areas an exercise or a test is about; those of its first area are what works.

    Args:
        side: the side the movement is shown for. Areas of the trunk without a side are lit on both.
    """
    lit: dict[tuple[str, str], Tone] = {}
    for muscle, sides, tone in _muscles(record_id, library, side):
        for each in sides:
            lit.setdefault((muscle, each), tone)
    return lit


def _muscles(record_id: str, library: Library, side: Side) -> Iterator[tuple[str, tuple[str, ...], Tone]]:
    exercise, test = library.exercises.get(record_id), library.clinical_tests.get(record_id)
    for name in exercise.stretches if exercise else ():
        yield from _area(name, library, side, "stretched")
    areas = exercise.areas if exercise else test.areas if test else []
    for place, name in enumerate(areas):
        yield from _area(name, library, side, "helps" if place else "works")


def _area(name: str, library: Library, side: Side, tone: Tone) -> Iterator[tuple[str, tuple[str, ...], Tone]]:
    """The muscles of an area; any other name is a muscle itself."""
    area = library.areas.get(name)
    if area is None:
        yield name, SIDES[side], tone
        return
    for muscle in area.muscles:
        yield muscle, SIDES[side if area.sided else "both"], tone
