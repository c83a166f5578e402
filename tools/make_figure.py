"""Makes the figures that ship with weaklink: `python -m tools.make_figure` (needs the extra `figure`)."""

from __future__ import annotations

import sys

from tools.figure_shape import anatomy
from tools.figure_shape.making import made
from tools.figure_shape.packing import write
from weaklink.figure.human import BUILDS, Human
from weaklink.library.packs import PACKS


def main() -> int:
    """Every build, written and told about."""
    for build in BUILDS:
        mesh, sheets = made(getattr(anatomy, build)())
        path = PACKS / f"figure-{build}.npz"
        write(path, mesh, sheets)
        litres = 1000 * Human(build, 1.75, mesh, ()).volume_m3
        print(
            f"{path.name}: {len(mesh.vertices)} vertices, {len(mesh.triangles)} triangles, {litres:.1f} l,"
            f" {len(sheets)} sheets a side, {path.stat().st_size / 1000:.0f} kB"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
