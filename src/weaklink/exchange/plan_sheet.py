"""The plan sheet: a week's moves with pictures, boxes for four weeks, and the rules, on one page of PDF."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from weaklink.exchange.paper import Size, printed
from weaklink.figure.still import SIZE

# The colours of a picture in print, as the light theme of the pages has them.
PRINT_COLOURS = {
    "ink": "#1d282c",
    "ink-2": "#4d585b",
    "plate": "#eeeae1",
    "edge": "#857b6b",
    "body": "#e2d8ca",
    "body-clothes": "#b5aa9b",
    "body-hair": "#a89c8c",
    "body-shoes": "#9e9384",
    "body-shade": "#7a6753",
    "body-light": "#fffaf2",
    "body-line": "#8d7f6e",
    "mat": "#dcdfd6",
    "prop": "#e9e2d5",
    "prop-side": "#d9d0c1",
    "prop-line": "#a89c8a",
    "strong": "#22867c",
    "strong-ink": "#0d625a",
    "take": "#525754",
}
LINE = 4  # units of a picture: a hairline on paper


class SheetMove(msgspec.Struct, frozen=True, kw_only=True):
    """One move: its dose with the side, what to mind, its drawing by `figure.still` ("" for none)."""

    name: str
    dose: str
    lines: tuple[str, ...]
    drawing: str = ""


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A heading and its sentences."""

    heading: str
    lines: tuple[str, ...]


class PlanSheet(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that stands on the sheet, in words. `name` "" leaves a line to write on."""

    title: str
    opening: tuple[str, ...]
    name: str
    name_label: str
    date: str
    language: str
    sessions_a_week: int
    weeks: tuple[str, str, str, str]
    moves: tuple[SheetMove, ...]
    pain: Rule
    rules: tuple[tuple[Rule, ...], tuple[Rule, ...]]  # left and right column
    foot: str


def plan_sheet(sheet: PlanSheet, size: Size = "a4") -> bytes:
    """The sheet as PDF, always one page.

    Raises: NoPaperError if the extra `pdf` is not installed.
    """
    return printed("plan", _values(sheet), size)


def _values(sheet: PlanSheet) -> dict[str, Any]:
    return {
        "title": sheet.title,
        "opening": sheet.opening,
        "name": sheet.name,
        "name-label": sheet.name_label,
        "date": sheet.date,
        "language": sheet.language,
        "sessions": max(sheet.sessions_a_week, 1),
        "weeks": sheet.weeks,
        "moves": [_move(move) for move in sheet.moves],
        "pain": {"heading": sheet.pain.heading, "says": " ".join(sheet.pain.lines)},
        "rules": [[msgspec.to_builtins(rule) for rule in column] for column in sheet.rules],
        "foot": sheet.foot,
    }


def _move(move: SheetMove) -> dict[str, Any]:
    picture = svg_in_print(move.drawing) if move.drawing else ""
    return {"name": move.name, "dose": move.dose, "lines": move.lines, "picture": picture}


def svg_in_print(drawing: str) -> str:
    """A drawing as a file of its own, its custom properties turned into the colours of print.

    Raises: KeyError for a colour that has no print colour.
    """
    plain = re.sub(r"var\(--([a-z0-9-]+)\)", lambda found: PRINT_COLOURS[found[1]], drawing)
    plain = re.sub(r'stroke-width="([\d.]+)" vector-effect="non-scaling-stroke"', _wider, plain)
    plain = plain.replace('vector-effect="non-scaling-stroke"', f'stroke-width="{LINE}"')
    width, height = SIZE
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{plain}</svg>'


def _wider(found: re.Match[str]) -> str:
    return f'stroke-width="{LINE * float(found[1]):g}"'
