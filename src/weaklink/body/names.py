"""The names of coordinates and muscle units, as in Rajagopal2016 (rajagopal-2016); spelled nowhere else.

A coordinate or unit of one leg is a stem here; `on_side` adds the leg: `hip_flexion` → `hip_flexion_r`.
Positive: hip flexion, adduction, inward rotation; knee flexion; ankle dorsiflexion; subtalar inversion.
"""

from __future__ import annotations

from typing import Literal

from weaklink.quantities import WeaklinkError

Leg = Literal["right", "left"]
LEGS: tuple[Leg, Leg] = ("right", "left")
SUFFIX: dict[Leg, str] = {"right": "_r", "left": "_l"}

# The six joint coordinates of a leg that muscles must balance, in the order of every array.
LEG_COORDINATES = (
    "hip_flexion", "hip_adduction", "hip_rotation", "knee_angle", "ankle_angle", "subtalar_angle",
)  # fmt: skip
TOE_COORDINATE = "mtp_angle"
PELVIS_COORDINATES = (
    "pelvis_tilt", "pelvis_list", "pelvis_rotation", "pelvis_tx", "pelvis_ty", "pelvis_tz",
)  # fmt: skip
LUMBAR_COORDINATES = ("lumbar_extension", "lumbar_bending", "lumbar_rotation")
# Ours: the model has no neck of its own.
NECK_COORDINATES = ("neck_extension", "neck_bending", "neck_rotation")
ARM_COORDINATES = (
    "arm_flex", "arm_add", "arm_rot", "elbow_flex", "pro_sup", "wrist_flex", "wrist_dev",
)  # fmt: skip

# The forty muscle units of a leg, in the order of every array.
LEG_UNITS = (
    "addbrev", "addlong", "addmagDist", "addmagIsch", "addmagMid", "addmagProx", "bflh", "bfsh", "edl", "ehl",
    "fdl", "fhl", "gaslat", "gasmed", "glmax1", "glmax2", "glmax3", "glmed1", "glmed2", "glmed3",
    "glmin1", "glmin2", "glmin3", "grac", "iliacus", "perbrev", "perlong", "piri", "psoas", "recfem",
    "sart", "semimem", "semiten", "soleus", "tfl", "tibant", "tibpost", "vasint", "vaslat", "vasmed",
)  # fmt: skip


class UnknownCoordinateError(WeaklinkError):
    """A coordinate the body does not have."""


def on_side(stem: str, leg: Leg) -> str:
    """The name of a stem on one leg, e.g. ("soleus", "left") → "soleus_l"."""
    return stem + SUFFIX[leg]


def whole_body() -> tuple[str, ...]:
    """Every coordinate of the body: pelvis, right leg, left leg, trunk, neck, right arm, left arm."""
    legs = [on_side(stem, leg) for leg in LEGS for stem in (*LEG_COORDINATES, TOE_COORDINATE)]
    arms = [on_side(stem, leg) for leg in LEGS for stem in ARM_COORDINATES]
    return (*PELVIS_COORDINATES, *legs, *LUMBAR_COORDINATES, *NECK_COORDINATES, *arms)


def leg_index(coordinate: str) -> int:
    """The place of a leg coordinate in every array, e.g. "knee_angle" → 3.

    Raises: UnknownCoordinateError naming the known ones.
    """
    try:
        return LEG_COORDINATES.index(coordinate)
    except ValueError:
        raise UnknownCoordinateError(
            f'No leg coordinate "{coordinate}". Known: {", ".join(LEG_COORDINATES)}.'
        ) from None
