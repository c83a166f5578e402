"""Drawing: layers as SVG paths. Every colour is a custom property of the page's tokens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from weaklink.figure.contours import (
    clipped,
    relaxed,
    sharp_path,
    simplified,
    smooth_line,
    smooth_path,
)
from weaklink.figure.layers import Layers, Window
from weaklink.figure.props import Prop
from weaklink.figure.raster import blurred, rastered
from weaklink.figure.shown import Shown
from weaklink.figure.view import Box, View
from weaklink.movement.balance import hull

FloatArray = npt.NDArray[np.float64]

FINE = 'vector-effect="non-scaling-stroke"'
TONES = {"works": "strong", "helps": "strong", "stretched": "strong", "weak": "weak", "takes": "take"}
HATCHED = ("weak", "stretched")
HATCH_STEP = 15
SHADE_OPACITY = (0.16, 0.20)
SHORTEST_LINE = 16.0  # units; shorter crossings are crumbs
THIN = 0.9  # units; the outline of a thin cord that is off by more than this falls to pieces
NEAR_FLOOR_M = ((0.30, 14.0, 0.10), (0.07, 6.0, 0.16))  # what is lower, its blur, its opacity
MAT_ROOM_M = 0.12
HELD = {
    "band": "take",
    "belt": "edge",
    "towel": "edge",
    "weight": "ink-2",
    "bar": "ink-2",
    "ball": "prop-side",
    "pad": "prop-side",
}


def fill(token: str) -> str:
    """A fill by a token of the page."""
    return f'fill="var(--{token})"'


def draw_pose(layers: Layers, tolerance: float) -> str:
    """One body and what it holds: skin, tones, muscles, shade, lines."""
    skin = smooth_path(layers.skin, tolerance)
    drawn = f'<path {fill("body")} d="{skin}"/>'
    for name, rings in layers.tones.items():
        drawn += _area(rings, f"body-{name}", tolerance)
    drawn += _muscles(layers, tolerance)
    for rings, opacity in zip(layers.shades, SHADE_OPACITY, strict=True):
        drawn += _area(rings, "body-shade", 1.6 * tolerance, opacity)
    drawn += _area(layers.bright, "body-light", 1.6 * tolerance, 0.5)
    lines = "".join(smooth_line(relaxed(line, 6, closed=False), tolerance) for line in _long(layers.lines))
    drawn += f'<path fill="none" stroke="var(--body-line)" {FINE} stroke-linecap="round" d="{skin}{lines}"/>'
    for prop, rings in layers.held:
        rim = f' stroke="var(--prop-line)" {FINE}' if prop.kind == "ball" else ""
        slack = min(0.7 * tolerance, THIN) if prop.kind == "band" else 0.7 * tolerance
        drawn += _area(rings, HELD.get(prop.kind, "edge"), slack, more=rim)
    return drawn


def draw_ghost(layers: Layers, tolerance: float) -> str:
    """The outline of a pose."""
    path = smooth_path(layers.skin, 1.6 * tolerance)
    return f'<path {fill("plate")} fill-opacity=".5" stroke="var(--edge)" {FINE} d="{path}"/>'


def _area(
    rings: Sequence[FloatArray], token: str, tolerance: float, opacity: float = 1.0, more: str = ""
) -> str:
    path = smooth_path(rings, tolerance)
    seen = "" if opacity == 1.0 else f' fill-opacity="{opacity:g}"'
    return f'<path {fill(token)}{seen}{more} d="{path}"/>' if path else ""


def _muscles(layers: Layers, tolerance: float) -> str:
    """Lit muscles, those that only help first and paler."""
    drawn = ""
    for tone in ("helps", "takes", "stretched", "works", "weak"):
        found = [muscle for muscle in layers.muscles if muscle.lit.tone == tone]
        path = "".join(smooth_path(muscle.rings, 0.9 * tolerance) for muscle in found)
        if not path:
            continue
        token = TONES[tone]
        pale = {"helps": ' fill-opacity=".45"', "stretched": ' fill-opacity=".4"'}.get(tone, "")
        rim = "" if tone == "helps" else f' stroke="var(--{token}-ink)" {FINE}'
        drawn += f'<path {fill(token)}{pale}{rim} d="{path}"/>'
        if tone in HATCHED:
            ink = "weak-hatch" if tone == "weak" else "strong-ink"
            marks = hatching(np.max([muscle.field for muscle in found], axis=0), layers.window)
            drawn += f'<path stroke="var(--{ink})" stroke-width="3" d="{marks}"/>'
    return drawn


def hatching(field: FloatArray, window: Window) -> str:
    """Slanting strokes where a field is positive, as path data in units of the picture."""
    rows, columns = np.nonzero(field > 0)
    step = round(HATCH_STEP / window.grain)
    sums = rows + columns
    strokes = []
    for level in np.unique(sums[sums % step == 0]).tolist():
        along = np.sort(columns[sums == level])
        for run in np.split(along, np.nonzero(np.diff(along) > 1)[0] + 1):
            if len(run) > 3:
                first = np.rint(window.units(np.array([run[0], level - run[0]]))).astype(int)
                length = round(float(run[-1] - run[0]) * window.grain)
                strokes.append(f"M{first[0]} {first[1]}l{length}-{length}")
    return "".join(strokes)


def _long(lines: Iterable[FloatArray]) -> list[FloatArray]:
    return [line for line in lines if np.hypot(*np.ptp(line, axis=0)) > SHORTEST_LINE]


def draw_floor(pose: Shown, view: View, box: Box, mat: FloatArray | None) -> str:
    """A mat under all that is seen, if there is one, and the soft shadow of what is near the floor."""
    drawn = ""
    if mat is not None:
        low, high = mat.min(axis=0) - MAT_ROOM_M, mat.max(axis=0) + MAT_ROOM_M
        corners = np.array([[x, 0, z] for x, z in ((low[0], low[2]), (high[0], low[2]))])
        corners = np.vstack([corners, [[high[0], 0, high[2]], [low[0], 0, high[2]]]])
        seen = clipped(view.project(corners)[:, :2], box.low, box.high)
        drawn += f'<path {fill("mat")} d="{sharp_path([seen])}"/>'
    vertices, triangles = pose.body.vertices[0], pose.human.mesh.triangles
    flat = vertices * [1.0, 0.0, 1.0]
    heights = vertices[triangles, 1].mean(axis=1)
    coarse = Window(int(box.left), int(box.top), (int(box.width) // 4, int(box.height) // 4), 4.0)
    at = coarse.view(view).project(flat)
    for below, blur, opacity in NEAR_FLOOR_M:
        near = triangles[heights < below]
        if len(near):
            shadow = rastered(at, near, coarse.size).covered
            soft = blurred(shadow.astype(np.float64), blur / coarse.grain) - 0.35
            drawn += _area(coarse.rings(soft, 200), "body-shade", 2.0, opacity)
    return drawn


def draw_room(room: Sequence[Prop], solid: Sequence[Prop], view: View, box: Box) -> str:
    """What stands in the room, the far things first; of a wall before the body only its foot."""
    order = sorted(room, key=lambda prop: float(view.project(prop.vertices)[:, 2].mean()))
    return "".join(_prop(prop, view, box, glass=not any(prop is one for one in solid)) for prop in order)


def _prop(prop: Prop, view: View, box: Box, *, glass: bool) -> str:
    at = view.project(prop.vertices)[:, :2]
    edge = f'stroke="var(--prop-line)" {FINE} stroke-linejoin="round"'
    if glass:
        foot = at[prop.vertices[:, 1] < prop.vertices[:, 1].min() + 0.01]
        line = clipped(foot[hull(foot)], box.low, box.high)
        return f'<path {fill("prop-side")} {edge} d="{sharp_path([line])}"/>'
    if prop.rounded:
        rim = simplified(clipped(at[hull(at)], box.low, box.high), 0.5)
        return f'<path {fill("prop-side")} {edge} d="{smooth_path([rim], 0.5)}"/>'
    tops: list[FloatArray] = []
    sides: list[FloatArray] = []
    for face in prop.faces:
        if _faces(prop, face, view):
            seen = clipped(at[list(face)], box.low, box.high)
            (tops if np.ptp(prop.vertices[list(face), 1]) < 1e-9 else sides).append(seen)
    drawn = ""
    for token, polygons in (("prop-side", sides), ("prop", tops)):
        if polygons:
            drawn += f'<path {fill(token)} {edge} d="{sharp_path(polygons)}"/>'
    return drawn


def _faces(prop: Prop, face: tuple[int, ...], view: View) -> bool:
    """Whether a flat face looks at the camera."""
    corners = prop.vertices[list(face)]
    normal = np.cross(corners[1] - corners[0], corners[2] - corners[0])
    return float(view.facing(corners.mean(axis=0), normal)) > 0
