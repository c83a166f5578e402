"""A pseudo-language: every letter of every sentence carries an accent, so that what is not translated stands out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Set
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo

import weaklink.web
from weaklink.library.reading import KINDS, KNOWLEDGE
from weaklink.library.wording import LOCALE

LANGUAGE = "xa"
PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ACCENTED = "àƀçđéƒğĥîĵķļɱñôþɋŕšţûṽŵẋýžÀƁÇĐÉƑĞĤÎĴĶĻṀÑÔÞɊŔŠŢÛṼŴẊÝŽ"
TABLE = str.maketrans(PLAIN, ACCENTED)
# Places for values, markup and entities stay as they are.
KEPT = re.compile(r"(\{[^}]*\}|%\([a-z_]+\)[sd]|<[^>]+>|&[a-z]+;)")
# Fields that are read by people; everything else in a record is an id, a number or a name of the law.
PROSE = {
    *(
        "name",
        "common_names",
        "action",
        "in_running",
        "role",
        "location",
        "behaviour",
        "often_called",
        "outlook",
        "about",
        "licence",
    ),
    *(
        "treatment",
        "running",
        "safety_net",
        "says",
        "against",
        "chain",
        "because",
        "see",
        "tell",
        "meanwhile",
    ),
    *(
        "effect",
        "text",
        "help",
        "why",
        "title",
        "position",
        "steps",
        "cues",
        "cheats",
        "stop_if",
        "article_dose",
    ),
    *("note", "loads", "stop", "counts", "error", "norms", "basis", "cap", "supports", "level", "load"),
}
NESTED = frozenset(
    {"options", "sources", "later_in", "gives", "own_dose", "emg", "predicts", "present", "helps", "upgrades"}
)


def accented(text: str) -> str:
    """A sentence in the pseudo-language."""
    return "".join(part if KEPT.fullmatch(part) else part.translate(TABLE) for part in KEPT.split(text))


def translated(value: Any) -> Any:
    """Every text in a list, or the text."""
    if isinstance(value, str):
        return accented(value)
    return [translated(part) for part in value] if isinstance(value, list) else value


def overlay(table: Mapping[str, Any], prose: Set[str] = frozenset(PROSE)) -> dict[str, Any]:
    """The part of a record that is read by people, accented; nested tables whole, as an overlay replaces them."""
    made: dict[str, Any] = {}
    for key, value in table.items():
        inner = PROSE | {"muscle", "value"} if key == "emg" else PROSE
        if key in NESTED and isinstance(value, Mapping):
            made[key] = {**value, **overlay(value, inner)}
        elif key in NESTED and value and isinstance(value[0], Mapping):
            made[key] = [{**part, **overlay(part, inner)} for part in value]
        elif key == "load_explained":
            made[key] = translated_table(value)
        elif key in prose:
            made[key] = translated(value)
    return made


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
        (messages / path.name).write_text(toml(translated_table(sentences)), encoding="utf-8")
    own_name = {f"language.{LANGUAGE}": accented("Pseudo")}  # as every new language says its own
    (messages / "own-name.toml").write_text(toml(own_name), encoding="utf-8")
    compiled = locale / LANGUAGE / "LC_MESSAGES"
    compiled.mkdir()
    (compiled / "weaklink.mo").write_bytes(template_catalogue())
    return knowledge, locale


def translated_table(sentences: Mapping[str, str]) -> dict[str, str]:
    return {key: accented(sentence) for key, sentence in sentences.items()}


def template_catalogue() -> bytes:
    """Every sentence of the templates, extracted as a translator would get it, and compiled."""
    made = Catalog(locale="en")
    templates = Path(weaklink.web.__file__).parent / "templates"
    options = {"**.html": {"trimmed": "true", "silent": "false"}}
    for _, _, message, _, _ in extract_from_dir(templates, [("**.html", "jinja2")], options):
        one, many = message if isinstance(message, tuple) else (message, None)
        made.add((one, many) if many else one, (accented(one), accented(many)) if many else accented(one))
    file = BytesIO()
    write_mo(file, made)
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
