"""Weights as people write them: "2, 4, 6", "2-24", "12,5"; read into kilograms, and shown again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from weaklink.case.load import MOST_KG, MarkedIn, OwnedKind, as_kg
from weaklink.case.values import MAX_LIST
from weaklink.library.language.measures import Measures
from weaklink.quantities import KG_PER_POUND, WeaklinkError

LEAST_KG = 0.5
DASHES = re.compile(r"\s*[-\N{EN DASH}\N{EM DASH}]\s*")
UNIT = re.compile(r"(?<=\d)\s*(kg|lbs?)\b", re.IGNORECASE)
# What such a thing usually steps by from one weight to the next, in kilograms and in pounds. Design.
STEPS: dict[OwnedKind, dict[MarkedIn, float]] = {
    "dumbbell": {"kg": 2, "lb": 5},
    "dumbbell-pair": {"kg": 2, "lb": 5},
    "kettlebell": {"kg": 4, "lb": 9},
    "ankle-weight": {"kg": 0.5, "lb": 1},
}
FEWEST_IN_A_ROW = 4  # from so many on, equal steps are shown as "2-24"


class WeightsTextError(WeaklinkError):
    """A text that names no weights."""


def kg_of(number: float, unit: MarkedIn) -> float:
    """What a number in a unit is in kilograms, as it is kept."""
    return as_kg(number) if unit == "lb" else round(number, 2)


def number_in(kg: float, unit: MarkedIn) -> float:
    """The same the other way: pounds to a tenth, kilograms to ten grams."""
    return round(kg / KG_PER_POUND, 1) if unit == "lb" else round(kg, 2)


def read_weights(text: str, kind: OwnedKind, unit: MarkedIn, measures: Measures) -> tuple[float, ...]:
    """The kilograms a text names, lightest first; none for an empty one.

    Of a range of things there is one of each step; of what is filled up the most counts, so its end does.

    Raises: WeightsTextError for what is no weight, or too many of them.
    """
    numbers = sorted({one for part in _parts(text, measures) for one in _numbers(part, kind, unit)})
    kg = tuple(kg_of(number, unit) for number in numbers)
    if len(kg) > MAX_LIST or any(not LEAST_KG <= one <= MOST_KG for one in kg):
        raise WeightsTextError(text)
    return kg


def _parts(text: str, measures: Measures) -> list[str]:
    """What stands between commas, semicolons and spaces; a comma inside may be this language's point."""
    plain = UNIT.sub(" ", DASHES.sub("-", text))
    if measures.decimal == ",":
        words = [word.strip(",") for word in re.split(r"[;\s]+", plain)]
        return [part for word in words for part in _of_commas(word) if part]
    return [part for part in re.split(r"[;,\s]+", plain) if part]


def _of_commas(word: str) -> list[str]:
    """One comma is a point; several part a list."""
    return word.split(",") if word.count(",") > 1 else [word.replace(",", ".")]


def _numbers(part: str, kind: OwnedKind, unit: MarkedIn) -> Iterator[float]:
    low, dash, high = part.partition("-")
    if not dash:
        yield _number(part)
        return
    first, last = _number(low), _number(high)
    if kind not in STEPS:
        yield last
        return
    row = _row(first, last, STEPS[kind][unit])
    if not row:
        raise WeightsTextError(part)
    yield from row


def _row(first: float, last: float, step: float) -> list[float]:
    """The weights from one to another, both among them; none where that is no row, or too long a one."""
    if not 0 < first < last < first + (MAX_LIST - 1) * step:
        return []
    return sorted({*(first + number * step for number in range(int((last - first) / step) + 1)), last})


def _number(text: str) -> float:
    if not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,3})?", text):
        raise WeightsTextError(text)
    return float(text)


def weights_text(kg: Sequence[float], kind: OwnedKind, unit: MarkedIn, measures: Measures) -> str:
    """Weights as their owner may have written them."""
    numbers = [number_in(one, unit) for one in sorted(kg)]
    said = [f"{one:.6g}".replace(".", measures.decimal) for one in numbers]
    in_a_row = len(said) >= FEWEST_IN_A_ROW and kind in STEPS
    if in_a_row and numbers == _row(numbers[0], numbers[-1], STEPS[kind][unit]):
        return f"{said[0]}-{said[-1]}"
    return (", " if measures.decimal == "." else "; ").join(said)
