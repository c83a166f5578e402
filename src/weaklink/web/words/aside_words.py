"""Aside words: answers that can no longer be read, in a few plain words each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from weaklink.care.as_read import DIARY
from weaklink.library.reading import Library
from weaklink.library.wording import Wording

MOST_LINES = 5
LONGEST = 60
PAGES = {
    "who": ("age", "sex", "level", "km_per_week", "since_days"),
    "where": ("pain_at", "story"),
    "pain": ("pain", "pain_at_start"),
}


def aside_words(aside: Mapping[str, Any], library: Library, wording: Wording) -> list[str]:
    """A line for each, the first few of them."""
    lines = [_line(key, value, library, wording) for key, value in aside.items()]
    return [line for line in dict.fromkeys(lines) if line][:MOST_LINES]


def _line(key: str, value: Any, library: Library, wording: Wording) -> str:
    first, _, name = key.partition(".")
    if first == DIARY:
        return wording.word("nav.diary")
    if name:
        said = f": {value}" if isinstance(value, str) and value else ""
        return _short(_named(first, name, library) + said)
    page = next((page for page, keys in PAGES.items() if key in keys), "")
    return wording.word(f"answers.{page}") if page else _short(_plain(key))


def _named(kind: str, name: str, library: Library) -> str:
    """What a question or a test is called; one that nobody knows any more by its id."""
    question, test = library.questions.get(name), library.clinical_tests.get(name)
    if kind == "answers" and question is not None:
        return question.text
    if kind == "tests" and test is not None:
        return test.name
    return _plain(name)


def _plain(name: str) -> str:
    return "".join(
        letter if letter.isprintable() else " " for letter in name.replace("-", " ").replace("_", " ")
    )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
