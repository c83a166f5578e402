"""Forms: posted text as values, errors back beside their field, and how far the intake is."""

from __future__ import annotations

from typing import Any

from weaklink.case.case_file import CaseError
from weaklink.reasoning.intake import ASKED_BEFORE, AT_MOST, screens_answered
from weaklink.web.visit import Visit


def number_or_text(raw: object) -> Any:
    """A number where the text is one; else the text itself, so that the error can show what was found."""
    text = str(raw if raw is not None else "").strip().replace(",", ".")
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text


class Fields:
    """A case error as messages beside fields."""

    def __init__(self, error: CaseError) -> None:
        self._key, _, rest = str(error).partition(":")
        self._says = rest.strip()

    def errors(self, rename: dict[str, str] | None = None) -> dict[str, str]:
        """By the field's name: what was found and what would be right."""
        field = self._key.rsplit(".", 1)[-1]
        says = self._says[:1].upper() + self._says[1:]
        return {(rename or {}).get(field, field): says or "Please check this."}


def step_of(seen: Visit, page: str) -> dict[str, Any]:
    """Where in the intake a page stands, for the bar at its top."""
    first = {"who": 1, "where": 2}
    number = first.get(page) or _screens_before(seen) + 1
    return {"name": seen.wording.word(f"page.{page}"), "number": number, "most": max(number, AT_MOST)}


def _screens_before(seen: Visit) -> int:
    if seen.given is None:
        return 1
    pain = bool(seen.table.get("pain"))
    return ASKED_BEFORE + screens_answered(seen.given, seen.house.library) + pain
