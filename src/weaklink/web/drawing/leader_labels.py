"""Leader labels: a dot, a hairline and one or two words beside the body."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from markupsafe import escape

from weaklink.web.drawing.outlines import Point


class Label(msgspec.Struct, frozen=True):
    """A word beside the body and the point its leader line starts from."""

    at: Point
    words: str
    tone: str = ""


def draw_labels(labels: Sequence[Label], sign: int, box: tuple[float, float, float, float]) -> str:
    """All labels of a figure, on the side the body looks to, none on top of another."""
    x, _, width, height = box
    size = max(height * 0.042, width * 0.042) if width > 0.8 * height else 27.0
    share = 0.735 if width > 0.8 * height else 0.605
    edge = x + width * (share if sign > 0 else 1 - share)
    drawn, free = "", -1e9
    for label in sorted(labels, key=lambda each: each.at[1]):
        level = max(label.at[1], free)
        free = level + size * 1.5
        drawn += _label(label, edge, level, size, sign)
    return drawn


def _label(label: Label, edge: float, level: float, size: float, sign: int) -> str:
    x, y = label.at
    elbow = edge - sign * abs(level - y)
    anchor = "start" if sign > 0 else "end"
    return (
        f'<path class="leader" d="M{x:.1f} {y:.1f}H{elbow:.1f}L{edge:.1f} {level:.1f}"/>'
        f'<circle class="leader-dot" cx="{x:.1f}" cy="{y:.1f}" r="3"/>'
        f'<text class="label {label.tone}" x="{edge + sign * size * 0.35:.1f}" y="{level + size * 0.33:.1f}" '
        f'font-size="{size:.1f}" text-anchor="{anchor}">{escape(label.words)}</text>'
    )
