"""Texts: what a translation says of a record, laid over the English one. Only text can be translated.

Ids, numbers and rules are the same in every language. A key that is none, or a value that is no text, is a
fault: that part of the record stays English.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli as tomllib  # the compiled parser reads the knowledge three times as fast

from weaklink.library.fault import Fault

READ_IN_PROGRAMMES = frozenset(
    {"alternative", "avoids", "begins", "course", "evidence", "opens", "refers", "teaches"}
)
# Fields that people read, in any record. Everything else is an id, a number or a name of the law.
READ = frozenset(
    {
        "about", "action", "against", "article_dose", "basis", "because", "behaviour", "cap",
        "chain", "cheats", "common_names", "counts", "cues", "disputed", "effect", "error", "heading", "help",
        "in_running", "level", "licence", "load", "loads", "location", "meanwhile", "name", "norms",
        "note", "often_called", "outlook", "position", "role", "running", "safety_net", "says",
        "see", "soon", "steps", "stop", "stop_if", "supports", "tell", "text", "tick", "title", "today_if",
        "treatment", "why",
    }
).union(READ_IN_PROGRAMMES)  # fmt: skip
# Parts of a record that hold such fields beside ids and numbers; a translation says the texts only.
PARTS = frozenset(
    {
        "any_of", "emg", "enter", "error", "gives", "helps", "later_in", "leave", "lesser", "matters",
        "milestones", "moves", "options", "own_dose", "parts", "phases", "predicts", "present", "skip_if",
        "sources", "upgrades", "widens",
    }
)  # fmt: skip
READ_IN_PART = {"emg": READ | {"muscle", "value"}}
TABLES_OF_TEXT = frozenset({"load_explained"})


def is_text(value: Any) -> bool:
    """Whether a value is a text or a list of texts."""
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(one, str) for one in value))


def read_texts(path: Path) -> tuple[Mapping[str, Any], str]:
    """The translated texts of one record, and what is wrong with the file; neither where there is none."""
    if not path.is_file():
        return {}, ""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")), ""
    except (ValueError, RecursionError, OSError) as error:
        return {}, f"cannot be read, so the record stays English: {error}"


def laid_over(
    english: Mapping[str, Any], said: Mapping[str, Any], fields: frozenset[str], file: str
) -> tuple[dict[str, Any], list[Fault]]:
    """The record's table with its texts in another language, and the faults.

    A name said in a language stands for the English everyday names, too: unless the language has everyday
    names of its own, there are none, so that the translated name is what a runner reads.
    """
    made, faults = _part_over(english, said, READ, fields, file)
    if "name" in said and "common_names" not in said and english.get("common_names"):
        made["common_names"] = []
    return made, faults


def _part_over(
    english: Mapping[str, Any],
    said: Mapping[str, Any],
    read: frozenset[str],
    fields: frozenset[str],
    file: str,
) -> tuple[dict[str, Any], list[Fault]]:
    made, faults = dict(english), []
    for key, value in said.items():
        found, wrong = _value_over(key, english.get(key), value, read, fields)
        if wrong:
            faults.append(Fault(file, key, wrong))
        elif found is not None:
            made[key] = found
    return made, faults


def _value_over(
    key: str, english: Any, value: Any, read: frozenset[str], fields: frozenset[str]
) -> tuple[Any, str]:
    """What stands under a key then, and what is wrong."""
    if english is None and key not in fields:
        close = difflib.get_close_matches(key, sorted(fields), n=1, cutoff=0.5)
        return None, f"is no field of this record{f'; did you mean {close[0]}?' if close else ''}"
    if key in TABLES_OF_TEXT and isinstance(english, Mapping) and isinstance(value, Mapping):
        return _texts_over(english, value)
    if key in PARTS and isinstance(english, Mapping | list) and not is_text(english):
        return _nested_over(key, english, value)
    if key in read and english and not value and key != "common_names":
        return None, "is empty; English says something here"
    if key in read and is_text(value) and (english is None or is_text(english)):
        same = english is None or isinstance(english, str) == isinstance(value, str)
        return (value, "") if same else (None, f"is {_kind(value)}; expected {_kind(english)}, as in English")
    if value == english:
        return None, ""
    return None, "is no text: it is the same in every language, so leave it out"


def _texts_over(english: Mapping[str, str], value: Mapping[str, Any]) -> tuple[Any, str]:
    unknown = sorted(set(value) - set(english))
    if unknown or not all(isinstance(text, str) for text in value.values()):
        return None, f"has {', '.join(unknown) or 'what is no text'}; expected texts for {', '.join(english)}"
    return {**english, **value}, ""


def _nested_over(key: str, english: Any, value: Any) -> tuple[Any, str]:
    """A table, or a list of tables in the English order, with its texts in another language."""
    read = READ_IN_PART.get(key, READ)
    if isinstance(english, Mapping) and isinstance(value, Mapping):
        made, faults = _part_over(english, value, read, frozenset(english), "")
        return (None, f"{faults[0].field} {faults[0].message}") if faults else (made, "")
    if not (
        isinstance(english, list) and isinstance(value, list) and all(isinstance(v, Mapping) for v in value)
    ):
        return None, f"is {_kind(value)}; expected {_kind(english)}, as in English"
    if len(english) != len(value):
        return None, f"has {len(value)} parts; expected {len(english)}, as in English and in that order"
    rows = []
    for number, (old, new) in enumerate(zip(english, value, strict=True), 1):
        made, faults = _part_over(old, new, read, frozenset(old), "")
        if faults:
            return None, f"part {number}: {faults[0].field} {faults[0].message}"
        rows.append(made)
    return rows, ""


def _kind(value: Any) -> str:
    if isinstance(value, str):
        return "one text"
    if isinstance(value, list):
        return "a list"
    return "a table" if isinstance(value, Mapping) else "no text"


def texts_of(table: Mapping[str, Any], read: frozenset[str] = READ) -> dict[str, Any]:
    """The part of a record's table that a translation may say."""
    found: dict[str, Any] = {}
    for key, value in table.items():
        part = READ_IN_PART.get(key, READ)
        if key in TABLES_OF_TEXT:
            found[key] = value
        elif key in PARTS and isinstance(value, Mapping):
            found[key] = texts_of(value, part)
        elif key in PARTS and isinstance(value, list) and value and isinstance(value[0], Mapping):
            found[key] = [texts_of(one, part) for one in value]
        elif key in read and is_text(value):
            found[key] = value
    return {key: value for key, value in found.items() if value}
