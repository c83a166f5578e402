"""What the records say about an exercise, held against its load: areas, stretches, and published EMG.

A disagreement is no error by itself: the model is blind to co-contraction and to pressing on purpose. It has
to be mended or explained in the record (`load_explained`), and the book lists every one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Literal

import msgspec

from weaklink.body.muscles import UNITS, UNSURE
from weaklink.library.load_summary import LITTLE, MUCH, SOME, LoadSummary
from weaklink.library.reading import Library
from weaklink.library.records import Area, Exercise

Kind = Literal["said-not-loaded", "part-not-loaded", "loaded-not-said", "said-not-lengthened"]
NUMBERS = ("", "at-its-limit", "pressed")  # summaries whose muscles can be held against what is said
PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*(?:\+/-|±)\s*\d+(?:\.\d+)?\s*%")


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """One record and its load that say different things."""

    exercise: str
    kind: Kind
    about: str  # an area; a muscle for stretches
    muscle: str  # the muscle of it that works most
    share: float  # its peak share of capacity, or its length
    explained: str  # empty when nobody has explained it


class EmgRow(msgspec.Struct, frozen=True, kw_only=True):
    """One exercise in one EMG study, beside the model."""

    exercise: str
    emg_percent: float  # of a maximal voluntary contraction; mean of the values given
    model: float  # peak share of the muscle's capacity
    marks: tuple[str, ...]


class EmgOrder(msgspec.Struct, frozen=True, kw_only=True):
    """The exercises of one study by one muscle's EMG. Figures of two studies cannot be compared."""

    source: str
    muscle: str
    rows: tuple[EmgRow, ...]  # most EMG first
    same: int  # pairs that the model puts in the same order
    pairs: int


def disagreements(library: Library, loads: Mapping[str, LoadSummary]) -> tuple[Disagreement, ...]:
    """Every disagreement of the exercises that have a load, in the order of their ids."""
    found: list[Disagreement] = []
    for exercise in library.exercises.values():
        load = loads.get(exercise.id)
        if load is None or exercise.status == "retired":
            continue
        if exercise.kind == "stretch":
            found += _not_lengthened(exercise, load, library)
        elif exercise.kind == "exercise" and load.why in NUMBERS:
            found += [*_not_loaded(exercise, load, library), *_not_said(exercise, load, library)]
    return tuple(found)


def peaks(load: LoadSummary) -> dict[str, float]:
    """The greatest share of each muscle, in the leg that has more."""
    found: dict[str, float] = {}
    for one in load.muscles:
        found[one.muscle] = max(found.get(one.muscle, 0.0), one.peak)
    return found


def _of_area(area: Area, load: LoadSummary) -> tuple[float, str]:
    """The most that any muscle of an area does, and which."""
    by_muscle = peaks(load)
    return max((by_muscle.get(muscle, 0.0), muscle) for muscle in area.muscles if muscle in UNITS)


def _not_loaded(exercise: Exercise, load: LoadSummary, library: Library) -> Iterator[Disagreement]:
    """Areas that are said to be trained and hardly work: the first should work some, the others a little."""
    for place, name in enumerate(exercise.areas):
        area = library.areas[name]
        if area.simulated:
            share, muscle = _of_area(area, load)
            if share < (SOME if place == 0 else LITTLE):
                yield _one(exercise, "said-not-loaded", name, muscle, share)
            elif place == 0 and _mostly_idle(area, load):
                yield _one(exercise, "part-not-loaded", name, muscle, share)


def _mostly_idle(area: Area, load: LoadSummary) -> bool:
    """Whether more than half of an area's muscles hardly work while another does."""
    by_muscle = peaks(load)
    known = [muscle for muscle in area.muscles if muscle in UNITS]
    return sum(by_muscle.get(muscle, 0.0) < LITTLE for muscle in known) > len(known) / 2


def _not_said(exercise: Exercise, load: LoadSummary, library: Library) -> Iterator[Disagreement]:
    """Areas that work much, and more than all that are said; muscles the model misses do not count."""
    said = [
        _of_area(library.areas[name], load)[0] for name in exercise.areas if library.areas[name].simulated
    ]
    for area in library.areas.values():
        sure = [muscle for muscle in area.muscles if muscle in UNITS and muscle not in UNSURE]
        if not area.simulated or area.id in exercise.areas or not sure:
            continue
        share, muscle = max((peaks(load).get(name, 0.0), name) for name in sure)
        if share >= max([MUCH, *said]):
            yield _one(exercise, "loaded-not-said", area.id, muscle, share)


def _not_lengthened(exercise: Exercise, load: LoadSummary, library: Library) -> Iterator[Disagreement]:
    """Muscles that are said to be stretched and are not among the long ones."""
    if load.why in ("quick", "travels", "not-computed"):
        return
    long = {one.muscle: one.share for one in load.lengthened if one.leg != "other"}
    for name in exercise.stretches:
        muscles = library.areas[name].muscles if name in library.areas else [name]
        known = [muscle for muscle in muscles if muscle in UNITS]
        if known and not set(known) & set(long):
            yield _one(exercise, "said-not-lengthened", name, known[0], 0.0)


def _one(exercise: Exercise, kind: Kind, about: str, muscle: str, share: float) -> Disagreement:
    return Disagreement(
        exercise=exercise.id, kind=kind, about=about, muscle=muscle, share=share,
        explained=exercise.load_explained.get(about, ""),
    )  # fmt: skip


def idle_explanations(
    library: Library, found: tuple[Disagreement, ...], loads: Mapping[str, LoadSummary]
) -> tuple[str, ...]:
    """Explanations of what is no disagreement (any more), as "exercise: area"."""
    needed = {(one.exercise, one.about) for one in found}
    return tuple(
        f"{exercise.id}: {about}"
        for exercise in library.exercises.values()
        for about in exercise.load_explained
        if exercise.id in loads and (exercise.id, about) not in needed
    )


def emg_percent(value: str) -> float | None:
    """The percentage of a value such as "81 +/- 42 % MVIC"; None when it gives none."""
    found = PERCENT.search(value)
    return float(found[1]) if found else None


def emg_orders(library: Library, loads: Mapping[str, LoadSummary]) -> tuple[EmgOrder, ...]:
    """For each study and muscle with two exercises or more, both orders."""
    groups: dict[tuple[str, str], list[EmgRow]] = {}
    for exercise in library.exercises.values():
        load = loads.get(exercise.id)
        if load is None or load.why not in ("", "at-its-limit"):
            continue
        for key, row in _emg_rows(exercise, load):
            groups.setdefault(key, []).append(row)
    return tuple(_order(*key, rows) for key, rows in sorted(groups.items()) if len(rows) > 1)


def _emg_rows(exercise: Exercise, load: LoadSummary) -> Iterator[tuple[tuple[str, str], EmgRow]]:
    """The study's mean value of each muscle of one exercise, beside the working leg of the model."""
    working = {one.muscle: one.peak for one in load.muscles if one.leg != "other"}
    for key in dict.fromkeys((emg.source, emg.muscle) for emg in exercise.emg):
        mine = [emg for emg in exercise.emg if (emg.source, emg.muscle) == key]
        values = [value for emg in mine if (value := emg_percent(emg.value)) is not None]
        if values and key[1] in UNITS:
            yield key, EmgRow(
                exercise=exercise.id, emg_percent=sum(values) / len(values), model=working.get(key[1], 0.0),
                marks=tuple(dict.fromkeys(emg.mark for emg in mine)),
            )  # fmt: skip


def _order(source: str, muscle: str, rows: list[EmgRow]) -> EmgOrder:
    ordered = sorted(rows, key=lambda row: (-row.emg_percent, row.exercise))
    pairs = [(a, b) for a, b in combinations(ordered, 2) if a.emg_percent > b.emg_percent]
    same = sum(a.model > b.model for a, b in pairs)
    return EmgOrder(source=source, muscle=muscle, rows=tuple(ordered), same=same, pairs=len(pairs))
