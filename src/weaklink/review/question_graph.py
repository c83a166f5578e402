"""The question graph: each screen with its questions and what every answer decides, as inline SVG."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from weaklink.library.reading import Library
from weaklink.library.records import Question, Screen

ROW, HEAD, WIDTH = 26, 22, 860
LEFT, MIDDLE, RIGHT = 4, 210, 480  # where the three columns begin
LETTER = 7.8  # how wide a letter of a question's id is drawn, about


class GraphRow(NamedTuple):
    """One question and what it decides; `urgent` colours the outcome."""

    question: str
    decides: str
    urgent: bool


def screen_graphs(library: Library) -> Iterator[tuple[Screen, str]]:
    """Each screen in the order it may be shown, with its picture."""
    for screen in sorted(library.screens.values(), key=lambda screen: (screen.order, screen.id)):
        asked = [library.questions[name] for name in screen.questions if name in library.questions]
        yield screen, graph_of(screen.id, [row_of(question, library) for question in asked])


def detail_graph(library: Library) -> str:
    """The questions that are asked only to refine a red flag."""
    details = [question for question in library.questions.values() if question.decides == "detail"]
    return graph_of("details", [row_of(question, library) for question in details])


def row_of(question: Question, library: Library) -> GraphRow:
    """What one question decides, in a few words."""
    flag = library.red_flags.get(question.id)
    if question.decides == "red-flag" and flag is not None:
        return GraphRow(question.id, f"yes: {flag.tier}, allows {flag.allows}", True)
    if question.decides == "detail":
        return GraphRow(question.id, f"refines {question.detail_of}", True)
    if question.decides == "guard":
        return GraphRow(question.id, "guard: changes plan or reasoning", False)
    if question.decides == "runner":
        return GraphRow(question.id, "about the runner", False)
    speaks = " or ".join(question.areas) or "the ranking"
    return GraphRow(question.id, f"finding: speaks for {speaks}", False)


def graph_of(name: str, rows: list[GraphRow]) -> str:
    """One picture: the screen on the left, its questions in the middle, what they decide on the right."""
    height = HEAD + ROW * max(1, len(rows))
    middle = height / 2
    title = escape(shortened(name, 20))
    parts = [f'<text class="screen" x="{LEFT}" y="{middle + 5:g}">{title}</text>']
    for number, row in enumerate(rows):
        parts += _row(row, HEAD / 2 + ROW * (number + 0.5), middle)
    label = escape(f"{name}: {len(rows)} questions and what they decide")
    return (
        f'<svg class="graph" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{label}">'
        + "".join(parts)
        + "</svg>"
    )


def _row(row: GraphRow, y: float, middle: float) -> list[str]:
    start = MIDDLE - 50
    bend = f"M{start} {middle:g}C{start + 24} {middle:g} {start + 16} {y:g} {MIDDLE - 6} {y:g}"
    question = shortened(row.question, 32)
    leader = f"M{MIDDLE + LETTER * len(question) + 8:g} {y:g}H{RIGHT - 8}"
    outcome = "outcome urgent" if row.urgent else "outcome"
    return [
        f'<path class="way" d="{bend}"/>',
        f'<text class="question" x="{MIDDLE}" y="{y + 4:g}">{escape(question)}</text>',
        f'<path class="way leader" d="{leader}"/>',
        f'<text class="{outcome}" x="{RIGHT}" y="{y + 4:g}">{escape(shortened(row.decides, 48))}</text>',
    ]


def shortened(text: str, longest: int) -> str:
    """The text, cut with an ellipsis when it would not fit."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
