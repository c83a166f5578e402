"""Wording: a message of the reasoning as one sentence in a language. Used at the rim only."""

from __future__ import annotations

import functools
import string
from collections.abc import Mapping
from typing import Any

from weaklink.library.language.language_folders import ENGLISH
from weaklink.library.language.measures import UNITS, Measures
from weaklink.library.language.sentences import Plural, Sentence, sentences_of
from weaklink.library.reading import Library, shipped_library
from weaklink.library.records import Exercise, Record
from weaklink.quantities import Message, WeaklinkError

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
    "gate": "gates",
    "programme": "programmes",
    "question": "questions",
    "questionnaire": "questionnaires",
    "site": "regions",
    "test": "clinical_tests",
}

# A value under one of these names a part of a programme: its id, "/", and a phase's id or a line's place.
OF_PROGRAMMES = frozenset({"phase", "taught"})


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
    """The name a runner reads: the first common name, else the field's name.

    A translation that says the name but no common names has none: see `language.texts.laid_over`.
    """
    # A move is called by its name, so that a plan and its reasons say the same.
    common: list[str] = [] if isinstance(record, Exercise) else getattr(record, "common_names", [])
    return common[0] if common else str(getattr(record, "name", record.id))


class Wording:
    """Sentences of one language for messages about one library; with its numbers, units and plurals."""

    def __init__(
        self,
        catalogue: Mapping[str, Sentence],
        library: Library,
        *,
        miles: bool = False,
        pounds: bool | None = None,
        language: str = ENGLISH,
    ) -> None:
        self._catalogue = catalogue
        self._library = library
        self.measures = Measures(language, miles=miles, pounds=pounds)
        self._filling = _Filling(self.measures)

    def say(self, message: Message) -> str:
        """The sentence of a message.

        Raises: UnknownMessageError if the catalogue has no such id.
        """
        found = self._catalogue.get(message.id)
        if found is None:
            raise UnknownMessageError(f'no sentence for message "{message.id}"')
        values = {key: self._spoken(key, value) for key, value in message.values.items()}
        if "unit" in values:  # of the value beside it
            values["unit"] = self.unit(str(message.values["unit"]), message.values.get("value"))
        sentence = self._filled(found, values)
        return sentence[:1].upper() + sentence[1:]

    def word(self, key: str, **values: object) -> str:
        """A word or phrase, e.g. "word.left"; with values, its places filled."""
        found = self._catalogue.get(key, key)
        if values:
            return self._filled(found, values)
        return found if isinstance(found, str) else found.other

    def template(self, key: str) -> Sentence:
        """The same before anything is filled in, for a browser that does it itself."""
        return self._catalogue.get(key, key)

    def unit(self, unit: str, number: object = None) -> str:
        """A unit as it is said, e.g. "reps", or "rep" after 1; a symbol is the same in every language."""
        found = self._catalogue.get(f"word.{unit}", unit)
        return found if isinstance(found, str) else self._form(found, number)

    def amount(self, value: float, said_as: str) -> str:
        """A value with its unit, e.g. 5 km as a "distance" in the runner's own unit; see `UNITS`."""
        return self.measures.unit(value, said_as)

    def number(self, value: float) -> str:
        """A number as it is written: "4.5" or "4,5"."""
        return self.measures.number(value)

    def _of_programme(self, key: str, value: str) -> str:
        """The name of a phase, or what a programme teaches; as it stands where the library has none such."""
        name, _, part = value.partition("/")
        programme = self._library.programmes.get(name)
        if programme is None:
            return value
        if part == "evidence":
            return programme.evidence
        if key == "taught":
            return (
                programme.teaches[int(part)] if part.isdigit() and int(part) < len(programme.teaches) else ""
            )
        return next((phase.name for phase in programme.phases if phase.id == part), part.replace("-", " "))

    def _filled(self, sentence: Sentence, values: Mapping[str, object]) -> str:
        text = sentence if isinstance(sentence, str) else self._form(sentence, values.get(sentence.by))
        return self._filling.vformat(text, (), values)

    def _form(self, sentence: Plural, number: object) -> str:
        return sentence.forms.get(self.measures.plural(number), sentence.other)

    def _spoken(self, key: str, value: str | int | float) -> object:
        kind = KIND_OF_VALUE.get(key.rstrip("0123456789"))
        if kind is not None:
            record = getattr(self._library, kind).get(value)
            return Spoken(record) if record is not None else str(value).replace("-", " ")
        if key in OF_PROGRAMMES:
            return self._of_programme(key, str(value))
        return self.word(f"word.{value}") if f"word.{value}" in self._catalogue else value


class _Filling(string.Formatter):
    """Fills the places of a sentence: numbers and units as the language writes them."""

    def __init__(self, measures: Measures) -> None:
        self._measures = measures

    def format_field(self, value: Any, format_spec: str) -> str:
        """A value as it is said; `format_spec` is empty or one of `UNITS`."""
        if isinstance(value, int | float):
            return self._measures.unit(value, format_spec) if format_spec else self._measures.number(value)
        return str(value) if format_spec in UNITS else format(value, format_spec)


def catalogue(language: str = ENGLISH) -> Mapping[str, Sentence]:
    """All sentences of a language, the English one where there is none."""
    return sentences_of(language).found


@functools.cache
def shipped_wording(language: str = ENGLISH, *, miles: bool = False, pounds: bool | None = None) -> Wording:
    """The sentences that come with weaklink, for the library that comes with it."""
    library = shipped_library(language)
    return Wording(catalogue(language), library, miles=miles, pounds=pounds, language=language)
