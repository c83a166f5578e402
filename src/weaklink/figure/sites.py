"""Sites: where on the skin each place that can hurt is marked.

Points of the right side in the standing pose, from surface anatomy by eye; the mark goes to the nearest skin.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from weaklink.body.segments import REFERENCE_HEIGHT_M
from weaklink.body.skeleton import skeleton_of
from weaklink.figure.bones import rest_matrices
from weaklink.figure.human import Human
from weaklink.movement.kinematics import place

FloatArray = npt.NDArray[np.float64]


class Site(NamedTuple):
    """A place that can hurt: the segment it moves with and where it is when the body stands [m]."""

    segment: str
    at: tuple[float, float, float]


SITES: Mapping[str, Site] = MappingProxyType(
    {
        "neck": Site("neck", (-0.06, 1.50, 0.015)),
        "back-upper": Site("thorax", (-0.13, 1.31, 0.035)),
        "back-lower": Site("lumbar", (-0.10, 1.09, 0.025)),
        "sacrum": Site("pelvis", (-0.11, 0.99, 0.02)),
        "buttock": Site("pelvis", (-0.13, 0.93, 0.08)),
        "ischial": Site("thigh_r", (-0.11, 0.84, 0.07)),
        "groin": Site("pelvis", (0.10, 0.91, 0.06)),
        "belly": Site("pelvis", (0.13, 1.00, 0.02)),
        "hip-lateral": Site("thigh_r", (0.0, 0.90, 0.175)),
        "thigh-anterior": Site("thigh_r", (0.10, 0.72, 0.09)),
        "thigh-posterior": Site("thigh_r", (-0.09, 0.70, 0.085)),
        "leg-whole": Site("thigh_r", (0.0, 0.62, 0.16)),
        "knee-anterior": Site("thigh_r", (0.07, 0.50, 0.085)),
        "knee-lateral": Site("thigh_r", (0.005, 0.50, 0.15)),
        "knee-medial": Site("thigh_r", (0.005, 0.495, 0.03)),
        "knee-posterior": Site("shank_r", (-0.07, 0.485, 0.085)),
        "shin-anterior": Site("shank_r", (0.06, 0.30, 0.085)),
        "shin-lateral": Site("shank_r", (0.02, 0.32, 0.14)),
        "shin-medial": Site("shank_r", (0.02, 0.20, 0.04)),
        "calf": Site("shank_r", (-0.09, 0.37, 0.085)),
        "achilles-mid": Site("shank_r", (-0.07, 0.13, 0.085)),
        "achilles-insertion": Site("foot_r", (-0.08, 0.055, 0.085)),
        "ankle-lateral": Site("shank_r", (-0.01, 0.078, 0.13)),
        "ankle-medial": Site("shank_r", (-0.01, 0.08, 0.04)),
        "ankle-anterior": Site("shank_r", (0.045, 0.10, 0.085)),
        "heel-plantar": Site("foot_r", (-0.045, 0.0, 0.085)),
        "arch": Site("foot_r", (0.045, 0.02, 0.05)),
        "midfoot-dorsal": Site("foot_r", (0.06, 0.075, 0.085)),
        "forefoot": Site("foot_r", (0.12, 0.04, 0.085)),
    }
)


def sites_of(human: Human) -> dict[str, FloatArray]:
    """Where each site of the right side is on this body's skin in its rest pose [m], (3,)."""
    skeleton = skeleton_of(REFERENCE_HEIGHT_M)
    zero = np.zeros((1, len(skeleton.coordinates)))
    zero[0, skeleton.coordinate("pelvis_ty")] = skeleton.standing[skeleton.coordinate("pelvis_ty")]
    joints = place(skeleton, zero).joints[0]
    rest = rest_matrices(human.height_m)
    scale = human.height_m / REFERENCE_HEIGHT_M
    skin = human.mesh.vertices[human.mesh.vertices[:, 2] >= -1e-9]
    found = {}
    for name, site in SITES.items():
        bone = skeleton.segments.index(site.segment)
        local = scale * (np.asarray(site.at) - joints[bone])
        wanted = rest[bone, :3, :3] @ local + rest[bone, :3, 3]
        found[name] = skin[np.linalg.norm(skin - wanted, axis=1).argmin()]
    return found
