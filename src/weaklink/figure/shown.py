"""Shown: one pose as it stands in the room, with all that is held, ready to be seen from a camera."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from weaklink.body.skeleton import Skeleton, skeleton_of
from weaklink.figure.bones import (
    FIST_DEG,
    FLAT_DEG,
    RELAXED_DEG,
    bone_names,
    rest_matrices,
    skin_matrices,
)
from weaklink.figure.human import Human
from weaklink.figure.props import Prop, props_held
from weaklink.figure.sheets import Sheet, swollen
from weaklink.figure.skin import Posed, posed
from weaklink.movement.format import Movement
from weaklink.movement.task import contacts_of

FloatArray = npt.NDArray[np.float64]
Tone = Literal["works", "helps", "stretched", "weak", "takes"]
SHARE_OF_SHANK = 0.8  # of the height of the knee: how much of the shank is seen with a foot
Lit = Mapping[tuple[str, str], Tone]  # muscle id and side → how it is drawn


class LitSheet(NamedTuple):
    """One muscle that is drawn."""

    sheet: Sheet
    tone: Tone
    body: Posed


class Shown(NamedTuple):
    """A body in one pose."""

    human: Human
    body: Posed  # (1, n, 3)
    sheets: tuple[LitSheet, ...]
    held: tuple[Prop, ...]


def shown(human: Human, movement: Movement, coordinates: FloatArray, lit: Lit, phase: str = "") -> Shown:
    """A body in one pose of a movement, its muscles lit as said.

    Args:
        coordinates: the pose [rad, m], (n_coordinates,); phase: the keyframe's name, for the hands.
    """
    skeleton = skeleton_of(human.height_m)
    matrices = skin_matrices(skeleton, coordinates, grips(movement, skeleton, phase))
    found = [
        LitSheet(sheet, lit[sheet.muscle, sheet.side], posed(sheet, matrices, swollen(sheet, 0.6)))
        for sheet in human.sheets
        if (sheet.muscle, sheet.side) in lit
    ]
    return Shown(
        human, posed(human.mesh, matrices), tuple(found), tuple(props_held(movement, skeleton, coordinates))
    )


def grips(movement: Movement, skeleton: Skeleton, phase: str = "") -> FloatArray:
    """How far the fingers of right and left hand are bent: round what they hold, flat on the floor, (2,)."""
    keyframe = next((key for key in movement.keyframes if key.name == phase), movement.keyframes[0])
    touching = {skeleton.balls[ball] for ball in contacts_of(movement, keyframe, skeleton)}
    return np.array([_grip(movement, touching, side) for side in ("_r", "_l")])


def _grip(movement: Movement, touching: set[str], side: str) -> float:
    hands = {name + side for name in ("knuckle_in", "knuckle_out", "fingertips", "palm_heel")}
    if any(held.kind != "ball" and hands & set(held.at) for held in movement.held):
        return FIST_DEG
    return FLAT_DEG if hands & touching else RELAXED_DEG


def points_of(poses: Sequence[Shown], feet: bool = False) -> FloatArray:
    """Everything that has to be in the picture: skin and what is held, but for long cords, (n, 3).

    Args:
        feet: only what is below the knees.
    """
    if feet:
        return np.vstack([pose.body.vertices[0][_below_knee(pose.human)] for pose in poses])
    parts = [pose.body.vertices[0] for pose in poses]
    parts += [prop.vertices for pose in poses for prop in pose.held if prop.kind != "band"]
    return np.vstack(parts)


def _below_knee(human: Human) -> npt.NDArray[np.bool_]:
    """The vertices that hang mainly on foot, toes or the lower end of the shank."""
    names = np.array([name[:-2] for name in bone_names()])
    main = names[human.mesh.bones[np.arange(len(human.mesh.bones)), human.mesh.weights.argmax(axis=1)]]
    height = rest_matrices(human.height_m)[[bone_names().index("knee_r")], 1, 3]
    low = human.mesh.vertices[:, 1] < SHARE_OF_SHANK * height
    found: npt.NDArray[np.bool_] = np.isin(main, ("foot", "toes", "ankle")) | (np.isin(main, "shank") & low)
    return found


def bare(human: Human, coordinates: FloatArray) -> Shown:
    """A body in a pose of no movement: no muscle lit, nothing held."""
    skeleton = skeleton_of(human.height_m)
    return Shown(human, posed(human.mesh, skin_matrices(skeleton, coordinates)), (), ())
