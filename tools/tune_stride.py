"""Tunes the template stride: tiny changes of its harmonics, so that its joint moments are the measured ones.

A symmetric mean of two strides needs other accelerations than either, and joint moments hang on them: a
tenth of a degree at the tenth harmonic of the pelvis is 10 N·m at the hip. Angles and ground reaction may go
within their own uncertainty (PRIORS). The aim is the right leg's mean moments: the measured runner leans, so
that his left hip carries half as much again, and the right cycle is the one every reference figure is of.
"""

from __future__ import annotations

import copy
from typing import Any, NamedTuple

import mujoco
import numpy as np
import numpy.typing as npt

from tools.fit_stride import FLIPPED, FRAMES, Recording
from tools.leg_model import LegModel, Motion, Push
from tools.make_packs import stride_coordinates, stride_push
from weaklink.body.names import LEGS, Leg

Array = npt.NDArray[np.float64]
TUNED = (
    "pelvis_tilt", "pelvis_list", "pelvis_rotation", "pelvis_tx", "pelvis_ty", "pelvis_tz", "hip_flexion_r",
    "hip_adduction_r", "hip_rotation_r", "knee_angle_r", "ankle_angle_r", "subtalar_angle_r",
)  # fmt: skip
LENGTHS = ("pelvis_tx", "pelvis_ty", "pelvis_tz")
GROUND = ("forward", "up", "outwards", "free_moment", "point_forward", "point_outwards")
# How far one coefficient may well go: a quarter of a degree, 1 mm, 2 % of body weight; 10 mm at the point.
PRIORS = {"angle": 0.0044, "length": 0.001, "force": 0.02, "free_moment": 0.001, "point": 0.01}
# A difference of moments [N·m] that counts like one prior, in the order of LEG_COORDINATES.
CLOSE_NM = np.array([9.0, 7.5, 4.5, 9.0, 9.0, 6.0])
ROUNDS = 3


class Term(NamedTuple):
    """One coefficient of the record."""

    path: tuple[str, ...]
    place: int
    prior: float


def tuned(record: dict[str, Any], recording: Recording, model: LegModel) -> dict[str, Any]:
    """The record whose moments follow the mean of the measured legs, by Gauss-Newton steps."""
    aim, terms = measured_moments(recording, model), list(terms_of(record))
    prior = np.array([term.prior for term in terms])

    def missed(change: Array) -> Array:
        apart = (template_moments(changed(record, terms, change), model) - aim) / CLOSE_NM
        return np.concatenate([apart.ravel(), change / prior])

    change = np.zeros(len(terms))
    for _ in range(ROUNDS):
        value = missed(change)
        steps = np.diag(1e-3 * prior)
        slope = np.stack([(missed(change + step) - value) / step.sum() for step in steps], axis=1)
        change = change - np.linalg.solve(slope.T @ slope, slope.T @ value)
    return changed(record, terms, change)


def terms_of(record: dict[str, Any]) -> Any:
    """Every coefficient that may change; what both sides share keeps the harmonics symmetry allows."""
    for name in TUNED:
        for kind in ("cosine", "sine"):
            for place in range(len(record["coordinates"][name][kind])):
                odd = place % 2 == 0
                if name.endswith("_r") or odd == (name in FLIPPED):
                    prior = PRIORS["length" if name in LENGTHS else "angle"]
                    yield Term(("coordinates", name, kind), place, prior)
    for name in GROUND:
        for place in range(len(record["ground"][name])):
            kind = name if name in PRIORS else "point" if name.startswith("point") else "force"
            yield Term(("ground", name), place, PRIORS[kind])


def changed(record: dict[str, Any], terms: list[Term], change: Array) -> dict[str, Any]:
    """The record with its coefficients changed."""
    found = copy.deepcopy(record)
    for term, value in zip(terms, change, strict=True):
        holder = found
        for key in term.path:
            holder = holder[key]
        holder[term.place] += float(value)
    return found


def template_moments(record: dict[str, Any], model: LegModel) -> Array:
    """Moments of the right leg over the template [N·m], (FRAMES, 6)."""
    motion = model.motion(stride_coordinates(record), record["stride"]["period_s"])
    return leg_moments(model, motion, stride_push(record, model, motion))["right"]


def measured_moments(recording: Recording, model: LegModel) -> Array:
    """Moments of the measured right leg [N·m], the mean over its strides, (FRAMES, 6)."""
    time = recording.angle_time
    motion = model.motion(recording.angles, None)
    speed = speeds(model, motion.positions, time)
    whole = Motion(motion.positions, speed, np.gradient(speed, time, axis=0))
    moments = leg_moments(model, whole, measured_push(recording, time))["right"]
    phase = np.arange(FRAMES) / FRAMES
    strides = [
        np.stack([np.interp(a + phase * (b - a), time, row) for row in moments.T], axis=1)
        for a, b in recording.strides("right")
    ]
    mean: Array = np.mean(strides, axis=0)
    return mean


def speeds(model: LegModel, positions: Array, time: Array) -> Array:
    """Velocities by differences on the model's own coordinates, (n_frames, nv)."""
    found = np.zeros((len(time), model.model.nv))
    for frame in range(len(time)):
        before, after = max(frame - 1, 0), min(frame + 1, len(time) - 1)
        span = time[after] - time[before]
        mujoco.mj_differentiatePos(model.model, found[frame], span, positions[before], positions[after])
    return found


def leg_moments(model: LegModel, motion: Motion, push: Push) -> dict[Leg, Array]:
    """Moments of both legs [N·m], each (n_frames, 6)."""
    needed = model.moments(motion, push)
    found = {leg: np.zeros((len(needed), len(model.dofs_of[leg]))) for leg in LEGS}
    for frame, position in enumerate(motion.positions):
        model.pose(position, motion.velocities[frame])
        projected = model.projected(needed[frame], position)
        for leg in LEGS:
            found[leg][frame] = projected[model.dofs_of[leg]]
    return found


def measured_push(recording: Recording, time: Array) -> Push:
    """The measured ground reaction at some times."""
    push = Push({}, {}, {})
    for leg in LEGS:
        letter = leg[0].upper()

        def columns(kind: str, letter: str = letter) -> Array:
            names = [f"{letter}_ground_{kind}{axis}" for axis in "xyz"]
            values = [np.interp(time, recording.ground_time, recording.ground[name]) for name in names]
            return np.stack(values, axis=1)

        push.force[leg], push.point[leg] = columns("force_v"), columns("force_p")
        push.moment[leg] = columns("torque_")
    return push
