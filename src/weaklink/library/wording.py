"""Wording: a message of the reasoning as one sentence in a language. Used at the rim only."""

from __future__ import annotations

import functools
import string
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli as tomllib  # the compiled parser reads the knowledge three times as fast

from weaklink.library.reading import Library, shipped_library
from weaklink.library.records import Exercise, Record
from weaklink.quantities import KM_PER_MILE, Message, WeaklinkError

LOCALE = Path(__file__).resolve().parent.parent / "locale"

# A value under one of these keys is an id; the sentence shows the record's spoken name, or a field of it
# by "{flag.because}".
KIND_OF_VALUE = {
    "area": "areas",
    "condition": "conditions",
    "dose": "doses",
    "exercise": "exercises",
    "fact": "facts",
    "flag": "red_flags",
    "guard": "guards",
    "link": "weak_links",
    "muscle": "muscles",
    "programme": "programmes",
    "question": "questions",
    "questionnaire": "questionnaires",
    "site": "regions",
    "test": "clinical_tests",
}

# Values under these keys are kilometres. A sentence about them has a twin in miles, "<id>.mi".
DISTANCES = ("km", "longest")


class UnknownMessageError(WeaklinkError):
    """A message id without a sentence in the catalogue."""


class Spoken:
    """A record as it appears inside a sentence: its common name, or one of its fields."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def __str__(self) -> str:
        return spoken_name(self._record)

    def __getattr__(self, field: str) -> Any:
        return getattr(self._record, field)


def spoken_name(record: Record) -> str:
    """The name a runner reads: the first common name, else the field's name."""
    # A move is called by its name, so that a plan and its reasons say the same.
    common: list[str] = [] if isinstance(record, Exercise) else getattr(record, "common_names", [])
    return common[0] if common else str(getattr(record, "name", record.id))


class Wording:
    """Sentences of one language for messages about one library; distances in km or miles."""

    def __init__(self, catalogue: Mapping[str, str], library: Library, *, miles: bool = False) -> None:
        self._catalogue = catalogue
        self._library = library
        self._miles = miles

    def say(self, message: Message) -> str:
        """The sentence of a message.

        Raises: UnknownMessageError if the catalogue has no such id.
        """
        in_miles = self._catalogue.get(f"{message.id}.mi") if self._miles else None
        template = in_miles or self._catalogue.get(message.id)
        if template is None:
            raise UnknownMessageError(f'no sentence for message "{message.id}"')
        found = message.values if in_miles is None else _with_miles(message.values)
        values = {key: self._spoken(key, value) for key, value in found.items()}
        sentence = string.Formatter().vformat(template, (), values)
        return sentence[:1].upper() + sentence[1:]

    def word(self, key: str) -> str:
        """A single word or phrase, e.g. "word.left"."""
        return self._catalogue.get(key, key)

    def unit(self, unit: str) -> str:
        """A unit as it is said, e.g. "reps"; a symbol is the same in every language."""
        return self._catalogue.get(f"word.{unit}", unit)

    def _spoken(self, key: str, value: str | int | float) -> object:
        kind = KIND_OF_VALUE.get(key.rstrip("0123456789"))
        if kind is not None:
            record = getattr(self._library, kind).get(value)
            return Spoken(record) if record is not None else str(value).replace("-", " ")
        if isinstance(value, str):
            return self._catalogue.get(f"word.{value}", value)
        return f"{value:g}" if isinstance(value, float) else value


def _with_miles(values: Mapping[str, str | int | float]) -> dict[str, str | int | float]:
    return {
        key: round(value / KM_PER_MILE, 1) if key in DISTANCES and not isinstance(value, str) else value
        for key, value in values.items()
    }


@functools.cache
def catalogue(language: str = "en") -> dict[str, str]:
    """All sentences of a language: every file in `locale/<language>/messages`, else the English one."""
    sentences: dict[str, str] = {} if language == "en" else dict(catalogue("en"))
    for path in sorted((LOCALE / language / "messages").glob("*.toml")):
        sentences.update(tomllib.loads(path.read_text(encoding="utf-8")))
    return sentences


@functools.cache
def shipped_wording(language: str = "en", *, miles: bool = False) -> Wording:
    """The sentences that come with weaklink, for the library that comes with it."""
    return Wording(catalogue(language), shipped_library(language), miles=miles)
