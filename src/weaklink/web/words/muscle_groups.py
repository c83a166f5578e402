"""Muscle groups that can be made weaker: the areas of the knowledge that have muscles in the leg model."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from weaklink.body.muscles import UNITS
from weaklink.body.names import Leg
from weaklink.body.weakness import Weakness
from weaklink.library.reading import Library
from weaklink.library.wording import spoken_name
from weaklink.mechanics.article_claims import called_weak

FULL = 100
LEAST = 10
STEP = 5


class MuscleGroup(msgspec.Struct, frozen=True, kw_only=True):
    """One slider: an area and the muscles of it that are made weaker."""

    id: str
    name: str  # as a runner says it, e.g. "side of the hip"
    muscles: tuple[str, ...]
    members: tuple[str, ...]  # their names


def muscle_groups(library: Library) -> tuple[MuscleGroup, ...]:
    """The groups of the leg model, in the order of the areas."""
    return tuple(
        MuscleGroup(
            id=area.id, name=spoken_name(area), muscles=muscles,
            members=tuple(library.muscles[muscle].name for muscle in muscles),
        )
        for area in sorted(library.areas.values(), key=lambda one: one.order)
        if (muscles := called_weak([muscle for muscle in area.muscles if muscle in UNITS]))
    )  # fmt: skip


def areas_without_muscles(library: Library) -> tuple[str, ...]:
    """The areas of which the leg model has no muscle, as a runner says them."""
    known = {group.id for group in muscle_groups(library)}
    areas = sorted(library.areas.values(), key=lambda one: one.order)
    return tuple(spoken_name(area) for area in areas if area.id not in known)


def strengths(groups: tuple[MuscleGroup, ...], percents: Mapping[str, int]) -> dict[str, float]:
    """The share of its strength each weakened muscle has; in two groups, the weaker of both counts."""
    shares: dict[str, float] = {}
    for group in groups:
        percent = percents.get(group.id, FULL)
        if percent < FULL:
            for muscle in group.muscles:
                shares[muscle] = min(shares.get(muscle, 1.0), percent / FULL)
    return shares


def weaknesses(shares: Mapping[str, float], side: Leg) -> list[Weakness]:
    """The same for the solver."""
    return [Weakness(muscle=muscle, strength=share, side=side) for muscle, share in shares.items()]
