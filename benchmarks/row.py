"""A row: one figure, what we reach, what it is held against, and the ratio."""

from __future__ import annotations

from typing import Literal, NamedTuple

HEAD = "| figure | ours | held against | ratio |\n|---|---|---|---|"


class Row(NamedTuple):
    """One figure. `other` is a target or a peer's figure from the same run, in the same unit."""

    figure: str
    ours: float
    unit: str
    against: str
    other: float
    better: Literal["lower", "higher"] = "lower"

    @property
    def ratio(self) -> float:
        """How many times better than the other; 1 or more means reached."""
        good, bad = (self.other, self.ours) if self.better == "lower" else (self.ours, self.other)
        return good / bad if bad else float("inf")

    def line(self) -> str:
        """The row in Markdown."""
        word = "reached" if self.ratio >= 1 else "missed"
        if not self.against.startswith("target"):
            word = "better" if self.ratio >= 1 else "worse"
        sign = "" if not self.against.startswith("target") else "≤ " if self.better == "lower" else "≥ "
        held = f"{self.against} {sign}{number(self.other)} {self.unit}"
        return f"| {self.figure} | {number(self.ours)} {self.unit} | {held} | {number(self.ratio)}, {word} |"


class Plain(NamedTuple):
    """A figure that is worth knowing and is held against nothing."""

    figure: str
    ours: float
    unit: str

    def line(self) -> str:
        """The row in Markdown."""
        return f"| {self.figure} | {number(self.ours)} {self.unit} | – | – |"


class Missing(NamedTuple):
    """A figure that could not be measured here, and why."""

    figure: str
    why: str

    def line(self) -> str:
        """The row in Markdown; never silent."""
        return f"| {self.figure} | **not measured here** | {' '.join(self.why.split())} | – |"


def number(value: float) -> str:
    """Three digits that count."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 1 else f"{value:.2g}"


def percentile(values: list[float], part: float) -> float:
    """The value below which the given part lies, by nearest rank."""
    ranked = sorted(values)
    return ranked[min(int(part * len(ranked)), len(ranked) - 1)]
