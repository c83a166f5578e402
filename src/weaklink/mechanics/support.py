"""Support: which forces carry a posed body, and which joint moments are left for the muscles.

Gravity, the slow inertia of the segments' centres, held weights and bands are known. What floor, wall, chair
and the body's own parts give is not: several hands and feet may share it in many ways. Of all shares that
carry the body we take the one of least effort, as with the muscles: the smallest squared joint moments, each
in parts of what a strong joint gives, and, where those do not decide, the smallest squared forces.
A joint at the end of its range rests on its ligaments: a straight knee asks no muscle not to bend backwards.
Turning inertia of a segment about its own centre is left out; in slow exercises it is below a hundredth.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from weaklink.body.joints import RESTING_ENDS, range_of, stem_of
from weaklink.body.skeleton import Skeleton
from weaklink.mechanics.touching import GRAVITY_M_S2, Pull, Spot, Support, pulls, supports
from weaklink.movement.baked import Solution
from weaklink.movement.format import Movement
from weaklink.movement.kinematics import Placed, place

FloatArray = npt.NDArray[np.float64]
ROOT = 6  # the first coordinates turn and move the whole body
STEP = 1e-6
GRAVITY = np.array([0.0, -GRAVITY_M_S2, 0.0])
# What a strong joint gives along its coordinate and against it [N·m], only to weigh one moment against
# another; from memory, our choice. The ankle pushes down three times as hard as it pulls up.
STRONG_NM: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "hip_flexion": (120, 180), "hip_adduction": (110, 110), "hip_rotation": (50, 50),
        "knee_angle": (80, 160), "ankle_angle": (40, 130), "subtalar_angle": (35, 30), "mtp_angle": (10, 20),
        "lumbar_extension": (220, 140), "lumbar_bending": (150, 150), "lumbar_rotation": (80, 80),
        "neck_extension": (30, 20), "neck_bending": (25, 25), "neck_rotation": (15, 15), "arm_flex": (60, 60),
        "arm_add": (60, 60), "arm_rot": (30, 30), "elbow_flex": (50, 50), "pro_sup": (10, 10),
        "wrist_flex": (15, 10), "wrist_dev": (12, 12),
    }
)  # fmt: skip
ROUNDS = 3  # which way a joint pulls decides its strength, which decides how much it pulls
# This near the end of its range a joint rests on its limits [degrees]; a straight knee sooner (our choice).
AT_END_DEG, STRAIGHT_DEG = 2.0, 6.0
LIGAMENT_NM = 100.0  # only a scale for the numbers
CARRIED_WEIGHT = 1e3  # the body must be carried: this beats everything else
ALONG, ASIDE, LIGHT = 0.05, 0.20, 2.0  # cost of a force of one body weight: along the normal, by friction


class Carried(NamedTuple):
    """One movement's joint moments, and what carries the body, phase by phase."""

    moments: FloatArray  # [N·m] what muscles must give, (n_phases, n_coordinates); the first six are zero
    root_force: FloatArray  # what nothing carries, in parts of the body's weight, (n_phases,)
    root_moment: FloatArray  # and of weight times height, (n_phases,)
    lumbar: FloatArray  # [N·m] net at the lowest lumbar joint: back, to the right, turned, (n_phases, 3)
    ground: FloatArray  # [N] sum of all that floor and things give, (n_phases, 3)


class _Forces(NamedTuple):
    """What acts on one pose."""

    spots: list[Spot]
    forces: FloatArray  # (n_spots, 3)
    outside: FloatArray  # their sum without what one part of the body gives another, (3,)


def carried(movement: Movement, solution: Solution, skeleton: Skeleton, mass_kg: float) -> Carried:
    """What every phase of a movement asks of the joints of a body of this mass.

    Needs scipy (the extra `body`).
    """
    moving = accelerations(movement, solution, skeleton)
    rows = [
        _pose(movement, solution, (skeleton, mass_kg), phase, moving[phase])
        for phase in range(len(solution.times_s))
    ]
    return Carried(*(np.array(column) for column in zip(*rows, strict=True)))


def accelerations(movement: Movement, solution: Solution, skeleton: Skeleton) -> FloatArray:
    """Of every segment's centre of mass [m/s²], (n_phases, n_segments, 3); zero in a pose that is held."""
    centres = _centres(skeleton, place(skeleton, solution.coordinates))
    count = len(centres)
    if count < 3:
        return np.zeros_like(centres)
    times = solution.times_s
    if movement.travels:
        before, after = np.r_[times[0], times[:-1]], np.r_[times[1:], times[-1]]
    else:
        before = np.r_[times[-1] - solution.duration_s, times[:-1]]
        after = np.r_[times[1:], times[0] + solution.duration_s]
    back, ahead = np.maximum(times - before, 1e-9), np.maximum(after - times, 1e-9)
    rising = (np.roll(centres, -1, axis=0) - centres) / ahead[:, None, None]
    risen = (centres - np.roll(centres, 1, axis=0)) / back[:, None, None]
    found: FloatArray = 2 * (rising - risen) / (back + ahead)[:, None, None]
    if movement.travels:
        found[[0, -1]] = 0.0
    return found


def _pose(
    movement: Movement,
    solution: Solution,
    body: tuple[Skeleton, float],
    phase: int,
    moving: FloatArray,
) -> tuple[FloatArray, float, float, FloatArray, FloatArray]:
    skeleton, mass_kg = body
    coordinates = solution.coordinates[phase]
    placed = place(skeleton, coordinates)
    leaning = supports(movement, neighbours(solution, phase), skeleton, placed)
    known = pulls(movement, skeleton, placed)
    mass = mass_kg * skeleton.mass_shares / skeleton.mass_shares.sum()
    weight = mass[:, None] * (GRAVITY - moving)
    needed = needed_moments(skeleton, coordinates, placed, weight, known)
    generators, edges = _generators(skeleton, coordinates, leaning)
    ends = ligaments(skeleton, coordinates)
    shares, held = _least_effort(skeleton, mass_kg, needed, (generators, ends), leaning)
    left = needed - generators @ shares - ends @ held
    own = _given(leaning, edges, shares)
    acting = _Forces([pull.at for pull in known] + own.spots, _stacked(known, own), own.outside)
    total = mass_kg * GRAVITY_M_S2
    lumbar = net_moment(skeleton, placed, weight, acting, "lumbar")
    off_force = float(np.linalg.norm(left[3:ROOT])) / total
    off_moment = float(np.linalg.norm(left[:3])) / (total * skeleton.height_m)
    left[:ROOT] = 0.0
    return left, off_force, off_moment, lumbar, own.outside


def neighbours(solution: Solution, phase: int) -> tuple[int, int]:
    """The places of the keyframes around a phase in the movement; twice the same at one, or in its hold."""
    marks = solution.keyframes
    before = int(np.searchsorted(marks, phase, side="right")) - 1
    same = np.allclose(solution.coordinates[phase], solution.coordinates[marks[before]], atol=1e-9)
    return (before, before) if same else (before, (before + 1) % len(marks))


def needed_moments(
    skeleton: Skeleton, coordinates: FloatArray, placed: Placed, weight: FloatArray, known: list[Pull]
) -> FloatArray:
    """Generalised forces that hold a pose against weight and known pulls, (n_coordinates,)."""
    spots = [Spot(segment, spot) for segment, spot in enumerate(_centres(skeleton, placed)[0])]
    spots += [pull.at for pull in known]
    forces = np.vstack([weight, *(pull.force[None] for pull in known)])
    needed: FloatArray = -np.einsum("sxc,sx->c", slopes(skeleton, coordinates, spots), forces)
    return needed


def slopes(skeleton: Skeleton, coordinates: FloatArray, spots: list[Spot]) -> FloatArray:
    """How spots that are fixed to their segments move with each coordinate, (n_spots, 3, n_coordinates)."""
    here = place(skeleton, coordinates)
    segments = np.array([spot.segment for spot in spots], dtype=np.int64)
    away = np.array([spot.place for spot in spots]) - here.joints[0, segments]
    local = np.einsum("sji,sj->si", here.rotations[0, segments], away)
    steps = STEP * np.eye(len(coordinates))
    moved = place(skeleton, np.vstack([coordinates + steps, coordinates - steps]))
    points = moved.joints[:, segments] + np.einsum("nsij,sj->nsi", moved.rotations[:, segments], local)
    forth, back = np.split(points, 2)
    found: FloatArray = ((forth - back) / (2 * STEP)).transpose(1, 2, 0)
    return found


def net_moment(
    skeleton: Skeleton, placed: Placed, weight: FloatArray, acting: _Forces, segment: str
) -> FloatArray:
    """What muscles must turn a segment and all beyond it with [N·m], in its parent's axes."""
    root = skeleton.segments.index(segment)
    beyond = [index for index in range(len(skeleton.segments)) if root in _chain(skeleton, index)]
    origin = placed.joints[0, root]
    arms = _centres(skeleton, placed)[0, beyond] - origin
    total = np.cross(arms, weight[beyond]).sum(axis=0)
    for spot, force in zip(acting.spots, acting.forces, strict=True):
        if spot.segment in beyond:
            total = total + np.cross(spot.place - origin, force)
    x, y, z = -placed.rotations[0, skeleton.parents[root]].T @ total
    return np.array([z, x, y])


def _chain(skeleton: Skeleton, segment: int) -> list[int]:
    found = [segment]
    while skeleton.parents[found[-1]] >= 0:
        found.append(skeleton.parents[found[-1]])
    return found


def _centres(skeleton: Skeleton, placed: Placed) -> FloatArray:
    """Centres of mass of every segment [m], (n, n_segments, 3)."""
    found: FloatArray = placed.joints + np.einsum("nsij,sj->nsi", placed.rotations, skeleton.centres)
    return found


def _generators(
    skeleton: Skeleton, coordinates: FloatArray, leaning: list[Support]
) -> tuple[FloatArray, FloatArray]:
    """What a newton along each direction of each support does, (n_coordinates, n), and the directions."""
    if not leaning:
        return np.zeros((len(coordinates), 0)), np.zeros((0, 3))
    moves = slopes(skeleton, coordinates, [support.at for support in leaning])
    two = [index for index, support in enumerate(leaning) if support.against is not None]
    if two:
        others = [support.against for support in leaning if support.against is not None]
        moves[two] -= slopes(skeleton, coordinates, others)
    columns = [move.T @ support.directions.T for move, support in zip(moves, leaning, strict=True)]
    return np.hstack(columns), np.vstack([support.directions for support in leaning])


def ligaments(skeleton: Skeleton, coordinates: FloatArray) -> FloatArray:
    """What a newton-metre at each joint's end of range does, (n_coordinates, n); it only pushes back."""
    columns = [np.zeros((len(coordinates), 0))]
    for index, name in enumerate(skeleton.coordinates[ROOT:], start=ROOT):
        near = STRAIGHT_DEG if stem_of(name) in RESTING_ENDS else AT_END_DEG
        low, high = np.deg2rad(range_of(name))
        for sign, left in ((1.0, coordinates[index] - low), (-1.0, high - coordinates[index])):
            if left < np.deg2rad(near if sign > 0 else AT_END_DEG):
                columns.append(sign * np.eye(len(coordinates))[:, [index]])
    return np.hstack(columns)


def _least_effort(
    skeleton: Skeleton,
    mass_kg: float,
    needed: FloatArray,
    columns: tuple[FloatArray, FloatArray],
    leaning: list[Support],
) -> tuple[FloatArray, FloatArray]:
    """How much of each direction [N] and each ligament [N·m] carries the body with the least effort."""
    from scipy.optimize import nnls  # type: ignore[import-untyped]

    generators, ends = columns
    total = mass_kg * GRAVITY_M_S2
    strong = np.array([STRONG_NM[stem_of(name)] for name in skeleton.coordinates[ROOT:]])
    root = CARRIED_WEIGHT / np.array([total * skeleton.height_m] * 3 + [total] * 3)
    small = np.hstack([_small_forces(leaning, total) * total, np.zeros((3 * len(leaning), ends.shape[1]))])
    scale = np.r_[np.full(generators.shape[1], total), np.full(ends.shape[1], LIGAMENT_NM)]
    gives = np.hstack([generators, ends]) * scale
    if not len(scale):
        return np.zeros(0), np.zeros(0)
    found, left = np.zeros(len(scale)), needed
    for _ in range(ROUNDS):
        row = np.r_[root, 1 / np.where(left[ROOT:] >= 0, strong[:, 0], strong[:, 1])]
        matrix = np.vstack([row[:, None] * gives, small])
        found = nnls(matrix, np.r_[row * needed, np.zeros(len(small))], maxiter=2000)[0]
        left = needed - gives @ found
    forces, moments = np.split(found * scale, [generators.shape[1]])
    return forces, moments


def _small_forces(leaning: list[Support], total: float) -> FloatArray:
    """Rows that keep the forces small: friction costs more than a push, a fingertip more than a foot."""
    rows, start = [], 0
    count = sum(len(support.directions) for support in leaning)
    for support in leaning:
        normal = support.directions[0]
        along = np.outer(normal, normal)
        cost = LIGHT * np.eye(3) if support.lightly else ALONG * along + ASIDE * (np.eye(3) - along)
        block = np.zeros((3, count))
        block[:, start : start + len(support.directions)] = cost @ support.directions.T / total
        rows.append(block)
        start += len(support.directions)
    return np.vstack(rows) if rows else np.zeros((0, 0))


def _given(leaning: list[Support], edges: FloatArray, shares: FloatArray) -> _Forces:
    """The support's forces, each on its spot, and against it where the body leans on itself."""
    spots: list[Spot] = []
    forces: list[FloatArray] = []
    outside = np.zeros(3)
    start = 0
    for support in leaning:
        end = start + len(support.directions)
        force = shares[start:end] @ edges[start:end]
        spots.append(support.at)
        forces.append(force)
        if support.against is not None:
            spots.append(support.against)
            forces.append(-force)
        else:
            outside = outside + force
        start = end
    return _Forces(spots, np.array(forces).reshape(-1, 3), outside)


def _stacked(known: list[Pull], own: _Forces) -> FloatArray:
    return np.vstack([*(pull.force[None] for pull in known), own.forces])
