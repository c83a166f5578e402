"""Pictures of moves: start pose as a thin outline, end pose full, working muscle lit, props and an arrow."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from math import atan2, cos, degrees, hypot, radians, sin
from typing import Any, Literal

import msgspec
from markupsafe import Markup, escape

from weaklink.web.curves import Point
from weaklink.web.mannequin import Figure, Pose, foot, limb, stand
from weaklink.web.working_muscles import lit

Part = tuple[str, ...]
LEG, ARM = ("thigh", "shank", "foot"), ("upper-arm", "forearm", "hand")


class Move(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One pose file. `anchor` is the joint that stays at x = 0 in both poses."""

    says: str
    view: Literal["side", "frontal"] = "side"
    base: str
    anchor: str
    works: tuple[str, ...] = ()
    arrow: dict[str, Any] = {}
    floor: bool = True
    props: tuple[dict[str, Any], ...] = ()
    start: dict[str, Any] = {}
    end: dict[str, Any] = {}


def known_moves() -> list[str]:
    """The ids that have a picture."""
    return sorted(
        path.name.removesuffix(".toml") for path in files("weaklink.web").joinpath("poses").iterdir()
    )


@cache
def move_figure(move_id: str, title: str) -> Markup:
    """The picture of an exercise, stretch or test; an empty title makes it decoration."""
    move = _read(move_id)
    start, end = _figure(move, move.start), _figure(move, move.end)
    drawn = _props(move, end, back=True) + _bodies(move, start, end) + _props(move, end, back=False)
    drawn += _arrow(move, start, end)
    box = _box(move, start, end)
    name = f'role="img" aria-label="{escape(title)}"' if title else 'aria-hidden="true"'
    floor = f'<path class="floor" d="M{box[0]:.0f} 0H{box[0] + box[2]:.0f}"/>' if move.floor else ""
    view = " ".join(f"{value:.0f}" for value in box)
    return Markup(f'<svg viewBox="{view}" class="move" {name}>{floor}{drawn}</svg>')  # noqa: S704


@cache
def move_words(move_id: str) -> str:
    """What the picture shows, in one or two sentences."""
    return _read(move_id).says


@cache
def _read(move_id: str) -> Move:
    return msgspec.convert(_raw(move_id), Move)


def _raw(move_id: str) -> dict[str, Any]:
    """A pose file; `like` names another one whose keys it starts from."""
    text = files("weaklink.web").joinpath("poses", f"{move_id}.toml").read_text(encoding="utf-8")
    own = tomllib.loads(text)
    like = own.pop("like", "")
    return {**_raw(like), **own} if like else own


@cache
def _positions() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("weaklink.web").joinpath("positions.toml").read_text(encoding="utf-8"))


def _figure(move: Move, own: dict[str, Any]) -> Figure:
    spelled = {**_positions()[own.get("base", move.base)], **own}
    spelled.pop("base", None)
    anchor, shift = spelled.pop("anchor", move.anchor), spelled.pop("at", 0.0)
    figure = stand(msgspec.convert(spelled, Pose), move.view == "frontal")
    return figure.moved((shift - figure.joints[anchor][0], 0.0))


def _bodies(move: Move, start: Figure, end: Figure) -> str:
    flat = move.view == "frontal" and abs(end.joints["chest"][0] - end.joints["pelvis"][0]) < 40
    drawn = _ghost([_path(start, part) for part in _all_parts() if _differs(start, end, part)])
    far = [_path(end, f"far-{part}") for part in (*ARM, *reversed(LEG))]
    drawn += _group("body" if flat else "far", far, edge=flat)
    drawn += _group("body", [_head(end), _path(end, "neck"), _path(end, "trunk")])
    drawn += _group("body", [_path(end, f"near-{part}") for part in reversed(LEG)], edge=True)
    drawn += "".join(f'<path class="work" d="{path}"/>' for path in lit(end, move.works))
    return drawn + _group("body", [_path(end, f"near-{part}") for part in ARM], edge=True)


def _all_parts() -> Sequence[str]:
    near = [f"near-{part}" for part in (*LEG, *ARM)]
    far = [f"far-{part}" for part in (*LEG, *ARM)]
    return [*far, "head", "neck", "trunk", *near]


def _differs(start: Figure, end: Figure, part: str) -> bool:
    joints = ["head"] if part == "head" else _ends(start, part)
    return any(
        hypot(start.joints[name][0] - end.joints[name][0], start.joints[name][1] - end.joints[name][1]) > 4
        for name in joints
    )


def _ends(figure: Figure, part: str) -> list[str]:
    if part.endswith("foot"):
        near = part.split("-")[0]
        return [f"{near}-heel", f"{near}-toe"]
    segment = figure.segment(part)
    return [name for name, at in figure.joints.items() if at in (segment.start, segment.end)]


def _path(figure: Figure, part: str) -> str:
    if part == "head":
        return _head(figure)
    if part.endswith("foot"):
        path = foot(figure, part.split("-")[0])
    else:
        path = limb(figure.segment(part), figure.frontal)
    return f'<path d="{path}"/>'


def _head(figure: Figure) -> str:
    (x, y), (crown_x, crown_y) = figure.joints["head"], figure.joints["crown"]
    tilt = 90 - degrees(atan2(y - crown_y, x - crown_x))
    at = f"{x:.1f} {-y:.1f}"
    return f'<ellipse cx="{x:.1f}" cy="{-y:.1f}" rx="10" ry="12.4" transform="rotate({tilt:.0f} {at})"/>'


def _group(kind: str, paths: Sequence[str], edge: bool = False) -> str:
    inner = "".join(paths)
    return f'<g class="{kind}">{inner.replace("<path ", _EDGE) if edge else inner}</g>'


_EDGE = '<path class="edge" '


def _ghost(paths: Sequence[str]) -> str:
    inner = "".join(paths)
    return f'<g class="ghost-line">{inner}</g><g class="ghost">{inner}</g>' if inner else ""


def _arrow(move: Move, start: Figure, end: Figure) -> str:
    """An arrow along the way of one joint: an arc about a pivot, or a straight line set aside by `by`."""
    if not move.arrow:
        return ""
    first, last = start.joints[move.arrow["of"]], end.joints[move.arrow["of"]]
    if "about" in move.arrow:
        return _arc(first, last, end.joints[move.arrow["about"]], move.arrow.get("out", 10.0))
    return _straight(first, last, move.arrow)


def _straight(first: Point, last: Point, spelled: dict[str, Any]) -> str:
    """`way` in degrees and `length` stand for the true ones where those say too little."""
    way = atan2(last[1] - first[1], last[0] - first[0])
    way = radians(spelled["way"]) if "way" in spelled else way
    length = spelled.get("length") or hypot(last[0] - first[0], last[1] - first[1])
    by = spelled.get("by", [0.0, 0.0])
    tip = (last[0] + by[0], last[1] + by[1])
    tail = (tip[0] - length * cos(way), tip[1] - length * sin(way))
    line = f"M{tail[0]:.1f} {-tail[1]:.1f}L{tip[0]:.1f} {-tip[1]:.1f}"
    return f'<path class="arc" d="{line}{_tip(tip, degrees(way), length)}"/>'


def _arc(first: Point, last: Point, about: Point, out: float) -> str:
    radius = hypot(last[0] - about[0], last[1] - about[1]) + out
    begin = degrees(atan2(first[1] - about[1], first[0] - about[0]))
    turn = (degrees(atan2(last[1] - about[1], last[0] - about[0])) - begin + 180) % 360 - 180
    angles = (begin, begin + turn)
    ends = [(about[0] + radius * cos(radians(a)), about[1] + radius * sin(radians(a))) for a in angles]
    path = f"M{ends[0][0]:.1f} {-ends[0][1]:.1f}A{radius:.1f} {radius:.1f} 0 0 {0 if turn > 0 else 1}"
    path += f" {ends[1][0]:.1f} {-ends[1][1]:.1f}"
    way = begin + turn + (90 if turn > 0 else -90)
    return f'<path class="arc" d="{path}{_tip(ends[1], way, radians(abs(turn)) * radius)}"/>'


def _tip(at: Point, way: float, length: float) -> str:
    size = min(7.0, 0.55 * length)
    wings = [
        (at[0] + size * cos(radians(way + a)), at[1] + size * sin(radians(way + a))) for a in (148, -148)
    ]
    return "".join(f"M{at[0]:.1f} {-at[1]:.1f}L{x:.1f} {-y:.1f}" for x, y in wings)


def _place(spot: Any, figure: Figure) -> Point:
    """A joint's name, or [x, y], or [joint, dx, dy]."""
    if isinstance(spot, str):
        return figure.joints[spot]
    if isinstance(spot[0], str):
        x, y = figure.joints[spot[0]]
        return x + spot[1], y + spot[2]
    return float(spot[0]), float(spot[1])


def _props(move: Move, figure: Figure, back: bool) -> str:
    return "".join(_prop(prop, figure) for prop in move.props if prop.get("back", True) == back)


def _prop(prop: dict[str, Any], figure: Figure) -> str:
    points = [_place(spot, figure) for spot in prop.get("points", [])]
    line = "M" + "L".join(f"{x:.1f} {-y:.1f}" for x, y in points) if points else ""
    if prop["kind"] == "band":
        return f'<path class="band" d="{line}"/>'
    if prop["kind"] == "weight":
        x, y = points[0]
        size = prop.get("r", 5.0)
        return f'<circle class="weight" cx="{x:.1f}" cy="{-y:.1f}" r="{size:g}"/>'
    if prop["kind"] == "ball":
        x, y = (sum(value) / len(points) for value in zip(*points, strict=True))
        return f'<circle class="prop" cx="{x:.1f}" cy="{-y:.1f}" r="{prop["r"]:g}"/>'
    if prop["kind"] == "block":
        return f'<path class="prop" d="{line}Z"/>'
    return f'<path class="floor" d="{line}"/>'


def _box(move: Move, start: Figure, end: Figure) -> tuple[float, float, float, float]:
    """The view box: both poses and all props with some air, wide enough to sit well beside words."""
    points = [*start.joints.values(), *end.joints.values()]
    points += [_place(spot, end) for prop in move.props for spot in prop.get("points", [])]
    left, right = min(x for x, _ in points) - 18, max(x for x, _ in points) + 18
    top = max(y for _, y in points) + 20
    height = top + 8
    width = max(right - left, height * 1.3)
    height = max(height, width / 2.3)
    return (left + right - width) / 2, -(height - 8), width, height
