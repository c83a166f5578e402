"""Faults: everything in a language that cannot be used, so that English is said in its place."""

from __future__ import annotations

from weaklink.library.fault import Fault
from weaklink.library.language.language_folders import ENGLISH, languages
from weaklink.library.language.pages import page_words
from weaklink.library.language.sentences import sentences_of
from weaklink.library.reading import KNOWLEDGE, shipped_library


def language_faults(language: str) -> tuple[Fault, ...]:
    """The faults of one language: texts of records, sentences, words of the pages."""
    return (
        *shipped_library(language).faults,
        *sentences_of(language).faults,
        *page_words(language).faults,
    )


def all_faults() -> tuple[Fault, ...]:
    """The faults of every language there is a word of."""
    texts = {path.name for path in (KNOWLEDGE / "text").glob("*") if path.is_dir()}
    found = sorted({*languages(), *texts} - {ENGLISH})
    return tuple(fault for language in found for fault in language_faults(language))
