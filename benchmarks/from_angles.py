"""From joint angles to activations with the geometry that packs are made of; needs mujoco and myo-sim."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

import numpy as np
from tools.fit_stride import Recording, read_table
from tools.leg_model import Array, LegModel, Motion, Push
from tools.make_packs import PACKS, size_of
from tools.tune_stride import measured_push, speeds

from weaklink.body.names import LEGS
from weaklink.mechanics.effort import Effort
from weaklink.mechanics.muscle_forces import LoadSharing, share_load

FIRST_S, LAST_S = 1.555, 2.2331


class Ready(NamedTuple):
    """What is known before the clock starts: the model, the angles, the ground reaction."""

    model: LegModel
    motion: Motion
    push: Push


def prepared(folder: Path) -> Ready:
    """The measured cycle of the runner, 101 frames, velocities from the smooth angles."""
    record = tomllib.loads((PACKS / "running.toml").read_text(encoding="utf-8"))
    model = LegModel(size_of(record))
    names, angles = read_table(folder / "q_right_cycle_101frames.mot")
    time = angles[:, 0]
    motion = model.motion(dict(zip(names[1:], angles[:, 1:].T, strict=True)), None)
    speed = speeds(model, motion.positions, time)
    acceleration = np.gradient(speed, time, axis=0)
    inside = (time >= FIRST_S - 1e-6) & (time <= LAST_S)
    kept = Motion(motion.positions[inside], speed[inside], acceleration[inside])
    return Ready(model, kept, measured_push(Recording(folder), time[inside]))


def geometry(ready: Ready) -> tuple[Array, Array, Array]:
    """Moment arms (n, 6, 40) [m], forces (n, 40) [N], moments (n, 6) [N·m]; right frames, then left."""
    model, motion, push = ready
    needed = model.moments(motion, push)
    arms, moments, lengths, speed = [], [], [], []
    for frame, position in enumerate(motion.positions):
        model.pose(position, motion.velocities[frame])
        slopes = model.tendon_slopes()
        speed.append(slopes @ motion.velocities[frame])
        lengths.append(model.data.ten_length[model.model.actuator_trnid[:, 0]])
        moments.append(model.projected(needed[frame], position))
        arms.append(-model.projected(slopes, position).T)
    force = model.active_force(np.array(lengths), np.array(speed))
    every_arm, every_moment = np.array(arms), np.array(moments)
    return (
        np.concatenate([every_arm[:, model.dofs_of[leg]][:, :, model.units_of[leg]] for leg in LEGS]),
        np.concatenate([force[:, model.units_of[leg]] for leg in LEGS]),
        np.concatenate([every_moment[:, model.dofs_of[leg]] for leg in LEGS]),
    )


def solved(ready: Ready) -> LoadSharing:
    """Inverse dynamics, moment arms and optimal forces of both legs, and the load sharing of all frames."""
    arms, force, moments = geometry(ready)
    return share_load(arms * force[:, None], moments, Effort(lowest=0.01))
