"""The field: roughly how far a point is from the skin of the rest pose (negative inside) [m].

Parts are lofts (elliptical sections along a line) and ellipsoids, each on a bone, joined one after the other
by a smooth union: two parts nearer to each other than `blend` flow together; a part may also be carved out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.interpolate import PchipInterpolator

from weaklink.body.segments import REFERENCE_HEIGHT_M
from weaklink.body.skeleton import skeleton_of
from weaklink.figure.bones import bone_matrices, bone_names, rest_matrices

FloatArray = npt.NDArray[np.float64]
FORWARD, UP, RIGHT = np.eye(3)
FAR_M = 0.30  # a part is not asked beyond this; the field is capped there


class Frame(NamedTuple):
    """Where a bone stands in the zero pose and in the rest pose."""

    zero: FloatArray  # (4, 4)
    rest: FloatArray  # (4, 4)

    def to_rest(self, points: FloatArray) -> FloatArray:
        """Points given in the room of the zero pose, carried to the rest pose."""
        moved = self.rest @ np.linalg.inv(self.zero)
        return points @ moved[:3, :3].T + moved[:3, 3]


def frames() -> dict[str, Frame]:
    """The frames of all bones of the reference body, by name without side for the right side and midline."""
    skeleton = skeleton_of(REFERENCE_HEIGHT_M)
    zero = np.zeros(len(skeleton.coordinates))
    zero[skeleton.coordinate("pelvis_ty")] = skeleton.standing[skeleton.coordinate("pelvis_ty")]
    standing = bone_matrices(skeleton, zero, 0.0)[0]
    rest = rest_matrices(REFERENCE_HEIGHT_M)
    return {
        name.removesuffix("_r"): Frame(standing[index], rest[index])
        for index, name in enumerate(bone_names())
        if not name.endswith("_l")
    }


FRAMES = frames()


class Section(NamedTuple):
    """A cross-section of a loft: radii to four sides [m], where its middle is, how boxy it is."""

    at: float  # along the line, any unit: only its share of the way counts
    front: float
    back: float
    outer: float
    inner: float
    forward: float = 0.0  # its middle, off the line [m]
    outward: float = 0.0
    power: float = 2.0  # 2: ellipse, more: boxier
    twist_deg: float = 0.0  # turned about the line


class Loft:
    """Sections along a straight line from `start` to `end`, rounded off at both ends."""

    def __init__(
        self,
        bone: str,
        start: Sequence[float],
        end: Sequence[float],
        sections: Sequence[Section],
        caps: tuple[float, float],
        blend: float,
        front: FloatArray = FORWARD,
        *,
        sided: bool = True,
        carve: bool = False,
    ) -> None:
        """Start and end are points of the zero pose in the room; `front` is the direction of front radii."""
        self.bone, self.blend, self.sided, self.carve = bone, blend, sided, carve
        frame = FRAMES[bone]
        turn = (frame.rest @ np.linalg.inv(frame.zero))[:3, :3]
        self.start, stop = frame.to_rest(np.array([start, end], dtype=float))
        self.length = float(np.linalg.norm(stop - self.start))
        self.line = (stop - self.start) / self.length
        facing = turn @ np.asarray(front, dtype=float)
        facing = facing - self.line * (facing @ self.line)
        self.front = facing / np.linalg.norm(facing)
        outer = np.cross(self.front, self.line)
        self.outer = outer if (turn.T @ outer) @ RIGHT >= 0 else -outer
        table = np.array([tuple(section) for section in sections])
        shares = (table[:, 0] - table[0, 0]) / (table[-1, 0] - table[0, 0])
        self.curve = PchipInterpolator(shares, table[:, 1:])
        self.caps = caps
        reach = table[:, 1:5].max() + np.abs(table[:, 5:7]).max() + max(caps)
        self.centre = (self.start + stop) / 2
        self.reach = self.length / 2 + reach

    def distance(self, points: FloatArray) -> FloatArray:
        """From points in the room of the rest pose, (n, 3) → (n,)."""
        off = points - self.start
        along = off @ self.line
        share = np.clip(along / self.length, 0.0, 1.0)
        front, back, outer, inner, forward, outward, power, twist = self.curve(share).T
        u, v = off @ self.front - forward, off @ self.outer - outward
        if np.any(twist):
            sine, cosine = np.sin(np.deg2rad(twist)), np.cos(np.deg2rad(twist))
            u, v = cosine * u + sine * v, cosine * v - sine * u
        beyond = along - share * self.length
        cap = np.where(beyond < 0, self.caps[0], self.caps[1])
        radii = np.stack([np.where(u > 0, front, back), np.where(v > 0, outer, inner), cap])
        return _superellipse(np.stack([u, v, beyond]), radii, power)


class Ball:
    """An ellipsoid, turned about its own centre."""

    def __init__(
        self,
        bone: str,
        centre: Sequence[float],
        radii: Sequence[float],
        blend: float,
        turn_deg: Sequence[float] = (0.0, 0.0, 0.0),
        *,
        sided: bool = True,
        carve: bool = False,
        power: float = 2.0,
    ) -> None:
        """Centre: zero pose, in the room; radii along x, y, z; turned about x, then y, then z."""
        self.bone, self.blend, self.sided, self.carve = bone, blend, sided, carve
        frame = FRAMES[bone]
        turn = (frame.rest @ np.linalg.inv(frame.zero))[:3, :3]
        self.centre = frame.to_rest(np.array([centre], dtype=float))[0]
        self.axes = turn @ _turned(turn_deg)
        self.radii, self.power = np.asarray(radii, dtype=float)[:, None], power
        self.reach = float(max(radii))

    def distance(self, points: FloatArray) -> FloatArray:
        """From points in the room of the rest pose, (n, 3) → (n,)."""
        return _superellipse(((points - self.centre) @ self.axes).T, self.radii, self.power)


Part = Loft | Ball


class Field:
    """All parts of a body, right side and midline written, left side mirrored."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = tuple(parts)

    def __call__(self, points: FloatArray) -> FloatArray:
        """Distance of points in the rest pose, (n, 3) → (n,)."""
        found = np.full(len(points), FAR_M)
        for part in self.parts:
            for own in _sides(part, points):
                near = np.flatnonzero(
                    ((own - part.centre) ** 2).sum(1) < (part.reach + part.blend + 0.05) ** 2
                )
                if len(near):
                    value = part.distance(own[near])
                    found[near] = _joined(found[near], value, part)
        return found

    def gradient(self, points: FloatArray, step: float = 0.0015) -> FloatArray:
        """The unit direction away from the body, (n, 3)."""
        slopes = [self(points + step * axis) - self(points - step * axis) for axis in np.eye(3)]
        slope = np.stack(slopes, axis=1)
        return slope / np.maximum(np.linalg.norm(slope, axis=1, keepdims=True), 1e-9)

    def projected(self, points: FloatArray, depth: FloatArray | float = 0.0, rounds: int = 3) -> FloatArray:
        """Points moved to where the field is `-depth`, along its gradient."""
        for _ in range(rounds):
            away = np.clip(self(points) + depth, -0.012, 0.012)
            points = points - 0.9 * self.gradient(points) * np.asarray(away)[:, None]
        return points


def _sides(part: Part, points: FloatArray) -> Iterator[FloatArray]:
    """The points as the part sees them: once, and mirrored for the left one."""
    yield points
    if part.sided:
        yield points * np.array([1.0, 1.0, -1.0])


def _joined(before: FloatArray, value: FloatArray, part: Part) -> FloatArray:
    """Smooth union, or smooth difference for what is carved out (polynomial, blends over `blend`)."""
    blend = max(part.blend, 1e-5)
    if part.carve:
        share = np.clip(0.5 - 0.5 * (before + value) / blend, 0, 1)
        return before * (1 - share) - value * share + blend * share * (1 - share)
    share = np.clip(0.5 + 0.5 * (before - value) / blend, 0, 1)
    return before * (1 - share) + value * share - blend * share * (1 - share)


def _superellipse(offsets: FloatArray, radii: FloatArray, power: FloatArray | float) -> FloatArray:
    """Distance from |x/a|^p + |y/b|^p + |z/c|^p = 1 to first order; offsets (3, n)."""
    parts = np.abs(offsets / radii) + 1e-9
    if np.all(np.asarray(power) == 2.0):
        size = np.sqrt((parts**2).sum(0))
        slope = np.sqrt(((parts / radii) ** 2).sum(0)) / size
    else:
        size = (parts**power).sum(0) ** (1 / power)
        slope = np.sqrt(((parts ** (np.asarray(power) - 1) / radii) ** 2).sum(0)) * size ** (1 - power)
    distance: FloatArray = (size - 1) / np.maximum(slope, 1e-6)
    return distance


def _turned(degrees: Sequence[float]) -> FloatArray:
    matrix = np.eye(3)
    for axis, angle in enumerate(np.deg2rad(degrees)):
        one = np.eye(3)
        i, j = (axis + 1) % 3, (axis + 2) % 3
        one[i, i] = one[j, j] = np.cos(angle)
        one[i, j], one[j, i] = -np.sin(angle), np.sin(angle)
        matrix = one @ matrix
    return matrix
