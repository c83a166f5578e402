"""Emergency numbers: the number of a country, read from the knowledge."""

from __future__ import annotations

import datetime
import functools
import tomllib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from weaklink.library.reading import KNOWLEDGE, KnowledgeError
from weaklink.library.records import RecordPart
from weaklink.quantities import Mark
from weaklink.reader import Reader


class EmergencyNumbers(RecordPart, frozen=True, kw_only=True):
    """Numbers by country (ISO 3166 alpha-2, upper case), and the one where no country is listed."""

    mark: Mark
    last_checked: datetime.date
    default: str
    numbers: Mapping[str, str]

    def of(self, country: str) -> str:
        """The number to call in a country; the default where the country is empty or not listed."""
        return self.numbers.get(country.strip().upper(), self.default)

    def countries(self) -> tuple[str, ...]:
        """The countries that have a number of their own here."""
        return tuple(sorted(self.numbers))


NUMBERS = Reader(EmergencyNumbers)


def read_emergency_numbers(path: Path) -> EmergencyNumbers:
    """The numbers of one file.

    Raises: KnowledgeError naming file and field.
    """
    try:
        return NUMBERS.of(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise KnowledgeError(f"{path}: {error}") from error


@functools.cache
def shipped_emergency_numbers() -> EmergencyNumbers:
    """The numbers that come with weaklink, read once."""
    return read_emergency_numbers(KNOWLEDGE / "emergency-numbers.toml")
