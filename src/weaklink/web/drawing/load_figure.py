"""The legs on a wall chart, from three sides: muscles that are weaker, and muscles that work more."""

from __future__ import annotations

from collections.abc import Mapping, Set

from markupsafe import Markup, escape

from weaklink.body.muscles import UNITS
from weaklink.web.drawing.body_figures import HATCH, draw_body
from weaklink.web.drawing.plates import Plate, Shape, View, drawn_as, plate

VIEWS: tuple[View, ...] = ("side", "front", "back")
# From the waist to the ground, both legs without the hands.
BOX = "-97 338 194 492"
# Outlines that stand for what the plates name otherwise.
STANDS_FOR = {
    "achilles": ("achilles-tendon",),
    "patella": ("kneecap",),
    "iliotibial-band": ("iliotibial-band",),
}
LEAST_SHADE, MOST_SHADE = 0.15, 0.65


def load_figure(view: View, weak: Set[str], lit: Mapping[str, float], side: str, title: str = "") -> Markup:
    """One view of both legs with the parts of one leg coloured.

    Each part names what it stands for in `data-of`; the page colours it anew by its class and its shade.
    Args:
        weak: muscles that are made weaker.
        lit: muscle or structure → how clearly it is drawn, 0 to 1.
        title: what a screen reader says; empty where words beside say the same.
    """
    seen = plate(view)
    parts = "".join(_part(shape, names, weak, lit) for shape, names in _parts(seen))
    near = "".join(f'<path class="gap" d="{shape.path()}"/><path d="{shape.path()}"/>' for shape in seen.near)
    drawn = draw_body(seen, 1) + f'<g class="parts">{parts}</g>'
    drawn += f'<g class="near">{near}</g>' if near else ""
    said = f'role="img" aria-label="{escape(title)}"' if title else 'aria-hidden="true"'
    turn = ' transform="scale(-1 1)"' if mirrored(view, side) else ""
    return Markup(  # noqa: S704
        f'<svg viewBox="{BOX}" data-view="{view}" {said}>{HATCH if view == VIEWS[0] else ""}'
        f'<g class="turned"{turn}>{drawn}</g></svg>'
    )


def mirrored(view: View, side: str) -> bool:
    """Whether a view is drawn mirrored; from the front the runner's left is at the viewer's right."""
    return (side == "right") if view == "front" else (side == "left")


def _parts(seen: Plate) -> list[tuple[Shape, list[str]]]:
    """The outlines that can be coloured, each with the muscles or structures it stands for."""
    found = []
    for outline, shape in seen.muscles.items():
        names = [muscle for muscle in UNITS if _outline_of(seen, muscle, outline)]
        names += STANDS_FOR.get(outline, ())
        if names:
            found.append((shape, names))
    return found


def _outline_of(seen: Plate, muscle: str, outline: str) -> bool:
    name = muscle if muscle in seen.muscles else drawn_as().get(muscle, muscle)
    head = name == muscle and outline.startswith(f"{name}-")
    return outline == name or head or _by_group(muscle) == outline


def _by_group(muscle: str) -> str:
    """The outline of several muscles together."""
    return "adductors" if muscle.startswith("adductor-") or muscle == "gracilis" else ""


def _part(shape: Shape, names: list[str], weak: Set[str], lit: Mapping[str, float]) -> str:
    state, shade = state_of(names, weak, lit)
    d = shape.path()
    return (
        f'<g class="part {state}" data-of="{" ".join(names)}">'
        f'<path class="tone" fill-opacity="{shade:.2f}" d="{d}"/><path class="hatched" d="{d}"/></g>'
    )


def state_of(names: list[str], weak: Set[str], lit: Mapping[str, float]) -> tuple[str, float]:
    """How a part is drawn: its class and its shade. What is weaker shows before what works more."""
    if weak & set(names):
        return "is-weak", 1.0
    level = max((lit.get(name, 0.0) for name in names), default=0.0)
    return ("is-more", LEAST_SHADE + MOST_SHADE * level) if level else ("", 0.0)
