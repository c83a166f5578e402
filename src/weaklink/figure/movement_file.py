"""A movement as a scene file: how the bones turn through one repetition, what stands there and what is held.

It has no body of its own: its nodes are named as the bones of the body file, and a viewer moves that one. Its
lengths are those of the reference height; a viewer moves the pelvis of a taller body by as much more.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from weaklink.body.skeleton import skeleton_of
from weaklink.figure.body_file import write_bones
from weaklink.figure.bones import bones, local_turns
from weaklink.figure.gltf import INDICES, VERTICES, Gltf
from weaklink.figure.props import Prop, props_held, props_in_room
from weaklink.figure.shown import grips
from weaklink.figure.stretching import Placing, placings
from weaklink.movement.baked import Baked
from weaklink.movement.format import FLOOR, Movement
from weaklink.movement.kinematics import place

FloatArray = npt.NDArray[np.float64]

FRAMES_PER_S = 24.0
FEWEST, MOST = 24, 150
LYING_DEG = 55.0
LEANING = ("pelvis_tilt", "pelvis_list")
STANDING_PARTS = {"foot", "forefoot", "toes", "heel", "ball_in", "ball_out", "toe_in", "toe_out", "instep"}
MAT_M, MAT_AIR_M = 0.012, 0.12
SHARP_DEG = 40.0  # faces that meet more steeply than this keep their edge
# From which sides the movement may be seen: degrees around (0: from the right, 90: from the front) and up.
UPRIGHT = {"front": (90.0, 6.0), "side": (0.0, 6.0), "back": (-90.0, 6.0)}
PROP_COLOURS: dict[str, tuple[float, float, float]] = {
    "mat": (0.55, 0.62, 0.60),
    "wall": (0.78, 0.74, 0.67),
    "weight": (0.10, 0.12, 0.14),
    "band": (0.13, 0.45, 0.42),
}
OTHER_PROPS = (0.45, 0.40, 0.34)


class Lighting(NamedTuple):
    """What the muscles do in a movement; names are "<muscle>_r" and "<muscle>_l"."""

    states: Mapping[str, str]  # works, helps, stretched, weak ...
    times_s: FloatArray  # of the activations, (n,)
    activations: Mapping[str, FloatArray]  # 0 to 1, (n,); may be empty


NOTHING_LIT = Lighting({}, np.zeros(0), {})


def movement_glb(baked: Baked, lit: Lighting = NOTHING_LIT) -> bytes:
    """One repetition as GLB; `asset.extras` names its keyframes, cameras and muscles."""
    times, coordinates = sampled(baked)
    file = Gltf(_extras(baked, times, lit))
    skeleton = skeleton_of()
    bent = np.array([grips(baked.movement, skeleton, name) for name in _phase_names(baked, times)])
    turns = local_turns(skeleton, coordinates, bent)
    first = write_bones(file, turns)
    clock = file.array(times.astype(np.float32)[:, None], bounds=True)
    channels = [_Channel(first, "translation", turns.translations[:, 0])]
    channels += [
        _Channel(first + index, "rotation", turns.quaternions[:, index])
        for index in range(len(bones()))
        if np.ptp(turns.quaternions[:, index], axis=0).max() > 1e-5
    ]
    standing = [*props_in_room(baked.movement, 1.0), *_mat(baked)]
    roots = [first, *(_standing(file, prop) for prop in standing)]
    for placed in _held(baked, coordinates):
        node = _standing(file, placed.prop, placed.first)
        roots.append(node)
        channels += [
            _Channel(node, "translation", placed.translations),
            _Channel(node, "rotation", placed.quaternions),
            _Channel(node, "scale", placed.scales),
        ]
    _animate(file, clock, channels, baked.id)
    file.document.update(scene=file.add("scenes", {"name": baked.id, "nodes": roots}))
    return file.glb()


def sampled(baked: Baked) -> tuple[FloatArray, FloatArray]:
    """The repetition at even steps, first and last frame alike if it comes back: times [s] and coordinates.

    Between the solved phases every coordinate follows a monotone cubic (Fritsch and Carlson 1980): what stays
    still between two phases stays still, and nothing overshoots.
    """
    times, values = baked.times_s, baked.coordinates
    if len(times) == 1:
        return np.array([0.0, max(baked.duration_s, 0.1)]), np.repeat(values, 2, axis=0)
    end = times[-1] if baked.movement.travels else baked.duration_s
    if not baked.movement.travels:
        times, values = np.append(times, end), np.vstack([values, values[:1]])
    times, kept = np.unique(times, return_index=True)
    values = values[kept]
    count = int(np.clip(round(end * FRAMES_PER_S), FEWEST, MOST)) + 1
    wanted = np.linspace(times[0], end, count)
    return wanted - wanted[0], _monotone(times, values, wanted)


def _monotone(times: FloatArray, values: FloatArray, wanted: FloatArray) -> FloatArray:
    """Monotone cubic interpolation of every column, (n, k) → (m, k)."""
    step = np.diff(times)[:, None]
    slope = np.diff(values, axis=0) / step
    alike = slope[:-1] * slope[1:] > 0
    before, after = (np.where(alike, part, 1.0) for part in (slope[:-1], slope[1:]))
    weighted = (2 * step[1:] + step[:-1]) / before + (step[1:] + 2 * step[:-1]) / after
    inner = np.where(alike, 3 * (step[:-1] + step[1:]) / weighted, 0.0)
    closed = np.allclose(values[0], values[-1], atol=1e-9)
    ends = (slope[:1] + slope[-1:]) / 2 * (slope[:1] * slope[-1:] > 0) if closed else np.zeros_like(slope[:1])
    tangent = np.vstack([ends, inner, ends])
    index = np.clip(np.searchsorted(times, wanted, side="right") - 1, 0, len(step) - 1)
    width = step[index]
    u = (wanted[:, None] - times[index][:, None]) / width
    found: FloatArray = (
        values[index] * (1 + 2 * u) * (1 - u) ** 2 + values[index + 1] * u**2 * (3 - 2 * u)
        + width * (tangent[index] * u * (1 - u) ** 2 - tangent[index + 1] * u**2 * (1 - u))
    )  # fmt: skip
    return found


def _phase_names(baked: Baked, times: FloatArray) -> list[str]:
    """The keyframe each moment is at or comes from, for the hands."""
    starts = [float(baked.times_s[index]) for index in baked.keyframes]
    places = np.clip(np.searchsorted(starts, times + 1e-9, side="right") - 1, 0, len(starts) - 1)
    return [baked.phases[int(index)].name for index in places]


def _extras(baked: Baked, times: FloatArray, lit: Lighting) -> dict[str, Any]:
    marks = [
        {"name": phase.name, "time_s": round(float(baked.times_s[index]), 4), "hold_s": phase.hold_s}
        for phase, index in zip(baked.phases, baked.keyframes, strict=True)
    ]
    found: dict[str, Any] = {
        "id": baked.id,
        "side": baked.side,
        "duration_s": round(float(times[-1]), 4),
        "returns": not baked.movement.travels,
        "keyframes": marks,
        "views": views(baked),
        "lit": dict(lit.states),
    }
    if lit.activations:
        found["activations"] = {
            "times_s": lit.times_s.round(3).tolist(),
            "values": {name: values.round(3).tolist() for name, values in lit.activations.items()},
        }
    return found


def views(baked: Baked) -> dict[str, tuple[float, float]]:
    """The cameras of a movement by name: its own first one, then the usual three, or others when it lies."""
    around, up = baked.view
    if not lies(baked.movement):
        return {"first": (around, up), **UPRIGHT}
    return {"first": (around, up), "other": (around + 180.0, up), "above": (around, 62.0)}


def lies(movement: Movement) -> bool:
    """Whether the trunk is nearer to level than to upright, as the movement is written."""
    said = [movement.angles, *(keyframe.angles for keyframe in movement.keyframes)]
    return max(abs(angles.get(name, 0.0)) for angles in said for name in LEANING) > LYING_DEG


def _on_floor(baked: Baked) -> bool:
    """Whether more than the feet is on the floor in some phase."""
    contacts = [*baked.movement.contacts, *(one for keyframe in baked.phases for one in keyframe.contacts)]
    parts = {
        part.removesuffix("_r").removesuffix("_l")
        for one in contacts
        if one.on == FLOOR
        for part in one.parts
    }
    return bool(parts - STANDING_PARTS)


def _mat(baked: Baked) -> list[Prop]:
    """A mat under a body that lies or kneels on the floor, as large as the place it needs."""
    if not _on_floor(baked):
        return []
    skeleton = skeleton_of()
    placed = place(skeleton, baked.coordinates)
    low = (placed.balls - skeleton.ball_radii[:, None]).min(axis=(0, 1)) - MAT_AIR_M
    high = (placed.balls + skeleton.ball_radii[:, None]).max(axis=(0, 1)) + MAT_AIR_M
    for thing in baked.things:  # a wall beside the body stands beside the mat as well
        if thing.kind == "wall" and thing.low[2] > low[2]:
            high[2] = min(high[2], thing.low[2])
        elif thing.kind == "wall" and thing.high[2] < high[2]:
            low[2] = max(low[2], thing.high[2])
    corners = np.array(
        [[x, y, z] for x in (low[0], high[0]) for y in (-MAT_M, 0.0) for z in (low[2], high[2])]
    )
    faces = ((0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3))
    return [Prop("mat", corners, faces, rounded=False, held=False)]


class _Channel(NamedTuple):
    """One property of one node over the frames."""

    node: int
    path: str
    values: FloatArray


def _held(baked: Baked, coordinates: FloatArray) -> list[Placing]:
    """Everything that goes with the body, as one solid each that is moved, turned and stretched."""
    skeleton = skeleton_of()
    frames = [props_held(baked.movement, skeleton, pose) for pose in coordinates]
    count = min(len(frame) for frame in frames)  # a cord may be too short to be drawn in some frame
    return [placings([frame[index] for frame in frames]) for index in range(count)]


def _standing(file: Gltf, prop: Prop, vertices: FloatArray | None = None) -> int:
    """A node with the small mesh of one prop."""
    places, normals, corners = _surface(prop, prop.vertices if vertices is None else vertices)
    attributes = {
        "POSITION": file.array(places.astype(np.float32), VERTICES, bounds=True),
        "NORMAL": file.array(normals.astype(np.float32), VERTICES),
    }
    indices = file.array(corners.astype(np.uint16), INDICES)
    primitive = {"attributes": attributes, "indices": indices, "material": _material(file, prop.kind)}
    mesh = file.add("meshes", {"name": prop.kind, "primitives": [primitive]})
    return file.add("nodes", {"name": prop.kind, "mesh": mesh, "extras": {"held": prop.held}})


def _material(file: Gltf, kind: str) -> int:
    known: list[dict[str, Any]] = file.document.get("materials", [])
    for index, material in enumerate(known):
        if material["name"] == kind:
            return index
    paint = {"baseColorFactor": [*PROP_COLOURS.get(kind, OTHER_PROPS), 1.0], "metallicFactor": 0.0}
    return file.add("materials", {"name": kind, "pbrMetallicRoughness": paint, "doubleSided": True})


def _surface(prop: Prop, vertices: FloatArray) -> tuple[FloatArray, FloatArray, npt.NDArray[np.int64]]:
    """Corners with normals: every triangle its own corners, smooth across edges that are not sharp."""
    triangles = prop.triangles
    corners = vertices[triangles]
    flat = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    unit = flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-12)
    normals = np.repeat(unit[:, None], 3, axis=1)
    if prop.rounded:
        near = np.cos(np.deg2rad(SHARP_DEG))
        for vertex in range(len(vertices)):
            faces, places = np.nonzero(triangles == vertex)
            alike = unit[faces] @ unit[faces].T > near
            normals[faces, places] = alike @ flat[faces]
        normals /= np.maximum(np.linalg.norm(normals, axis=2, keepdims=True), 1e-12)
    normals[~np.isfinite(normals)] = 0.0
    normals[np.linalg.norm(normals, axis=2) < 0.5] = (0.0, 1.0, 0.0)
    both = np.hstack([corners.reshape(-1, 3), normals.reshape(-1, 3)]).round(4)
    unique, index = np.unique(both, axis=0, return_inverse=True)
    lengths = np.linalg.norm(unique[:, 3:], axis=1, keepdims=True)
    return unique[:, :3], unique[:, 3:] / lengths, index.reshape(-1)


def _animate(file: Gltf, clock: int, channels: list[_Channel], name: str) -> None:
    samplers: list[dict[str, Any]] = []
    links: list[dict[str, Any]] = []
    for channel in channels:
        if channel.path == "rotation":
            values = file.array(np.round(channel.values * 32767).astype(np.int16), normalized=True)
        elif np.ptp(channel.values, axis=0).max() < 1e-5 and channel.path != "translation":
            file.document["nodes"][channel.node][channel.path] = channel.values[0].round(5).tolist()
            continue
        else:
            values = file.array(channel.values.astype(np.float32))
        links.append({"sampler": len(samplers), "target": {"node": channel.node, "path": channel.path}})
        samplers.append({"input": clock, "output": values, "interpolation": "LINEAR"})
    file.add("animations", {"name": name, "samplers": samplers, "channels": links})
