"""The silhouette of a pose: limbs and trunk as tapered shapes seen from a camera, the far ones first."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from weaklink.body.skeleton import Skeleton, mirror_name
from weaklink.movement.balance import hull
from weaklink.movement.format import Thing
from weaklink.movement.kinematics import place

FloatArray = npt.NDArray[np.float64]
ROUND = np.linspace(0, 2 * np.pi, 16, endpoint=False)

# Chains of balls of the right side; "/" starts a new chain of the same part.
LIMBS = {
    "thigh": "hip groin thigh_upper thigh_middle thigh_lower knee",
    "shank": "knee shin_top calf calf_lower shin ankle",
    "foot": "ankle heel ball_in / ankle instep ball_out / heel ball_out / ball_in toe_in toe_out ball_out",
    "arm": "shoulder arm_middle elbow",
    "forearm": "elbow forearm_middle wrist",
    "hand": "wrist palm_heel knuckle_in fingertips / palm_heel knuckle_out fingertips",
}
TRUNK = ("hip", "buttock", "belly", "crest", "waist", "ribs", "chest", "scapula", "shoulder")
SPINE = "crest_r waist_r ribs_r chest_r shoulder_r / crest_l waist_l ribs_l chest_l shoulder_l"


class Camera(NamedTuple):
    """Where one looks from: degrees around (0: from the right, 90: from the front) and degrees up."""

    around_deg: float
    up_deg: float

    def axes(self) -> FloatArray:
        """Unit vectors to the right, upwards and towards the camera, (3, 3)."""
        around, up = np.deg2rad([self.around_deg, self.up_deg])
        towards = np.array([np.sin(around) * np.cos(up), np.sin(up), np.cos(around) * np.cos(up)])
        right = np.array([np.cos(around), 0.0, -np.sin(around)])
        return np.stack([right, np.cross(towards, right), towards])


class Shape(NamedTuple):
    """One part as it is seen: polygons that together are its outline, and how near it is."""

    part: str  # "thigh_r", "trunk", "head", or the name of a thing
    polygons: tuple[FloatArray, ...]  # each (n, 2) [m], y up
    depth: float  # towards the camera [m]


def silhouette(skeleton: Skeleton, coordinates: FloatArray, camera: Camera) -> tuple[Shape, ...]:
    """The parts of a posed body as a camera sees them, the far ones first."""
    balls = place(skeleton, coordinates).balls[0] @ camera.axes().T
    shapes = [_shape(skeleton, balls, name, links) for name, links in _parts()]
    return tuple(sorted(shapes, key=lambda shape: shape.depth))


def outline_of(thing: Thing, camera: Camera) -> Shape:
    """A thing in the room as a camera sees it."""
    corners = np.array([[x, y, z] for x in _ends(thing, 0) for y in _ends(thing, 1) for z in _ends(thing, 2)])
    seen = corners @ camera.axes().T
    return Shape(thing.name, (seen[hull(seen[:, :2])][:, :2],), float(seen[:, 2].mean()))


def _ends(thing: Thing, axis: int) -> tuple[float, float]:
    return thing.low[axis], thing.high[axis]


def _parts() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Every part with the pairs of balls that its tapered pieces join."""
    for stem, chains in LIMBS.items():
        right = [(one + "_r", other + "_r") for one, other in _links(chains)]
        yield stem + "_r", right
        yield stem + "_l", [(mirror_name(one), mirror_name(other)) for one, other in right]
    across = [(name + "_r", name + "_l") for name in TRUNK]
    yield (
        "trunk",
        [*across, *_links(SPINE), ("hip_r", "crest_r"), ("hip_l", "crest_l"), ("scapula_r", "nape")],
    )
    yield "head", [("nape", "skull"), ("skull", "face")]


def _links(chains: str) -> list[tuple[str, str]]:
    found = []
    for chain in chains.split(" / "):
        names = chain.split()
        found += list(itertools.pairwise(names))
    return found


def _shape(skeleton: Skeleton, balls: FloatArray, name: str, links: list[tuple[str, str]]) -> Shape:
    pairs = [(skeleton.ball(one), skeleton.ball(other)) for one, other in links]
    polygons = tuple(_taper(balls, skeleton.ball_radii, pair) for pair in pairs)
    depth = float(np.mean([balls[index, 2] for pair in pairs for index in pair]))
    return Shape(name, polygons, depth)


def _taper(balls: FloatArray, radii: FloatArray, pair: tuple[int, int]) -> FloatArray:
    """The hull of two circles: a tapered piece of limb."""
    circle = np.stack([np.cos(ROUND), np.sin(ROUND)], axis=1)
    rims = np.vstack([balls[index, :2] + radii[index] * circle for index in pair])
    return rims[hull(rims)]
