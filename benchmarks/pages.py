"""Where the figures are shown: the whole table in docs/figures.md, ten of its rows in the README."""

from __future__ import annotations

from pathlib import Path

from benchmarks.row import HEAD, Missing

WHOLE, FRONT = "docs/figures.md", "README.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
CHOSEN = (  # what somebody wants to know who has never started weaklink
    "clone to first page, pip, empty cache",
    "`make test` on a clean clone",
    "start to first page, installed",
    "memory after a plan, greedy planner",
    "whole assessment, p99",
    "plan, exact, solver started anew, p99",
    "answer kept and next question chosen, 16 connections",
    "cold first page, weight",
    "what-if slider move, 95 %",
    "plain JSON, 16 connections",
)


def chosen(table: list[str]) -> list[str]:
    """The ten rows with their head, in our order; one that was not measured says so."""
    rows = {name_of(line): line for line in reversed(table)}
    return [*HEAD.splitlines(), *(rows.get(name) or Missing(name, f"see {WHOLE}").line() for name in CHOSEN)]


def name_of(line: str) -> str:
    """The figure of a row."""
    return line.removeprefix("| ").partition(" | ")[0]


def missed(table: list[str]) -> str:
    """One sentence on how many rows of the whole table are reached or better, and the names of the others."""
    held = [line for line in table if line.endswith((", reached |", ", better |", ", missed |", ", worse |"))]
    bad = [name_of(line) for line in held if line.endswith((", missed |", ", worse |"))]
    return f"Of {len(held)} targets and comparisons {len(held) - len(bad)} are reached" + (
        f"; these are not: {'; '.join(bad)}." if bad else "."
    )


def between(page: str) -> str:
    """What stands between the marks of a page, without the empty lines around it."""
    return page.partition(BEGIN)[2].partition(END)[0].strip("\n")


def write(table: list[str], where: str, root: Path) -> None:
    """Put the table into its page, and its ten rows with what was missed into the README."""
    fill(root / WHOLE, [where, "", *table])
    fill(root / FRONT, [where, "", *chosen(table), "", missed(table)])


def fill(page: Path, lines: list[str]) -> None:
    """Put lines between the marks of a page."""
    text = page.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    page.write_text("\n".join([before + BEGIN, *lines, END]) + after, encoding="utf-8")
