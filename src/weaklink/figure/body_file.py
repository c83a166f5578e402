"""The body as a scene file: bones, skin and muscles in the rest pose, small enough for a phone.

Only the right half is written. The left half has the same vertices on the mirrored bones: its skin carries
the mirror in its inverse bind matrices, and its triangles run the other way round.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

import numpy as np
import numpy.typing as npt

from weaklink.body.names import SUFFIX
from weaklink.body.skeleton import skeleton_of
from weaklink.figure.bones import (
    LocalTurns,
    bones,
    local_turns,
    mirrored_bones,
    rest_coordinates,
    rest_matrices,
)
from weaklink.figure.gltf import (
    STRIP,
    Accessor,
    AnyArray,
    Gltf,
    Grid,
    grid_over,
    small_normals,
    small_weights,
)
from weaklink.figure.human import Human
from weaklink.figure.mesh import TONES, Mesh
from weaklink.figure.sheets import SWELL_M, Sheet
from weaklink.figure.sites import sites_of
from weaklink.figure.strips import one_strip

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

# For viewers that know nothing of ours: linear base colours. Our pages paint the body with their own tokens.
COLOURS: dict[str, tuple[float, float, float]] = {
    "skin": (0.72, 0.66, 0.58),
    "hair": (0.33, 0.28, 0.23),
    "clothes": (0.36, 0.33, 0.30),
    "shoes": (0.30, 0.29, 0.28),
    "soles": (0.55, 0.52, 0.48),
    "muscle": (0.60, 0.38, 0.33),
    "tendon": (0.80, 0.76, 0.70),
}


def body_glb(human: Human) -> bytes:
    """One sized human being as GLB: nodes named as the bones and "<muscle>_r", "<muscle>_l".

    Units are metres, x forward, y up, z right. `asset.extras` says the build, the height, and where
    the sites of the right side are on the skin in the rest pose.
    """
    sites = {name: place.round(4).tolist() for name, place in sites_of(human).items()}
    file = Gltf({"build": human.build, "height_m": round(human.height_m, 4), "sites": sites})
    file.use("KHR_mesh_quantization")
    first = write_bones(file, _rest_turns(human.height_m))
    grid = grid_over(np.vstack([human.mesh.vertices, *(sheet.vertices for sheet in human.sheets)]))
    skins = [_skin(file, grid, human.height_m, first, mirror) for mirror in (False, True)]
    materials = {name: file.add("materials", _material(name, colour)) for name, colour in COLOURS.items()}
    roots = [first, *_body(file, human.mesh, grid, skins, materials)]
    roots += _muscles(file, human.sheets, grid, skins, materials)
    file.document.update(scene=file.add("scenes", {"name": human.build, "nodes": roots}))
    return file.glb()


def write_bones(file: Gltf, turns: LocalTurns) -> int:
    """A node for every bone as it stands in the first of the poses; returns the first node's index."""
    first = len(file.document.get("nodes", []))
    for index, bone in enumerate(bones()):
        children = [first + child for child, other in enumerate(bones()) if other.parent == index]
        node: dict[str, Any] = {"name": bone.name}
        node["translation"] = turns.translations[0, index].round(5).tolist()
        rotation = turns.quaternions[0, index].round(7)
        if not np.allclose(rotation, (0, 0, 0, 1)):
            node["rotation"] = rotation.tolist()
        if children:
            node["children"] = children
        file.add("nodes", node)
    return first


def _rest_turns(height_m: float) -> LocalTurns:
    skeleton = skeleton_of(height_m)
    return local_turns(skeleton, rest_coordinates(skeleton), 0.0)


def _skin(file: Gltf, grid: Grid, height_m: float, first: int, mirror: bool) -> int:
    """The bones of one half, with the step from whole numbers to metres in their inverse bind matrices."""
    order = mirrored_bones() if mirror else np.arange(len(bones()))
    inverse = np.linalg.inv(rest_matrices(height_m))[order] @ grid.matrix(mirror)
    columns = np.swapaxes(inverse, 1, 2).reshape(-1, 16).astype(np.float32)
    joints = [first + int(index) for index in order]
    return file.add("skins", {"joints": joints, "inverseBindMatrices": file.array(columns)})


def _material(name: str, colour: tuple[float, float, float]) -> dict[str, Any]:
    paint = {"baseColorFactor": [*colour, 1.0], "metallicFactor": 0.0, "roughnessFactor": 0.9}
    return {"name": name, "pbrMetallicRoughness": paint, "doubleSided": name in ("muscle", "tendon")}


def _body(file: Gltf, mesh: Mesh, grid: Grid, skins: list[int], materials: dict[str, int]) -> list[int]:
    """One node for each half; its mesh has one part for each thing it wears."""
    half = (len(mesh.vertices) + mesh.midline) // 2
    attributes = file.vertices(
        [
            Accessor("POSITION", grid.numbers(mesh.vertices[:half]), bounds=True),
            Accessor("NORMAL", small_normals(mesh.normals[:half]), normalized=True),
            *_hung(*_even_midline(mesh, half), mesh.midline),
            Accessor("_OCCLUSION", _coarse(mesh.occlusion[:half]), normalized=True),
        ]
    )
    right = (mesh.triangles < half).all(axis=1)
    primitives: tuple[list[dict[str, Any]], list[dict[str, Any]]] = ([], [])
    for tone, name in enumerate(TONES):
        triangles = mesh.triangles[right & (mesh.tones == tone)]
        if len(triangles):
            for way, indices in zip(primitives, file.strips(one_strip(triangles)), strict=True):
                way.append(_primitive(attributes, indices, materials[name]))
    nodes = []
    for way, skin, suffix in zip(primitives, skins, SUFFIX.values(), strict=True):
        made = file.add("meshes", {"name": "body" + suffix, "primitives": way})
        nodes.append(file.add("nodes", {"name": "body" + suffix, "mesh": made, "skin": skin}))
    return nodes


def _even_midline(mesh: Mesh, half: int) -> tuple[IntArray, FloatArray]:
    """Bones and weights of the midline and the right side; on the midline both sides pull alike.

    A vertex hangs on four bones at most. Where a fifth would be the other side's, its own side's goes too, or
    the halves, which move apart here, would leave a gap.
    """
    bones, weights = mesh.bones[:half].copy(), mesh.weights[:half].copy()
    other = mirrored_bones()
    for vertex in range(mesh.midline):
        own = dict(zip(bones[vertex].tolist(), weights[vertex].tolist(), strict=True))
        alike = {bone: (share + own.get(int(other[bone]), 0.0)) / 2 for bone, share in own.items()}
        kept = {bone: share for bone, share in alike.items() if other[bone] in own}
        kept = dict(sorted(kept.items(), key=lambda pair: other[pair[0]] != pair[0]))  # unpaired first
        bones[vertex], weights[vertex] = 0, 0.0
        for place, (bone, share) in enumerate(kept.items()):
            bones[vertex, place], weights[vertex, place] = bone, share / sum(kept.values())
    return bones, weights


def _hung(bones: IntArray, weights: FloatArray, midline: int = 0) -> tuple[Accessor, Accessor]:
    """What each vertex hangs on; a bone without weight is written as the first."""
    shares = small_weights(weights, midline)
    joints = np.where(shares > 0, bones, 0).astype(np.uint8)
    return Accessor("JOINTS_0", joints), Accessor("WEIGHTS_0", shares, normalized=True)


def _coarse(occlusion: FloatArray) -> npt.NDArray[np.uint8]:
    """Shade in 32 steps: finer ones cannot be seen."""
    return (np.round(occlusion * 31) * 255 / 31).astype(np.uint8)


def _muscles(
    file: Gltf, sheets: tuple[Sheet, ...], grid: Grid, skins: list[int], materials: dict[str, int]
) -> list[int]:
    """Two nodes for every muscle, from the sheets of its right side."""
    own = sorted((sheet for sheet in sheets if sheet.side == "right"), key=lambda sheet: sheet.muscle)
    woven = zip(own, _sheets(file, own, grid), strict=True)
    nodes = []
    for muscle, group in groupby(woven, key=lambda pair: pair[0].muscle):
        primitives: tuple[list[dict[str, Any]], list[dict[str, Any]]] = ([], [])
        for sheet, (attributes, target) in group:
            strips = file.strips(one_strip(sheet.triangles))
            for way, indices in zip(primitives, strips, strict=True):
                part = _primitive(attributes, indices, materials["tendon" if sheet.tendon else "muscle"])
                said = {"part": sheet.part, "deep": sheet.deep, "tendon": sheet.tendon}
                way.append({**part, "targets": [target], "extras": said})
        for way, skin, suffix in zip(primitives, skins, SUFFIX.values(), strict=True):
            mesh = {"name": muscle + suffix, "primitives": way, "extras": {"targetNames": ["swell"]}}
            made = file.add("meshes", mesh)
            nodes.append(file.add("nodes", {"name": muscle + suffix, "mesh": made, "skin": skin}))
    return nodes


def _sheets(file: Gltf, own: list[Sheet], grid: Grid) -> list[tuple[dict[str, int], dict[str, int]]]:
    """The vertices of each sheet, and of its belly risen as far as it ever rises.

    Without normals: they follow from the grid of points, and would be a fifth of the file.
    """
    counts = [len(sheet.vertices) for sheet in own]
    uv = np.vstack([np.stack([sheet.across, sheet.along], axis=1) for sheet in own])
    fields = [
        Accessor("POSITION", _even(grid.numbers(np.vstack([sheet.vertices for sheet in own]))), bounds=True),
        *_hung(np.vstack([sheet.bones for sheet in own]), np.vstack([sheet.weights for sheet in own])),
        Accessor("TEXCOORD_0", np.round(uv * 127).astype(np.int8), normalized=True),
    ]
    rises = [0.0 if sheet.tendon else SWELL_M / grid.step for sheet in own]
    risen = [rise * sheet.swell[:, None] * sheet.normals for rise, sheet in zip(rises, own, strict=True)]
    target = Accessor("POSITION", _even(np.round(np.vstack(risen)).astype(np.int8)), bounds=True)
    return list(zip(file.parts(fields, counts), file.parts([target], counts), strict=True))


def _even(numbers: AnyArray) -> AnyArray:
    """Whole numbers in steps of two: half a millimetre, which no one sees on a sheet."""
    return np.asarray(numbers // 2 * 2, dtype=numbers.dtype)


def _primitive(attributes: dict[str, int], indices: int, material: int) -> dict[str, Any]:
    return {"attributes": attributes, "indices": indices, "material": material, "mode": STRIP}
