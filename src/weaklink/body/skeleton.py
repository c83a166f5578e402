"""The skeleton of a runner: segments, joints and flesh as arrays, scaled to height."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from weaklink.body.flesh import BALLS, Ball
from weaklink.body.joints import on_leg
from weaklink.body.names import LEGS, SUFFIX, whole_body
from weaklink.body.segments import REFERENCE_HEIGHT_M, SEGMENTS, Segment

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


class Rotation(NamedTuple):
    """One elementary rotation: which coordinate, about which axis, by which share."""

    coordinate: int
    axis: tuple[float, float, float]
    share: float


class Skeleton(NamedTuple):
    """A body of one height; every array is in the order of its names, parents before children."""

    height_m: float
    coordinates: tuple[str, ...]
    segments: tuple[str, ...]
    parents: tuple[int, ...]  # -1 for the pelvis
    turns_with: tuple[int, ...]  # the segment whose axes it turns about
    offsets: FloatArray  # joint from the parent's joint, standing [m], (n_segments, 3)
    rotations: tuple[tuple[Rotation, ...], ...]
    mass_shares: FloatArray  # (n_segments,)
    centres: FloatArray  # of mass, from the joint [m], (n_segments, 3)
    balls: tuple[str, ...]
    ball_segments: IntArray  # (n_balls,)
    ball_centres: FloatArray  # from the joint [m], (n_balls, 3)
    ball_radii: FloatArray  # [m], (n_balls,)
    standing: FloatArray  # coordinates of the upright body [rad, m], (n_coordinates,)

    def coordinate(self, name: str) -> int:
        """The place of a coordinate in every array of coordinates."""
        return self.coordinates.index(name)

    def ball(self, name: str) -> int:
        """The place of a ball in every array of balls."""
        return self.balls.index(name)


@functools.cache
def skeleton_of(height_m: float = REFERENCE_HEIGHT_M) -> Skeleton:
    """The skeleton of a runner of this height; all lengths grow alike."""
    scale = height_m / REFERENCE_HEIGHT_M
    sided = list(_sided_segments())
    names = tuple(name for name, _, _ in sided)
    places = {name: _mirrored(segment.joint, suffix) for name, segment, suffix in sided}
    parents = tuple(_parent(names, segment, suffix) for _, segment, suffix in sided)
    balls = list(_sided_balls())
    return Skeleton(
        height_m=height_m,
        coordinates=whole_body(),
        segments=names,
        parents=parents,
        turns_with=tuple(_turns_with(names, one, parent) for one, parent in zip(sided, parents, strict=True)),
        offsets=scale * np.array([_offset(name, places, names, parents) for name in names]),
        rotations=tuple(_rotations(segment, suffix) for _, segment, suffix in sided),
        mass_shares=np.array([segment.mass_share for _, segment, _ in sided]),
        centres=scale * np.array([_mirrored(segment.centre, suffix) for _, segment, suffix in sided]),
        balls=tuple(ball.name + suffix for ball, suffix in balls),
        ball_segments=_ball_segments(names, balls),
        ball_centres=scale * np.array([_mirrored(ball.centre, suffix) for ball, suffix in balls]),
        ball_radii=scale * np.array([ball.radius for ball, _ in balls]),
        standing=_standing(scale),
    )


def mirror_name(name: str) -> str:
    """The same thing on the other side; a name without side stays."""
    swap: Mapping[str, str] = MappingProxyType({"_r": "_l", "_l": "_r"})
    return name[:-2] + swap[name[-2:]] if name[-2:] in swap else name


def _sided_segments() -> Iterator[tuple[str, Segment, str]]:
    """Every segment once for each side it has; parents come first."""
    for segment in SEGMENTS:
        for suffix in [SUFFIX[leg] for leg in LEGS] if segment.paired else [""]:
            yield segment.name + suffix, segment, suffix


def _turns_with(names: tuple[str, ...], sided: tuple[str, Segment, str], parent: int) -> int:
    """The place of the segment whose turn one takes over; that of its parent where none is named."""
    _, segment, _ = sided
    return names.index(segment.turns_with) if segment.turns_with else parent


def _ball_segments(names: tuple[str, ...], balls: list[tuple[Ball, str]]) -> npt.NDArray[np.int64]:
    """The place of each ball's segment, shape (balls,)."""
    return np.array([_segment_index(names, ball.segment, suffix) for ball, suffix in balls], dtype=np.int64)


def _sided_balls() -> Iterator[tuple[Ball, str]]:
    for ball in BALLS:
        for suffix in [SUFFIX[leg] for leg in LEGS] if ball.paired else [""]:
            yield ball, suffix


def _segment_index(names: tuple[str, ...], stem: str, suffix: str) -> int:
    return names.index(stem + suffix if stem + suffix in names else stem)


def _parent(names: tuple[str, ...], segment: Segment, suffix: str) -> int:
    return _segment_index(names, segment.parent, suffix) if segment.parent else -1


def _offset(
    name: str,
    places: Mapping[str, tuple[float, float, float]],
    names: tuple[str, ...],
    parents: tuple[int, ...],
) -> FloatArray:
    parent = parents[names.index(name)]
    origin = (0.0, 0.0, 0.0) if parent < 0 else places[names[parent]]
    return np.zeros(3) if parent < 0 else np.subtract(places[name], origin)


def _mirrored(place: tuple[float, float, float], suffix: str) -> tuple[float, float, float]:
    return (place[0], place[1], -place[2]) if suffix == SUFFIX["left"] else place


def _rotations(segment: Segment, suffix: str) -> tuple[Rotation, ...]:
    names = whole_body()
    return tuple(
        Rotation(names.index(turn.coordinate + suffix), _unit(on_leg(turn.axis, suffix)), turn.share)
        for turn in segment.turns
    )


def _unit(axis: tuple[float, float, float]) -> tuple[float, float, float]:
    x, y, z = np.asarray(axis) / np.linalg.norm(axis)
    return float(x), float(y), float(z)


STANDING_DEG = {"arm_add": -7.0, "arm_flex": 2.0, "elbow_flex": 12.0, "pro_sup": 75.0}


def _standing(scale: float) -> FloatArray:
    """Upright, arms hanging: everything zero but the arms and the height of the pelvis."""
    angles = np.zeros(len(whole_body()))
    for index, name in enumerate(whole_body()):
        angles[index] = np.deg2rad(STANDING_DEG.get(name[:-2], 0.0))
    angles[whole_body().index("pelvis_ty")] = SEGMENTS[0].joint[1] * scale
    return angles
