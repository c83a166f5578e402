"""Where the working muscle is lit on the mannequin: a lens along a limb, or a patch at the hip."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import hypot

from weaklink.web.curves import Point, smooth
from weaklink.web.mannequin import RADII, Figure, Segment, across

# area: (segment, from, to, side); side: 1 front, -1 back, 0 middle. From the front: 1 outer, -1 inner.
LENSES: dict[str, tuple[tuple[str, float, float, int, int], ...]] = {
    "quads": (("thigh", 0.12, 0.98, 1, 0),),
    "hamstrings": (("thigh", 0.14, 0.98, -1, 0),),
    "adductors": (("thigh", 0.06, 0.7, 0, -1),),
    "hip-flexors": (("thigh", -0.12, 0.28, 1, 0),),
    "calf-gastroc": (("shank", 0.05, 0.55, -1, 0),),
    "calf-soleus": (("shank", 0.38, 0.88, -1, 0),),
    "tib-post": (("shank", 0.3, 0.98, -1, -1),),
    "tib-ant": (("shank", 0.1, 0.8, 1, 1),),
    "core-anterior": (("trunk", 0.1, 0.68, 1, 0),),
    "core-lateral": (("trunk", 0.16, 0.6, 0, 1),),
    "core-posterior": (("trunk", 0.02, 0.6, -1, 0),),
    "upper-back": (("trunk", 0.58, 1.06, -1, 0),),
    "glute-max": (("trunk", -0.22, 0.2, -1, 0),),
    "glute-med": (("trunk", -0.1, 0.22, 0, 1),),
    "hip-rotators": (("trunk", -0.16, 0.1, 0, 1),),
    "foot-intrinsics": (),
}


def lit(figure: Figure, works: Sequence[str]) -> Iterator[str]:
    """Path data of every lit muscle; "far-" before an area lights the other side."""
    for work in works:
        near = "far" if work.startswith("far-") else "near"
        area = work.removeprefix("far-")
        if area == "foot-intrinsics":
            yield _arch(figure, near)
        for kind, low, high, side, outer in LENSES[area]:
            yield _lens(figure, near, kind, low, high, outer if figure.frontal else side)


def _lens(figure: Figure, near: str, kind: str, low: float, high: float, side: int) -> str:
    segment = figure.segment(kind if kind == "trunk" else f"{near}-{kind}")
    radius = RADII[kind][1] if kind == "trunk" else RADII[kind][1] * (0.9 if high > 0.9 else 1.0)
    wide = 0.42 if side else 0.5
    normal = _outward(figure, near, segment) if figure.frontal else across(segment, figure.facing)
    points = [
        _at(segment, normal, low, side * radius * 0.42),
        _at(segment, normal, low + (high - low) * 0.35, radius * (side * 0.5 + wide)),
        _at(segment, normal, low + (high - low) * 0.75, radius * (side * 0.44 + wide * 0.8)),
        _at(segment, normal, high, side * radius * 0.3),
        _at(segment, normal, low + (high - low) * 0.72, radius * (side * 0.4 - wide * 0.75)),
        _at(segment, normal, low + (high - low) * 0.32, radius * (side * 0.44 - wide)),
    ]
    return smooth([(x, -y) for x, y in points])


def _outward(figure: Figure, near: str, segment: Segment) -> Point:
    """From the midline towards the outer side of a limb."""
    normal = across(segment, 1)
    hip, pelvis = figure.joints[f"{near}-hip"], figure.joints["pelvis"]
    away = (hip[0] - pelvis[0], hip[1] - pelvis[1])
    sign = 1 if normal[0] * away[0] + normal[1] * away[1] >= 0 else -1
    return normal[0] * sign, normal[1] * sign


def _at(segment: Segment, normal: Point, along: float, off: float) -> Point:
    x = segment.start[0] + (segment.end[0] - segment.start[0]) * along
    y = segment.start[1] + (segment.end[1] - segment.start[1]) * along
    return x + normal[0] * off, y + normal[1] * off


def _arch(figure: Figure, near: str) -> str:
    heel, toe, ankle = (figure.joints[f"{near}-{part}"] for part in ("heel", "toe", "ankle"))
    length = hypot(toe[0] - heel[0], toe[1] - heel[1]) or 1.0
    along = ((toe[0] - heel[0]) / length, (toe[1] - heel[1]) / length)
    up = (-along[1], along[0])
    if up[0] * (ankle[0] - heel[0]) + up[1] * (ankle[1] - heel[1]) < 0:
        up = (-up[0], -up[1])
    shape = ((0.22, 0.4), (0.4, 3.6), (0.68, 3.2), (0.86, 0.5), (0.55, 0.9))
    points = [
        (heel[0] + along[0] * length * s + up[0] * r, heel[1] + along[1] * length * s + up[1] * r)
        for s, r in shape
    ]
    return smooth([(x, -y) for x, y in points])
