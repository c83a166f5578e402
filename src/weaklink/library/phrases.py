"""Phrases: what the product never says, and jargon no runner reads. Phrases, not words, are forbidden."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from weaklink.library.fault import Fault
from weaklink.library.language.sentences import Sentence, texts_of
from weaklink.library.reading import Library
from weaklink.library.records import Record

# "Other causes" is a noun and allowed; "weak hips cause pain" in any form is a claim nobody has shown.
NOUN_BEFORE = (
    r"(?<!other )(?<!common )(?<!possible )(?<!serious )(?<!the )(?<!these )(?<!frequent )(?<!rare )"
)
FORBIDDEN: tuple[tuple[str, str], ...] = (
    (r"\byour diagnosis\b", "say what a professional might check"),
    (rf"{NOUN_BEFORE}\bcauses\b(?! of\b)", 'say "often goes with" or "may"'),
    (r"\b(is|are) causing\b", 'say "often goes with" or "may"'),
    (r"\bwill prevent\b", "say what the trials found"),
    (r"\bwe fix\b", "say what is trained"),
    (r"\bmuscle imbalance proved\b", "nothing of the kind was proved"),
    (r"\bnot firing\b", "muscles do not fire or fail to"),
    (r"\boops\b", "say what happened"),
    (r"!", "end the sentence with a full stop"),
)
# What belongs to those who write and measure; a runner reads it in plain words. Capitals count here.
JARGON: tuple[tuple[str, str], ...] = (
    (r"%\s?BW\b", 'say "of body weight"'),
    (r"\b[rp] ?[=<] ?-?0?\.\d", "say in words how close or how sure it is"),
    (r"\b(RIR|RCT|MDC|MCID|ICC|AUC|SMD|ROM)s?\b", "say it in words"),
    (r"\b(contra|ipsi)lateral\b", "say the other side or the same side"),
    (r"\b[Aa]rticles? (A\+B|[AB])(?!\w)", "say what the article is"),
    (r"\bthis-hurts\b", 'an id is no word; say "this hurts"'),
    (r"\b1 (repetitions|sets|seconds|minutes|weeks|days)\b", "one is not many"),
)
NOT_SENTENCES = frozenset({"id", "citation", "doi", "url", "cite", "uberon", "fma", "icd10cm"})


def forbidden_in(text: str, condition_names: frozenset[str] = frozenset()) -> Iterator[str]:
    """What is wrong with a text: each forbidden phrase or jargon found, with what to say instead."""
    yield from jargon_in(text)
    lowered = text.lower()
    for pattern, instead in FORBIDDEN:
        found = re.search(pattern, lowered)
        if found:
            yield f'"{found.group(0).strip()}" is never said; {instead}'
    for said in re.finditer(r"(?<!do )(?<!if )\byou have (?:an? |the )?([a-z' -]+)", lowered):
        name = next((name for name in condition_names if said.group(1).startswith(name)), None)
        if name is not None:
            yield f'"you have {name}" is never said; say "often called {name}"'


def jargon_in(text: str) -> Iterator[str]:
    """What a runner would not understand in a text: each such word, with what to say instead."""
    for pattern, instead in JARGON:
        found = re.search(pattern, text)
        if found:
            yield f'"{found.group(0)}" is never shown to a runner; {instead}'


def condition_names(library: Library) -> frozenset[str]:
    """The names of all conditions, lower case, as a sentence might hold them."""
    return frozenset(
        name.lower()
        for condition in library.conditions.values()
        for name in (condition.name, *condition.common_names)
    )


def texts(value: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a record, with the field it stands in."""
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            if key not in NOT_SENTENCES:
                yield from texts(part, f"{field}.{key}" if field else str(key))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts(part, field)


def phrase_problems(file: str, record: Record, names: frozenset[str]) -> Iterator[Fault]:
    """The forbidden phrases in one record."""
    for field, text in texts(msgspec.to_builtins(record)):
        for message in forbidden_in(text, names):
            yield Fault(file, field, message)


def catalogue_problems(catalogue: Mapping[str, Sentence], library: Library) -> tuple[Fault, ...]:
    """The forbidden phrases in the sentences of a language."""
    names = condition_names(library)
    return tuple(
        Fault("locale", message_id, problem)
        for message_id, sentence in sorted(catalogue.items())
        for text in texts_of(sentence)
        for problem in forbidden_in(text, names)
    )
