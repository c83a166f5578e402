"""The running stride: a template of harmonics, made to fit a runner's size, speed and cadence.

The joint angles are measured ones (see the template's sources). The rules that carry them to another pace
are our own design (see `pace`). The body runs on the spot: the ground moves backwards under it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from weaklink.body.names import LEGS, Leg
from weaklink.body.scaling import BodySize
from weaklink.body.skeleton import Skeleton, mirror_name, skeleton_of
from weaklink.movement.baked import Baked, Solution, digest_of
from weaklink.movement.curves import Harmonics, monotone, sine_mean, sine_sum
from weaklink.movement.footing import SOLE, carried, sole, stand
from weaklink.movement.format import Keyframe, Movement
from weaklink.movement.kinematics import place
from weaklink.movement.mirror import SIDEWAYS
from weaklink.movement.pace import GRAVITY_M_S2, Pace, PaceError, StrideTemplate, pace_of

FloatArray = npt.NDArray[np.float64]

RUNNING = "running"
FRAMES = 100
FADE = 0.25  # how much of its speed a change of the stance leg keeps into the swing: all of it overshoots
SWINGS_MORE = ("hip_flexion", "ankle_angle", "arm_flex", "pelvis_rotation", "lumbar_rotation")


class GaitPhase(NamedTuple):
    """One moment of the stride, in the field's words."""

    name: str  # "initial contact", "midstance", "toe-off", "swing"
    leg: Leg
    part: float  # of the stride, from the right foot's initial contact


class Stride(NamedTuple):
    """One stride of one runner, right initial contact first."""

    body: BodySize
    pace: Pace
    skeleton: Skeleton
    times_s: FloatArray  # (n,); the next stride begins at pace.period_s
    coordinates: FloatArray  # in the skeleton's order [rad, m], (n, n_coordinates)
    on_ground: npt.NDArray[np.bool_]  # right, left, (n, 2)
    ground_n: FloatArray  # push of the ground on each foot: forward, up, right [N], (n, 2, 3)
    phases: tuple[GaitPhase, ...]
    slide_m: float  # how far a part of the sole that carries moves on the ground
    sunk_m: float  # how deep any part of the sole is in the ground


def stride(
    template: StrideTemplate,
    body: BodySize | None = None,
    speed_m_s: float | None = None,
    cadence_spm: float | None = None,
    frames: int = FRAMES,
) -> Stride:
    """One stride: the template's angles at this pace, its stance leg bent so that the foot stands.

    Args:
        frames: evenly spaced in time; an even number, as the left side is the right one half a stride later.
    Raises: PaceError naming the field.
    """
    if frames < 20 or frames % 2:
        raise PaceError(f"frames is {frames}; expected an even number from 20.")
    runner = body or template.body
    pace = pace_of(template, runner, speed_m_s, cadence_spm)
    skeleton = skeleton_of(runner.height_m)
    phase = np.arange(frames) / frames
    raw = _raw(template, skeleton, pace, _warped(template, pace, phase))
    stood = _stood(skeleton, pace, phase, raw)
    standing = np.stack([(phase - delay) % 1.0 < pace.stance for delay in (0.0, 0.5)], axis=1)
    return Stride(
        body=runner,
        pace=pace,
        skeleton=skeleton,
        times_s=phase * pace.period_s,
        coordinates=stood,
        on_ground=standing,
        ground_n=ground_push(template, pace, runner, phase),
        phases=gait_phases(pace.stance),
        slide_m=_slide(skeleton, pace, phase, stood),
        sunk_m=float(-min(0.0, sole(skeleton, place(skeleton, stood))[..., 1].min())),
    )


def gait_phases(stance: float) -> tuple[GaitPhase, ...]:
    """The named moments of both legs in the order they come, for a stance of this part of the stride."""
    moments = {"initial contact": 0.0, "midstance": stance / 2, "toe-off": stance, "swing": (1 + stance) / 2}
    both = [
        GaitPhase(name, leg, (part + delay) % 1.0)
        for leg, delay in zip(LEGS, (0.0, 0.5), strict=True)
        for name, part in moments.items()
    ]
    return tuple(sorted(both, key=lambda moment: moment.part))


def ground_push(template: StrideTemplate, pace: Pace, body: BodySize, phase: FloatArray) -> FloatArray:
    """Push of the ground on the right and the left foot: forward, up, right [N], (n, 2, 3).

    The template's shape; its size such that a runner who neither rises nor falls in the mean is carried.
    """
    lifts = pace.stance * 2 * sine_mean(template.ground["up"])  # body weights, both feet, mean of the stride
    weight = body.mass_kg * GRAVITY_M_S2 / lifts
    feet = []
    for side, delay in ((1.0, 0.0), (-1.0, 0.5)):
        part = ((phase - delay) % 1.0) / pace.stance
        axes = [sine_sum(template.ground[axis], part) for axis in ("forward", "up", "outwards")]
        feet.append(np.stack(axes, axis=1) * (1.0, 1.0, side) * weight)
    return np.stack(feet, axis=1)


def as_movement(found: Stride) -> Baked:
    """The stride as a baked movement with the id of its motion: what the figure draws and plays in a loop.

    Its phases are the named moments of both legs; a frame is a phase that is nearest.
    """
    count = len(found.times_s)
    marks = [round(phase.part * count) % count for phase in found.phases]
    ends = [phase.part for phase in found.phases]
    spans = [(one - before) % 1.0 for before, one in zip([ends[-1], *ends[:-1]], ends, strict=True)]
    keyframes = tuple(
        Keyframe(name=f"{phase.leg} {phase.name}", seconds=span * found.pace.period_s)
        for phase, span in zip(found.phases, spans, strict=True)
    )
    movement = Movement(id=RUNNING, quick=True, keyframes=keyframes, view=(20.0, 6.0))
    solution = Solution(
        found.times_s, found.coordinates, np.array(marks, dtype=np.int64), found.pace.period_s
    )
    return Baked(movement, digest_of(movement, found.skeleton), solution)


def _warped(template: StrideTemplate, pace: Pace, phase: FloatArray) -> FloatArray:
    """The template's phase at each of ours: contact meets contact, flight meets flight."""
    ours = np.array([0.0, pace.stance, 0.5, 0.5 + pace.stance, 1.0])
    theirs = np.array([0.0, template.stance, 0.5, 0.5 + template.stance, 1.0])
    return monotone(ours, theirs, phase)


def _raw(template: StrideTemplate, skeleton: Skeleton, pace: Pace, phase: FloatArray) -> FloatArray:
    """The template's angles at a pace, before the foot stands on the ground."""
    length = skeleton.height_m / template.body.height_m
    found = np.tile(skeleton.standing, (len(phase), 1))
    for name, curve in template.coordinates.items():
        right = _scaled(name, curve, pace, length, phase)
        found[:, skeleton.coordinate(name)] = right
        if mirror_name(name) != name:
            found[:, skeleton.coordinate(mirror_name(name))] = np.roll(right, len(phase) // 2)
    for neck, below in NECK.items():
        column = [skeleton.coordinate(name) for name in below]
        found[:, skeleton.coordinate(neck)] = -found[:, column].sum(axis=1)
    return found


# The template has no neck: ours undoes the trunk's turns, so that the head looks ahead.
NECK: Mapping[str, tuple[str, str]] = {
    "neck_extension": ("pelvis_tilt", "lumbar_extension"),
    "neck_bending": ("pelvis_list", "lumbar_bending"),
    "neck_rotation": ("pelvis_rotation", "lumbar_rotation"),
}


def _scaled(name: str, curve: Harmonics, pace: Pace, length: float, phase: FloatArray) -> FloatArray:
    """One coordinate at a pace: the swing of legs, arms and trunk grows with speed, the bounce with time."""
    stem = name.removesuffix("_r")
    if stem == "pelvis_ty":
        return curve.mean * length + pace.bounce * curve.swing(phase)
    if stem in ("pelvis_tx", "pelvis_tz"):
        return length * curve.at(phase)
    if stem == "knee_angle":
        return pace.swing * curve.at(phase)
    return curve.mean + (pace.swing if stem in SWINGS_MORE else 1.0) * curve.swing(phase)


def _stood(skeleton: Skeleton, pace: Pace, phase: FloatArray, raw: FloatArray) -> FloatArray:
    """The stride with its stance foot on the ground; what that takes fades until the next one."""
    standing = phase <= pace.stance
    part = phase[standing] / pace.stance
    moved = pace.speed_m_s * pace.period_s * phase[standing]
    change = stand(skeleton, raw[standing], part, moved).coordinates - raw[standing]
    height = skeleton.coordinate("pelvis_ty")
    lifted = _faded(change[:, [height]], len(phase) // 2)[:, 0]
    leg = _faded(change, len(phase))
    leg[:, height] = 0.0
    whole = raw + leg + _other_leg(skeleton, leg)
    whole[:, height] += np.concatenate([lifted, lifted])
    return whole


def _other_leg(skeleton: Skeleton, change: FloatArray) -> FloatArray:
    """The same change for the left leg half a stride later."""
    order = [skeleton.coordinate(mirror_name(name)) for name in skeleton.coordinates]
    sign = np.array([-1.0 if name in SIDEWAYS else 1.0 for name in skeleton.coordinates])
    turned: FloatArray = np.roll(change, len(change) // 2, axis=0)[:, order] * sign
    return turned


def _faded(change: FloatArray, count: int) -> FloatArray:
    """A change known in stance, carried smoothly over the frames up to the next initial contact."""
    last = len(change) - 1
    width = count - last
    u = (np.arange(1, width) / width)[:, None]
    leaving, coming = change[last] - change[last - 1], change[1] - change[0]
    bend = FADE * width * (leaving * u * (1 - u) ** 2 - coming * u**2 * (1 - u))
    fading = change[last] * (1 + 2 * u) * (1 - u) ** 2 + change[0] * u**2 * (3 - 2 * u) + bend
    return np.vstack([change, fading])


def _slide(skeleton: Skeleton, pace: Pace, phase: FloatArray, coordinates: FloatArray) -> float:
    """How far a part of the right sole that carries fully moves on the ground [m]."""
    standing = phase <= pace.stance
    points = sole(skeleton, place(skeleton, coordinates[standing]))
    points[..., 0] += pace.speed_m_s * pace.period_s * phase[standing, None]
    firm = carried(phase[standing] / pace.stance) > 0.9
    moves = [np.ptp(points[firm[:, ball]][:, ball][:, [0, 2]], axis=0).max() for ball in range(len(SOLE))]
    return float(max(moves))
