"""A pseudo-language: every letter of every sentence carries an accent, so that what is not translated stands out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.pofile import write_po

import weaklink.web
from weaklink.library.language.language_folders import LOCALE
from weaklink.library.language.texts import texts_of
from weaklink.library.language_drafts import extracted
from weaklink.library.reading import KINDS, KNOWLEDGE

LANGUAGE = "xa"
PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ACCENTED = "àƀçđéƒğĥîĵķļɱñôþɋŕšţûṽŵẋýžÀƁÇĐÉƑĞĤÎĴĶĻṀÑÔÞɊŔŠŢÛṼŴẊÝŽ"
TABLE = str.maketrans(PLAIN, ACCENTED)
# Places for values, markup and entities stay as they are.
KEPT = re.compile(r"(\{[^}]*\}|%\([a-z_]+\)[sd]|<[^>]+>|&[a-z]+;)")


def accented(text: str) -> str:
    """A sentence in the pseudo-language."""
    return "".join(part if KEPT.fullmatch(part) else part.translate(TABLE) for part in KEPT.split(text))


def translated(value: Any) -> Any:
    """Every text in a list or a table, or the text."""
    if isinstance(value, str):
        return accented(value)
    if isinstance(value, Mapping):
        return {key: part if key == "by" else translated(part) for key, part in value.items()}
    return [translated(part) for part in value] if isinstance(value, list) else value


def overlay(table: Mapping[str, Any]) -> dict[str, Any]:
    """The part of a record that is read by people, accented."""
    return {key: translated(value) for key, value in texts_of(table).items()}


def write(folder: Path) -> tuple[Path, Path]:
    """Write the pseudo-language beside English; the folders that take the place of knowledge and locale."""
    knowledge, locale = folder / "knowledge", folder / "locale"
    knowledge.mkdir()
    for path in KNOWLEDGE.iterdir():
        (knowledge / path.name).symlink_to(path)
    for kind in KINDS:
        target = knowledge / "text" / LANGUAGE / kind
        target.mkdir(parents=True)
        for path in sorted((KNOWLEDGE / kind).glob("*.toml")):
            table = overlay(tomllib.loads(path.read_text(encoding="utf-8")))
            (target / path.name).write_text(toml(table), encoding="utf-8")
    messages = locale / LANGUAGE / "messages"
    messages.mkdir(parents=True)
    (locale / "en").symlink_to(LOCALE / "en")
    for path in (LOCALE / "en" / "messages").glob("*.toml"):
        sentences = tomllib.loads(path.read_text(encoding="utf-8"))
        (messages / path.name).write_text(toml(translated(sentences)), encoding="utf-8")
    own_name = {f"language.{LANGUAGE}": accented("Pseudo")}  # as every new language says its own
    (messages / "own-name.toml").write_text(toml(own_name), encoding="utf-8")
    compiled = locale / LANGUAGE / "LC_MESSAGES"
    compiled.mkdir()
    (compiled / "weaklink.po").write_bytes(page_catalogue())
    return knowledge, locale


def page_catalogue() -> bytes:
    """Every sentence of the templates, extracted as a translator gets it, and translated."""
    made = extracted(Path(weaklink.web.__file__).parent / "templates")
    for message in made:
        message.string = (
            tuple(map(accented, message.id)) if message.pluralizable else accented(str(message.id))
        )
    file = BytesIO()
    write_po(file, made)
    return file.getvalue()


def toml(table: Mapping[str, Any]) -> str:
    """A table as TOML; every value inline."""
    return "".join(f"{key_of(key)} = {inline(value)}\n" for key, value in table.items())


def key_of(key: str) -> str:
    return f'"{key}"'


def inline(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key_of(key)} = {inline(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(inline(part) for part in value) + "]"
    if isinstance(value, str):
        return '"' + "".join(escape(letter) for letter in value) + '"'
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def escape(letter: str) -> str:
    return f"\\u{ord(letter):04x}" if letter in '"\\' or ord(letter) < 32 else letter


def plain_words(texts: list[str], allowed: frozenset[str]) -> Iterator[str]:
    """Words without any accent that nobody allowed."""
    for text in texts:
        for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text):
            if word.isascii() and len(word) > 1 and word.lower() not in allowed:
                yield word
