"""Sentences: the messages of a language from its TOML files, each checked against the English one.

A sentence is text with places, "Up to {km:distance}.", or a table of its plural forms:
`{ by = "count", one = "{count} session", other = "{count} sessions" }`.
What cannot be used is a fault, and English is said in its place.
"""

from __future__ import annotations

import difflib
import functools
import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import tomli as tomllib  # the compiled parser reads the knowledge three times as fast

from weaklink.library.fault import Fault
from weaklink.library.language.language_folders import ENGLISH, messages_folder
from weaklink.library.language.measures import UNITS
from weaklink.quantities import WeaklinkError

CATEGORIES = ("zero", "one", "two", "few", "many", "other")


class SentenceError(WeaklinkError):
    """An English sentence that cannot be used; the message names file, id and what is wrong."""


class Plural(msgspec.Struct, frozen=True):
    """A sentence in its plural forms, by the category of the number in the place `by`."""

    by: str
    forms: Mapping[str, str]  # CLDR category → sentence; "other" is always there

    @property
    def other(self) -> str:
        """The form for most numbers."""
        return self.forms["other"]


Sentence = str | Plural


class Sentences(msgspec.Struct, frozen=True):
    """All sentences of a language, English where one is missing or at fault, and the faults."""

    found: Mapping[str, Sentence]
    own: frozenset[str]  # ids that the language says itself
    faults: tuple[Fault, ...] = ()


class Place(NamedTuple):
    """A place for a value: its name and the format asked for."""

    name: str
    said_as: str


@functools.cache
def sentences_of(language: str) -> Sentences:
    """The sentences of every file in `locale/<language>/messages`.

    Raises: SentenceError for a fault in English, which nothing could stand in for.
    """
    english = sentences_of(ENGLISH) if language != ENGLISH else None
    found: dict[str, Sentence] = dict(english.found) if english else {}
    own, faults = set(), []
    for path in sorted(messages_folder(language).glob("*.toml")):
        file = f"locale/{language}/messages/{path.name}"
        table, fault = _read(path, file)
        faults += [fault] if fault else []
        for key, value in table.items():
            wrong = _wrong(key, value, english, language)
            if wrong:
                faults.append(Fault(file, key, wrong))
            else:
                found[key] = _sentence(value)
                own.add(key)
    if faults and english is None:
        raise SentenceError(str(faults[0]))
    return Sentences(found, frozenset(own), tuple(faults))


def _read(path: Path, file: str) -> tuple[dict[str, Any], Fault | None]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")), None
    except (ValueError, RecursionError, OSError) as error:
        return {}, Fault(file, "file", f"cannot be read, so all of it stays English: {error}")


def _sentence(value: Any) -> Sentence:
    if isinstance(value, str):
        return value
    return Plural(value["by"], {key: form for key, form in value.items() if key != "by"})


def _wrong(key: str, value: Any, english: Sentences | None, language: str) -> str:
    """What is wrong with a sentence; empty when it can be used."""
    wrong = next(_shape_faults(value), "")
    if wrong or english is None or key == f"language.{language}":
        return wrong
    known = english.found.get(key)
    if known is None:
        close = difflib.get_close_matches(key, english.found, n=1, cutoff=0.6)
        return f"is no sentence of ours; nearest: {close[0]}" if close else "is no sentence of ours"
    return next(_place_faults(_sentence(value), known), "")


def _shape_faults(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        if not isinstance(value.get("by"), str):
            yield 'has plural forms but no by; expected the name of the counted place, e.g. by = "count"'
        if "other" not in value:
            yield "has plural forms but no other, the form for most numbers"
        for category in value:
            if category not in (*CATEGORIES, "by"):
                yield f'has a form "{category}"; expected {", ".join(CATEGORIES)}'
    texts = list(value.values()) if isinstance(value, Mapping) else [value]
    for text in texts:
        if not isinstance(text, str):
            yield f"is {text!r}; expected a text or a table of plural forms"
        else:
            yield from _format_faults(text)


def _format_faults(text: str) -> Iterator[str]:
    try:
        found = places_in(text)
    except ValueError as error:
        yield f"has a broken place: {error}; a place reads {{name}} or {{name:format}}"
        return
    for place in found:
        if place.said_as and place.said_as not in UNITS:
            yield f"{{{place.name}:{place.said_as}}} has an unknown format; known: {', '.join(UNITS)}"


def _place_faults(sentence: Sentence, english: Sentence) -> Iterator[str]:
    """Places a translation makes up or leaves out; a plural form need not repeat the number it is of."""
    wanted = set.intersection(*(_names(text) for text in texts_of(english)))
    allowed = {name for text in texts_of(english) for name in _names(text)}
    allowed |= {english.by} if isinstance(english, Plural) else set()
    shown = ", ".join(sorted(allowed)) or "it has none"
    counted = sentence.by if isinstance(sentence, Plural) else ""
    if counted and counted not in allowed:
        yield f'by = "{counted}" is no place of the English sentence: {shown}'
    for text in texts_of(sentence):
        for name in sorted(_names(text) - allowed):
            yield f"{{{name}}} is no place of the English sentence: {shown}"
        for name in sorted(wanted - _names(text) - {counted}):
            yield f"leaves out {{{name}}}, which the English sentence says"


def texts_of(sentence: Sentence) -> tuple[str, ...]:
    """The text of a sentence, or its plural forms."""
    return (sentence,) if isinstance(sentence, str) else tuple(sentence.forms.values())


def _names(text: str) -> set[str]:
    return {place.name for place in places_in(text)}


def places_in(text: str) -> list[Place]:
    """The places of a sentence, in order.

    Raises: ValueError for a brace that opens or closes nothing, or a conversion such as {name!r}.
    """
    found = []
    for _, name, said_as, conversion in string.Formatter().parse(text):
        if name is None:
            continue
        if not name or conversion or not name.replace(".", "").replace("_", "").isalnum():
            raise ValueError(f'"{{{name}}}" is no name')
        found.append(Place(name, said_as or ""))
    return found
