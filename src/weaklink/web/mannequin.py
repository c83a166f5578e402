"""The mannequin: segment directions become joint positions, at rest on the floor.

Lengths are our own choice, near common body proportions: stature about 170 units.
x grows to the right, y upwards, the floor is y = 0; directions are degrees, 0 = right, 90 = up.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, hypot, radians, sin

import msgspec

from weaklink.web.curves import Point, smooth

Direction = float | tuple[float, float]  # degrees, or degrees and the share of the length that is seen

LENGTHS = {"trunk": 48.0, "neck": 9.0, "thigh": 40.0, "shank": 40.0, "upper-arm": 29.0, "forearm": 27.0}
RADII = {  # at the start, at the belly, at the end, and where the belly is
    "trunk": (12.5, 11.0, 12.5, 0.42),
    "neck": (6.0, 5.4, 5.8, 0.5),
    "thigh": (11.5, 12.0, 7.8, 0.3),
    "shank": (7.6, 8.4, 4.3, 0.3),
    "upper-arm": (6.4, 6.2, 4.9, 0.3),
    "forearm": (4.9, 5.1, 3.2, 0.28),
    "hand": (3.2, 3.9, 2.2, 0.45),
}
FRONTAL_TRUNK = (14.5, 12.0, 16.5, 0.36)
HEEL, TOE, SOLE, HAND, HEAD = 5.0, 15.0, 5.5, 8.0, 12.0
HIPS, SHOULDERS = 8.5, 15.5  # half the distance between the joints, seen from the front
FOOT = (
    (-5.6, 3.4),
    (-4.4, 9.0),
    (0.0, 11.0),
    (4.0, 8.4),
    (9.0, 5.2),
    (14.0, 3.6),
    (15.6, 1.6),
    (13.0, 0.0),
    (4.0, 0.0),
    (-4.4, 0.0),
)  # along and above the sole
UNDER = {  # how far the flesh reaches below a joint
    "pelvis": 13.5,
    "chest": 12.5,
    "crown": 6.0,
    "head": 11.0,
    "hip": 11.5,
    "knee": 7.8,
    "ankle": 4.3,
    "shoulder": 6.4,
    "elbow": 4.9,
    "wrist": 3.2,
    "hand": 2.2,
}
WIDE = {"pelvis": 15.5, "chest": 17.0}  # the trunk seen from the front
FRONT_OF = {"trunk": -90.0, "neck": -90.0}  # the front of a segment, seen from its direction; limbs: +90


class Pose(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """Directions of all segments. `facing` 1: the front is to the right when upright; -1: to the left."""

    trunk: Direction
    neck: Direction
    near_thigh: Direction
    near_shank: Direction
    near_foot: Direction
    far_thigh: Direction
    far_shank: Direction
    far_foot: Direction
    near_upper_arm: Direction
    near_forearm: Direction
    far_upper_arm: Direction
    far_forearm: Direction
    near_hand: Direction | None = None  # as the forearm
    far_hand: Direction | None = None
    facing: int = 1
    tilt: float = 0.0  # of the pelvis, seen from the front: the near side up, in degrees
    rests: tuple[str, float] | None = None  # a joint and the height of what it stands on; else: the floor


class Segment(msgspec.Struct, frozen=True):
    """A limb between two joints."""

    start: Point
    end: Point
    kind: str
    part: str


class Figure(msgspec.Struct, frozen=True):
    """A pose in space: joints by name, segments from far to near."""

    joints: dict[str, Point]
    frontal: bool
    facing: int

    def moved(self, by: Point) -> Figure:
        """The same figure elsewhere."""
        joints = {name: (x + by[0], y + by[1]) for name, (x, y) in self.joints.items()}
        return Figure(joints, self.frontal, self.facing)

    def segment(self, part: str) -> Segment:
        """One segment by name: "near-thigh", "trunk", "far-hand"."""
        near, _, kind = part.partition("-") if part.startswith(("near-", "far-")) else ("", "", part)
        start, end = ENDS[kind]
        prefix = f"{near}-" if near else ""
        return Segment(self.joints[prefix + start], self.joints[prefix + end], kind, part)


ENDS = {
    "trunk": ("pelvis", "chest"),
    "neck": ("chest", "crown"),
    "thigh": ("hip", "knee"),
    "shank": ("knee", "ankle"),
    "upper-arm": ("shoulder", "elbow"),
    "forearm": ("elbow", "wrist"),
    "hand": ("wrist", "hand"),
}


def stand(pose: Pose, frontal: bool) -> Figure:
    """The figure of a pose, lowered or raised until it rests on the floor or on what `rests` names."""
    joints: dict[str, Point] = {"pelvis": (0.0, 0.0)}
    joints["chest"] = _step(joints["pelvis"], pose.trunk, LENGTHS["trunk"])
    joints["crown"] = _step(joints["chest"], pose.neck, LENGTHS["neck"])
    joints["head"] = _step(joints["crown"], pose.neck, HEAD - 2)
    for near in ("near", "far"):
        _limbs(joints, pose, near, frontal)
    figure = Figure(joints, frontal, pose.facing)
    name, height = pose.rests or ("", 0.0)
    lowest = _underside(figure, name) if name else min(_underside(figure, each) for each in joints)
    return figure.moved((0.0, height - lowest))


def limb(segment: Segment, frontal: bool = False) -> str:
    """Path data of a tapered limb, in drawing coordinates (y downwards)."""
    start, belly, end, at = FRONTAL_TRUNK if frontal and segment.kind == "trunk" else RADII[segment.kind]
    later = (at + 1) / 2
    middle = belly * 0.5 + end * 0.52
    outline = [(0.0, start), (at, belly), (later, middle), (1.0, end)]
    points = [_off(segment, along, radius) for along, radius in outline]
    points += [_cap(segment, end, 0.75, 0.72), _cap(segment, end, 1.0, 0.0), _cap(segment, end, 0.75, -0.72)]
    points += [_off(segment, along, -radius) for along, radius in reversed(outline)]
    points += [
        _cap(segment, start, -0.75, -0.72, 0.0),
        _cap(segment, start, -1.0, 0.0, 0.0),
        _cap(segment, start, -0.75, 0.72, 0.0),
    ]
    return smooth([(x, -y) for x, y in points])


def foot(figure: Figure, near: str) -> str:
    """Path data of a foot: heel, sole and toes."""
    heel, toe, ankle = (figure.joints[f"{near}-{part}"] for part in ("heel", "toe", "ankle"))
    up = _unit(
        (
            (heel[0] + (toe[0] - heel[0]) * HEEL / (HEEL + TOE)),
            heel[1] + (toe[1] - heel[1]) * HEEL / (HEEL + TOE),
        ),
        ankle,
    )
    along = _unit(heel, toe)
    size = hypot(toe[0] - heel[0], toe[1] - heel[1]) / (HEEL + TOE)
    base = (ankle[0] - up[0] * SOLE, ankle[1] - up[1] * SOLE)
    points = [
        (base[0] + along[0] * x * size + up[0] * y, base[1] + along[1] * x * size + up[1] * y)
        for x, y in FOOT
    ]
    return smooth([(x, -y) for x, y in points])


def across(segment: Segment, facing: int) -> Point:
    """Unit vector from a segment towards the front of the body."""
    along = _unit(segment.start, segment.end)
    turn = radians(FRONT_OF.get(segment.kind, 90.0) * facing)
    return along[0] * cos(turn) - along[1] * sin(turn), along[0] * sin(turn) + along[1] * cos(turn)


def _limbs(joints: dict[str, Point], pose: Pose, near: str, frontal: bool) -> None:
    side = 1.0 if near == "near" else -1.0
    wide = (side * HIPS, side * SHOULDERS) if frontal else (0.0, 0.0)
    joints[f"{near}-hip"] = _beside(joints["pelvis"], pose.trunk, wide[0], pose.tilt)
    joints[f"{near}-shoulder"] = _beside(joints["chest"], pose.trunk, wide[1])
    said: Mapping[str, Direction] = msgspec.structs.asdict(pose)
    for start, part, end in (
        ("hip", "thigh", "knee"),
        ("knee", "shank", "ankle"),
        ("shoulder", "upper-arm", "elbow"),
        ("elbow", "forearm", "wrist"),
    ):
        way = said[f"{near}_{part.replace('-', '_')}"]
        joints[f"{near}-{end}"] = _step(joints[f"{near}-{start}"], way, LENGTHS[part])
    hand = said[f"{near}_hand"]
    joints[f"{near}-hand"] = _step(
        joints[f"{near}-wrist"], said[f"{near}_forearm"] if hand is None else hand, HAND
    )
    _foot(joints, said[f"{near}_foot"], near, pose.facing)


def _foot(joints: dict[str, Point], way: Direction, near: str, facing: int) -> None:
    degrees, share = way if isinstance(way, tuple) else (way, 1.0)
    along = (cos(radians(degrees)), sin(radians(degrees)))
    shank = _unit(joints[f"{near}-ankle"], joints[f"{near}-knee"])
    up = (-along[1] * facing, along[0] * facing)
    leaning = up[0] * shank[0] + up[1] * shank[1]
    if leaning < -0.3:  # the sole never faces the shin
        up = (-up[0], -up[1])
    ankle = joints[f"{near}-ankle"]
    base = (ankle[0] - up[0] * SOLE, ankle[1] - up[1] * SOLE)
    joints[f"{near}-heel"] = (base[0] - along[0] * HEEL * share, base[1] - along[1] * HEEL * share)
    joints[f"{near}-toe"] = (base[0] + along[0] * TOE * share, base[1] + along[1] * TOE * share)


def _underside(figure: Figure, joint: str) -> float:
    """How low a joint with its flesh reaches."""
    radius = UNDER.get(joint.removeprefix("near-").removeprefix("far-"), 0.0)
    if figure.frontal and joint in WIDE:
        radius = WIDE[joint]
    return figure.joints[joint][1] - radius


def _step(start: Point, way: Direction, length: float) -> Point:
    degrees, share = way if isinstance(way, tuple) else (way, 1.0)
    return start[0] + length * share * cos(radians(degrees)), start[1] + length * share * sin(
        radians(degrees)
    )


def _beside(start: Point, way: Direction, distance: float, tilt: float = 0.0) -> Point:
    degrees = way[0] if isinstance(way, tuple) else way
    return _step(start, degrees - 90.0 + tilt, distance)


def _unit(start: Point, end: Point) -> Point:
    length = hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    return (end[0] - start[0]) / length, (end[1] - start[1]) / length


def _off(segment: Segment, along: float, radius: float) -> Point:
    unit = _unit(segment.start, segment.end)
    x = segment.start[0] + (segment.end[0] - segment.start[0]) * along
    y = segment.start[1] + (segment.end[1] - segment.start[1]) * along
    return x + unit[1] * radius, y - unit[0] * radius


def _cap(segment: Segment, radius: float, forth: float, off: float, along: float = 1.0) -> Point:
    unit = _unit(segment.start, segment.end)
    x, y = _off(segment, along, off * radius)
    return x + unit[0] * radius * forth, y + unit[1] * radius * forth
