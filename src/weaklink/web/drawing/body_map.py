"""The body to tap: drawn from the front and the back, its regions links to their places in the list."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Protocol, get_args

from markupsafe import Markup, escape

from weaklink.figure.map import HEIGHT, LEFT, QUARTERS, TOP, WIDTH, BodyMap, MapView, Point
from weaklink.web.drawing.body_figures import drawing_sign
from weaklink.web.drawing.plates import Shape, plate

MIDLINE = frozenset({"neck", "back-upper", "back-lower"})
VIEWS: tuple[MapView, ...] = get_args(MapView)
Regions = tuple[tuple[str, tuple[Point, ...]], ...]
SYMBOL = "body"
BOX = f'viewBox="{LEFT:g} {TOP:g} {WIDTH:g} {HEIGHT:g}"'


class Bodies(Protocol):
    """Where drawn bodies come from."""

    def body_map(self, view: MapView, regions: Regions, /) -> BodyMap:
        """The body seen from one side, with the outline of each region on it."""

    def map_key(self, view: MapView, regions: Regions, /) -> str:
        """The digest of all that such a drawing is made from."""


@cache
def regions_of(view: MapView) -> Regions:
    """Every region of one side: its key ("knee-front-right") and where it can be tapped, in plate units."""
    seen = plate(view)
    found: list[tuple[str, tuple[Point, ...]]] = []
    for region, shape in seen.regions.items():
        if region in MIDLINE:
            found.append((region, _across(shape).points))
            continue
        halves = [(side, shape.placed(drawing_sign(seen, side))) for side in ("right", "left")]
        found += [(f"{region}-{side}", half.points) for side, half in halves]
    return tuple(found)


def _across(shape: Shape) -> Shape:
    back = tuple((-x, y) for x, y in reversed(shape.points) if x != 0)
    return Shape(shape.points + back)


def body_map(
    bodies: Bodies, view: MapView, names: Mapping[str, str], letters: tuple[str, str], title: str
) -> Markup:
    """One view of the whole body with tap regions, each a link to its group of places in the list.

    Args:
        names: spoken name by region key ("knee-front-right", "neck"); a region without a name is not drawn.
        letters: the words at the viewer's left and right foot.
    """
    regions = regions_of(view)
    areas = bodies.body_map(view, regions).areas
    taps = "".join(_tap(key, names[key], shape, areas[key]) for key, shape in regions if key in names)
    feet = "".join(
        f'<text class="side-letter" x="{x}" y="820">{escape(word)}</text>'
        for x, word in zip((-128, 128), letters, strict=True)
    )
    url = f"/static/figures/maps/{view}.svg?v={bodies.map_key(view, regions)}#{SYMBOL}"
    head = f'{BOX} class="view-{view}" role="group" aria-label="{escape(title)}"'
    return Markup(f'<svg {head}><use href="{escape(url)}"/>{taps}{feet}</svg>')  # noqa: S704


def body_symbol(drawing: str) -> str:
    """The drawing of a body as a file that pages refer to."""
    scaled = f'<g id="{SYMBOL}" transform="scale({1 / QUARTERS:g})">{drawing}</g>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {BOX}>{scaled}</svg>'


def _tap(key: str, name: str, shape: tuple[Point, ...], area: str) -> str:
    inside = [(max(-80.0, min(80.0, x)), y) for x, y in shape]
    low, high = min(y for _, y in inside), max(y for _, y in inside)
    left, right = min(x for x, _ in inside), max(x for x, _ in inside)
    hit = "L".join(f"{x:g} {y:g}" for x, y in shape)
    return (
        f'<a class="region" id="tap-{key}" href="#at-{key}" data-at="{key}" aria-label="{escape(name)}">'
        f'<path class="hit" d="M{hit}Z"/>'
        f'<path class="area" transform="scale({1 / QUARTERS:g})" d="{area}"/>'
        f'<circle class="tick" cx="{(left + right) / 2:g}" cy="{(low + high) / 2:g}" r="6"/></a>'
    )
