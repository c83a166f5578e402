"""Reading the figures that ship with weaklink: the skin and the muscles of the drawn body."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

from weaklink.library.packs import PACKS
from weaklink.library.reading import KnowledgeError, UnknownIdError

if TYPE_CHECKING:
    from weaklink.figure.human import Build, Human
    from weaklink.figure.sheets import Sheet

UNIT = 127.0  # a direction's component of 1
WHOLE = 255.0  # a share of 1
STEPS_PER_M = 16_000.0  # lengths are whole sixteenths of a millimetre


@functools.cache
def human(build: Build, folder: Path = PACKS) -> Human:
    """A build of the drawn body at the reference height, muscles of both sides.

    Raises: UnknownIdError for a build there is not; KnowledgeError for a pack that cannot be read.
    """
    import numpy as np

    from weaklink.body.segments import REFERENCE_HEIGHT_M
    from weaklink.figure.human import BUILDS, Human
    from weaklink.figure.sheets import mirrored

    if build not in BUILDS:
        raise UnknownIdError(f'No build "{build}". Known: {", ".join(BUILDS)}.')
    path = folder / f"figure-{build}.npz"
    try:
        with np.load(path, allow_pickle=False) as arrays:
            packed = {name: arrays[name] for name in arrays.files}
        right = tuple(_sheets(packed))
        return Human(build, REFERENCE_HEIGHT_M, _mesh(packed), (*right, *(mirrored(one) for one in right)))
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise KnowledgeError(f"{path.name}: {error!r}") from error


def _mesh(packed: dict[str, Any]) -> Any:
    """The whole mesh from its midline and right side."""
    import numpy as np

    from weaklink.figure.bones import mirrored_bones
    from weaklink.figure.mesh import Mesh

    midline, flip = int(packed["midline"]), np.array([1.0, 1.0, -1.0])
    vertices, normals = packed["vertices"] / STEPS_PER_M, _unit(packed["normals"])
    girth, occlusion = packed["girth"] / STEPS_PER_M, packed["occlusion"] / WHOLE
    weights, bones = _shares(packed["weights"]), packed["bones"].astype(np.int64)
    right, half = packed["triangles"].astype(np.int64), len(vertices) - midline
    left = np.where(right >= midline, right + half, right)[:, ::-1]
    order = np.argsort(np.tile(packed["tones"], 2), kind="stable")
    return Mesh(
        vertices=np.vstack([vertices, vertices[midline:] * flip]),
        normals=np.vstack([normals, normals[midline:] * flip]),
        triangles=np.vstack([right, left])[order],
        tones=np.tile(packed["tones"], 2).astype(np.int64)[order],
        occlusion=np.concatenate([occlusion, occlusion[midline:]]),
        bones=np.vstack([bones, mirrored_bones()[bones[midline:]]]),
        weights=np.vstack([weights, weights[midline:]]),
        girth=np.vstack([girth, girth[midline:] * flip]),
        midline=midline,
    )


def _sheets(packed: dict[str, Any]) -> list[Sheet]:
    """The sheets of the right side."""
    import numpy as np

    from weaklink.figure.sheets import Sheet

    shapes = packed["sheet_shapes"].astype(int)
    ends = np.cumsum(shapes[:, 0] * shapes[:, 1])
    found = []
    for index, (muscle, part) in enumerate(packed["sheet_names"]):
        own = slice(ends[index] - shapes[index, 0] * shapes[index, 1], ends[index])
        along, across = np.meshgrid(
            np.linspace(0, 1, shapes[index, 0]), np.linspace(-1, 1, shapes[index, 1]), indexing="ij"
        )
        found.append(
            Sheet(
                muscle=str(muscle),
                part=str(part),
                side="right",
                deep=bool(packed["sheet_flags"][index, 0]),
                tendon=bool(packed["sheet_flags"][index, 1]),
                shape=(int(shapes[index, 0]), int(shapes[index, 1])),
                vertices=packed["sheet_vertices"][own] / STEPS_PER_M,
                normals=_unit(packed["sheet_normals"][own]),
                along=along.ravel(),
                across=across.ravel(),
                bones=packed["sheet_bones"][own].astype(np.int64),
                weights=_shares(packed["sheet_weights"][own]),
                swell=packed["sheet_swell"][own] / WHOLE,
                girth=packed["sheet_girth"][own] / STEPS_PER_M,
            )
        )
    return found


def _unit(packed: Any) -> Any:
    import numpy as np

    directions = packed / UNIT
    return directions / np.linalg.norm(directions, axis=1, keepdims=True)


def _shares(packed: Any) -> Any:
    return packed / packed.sum(axis=1, keepdims=True, dtype="float64")
