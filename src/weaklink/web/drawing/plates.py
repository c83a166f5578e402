"""The body plates, read from `plate_files/*.toml`: outlines, muscles, tap regions, pain spots of the body."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import msgspec

from weaklink.web.drawing.outlines import Point, smooth

View = Literal["side", "front", "back", "medial"]
VIEWS: tuple[View, ...] = ("side", "front", "back", "medial")


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
    return _plate(view, tomllib.loads(text))


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


def _plate(view: View, raw: dict[str, Any]) -> Plate:
    return Plate(
        view=view,
        mirrored=raw["mirrored"],
        outline=_shapes(raw["outline"]),
        muscles=_shapes(raw["muscles"]),
        quiet=frozenset(raw["quiet"]),
        deep=frozenset(raw["deep"]),
        hair=tuple(_shape(line) for line in raw["hair"]["lines"]),
        far=tuple(_shape(line) for line in raw.get("far", {}).get("shapes", [])),
        near=tuple(_shape(line) for line in raw.get("near", {}).get("shapes", [])),
        areas={area: tuple(names) for area, names in raw["areas"].items()},
        spots={site: (at[0], at[1]) for site, at in raw["spots"].items()},
        joints={joint: (at[0], at[1]) for joint, at in raw["joints"].items()},
        best_areas=frozenset(raw["best"]["areas"]),
        best_sites=frozenset(raw["best"]["sites"]),
        regions=_shapes(raw.get("regions", {})),
    )


def _shapes(raw: dict[str, Any]) -> dict[str, Shape]:
    return {name: _shape(points) for name, points in raw.items()}


def _shape(raw: list[list[float]]) -> Shape:
    corners = frozenset(index for index, point in enumerate(raw) if len(point) > 2)
    return Shape(tuple((point[0], point[1]) for point in raw), corners)
