"""The human being that is drawn: a build, its mesh, its muscles; and the size of a runner given to it."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from weaklink.body.scaling import BodySize
from weaklink.body.segments import REFERENCE_HEIGHT_M
from weaklink.figure.mesh import Mesh, volume
from weaklink.figure.sheets import Sheet

FloatArray = npt.NDArray[np.float64]
Build = Literal["woman", "man"]
BUILDS: tuple[Build, ...] = ("woman", "man")
Surface = TypeVar("Surface", Mesh, Sheet)

BODY_DENSITY_KG_M3 = 1010.0  # of a whole body with air in the lungs, from memory
# Beyond these the same skeleton would no longer look right (our choice, by eye).
LEANEST, STOUTEST = -0.16, 0.34


class Human(NamedTuple):
    """One build at one size."""

    build: Build
    height_m: float
    mesh: Mesh
    sheets: tuple[Sheet, ...]  # both sides

    @property
    def volume_m3(self) -> float:
        """What the skin encloses in the rest pose [m³]."""
        return volume(self.mesh.vertices, self.mesh.triangles)


def sized(human: Human, size: BodySize) -> Human:
    """A build of the reference height given the height and, by its girth, the mass of a runner.

    All lengths grow with the height. Then trunk and limbs gain or lose girth until the enclosed volume is the
    mass over the density of a body, as far as `LEANEST` and `STOUTEST` allow.
    """
    scale = size.height_m / human.height_m
    wanted = size.mass_kg / BODY_DENSITY_KG_M3 / scale**3
    girth = girth_for(human.mesh, wanted)
    return Human(
        build=human.build,
        height_m=size.height_m,
        mesh=_grown(human.mesh, scale, girth),
        sheets=tuple(_grown(sheet, scale, girth) for sheet in human.sheets),
    )


def girth_for(mesh: Mesh, volume_m3: float) -> float:
    """The girth, within its limits, at which a mesh encloses a volume; 0 is as it was made."""
    low, high = LEANEST, STOUTEST
    for _ in range(24):
        middle = (low + high) / 2
        if volume(mesh.vertices + middle * mesh.girth, mesh.triangles) < volume_m3:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def reference_size(human: Human) -> BodySize:
    """The height a build was made in and the mass its volume stands for."""
    return BodySize(mass_kg=human.volume_m3 * BODY_DENSITY_KG_M3, height_m=REFERENCE_HEIGHT_M)


def _grown(surface: Surface, scale: float, girth: float) -> Surface:
    return surface._replace(
        vertices=scale * (surface.vertices + girth * surface.girth), girth=scale * surface.girth
    )
