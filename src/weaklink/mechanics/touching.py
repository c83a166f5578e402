"""Where a body can be carried: flesh on floor and things, flesh on flesh, straps; and what pulls it.

Metres and newtons in the room: x forward, y up, z to the right. Forces are those on the body.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from weaklink.body.segments import REFERENCE_HEIGHT_M
from weaklink.body.skeleton import Skeleton
from weaklink.movement.format import FLOOR, Contact, Held, Movement, Thing
from weaklink.movement.kinematics import Placed
from weaklink.movement.surfaces import distance
from weaklink.movement.task import contacts_of

FloatArray = npt.NDArray[np.float64]
GRAVITY_M_S2 = 9.80665
# All of the following are our choice.
FRICTION = 0.5  # of a skin or a shoe that is said to stay
ROLLING = 0.3  # of a skin that slides or rolls on a bench, a chair, a box
NEAR_M = 0.008  # flesh this near is taken to touch
SAID_NEAR_M = 0.015  # flesh that is said to touch, within what the pose may miss
GRIP_NEAR_M = 0.030  # a hand around a bar
PULLS_N: Mapping[str, float] = {"band": 50.0, "ball": 50.0, "belt": 80.0}
LEVEL = 0.7  # flesh nobody mentions rests on what is this level (upward part of its normal)
HANDS = ("knuckle", "palm")
LIGHTLY = ("fingertips",)  # touch for balance, and carry only what nothing else can


class Spot(NamedTuple):
    """A point of the body that a force acts at."""

    segment: int
    place: FloatArray  # in the room [m], (3,)


class Support(NamedTuple):
    """A force the body may lean on: a not negative sum of its directions, at a spot, and against another."""

    at: Spot
    against: Spot | None  # the other part of the body when it leans on itself
    directions: FloatArray  # (n_directions, 3), the first along the normal
    lightly: bool = False


class Pull(NamedTuple):
    """A force of a known size on the body: a weight that is held, a band, a squeezed ball."""

    at: Spot
    force: FloatArray  # [N], (3,)


def supports(movement: Movement, marks: tuple[int, int], skeleton: Skeleton, placed: Placed) -> list[Support]:
    """What may carry one pose between (or at) the keyframes of those two places in the movement."""
    said = _said(movement, marks, skeleton)
    scale = skeleton.height_m / REFERENCE_HEIGHT_M
    things = tuple(_grown(thing, scale) for thing in movement.things)
    found = [*_on_things(said, things, skeleton, placed), *_on_itself(movement, marks, skeleton, placed)]
    return found + [strap for held in movement.held for strap in _straps(held, things, skeleton, placed)]


def pulls(movement: Movement, skeleton: Skeleton, placed: Placed) -> list[Pull]:
    """Every force of a known size in one pose; weights are those of the movement, at any size of body."""
    scale = skeleton.height_m / REFERENCE_HEIGHT_M
    things = {thing.name: _grown(thing, scale) for thing in movement.things}
    return [pull for held in movement.held for pull in _pulls(held, things, skeleton, placed)]


def newtons_of(held: Held) -> float:
    """How hard a band pulls or a ball is squeezed: as written, or the usual one of its kind (our choice)."""
    return held.newtons or PULLS_N.get(held.kind, 0.0)


def is_strap(held: Held) -> bool:
    """Whether it holds with whatever force is needed, as a belt around the ankles that is tied down."""
    return held.kind in ("belt", "sling") and bool(held.to)


def _said(movement: Movement, marks: tuple[int, int], skeleton: Skeleton) -> dict[int, Contact]:
    """The contacts that hold at both neighbouring keyframes, or at either of them."""
    first, last = (contacts_of(movement, movement.keyframes[mark], skeleton) for mark in marks)
    return {**last, **first}


def _grown(thing: Thing, scale: float) -> Thing:
    low, high = np.multiply(thing.low, scale), np.multiply(thing.high, scale)
    return Thing(name=thing.name, kind=thing.kind, low=tuple(low.tolist()), high=tuple(high.tolist()))


def _on_things(
    said: dict[int, Contact], things: tuple[Thing, ...], skeleton: Skeleton, placed: Placed
) -> Iterator[Support]:
    """Every ball that is near the floor or a thing, and may lean on it."""
    feet = {skeleton.balls[ball][-2:] for ball in said if _of_foot(skeleton, ball)}
    for name in (FLOOR, *(thing.name for thing in things)):
        bar = any(thing.name == name and thing.kind == "bar" for thing in things)
        gaps = distance(name, things, placed.balls[0]) - skeleton.ball_radii
        for ball, gap in enumerate(gaps):
            contact = said.get(ball)
            named = contact is not None and contact.on == name
            grip = bar and skeleton.balls[ball].startswith(HANDS)
            if gap > (GRIP_NEAR_M if grip else SAID_NEAR_M if named else NEAR_M):
                continue
            normal = _normal(name, things, placed.balls[0, ball])
            idle = _of_foot(skeleton, ball) and skeleton.balls[ball][-2:] not in feet
            if not (named or grip) and (normal[1] < LEVEL or idle):
                continue  # a free foot that brushes the step does not stand on it
            rubs = _friction(contact, name, things) if named and contact is not None else 0.0
            directions = GRIP if grip else cone(normal, rubs)
            spot = _spot(skeleton, placed, ball, -normal)
            yield Support(spot, None, directions, skeleton.balls[ball].startswith(LIGHTLY))


def _friction(contact: Contact, name: str, things: tuple[Thing, ...]) -> float:
    """Full for what stays; a back that rolls over the edge of a bench still rubs; a wall lets it slide."""
    if not contact.slides:
        return FRICTION
    return ROLLING if any(one.name == name and one.kind != "wall" for one in things) else 0.0


def _of_foot(skeleton: Skeleton, ball: int) -> bool:
    return skeleton.segments[int(skeleton.ball_segments[ball])].startswith(("foot", "toes"))


GRIP = np.array([[0, 1, 0], [0, -1, 0], [1, 0, 0], [-1, 0, 0], [0, 0, 1], [0, 0, -1]], dtype=np.float64)


def _on_itself(
    movement: Movement, marks: tuple[int, int], skeleton: Skeleton, placed: Placed
) -> Iterator[Support]:
    """Parts of the body that are said to meet; what one leans with, the other carries.

    Thighs that merely pass each other do not: a free leg would lean on the other and unload its hip.
    """
    aims = [*movement.aims, *(aim for mark in marks for aim in movement.keyframes[mark].aims)]
    for first, second in sorted({aim.meet for aim in aims if aim.meet is not None}):
        one, other = skeleton.ball(first), skeleton.ball(second)
        way = placed.balls[0, one] - placed.balls[0, other]
        length = float(np.linalg.norm(way))
        if length - skeleton.ball_radii[one] - skeleton.ball_radii[other] <= NEAR_M:
            normal = way / max(length, 1e-9)
            spots = _spot(skeleton, placed, one, -normal), _spot(skeleton, placed, other, normal)
            yield Support(*spots, normal[None])


def _straps(held: Held, things: tuple[Thing, ...], skeleton: Skeleton, placed: Placed) -> Iterator[Support]:
    if is_strap(held):
        for name in held.at:
            ball = skeleton.ball(name)
            way = _towards(held.to, {thing.name: thing for thing in things}, placed.balls[0, ball])
            yield Support(_spot(skeleton, placed, ball, np.zeros(3)), None, way[None])


def _pulls(held: Held, things: Mapping[str, Thing], skeleton: Skeleton, placed: Placed) -> Iterator[Pull]:
    balls = [skeleton.ball(name) for name in held.at]
    spots = [_spot(skeleton, placed, ball, np.zeros(3)) for ball in balls]
    if held.kg:
        share = np.array([0.0, -GRAVITY_M_S2 * held.kg / len(balls), 0.0])
        yield from (Pull(spot, share) for spot in spots)
    newtons = newtons_of(held)
    if not newtons or is_strap(held):
        return
    if held.to:
        for spot in spots:
            yield Pull(spot, newtons / len(spots) * _towards(held.to, things, spot.place))
    elif len(spots) == 2:
        way = spots[1].place - spots[0].place
        force = newtons * way / max(float(np.linalg.norm(way)), 1e-9)
        force = -force if held.kind == "ball" else force  # a ball pushes apart what squeezes it
        yield Pull(spots[0], force)
        yield Pull(spots[1], -force)


def _towards(name: str, things: Mapping[str, Thing], place: FloatArray) -> FloatArray:
    """The direction from a place to the middle of a thing, or straight down to the floor."""
    if name not in things:
        return np.array([0.0, -1.0, 0.0])
    way = (np.asarray(things[name].low) + np.asarray(things[name].high)) / 2 - place
    found: FloatArray = way / max(float(np.linalg.norm(way)), 1e-9)
    return found


def _spot(skeleton: Skeleton, placed: Placed, ball: int, outward: FloatArray) -> Spot:
    place = placed.balls[0, ball] + skeleton.ball_radii[ball] * outward
    return Spot(int(skeleton.ball_segments[ball]), place)


def _normal(name: str, things: tuple[Thing, ...], point: FloatArray) -> FloatArray:
    """Away from the floor or a thing, by the slope of the distance; a unit vector."""
    steps = 1e-5 * np.eye(3)
    slope = distance(name, things, point + steps) - distance(name, things, point - steps)
    normal: FloatArray = slope / max(float(np.linalg.norm(slope)), 1e-12)
    return normal


def cone(normal: FloatArray, friction: float) -> FloatArray:
    """The normal, and eight edges of its friction cone; the normal alone without friction."""
    if not friction:
        return normal[None]
    aside = np.cross(normal, np.eye(3)[int(np.abs(normal).argmin())])
    aside /= np.linalg.norm(aside)
    other = np.cross(normal, aside)
    angles = np.arange(8) * np.pi / 4
    edges = normal + friction * (np.cos(angles)[:, None] * aside + np.sin(angles)[:, None] * other)
    return np.vstack([normal, edges])
