"""The body to tap: a plate whose regions are links to their places in the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from weaklink.web.curves import Point
from weaklink.web.figures import draw_body, drawing_sign, mirrored
from weaklink.web.plates import Plate, Shape, View, plate

MIDLINE = frozenset({"neck", "back-upper", "back-lower"})


def body_map(view: View, names: Mapping[str, str], letters: tuple[str, str], title: str) -> Markup:
    """One view of the whole body with tap regions, each a link to its group of places in the list.

    Args:
        names: spoken name by region key ("knee-front-right", "neck"); a region without a name is not drawn.
        letters: the words at the viewer's left and right foot.
    """
    seen = plate(view)
    clip = f'<clipPath id="clip-{view}"><path d="{mirrored(seen.outline["body"])}"/></clipPath>'
    regions = "".join(_region(seen, region, names) for region in seen.regions)
    feet = "".join(
        f'<text class="side-letter" x="{x}" y="820">{escape(word)}</text>'
        for x, word in zip((-128, 128), letters, strict=True)
    )
    inner = draw_body(seen, 1) + clip + regions + feet
    head = f'viewBox="-160 8 320 832" class="view-{view}" role="group" aria-label="{escape(title)}"'
    return Markup(f"<svg {head}>{inner}</svg>")  # noqa: S704


def _region(seen: Plate, region: str, names: Mapping[str, str]) -> str:
    shape = seen.regions[region]
    if region in MIDLINE:
        halves = [(region, _across(shape))]
    else:
        halves = [(f"{region}-{side}", shape.placed(drawing_sign(seen, side))) for side in ("right", "left")]
    return "".join(_tap(seen.view, key, names[key], half) for key, half in halves if key in names)


def _across(shape: Shape) -> Shape:
    back = tuple((-x, y) for x, y in reversed(shape.points) if x != 0)
    return Shape(shape.points + back)


def _tap(view: View, key: str, name: str, shape: Shape) -> str:
    outline = _seam([(max(-97.0, min(97.0, x)), y) for x, y in shape.points])  # stays off the arms
    inside = [(max(-80.0, min(80.0, x)), y) for x, y in shape.points]
    low, high = min(y for _, y in inside), max(y for _, y in inside)
    left, right = min(x for x, _ in inside), max(x for x, _ in inside)
    return (
        f'<a class="region" id="tap-{key}" href="#at-{key}" data-at="{key}" aria-label="{escape(name)}">'
        f'<path class="hit" d="{_seam(shape.points)}"/>'
        f'<path class="area" clip-path="url(#clip-{view})" d="{outline}"/>'
        f'<circle class="tick" cx="{(left + right) / 2:g}" cy="{(low + high) / 2:g}" r="6"/></a>'
    )


def _seam(points: Sequence[Point]) -> str:
    """A closed outline whose edges across a limb sag like a bracelet."""
    parts = [f"M{points[0][0]:g} {points[0][1]:g}"]
    for start, end in zip(points, [*points[1:], points[0]], strict=True):
        across = abs(end[0] - start[0]) > 24 and abs(end[1] - start[1]) < 48
        if across:
            parts.append(
                f"Q{(start[0] + end[0]) / 2:g} {(start[1] + end[1]) / 2 + 9:g} {end[0]:g} {end[1]:g}"
            )
        else:
            parts.append(f"L{end[0]:g} {end[1]:g}")
    return "".join(parts) + "Z"
