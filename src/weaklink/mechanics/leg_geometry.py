"""The geometry of a leg in any pose: moment arms, lengths and greatest forces of its forty units.

Both legs are alike in the model, and angles keep their sense when mirrored, so one leg serves both.
Needs the extra `body` (mujoco, myo-sim).
"""

from __future__ import annotations

import functools
import itertools
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from weaklink.body.joints import RANGES
from weaklink.body.names import LEG_COORDINATES, LEGS, PELVIS_COORDINATES, leg_index, on_side
from weaklink.body.scaling import BodySize, scale_between
from weaklink.mechanics.load_pack import Leverage
from weaklink.quantities import WeaklinkError

if TYPE_CHECKING:
    from weaklink.mechanics.leg_model import LegModel

FloatArray = npt.NDArray[np.float64]
MODEL_BODY = BodySize(mass_kg=74.98, height_m=1.70)  # the size of myo-sim's legs
KNEE = leg_index("knee_angle")


class MissingExtraError(WeaklinkError):
    """The packages that compute geometry are not installed."""


@functools.cache
def leg_model(*, corrected: bool = True) -> LegModel:
    """The leg model, made once; `corrected` is its knee (docs/science/muscle-forces.md).

    Raises: MissingExtraError.
    """
    try:
        from weaklink.mechanics.leg_model import LegModel
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            f"Muscle loads of a new or edited movement need the extra body ({error.name} is not installed): "
            "pip install 'weaklink[body]'"
        ) from error
    return LegModel(corrected=corrected)


def leverage(angles: FloatArray, rates: FloatArray, body: BodySize) -> Leverage:
    """The leverage of one leg over some poses.

    Args:
        angles: in the order of LEG_COORDINATES [rad], (n, 6); rates: their speeds [rad/s], same shape.
    Raises: MissingExtraError.
    """
    model = leg_model()
    scale = scale_between(MODEL_BODY, body)
    arms, lengths = arms_and_lengths(model, angles)
    units, others = (model.units_of[leg] for leg in LEGS)
    speeds = -np.einsum("ncu,nc->nu", arms, rates)
    every_length, every_speed = np.zeros((2, len(angles), len(units) + len(others)))
    every_length[:, units] = every_length[:, others] = lengths
    every_speed[:, units] = speeds
    plain, _ = arms_and_lengths(leg_model(corrected=False), angles)
    return Leverage(
        arms=arms * scale.length,
        knee_arms_plain=plain[:, KNEE] * scale.length,
        rigid_force=model.active_force(every_length, every_speed)[:, units] * scale.force,
        most_force=model.most_force("right") * scale.force,
        lengths=lengths * scale.length,
        speeds=speeds * scale.length,
    )


def arms_and_lengths(model: LegModel, angles: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Moment arms (n, 6, 40) and lengths (n, 40) of the right leg's units [m], at the model's own size."""
    units, dofs = model.units_of["right"], model.dofs_of["right"]
    still = dict.fromkeys(PELVIS_COORDINATES, np.zeros(len(angles)))
    bent = {on_side(stem, "right"): angles[:, place] for place, stem in enumerate(LEG_COORDINATES)}
    motion = model.motion({**still, **bent}, None)
    arms, lengths = np.zeros((len(angles), len(dofs), len(units))), np.zeros((len(angles), len(units)))
    for pose, position in enumerate(motion.positions):
        model.pose(position, motion.velocities[pose])
        slopes = model.projected(model.tendon_slopes(), position)
        arms[pose] = -slopes[np.ix_(units, dofs)].T
        lengths[pose] = model.data.ten_length[model.model.actuator_trnid[:, 0]][units]
    return arms, lengths


@functools.cache
def shortest_and_longest(body: BodySize) -> tuple[FloatArray, FloatArray]:
    """The length of every unit [m] at its shortest and longest within the joints' ranges, each (40,).

    Found over the ends and the middle of the six ranges, in all combinations.
    """
    ends = [RANGES[stem] for stem in LEG_COORDINATES]
    grid = [(one.low_deg, (one.low_deg + one.high_deg) / 2, one.high_deg) for one in ends]
    poses = np.deg2rad(np.array(list(itertools.product(*grid))))
    _, lengths = arms_and_lengths(leg_model(), poses)
    lengths = lengths * scale_between(MODEL_BODY, body).length
    return lengths.min(axis=0), lengths.max(axis=0)
