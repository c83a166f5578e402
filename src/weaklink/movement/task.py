"""A posing task: one phase of a movement for one body, every name resolved to its place in the arrays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from weaklink.body.flesh import PADS
from weaklink.body.joints import range_of, stem_of
from weaklink.body.skeleton import Skeleton
from weaklink.movement.format import FLOOR, Aim, Contact, Keyframe, Movement, Thing
from weaklink.movement.surfaces import carries
from weaklink.quantities import WeaklinkError

FloatArray = npt.NDArray[np.float64]

# How much one degree away from the written angle counts; 1 is as much as a contact missed by a centimetre.
FREE, KEPT, SAID = 0.012, 0.05, 0.15
STEADY = ("lumbar", "neck", "wrist", "subtalar", "mtp")  # kept twice as well: they bend only where it is said
ROOT_ANGLE = 0.05
LENGTHS = {"pelvis_tx": 2.0, "pelvis_ty": 0.2, "pelvis_tz": 2.0}  # per metre


class MovementError(WeaklinkError):
    """A movement that names what the body or the room does not have."""


class Touch(NamedTuple):
    """One ball on one thing."""

    ball: int
    on: str
    slides: bool


class Task(NamedTuple):
    """One pose to find."""

    skeleton: Skeleton
    things: tuple[Thing, ...]
    touches: tuple[Touch, ...]
    pins: Mapping[int, FloatArray]  # where balls have to stay
    aims: tuple[Aim, ...]
    wanted: FloatArray  # the written coordinates [rad, m]
    weights: FloatArray  # per radian and metre
    low: FloatArray
    high: FloatArray
    support: tuple[int, ...]  # balls that carry; empty when balance is not asked for


def task_of(movement: Movement, keyframe: Keyframe, skeleton: Skeleton) -> Task:
    """The posing task of one phase, before anything is pinned.

    Raises: MovementError for a coordinate, part or thing that does not exist.
    """
    touches = tuple(_touches(movement, keyframe, skeleton))
    said = {**movement.angles, **keyframe.angles}
    support = [touch.ball for touch in touches if carries(touch.on, movement.things)]
    scale = skeleton.height_m / 1.75
    return Task(
        skeleton=skeleton,
        things=tuple(_scaled(thing, scale) for thing in movement.things),
        touches=touches,
        pins={},
        aims=(*movement.aims, *keyframe.aims),
        wanted=wanted_coordinates(said, skeleton),
        weights=_weights(movement, keyframe, skeleton),
        low=_bounds(skeleton, 0),
        high=_bounds(skeleton, 1),
        support=tuple(support) if movement.balanced else (),
    )


def _scaled(thing: Thing, scale: float) -> Thing:
    low, high = np.multiply(thing.low, scale), np.multiply(thing.high, scale)
    return Thing(name=thing.name, kind=thing.kind, low=tuple(low.tolist()), high=tuple(high.tolist()))


def balls_of(part: str, skeleton: Skeleton) -> list[int]:
    """The balls of a part: a pad such as "foot_r" has several, a ball such as "buttock_l" is one.

    Raises: MovementError.
    """
    names = [ball + part[-2:] for ball in PADS[part[:-2]]] if part[:-2] in PADS else [part]
    for name in names:
        if name not in skeleton.balls:
            raise MovementError(f'No part "{part}". Known: {", ".join((*PADS, *skeleton.balls))}.')
    return [skeleton.ball(name) for name in names]


def contacts_of(movement: Movement, keyframe: Keyframe, skeleton: Skeleton) -> dict[int, Contact]:
    """Every ball in touch in one phase; a later word on a ball replaces an earlier one."""
    found: dict[int, Contact] = {}
    for contact in movement.contacts:
        found |= {ball: contact for part in contact.parts for ball in balls_of(part, skeleton)}
    for part in keyframe.without:
        found = {ball: contact for ball, contact in found.items() if ball not in balls_of(part, skeleton)}
    for contact in keyframe.contacts:
        found |= {ball: contact for part in contact.parts for ball in balls_of(part, skeleton)}
    return found


def _touches(movement: Movement, keyframe: Keyframe, skeleton: Skeleton) -> Iterator[Touch]:
    known = {FLOOR, *(thing.name for thing in movement.things)}
    for ball, contact in contacts_of(movement, keyframe, skeleton).items():
        if contact.on not in known:
            raise MovementError(f'{movement.id}: no thing "{contact.on}". Known: {", ".join(sorted(known))}.')
        yield Touch(ball, contact.on, contact.slides)


def expand(name: str, skeleton: Skeleton) -> list[str]:
    """The coordinates a written name means: itself, or both sides of a stem.

    Raises: MovementError.
    """
    for names in ([name], [name + "_r", name + "_l"]):
        if set(names) <= set(skeleton.coordinates):
            return names
    raise MovementError(f'No coordinate "{name}". Known: {", ".join(skeleton.coordinates)}.')


def wanted_coordinates(said: Mapping[str, float], skeleton: Skeleton) -> FloatArray:
    """The written angles over those of a standing body [rad; metres for the pelvis' place]."""
    wanted = skeleton.standing.copy()
    for name, value in sorted(said.items(), key=lambda item: item[0].endswith(("_r", "_l"))):
        for coordinate in expand(name, skeleton):
            length = coordinate in LENGTHS
            wanted[skeleton.coordinate(coordinate)] = value if length else np.deg2rad(value)
    return wanted


def _weights(movement: Movement, keyframe: Keyframe, skeleton: Skeleton) -> FloatArray:
    """How much every coordinate counts; the later word holds, and a keyframe speaks last."""
    per_degree = {name: _usual_weight(name) for name in skeleton.coordinates}
    words: list[tuple[Iterable[str], float]] = [(movement.angles, SAID), (movement.free, FREE)]
    for names, weight in (*words, (keyframe.angles, SAID), (keyframe.free, FREE)):
        for name in names:
            per_degree |= dict.fromkeys(expand(name, skeleton), weight)
    weights: FloatArray = np.rad2deg(np.array([per_degree[name] for name in skeleton.coordinates]))
    for name, per_metre in LENGTHS.items():
        said = {**movement.angles, **keyframe.angles}
        weights[skeleton.coordinate(name)] = 20.0 if name in said else per_metre
    return weights


def _usual_weight(name: str) -> float:
    if name.startswith("pelvis"):
        return ROOT_ANGLE
    return 2 * KEPT if stem_of(name).startswith(STEADY) else KEPT


def _bounds(skeleton: Skeleton, end: int) -> FloatArray:
    limits = np.deg2rad([range_of(name)[end] for name in skeleton.coordinates])
    for name in LENGTHS:
        limits[skeleton.coordinate(name)] = (-9.0, 9.0)[end]
    return limits
