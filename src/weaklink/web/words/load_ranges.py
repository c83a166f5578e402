"""Ranges of change as a page shows them: whole percent, times, the span of a bar, the shade of a muscle."""

from __future__ import annotations

import math
from collections.abc import Sequence

from weaklink.mechanics.redistribution import Change

# Changes below this are called the same, and above the second one they are told as "times" (our choice).
NOTABLE = 5
DOUBLE = 50
# The range bar shows -60 % to +180 %; beyond, the span runs into the edge.
BAR_LOW, BAR_HIGH, BAR_WIDTH, BAR_MARGIN = -0.6, 1.8, 400.0, 3.0


def percent(change: float) -> int:
    """A change as whole percent, halves up as in the browser."""
    return math.floor(change * 100 + 0.5)


def times(change: float) -> str:
    """A change as how many times, one digit."""
    return f"{math.floor((1 + change) * 10 + 0.5) / 10:.1f}"


def rises(change: Change) -> bool:
    """Whether something works notably more in most of its range."""
    if change.low is None or change.high is None:
        return False
    return change.high + change.low > 0 and percent(change.high) >= NOTABLE


def lit(changes: Sequence[Change]) -> dict[str, float]:
    """How clearly each thing that rises in every variant is drawn; by the least it rises."""
    return {
        change.id: round(min(1.0, math.sqrt(change.low)), 3)
        for change in changes
        if change.low is not None and percent(change.low) >= NOTABLE
    }


def bar_place(change: float) -> float:
    """Where a change stands on the bar."""
    share = (min(max(change, BAR_LOW), BAR_HIGH) - BAR_LOW) / (BAR_HIGH - BAR_LOW)
    return BAR_MARGIN + share * (BAR_WIDTH - 2 * BAR_MARGIN)


def bar(low: float | None, high: float | None) -> str:
    """The span of a range as path data; at least one unit wide, so that it is seen."""
    if low is None or high is None:
        return ""
    begin, end = bar_place(low), bar_place(high)
    return f"M{begin:.1f} 12H{max(begin + 1, end):.1f}"
