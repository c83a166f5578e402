"""Baked movements: a repetition solved once, as plain arrays that are drawn, loaded and shipped.

A solution belongs to whatever was solved, not to a name: its key is a digest of the movement's words, the
skeleton and the solver. A new camera needs no new solution.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from weaklink.body.joints import RANGES
from weaklink.body.skeleton import Skeleton, mirror_name, skeleton_of
from weaklink.movement.checks import faults
from weaklink.movement.format import Held, Keyframe, Movement, Side, Thing
from weaklink.movement.mirror import SIDEWAYS, mirrored
from weaklink.movement.repetition import Repetition, repetition

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

# Raised by hand whenever posing, its weights or the strokes between keyframes change what is found.
SOLVER_REVISION = 1
DECIMALS = 4  # a ten-thousandth of a radian or metre: finer than anything that is drawn or checked


class Solution(NamedTuple):
    """The poses of one repetition in time; the first comes again after the last."""

    times_s: FloatArray  # (n_phases,)
    coordinates: FloatArray  # in the skeleton's order [rad, m], (n_phases, n_coordinates)
    keyframes: IntArray  # which phases are keyframes, (n_keyframes,)
    duration_s: float
    # Phase and what is wrong in it, as `movement.checks` found when it was solved; None: not looked at.
    faults: tuple[tuple[str, str], ...] | None = None


class Baked(msgspec.Struct, frozen=True, eq=False):
    """A movement with its solution."""

    movement: Movement
    digest: str
    solution: Solution

    @property
    def id(self) -> str:
        """The exercise or test it shows."""
        return self.movement.id

    @property
    def times_s(self) -> FloatArray:
        """When each phase is reached [s], (n_phases,)."""
        return self.solution.times_s

    @property
    def coordinates(self) -> FloatArray:
        """Joint coordinates of every phase [rad, m], (n_phases, n_coordinates)."""
        return self.solution.coordinates

    @property
    def keyframes(self) -> tuple[int, ...]:
        """Which phases are keyframes, in the movement's order."""
        return tuple(int(index) for index in self.solution.keyframes)

    @property
    def duration_s(self) -> float:
        """How long one repetition lasts, holds included [s]."""
        return self.solution.duration_s

    @property
    def phases(self) -> tuple[Keyframe, ...]:
        """What was written about each keyframe."""
        return self.movement.keyframes

    @property
    def things(self) -> tuple[Thing, ...]:
        """What stands in the room."""
        return self.movement.things

    @property
    def held(self) -> tuple[Held, ...]:
        """What goes with the body."""
        return self.movement.held

    @property
    def view(self) -> tuple[float, float]:
        """The first camera: degrees around from the right side, degrees up."""
        return self.movement.view

    @property
    def side(self) -> Side:
        """The side that works."""
        return self.movement.side


def digest_of(movement: Movement, skeleton: Skeleton | None = None) -> str:
    """What a solution depends on, as 20 hexadecimal digits: neither the id nor the camera is part of it."""
    solved = msgspec.structs.replace(movement, id="", view=(0.0, 0.0), feet=False, held=())
    said = msgspec.json.encode(solved, order="deterministic")
    return hashlib.sha256(said + _body_digest(skeleton or skeleton_of())).hexdigest()[:20]


def _body_digest(skeleton: Skeleton) -> bytes:
    """Everything about the body and the solver that a pose depends on."""
    found = hashlib.sha256(f"solver {SOLVER_REVISION}".encode())
    found.update(msgspec.json.encode(dict(RANGES), order="deterministic"))
    for part in skeleton:
        found.update(part.round(9).tobytes() if isinstance(part, np.ndarray) else repr(part).encode())
    return found.digest()


def solve(movement: Movement, skeleton: Skeleton | None = None) -> Solution:
    """The movement solved now, which takes seconds.

    Raises: MovementError for a name the body or the room does not have.
    """
    return solution_of(repetition(movement, skeleton))


def solution_of(found: Repetition) -> Solution:
    """The arrays of a repetition, rounded as they are kept, and what is wrong with it."""
    return Solution(
        found.times_s.round(DECIMALS),
        found.coordinates.round(DECIMALS),
        np.array(found.keyframes, dtype=np.int64),
        found.duration_s,
        tuple((fault.phase, fault.says) for fault in faults(found)),
    )


def other_side(baked: Baked) -> Baked:
    """The same movement done by the other side, without solving it again."""
    names = skeleton_of().coordinates
    order = [names.index(mirror_name(name)) for name in names]
    sign = np.array([-1.0 if name in SIDEWAYS else 1.0 for name in names])
    turned = baked.solution._replace(coordinates=baked.coordinates[:, order] * sign)
    movement = mirrored(baked.movement)
    return Baked(movement, digest_of(movement), turned)
