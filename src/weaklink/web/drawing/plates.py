"""The body plates, read from `plate_files/*.toml`: outlines, muscles, tap regions, pain spots of the body."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

from weaklink.reader import Reader
from weaklink.web.drawing.outlines import Point, smooth

View = Literal["side", "front", "back", "medial"]
VIEWS: tuple[View, ...] = ("side", "front", "back", "medial")


# Whole numbers stay whole: 0 mirrored is 0, while 0.0 would be drawn as -0.
Number = int | float
# Points of a file: x, y, and anything after them where the corner stays sharp.
Outline = tuple[tuple[Number, ...], ...]


class Shape(msgspec.Struct, frozen=True):
    """One outline in plate units; `corners` are the indices of the points that stay sharp."""

    points: tuple[Point, ...]
    corners: frozenset[int] = frozenset()

    def placed(self, sign: int) -> Shape:
        """The outline as drawn (sign 1) or mirrored at x = 0 (sign -1)."""
        return Shape(tuple((sign * x, y) for x, y in self.points), self.corners)

    def path(self, closed: bool = True) -> str:
        """SVG path data."""
        return smooth(self.points, self.corners, closed)


class Best(msgspec.Struct, frozen=True):
    """What a view shows better than the others."""

    areas: frozenset[str]
    sites: frozenset[str]


class Lines(msgspec.Struct, frozen=True):
    """Lines that lie on a body without a name."""

    lines: tuple[Outline, ...]


class Shapes(msgspec.Struct, frozen=True):
    """Outlines without a name."""

    shapes: tuple[Outline, ...] = ()


class PlateFile(msgspec.Struct, frozen=True, kw_only=True):
    """A plate as its file says it."""

    mirrored: bool
    outline: dict[str, Outline]
    muscles: dict[str, Outline]
    quiet: frozenset[str]
    deep: frozenset[str]
    hair: Lines
    far: Shapes = Shapes()
    near: Shapes = Shapes()
    areas: dict[str, tuple[str, ...]]
    spots: dict[str, tuple[Number, Number]]
    joints: dict[str, tuple[Number, Number]]
    best: Best
    regions: dict[str, Outline] = {}


PLATE_FILES = Reader(PlateFile)


class Plate(msgspec.Struct, frozen=True, kw_only=True):
    """One view of the body. In a mirrored plate x is the distance from the midline."""

    view: View
    mirrored: bool
    outline: dict[str, Shape]
    muscles: dict[str, Shape]
    quiet: frozenset[str]
    deep: frozenset[str]
    hair: tuple[Shape, ...]
    far: tuple[Shape, ...]
    near: tuple[Shape, ...]
    areas: dict[str, tuple[str, ...]]
    spots: dict[str, Point]
    joints: dict[str, Point]
    best_areas: frozenset[str]
    best_sites: frozenset[str]
    regions: dict[str, Shape]


@cache
def plate(view: View) -> Plate:
    """The plate of one view; read once."""
    text = files("weaklink.web.drawing").joinpath("plate_files", f"{view}.toml").read_text(encoding="utf-8")
    return _plate(view, PLATE_FILES.of(tomllib.loads(text)))


@cache
def drawn_as() -> dict[str, str]:
    """Structures without an outline of their own, and the outline that stands for them."""
    text = files("weaklink.web.drawing").joinpath("plate_files", "drawn-as.toml").read_text(encoding="utf-8")
    return {str(name): str(outline) for name, outline in tomllib.loads(text).items()}


def best_view(area: str, site: str) -> View:
    """The view that shows the area and the site best; the side view shows all of them."""
    return max(VIEWS, key=lambda view: _worth(plate(view), area, site))


def _worth(seen: Plate, area: str, site: str) -> int:
    area_worth = 2 if area in seen.best_areas else int(area in seen.areas)
    site_worth = 2 if site in seen.best_sites else int(site in seen.spots)
    both = (not area or area_worth) and (not site or site_worth)
    return (area_worth + site_worth) * (10 if both else 1)


def _plate(view: View, found: PlateFile) -> Plate:
    return Plate(
        view=view,
        mirrored=found.mirrored,
        outline=_shapes(found.outline),
        muscles=_shapes(found.muscles),
        quiet=found.quiet,
        deep=found.deep,
        hair=tuple(_shape(line) for line in found.hair.lines),
        far=tuple(_shape(line) for line in found.far.shapes),
        near=tuple(_shape(line) for line in found.near.shapes),
        areas=found.areas,
        spots={**found.spots},
        joints={**found.joints},
        best_areas=found.best.areas,
        best_sites=found.best.sites,
        regions=_shapes(found.regions),
    )


def _shapes(found: dict[str, Outline]) -> dict[str, Shape]:
    return {name: _shape(points) for name, points in found.items()}


def _shape(found: Outline) -> Shape:
    corners = frozenset(index for index, point in enumerate(found) if len(point) > 2)
    return Shape(tuple((point[0], point[1]) for point in found), corners)
