"""Pages: the words of the pages in a language, read from its .po file when they are first needed.

Nothing has to be compiled. A .mo file beside it is taken where it is newer. A sentence that cannot be used
is a fault, and English is said in its place.
"""

from __future__ import annotations

import functools
import gettext
import json
import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from weaklink.library.fault import Fault
from weaklink.library.language.language_folders import ENGLISH, page_file
from weaklink.library.language.measures import Measures, is_known

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

PLACE = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
MOST_OF_A_FORM = 200  # no language waits longer for a whole number of each of its plural forms
TAG = re.compile(r"</?[a-z]+[^>]*>")


class PageWords(msgspec.Struct, frozen=True):
    """The words of the pages, for the template engine, and the faults in them."""

    translations: gettext.NullTranslations
    faults: tuple[Fault, ...] = ()


@functools.cache
def page_words(language: str) -> PageWords:
    """The words of the pages in a language; English where there are none."""
    if language == ENGLISH:
        return PageWords(gettext.NullTranslations())
    source, compiled = page_file(language), page_file(language, "mo")
    if _is_newer(compiled, source):
        try:
            return PageWords(gettext.GNUTranslations(BytesIO(compiled.read_bytes())))
        except (OSError, ValueError, UnicodeError) as error:
            fault = Fault(name_of(language, "mo"), "file", f"cannot be read: {error}; compile it again")
            found = _from_source(source, language)
            return PageWords(found.translations, (fault, *found.faults))
    return _from_source(source, language)


def plural_forms(language: str, one: str, other: str, by: str = "n") -> str:
    """A sentence of a page in its plural forms, as JSON for a browser that fills it in.

    Args:
        by: the place of the number that decides.
    """
    said = page_words(language).translations.ngettext
    forms = {category: said(one, other, number) for category, number in _examples(language).items()}
    return json.dumps({**forms, "by": by}, ensure_ascii=False)


@functools.cache
def _examples(language: str) -> dict[str, int]:
    """The smallest whole number of each plural category of a language, and one of "other"."""
    measures = Measures(language)
    found = {measures.plural(number): number for number in range(MOST_OF_A_FORM, -1, -1)}
    return {"other": found.get("other", MOST_OF_A_FORM), **found}


def _is_newer(compiled: Path, source: Path) -> bool:
    if not compiled.is_file():
        return False
    return not source.is_file() or compiled.stat().st_mtime > source.stat().st_mtime


def _from_source(source: Path, language: str) -> PageWords:
    if not source.is_file():
        return PageWords(gettext.NullTranslations())
    from babel.messages.pofile import PoFileError

    try:
        compiled, faults = compiled_words(read_catalogue(source, language), language)
        return PageWords(gettext.GNUTranslations(BytesIO(compiled)), faults)
    except (PoFileError, OSError, ValueError, LookupError) as error:
        wrong = f"cannot be read, so all of it stays English: {error}"
        return PageWords(gettext.NullTranslations(), (Fault(name_of(language), "file", wrong),))


def name_of(language: str, ending: str = "po") -> str:
    """The file of a language's words as it is shown."""
    return f"locale/{language}/LC_MESSAGES/weaklink.{ending}"


def read_catalogue(source: Path, language: str) -> Catalog:
    """What stands in a .po file.

    Raises: PoFileError, ValueError or OSError when it cannot be read.
    """
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        locale = language.replace("-", "_") if is_known(language) else None
        return read_po(file, locale=locale, abort_invalid=True)


def compiled_words(catalogue: Catalog, language: str) -> tuple[bytes, tuple[Fault, ...]]:
    """A catalogue without its faulty sentences, compiled as gettext reads it; and the faults."""
    from babel.messages.mofile import write_mo

    faults = []
    for message in catalogue:
        wrong = _wrong(message) if message.id and message.string else ""
        if wrong:
            faults.append(Fault(name_of(language), f"{_texts(message.id)[0]!r}", wrong))
            message.string = ""
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue(), tuple(faults)


def _wrong(message: Message) -> str:
    """What is wrong with a sentence; empty when a page can show it."""
    english, said = _texts(message.id), [text for text in _texts(message.string) if text]
    allowed = set().union(*(_places(text) for text in english))
    counted = COUNT if len(english) > 1 else set()
    wanted = _places(english[-1]) - counted
    tags = sorted(TAG.findall(english[-1]))
    for text in said:
        unknown, missing = sorted(_places(text) - allowed), sorted(wanted - _places(text))
        if unknown:
            return f"has {', '.join(unknown)}; the English one has {', '.join(sorted(allowed)) or 'no place'}"
        if missing:
            return f"leaves out {', '.join(missing)}"
        if "%" in PLACE.sub("", text).replace("%%", ""):
            return 'has a "%" that is no place; a percent sign is written %%'
        if sorted(TAG.findall(text)) != tags:
            return f"has other tags than the English one, which has {' '.join(tags) or 'none'}"
    return ""


# What a plural is chosen by: a form for one thing need not say "1".
COUNT = {"%(num)s", "%(num)d", "{n}"}


def _places(text: str) -> set[str]:
    return {found.group() for found in PLACE.finditer(text)}


def _texts(said: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said or ())
