"""The contact sheet: every movement's phases from two cameras, as one SVG to look at.

Usage: .venv-dev/bin/python tools/movement_sheet.py sheet.svg [movement ...]
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt

from weaklink.library.movements import movement_of
from weaklink.library.reading import shipped_library
from weaklink.movement.checks import faults
from weaklink.movement.repetition import Repetition, repetition
from weaklink.movement.silhouette import Camera, outline_of, silhouette

Array = npt.NDArray[np.float64]
WIDE, HIGH, LABEL, COLUMNS = 240, 200, 30, 6
FILLS = {"_r": "#d98c4a", "_l": "#7c93ad", "": "#d9cbbb"}


def sheet(repetitions: list[Repetition]) -> str:
    """All movements under each other; a row holds the keyframes, each from two cameras."""
    rows = [row(found, index * (HIGH + LABEL)) for index, found in enumerate(repetitions)]
    size = f'width="{WIDE * COLUMNS}" height="{len(rows) * (HIGH + LABEL)}"'
    style = (
        "<style>text{font:12px sans-serif}.part{stroke:#6b5f55;stroke-width:3;stroke-linejoin:round}</style>"
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{style}{"".join(rows)}</svg>'


def row(found: Repetition, top: int) -> str:
    """One movement: its name, its faults, its keyframes."""
    wrong = faults(found)
    colour = "#a00" if wrong else "#222"
    said = f"{found.movement.id}: {len(wrong)} faults" if wrong else found.movement.id
    cells = [f'<text x="4" y="{top + 13}" fill="{colour}">{said}</text>']
    around, up = found.movement.view
    cameras = (
        Camera(around, up),
        Camera(around + 90 if abs(around % 180 - 90) > 45 else around - 90, up + 8),
    )
    for place, index in enumerate(found.keyframes[: COLUMNS // 2]):
        for other, camera in enumerate(cameras):
            left = (2 * place + other) * WIDE
            cells.append(cell(found, index, camera, (left, top + LABEL)))
        cells.append(f'<text x="{2 * place * WIDE + 4}" y="{top + 27}">{found.phases[index].name}</text>')
    return "".join(cells)


def cell(found: Repetition, index: int, camera: Camera, corner: tuple[int, int]) -> str:
    """One pose from one camera, fitted to all poses of the movement."""
    phase = found.phases[index]
    every = np.vstack(
        [
            polygon
            for key in found.keyframes
            for shape in silhouette(found.skeleton, found.phases[key].pose.coordinates, camera)
            for polygon in shape.polygons
        ]
    )
    low, high = every.min(axis=0), every.max(axis=0)
    scale = float(min((WIDE - 20) / (high - low)[0], (HIGH - 20) / (high - low)[1]))
    middle = (low + high) / 2
    shapes = [*silhouette(found.skeleton, phase.pose.coordinates, camera)]
    drawn = [(outline_of(thing, camera).polygons, "#cfc8bb", 0.35) for thing in phase.task.things]
    drawn += [(shape.polygons, FILLS.get(shape.part[-2:], FILLS[""]), 1.0) for shape in shapes]
    x, y = corner
    body = "".join(part(polygons, fill, opacity, scale, middle) for polygons, fill, opacity in drawn)
    box = f"{-WIDE / 2} {-HIGH / 2} {WIDE} {HIGH}"
    return f'<svg x="{x}" y="{y}" width="{WIDE}" height="{HIGH}" viewBox="{box}">{body}</svg>'


def part(polygons: tuple[Array, ...], fill: str, opacity: float, scale: float, middle: Array) -> str:
    """One part: its pieces with an outline, then again without, so that only the rim shows."""
    paths = []
    for polygon in polygons:
        points = (polygon - middle) * scale * [1, -1]
        paths.append("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points) + "Z")
    whole = "".join(paths)
    rim = f'<path class="part" fill="{fill}" d="{whole}"/>' if opacity == 1.0 else ""
    return f'{rim}<path fill="{fill}" fill-opacity="{opacity}" d="{whole}"/>'


def main(path: str, *names: str) -> None:
    """Write the sheet of the named movements, or of all that are not the same as another."""
    library = shipped_library()
    wanted = names or [name for name, record in library.movements.items() if not record.same_as]
    found = [repetition(movement_of(name, library)) for name in wanted]
    Path(path).write_text(sheet(found), encoding="utf-8")
    print(f"{len(found)} movements in {path}")


if __name__ == "__main__":
    main(*sys.argv[1:])
