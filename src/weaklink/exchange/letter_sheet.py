"""The referral letter on one page of PDF: why, what was told, what was done since. Never an exercise."""

from __future__ import annotations

from typing import Any

import msgspec

from weaklink.care.referral import Said
from weaklink.exchange.paper import Size, printed


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A heading and its lines; a line without a term runs over the whole width."""

    heading: str
    lines: tuple[Said, ...]


class PainChart(msgspec.Struct, frozen=True, kw_only=True):
    """The worst pain of each day, 0..10, None where nothing was said; what stands above and below it."""

    days: tuple[int | None, ...] = ()
    caption: str = ""
    first: str = ""
    last: str = ""


class LetterSheet(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that stands in the letter, in words. `name` "" leaves a line to write on."""

    title: str
    opening: tuple[str, ...]
    name: str
    name_label: str
    date: str
    language: str
    soon: str
    parts: tuple[Part, ...]
    notes: str
    foot: str
    pain: PainChart = PainChart()


def letter_sheet(letter: LetterSheet, size: Size = "a4") -> bytes:
    """The letter as PDF, always one page.

    Raises: NoPaperError if the extra `pdf` is not installed.
    """
    return printed("letter", _values(letter), size)


def _values(letter: LetterSheet) -> dict[str, Any]:
    parts = [
        {"heading": part.heading, "lines": [{"term": line.term, "says": line.says} for line in part.lines]}
        for part in letter.parts
        if part.lines
    ]
    return {
        "title": letter.title,
        "opening": letter.opening,
        "name": letter.name,
        "name-label": letter.name_label,
        "date": letter.date,
        "language": letter.language,
        "soon": letter.soon,
        "parts": parts,
        "pain": letter.pain.days,
        "chart": {
            "caption": letter.pain.caption,
            "first": letter.pain.first,
            "last": letter.pain.last,
        },
        "notes": letter.notes,
        "foot": letter.foot,
    }
