"""Readable: what of an earlier answer table this knowledge can still read, and what has to be set aside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from weaklink.case.case_file import READERS, CaseError, read_given
from weaklink.case.values import Table
from weaklink.library.reading import Library

NO = "no"
# What says nothing about danger: all else may have, so what was denied before is asked once more.
WEEK = ("equipment", "owns", "lifts", "minutes", "days", "hard_runs", "wish", "routine", "prescribed")
HARMLESS = frozenset({*WEEK, "story", "country"})
ENTRY_BY_ENTRY = frozenset({"answers", "tests"})


class Readable(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a table that `read_given` takes, and by key what it does not: {"answers.old-id": "yes"}."""

    table: Table
    aside: dict[str, Any] = {}


def readable(found: Any, library: Library) -> Readable:
    """What can be read of a table in the shape of a case file's [given]. Nothing is guessed.

    What was said about danger never becomes less by it: where something that may have been a danger sign
    cannot be read, every danger sign that was denied counts as not asked. A place or a pain number that
    cannot be read takes the others with it, so that both are asked again.
    """
    if not isinstance(found, dict):
        return Readable(table={}, aside={"": found} if found else {})
    if _reads(found, library):
        return Readable(table=found)
    table, aside = dict(found), {}
    for key, value in found.items():
        kept, refused = _sieved(key, value, library)
        aside.update(refused)
        if refused and kept is None:
            del table[key]
        elif refused:
            table[key] = kept
    if any(_may_be_danger(key, value) for key, value in aside.items()):
        table = asking_again(table, library)
    return Readable(table=table, aside=aside)


def _reads(table: Table, library: Library) -> bool:
    """Whether all of it can be read; an age that was not said yet is no fault."""
    try:
        read_given({"age": 30, **table}, library, assume_unanswered_no=False)
    except CaseError:
        return False
    return True


def _sieved(key: str, value: Any, library: Library) -> tuple[Any, dict[str, Any]]:
    """What of one key can be read, None where nothing can; and by its own key what cannot."""
    reader = READERS.get(key)
    if reader is None:
        return None, {key: value}
    if _takes(key, value, library):
        return value, {}
    if key not in ENTRY_BY_ENTRY or not isinstance(value, dict):
        return None, {key: value}
    refused = {f"{key}.{name}": one for name, one in value.items() if not _takes(key, {name: one}, library)}
    return {name: one for name, one in value.items() if f"{key}.{name}" not in refused}, refused


def _takes(key: str, value: Any, library: Library) -> bool:
    try:
        READERS[key](f"given.{key}", value, library)
    except CaseError:
        return False
    return True


def _may_be_danger(key: str, value: Any) -> bool:
    first, _, name = key.partition(".")
    return first not in HARMLESS and not (first == "answers" and name and value == NO)


def asking_again(table: Table, library: Library) -> Table:
    """The same without the danger signs that were denied: nobody knows what they were denied beside."""
    said: Mapping[str, Any] = table.get("answers", {})
    return {**table, "answers": dict(_but_denied(said, library))} if said else table


def _but_denied(said: Mapping[str, Any], library: Library) -> Iterator[tuple[str, Any]]:
    for name, value in said.items():
        if value != NO or name not in library.red_flags:
            yield name, value
