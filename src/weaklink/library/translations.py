"""Translations: what in another language names nothing, or says something else than the English file."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import tomli as tomllib

from weaklink.library.problem import Problem
from weaklink.library.reading import KINDS, KNOWLEDGE, Library, nearest
from weaklink.library.records import Record
from weaklink.library.references import references
from weaklink.library.wording import LOCALE

NEVER = frozenset({"id", "status", "reviewed_by", "last_checked", "replaced_by", "statements", "sources"})
Found = Iterator[tuple[str, str]]  # field and message


def translation_problems(
    library: Library, knowledge: Path = KNOWLEDGE, locale: Path = LOCALE
) -> tuple[Problem, ...]:
    """Everything wrong in translated records and sentences, by file; `library` is the English one."""
    found = [
        Problem(f"knowledge/{path.relative_to(knowledge).as_posix()}", field, text)
        for path in sorted((knowledge / "text").rglob("*.toml"))
        for field, text in _record(path, library)
    ]
    english = _sentences(locale / "en")
    for language in sorted(path for path in locale.iterdir() if path.is_dir() and path.name != "en"):
        for path in sorted((language / "messages").glob("*.toml")):
            file = f"locale/{path.relative_to(locale).as_posix()}"
            found += [Problem(file, field, text) for field, text in _messages(path, english)]
    return tuple(found)


def _sentences(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in sorted((folder / "messages").glob("*.toml")):
        found.update(tomllib.loads(path.read_text(encoding="utf-8")))
    return found


def _table(path: Path) -> Mapping[str, Any] | str:
    """The file's table, or what is wrong with it."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return str(error)


def _record(path: Path, library: Library) -> Found:
    kind, table = path.parent.name, _table(path)
    if kind not in KINDS:
        yield "folder", f'no kind "{kind}"; nearest: {nearest(kind, list(KINDS))}'
    elif path.stem not in library.of_kind(kind):
        yield "id", f'no {kind} "{path.stem}"; nearest: {nearest(path.stem, list(library.of_kind(kind)))}'
    elif isinstance(table, str):
        yield "file", table
    else:
        yield from _keys(table, library.of_kind(kind)[path.stem])


def _keys(table: Mapping[str, Any], english: Record) -> Found:
    known = sorted(set(english.__struct_fields__) - NEVER)
    for key in table:
        if key not in known:
            yield key, f"is no field that can be translated; nearest: {nearest(key, known)}"
    said = {**msgspec.to_builtins(english), **{key: table[key] for key in table if key in known}}
    try:
        translated = msgspec.convert(said, type(english), strict=False)
    except msgspec.ValidationError as error:
        yield "file", str(error)
        return
    if [*references(translated)] != [*references(english)]:
        yield "file", "names other ids than the English record; a translation changes words only"
    for key in (key for key in table if key in known):
        if not _same_shape(getattr(translated, key), getattr(english, key)):
            yield key, "differs from the English record in more than its words"


def _same_shape(one: Any, other: Any) -> bool:
    """Whether two values differ in their texts only; a list of texts may be of another length."""
    if isinstance(one, msgspec.Struct):
        pairs = zip(msgspec.structs.astuple(one), msgspec.structs.astuple(other), strict=True)
        ids = getattr(one, "id", "") == getattr(other, "id", "")
        return ids and all(_same_shape(*pair) for pair in pairs)
    if isinstance(one, list | tuple):
        if all(isinstance(part, str) for part in (*one, *other)):
            return bool(one) == bool(other)
        return len(one) == len(other) and all(_same_shape(*pair) for pair in zip(one, other, strict=True))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_same_shape(one[key], other[key]) for key in one)
    return (isinstance(one, str) and isinstance(other, str)) or one == other


def _messages(path: Path, english: Mapping[str, Any]) -> Found:
    table = _table(path)
    if isinstance(table, str):
        yield "file", table
        return
    for name, sentence in table.items():
        if name not in english:
            yield name, f"is no message; nearest: {nearest(name, sorted(english))}"
        elif not isinstance(sentence, str):
            yield name, "is no sentence"
        else:
            yield from ((name, text) for text in _places(sentence, english[name]))


def _places(sentence: str, english: str) -> Iterator[str]:
    try:
        said, wanted = _filled(sentence), _filled(english)
    except ValueError as error:
        yield f"cannot be filled in: {error}"
        return
    for name in sorted(said ^ wanted):
        yield f"{{{name}}} stands in {'this sentence' if name in said else 'the English one'} only"


def _filled(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}
