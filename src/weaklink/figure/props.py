"""Props: what stands in the room and what is held, as flat faces and round shapes that can be drawn."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from weaklink.body.skeleton import Skeleton
from weaklink.movement.format import Held, Movement, Thing
from weaklink.movement.kinematics import Placed, place

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

ROUND = np.linspace(0, 2 * np.pi, 24, endpoint=False)
BAND_WIDTH_M, CORD_M, SLAB_M, LEG_M, APART_M = 0.045, 0.007, 0.045, 0.035, 0.3
WALL_M, WALL_ROOM_M = 0.3, 0.16  # a side longer than this is shown only so far beyond the body
FORWARD, UP, SIDEWAYS = np.eye(3)
PAD_M, BEHIND_M = 0.04, 0.09  # the radius of a pad on a shoulder, and how far behind it begins
CARRIED_AS_DUMBBELL = ("knuckle", "ball")  # in a fist, or across the front of a foot
DUMBBELL_M, DUMBBELL_M_PER_KG = 0.030, 0.0012  # how thick the heads are
SHOE_M = 0.03  # how much higher a shoe is than the flesh of the forefoot
GRIP_M = 0.026  # how far in front of the knuckles a handle lies in the fist
BELL_M, HANDLE_M = 0.062, 0.014  # of a light kettlebell: its radius, and that of its handle
HANGS = -0.9  # arms that point down like this let a kettlebell hang; otherwise it goes on where they point
PLATE_M, PLATE_KG = 0.07, 0.002  # of a barbell without weight: a plate's radius, and how it grows by kilogram
SHOULDER_PAD_M = (0.09, 0.035, 0.05)  # half its depth, height and width
BAR_BEHIND_M = 0.03  # how far behind the middle of the shoulder blades a barbell lies
REST_M, REST_SIDE_M, REST_UP_M = (
    0.07,
    0.19,
    0.34,
)  # a rest: how thick, half as wide, how far above the shoulders


class Prop(NamedTuple):
    """One thing to draw."""

    kind: str  # of the thing, or "band", "weight", "ball", ...
    vertices: FloatArray  # [m], (n, 3)
    faces: tuple[tuple[int, ...], ...]  # flat, counter-clockwise from outside
    rounded: bool  # drawn by its outline: its faces are only an approximation
    held: bool

    @property
    def triangles(self) -> IntArray:
        """The faces as fans of triangles, (m, 3)."""
        fans = [(face[0], one, other) for face in self.faces for one, other in itertools.pairwise(face[1:])]
        return np.array(fans, dtype=np.int64).reshape(-1, 3)


def props_in_room(movement: Movement, scale: float, body: FloatArray | None = None) -> list[Prop]:
    """What stands in the room, for a body `scale` times as tall as the one the movement is written for.

    Args:
        body: points of the body [m], (n, 3); a wall is then shown only as far as it is near them.
    """
    return [prop for thing in movement.things for prop in _standing(thing, scale, body)]


def props_held(movement: Movement, skeleton: Skeleton, coordinates: FloatArray) -> list[Prop]:
    """What goes with the body in one pose."""
    placed = place(skeleton, coordinates)
    hands = _Body(skeleton, placed)
    return [prop for held in movement.held for prop in _held(held, movement, hands)]


def _standing(thing: Thing, scale: float, body: FloatArray | None) -> Iterator[Prop]:
    low, high = scale * np.asarray(thing.low), scale * np.asarray(thing.high)
    if thing.kind == "wall" and body is not None:
        along = (high - low) > WALL_M
        low = np.where(along, np.maximum(low, body.min(axis=0) - WALL_ROOM_M), low)
        high = np.where(along, np.minimum(high, body.max(axis=0) + WALL_ROOM_M), high)
    if thing.kind == "ball":
        yield _sphere("ball", (low + high) / 2, float((high - low).mean()) / 2, held=False)
    elif thing.kind in ("bar", "roller"):
        axis = int((high - low).argmax())
        ends = np.stack([(low + high) / 2] * 2)
        ends[0, axis], ends[1, axis] = low[axis], high[axis]
        radius = float(np.delete(high - low, axis).mean()) / 2
        yield _tube(thing.kind, ends, radius, held=False)
    elif thing.kind in ("chair", "bench") and high[1] - low[1] > 0.2:
        yield from _on_legs(thing.kind, low, high)
    else:
        yield _block(thing.kind, low, high)


def _on_legs(kind: str, low: FloatArray, high: FloatArray) -> Iterator[Prop]:
    """A seat on four legs."""
    seat = low.copy()
    seat[1] = high[1] - SLAB_M
    legs = [
        _block(kind, np.array([x, low[1], z]), np.array([x + LEG_M, seat[1], z + LEG_M]))
        for x in (low[0] + 0.02, high[0] - LEG_M - 0.02)
        for z in (low[2] + 0.02, high[2] - LEG_M - 0.02)
    ]
    faces = [tuple(8 * leg + corner for corner in face) for leg in range(4) for face in BOX_FACES]
    yield Prop(kind, np.vstack([leg.vertices for leg in legs]), tuple(faces), rounded=False, held=False)
    yield _block(kind, seat, high)


BOX_FACES = ((0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3))


def _block(kind: str, low: FloatArray, high: FloatArray) -> Prop:
    ends = np.stack([low, high])
    corners = np.array([[ends[i, 0], ends[j, 1], ends[k, 2]] for i in (0, 1) for j in (0, 1) for k in (0, 1)])
    return Prop(kind, corners, BOX_FACES, rounded=False, held=False)


def _sphere(kind: str, centre: FloatArray, radius: float, *, held: bool) -> Prop:
    """A ball as rings of points; drawn by its outline."""
    rings = [
        [np.sin(up) * np.cos(ROUND), np.full_like(ROUND, np.cos(up)), np.sin(up) * np.sin(ROUND)]
        for up in np.linspace(0.05, np.pi - 0.05, 12)
    ]
    points = centre + radius * np.array([np.stack(ring, axis=1) for ring in rings]).reshape(-1, 3)
    return Prop(kind, points, _rings(12), rounded=True, held=held)


def _tube(kind: str, line: FloatArray, radius: float, *, held: bool) -> Prop:
    """A round bar along a line of points, (n, 3)."""
    along = np.gradient(line, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    helper = np.eye(3)[int(np.abs(along).sum(axis=0).argmin())]
    side = np.cross(along, helper)
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    other = np.cross(along, side)
    circle = np.cos(ROUND)[:, None, None] * side + np.sin(ROUND)[:, None, None] * other
    points = np.swapaxes(line + radius * circle, 0, 1).reshape(-1, 3)
    count = len(ROUND)
    caps = (tuple(range(count)), tuple(range(len(points) - count, len(points)))[::-1])
    return Prop(kind, points, (*_rings(len(line)), *caps), rounded=True, held=held)


def _rings(count: int) -> tuple[tuple[int, ...], ...]:
    """The faces between rings of points; which way round they go does not matter."""
    size = len(ROUND)
    return tuple(
        (ring * size + step, ring * size + after, (ring + 1) * size + after, (ring + 1) * size + step)
        for ring in range(count - 1)
        for step, after in zip(range(size), (*range(1, size), 0), strict=True)
    )


class _Body:
    """One posed body: where its balls of flesh are and how its segments lie."""

    def __init__(self, skeleton: Skeleton, placed: Placed) -> None:
        self.skeleton, self.placed = skeleton, placed

    def ball(self, name: str) -> FloatArray:
        at: FloatArray = self.placed.balls[0, self.skeleton.ball(name)]
        return at

    def radius(self, name: str) -> float:
        return float(self.skeleton.ball_radii[self.skeleton.ball(name)])

    def along(self, name: str) -> FloatArray:
        """Which way the limb runs at a ball."""
        segment = self.skeleton.ball_segments[self.skeleton.ball(name)]
        axis: FloatArray = self.placed.rotations[0, segment, :, 1]
        return axis

    def handle(self, side: str) -> tuple[FloatArray, FloatArray]:
        """The middle of what a fist holds, and the way its handle points."""
        inner, outer = self.ball("knuckle_in" + side), self.ball("knuckle_out" + side)
        across = (inner - outer) / np.linalg.norm(inner - outer)
        reach = self.ball("fingertips" + side) - self.ball("palm_heel" + side)
        palm = np.cross(reach, across) * (1.0 if side == "_r" else -1.0)
        return (inner + outer) / 2 + GRIP_M * palm / np.linalg.norm(palm), across


def _held(held: Held, movement: Movement, body: _Body) -> Iterator[Prop]:
    if held.kind == "ball":
        yield _sphere("ball", _middle(held, body), held.size / 2, held=True)
    elif held.kind == "sling":
        yield from _sling(held, movement, body)
    elif held.to:
        yield from _cords(held, movement, body)
    elif held.kind in ("band", "belt", "towel"):
        yield _strap(held, body)
    else:
        yield from _carried(held, body)


def _carried(held: Held, body: _Body) -> Iterator[Prop]:
    """A weight in some shape: a pad, a kettlebell, a bar, something lying on a limb, or a dumbbell."""
    in_hand = held.at[0].startswith(CARRIED_AS_DUMBBELL)
    if held.kind == "pad":
        yield from _pad(held, body)
    elif held.kind == "kettlebell":
        yield from _kettlebell(held, body)
    elif held.kind == "bar" and held.kg and len(held.at) > 1:
        yield from _barbell(held, body)
    elif len(held.at) == 1 and not in_hand:
        yield from _lying(held, body)
    elif held.kind == "bar" or (held.kind == "weight" and not in_hand):
        first, last = body.ball(held.at[0]), body.ball(held.at[-1])
        lift = max(body.radius(name) for name in held.at) + 0.02
        yield from _bar((first + last) / 2 + np.array([0.0, lift, 0.0]), last - first, held.size or 0.9)
    elif held.at[0].startswith("ball"):
        yield from _on_foot(held, body)
    else:
        yield from _weight(held, body)


def _middle(held: Held, body: _Body) -> FloatArray:
    """Between the skins of what it lies between."""
    if len(held.at) == 1:
        return body.ball(held.at[0])
    one, other = body.ball(held.at[0]), body.ball(held.at[1])
    apart = (other - one) / np.linalg.norm(other - one)
    middle: FloatArray = (one + body.radius(held.at[0]) * apart + other - body.radius(held.at[1]) * apart) / 2
    return middle


def _lying(held: Held, body: _Body) -> Iterator[Prop]:
    """A dumbbell across a limb, or the pad of a machine on a shoulder."""
    name = held.at[0]
    half = _head(held) if held.kind == "weight" else PAD_M
    middle = body.ball(name) + (body.radius(name) + half) * UP
    if held.kind == "weight":
        across = np.cross(body.along(name), UP)
        length = float(np.linalg.norm(across))
        yield from _dumbbell(middle, across / length if length > 0.1 else SIDEWAYS, half)
    else:
        reach = held.size or 0.3
        ends = np.stack([middle - BEHIND_M * FORWARD, middle + (reach - BEHIND_M) * FORWARD])
        yield _tube("bar", ends, half, held=True)


def _head(held: Held) -> float:
    """The radius of a dumbbell's heads."""
    return DUMBBELL_M + DUMBBELL_M_PER_KG * held.kg


def _weight(held: Held, body: _Body) -> Iterator[Prop]:
    """A dumbbell in a fist, one weight between both, or a weight in each when they are apart."""
    size = _head(held)
    fists = [body.handle(name[-2:]) for name in held.at]
    if len(fists) == 2 and np.linalg.norm(fists[0][0] - fists[1][0]) > APART_M:
        for fist in fists:
            yield from _dumbbell(*fist, size)
    elif len(fists) == 2:
        yield from _dumbbell((fists[0][0] + fists[1][0]) / 2, np.array([0.0, 1.0, 0.0]), size)
    else:
        yield from _dumbbell(*fists[0], size)


def _dumbbell(middle: FloatArray, across: FloatArray, size: float) -> Iterator[Prop]:
    yield _tube("weight", np.stack([middle - 0.07 * across, middle + 0.07 * across]), 0.014, held=True)
    for end in (-1, 1):
        head = np.stack([middle + end * reach * across for reach in (0.055, 0.115)])
        yield _tube("weight", head, size, held=True)


def _on_foot(held: Held, body: _Body) -> Iterator[Prop]:
    """A small dumbbell that lies across the front of a foot."""
    first, last = body.ball(held.at[0]), body.ball(held.at[-1])
    across = (last - first) / np.linalg.norm(last - first)
    size = DUMBBELL_M + DUMBBELL_M_PER_KG * held.kg
    lift = body.radius(held.at[0]) + SHOE_M + size
    yield from _dumbbell((first + last) / 2 + lift * body.along(held.at[0]), across, size)


def _bar(middle: FloatArray, across: FloatArray, length: float) -> Iterator[Prop]:
    way = across / max(float(np.linalg.norm(across)), 1e-9)
    yield _tube("bar", np.stack([middle - length / 2 * way, middle + length / 2 * way]), 0.02, held=True)


def _barbell(held: Held, body: _Body) -> Iterator[Prop]:
    """A bar with a plate at each end, on the skin of what carries it: towards its upper and hind side."""
    first, last = (body.ball(name) for name in held.at[:2])
    up, across = body.along(held.at[0]), last - first
    across = across / np.linalg.norm(across)
    behind = np.cross(up, across) * (1.0 if across[2] < 0 else -1.0)
    middle = (first + last) / 2 + body.radius(held.at[0]) * up + BAR_BEHIND_M * behind
    length = held.size or 1.3
    yield from _bar(middle, across, length)
    for end in (-1, 1):
        ends = [middle + end * (length / 2 - reach) * across for reach in (0.11, 0.06)]
        yield _tube("bar", np.stack(ends), PLATE_M + PLATE_KG * held.kg, held=True)


def _kettlebell(held: Held, body: _Body) -> Iterator[Prop]:
    """A ball of iron that hangs from the fists the way the forearms point."""
    knuckles = [body.ball(part + name[-2:]) for name in held.at for part in ("knuckle_in", "knuckle_out")]
    grip = np.mean(knuckles, axis=0)
    way = grip - np.mean([body.ball("elbow" + name[-2:]) for name in held.at], axis=0)
    way /= np.linalg.norm(way)
    if way[1] < HANGS:
        way = np.array([0.0, -1.0, 0.0])
    across = body.ball("shoulder_r") - body.ball("shoulder_l")
    across -= way * float(across @ way)
    across /= np.linalg.norm(across)
    radius = BELL_M + 0.0016 * held.kg
    angles = np.linspace(-0.5, np.pi + 0.5, 14)[:, None]
    low = grip + 0.062 * way
    yield _tube("weight", low + 0.062 * (np.cos(angles) * across - np.sin(angles) * way), HANDLE_M, held=True)
    yield _sphere("weight", grip + (0.075 + radius) * way, radius, held=True)


def _pad(held: Held, body: _Body) -> Iterator[Prop]:
    """The rest of a machine behind a back, with the rails it runs on; or a block on top of a shoulder."""
    side = body.ball("hip_r") - body.ball("hip_l")
    side /= np.linalg.norm(side)
    if len(held.at) == 1:
        up, (depth, height, width) = body.along("chest_r"), SHOULDER_PAD_M
        top = body.ball(held.at[0]) + (body.radius(held.at[0]) + height) * up
        yield _slab(top, (depth, height, width), up, side)
        return
    low, high = (np.mean([body.ball(name) for name in pair], axis=0) for pair in (held.at[:2], held.at[2:]))
    up = (high - low) / np.linalg.norm(high - low)
    behind = np.cross(side, up)
    skin = body.radius(held.at[0]) + REST_M / 2
    length = float(np.linalg.norm(high - low)) + REST_UP_M + 0.06
    middle = low + (length / 2 - 0.06) * up + skin * behind
    yield _slab(middle, (REST_M / 2, length / 2, REST_SIDE_M), up, side)
    if held.size:
        for end in (-1, 1):
            foot = middle + 0.06 * behind + end * 0.14 * side
            ends = np.stack([foot - up * foot[1] / up[1], foot + held.size * up])
            yield _tube("pad", ends, 0.02, held=True)


def _slab(middle: FloatArray, half: tuple[float, float, float], up: FloatArray, side: FloatArray) -> Prop:
    """A block of these half sizes to the front, up and to the side."""
    axes = np.stack([np.cross(up, side), up, side])
    corners = np.array(list(itertools.product((-1, 1), repeat=3)), dtype=np.float64)
    return Prop("pad", middle + (corners * half) @ axes, BOX_FACES, rounded=False, held=True)


def _strap(held: Held, body: _Body) -> Prop:
    """A loop round one limb or two, as a ribbon."""
    names = held.at if len(held.at) == 2 else (held.at[0], held.at[0])
    along = body.along(names[0])
    ends = [body.ball(name) for name in names]
    apart = ends[1] - ends[0]
    apart = apart if np.linalg.norm(apart) > 1e-6 else np.cross(along, [0.3, 0.2, 0.9])
    out = apart - along * float(apart @ along)
    out /= np.linalg.norm(out)
    front = np.cross(along, out)
    half = np.linspace(-np.pi / 2, np.pi / 2, 12)
    loop = []
    for end, name, sign in ((ends[1], names[1], 1.0), (ends[0], names[0], -1.0)):
        reach = 1.12 * body.radius(name) + 0.008
        loop += [end + sign * reach * (np.cos(a) * out + np.sin(a) * front) for a in half]
    rim = np.array(loop)
    points = np.vstack([rim - BAND_WIDTH_M / 2 * along, rim + BAND_WIDTH_M / 2 * along])
    count = len(rim)
    faces = tuple((i, (i + 1) % count, count + (i + 1) % count, count + i) for i in range(count))
    return Prop(held.kind, points, faces, rounded=True, held=True)


def _cords(held: Held, movement: Movement, body: _Body) -> Iterator[Prop]:
    """A band from each hand or limb to the thing it is tied to."""
    scale = body.skeleton.height_m / 1.75
    thing = next((thing for thing in movement.things if thing.name == held.to), None)
    for name in held.at:
        start = body.handle(name[-2:])[0] if name.startswith("knuckle") else body.ball(name)
        end = start * [1.0, 0.0, 1.0] if thing is None else _tied(thing, start, scale)
        if np.linalg.norm(end - start) > 0.02:
            yield _tube("band", np.stack([start, end]), CORD_M, held=True)


def _sling(held: Held, movement: Movement, body: _Body) -> Iterator[Prop]:
    """One band from a thing round the back of two limbs, and back to it."""
    scale = body.skeleton.height_m / 1.75
    thing = next(thing for thing in movement.things if thing.name == held.to)
    one, other = (body.ball(name) for name in held.at)
    ties = [_tied(thing, end, scale) for end in (one, other)]
    ahead = (ties[0] + ties[1] - one - other) / 2
    ahead -= body.along(held.at[0]) * float(ahead @ body.along(held.at[0]))
    ahead /= np.linalg.norm(ahead)
    out = (other - one) / np.linalg.norm(other - one)
    path = [ties[0]]
    for end, name, sign in ((one, held.at[0], -1.0), (other, held.at[1], 1.0)):
        reach = body.radius(name) + CORD_M
        turn = np.linspace(0, np.pi / 2, 5)[:: 1 if sign < 0 else -1]
        path += [end + reach * (sign * np.cos(a) * out - np.sin(a) * ahead) for a in turn]
    yield _tube("band", np.array([*path, ties[1]]), 1.4 * CORD_M, held=True)


def _tied(thing: Thing, start: FloatArray, scale: float) -> FloatArray:
    """Where a cord from here is tied to a thing: to the middle of a small one, nearby to a large one."""
    low, high = scale * np.asarray(thing.low), scale * np.asarray(thing.high)
    near = np.clip(start, low, high)
    return near if thing.kind == "wall" else np.where(high - low > 0.3, near, (low + high) / 2)
