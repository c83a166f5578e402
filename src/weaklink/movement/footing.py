"""Footing: the leg of a runner's stance phase bent so that its foot stands on the ground and does not slide.

Which part carries when is our own design for a foot that lands on its heel: heel, whole foot, ball and toes.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from weaklink.body.joints import range_of
from weaklink.body.skeleton import Skeleton
from weaklink.movement.kinematics import Placed, place

FloatArray = npt.NDArray[np.float64]

HEIGHT = "pelvis_ty"
LEG = (
    "hip_flexion_r", "hip_adduction_r", "hip_rotation_r", "knee_angle_r", "ankle_angle_r", "subtalar_angle_r",
    "mtp_angle_r",
)  # fmt: skip
FITTED = (*LEG, HEIGHT)
# How far a coordinate goes from the template before it counts like CLOSE_M of a missed contact.
GIVES = np.array([*np.deg2rad([4.0, 3.0, 2.0, 4.0, 5.0, 6.0, 15.0]), 0.001])
# The measured man's legs are longer for his height than our skeleton's, so ours runs a little lower.
LOWER = 0.011  # of height
CLOSE_M = 0.002
SOLE = ("heel_r", "ball_in_r", "ball_out_r", "toe_in_r", "toe_out_r")
# Part of stance during which each ball of the sole carries: it comes between the first two, goes between
# the last two.
CARRIES = {
    "heel_r": (-0.15, 0.08, 0.42, 0.62),
    "ball_in_r": (0.08, 0.24, 0.80, 1.0),
    "ball_out_r": (0.08, 0.24, 0.80, 1.0),
    "toe_in_r": (0.30, 0.50, 1.1, 1.2),
    "toe_out_r": (0.30, 0.50, 1.1, 1.2),
}
FLAT = (0.25, 0.42)  # part of stance in which the whole sole is down
ROUNDS = 12
STEP = 1e-5
DAMPING = 1e-3


class Footing(NamedTuple):
    """The right leg's stance, corrected."""

    coordinates: FloatArray  # (n, n_coordinates), pelvis height included
    footprint: FloatArray  # where each ball of the sole stands, on the ground that moves [m], (n_sole, 3)


def stand(skeleton: Skeleton, coordinates: FloatArray, part: FloatArray, moved_m: FloatArray) -> Footing:
    """The stance leg of a stride posed onto its footprint, the pelvis lowered or raised as a whole.

    Args:
        coordinates: template poses of the right leg's stance [rad, m], (n, n_coordinates).
        part: of stance, 0 at initial contact to 1 at toe-off, (n,).
        moved_m: how far the ground has gone backwards since initial contact [m], (n,).
    """
    level = _levelled(skeleton, coordinates, part)
    print_ = _footprint(skeleton, level, part, moved_m)
    return Footing(_bend(skeleton, level, part, print_, moved_m), print_)


def carried(part: FloatArray) -> FloatArray:
    """How much each ball of the sole carries at a part of stance, 0 to 1, (n, n_sole)."""
    return np.stack([_window(part, *CARRIES[name]) for name in SOLE], axis=1)


def sole(skeleton: Skeleton, placed: Placed) -> FloatArray:
    """The lowest point under each ball of the right sole [m], (n, n_sole, 3)."""
    index = [skeleton.ball(name) for name in SOLE]
    points: FloatArray = placed.balls[:, index] - skeleton.ball_radii[index][:, None] * (0.0, 1.0, 0.0)
    return points


def _window(part: FloatArray, come: float, on: float, going: float, gone: float) -> FloatArray:
    rise = np.clip((part - come) / (on - come), 0, 1)
    fall = np.clip((gone - part) / (gone - going), 0, 1)
    both: FloatArray = (rise**2 * (3 - 2 * rise)) * (fall**2 * (3 - 2 * fall))
    return both


def _levelled(skeleton: Skeleton, coordinates: FloatArray, part: FloatArray) -> FloatArray:
    """The template with its sole level and on the ground while the whole foot is down.

    A measured runner wears shoes and has another foot: his angles hold for ours but for a constant.
    """
    level = coordinates.copy()
    down = (part >= FLAT[0]) & (part <= FLAT[1])
    ankle, height = skeleton.coordinate("ankle_angle_r"), skeleton.coordinate("pelvis_ty")
    for _ in range(3):
        points = sole(skeleton, place(skeleton, level[down]))
        ahead = points[:, 1:3].mean(axis=1) - points[:, 0]
        level[:, ankle] -= np.arctan2(ahead[:, 1], np.hypot(ahead[:, 0], ahead[:, 2])).mean()
    level[:, height] -= sole(skeleton, place(skeleton, level[down]))[:, :3, 1].mean()
    level[:, height] -= LOWER * skeleton.height_m
    return level


def _footprint(skeleton: Skeleton, level: FloatArray, part: FloatArray, moved_m: FloatArray) -> FloatArray:
    """Where the whole foot stands: the mean place and heading of the template's foot while it is down."""
    down = (part >= FLAT[0]) & (part <= FLAT[1])
    points = sole(skeleton, place(skeleton, level[down]))
    points[..., 0] += moved_m[down, None]
    middle = points[:, :3].mean(axis=(0, 1)) * (1, 0, 1)
    ahead = (points[:, 1:3].mean(axis=1) - points[:, 0]).mean(axis=0)
    shape = sole(skeleton, place(skeleton, skeleton.standing))[0]
    own = shape[1:3].mean(axis=0) - shape[0]
    turn = np.arctan2(-ahead[2], ahead[0]) - np.arctan2(-own[2], own[0])
    flat = (shape - shape[:3].mean(axis=0)) * (1, 0, 1)
    turned = np.stack(
        [
            flat[:, 0] * np.cos(turn) + flat[:, 2] * np.sin(turn),
            np.zeros(len(flat)),
            flat[:, 2] * np.cos(turn) - flat[:, 0] * np.sin(turn),
        ],
        axis=1,
    )
    print_: FloatArray = middle + turned
    return print_


def _bend(
    skeleton: Skeleton, level: FloatArray, part: FloatArray, print_: FloatArray, moved_m: FloatArray
) -> FloatArray:
    """The leg's coordinates and the pelvis' height by Gauss-Newton steps, every frame at once."""
    columns = [skeleton.coordinate(name) for name in FITTED]
    low, high = _bounds()
    there = print_ - np.stack([moved_m, 0 * moved_m, 0 * moved_m], axis=1)[:, None]
    weights = carried(part)[:, :, None] / CLOSE_M

    def missed(leg: FloatArray) -> FloatArray:
        """(n, n_rows) for (n, 8) values of what is fitted."""
        body = level.copy()
        body[:, columns] = leg
        points = sole(skeleton, place(skeleton, body))
        sunk = np.clip(-points[..., 1], 0, None) / CLOSE_M
        touch = (weights * (points - there)).reshape(len(leg), -1)
        return np.hstack([touch, sunk, (leg - level[:, columns]) / GIVES])

    leg = np.clip(level[:, columns], low, high)
    for _ in range(ROUNDS):
        value = missed(leg)
        slope = np.stack([(missed(leg + STEP * unit) - value) / STEP for unit in np.eye(len(FITTED))], axis=2)
        normal = slope.transpose(0, 2, 1) @ slope
        normal += DAMPING * np.eye(len(FITTED)) * np.trace(normal, axis1=1, axis2=2)[:, None, None]
        step = np.linalg.solve(normal, slope.transpose(0, 2, 1) @ value[:, :, None])[:, :, 0]
        leg = np.clip(leg - step, low, high)
    bent = level.copy()
    bent[:, columns] = leg
    return bent


def _bounds() -> FloatArray:
    """How far each fitted coordinate goes [rad, m], (2, n_fitted)."""
    degrees = np.array([range_of(name) for name in LEG]).T
    return np.hstack([np.deg2rad(degrees), [[0.0], [3.0]]])
