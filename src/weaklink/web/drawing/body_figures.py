"""The drawn body as SVG: the chain figure, the places that hurt, one lit area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import dist

import msgspec
from markupsafe import Markup, escape

from weaklink.web.drawing.leader_labels import Label, draw_labels
from weaklink.web.drawing.outlines import Point, centre, smooth
from weaklink.web.drawing.plates import VIEWS, Plate, Shape, best_view, drawn_as, plate

ROUTE = ("neck", "thorax", "lumbar", "hip", "knee", "ankle")
_QUIET = ' class="quiet"'
HATCH = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><path class="hatch" d="M0 0V6"/></pattern></defs>'
)


class LitArea(msgspec.Struct, frozen=True, kw_only=True):
    """An area to light on one side, and the picture in words."""

    area: str
    side: str
    described: str


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """What is drawn on a body: marks, words beside them, and the shapes that have to be seen."""

    title: str
    marks: str
    interest: Sequence[Shape] = ()
    labels: Sequence[Label] = ()
    wide: bool = False


def chain_figure(
    area: str, site: str, side: str, takes_over: Sequence[str] = (), words: Mapping[str, str] | None = None
) -> Markup:
    """The chain on the body: weak area hatched, a dotted line along what takes over, rings where it hurts.

    Args:
        side: right, left, both, none or not-said; the last three are drawn on the left, "both" on both.
        takes_over: muscle or area ids; those with an outline in the chosen view are shaded.
        words: `title`, `weak`, `takes`, `hurts`; an empty word leaves its label out.
    """
    seen = plate(best_view(area, site))
    return _figure(seen, drawing_sign(seen, side), _chain(seen, (area, site, side), takes_over, words or {}))


def whole_chain_figure(
    area: str, site: str, side: str, takes_over: Sequence[str] = (), words: Mapping[str, str] | None = None
) -> Markup:
    """The same on the whole body rather than the part that matters."""
    seen = plate(best_view(area, site))
    drawing = _chain(seen, (area, site, side), takes_over, words or {})
    return _figure(seen, drawing_sign(seen, side), msgspec.structs.replace(drawing, interest=()))


def _chain(
    seen: Plate, chain: tuple[str, str, str], takes_over: Sequence[str], words: Mapping[str, str]
) -> Drawing:
    area, site, side = chain
    said = {"title": "", "weak": "", "takes": "", "hurts": "", **words}
    sign = drawing_sign(seen, side)
    weak = [seen.muscles[name].placed(sign) for name in seen.areas.get(area, ())]
    helpers = _helpers(seen, area, takes_over, sign)
    spot = _spot(seen, site, sign)
    line = _travel(seen, weak, helpers, spot, sign)
    if not helpers:
        said["takes"] = ""  # nothing is drawn that the word could point at
    return Drawing(
        title=said["title"],
        marks=_weak(weak) + _takes(helpers, line) + (_pain([spot]) if spot else ""),
        interest=_interest(weak + helpers, spot),
        labels=_chain_labels(weak, line, spot, said),
    )


def pain_figure(places: Iterable[tuple[str, str]], title: str) -> Markup:
    """Only what hurts: rings at each (site, side), on the view that shows most of them."""
    wanted = list(places)
    seen = plate(max(VIEWS, key=lambda view: sum(_shown(plate(view), site) for site, _ in wanted)))
    spots = [spot for site, side in wanted for spot in _spots(seen, site, side)]
    sign = drawing_sign(seen, wanted[0][1] if wanted else "left")
    interest = [Shape(tuple(spots))] if spots else []
    return _figure(seen, sign, Drawing(title=title, marks=_pain(spots), interest=interest))


def area_figure(area: str, side: str, title: str, tone: str = "weak") -> Markup:
    """One area lit: amber and hatched while weak, teal (`tone` strong) while it gets stronger."""
    seen = plate(best_view(area, ""))
    sign = drawing_sign(seen, side)
    shapes = [seen.muscles[name].placed(sign) for name in seen.areas.get(area, ())]
    marks = _weak(shapes) if tone == "weak" else _filled(shapes, "stronger")
    return _figure(seen, sign, Drawing(title=title, marks=marks, interest=shapes, wide=True))


def _figure(seen: Plate, sign: int, made: Drawing) -> Markup:
    x, y, width, height = _crop(made.interest, made.wide) if made.interest else _whole(sign)
    near = "".join(f'<path class="gap" d="{shape.placed(sign).path()}"/>' for shape in seen.near)
    near += "".join(f'<path d="{shape.placed(sign).path()}"/>' for shape in seen.near)
    drawn = HATCH + draw_body(seen, sign) + made.marks + (f'<g class="near">{near}</g>' if near else "")
    drawn += draw_labels(made.labels, sign, (x, y, width, height))
    box = f"{x:g} {y:g} {width:g} {height:g}"
    return Markup(f'<svg viewBox="{box}" role="img" aria-label="{escape(made.title)}">{drawn}</svg>')  # noqa: S704


def draw_body(seen: Plate, sign: int) -> str:
    """SVG of a whole body without lights; `sign` -1 mirrors a view from the side."""
    draw = both if seen.mirrored else _one
    far = "".join(f'<path d="{shape.placed(sign).path()}"/>' for shape in seen.far)
    skin = "".join(
        f'<path d="{mirrored(shape) if seen.mirrored and name != "ear" else draw(shape, sign)}"/>'
        for name, shape in seen.outline.items()
    )
    muscles = "".join(
        f'<path{_QUIET if name in seen.quiet else ""} d="{draw(shape, sign)}"/>'
        for name, shape in seen.muscles.items()
        if name not in seen.deep
    )
    hair = "".join(f'<path d="{draw(shape, sign, closed=False)}"/>' for shape in seen.hair)
    return (
        f'<g class="far">{far}</g>' if far else ""
    ) + f'<g class="skin">{skin}</g><g class="muscles">{muscles}</g><g class="hair">{hair}</g>'


def _one(shape: Shape, sign: int, closed: bool = True) -> str:
    return shape.placed(sign).path(closed)


def both(shape: Shape, _sign: int, closed: bool = True) -> str:
    """Path data of a shape on both sides of the midline, whatever the sign."""
    return shape.placed(1).path(closed) + shape.placed(-1).path(closed)


def mirrored(shape: Shape) -> str:
    """Path data of a half outline and its mirror image as one closed shape."""
    total = len(shape.points)
    back = [index for index in reversed(range(total)) if shape.points[index][0] != 0]
    corners = shape.corners | {total + place for place, index in enumerate(back) if index in shape.corners}
    return smooth([*shape.points, *((-shape.points[i][0], shape.points[i][1]) for i in back)], corners)


def drawing_sign(seen: Plate, side: str) -> int:
    """1 or -1: which way to draw. Front: the runner's left is at the viewer's right; back: at the left."""
    right = side == "right"
    if seen.view in ("side", "back"):
        return 1 if right else -1
    return -1 if right else 1


def _shown(seen: Plate, site: str) -> int:
    return 2 if site in seen.best_sites else int(site in seen.spots)


def _spot(seen: Plate, site: str, sign: int) -> Point | None:
    at = seen.spots.get(site)
    return (sign * at[0], at[1]) if at else None


def _spots(seen: Plate, site: str, side: str) -> list[Point]:
    sides = ("right", "left") if side == "both" and seen.mirrored else (side,)
    found = [_spot(seen, site, drawing_sign(seen, each)) for each in sides]
    return [spot for spot in dict.fromkeys(found) if spot]


def _helpers(seen: Plate, area: str, takes_over: Sequence[str], sign: int) -> list[Shape]:
    """The outlines of what takes over, without those that are weak themselves."""
    weak = set(seen.areas.get(area, ()))
    names = dict.fromkeys(name for spoken in takes_over for name in _outlines(seen, spoken))
    return [seen.muscles[name].placed(sign) for name in names if name not in weak]


def _outlines(seen: Plate, spoken: str) -> Sequence[str]:
    """The outline of a muscle, of all its heads, or of an area, in this view."""
    name = spoken if spoken in seen.areas or spoken in seen.muscles else drawn_as().get(spoken, spoken)
    heads = [each for each in seen.muscles if each == name or each.startswith(f"{name}-")]
    return seen.areas.get(name) or heads


def _travel(
    seen: Plate, weak: Sequence[Shape], helpers: Sequence[Shape], spot: Point | None, sign: int
) -> list[Point]:
    """The dotted line: from the weak area through what takes over, or through the joints, to the pain."""
    if not weak or spot is None:
        return []
    start = _origin(weak[0], spot)
    between = [point for shape in helpers for point in _spine(shape)] or [
        (sign * x, y) for x, y in (seen.joints[name] for name in ROUTE if name in seen.joints)
    ]
    low, high = sorted((start[1], spot[1]))
    air = 12 if helpers else 24
    inside = [point for point in between if low + air < point[1] < high - air]
    inside.sort(key=lambda point: point[1], reverse=start[1] > spot[1])
    return [start, *inside, spot]


def _origin(weak: Shape, spot: Point) -> Point:
    """The middle of the weak muscle; the end away from the pain when the pain lies close to it."""
    middle = centre(weak.points)
    if dist(middle, spot) > 110:
        return middle
    return max(_spine(weak), key=lambda point: dist(point, spot))


def _spine(shape: Shape) -> list[Point]:
    """The upper end, the middle and the lower end of a muscle."""
    points = sorted(shape.points, key=lambda point: point[1])
    share = max(1, len(points) // 4)
    return [centre(points[:share]), centre(points), centre(points[-share:])]


def _weak(shapes: Sequence[Shape]) -> str:
    return _filled(shapes, "weak") + _filled(shapes, "hatched")


def _filled(shapes: Sequence[Shape], kind: str) -> str:
    return "".join(f'<path class="{kind}" d="{shape.path()}"/>' for shape in shapes)


def _takes(helpers: Sequence[Shape], line: Sequence[Point]) -> str:
    shaded = _filled(helpers, "take")
    return shaded + (f'<path class="travel" d="{smooth(line, closed=False)}"/>' if line else "")


def _pain(spots: Sequence[Point]) -> str:
    return "".join(
        f'<circle class="pain-ring" cx="{x:g}" cy="{y:g}" r="16"/>'
        f'<circle class="pain-ring outer" cx="{x:g}" cy="{y:g}" r="25"/>'
        f'<circle class="pain-core" cx="{x:g}" cy="{y:g}" r="8"/>'
        for x, y in spots
    )


def _interest(shapes: Sequence[Shape], spot: Point | None) -> list[Shape]:
    return [*shapes, Shape((spot,))] if spot else list(shapes)


def _crop(interest: Sequence[Shape], wide: bool) -> tuple[float, float, float, float]:
    """The part of the plate to show: all that matters, some body around it, never a jumping scale."""
    points = [point for shape in interest for point in shape.points]
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    middle = (min(x for x, _ in points) + max(x for x, _ in points)) / 2 if wide else 0.0
    height = max(250.0 if wide else 320.0, bottom - top + 150)
    start = min(max(8.0, (top + bottom - height) / 2), max(8.0, 838 - height))
    width = height * (1.12 if wide else 0.93)
    return middle - width / 2, start, width, height


def _whole(sign: int) -> tuple[float, float, float, float]:
    """The whole body, with room for words in front of it."""
    return (-174.0 if sign > 0 else -266.0), 8.0, 440.0, 830.0


def _chain_labels(
    weak: Sequence[Shape], line: Sequence[Point], spot: Point | None, said: Mapping[str, str]
) -> list[Label]:
    labels = []
    if weak:
        labels.append(Label(line[0] if line else centre(weak[0].points), said["weak"], "weak-text"))
    if len(line) > 1:
        labels.append(Label(_halfway(line), said["takes"]))
    if spot:
        labels.append(Label(spot, said["hurts"], "pain-text"))
    return [label for label in labels if label.words]


def _halfway(line: Sequence[Point]) -> Point:
    """The point of the line at its middle level."""
    level = (line[0][1] + line[-1][1]) / 2
    for start, end in pairwise(line):
        if min(start[1], end[1]) <= level <= max(start[1], end[1]) and start[1] != end[1]:
            share = (level - start[1]) / (end[1] - start[1])
            return start[0] + share * (end[0] - start[0]), level
    return centre(line)
